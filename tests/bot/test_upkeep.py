"""The operator's errands: what they ask for and answer, and that a failure of theirs stops nobody."""

from __future__ import annotations

import asyncio
import json
import logging
from pathlib import Path

import pytest

from bot import bootstrap
from bot.bootstrap import tidy
from bot.clearing_up import _receipt, _running
from bot.upkeep import whom
from storage.store import Unavailable
from walking import BreakingStore, House, assessment, facilitator, participant

PERSON = {"assessments": 0, "parts": 0, "mixed": 0, "known": False, "browsers": 0, "codes": 0, "unreadable": 0}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("123456789", {"telegram": "123456789"}),
        ("  42\n", {"telegram": "42"}),
        ("0042", {"telegram": "42"}),
        ("bcdf-2345-GHJK", {"code": "BCDF2345GHJK"}),
        ("bcdf 2345 ghjk", {"code": "BCDF2345GHJK"}),
        ("2345-2345-2345", {"code": "234523452345"}),
        ("BCDF-2345", None),
        ("AAAA-2345-GHJK", None),
        ("@zoe", None),
        ("-5", None),
        ("٤٢", None),
        ("", None),
        ("9" * 21, None),
    ],
)
def test_whom_an_operator_means(typed: str, found: object) -> None:
    assert whom(typed) == found


async def test_answers_fit_into_json_and_hold_nothing_but_numbers(tmp_path: Path) -> None:
    house = House(tmp_path)
    organiser = await facilitator(house, "7")
    made = await assessment(organiser)
    await participant(house, "42", made.codes["staff"])
    answers = [
        await house.upkeep.forget({"telegram": "7"}),
        await house.upkeep.forget({"telegram": "42"}),
        await house.upkeep.forget({"telegram": "7", "sure": True}),
        await house.upkeep.purge({}),
    ]
    assert [list(answer) for answer in answers[:3]] == [["runs"], ["receipt"], ["receipt"]]
    for answer in answers:
        for value in answer.values():
            inside = value.values() if isinstance(value, dict) else [value]
            assert all(isinstance(number, int) for number in inside)
    assert json.loads(json.dumps(answers)) == answers
    assert await house.upkeep.forget({"code": "BCDF2345GHJK"}) == {"unknown": True}


@pytest.mark.parametrize("sure", [False, None, "yes", 1])
async def test_a_facilitator_is_forgotten_only_when_it_is_sure(tmp_path: Path, sure: object) -> None:
    house = House(tmp_path)
    await assessment(await facilitator(house, "7"))
    assert await house.upkeep.forget({"telegram": "7", "sure": sure}) == {
        "runs": {"assessments": 1, "open": 1, "devices": 0}
    }
    assert len(await house.store.turn(b"x", lambda tx: tx.visitors())) == 1


def test_a_receipt_says_what_went_and_what_stays() -> None:
    nothing = _receipt(PERSON)
    assert nothing == ["Nothing that could be erased is kept of this person."]
    mixed = _receipt({**PERSON, "mixed": 3})
    assert mixed[0] == nothing[0]
    assert "Mixed in with the answers of others: 3 principles." in mixed[1]
    full = _receipt({**PERSON, "known": True, "assessments": 2, "parts": 5, "unreadable": 1})
    assert full[0] == "This person is forgotten. Erased:"
    assert [line.rpartition(" ")[2] for line in full if line.startswith("  ")] == ["1", "2", "5", "0", "0"]
    assert full[-1].startswith("Open assessments whose key is missing: 1.")


def test_an_operator_reads_who_reaches_a_facilitators_account_afterwards() -> None:
    alone = " ".join(_running({"assessments": 2, "open": 1, "devices": 0}))
    assert "no device of this person reaches them any more" in alone
    others = " ".join(_running({"assessments": 2, "open": 1, "devices": 3}))
    assert "Other devices that reach it: 3." in others


@pytest.mark.parametrize("error", [Unavailable("the disk with Zoë's answers is full"), ValueError("Zoë")])
async def test_a_look_that_fails_is_told_by_its_kind_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    store = BreakingStore()
    house = House(tmp_path, store=store)
    looks: list[str] = []
    enough = asyncio.Event()

    async def fails_once() -> None:
        looks.append("look")
        if len(looks) == 1:
            raise error
        if len(looks) == 3:
            enough.set()

    monkeypatch.setattr(house.upkeep, "hourly", fails_once)
    monkeypatch.setattr(bootstrap, "TIDY_EVERY", 0.001)
    with caplog.at_level(logging.DEBUG):
        task = asyncio.create_task(tidy(house.upkeep))
        await asyncio.wait_for(enough.wait(), 10)
        task.cancel()
    told = [record.getMessage() for record in caplog.records if record.name == "bot.bootstrap"]
    assert [type(error).__name__ in message for message in told] == [True]
    assert "Zoë" not in caplog.text


async def test_a_sweep_that_failed_is_made_up_for_an_hour_later(tmp_path: Path) -> None:
    store = BreakingStore()
    house = House(tmp_path, store=store)
    made = await assessment(await facilitator(house))
    house.clock.now += 80 * 24 * 60 * 60
    store.breaking = True
    with pytest.raises(Unavailable):
        await house.upkeep.hourly()
    store.breaking = False
    house.clock.now += 60 * 60
    await house.upkeep.hourly()
    found = await store.turn(b"x", lambda tx: tx.assessment(made.id))
    assert found is not None
    assert found.due
