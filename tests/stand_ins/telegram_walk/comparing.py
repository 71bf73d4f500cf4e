"""What was seen against the book. Every figure is worked out here anew, by other formulas than the program's."""

from __future__ import annotations

import math
from collections import Counter
from statistics import fmean

from telegram_walk.book import PRINCIPLES, STATEMENTS, Book, Counts, Tally
from telegram_walk.facilitating import Facilitator, Numbers
from telegram_walk.reading import Line, averages_of, caption_of, sheet_of

HALF = 0.05 + 1e-9
"""One decimal is rounded by so much at most."""


def middle_of(counts: Counts) -> float:
    """Where half of the people lie below: looked for from below and from above, in the middle of both."""
    return (_half_way(counts) + 6 - _half_way(counts[::-1])) / 2


def _half_way(counts: tuple[int, ...]) -> float:
    """The lowest point that half of the people lie below, when each score is spread over one whole point."""
    left = sum(counts) / 2
    for score, people in enumerate(counts, 1):
        if people and left <= people:
            return score - 0.5 + left / people
        left -= people
    raise AssertionError("nobody")


def agreement_of(counts: Counts) -> float:
    """Tastle and Wierman's consensus, person by person."""
    scores = [score for score, people in enumerate(counts, 1) for _ in range(people)]
    return 1 + fmean(math.log2(1 - abs(score - fmean(scores)) / 4) for score in scores)


def line_matches(line: Line | None, tally: Tally | None) -> None:
    """One line of a caption tells this tally, or that there are too few scores."""
    if tally is None:
        assert line is None
        return
    assert line is not None
    assert line.counts == tally.counts
    assert line.unknown == tally.unknown
    assert abs(line.average - fmean(tally.scores)) <= HALF
    assert abs(line.middle - middle_of(tally.counts)) <= HALF
    assert abs(line.agreement - agreement_of(tally.counts)) <= HALF / 10


async def picture_matches(facilitator: Facilitator, book: Book, principle: str) -> str:
    """The picture of one principle tells just what the book says. Returns its words."""
    statements = [book.statements[principle, number] for number in STATEMENTS]
    _, words = await facilitator.picture(principle)
    seen = caption_of(words, statements)
    groups = book.shown_in(principle)
    assert words.startswith(f"{principle}: how people answered")
    assert seen.people == {group: book.cells[group, principle].people for group in groups}
    told = len(groups) > 1 or principle in book.together
    for statement in STATEMENTS:
        tallies = [book.cells[group, principle].shown.get(statement) for group in groups]
        for group, tally in zip(groups, tallies, strict=True):
            line_matches(seen.lines.pop((statement, group)), tally)
        everyone = book.everyone(principle, statement) if told else None
        more = everyone is not None and len(everyone.scores) > sum(len(tally.scores) for tally in tallies if tally)
        if more:
            line_matches(seen.lines.pop((statement, "Everyone")), everyone)
        elif everyone:
            assert abs(seen.everyone.pop(statement) - fmean(everyone.scores)) <= HALF
    assert (seen.lines, seen.everyone) == ({}, {})
    hidden = [group for group in book.groups if group not in groups]
    assert any(line.startswith("Not shown") for line in seen.rest) == bool(hidden)
    return words


def mean_of(tallies: list[Tally | None]) -> float | None:
    """The average over the statements of a principle; None unless all of them are shown."""
    scores = [score for tally in tallies if tally for score in tally.scores]
    return None if None in tallies else fmean(scores)


async def averages_match(facilitator: Facilitator, book: Book) -> None:
    """The overview tells just what the book says, and so do the gaps, where there are groups to differ."""
    _, overview = await facilitator.picture("All principles")
    gaps = (await facilitator.picture("Differences"))[1] if len(book.groups) > 1 else ""
    seen, differences = averages_of(overview), averages_of(gaps)
    for principle in PRINCIPLES:
        means = {
            group: mean
            for group in book.groups
            if (mean := mean_of([book.cells[group, principle].shown.get(each) for each in STATEMENTS])) is not None
        }
        everyone = mean_of([book.everyone(principle, each) for each in STATEMENTS])
        told = seen.pop(principle, {})
        _close_to({name: told[name] for name in told if name != "Everyone"}, means)
        if "Everyone" in told:
            _close_to({"Everyone": told["Everyone"]}, {"Everyone": everyone or 0.0})
        else:
            assert everyone is None or len(means) == 1
        _close_to(
            differences.pop(principle, {}),
            {"gap": max(means.values()) - min(means.values()), **means} if len(means) > 1 else {},
        )
    assert (seen, differences) == ({}, {})


async def comments_match(facilitator: Facilitator, book: Book) -> list[bool]:
    """The comments of every shown principle are those of the book.

    Returns for each group and principle with at least four comments whether they stand in the order of typing.
    """
    orders = []
    for principle in filter(book.shown_in, PRINCIPLES):
        seen = await facilitator.comments(principle)
        for group in book.groups:
            typed, shown = book.cells[group, principle].comments, seen.pop(group, [])
            assert Counter(shown) == Counter(typed)
            if len(typed) >= 4:
                orders.append(shown == typed)
        assert seen == {}
    return orders


async def sheet_matches(facilitator: Facilitator, book: Book) -> None:
    """The score sheet has a row for each group and principle, with the averages of the book."""
    messages = await facilitator.sheet()
    seen = sheet_of(messages)
    for principle in PRINCIPLES:
        columns = {
            group: [book.cells[group, principle].shown.get(each) for each in STATEMENTS] for group in book.groups
        }
        if len(book.groups) > 1:
            columns["Everyone"] = [book.everyone(principle, each) for each in STATEMENTS]
        for name, tallies in columns.items():
            for cell, tally in zip(seen.pop((name, principle)), tallies, strict=True):
                assert (cell is None) == (tally is None)
                assert tally is None or cell is None or abs(cell - fmean(tally.scores)) <= HALF
    assert seen == {}
    every = [book.everyone(principle, each) for principle in PRINCIPLES for each in STATEMENTS]
    known = [fmean(tally.scores) for tally in every if tally]
    text = "\n".join(message.text for message in messages)
    assert ("Everyone together: " in text) == (len(known) == len(every))
    if len(known) == len(every):
        total = float(text.partition("Everyone together: ")[2].partition(" ")[0])
        assert abs(total - sum(known)) <= HALF


async def numbers_match(facilitator: Facilitator, book: Book) -> None:
    """The page tells how many joined, and of those who handed in only what it may."""
    seen = await facilitator.numbers()
    assert seen == {
        group: Numbers(
            joined=book.joined[group],
            shown={principle: book.cells[group, principle].people for principle in PRINCIPLES},
            handed_in={principle: book.handed_in(group, principle) for principle in PRINCIPLES},
        )
        for group in book.groups
    }


async def all_results_match(facilitator: Facilitator, book: Book) -> list[bool]:
    """Every picture, comment and average that a facilitator can see. Returns what ``comments_match`` returns."""
    for principle in filter(book.shown_in, PRINCIPLES):
        await picture_matches(facilitator, book, principle)
    await averages_match(facilitator, book)
    await sheet_matches(facilitator, book)
    return await comments_match(facilitator, book)


def _close_to(seen: dict[str, float], expected: dict[str, float]) -> None:
    assert seen.keys() == expected.keys()
    for name, number in seen.items():
        assert abs(number - expected[name]) <= HALF, (name, number, expected[name])
