"""Texts of charts, posters and their captions. ``conversations`` never sees them; bot/charts/ does.

A caption's lines are read by programs too: bot/charts/captions.py shows how they look in English.
"""

from __future__ import annotations

from bot.texts.entry import Entry, many, one

TEXTS: dict[str, Entry] = {
    # Translators: a band over a picture whose numbers come from nobody real.
    "chart.practice": one("Practice: made-up people"),
    "chart.people": many("{group}: {n} person", "{group}: {n} people"),
    # Translators: {least} is a smaller number of people than {n}.
    "chart.people.range": many("{group}: {least} to {n} person", "{group}: {least} to {n} people"),
    "chart.threshold": many(
        "Nothing is shown for fewer than {n} person.", "Nothing is shown for fewer than {n} people."
    ),
    # Translators: {everyone} is the word "Everyone".
    "chart.left_over": one("“{everyone}” also counts people who could not be shown in their own group."),
    # Translators: {names} are groups or principles. It can still be shown later.
    "chart.not_yet": one("Not shown yet: {names}."),
    # Translators: {names} are groups or principles. It will never be shown.
    "chart.no_average_yet": one("No average yet: {names}."),
    "chart.no_average": one("No average: {names}."),
    "chart.no_gap_yet": one("Nothing to compare yet: {names}."),
    "chart.no_gap": one("Nothing to compare: {names}."),
    "chart.not_shown": one("Not shown: {names}."),
    "chart.nothing": one("Nothing to show yet."),
    "chart.too_few": one("Too few scores to show."),
    # The picture of one principle.
    "chart.principle.title": one("{principle}: how people answered"),
    # Translators: a score from 1 to 5 and what it means, for example "1: Nothing done yet".
    "chart.legend": one("{score}: {label}"),
    "chart.average": one("average {average}"),
    # Translators: how many people chose "I don't know".
    "chart.unknown": many("{n} person: I don't know", "{n} people: I don't know"),
    # The picture of the gaps.
    "chart.gap.title": one("Where the groups differ"),
    "chart.gap.subtitle": one("Average score, 1 (low) to 5 (high). Biggest gap first."),
    # Translators: stands above a column of numbers; keep it very short.
    "chart.gap.heading": one("gap"),
    "chart.gap.how": one("The gap is the highest average minus the lowest. It is worked out first and rounded after."),
    "chart.gap.none": one("A gap needs two groups that can be shown."),
    # The overview.
    "chart.overview.title": one("All principles side by side"),
    "chart.overview.subtitle": one("Average score, 1 (low) to 5 (high)"),
    # The poster.
    "chart.poster.title": one("Have your say"),
    "chart.poster.group": one("Group: {group}"),
    "chart.poster.how": one("Point your phone's camera at the square, or type in the address below."),
    "chart.poster.code": one("If you are asked for a code, use this one:"),
    "chart.poster.promise": one("Private: your answers are mixed with other people's before they are shown."),
    # Captions.
    "chart.caption.principle.none": one("{principle}: nothing to show yet."),
    # Translators: how many people chose the scores 1 to 5, then three figures. Keep the order and the signs.
    "chart.caption.counts": one(
        "{group} – 1: {one} · 2: {two} · 3: {three} · 4: {four} · 5: {five}; "
        "average {average}; middle {middle}; agreement {agreement}"
    ),
    # Translators: {counts} is the line of the scores; {n} people said "I don't know".
    "chart.caption.unknown": many("{counts}; don't know {n}", "{counts}; don't know {n}"),
    # Translators: the average of everyone, after lines that call it an average.
    "chart.caption.everyone": one("{everyone}: {average}"),
    "chart.caption.too_few": one("{group} – too few scores to show"),
    "chart.caption.terms": one(
        "Middle: half of the people chose less, half chose more. "
        "Agreement: 1 when all chose the same, 0 when half chose 1 and half chose 5."
    ),
    "chart.caption.gaps": one("Where the groups differ, biggest gap first:"),
    "chart.caption.gaps.none": one("Where the groups differ: a gap needs two groups that can be shown."),
    # Translators: {averages} is a list such as "Staff 4.2 and People who use services 3.4".
    "chart.caption.gap": one("{principle} – gap {gap}: {averages}"),
    "chart.caption.overview": one("Average scores, 1 (low) to 5 (high):"),
    "chart.caption.overview.none": one("Average scores: nothing to show yet."),
    "chart.caption.averages": one("{principle} – {averages}"),
    # Translators: a group and its average score, as one item of a list.
    "chart.caption.average": one("{group} {average}"),
    "chart.caption.ours": one("These averages are our own sums. They are not part of the official tool."),
    "chart.caption.poster": one("{organisation}. Group: {group}"),
    "chart.caption.poster.how": one("To take part, open {link} or use the code {code}."),
}
