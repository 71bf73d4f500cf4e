"""A facilitator in one language: set-up, invitations, numbers, showing, every result, closing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from time import time

from bot.charts.captions import caption
from bot.charts.jobs import GapChart, Job, OverviewChart, Poster, PrincipleChart
from bot.charts.render import load, render
from conversations.days import DAY
from conversations.questionnaire import Principle
from conversations.says import Day, Decimal, Phrase, Say, Verbatim, listing, text
from conversations.situation import Audience
from conversations.statistics import mean
from language_walk.device import Device
from language_walk.reckoning import GROUPS, K, Reckoning, group_name
from language_walk.tongue import ENGLISH, Tongue, plainly
from walking import questionnaire

ORGANISATION = "Riverside Maternity"
WEEKS = 2


@dataclass(frozen=True, kw_only=True)
class Invite:
    """What stands on the card of a group."""

    code: str
    links: tuple[str, ...]


class Facilitator:
    """One facilitator with one device. Every method but the first begins on the page of the assessment."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self.hear_by: tuple[int, ...] = ()
        """When people hear back: from just before it was set, and from just after."""
        self.in_another: list[str] = []
        """Lines of a poster in a second language."""

    async def create(self, link: str, *, second: Tongue) -> dict[Audience, Invite]:
        """From the invitation to the codes, links and posters of the groups, each in this language and in a second."""
        device = self.device
        await device.open(link)
        device.asks_for_the_language()
        device.says(text("f-invited.welcome"))
        await device.tap(Verbatim(device.tongue.language.name))
        device.says(text("f-home.title"), text("f-home.none"))
        device.admits_that_nobody_has_checked_it()
        await self._set_up()
        device.says(text("f-created"), Verbatim(ORGANISATION))
        self._tells(joined=0, number=text("f.fewer", n=K))
        await device.tap(text("f.invite"))
        found = {audience: await self._invite(audience, second=second) for audience in GROUPS}
        await device.tap(text("f.page"))
        return found

    async def _set_up(self) -> None:
        device = self.device
        await device.tap(text("f-home.new"))
        device.says(text("f-organisation.title"))
        await device.write(ORGANISATION)
        device.says(text("f-groups.title"), *map(group_name, GROUPS))
        await device.tap(text("f-setup.next"))
        device.says(text("f-threshold.title"))
        await device.tap(text("f-threshold.button", n=K))
        device.says(text("f-hear-by.title"))
        before = int(time())
        await device.tap(text("f-hear-by.weeks", n=WEEKS))
        self.hear_by = tuple(moment + WEEKS * 7 * DAY for moment in (before, int(time())))
        device.says(
            text("f-confirm.organisation", organisation=Verbatim(ORGANISATION)),
            text("f-confirm.groups", groups=listing(map(group_name, GROUPS))),
            text("f-confirm.threshold", n=K),
        )
        device.says_one_of(*(text("f-confirm.hear-by", day=Day(moment)) for moment in self.hear_by))
        device.keeps_apart(ORGANISATION)
        await device.tap(text("f-confirm.create"))

    async def _invite(self, audience: Audience, *, second: Tongue) -> Invite:
        device = self.device
        await device.tap(group_name(audience))
        device.says(group_name(audience), text("f-group.code"), text("f-group.web"), text("f-group.aloud"))
        code, *links = device.codes
        link = next(each for each in links if each in device.words)
        poster = Poster(
            organisation=ORGANISATION,
            group=group_name(audience),
            code=code,
            link=link,
            practice=False,
            wording=device.tongue.wording,
        )
        await self._sees(poster)
        device.keeps_apart(code, link, ORGANISATION)
        await self._makes_a_poster_in_two(poster, second)
        await device.tap(text("f-group.others"))
        return Invite(code=code, links=tuple(links))

    async def _makes_a_poster_in_two(self, poster: Poster, second: Tongue) -> None:
        """From the card of a group and back to it."""
        device = self.device
        name, other = (Verbatim(each.language.name) for each in (device.tongue, second))
        await device.tap(text("f-group.languages"))
        device.says(text("f-poster.first", group=poster.group))
        await device.tap(name)
        device.says(text("f-poster.second"), text("f-poster.above", language=name))
        await device.tap(other)
        await self._sees(replace(poster, second=second.wording))
        self.in_another += caption(replace(poster, wording=second.wording)).splitlines()
        self.in_another.append(device.tongue.say(listing([name, other])))
        await device.tap(text("question.back"))

    async def sees_that_all_have_handed_in(self) -> None:
        """The numbers of the page."""
        await self.device.tap(text("f.refresh"))
        self._tells(joined=K, number=text("f.handed-in", n=K))

    def _tells(self, *, joined: int, number: Say) -> None:
        self.device.says(*map(group_name, GROUPS), text("f.joined", n=joined))
        for principle in questionnaire().principles:
            self.device.says(text("f.line", principle=Phrase(principle.name), number=number))

    async def show(self) -> None:
        """Show all, after the last call; ends on the list of results."""
        device = self.device
        await device.tap(text("f.show"))
        device.says(text("f-show.title"), text("f-show.what", n=K))
        await device.tap(text("f-show.all"))
        device.says(text("f-warn.title"), text("f-warn.last-call"))
        device.says(*(text("f-warn.everybody", group=group_name(audience)) for audience in GROUPS))
        await device.tap(text("f-warn.now"))
        device.says(text("f-results.title", organisation=Verbatim(ORGANISATION)))

    async def look_at_everything(self, reckoning: Reckoning) -> None:
        """Every kind of result, from the list of them and back to it."""
        device, known = self.device, reckoning.questionnaire
        results, wording = reckoning.results(), device.tongue.wording
        await self.look_at(reckoning, known.principles[1], drawn=True)
        await device.tap(text("f.results"), text("f-results.gaps"))
        await self._sees(GapChart(results=results, questionnaire=known, wording=wording))
        await device.tap(text("f.results"), text("f-results.overview"))
        await self._sees(OverviewChart(results=results, questionnaire=known, wording=wording))
        await device.tap(text("f.results"))
        for principle in known.principles[:2]:
            await device.tap(text("f-results.comments", principle=Phrase(principle.name)))
            device.says(text("f-comments.title", principle=Phrase(principle.name)), text("f-comments.care"))
            assert Counter(device.quotes) == reckoning.comments(principle.id), "as written"
            await device.tap(text("f.results"))
        await self._reads_the_sheet(reckoning)

    async def look_at(self, reckoning: Reckoning, principle: Principle, *, drawn: bool = False) -> None:
        """The picture of a principle. ``drawn``: it is the very picture that these numbers give in this language."""
        await self.device.tap(Phrase(principle.name))
        job = PrincipleChart(
            results=reckoning.results(),
            questionnaire=reckoning.questionnaire,
            principle=principle.id,
            wording=self.device.tongue.wording,
        )
        png = await self._sees(job)
        if drawn:
            load()
            assert png == render(job).png

    async def _sees(self, job: Job) -> bytes:
        png, said = await self.device.picture()
        assert said == plainly(caption(job))
        return png

    async def _reads_the_sheet(self, reckoning: Reckoning) -> None:
        await self.device.tap(text("f-results.sheet"))
        self.device.says(text("f-sheet.title"), text("f-sheet.what"), text("f-sheet.ours"))
        results = reckoning.results()
        for group in (*results.groups, results.everyone):
            self.device.says(group.label)
            for principle in reckoning.questionnaire.principles:
                tallies = [group.tally(principle.id, statement.id) for statement in principle.statements]
                scores = [Decimal(mean(each) or 0) if each else text("f-sheet.empty") for each in tallies]
                line = text("f-sheet.line", principle=Phrase(principle.name), scores=listing(scores))
                self.device.says(line)
        await self.device.tap(text("f.results"), text("f.page"))

    async def look_in_english(self, reckoning: Reckoning) -> None:
        """English one tap away on the list of assessments: the same picture in English, and back again."""
        device, principle = self.device, reckoning.questionnaire.principles[0]
        own = Verbatim(device.tongue.language.name)
        assessment = text("f-home.open", organisation=Verbatim(ORGANISATION))
        await device.tap(text("f.home"))
        with device.speaking(ENGLISH):
            await device.tap(Verbatim(ENGLISH.language.name))
            await device.tap(assessment, text("f.results"))
            await self.look_at(reckoning, principle)
            await device.tap(text("f.page"), text("f.home"), text("menu.language"))
        await device.tap(own)
        device.says(text("f-home.title"), text("f-home.some"))
        await device.tap(assessment)

    async def close(self) -> None:
        """Close answers."""
        device = self.device
        await device.tap(text("f.close"))
        device.says(text("f-close.title"), text("f-close.what"), text("f-close.left", n=K))
        device.says(*(text("f-close.group", group=group_name(audience), n=K) for audience in GROUPS))
        await device.tap(text("f-close.now"))
        device.says(text("f-close.done"))
