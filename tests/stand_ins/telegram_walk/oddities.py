"""What a bot cannot use, sent all the same, by one participant. Every answer is kind and shows the same card again."""

from __future__ import annotations

from fake_bot_api import FakeBotApi
from telegram_walk.participating import Participant


async def odd_things(api: FakeBotApi, person: Participant) -> None:
    """Whatever the bot cannot use is answered kindly, with the same question below."""
    number, old = person.question, person.card
    told = {
        "photos": person.person.send_photo("look"),
        "stickers": person.person.send_sticker(),
        "voice messages": person.person.send_voice(),
        "We cannot read this here": person.person.send_location(),
        "We did not keep this text": person.person.say("four, I think"),
        "We do not know this command": person.person.command("score", "4"),
    }
    for kind, act in told.items():
        assert kind in await person.does(act)
        assert person.question == number
    first = next(message for message in person.person.screen if not message.from_bot and message.kind == "text")
    assert "changes to a message" in await person.does(person.person.edit(first, "changed my mind"))
    assert person.question == number
    # A button of a card that is long gone: the current card again, and nothing chosen.
    stale = person.taps[0]
    assert stale.label == "I agree"
    button = person.person.taps[0].data
    await person.does(person.person.tap_data(button, message=old))
    assert person.question == number
    for command in ("help", "urgent", "privacy", "language"):
        await person.does(person.person.command(command))
        await person.tap("Back")
        assert person.question == number
    group = person.person.in_group(-100_200, title="Ward tea")
    await group.add_bot()
    await group.say("good morning all")
    await group.mention("what do you make of this?")
    await api.wait_for(lambda: any(message.from_bot for message in group.screen), 5)
    [answer] = [message for message in group.screen if message.from_bot]
    assert "private chat only" in answer.text
    assert str(person.book.people[person.name].group) not in answer.text
