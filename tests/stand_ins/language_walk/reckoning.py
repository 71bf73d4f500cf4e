"""What people mean to answer, and what the charts have to show of it. It knows the rules, and adds up by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from conversations.pools import SCORES, Choice, Tally
from conversations.questionnaire import Questionnaire
from conversations.results import GroupResult, Results
from conversations.says import Text, text
from conversations.situation import Audience
from walking import questionnaire

K = 5
STAFF: Audience = "staff"
USERS: Audience = "users"
GROUPS: tuple[Audience, ...] = (STAFF, USERS)


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What one person will say. ``choices`` by principle and statement, ``comments`` by principle."""

    choices: dict[tuple[str, str], Choice]
    comments: dict[str, str]


def group_name(audience: Audience) -> Text:
    """What a group is called."""
    return text(f"group.{audience}")


def some_answers(number: int, *, comments: Sequence[str]) -> Answers:
    """Answers of the person with this number, from 0. Comments go to the first principles, one each.

    The first person knows no answer to one statement, and the second skips another: these have too few scores.
    """
    choices: dict[tuple[str, str], Choice] = {}
    principles = questionnaire().principles
    for place, principle in enumerate(principles):
        for step, statement in enumerate(principle.statements):
            choices[principle.id, statement.id] = SCORES[(number * (place + 2) + step * (number % 3 + 1)) % len(SCORES)]
    if number == 0:
        choices[principles[1].id, principles[1].statements[1].id] = "unknown"
    if number == 1:
        choices[principles[-1].id, principles[-1].statements[2].id] = "skipped"
    written = dict(zip((principle.id for principle in principles), comments, strict=False))
    return Answers(choices=choices, comments=written)


class Reckoning:
    """Everybody's answers by group, all handed in."""

    def __init__(self, people: dict[Audience, list[Answers]], *, organisation: str) -> None:
        self.questionnaire: Questionnaire = questionnaire()
        self._people = people
        self._organisation = organisation

    def comments(self, principle: str) -> Counter[str]:
        """What was written about a principle, by anybody."""
        everybody = [each for group in self._people.values() for each in group]
        return Counter(each.comments[principle] for each in everybody if principle in each.comments)

    def results(self) -> Results:
        """What may be seen once all is shown and answers are open."""
        groups = tuple(self._group(audience) for audience in GROUPS)
        return Results(
            organisation=self._organisation,
            threshold=K,
            open=True,
            practice=False,
            groups=groups,
            everyone=self._everyone(groups),
        )

    def _group(self, audience: Audience) -> GroupResult:
        people = self._people[audience]
        tallies: dict[str, dict[str, Tally]] = {}
        for principle in self.questionnaire.principles:
            every = {
                statement.id: _tally(each.choices[principle.id, statement.id] for each in people)
                for statement in principle.statements
            }
            tallies[principle.id] = {id_: tally for id_, tally in every.items() if tally.scored >= K}
        return GroupResult(
            label=group_name(audience),
            audience=audience,
            people={principle.id: len(people) for principle in self.questionnaire.principles},
            tallies=tallies,
        )

    def _everyone(self, groups: tuple[GroupResult, ...]) -> GroupResult:
        tallies: dict[str, dict[str, Tally]] = {}
        for principle in self.questionnaire.principles:
            for statement in principle.statements:
                shown = [tally for group in groups if (tally := group.tally(principle.id, statement.id))]
                if shown:
                    tallies.setdefault(principle.id, {})[statement.id] = sum(shown[1:], shown[0])
        people = {each.id: sum(group.people[each.id] for group in groups) for each in self.questionnaire.principles}
        return GroupResult(label=text("group.everyone"), audience=None, people=people, tallies=tallies)


def _tally(choices: Iterable[Choice]) -> Tally:
    found = Counter(choices)
    one, two, three, four, five = (found[score] for score in SCORES)
    return Tally((one, two, three, four, five), found["unknown"])
