"""A participant in one language: picker, promise, every question, comments, check cards, thanks."""

from __future__ import annotations

from conversations.comments import normalised
from conversations.pools import Choice
from conversations.questionnaire import Principle, Statement
from conversations.says import Day, Phrase, Say, Text, Verbatim, text
from conversations.situation import Audience
from language_walk.device import Device
from language_walk.reckoning import Answers, K, group_name
from language_walk.tongue import ENGLISH, plainly
from walking import questionnaire

STEPS = 4
"""Three statements and the open question."""
ASIDE: tuple[tuple[tuple[str, ...], str], ...] = (
    (("question.more",), "more.title"),
    (("question.more", "more.official"), "official.title"),
    (("question.more", "more.words"), "words.title"),
    (("button.urgent",), "urgent.title"),
    (("button.menu",), "menu.title"),
    (("button.menu", "menu.answers"), "answers.title"),
    (("button.menu", "menu.help"), "help.title"),
    (("button.menu", "menu.privacy"), "privacy.title"),
    (("button.menu", "menu.held"), "held.title"),
)
"""What opens beside a question: the buttons that lead there, and the title of the card."""


class Participant:
    """One person with one device."""

    def __init__(self, device: Device, *, audience: Audience, answers: Answers) -> None:
        self.device = device
        self.audience = audience
        self.answers = answers

    async def arrive(self, link: str, *, organisation: str) -> None:
        """From the first tap to the first question."""
        device = self.device
        await device.open(link)
        device.asks_for_the_language()
        await device.tap(Verbatim(device.tongue.language.name))
        device.admits_that_nobody_has_checked_it()
        device.says(
            text("welcome.title"),
            text("welcome.what", organisation=Verbatim(organisation)),
            text("welcome.group", group=group_name(self.audience)),
            text("welcome.questions", n=STEPS * len(questionnaire().principles)),
            text("promise.mixed", n=K - 1),
            text("limits.words"),
        )
        device.keeps_apart(organisation)
        await device.tap(text("welcome.agree"))

    async def look_around(self) -> None:
        """Everything that opens beside the first question, and back again each time."""
        first = questionnaire().principles[0].statements[0]
        for path, title in ASIDE:
            await self.device.tap(*map(text, path))
            self.device.says(text(title))
            await self.device.tap(text("button.back-here"))
            self.device.says(Phrase(first.plain))

    async def answer_everything(self, *, hear_by: tuple[int, ...], into_english_at: str = "") -> None:
        """All twenty questions, each principle handed in. ``into_english_at``: a principle that is seen in both.

        ``hear_by``: the day that the facilitator promised, as seconds since 1970; midnight may lie between two.
        """
        for principle in questionnaire().principles:
            for step, statement in enumerate(principle.statements, 1):
                self.device.says(place(principle, step), Phrase(statement.plain))
                if principle.id == into_english_at and step == 2:
                    await self.into_english_and_back(statement)
                await self.choose(self.answers.choices[principle.id, statement.id])
            await self.write(principle)
            await self.hand_in(principle)
        self.device.says(
            text("end.title"),
            text("end.thanks"),
            text("end.mixed", n=K - 1),
            text("end.meeting"),
            text("end.until-then"),
        )
        self.device.says_one_of(*(text("end.hear-by", day=Day(moment)) for moment in hear_by))

    async def choose(self, choice: Choice) -> None:
        """Answer the question on the card."""
        self.sees_the_scores()
        await self.device.tap(text("question.skip") if choice == "skipped" else label_of(choice))

    def sees_the_scores(self) -> None:
        """The buttons of the scores, 1 to 5 in their order."""
        scores = [plainly(self.device.tongue.say(Phrase(score.label))) for score in questionnaire().scores]
        assert [label for label in self.device.labels if label in scores] == scores, self.device.labels

    async def write(self, principle: Principle) -> None:
        """At the open question: what they have to say, or nothing."""
        device, words = self.device, self.answers.comments.get(principle.id)
        device.says(place(principle, STEPS), Phrase(questionnaire().open_question))
        device.says(text("comment.about", principle=Phrase(principle.name)), text("comment.names"))
        if words is None:
            await device.tap(text("comment.none"))
        else:
            assert normalised(words) == words
            await device.comment(words)

    async def hand_in(self, principle: Principle) -> None:
        """The check card tells all that they said, as they said it."""
        device, words = self.device, self.answers.comments.get(principle.id)
        device.says(text("check.title", principle=Phrase(principle.name)), text("check.what-follows"))
        for statement in principle.statements:
            device.says(Phrase(statement.plain), said(self.answers.choices[principle.id, statement.id]))
        assert device.quotes == ([words] if words else [])
        if not words:
            device.says(text("check.no-comment"))
        await device.tap(text("check.hand-in"))
        device.says(text("check.handed-in", principle=Phrase(principle.name)))

    async def into_english_and_back(self, statement: Statement) -> None:
        """At any question: the same place in English, and again as it was, below what is said of the language."""
        device = self.device
        own, labels, words = Verbatim(device.tongue.language.name), device.labels, device.words
        await device.tap(text("button.menu"), text("menu.language"))
        with device.speaking(ENGLISH):
            await device.tap(Verbatim(ENGLISH.language.name))
            device.says(Phrase(statement.plain))
            self.sees_the_scores()
            await device.tap(text("button.menu"), text("menu.language"))
        await device.tap(own)
        device.says(text("language.unreviewed"))
        assert device.labels == labels
        assert device.words.endswith(words), "the same card, below what is said of the language"

    async def finds_it_mixed_in(self) -> None:
        """After showing: the list of own answers says so."""
        await self.device.tap(text("menu.answers"))
        mixed = text("status.mixed")
        names = [Phrase(principle.name) for principle in questionnaire().principles]
        lines = [plainly(self.device.tongue.say(text("answers.line", principle=name, status=mixed))) for name in names]
        assert [label for label in self.device.labels if label in lines] == lines, self.device.labels


def place(principle: Principle, step: int) -> Text:
    """Where somebody is."""
    before = STEPS * questionnaire().principles.index(principle)
    total = STEPS * len(questionnaire().principles)
    name = Phrase(principle.name)
    return text("progress", principle=name, step=step, steps=STEPS, number=before + step, total=total)


def label_of(choice: Choice) -> Say:
    """The button of a score, or of not knowing."""
    labels = {score.value: Phrase(score.label) for score in questionnaire().scores}
    return text("question.unknown") if choice == "unknown" else labels[int(choice)]


def said(choice: Choice) -> Say:
    """A choice as the check card tells it."""
    if choice == "skipped":
        return text("check.skipped")
    return label_of(choice) if choice == "unknown" else text("check.score", label=label_of(choice), score=int(choice))
