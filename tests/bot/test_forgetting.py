"""Forgetting somebody: what of them is erased, what stays, and that the erased bytes are in no file any more."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import browser_records
from bot.browser_records import BrowserRecord
from bot.forgetting import Receipt, Runs, forget, runs
from bot.replies import Channel, Person
from bot.sealing import participant_id, token_hash
from conversations.codes import normal
from conversations.says import Verbatim
from storage.store import Store, Transaction
from walking import Assessment, House, Walker, answer, assessment, close, facilitator, participant, people_hand_in, show

NOTHING = Receipt(assessments=0, parts=0, mixed=0, known=False, browsers=0, codes=0, unreadable=0)


@pytest.fixture
def house(tmp_path: Path, store: Store) -> House:
    return House(tmp_path, store=store)


async def forgotten(house: House, person: Person) -> Receipt:
    """One turn that forgets."""

    async def work(tx: Transaction) -> Receipt:
        return await forget(tx, person, house.keys, installation=house.installation)

    return await house.store.turn(b"operator", work)


async def who_runs(house: House, person: Person) -> Runs | None:
    async def work(tx: Transaction) -> Runs | None:
        return await runs(tx, person, installation=house.installation)

    return await house.store.turn(b"operator", work)


async def settled(house: House, walker: Walker) -> None:
    """What the web's first page writes: a browser's row."""
    record = BrowserRecord(person=walker.person.id)

    async def work(tx: Transaction) -> None:
        await browser_records.put(tx, walker.person.cookie, record, key=house.installation)

    await house.store.turn(b"browser", work)


async def code_of(walker: Walker) -> str:
    """A resume code that this person asked for, as it is written on their card."""
    await walker.ask("menu")
    await walker.tap("resume-code")
    return next(block.text.words for block in walker.card.blocks if isinstance(block.text, Verbatim))


async def behind(house: House, code: str) -> Person | None:
    async def work(tx: Transaction) -> Person | None:
        return await browser_records.behind(tx, normal(code), key=house.installation, now=house.clock.now)

    return await house.store.turn(b"operator", work)


async def visitors(house: House) -> int:
    return len(await house.store.turn(b"x", lambda tx: tx.visitors()))


@pytest.mark.parametrize("channel", ["telegram", "web"])
async def test_what_is_not_poured_goes_and_what_is_poured_stays(house: House, channel: Channel) -> None:
    organiser = await facilitator(house)
    first, second = await assessment(organiser), await assessment(organiser, organisation="St Nowhere")
    ana = await participant(house, "ana", first.codes["staff"], channel=channel)
    await answer(ana, "assets", (1, 2, 3), comment="of ana")
    await people_hand_in(house, first, "staff", 4)
    await show(organiser, first)
    await answer(ana, "networks", (1, 2, 3))
    await ana.ask("menu")
    await ana.tap("code")
    await ana.write(second.codes["users"])
    await ana.tap("agree")
    await ana.tap("score", "5")
    before = await house.view(organiser.person, first.id)
    everybody = await visitors(house)
    assert await forgotten(house, ana.person) == Receipt(
        assessments=2, parts=2, mixed=1, known=True, browsers=0, codes=0, unreadable=0
    )
    assert await visitors(house) == everybody - 1
    assert await house.view(organiser.person, first.id) == before
    await ana.look()
    assert ana.state == "home"


async def test_nobody_else_loses_anything(house: House) -> None:
    made = await assessment(await facilitator(house))
    people = await people_hand_in(house, made, "staff", 3)
    ana = await participant(house, "ana", made.codes["staff"])
    await forgotten(house, ana.person)
    for walker in people:
        assert (await walker.look()).card == walker.card
        assert walker.state != "home"
    assert await house.store.turn(b"x", lambda tx: tx.handed_in(made.id)) == {(made.groups["staff"], "assets"): 3}


async def test_somebody_who_is_not_known_has_nothing_to_forget(house: House) -> None:
    await people_hand_in(house, await assessment(await facilitator(house)), "staff", 1)
    receipt = await forgotten(house, Person(channel="telegram", id="999"))
    assert receipt == NOTHING
    assert not receipt.anything


async def test_twice_is_once(house: House) -> None:
    made = await assessment(await facilitator(house))
    ana = await participant(house, "ana", made.codes["staff"])
    assert (await forgotten(house, ana.person)).anything
    assert await forgotten(house, ana.person) == NOTHING


async def test_the_same_id_on_the_other_channel_is_somebody_else(house: House) -> None:
    made = await assessment(await facilitator(house))
    await participant(house, "77", made.codes["staff"])
    assert await forgotten(house, Person(channel="web", id="77")) == NOTHING


async def test_somebody_forgotten_who_comes_back_is_not_counted_twice(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    people = await people_hand_in(house, made, "staff", 5)
    await show(organiser, made)
    ana = people[0]
    assert (await forgotten(house, ana.person)).mixed == 1
    again = await participant(house, ana.person.id, made.codes["staff"])
    assert again.state == "question"
    await again.ask("menu")
    await again.tap("answers")
    key = house.keys.get(made.id)
    assert key is not None
    mark = participant_id(key, "telegram", ana.person.id)
    assert await house.store.turn(b"x", lambda tx: tx.spent(mark)) == {"assets"}
    await again.force("principle", "assets")
    assert not await house.store.turn(b"x", lambda tx: tx.put_part(mark, "assets", b"sealed"))


async def test_browsers_and_resume_codes_of_this_person_only_are_gone(house: House) -> None:
    made = await assessment(await facilitator(house))
    ana, ben = [await participant(house, name, made.codes["users"], channel="web") for name in ("ana", "ben")]
    codes = []
    for walker in (ana, ben):
        await settled(house, walker)
        codes.append(await code_of(walker))
    assert await behind(house, codes[0]) == Person(channel="web", id="ana")
    receipt = await forgotten(house, ana.person)
    assert (receipt.browsers, receipt.codes) == (1, 1)
    assert await behind(house, codes[0]) is None
    assert await behind(house, codes[1]) == Person(channel="web", id="ben")
    assert list(await house.store.turn(b"x", lambda tx: tx.browsers())) == [ben.person.cookie]


async def test_a_resume_code_that_is_too_old_or_replaced_names_nobody_and_goes_all_the_same(house: House) -> None:
    made = await assessment(await facilitator(house))
    ana = await participant(house, "ana", made.codes["users"], channel="web")
    await settled(house, ana)
    code = await code_of(ana)
    house.clock.now += 24 * 60 * 60
    assert await behind(house, code) is None
    assert (await forgotten(house, ana.person)).codes == 1
    assert await house.store.turn(b"x", lambda tx: tx.tokens(kind="resume")) == {}


async def test_a_facilitators_account_and_assessments_stay_and_others_reach_them(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await close(organiser, await assessment(organiser, organisation="St Nowhere"))
    assert await who_runs(house, organiser.person) == Runs(assessments=2, open=1, devices=0)
    link = await device_link(organiser)
    other = Walker(house, "other", channel="web")
    await other.open(f"d-{link}")
    assert await who_runs(house, organiser.person) == Runs(assessments=2, open=1, devices=1)
    await forgotten(house, organiser.person)
    assert await who_runs(house, organiser.person) is None
    assert await who_runs(house, other.person) == Runs(assessments=2, open=1, devices=0)
    assert (await house.view(other.person, made.id)).open


async def test_a_link_for_another_device_leads_nowhere_once_the_last_one_is_forgotten(house: House) -> None:
    organiser = await facilitator(house)
    link = await device_link(organiser)
    await forgotten(house, organiser.person)
    other = Walker(house, "other")
    await other.open(f"d-{link}")
    assert other.notices == ["f-invited.unknown"]


async def test_a_link_of_somebody_elses_account_stays_good(house: House) -> None:
    link = await device_link(await facilitator(house))
    await forgotten(house, (await facilitator(house, "2")).person)
    token = token_hash(link)
    now = house.clock.now
    assert await house.store.turn(b"x", lambda tx: tx.token(token, kind="device", now=now)) is not None


async def device_link(organiser: Walker) -> str:
    """The token of a link for a second device."""
    await organiser.open()
    if organiser.state != "home":
        await organiser.tap("f-home")
    await organiser.tap("device")
    return str((await organiser.house.desk(organiser.person)).dialogue.draft["token"])


async def test_without_its_key_nobody_is_found_in_an_assessment_and_the_receipt_says_so(house: House) -> None:
    made = await assessment(await facilitator(house))
    ana = await participant(house, "ana", made.codes["staff"])
    (house.folder / f"{made.id}.key").unlink()
    house.open()
    receipt = await forgotten(house, ana.person)
    assert (receipt.assessments, receipt.known, receipt.unreadable) == (0, True, 1)


async def test_a_damaged_record_of_somebody_else_keeps_nobody_from_being_forgotten(house: House) -> None:
    organiser = await facilitator(house)
    await assessment(organiser)

    async def damage(tx: Transaction) -> None:
        await tx.put_visitor(b"damaged", b"damaged")
        await tx.put_token(b"damaged", kind="resume", sealed=b"damaged", until=house.clock.now + 1)

    await house.store.turn(b"x", damage)
    assert (await forgotten(house, organiser.person)).known
    assert (await forgotten(house, Person(channel="web", id="ana"))) == NOTHING


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_no_erased_byte_is_in_any_file(house: House, tmp_path: Path) -> None:
    made = await assessment(await facilitator(house))
    people = [await participant(house, f"p{number}", made.codes["staff"], channel="web") for number in range(12)]
    people += [await participant(house, f"t{number}", made.codes["staff"]) for number in range(12)]
    for walker in people:
        await answer(walker, "assets", (1, 2, 3), comment="words " * 200)
        if walker.person.channel == "web":
            await settled(house, walker)
            await code_of(walker)
    gone = people[::2]
    theirs = {name: value for walker in gone for name, value in of(house, made, walker, tmp_path).items()}
    assert {name.split()[0] for name in theirs} == {"visitor", "participant", "dialogue", "part", "address", "cookie"}
    assert found(theirs, tmp_path) == set(theirs)
    for walker in gone:
        assert (await forgotten(house, walker.person)).assessments == 1
    assert found(theirs, tmp_path) == set()
    rest = {name: value for walker in people[1::2] for name, value in of(house, made, walker, tmp_path).items()}
    assert found(rest, tmp_path) == set(rest)


def of(house: House, made: Assessment, walker: Walker, folder: Path) -> dict[str, bytes]:
    """The ids and sealed values that are stored of somebody, as they stand in the file."""
    key = house.keys.get(made.id)
    assert key is not None
    person = walker.person
    visitor, own = house.visitor(person), participant_id(key, person.channel, person.id)
    values = {"visitor": visitor, "participant": own}
    with closing(sqlite3.connect(f"file:{folder}/data/voices.db?mode=ro", uri=True)) as file:
        for what, query, id_ in (
            ("visitor record", "SELECT sealed FROM visitors WHERE id = ?", visitor),
            ("address", "SELECT sealed FROM addresses WHERE visitor = ?", visitor),
            ("dialogue", "SELECT sealed FROM participants WHERE id = ?", own),
            ("part", "SELECT sealed FROM parts WHERE participant = ?", own),
            ("cookie", "SELECT cookie FROM browsers WHERE cookie = ?", person.cookie),
            ("cookie record", "SELECT sealed FROM browsers WHERE cookie = ?", person.cookie),
        ):
            for (value,) in file.execute(query, (id_,)):
                values[what] = value
    return {f"{what} of {person.id}": value for what, value in values.items()}


def found(values: dict[str, bytes], folder: Path) -> set[str]:
    """Which of them stand in any file of the data folder: an id whole, of something longer a piece."""
    held = b"".join(path.read_bytes() for path in (folder / "data").iterdir())
    return {name for name, value in values.items() if (value[40:60] or value) in held}
