"""The places to find help: the shipped list, and what a faulty list of an operator's is told."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from bot import support
from bot.bootstrap import support_of
from conversations.dialogue import Dialogue
from conversations.says import Verbatim
from conversations.screens import card
from conversations.situation import Group, PartView
from walking.exploring import situations, taking

GOOD = """
[[organisation]]
name = "999"
what = "Call in danger."
phone = "999"
for = "both"
emergency = true
"""


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(support.FaultySupport) as caught:
        support.parse(text, "ours.toml")
    assert all(fault.startswith("ours.toml: ") for fault in caught.value.faults)
    return caught.value.faults


def test_the_shipped_list_begins_with_emergencies_and_names_the_six() -> None:
    shipped = support.load(support.SHIPPED)
    assert [(place.name, place.phone) for place in shipped] == [
        ("999", "999"),
        ("NHS 111", "111"),
        ("Samaritans", "116 123"),
        ("Sands", "0808 164 3332"),
        ("Bliss", None),
        ("Freedom to Speak Up Guardians", None),
    ]
    assert [place.emergency for place in shipped] == [True, False, False, False, False, False]
    assert {place.name for place in shipped if place.audience != "both"} == {"Freedom to Speak Up Guardians"}
    assert all(place.web for place in shipped if place.phone is None)


STAFF_ONLY = {"Freedom to Speak Up Guardians"}


@pytest.mark.parametrize(
    ("audience", "left_out"), [("staff", set()), ("users", STAFF_ONLY), ("other", set()), (None, set())]
)
def test_each_group_sees_all_that_is_for_it_and_a_group_with_a_name_of_its_own_sees_everything(
    audience: Literal["staff", "users", "other"] | None, left_out: set[str]
) -> None:
    shipped = tuple(support_of(place) for place in support.load(support.SHIPPED))
    group = Group(id="group", audience=audience or "other", name="Doulas" if audience == "other" else "")
    pass_ = replace(taking(PartView()), group=group) if audience else None
    situation = replace(situations()[0], support=shipped, taking=pass_)
    seen = [block.text for block in card(Dialogue().at("urgent"), situation).blocks]
    for place in shipped:
        complete = {Verbatim(place.name), place.what, Verbatim(" · ".join(place.reach))} <= set(seen)
        assert complete == (place.name not in left_out), place.name
        assert (Verbatim(place.name) in seen) == complete, f"only half of {place.name}"


def test_the_shipped_sentences_are_short() -> None:
    for place in support.load(support.SHIPPED):
        assert len(place.what.split()) <= 20
        assert place.what.endswith(".")


def test_an_organisation_may_have_every_value() -> None:
    _, place = support.parse(
        GOOD
        + """
        [[organisation]]
        name = "Our helpline"
        what = "For people who work here."
        phone = "+44 20 7946 0000"
        text = "Text HELP to 85000"
        web = "https://help.example.org/talk"
        when = "Weekdays, 9 to 5"
        for = "staff"
        emergency = true
        """,
        "ours.toml",
    )
    assert place == support.Organisation(
        name="Our helpline",
        what="For people who work here.",
        phone="+44 20 7946 0000",
        text="Text HELP to 85000",
        web="https://help.example.org/talk",
        when="Weekdays, 9 to 5",
        audience="staff",
        emergency=True,
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "999"', "", "name is missing"),
        ('name = "999"', "name = 999", "name is not a line of text"),
        ('what = "Call in danger."', 'what = " "', "what is not a line of text"),
        ('what = "Call in danger."', r'what = "a\nb"', "what is not a line of text"),
        ('phone = "999"', "", "nobody can reach it"),
        ('phone = "999"', 'phone = "nine"', "phone is not a number"),
        ('phone = "999"', 'web = "help.example.org"', "web is not a web address"),
        ('phone = "999"', 'web = "javascript:alert(1)"', "web is not a web address"),
        ('phone = "999"', 'telephone = "999"\nweb = "https://a.example"', '"telephone" is not known'),
        ('for = "both"', "", "for is not told"),
        ('for = "both"', 'for = "everyone"', "for is not told"),
        ("emergency = true", "", "emergency is not told"),
        ("emergency = true", "emergency = 1", "emergency is not told"),
    ],
)
def test_a_fault_names_the_organisation_and_what_is_wrong(old: str, new: str, told: str) -> None:
    second = GOOD.replace(old, new)
    assert second != GOOD
    (fault,) = faults(GOOD + second)
    assert fault.startswith(f"ours.toml: organisation 2: {told}")


def test_every_fault_is_told_at_once() -> None:
    assert len(faults('helpline = "x"\n' + GOOD.replace("true", "1") + GOOD.replace("999", ""))) == 4


@pytest.mark.parametrize("text", ["", GOOD.replace("true", "false")])
def test_somebody_must_be_named_for_emergencies(text: str) -> None:
    (fault,) = faults(text)
    assert "nobody is named for emergencies" in fault


def test_each_group_must_see_somebody_for_emergencies() -> None:
    staff, users = GOOD.replace("both", "staff"), GOOD.replace("both", "users")
    assert len(support.parse(staff + users, "ours.toml")) == 2
    (fault,) = faults(users)
    assert 'nobody is named for emergencies of "staff"' in fault
    (fault,) = faults(staff + users.replace("true", "false"))
    assert 'nobody is named for emergencies of "users"' in fault


@pytest.mark.parametrize("text", ['organisation = "999"', "organisation = [1]", "[organisation]"])
def test_organisations_that_are_not_tables_are_told(text: str) -> None:
    (fault,) = faults(text)
    assert "[[organisation]]" in fault


def test_a_mistake_in_the_syntax_is_told_with_its_line() -> None:
    (fault,) = faults("\n\nname = \n")
    assert "line 3" in fault


def test_a_file_that_is_missing_or_not_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b"name = '\xe9'")
    for name in ("none.toml", "latin.toml"):
        with pytest.raises(support.FaultySupport, match=name):
            support.load(tmp_path / name)
