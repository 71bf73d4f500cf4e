"""The page of the current card, and what its form does.

One form holds the field and all buttons, so a button can be tapped while something is typed. Nothing typed
may be lost by that:

* In a box of several lines (a comment) the words are saved first, without leaving the card. Then the tap is
  done, unless another card now asks about the words, as it does when they are too long.
* Unless the button is one that throws words away: then these are what the person wants to be rid of.
* A single line (a code, a name) is not sent, as half a code is no code. The person is told, and finds it in
  the field again when they come back to it.

Words on a page that is out of date are never acted upon. They are shown in a box to copy.
"""

from __future__ import annotations

from hashlib import sha256

from aiohttp import web

from bot.replies import Person, Reply
from bot.web.forgotten import FORGOTTEN, ForgottenRoom
from bot.web.forms import CardForm, posted
from bot.web.leaving import LEAVE, LeavingRoom
from bot.web.pages import CardPage
from bot.web.pictures import Pictures
from bot.web.site import Site
from conversations.cards import Button, Card
from conversations.comments import normalised
from conversations.inputs import Input, Tap, Typed
from conversations.says import Verbatim, text

DISCARDS = frozenset({"erase", "drop", "give-up"})
"""Actions that throw words away, beside every button that looks dangerous."""

NOT_KEPT = frozenset({"check.mixed", "closed.while-away", "closed.no-key"})
"""Remarks of the conversation which mean that words were not saved, though the page was not out of date."""


class CardRoom:
    """Shows the card and takes what its form sends."""

    def __init__(self, site: Site, pictures: Pictures, leaving: LeavingRoom, forgotten: ForgottenRoom) -> None:
        self._site = site
        self._pictures = pictures
        self._leaving = leaving
        self._forgotten = forgotten

    async def show(self, request: web.Request) -> web.Response:
        """GET /. Stores nothing; the remarks that wait are said here. A card left alone is not shown at once."""
        site = self._site
        visit = site.visit(request)
        person = await site.browsers.person(visit.cookie) if visit.known else None
        if person is not None and site.presence.away(person.id):
            return await self._leaving.lock(visit)
        if person is None:
            person = site.browsers.somebody(visit.cookie)
        else:
            site.presence.seen(person.id)
        reply = await site.turns.look(person, hint=visit.hint)
        figures = [await self._pictures.figure(person, picture, hint=visit.hint) for picture in reply.card.pictures]
        words, folded = site.mailbox.kept_words(person.id)
        waiting = site.mailbox.take_notices(person.id)
        page = CardPage(
            card=reply.card,
            number=reply.number,
            language=reply.language,
            token=site.guard.token(visit.cookie),
            notices=(*waiting, *(notice for notice in reply.notices if notice not in waiting)),
            figures=figures,
            unsent=site.mailbox.unsent(person.id, reply.card),
            words=words,
            words_folded=folded,
        )
        return site.answer(visit, site.pages.card(page))

    async def take(self, request: web.Request) -> web.Response:
        """POST /."""
        site = self._site
        cookie = site.browsers.read(request)
        form = CardForm.read(await posted(request, site.guard, cookie))
        visit = site.visit(request)
        if form.tap is not None and form.tap.action == LEAVE:
            return await self._leaving.leave(visit.cookie)
        if await self._forgotten.was_before(form, visit.cookie):
            return self._forgotten.leave()
        person = await site.settle(visit)
        site.presence.seen(person.id)
        answering = _Answering(site, person, form, visit.hint)
        await answering.perform()
        # The same tap twice at once: the second finds nobody.
        if answering.forgotten or await self._forgotten.was_before(form, visit.cookie):
            site.mailbox.forget(person.id)
            site.presence.forget(person.id)
            return self._forgotten.leave()
        return site.home(visit.cookie)


class _Answering:
    """One posted form of one person."""

    def __init__(self, site: Site, person: Person, form: CardForm, hint: str) -> None:
        self._site, self._person, self._form, self._hint = site, person, form, hint
        self.forgotten = False
        """Whether this person was forgotten, and with them their browser."""
        self._before = ""
        """The state of the card that the form belongs to, where words go first."""
        self._aside = False
        """Whether words of a single line were put aside."""

    async def perform(self) -> None:
        tap = self._form.tap
        if tap is None:
            await self._send()
        elif await self._words_go_first(tap):
            await self._send_then_tap(tap)
        else:
            reply = await self._turn(tap, self._form.number)
            if refused(reply) and tap.action not in DISCARDS:
                self._keep_words(reply)
            elif self._aside and not self._site.mailbox.unsent(self._person.id, reply.card):
                self._site.mailbox.tell(self._person.id, [text("web.unsent")])

    async def _words_go_first(self, tap: Tap) -> bool:
        """Whether the field holds words that must be saved before this tap.

        Keeps those that need no saving.
        """
        words = self._form.words
        if not words.strip():
            return False
        reply = await self._site.turns.look(self._person, hint=self._hint)
        field = reply.card.field
        if reply.number != self._form.number or field is None:
            return False
        button = same_button(reply.card, tap)
        discards = tap.action in DISCARDS or (button is not None and button.look == "danger")
        unchanged = words.strip() == field.value.strip()
        if not (discards or unchanged) and field.lines > 1:
            self._before = reply.card.state
            return True
        self._aside = not (discards or unchanged)
        self._site.mailbox.keep_unsent(self._person.id, reply.card, words if self._aside else "")
        return False

    async def _send(self, *, stays: bool = False) -> Reply:
        """Send the field's words, and keep them where they were not taken. ``stays``: a tap comes next."""
        words, mailbox, id_ = self._form.words, self._site.mailbox, self._person.id
        reply = await self._turn(Typed(words, whole=True, stays=stays), self._form.number)
        if is_stale(reply, self._form.number):
            return reply
        if refused(reply):
            self._keep_words(reply)
        elif reply.again and reply.card.field is not None and reply.card.field.value != words:
            mailbox.keep_unsent(id_, reply.card, words)
        else:
            mailbox.saved(id_)
        return reply

    async def _send_then_tap(self, tap: Tap) -> None:
        reply = await self._send(stays=True)
        if is_stale(reply, self._form.number):
            return
        mailbox, id_ = self._site.mailbox, self._person.id
        asks = reply.card.state != self._before and shows(reply.card, self._form.words)
        if not (asks or mailbox.unsent(id_, reply.card) or refused(reply)):
            mailbox.tell(id_, [text("web.saved")])
        if same_button(reply.card, tap) and not asks:
            await self._turn(tap, reply.number)

    async def _turn(self, given: Input, number: int) -> Reply:
        """One turn, with its remarks put into the mailbox."""
        mailbox, id_ = self._site.mailbox, self._person.id
        reply = await self._site.turns.take(self._person, given, number=number, hint=self._hint)
        mark = sha256(repr((number, given)).encode("utf-8", "surrogatepass")).digest()
        mailbox.tell(id_, reply.notices)
        self.forgotten = reply.card.state == FORGOTTEN
        if not is_stale(reply, number):
            if not reply.again:
                mailbox.done(id_, mark)
        elif not mailbox.repeats(id_, mark):
            self._out_of_date(reply)
        return reply

    def _out_of_date(self, reply: Reply) -> None:
        lost = self._keep_words(reply)
        told = text("web.outdated") if lost or self._form.tap is None else text("web.stale")
        self._site.mailbox.tell(self._person.id, [told])

    def _keep_words(self, reply: Reply) -> bool:
        """Keep the words if they would be lost otherwise. Returns whether they would."""
        words = self._form.words
        lost = bool(words.strip()) and not shows(reply.card, words)
        if lost:
            self._site.mailbox.keep_words(self._person.id, words)
        return lost


def is_stale(reply: Reply, number: int) -> bool:
    """Whether nothing was done because the form belonged to an older card.

    A turn that did what it was given leads to the next number, or stays at the same. Only an old form leads
    elsewhere, also when the person had to be moved to another card at the same time.
    """
    return reply.number not in {number, number + 1} or (reply.again and reply.number != number)


def refused(reply: Reply) -> bool:
    """Whether a remark says that nothing typed was saved."""
    return any(notice.id in NOT_KEPT for notice in reply.notices)


def same_button(card: Card, tap: Tap) -> Button | None:
    """The card's button for this tap; None when it has none."""
    return next((each for each in card.buttons() if (each.action, each.value) == (tap.action, tap.value)), None)


def shows(card: Card, words: str) -> bool:
    """Whether a card holds these words whole, so that nothing is lost. A comment is shown as it is kept: normalised."""
    said = [block.text.words for block in card.blocks if isinstance(block.text, Verbatim)]
    said += [card.field.value] if card.field is not None else []
    return normalised(words) in {normalised(each) for each in said}
