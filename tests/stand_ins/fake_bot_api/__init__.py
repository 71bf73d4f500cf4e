"""A pretend Telegram: the Bot API over real HTTP, as strict as the real one, with people who write and tap.

The cheat-sheet for tests. All of it runs in the test's event loop; the bot is another
process, given `api.url`.

    @pytest.fixture
    async def api():
        async with FakeBotApi() as api:
            yield api
        assert api.violations == []

    async def test_a_tap_is_answered(api, bot):       # bot: your fixture, started with BOT_API_URL=api.url
        ann = api.person(name="Ann", language_code="cy")
        await ann.start("CODE_42")                    # /start CODE_42
        await ann.settled()
        mark = api.mark()
        tap = await ann.tap("Nothing done")           # label, or how it begins; waits 2 s for such a button
        await ann.settled()
        assert tap.toast is not None                  # answerCallbackQuery came
        assert len(api.calls_between(mark, chat=ann)) <= 2
        assert ann.card.text.startswith("2 of 3")

Waiting is always `within=` seconds, real time. A failed wait is an AssertionError that says what is missing.

FakeBotApi(token="123456:...", *, username="equal_voice_bot", query_life=60)
    .url .token .username       BOT_API_URL is api.url; calls go to {url}/bot{token}/{method}
    .person(*, id=None, name="Ann", language_code="en", username=None) -> Person
    .people                     all of them
    .clock.advance(seconds)     messages over 48 hours old, queries past their life, updates over a day old
    await .go_away() / .come_back()   connections refused; back on the same port, nothing forgotten
  the journal
    .received                   every Call but getUpdates: number, method, parameters, uploads, chat, code,
                                description, result, performed, fault, begun, ended, ok
    .polls                      every getUpdates
    .mark() -> int              now, as a place in the journal
    .calls_between(mark, end=None, *, chat=None, method=None) -> list[Call]      without getUpdates
    await .next_call(method=None, *, chat=None, after=None, within=5) -> Call  first that ended; after: a mark
    await .wait_for(predicate, within=5, *, what="...")       returns the first true value
    .violations                 what a correct bot never does: unknown methods or parameters, missing ones,
                                parse_mode, unused files, methods this stand-in does not perform. Assert []
    .refused                    calls refused by a rule (not by an ordered fault), such as "not modified"
    .bursts                     Burst(chat, calls): more than 3 sends and edits to a chat within a second
  updates
    .updates / .waiting_updates all / those not confirmed; Update: id, kind, body, handed_out, confirmed
    .resend(update) -> Update   the very same thing under a new update_id, confirmed or not
  trouble
    .fail(method=None, *, kind, chat=None, times=1, retry_after=1, description="") -> Fault (.struck)
          kind  429 (with retry_after), 500, 502 (nginx's HTML) or any other status: not performed
                "close" cut, "hang" never answered, "garbage" 200 that is no JSON: not performed
                "after" performed, then cut before the answer
          method None is every method but getUpdates. Orders are served oldest first.
    with .hold(method=None, *, chat=None, performed=False) as held:    calls wait until the block is left
          await held.arrived(count=1, *, within=5) -> list[Call];  held.release()
          performed=False: before it takes effect; if the bot dies meanwhile it never does (Call.performed)
          performed=True:  it took effect, the answer is kept back
    .limit_flood(calls, *, seconds)    429 beyond this to one chat; off at first, 0 turns it off
  what the bot told Telegram
    .profile("description" | "short_description" | "name", language_code="")    None when not set
    .commands(language_code="", *, scope="default") -> dict of name -> description
    .state.typing               chat actions, as (chat id, action)

Person, and GroupSeat from person.in_group(-123, title="...")
    .id .chat .taps .toasts     toasts: Toast(text, alert) of answered taps
    .screen                     list of ScreenMessage, oldest first, their own texts too
    .card                       the newest message with an inline keyboard
    .newest                     the bot's newest message;  .shown() the screen as text
    await .say(words, *, reply_to=None)  .command("help", *arguments)  .edit(message, words)  -> Update
    await .send_photo(caption="") .send_document() .send_sticker() .send_voice() .send_location()
          .send_contact() .send_poll()                                                        -> Update
    await .tap(label, *, message=None, within=2) -> Tap (.toast, .update, .query_id, .data)
    await .tap_data(data, *, message=None) -> Tap      stale or forged; message may be a deleted one's id
    await .tap_again() -> Tap                          the latest tap as a new update with a new query id
    await .settled(*, quiet=0.15, within=5)            updates confirmed, nothing in flight, then silence.
                                A picture may take longer than that to draw: wait_for it, or a longer quiet
  a Person only
    await .start(payload=None) .block() .unblock() .deactivate() .delete_chat();  .in_group(chat_id)
  a GroupSeat only
    await .add_bot() .remove_bot() .mention(words);  await .upgrade(new_id) -> GroupSeat
                                privacy mode is on: the bot hears commands, mentions and replies to it

ScreenMessage
    .id .from_bot .kind .text .caption .words (text or caption) .entities .edited .protected .album
    .rows (of Button: label, data, url, copy_text, style) .buttons .labels .button(label) .reply_keyboard
    .photo (bytes) .document (bytes) .document_name

Not here: webhooks, file downloads, inline mode, payments, anything methods.py does not name.
"""

from .api import FakeBotApi
from .faults import Fault, Hold
from .flood import Burst
from .groups import GroupSeat
from .journal import Call
from .people import Person
from .queries import Tap, Toast
from .screen import Button, ScreenMessage
from .updates import Update

__all__ = [
    "Burst",
    "Button",
    "Call",
    "FakeBotApi",
    "Fault",
    "GroupSeat",
    "Hold",
    "Person",
    "ScreenMessage",
    "Tap",
    "Toast",
    "Update",
]
