"""Results of an assessment as pictures, captions and sheets read them: shown tallies, and nothing else.

Made from an ``AssessmentView``; hidden tallies and comments are left behind on the way, so a picture cannot show them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from conversations.pools import Pool, Tally
from conversations.says import Say, text
from conversations.situation import AssessmentView, Audience
from conversations.statistics import mean_of


@dataclass(frozen=True, kw_only=True)
class GroupResult:
    """Shown tallies of one group by principle and statement, and how many people were counted for each principle."""

    label: Say
    audience: Audience | None
    people: Mapping[str, int]
    tallies: Mapping[str, Mapping[str, Tally]]

    def tally(self, principle: str, statement: str) -> Tally | None:
        """The shown tally; None where fewer than the threshold chose a score."""
        return self.tallies.get(principle, {}).get(statement)

    def mean(self, principle: str, statements: tuple[str, ...]) -> float | None:
        """The average over all scores of a principle; None unless every one of its statements is shown."""
        shown = [self.tally(principle, statement) for statement in statements]
        return mean_of(tally for tally in shown if tally) if shown and all(shown) else None


@dataclass(frozen=True, kw_only=True)
class Results:
    """What may be seen of one assessment. ``everyone`` adds the shown groups and the left-over batch (rule 2)."""

    organisation: str
    threshold: int
    open: bool
    practice: bool
    groups: tuple[GroupResult, ...]
    everyone: GroupResult


def results(view: AssessmentView) -> Results:
    """The results of an assessment, in the order of its groups."""
    return Results(
        organisation=view.organisation,
        threshold=view.threshold,
        open=view.open,
        practice=view.practice,
        groups=tuple(
            _group(group.group.label, group.group.audience, {id: cell.pool for id, cell in group.cells.items()})
            for group in view.groups
        ),
        everyone=_group(text("group.everyone"), None, view.everyone),
    )


def _group(label: Say, audience: Audience | None, pools: Mapping[str, Pool]) -> GroupResult:
    return GroupResult(
        label=label,
        audience=audience,
        people={principle: pool.people for principle, pool in pools.items()},
        tallies={principle: pool.shown for principle, pool in pools.items()},
    )
