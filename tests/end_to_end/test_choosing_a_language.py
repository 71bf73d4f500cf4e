"""Somebody with an Arabic phone comes to a program that offers every language: the list first, then any of them at
any moment, and nothing lost by it. The real program, on both channels.
"""

from __future__ import annotations

from bot.wording import Wording, Wordings
from conversations.says import Phrase, text
from fake_bot_api import FakeBotApi
from program import Program
from telegram_walk import USERS, Facilitator, settings_for
from telegram_walk.acting import Actor
from walking import questionnaire
from web_walk import Facilitator as WebFacilitator
from web_walk.browser import Browser

WORDINGS = Wordings()
ARABIC, POLISH, BENGALI, ENGLISH = (WORDINGS.speak(code) for code in ("ar", "pl", "bn", "en"))
FIRST, SECOND = (statement.plain for statement in questionnaire().principles[0].statements[:2])
HOSPITAL = "Riverside Maternity"
COMMENT = "نحتاج إلى مترجمة في كل موعد. Every time."


def label(score: int, wording: Wording) -> str:
    """The button of a score, in a language."""
    return wording.say(Phrase(questionnaire().scores[score - 1].label))


async def test_on_telegram_the_list_comes_first_and_a_change_in_the_middle_loses_nothing(api: FakeBotApi) -> None:
    async with Program(settings=settings_for(api, LANGUAGES="all")) as program:
        fay = Facilitator(api, "Fay")
        assert "You can create assessments now." in await fay.start(f"i-{program.invitation}")
        await fay.tap("English")
        invite = (await fay.create(organisation=HOSPITAL, least=5))[USERS]

        ana = Actor(api, "Ana", person=api.person(name="Ana", language_code="ar"))
        listed = await ana.start(invite.payload)
        title = text("language.title")
        assert ARABIC.say(title) in listed
        assert ENGLISH.say(title) in listed
        rows = [[button.label for button in row] for row in ana.card.rows]
        assert rows[0] == ["العربية", "English"]
        assert sorted(map(len, rows)) == [1, 1, 1] + [2] * 6

        welcome = await ana.tap("العربية")
        assert HOSPITAL in welcome
        assert ARABIC.say(text("language.unreviewed")) in welcome
        assert ana.has("English")
        await ana.tap(ARABIC.say(text("welcome.agree")))
        assert ARABIC.say(Phrase(FIRST)) in ana.words
        await ana.tap(label(4, ARABIC))
        assert ARABIC.say(Phrase(SECOND)) in ana.words

        await ana.does(ana.person.command("language"))
        assert "✓ العربية" in [button.label for button in ana.card.buttons]
        assert POLISH.say(Phrase(SECOND)) in await ana.tap("Polski")
        await ana.tap(label(2, POLISH))
        await ana.tap(label(5, POLISH))
        await ana.say(COMMENT)
        await ana.does(ana.person.command("language"))
        assert COMMENT in await ana.tap("বাংলা")
        checked = await ana.tap(BENGALI.say(text("comment.go-on")))
        assert COMMENT in checked
        for score in (4, 2, 5):
            assert label(score, BENGALI) in checked
        # A code that they type later finds them in the language they chose.
        assert BENGALI.say(text("code.mine")) in await ana.say(invite.code)


async def test_on_the_web_the_list_comes_first_and_the_language_comes_along_to_another_browser() -> None:
    async with (
        Program(settings={"LANGUAGES": "all"}) as program,
        Browser(program.url) as organiser,
        Browser(program.url, language="ar-EG,ar;q=0.9,en;q=0.4", speaks={"ar", "pl"}) as phone,
        Browser(program.url, speaks={"en", "pl"}) as laptop,
    ):
        fay = WebFacilitator(organiser)
        await fay.arrive(f"/i/{program.invitation}")
        await fay.tab.tap("speak", "en")
        await fay.set_up(HOSPITAL)
        link = (await fay.entrances())[USERS].link

        await phone.tab.open(link)
        listed = await phone.tab.only_button()
        assert listed.heading == ARABIC.say(text("language.title"))
        assert ENGLISH.say(text("language.title")) in listed.words
        assert [value for action, value in listed.taps() if action == "speak"][:2] == ["ar", "en"]
        assert not listed.offers("back")
        assert listed.offers("urgent")
        await phone.tab.tap("speak", "ar")
        assert phone.tab.page.offers("speak", "en"), "English is one tap away"
        await phone.tab.tap("agree")
        assert phone.tab.page.heading == ARABIC.say(Phrase(FIRST))
        for score in ("4", "2", "5"):
            await phone.tab.tap("score", score)

        await phone.tab.tap("menu", words=COMMENT)
        await phone.tab.tap("language")
        page = await phone.tab.tap("speak", "pl")
        assert page.typed == COMMENT
        assert page.heading == POLISH.say(Phrase(questionnaire().open_question))

        await phone.tab.tap("menu")
        [code] = (await phone.tab.tap("resume-code")).codes
        await laptop.tab.open("/resume")
        form = laptop.tab.page.form
        form.field().value = code
        await laptop.tab.press(form, form.buttons()[0])
        assert laptop.tab.page.typed == COMMENT
        checked = await laptop.tab.send(COMMENT)
        assert checked.quotes == [COMMENT]
        for chosen in (4, 2, 5):
            assert label(chosen, POLISH) in checked.words
