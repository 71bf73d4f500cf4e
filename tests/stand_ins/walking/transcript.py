"""Plays a transcript: who did what, and what they saw.

A transcript is a JSON object: ``about`` says what it shows, ``people`` who is on which channel (Telegram when not
named), ``languages`` which languages are offered (English when not named), ``phones`` the language tags of somebody's
phone or browser, ``set-up`` how many assessments Fay has made beforehand, for staff, people who use services and
Doulas. Each step has ``who`` and ``does``, or ``meanwhile``, and what followed in ``then``, which is written anew on
request:

    taps ACTION [VALUE]     a button of the card; "old" before the action taps it on the card before; "again" alone
                            repeats the last tap; forges instead of taps: a button that the card does not have
    hides WORDS             taps the button that hides the comment of these words; puts back WORDS
    types WORDS             a text; {code staff} is a session code, {code 2 staff} that of the second assessment,
                            {3 x ab} is "ababab"
    opens [PAYLOAD]         {link staff}, {invitation} (always the same one), {new invitation}, {device} and {second}
                            facilitator (the last one that was shown)
    asks COMMAND, sends photo, looks, repeats the message

    meanwhile               5 staff hand in assets | Fay shows assets | Fay closes | 120 seconds pass
                            | 90 days pass (and what is past its day is swept) | the program starts again
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.records import open_group
from conversations.comments import mark
from conversations.days import DAY
from conversations.inputs import Typed
from conversations.pools import SCORES
from conversations.says import Verbatim
from storage.store import GroupRow, Transaction
from walking.house import House
from walking.telling import TOKEN, lines, told
from walking.walker import Walker
from walking.ways import Assessment, answer, assessment, close, facilitator, participant, show

Step = dict[str, Any]
CROWD = re.compile(r"(\d+) (\w+) hand in (\w+)")
REPEATED = re.compile(r"\{(\d+) x ([^}]*)\}")


class Transcript:
    """One transcript being played."""

    def __init__(self, script: Mapping[str, Any], folder: Path) -> None:
        self.script = script
        self.house = House(folder, languages=tuple(script.get("languages", ("en",))))
        self.walkers: dict[str, Walker] = {}
        self.assessments: list[Assessment] = []
        self.names: dict[str, str] = {}
        self.shown: dict[str, list[str]] = {}
        self.crowd = 0

    async def play(self) -> list[Step]:
        """Every step with what followed."""
        self.invitation, self.another = await self.house.invitation(), await self.house.invitation()
        for number in range(self.script.get("set-up", 0)):
            if not number:
                self.walkers["Fay"] = await facilitator(self.house, "Fay")
            made = await assessment(
                self.walkers["Fay"], organisation=("Elsewhere", "Another")[number], others=["Doulas"]
            )
            self.assessments.append(made)
            await self._learn_names()
        return [await self._step(step) for step in self.script["steps"]]

    async def _step(self, step: Step) -> Step:
        if "meanwhile" in step:
            await self._meanwhile(step["meanwhile"])
            return {"meanwhile": step["meanwhile"]}
        walker = self.walker(step["who"])
        await self._do(walker, step["does"])
        await self._learn_names()
        return {"who": step["who"], "does": step["does"], "then": self._then(step["who"], walker)}

    def walker(self, name: str) -> Walker:
        """Somebody by name."""
        if name not in self.walkers:
            channel = self.script.get("people", {}).get(name, "telegram")
            hint = self.script.get("phones", {}).get(name, "")
            self.walkers[name] = Walker(self.house, name, channel=channel, hint=hint)
        return self.walkers[name]

    def _then(self, name: str, walker: Walker) -> dict[str, Any]:
        """Remarks, and the card unless it is the one that this person saw last."""
        reply = walker.reply
        assert reply is not None
        then: dict[str, Any] = {}
        if reply.notices:
            then["remarks"] = [told(notice, self.names) for notice in reply.notices]
        card = lines(reply.card, self.names)
        if card == self.shown.get(name):
            then["same card"] = "again" if reply.again else "anew"
        else:
            then["card"] = card
        self.shown[name] = card
        return then

    async def _do(self, walker: Walker, does: str) -> None:
        verb, _, rest = does.partition(" ")
        words = self._filled(rest)
        match verb:
            case "taps" if words == "again":
                await walker.tap_again()
            case "taps" if words.startswith("old "):
                _, action, *value = words.split(" ")
                await walker.force(action, *value, behind=1)
            case "taps":
                await walker.tap(*words.split(" "))
            case "hides":
                await walker.tap("hide", self._comment(walker, words))
            case "puts" if words.startswith("back "):
                await walker.tap("put-back", self._comment(walker, words.removeprefix("back ")))
            case "forges":
                await walker.force(*words.split(" "))
            case "types":
                await walker.write(words)
            case "repeats":
                await walker.take(Typed("the same again"), message=walker.message)
            case "opens":
                await walker.open(words)
            case "asks":
                await walker.ask(words)
            case "sends":
                await walker.send(words)  # type: ignore[arg-type]  # a transcript names only what there is
            case "looks":
                await walker.look()
            case _:
                raise ValueError(f"nobody can do this: {does}")

    def _comment(self, walker: Walker, words: str) -> str:
        """What the button of a comment stands for: its number is by lot."""
        return next(button.value for button in walker.card.buttons() if button.value.endswith(f"-{mark(words)}"))

    async def _meanwhile(self, what: str) -> None:
        if found := CROWD.fullmatch(what):
            many, group, which = int(found[1]), found[2], found[3]
            ids = [each.id for each in self.house.questionnaire.principles]
            for _ in range(many):
                self.crowd += 1
                walker = await participant(self.house, f"somebody {self.crowd}", self.assessments[0].codes[group])
                first = SCORES[self.crowd % len(SCORES)]
                for principle in ids if which == "everything" else [which]:
                    await answer(walker, principle, [first, 3, 4], comment=f"words {self.crowd}")
        elif what.startswith("Fay shows "):
            await show(self.walkers["Fay"], self.assessments[0], what.removeprefix("Fay shows "))
        elif what == "Fay closes":
            await close(self.walkers["Fay"], self.assessments[0])
        elif found := re.fullmatch(r"(\d+) seconds pass", what):
            self.house.clock.now += int(found[1])
        elif found := re.fullmatch(r"(\d+) days pass", what):
            self.house.clock.now += int(found[1]) * DAY
            await self.house.upkeep.hourly()
        elif what == "the program starts again":
            self.house.open()
        else:
            raise ValueError(f"this cannot happen: {what}")

    def _filled(self, words: str) -> str:
        """The words with every name in braces replaced."""
        for secret, name in self.names.items():
            words = words.replace(f"{{{name}}}", secret)
        words = (
            words.replace("{invitation}", self.invitation)
            .replace("{new invitation}", self.another)
            .replace("{device}", f"d-{self._token_shown()}")
            .replace("{second}", f"f-{self._token_shown()}")
        )
        return REPEATED.sub(lambda found: found[2] * int(found[1]), words)

    def _token_shown(self) -> str:
        """The token that stood last on a card for a second device or a second facilitator."""
        for walker in self.walkers.values():
            for block in walker.card.blocks if walker.reply else ():
                if isinstance(block.text, Verbatim) and (found := TOKEN.search(block.text.words)):
                    self._token = found[0]
        return getattr(self, "_token", "")

    async def _learn_names(self) -> None:
        """Which ids and codes there are by now. The first assessment's go without a number."""

        async def work(tx: Transaction) -> dict[str, list[GroupRow]]:
            return {row.id: list(await tx.groups(row.id)) for row in await tx.assessments()}

        found = await self.house.store.turn(b"x", work)
        for id_ in sorted(found, key=lambda id_: id_ not in self.names):
            if id_ in self.names:
                continue
            number = sum(name.startswith("assessment") for name in self.names.values())
            prefix = f"{number + 1} " if number else ""
            self.names[id_] = f"assessment {number + 1}"
            for row in found[id_]:
                group = open_group(self.house.installation, row, with_code=True)
                name = f"{prefix}{group.name or group.audience}"
                self.names |= {row.id: f"group {name}", group.code: f"code {name}"}
                self.names[f"c-{group.code.replace('-', '')}"] = f"link {name}"
                self.names[group.code.replace("-", "")] = f"plain code {name}"
