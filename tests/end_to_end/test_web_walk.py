"""The whole way over HTTP, with the real program as a process and without BOT_TOKEN.

One facilitator and fourteen people in two groups, ``kill -9`` in between, to the pictures of the groups. Every page
is checked by ``web_walk.rules``; every number of every picture against a count made from what was posted.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import AsyncIterator, Iterable

import pytest

from conversations.comments import normalised
from web_walk import GROUPS, STAFF, USERS, Count, Facilitator, K, Participant, Tab, Venue, venue
from web_walk.count import EVERYONE, TENTHS, differences, read
from web_walk.instrument import OPEN_QUESTION, ORDER, PRINCIPLES, STATEMENTS, statements
from web_walk.venue import ORGANISATION

ASSETS, NETWORKS, OUTCOMES, RELATIONSHIPS, CATALYSTS = ORDER
LONGEST_COMMENT = 2000

LEFT_OPEN = statements(OUTCOMES)[1]
"""Three of staff do not know what to say to this: only four scores are left, too few to show."""


class Walk:
    """The fourteen people, and where they are."""

    def __init__(self, venue: Venue) -> None:
        self.venue = venue
        self.staff: list[Participant] = []
        self.users: list[Participant] = []

    @property
    def everybody(self) -> list[Participant]:
        """All fourteen."""
        return [*self.staff, *self.users]

    async def gather(self) -> None:
        """Everybody is there, with wishes of their own; nobody has arrived yet."""
        self.staff = [await self._person(number, STAFF) for number in range(7)]
        self.users = [await self._person(number, USERS) for number in range(7, 14)]

    async def _person(self, number: int, group: str) -> Participant:
        lot = random.Random(number)
        comments = {
            name: f"{group}, number {number}, on {name}: <b>“ask” & tell</b>\n\n{lot.random()}"
            for name in ORDER
            if lot.random() < 0.6
        }
        # Two of staff wrote the very same.
        if group == STAFF and number < 2:
            comments[RELATIONSHIPS] = "More time."
        choices = {LEFT_OPEN: "unknown" if number < 3 else "3"} if group == STAFF else {}
        return await self.venue.person(number, group, choices=choices, comments=comments)


@pytest.fixture
async def walk() -> AsyncIterator[Walk]:
    """The program running, nobody there yet."""
    async with venue() as place:
        yield Walk(place)


async def test_from_the_invitation_to_the_pictures(walk: Walk) -> None:
    facilitator = await a_facilitator_sets_up(walk)
    await fourteen_people_begin(walk)
    await numbers_are_told_from_five_people_on(walk, facilitator)
    await everybody_is_where_they_were_after_a_kill(walk, facilitator)
    await one_goes_on_in_another_browser(walk)
    await one_takes_everything_back(walk, walk.users[4])
    people = [person for person in walk.everybody if person is not walk.users[4]]
    count = Count([person.sheet for person in people], groups=GROUPS, k=K)

    await one_principle_is_shown(walk, facilitator, count)
    await the_others_go_on(walk)
    await facilitator.show(NETWORKS)
    count.show(NETWORKS)
    await asyncio.gather(*(person.after(NETWORKS) for person in walk.staff[5:]))
    await the_same_is_said(facilitator, count, [ASSETS, NETWORKS])
    await nearly_everybody_comes_to_the_end(walk)
    await facilitator.show("all")
    count.show(*ORDER)
    await the_same_is_said(facilitator, count, ORDER)

    await walk.venue.restart()
    await facilitator.tab.open()
    await answers_are_closed(walk, facilitator, count)
    await the_same_is_said(facilitator, count, ORDER)
    await the_sheet_says_the_averages(facilitator, count)
    await a_second_device_joins_once(walk, facilitator)
    assert await walk.venue.program.stop() == 0
    assert "Traceback" not in walk.venue.program.output
    assert "Warning" not in walk.venue.program.output


async def a_facilitator_sets_up(walk: Walk) -> Facilitator:
    invitation = f"/i/{walk.venue.program.invitation}"
    # A preview in a chat opens the link first, and uses nothing up.
    await Tab(await walk.venue.browser()).open(invitation)
    facilitator = await walk.venue.facilitator()
    late = await walk.venue.browser()
    await late.tab.open(invitation)
    await late.tab.only_button()
    assert not late.tab.page.offers("new"), "an invitation worked twice"
    # Whoever runs an assessment takes no part in it.
    await facilitator.tab.open(walk.venue.entrances[STAFF].link)
    await facilitator.tab.only_button()
    assert "cannot take part" in facilitator.page.remarks[0]
    return facilitator


async def fourteen_people_begin(walk: Walk) -> None:
    await walk.gather()
    staff, users, links = walk.staff, walk.users, walk.venue.entrances

    async def begins(person: Participant) -> None:
        await person.arrive(links[person.sheet.group].link)
        if person in staff[:5]:
            await person.after(ASSETS)
        elif person is staff[5]:
            await person.until(statement=statements(ASSETS)[1])
        elif person is staff[6]:
            await person.until(principle=ASSETS)
        elif person is users[0]:
            await person.until(principle=ASSETS)
            await writes_a_comment_in_every_way(person)
        elif person is users[1]:
            await person.after(ASSETS)
            await takes_a_part_back_and_changes_it(person)
        elif person is users[2]:
            await person.after(ASSETS)
            await person.until(statement=statements(NETWORKS)[2])
            await person.tab.tap("menu")
            await person.tab.tap("stop")
        elif person is users[3]:
            await person.until(principle=ASSETS, check=True)
        elif person is users[4]:
            await person.until(statement=statements(NETWORKS)[1])
        elif person is users[6]:
            await person.after(ASSETS)

    await asyncio.gather(*(begins(person) for person in walk.everybody if person is not users[5]))
    await came_by_the_wrong_link(walk, users[5])


async def writes_a_comment_in_every_way(person: Participant) -> None:
    assert person.page.heading == OPEN_QUESTION
    await person.comment("The first words")
    assert person.page.quotes == ["The first words"]
    await person.tab.tap("previous")
    assert person.page.typed == "The first words"
    await person.comment("Other words\n\n  with <i>lines</i> & “quotes”")
    # It is kept as others will read it: the blank line before a last line, which may be a name, is gone.
    assert person.page.quotes == ["Other words\nwith <i>lines</i> & “quotes”"]
    await person.tab.tap("previous")
    await person.tab.tap("erase")
    assert person.page.heading == OPEN_QUESTION
    assert person.page.typed == ""
    # Asking for help in the middle of a sentence keeps the sentence.
    await person.tab.tap("urgent", words="Half a sentence")
    assert "999" in person.page.words
    await person.tab.tap("back")
    assert person.page.typed == "Half a sentence"
    typed = "".join(random.Random(7).choices("abcdefghijklmnop     \n", k=LONGEST_COMMENT + 600))
    long = normalised(typed)
    await person.tab.send(typed)
    assert person.page.typed == long
    assert not person.page.offers("hand-in")
    await person.tab.tap("menu")
    await person.tab.tap("back")
    assert person.page.typed == long, "a text that is too long was lost"
    shorter = normalised(long[:LONGEST_COMMENT])
    await person.tab.send(shorter)
    person.sheet.comments[ASSETS] = shorter
    assert person.page.quotes == [shorter]


async def takes_a_part_back_and_changes_it(person: Participant) -> None:
    assert person.page.heading == statements(NETWORKS)[0]
    await person.tab.tap("previous")
    assert person.principle == ASSETS
    await person.tab.tap("change")
    person.sheet.handed_in.discard(ASSETS)
    await person.tab.tap("this", "2")
    assert person.page.remarks, "nobody was told that the answers were taken out"
    await person.choose("5" if person.sheet.choices[person.page.heading] != "5" else "1")
    assert person.page.offers("hand-in")
    # And another way to the same question: back, back, back.
    for _ in range(2):
        await person.tab.tap("previous")
    assert person.page.heading == statements(ASSETS)[2]
    await person.choose("unknown")
    await person.comment(person.page.typed + " And one thing more.")
    await person.hand_in()
    assert person.page.heading == statements(NETWORKS)[0]


async def came_by_the_wrong_link(walk: Walk, person: Participant) -> None:
    person.sheet.group = STAFF
    await person.arrive(walk.venue.entrances[STAFF].link)
    await person.choose("4")
    question = person.page.heading
    for answer in ("back", "move"):
        await person.tab.open(walk.venue.entrances[USERS].link)
        await person.tab.only_button()
        assert person.page.offers("move")
        await person.tab.tap(answer)
        assert person.page.heading == question
    person.sheet.group = USERS
    await person.tab.tap("menu")
    assert USERS in person.page.words
    await person.tab.tap("back")


async def numbers_are_told_from_five_people_on(walk: Walk, facilitator: Facilitator) -> None:
    facilitator_sees = await facilitator.tab.open()
    assert facilitator_sees.heading == ORGANISATION
    # Who changed the group stays counted in the first one: joined never falls.
    said = await facilitator.numbers()
    assert {group: joined for group, (joined, _) in said.items()} == {STAFF: 8, USERS: 7}
    assert said[STAFF][1] == {ASSETS: "5 handed in"} | dict.fromkeys(ORDER[1:], "fewer than 5 handed in")
    assert set(said[USERS][1].values()) == {"fewer than 5 handed in"}
    await facilitator.ask_to_show(NETWORKS)
    assert facilitator.page.remarks
    assert not facilitator.page.offers("now"), "fewer than five can be shown"


async def everybody_is_where_they_were_after_a_kill(walk: Walk, facilitator: Facilitator) -> None:
    for person in walk.everybody:
        await person.tab.open()
    await facilitator.tab.tap("f-assessment")
    before = [person.place() for person in walk.everybody], facilitator.page.words
    await walk.venue.restart()
    for person in walk.everybody:
        await person.tab.open()
    await facilitator.tab.open()
    assert ([person.place() for person in walk.everybody], facilitator.page.words) == before
    # A page from before the kill still works.
    stopped = walk.users[2]
    await stopped.tab.tap("back")
    assert stopped.page.heading == statements(NETWORKS)[2]


async def one_goes_on_in_another_browser(walk: Walk) -> None:
    person = walk.users[3]
    place, old = person.place(), person.browser
    await person.tab.tap("menu")
    await person.tab.tap("resume-code")
    (code,) = person.page.codes
    new = await walk.venue.browser()
    await new.tab.open("/resume")
    wrong = await new.tab.send("BCDF-2345-BCDF")
    assert (wrong.status, wrong.remarks != []) == (422, True)
    await new.tab.send(f" {code.lower().replace('-', ' ')} ")
    person.browser = new
    assert person.place() == place
    await old.tab.open()
    assert old.tab.page.heading == "Hello", "the old browser still knows the person"
    await old.tab.open("/resume")
    assert (await old.tab.send(code)).status == 422, "a code worked twice"


async def one_takes_everything_back(walk: Walk, person: Participant) -> None:
    await person.tab.tap("menu")
    await person.tab.tap("withdraw")
    await person.tab.tap("back")
    await person.tab.tap("menu")
    await person.tab.tap("withdraw")
    question = person.page
    await person.tab.tap("erase")
    assert "erased" in person.page.remarks[0]
    # The old page's button once more, and a look around: nothing comes back.
    await person.tab.press(question.form, question.button("erase"))
    assert person.page.heading == "Hello"


async def one_principle_is_shown(walk: Walk, facilitator: Facilitator, count: Count) -> None:
    await facilitator.tab.open()
    warning = await facilitator.ask_to_show(ASSETS)
    # Eight joined staff, five handed in. Of those who use services too few have.
    assert warning[0].startswith(f"{STAFF}: 3 people may still be writing.")
    assert warning[1] == f"{USERS}: 7 people have joined. Too few had handed in, so they are left out for now."
    await facilitator.tab.tap("f-show")
    await facilitator.ask_to_show(ASSETS)
    shown = facilitator.page
    await facilitator.tab.tap("now")
    count.show(ASSETS)
    await facilitator.tab.press(shown.form, shown.button("now"))
    await the_same_is_said(facilitator, count, [ASSETS])
    await facilitator.ask_to_show(ASSETS)
    assert not facilitator.page.offers("now"), "the same group can be shown twice"
    # Poured is poured.
    person = walk.staff[0]
    await person.jump(ASSETS)
    assert "can no longer be changed" in person.page.words
    assert not person.page.offers("change")
    await person.tab.tap("carry-on")
    assert person.page.heading == statements(NETWORKS)[0]


async def the_others_go_on(walk: Walk) -> None:
    """Networks is shown when five of staff have handed it in, and four of those who use services."""
    staff, users = walk.staff, walk.users
    await asyncio.gather(
        *(person.after(NETWORKS) for person in staff[:5]),
        *(person.after(NETWORKS) for person in users[:4]),
        *(person.after(ASSETS) for person in (users[5], *staff[5:])),
    )


async def nearly_everybody_comes_to_the_end(walk: Walk) -> None:
    """Two never hand in Networks, one of staff never hands in Catalysts."""
    leaves_early, skips = walk.staff[6], (walk.users[5], walk.users[6])

    async def ends(person: Participant) -> None:
        if person in skips:
            await person.jump(OUTCOMES)
            for principle in (OUTCOMES, RELATIONSHIPS, CATALYSTS):
                await person.after(principle)
            assert person.principle == NETWORKS
        elif person is leaves_early:
            await person.after(RELATIONSHIPS)
        else:
            await person.until()
            assert person.at_end

    await asyncio.gather(*(ends(person) for person in walk.everybody if person is not walk.users[4]))


async def answers_are_closed(walk: Walk, facilitator: Facilitator, count: Count) -> None:
    await facilitator.close()
    count.close()
    assert count.left_out == {ASSETS: 2}, "the walk is meant to leave two people over"
    told = [line for line in facilitator.page.items if "too few" in line]
    assert told == [f"{ASSETS}: 2 people were too few to show. Their answers were erased."]
    assert not facilitator.page.offers("f-show")
    assert not facilitator.page.offers("f-close")
    for person in walk.everybody:
        if person is not walk.users[4]:
            waiting = person.page
            await person.tab.open()
            assert any("closed" in remark for remark in person.page.remarks), person.page.words
            if waiting.offers("score", "5"):
                await person.tab.press(waiting.form, waiting.button("score", "5"))
                assert person.page.heading not in STATEMENTS
    newcomer = await walk.venue.browser()
    await newcomer.tab.open(walk.venue.entrances[STAFF].link)
    await newcomer.tab.only_button()
    assert newcomer.tab.page.remarks
    assert not newcomer.tab.page.offers("agree")


async def the_same_is_said(facilitator: Facilitator, count: Count, principles: Iterable[str]) -> None:
    """Pictures, captions and comments say what the count says, and nothing else."""
    await facilitator.tab.open()
    averages = {}
    for name in principles:
        figure = await facilitator.principle(name)
        assert differences(read(figure.caption, name), count.principle(name)) == [], figure.caption
        averages[name] = count.averages(name)
        comments = {group: words for (group, about), words in count.comments.items() if about == name}
        assert await facilitator.comments(name) == comments
    overview = await facilitator.overview()
    for name, expected in averages.items():
        line = next(line for line in overview.caption.split("\n") if line.startswith(f"{name} – "))
        fits(line, expected)
    gaps = await facilitator.gaps()
    lines = [line for line in gaps.caption.split("\n") if " – gap " in line]
    both = {name: each for name, each in averages.items() if set(GROUPS) <= set(each)}
    widths = {name: abs(each[STAFF] - each[USERS]) for name, each in both.items()}
    assert [line.split(" – ")[0] for line in lines] == sorted(widths, key=lambda name: -widths[name])
    for line in lines:
        name = line.split(" – ")[0]
        fits(line, {"gap": widths[name], **{group: both[name][group] for group in GROUPS}})


def fits(line: str, expected: dict[str, float]) -> None:
    """A caption's line names each of these with its number, and no other."""
    said = re.findall(rf"(gap|{STAFF}|{USERS}|{EVERYONE}) ([\d.]+)", line)
    assert [name for name, _ in said] == list(expected), line
    for name, number in said:
        assert float(number) == pytest.approx(expected[name], abs=TENTHS), line


async def the_sheet_says_the_averages(facilitator: Facilitator, count: Count) -> None:
    page = await facilitator.sheet()
    for group in (*GROUPS, EVERYONE):
        elements = page.sections[group]
        lines = [each.words for element in elements for each in element.all("li")]
        assert [line.split(":")[0] for line in lines] == ORDER
        for name, line in zip(ORDER, lines, strict=True):
            numbers = re.findall(r"–|\d\.\d", line.split(": ")[1])
            for number, statement in zip(numbers, statements(name), strict=True):
                shown = count.of(group, statement)
                assert (number == "–") == (shown is None), line
                if shown:
                    assert float(number) == pytest.approx(shown.average, abs=TENTHS), line
    for group in GROUPS:
        written = sorted(each.text for each in page.sections[group] if each.tag == "blockquote")
        poured = [words for (of, _), words in count.comments.items() if of == group]
        assert written == sorted(word for words in poured for word in words.elements())


async def a_second_device_joins_once(walk: Walk, facilitator: Facilitator) -> None:
    await facilitator.tab.tap("f-results")
    await facilitator.tab.tap("f-home")
    await facilitator.tab.tap("device")
    (link,) = facilitator.page.codes
    second, third = Facilitator(await walk.venue.browser()), Facilitator(await walk.venue.browser())
    await second.arrive(link)
    assert [value for action, value in second.page.taps() if action == "open"]
    await third.arrive(link)
    assert not third.page.offers("open"), "the link worked twice"
    assert third.page.remarks
    (listed,) = [value for action, value in second.page.taps() if action == "open"]
    await second.tab.tap("open", listed)
    figure = await second.principle(ASSETS)
    stranger = await third.browser.get(figure.url)
    assert stranger.status == 404, "a stranger can load a picture"
    assert PRINCIPLES[ASSETS] in figure.url
