"""What pictures and sheets may read: shown tallies, in the order of groups, and nothing that is hidden."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.pools import Pool, Tally
from conversations.results import GroupResult, Results, results
from conversations.says import Verbatim, text
from conversations.situation import AssessmentView, Group
from conversations.statistics import mean
from walking.exploring import view

SECRET = Tally((1, 0, 0, 0, 0), 3)
count = st.integers(0, 9)
tallies = st.builds(Tally, st.tuples(count, count, count, count, count), count)


def with_pools(pool: Pool, everyone: Pool) -> AssessmentView:
    """An assessment whose first group has this pool for Assets, and everyone that one."""
    whole = view(shown=True)
    first, *others = whole.groups
    cells = {**first.cells, "assets": replace(first.cells["assets"], pool=pool)}
    return replace(
        whole, groups=(replace(first, cells=cells), *others), everyone={**whole.everyone, "assets": everyone}
    )


def test_groups_stand_in_their_order_and_everyone_beside_them() -> None:
    found = results(view(shown=True))
    assert [group.label for group in found.groups] == [text("group.staff"), Verbatim("Doulas")]
    assert [group.audience for group in found.groups] == ["staff", "other"]
    assert (found.everyone.label, found.everyone.audience) == (text("group.everyone"), None)
    assert (found.organisation, found.threshold, found.open, found.practice) == ("St Elsewhere", 5, True, False)


@given(tallies, tallies)
def test_shown_tallies_are_passed_on_and_hidden_ones_and_comments_are_not(shown: Tally, total: Tally) -> None:
    pool = Pool(people=6, shown={"1": shown}, hidden={"2": SECRET}, comments=("a secret",), batches=1)
    found = results(with_pools(pool, Pool(people=9, shown={"1": total})))
    group = found.groups[0]
    assert (group.tally("assets", "1"), group.tally("assets", "2"), group.people["assets"]) == (shown, None, 6)
    assert (found.everyone.tally("assets", "1"), found.everyone.people["assets"]) == (total, 9)
    assert "secret" not in repr(found)
    assert not any(SECRET in each.values() for each in group.tallies.values()) or shown == SECRET


def test_nothing_else_of_people_fits_into_results() -> None:
    assert {each.name for each in fields(GroupResult)} == {"label", "audience", "people", "tallies"}
    assert {each.name for each in fields(Results)} == {
        "organisation",
        "threshold",
        "open",
        "practice",
        "groups",
        "everyone",
    }


def test_a_tally_of_a_principle_that_nobody_knows_is_none() -> None:
    assert results(view()).groups[0].tally("gone", "1") is None


def test_the_average_of_a_principle_needs_every_statement() -> None:
    one, two = Tally((5, 0, 0, 0, 0)), Tally((0, 0, 0, 0, 15), 4)
    group = results(with_pools(Pool(people=5, shown={"1": one, "2": two}), Pool())).groups[0]
    assert group.mean("assets", ("1", "2")) == pytest.approx(4.0)
    assert group.mean("assets", ("1",)) == mean(one)
    assert group.mean("assets", ("1", "2", "3")) is None
    assert group.mean("assets", ()) is None


def test_a_group_keeps_its_name() -> None:
    assert Group(id="x", audience="users").label == text("group.users")
