"""Pouring inside a transaction: what is poured is erased with it, and what is hidden stays under the right key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from bot.pouring import Pourer, pools_by_cell, shuffle
from bot.records import open_pool
from bot.sealing import Unreadable
from conversations.pools import Pool, Tally
from storage.store import PartRow, PoolRow, Transaction
from walking import Assessment, House, Walker, assessment, close, facilitator, people_hand_in, show


async def pool_rows(house: House, made: Assessment) -> dict[str, PoolRow]:
    """The stored pools of Assets, by group; "" is the left-over batch."""
    names = {id_: name for name, id_ in made.groups.items()} | {"": ""}
    rows = await house.store.turn(b"x", lambda tx: tx.pools(made.id))
    return {names[row.group]: row for row in rows if row.principle == "assets"}


async def pools(house: House, made: Assessment) -> dict[str, Pool]:
    """What may be shown of them."""
    rows = await pool_rows(house, made)
    return {name: open_pool(row, installation=house.installation) for name, row in rows.items()}


async def waiting(house: House, made: Assessment) -> int:
    counts = await house.store.turn(b"x", lambda tx: tx.handed_in(made.id))
    return sum(counts.values())


async def kept(house: House, walker: Walker) -> tuple[Mapping[str, PartRow], frozenset[str]]:
    """The parts that are stored of somebody, and what of theirs was poured."""
    seat = (await house.desk(walker.person)).seat
    assert seat is not None
    id_ = seat.row.id
    return await house.store.turn(b"x", lambda tx: tx.parts(id_)), await house.store.turn(
        b"x", lambda tx: tx.spent(id_)
    )


async def test_pouring_erases_the_answers_and_marks_them_spent(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    walkers = await people_hand_in(house, made, "staff", 5)
    await show(organiser, made, "assets")
    for walker in walkers:
        parts, spent = await kept(house, walker)
        assert not parts
        assert spent == {"assets"}
    found = (await pools(house, made))["staff"]
    assert found.shown == {"1": Tally((0, 0, 5, 0, 0)), "2": Tally((0, 0, 0, 5, 0)), "3": Tally((0, 0, 0, 0, 5))}
    assert Counter(found.comments) == Counter(f"of staff{each}" for each in range(5))


async def test_four_people_are_not_shown(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 4)
    told = await show(organiser, made)
    assert told is not None
    assert (told.id, await waiting(house, made), await pools(house, made)) == ("f-show.too-few", 4, {})


async def test_a_group_is_shown_once_and_added_to_only_at_closing(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    assert await show(organiser, made) is None
    await people_hand_in(house, made, "staff", 6, named="late")
    told = await show(organiser, made)
    assert told is not None
    assert (told.id, (await pools(house, made))["staff"].people, await waiting(house, made)) == ("f-show.too-few", 5, 6)
    await people_hand_in(house, made, "users", 5)
    assert await show(organiser, made) is None
    assert {name: pool.people for name, pool in (await pools(house, made)).items()} == {"staff": 5, "users": 5}
    await close(organiser, made)
    found = (await pools(house, made))["staff"]
    assert (found.people, found.batches, len(found.comments)) == (11, 2, 11)


async def test_left_over_people_of_all_groups_are_counted_together_without_their_words(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    await show(organiser, made)
    await people_hand_in(house, made, "staff", 2, named="late", said=(1, 1, "unknown"))
    await people_hand_in(house, made, "users", 3, said=(2, 2, 2))
    await close(organiser, made)
    found = await pools(house, made)
    assert found["staff"].people == 5
    assert found[""].shown == {"1": Tally((2, 3, 0, 0, 0)), "2": Tally((2, 3, 0, 0, 0))}
    assert found[""].comments == ()
    view = await house.view(organiser.person, made.id)
    assert (view.everyone["assets"].people, dict(view.left_out)) == (10, {})
    assert view.everyone["assets"].shown["1"] == Tally((2, 3, 5, 0, 0))


async def test_too_few_left_over_people_are_told_of_by_number_and_erased(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    await people_hand_in(house, made, "users", 4)
    await close(organiser, made)
    view = await house.view(organiser.person, made.id)
    assert (dict(view.left_out), set(await pools(house, made))) == ({"assets": 4}, {"staff"})
    assert await waiting(house, made) == 0


async def test_what_nobody_handed_in_is_never_counted(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    walkers = await people_hand_in(house, made, "staff", 6)
    await walkers[0].ask("menu")
    await walkers[0].tap("answers")
    await walkers[0].tap("principle", "assets")
    await walkers[0].tap("change")
    await walkers[0].tap("this", "1")
    await close(organiser, made)
    view = await house.view(organiser.person, made.id)
    assert (view.everyone["assets"].people, dict(view.left_out)) == (5, {})


async def test_hidden_tallies_lie_under_the_assessments_key_and_are_read_by_nobody(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5, said=(3, "unknown", "skipped"))
    await show(organiser, made)
    row = (await pool_rows(house, made))["staff"]
    installation, key = house.installation, house.keys.get(made.id)
    assert key is not None
    assert open_pool(row, installation=installation, key=key).hidden == {"2": Tally(unknown=5)}
    assert all(not pool.hidden for pool in pools_by_cell([row], installation=installation).values())
    with pytest.raises(Unreadable):
        open_pool(row, installation=installation, key=installation)
    assert all(not cell.pool.hidden for cell in (await house.view(organiser.person, made.id)).groups[0].cells.values())
    await close(organiser, made)
    assert (await pool_rows(house, made))["staff"].hidden == b""


async def test_hidden_scores_join_at_the_second_pouring(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 3, said=(3, 2, 1))
    await people_hand_in(house, made, "staff", 2, named="unsure", said=(3, "unknown", "skipped"))
    await show(organiser, made)
    assert set((await pools(house, made))["staff"].shown) == {"1"}
    await people_hand_in(house, made, "staff", 5, named="late", said=("skipped", 5, "skipped"))
    await close(organiser, made)
    found = (await pools(house, made))["staff"]
    assert found.shown == {"1": Tally((0, 0, 5, 0, 0)), "2": Tally((0, 3, 0, 0, 5), 2)}


async def test_comments_are_put_in_random_order(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 6)
    mixed: list[list[str]] = []

    def mix(comments: list[str]) -> None:
        mixed.append(list(comments))
        comments.sort(reverse=True)

    async def pour(tx: Transaction) -> bool:
        row, key = await tx.assessment(made.id), house.keys.get(made.id)
        assert row is not None
        assert key is not None
        pourer = Pourer(tx, row, installation=house.installation, key=key, mix=mix)
        return await pourer.show([(made.groups["staff"], house.questionnaire.principle("assets"))])

    assert await house.store.turn(b"x", pour)
    assert [sorted(comments) for comments in mixed] == [[f"of staff{each}" for each in range(6)]]
    assert list((await pools(house, made))["staff"].comments) == sorted(mixed[0], reverse=True)


def test_the_shuffle_makes_every_order() -> None:
    seen = set()
    for _ in range(400):
        letters = list("abc")
        shuffle(letters)
        seen.add("".join(letters))
    assert len(seen) == 6


async def test_pouring_disturbs_nobody(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    walkers = await people_hand_in(house, made, "staff", 5)
    before = [(await house.desk(walker.person)).visitor for walker in walkers]
    await show(organiser, made)
    assert [(await house.desk(walker.person)).visitor for walker in walkers] == before
    for walker in walkers:
        assert walker.reply is not None
        number = walker.reply.number
        assert (await walker.look()).number == number


async def test_poured_once_never_again_after_leaving_and_coming_back(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    walkers = await people_hand_in(house, made, "staff", 5)
    await show(organiser, made)
    ana = walkers[0]
    await ana.ask("withdraw")
    await ana.tap("erase")
    assert ana.notices[0] == "withdraw.done-but-mixed"
    await ana.write(made.codes["users"])
    await ana.tap("agree")
    desk = await house.desk(ana.person)
    assert (ana.state, desk.dialogue.place.principle) == ("question", "networks")
    for action, value in (("menu", ""), ("answers", ""), ("principle", "assets")):
        await ana.tap(action, value)
    assert {button.action for button in ana.card.buttons()} == {"carry-on", "urgent", "menu"}


async def test_showing_pours_only_what_the_warning_was_about(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    await people_hand_in(house, made, "users", 4)
    await organiser.tap("f-show")
    await organiser.tap("show", "assets")
    await people_hand_in(house, made, "users", 1, named="late")
    await organiser.look()
    assert "f-warn.too-few" in repr(organiser.card.blocks), "the warning stays as it was"
    await organiser.tap("now")
    cells = {group.group.id: group.cells["assets"] for group in (await house.view(organiser.person, made.id)).groups}
    assert cells[made.groups["staff"]].pool.people == 5
    assert cells[made.groups["users"]].pool.people == 0, "nobody was warned about these"
    assert cells[made.groups["users"]].may_show
