"""What a participant reads outside the questionnaire: arriving, promises, the cards, stopping, withdrawing."""

from __future__ import annotations

from bot.texts.entry import many, one

TEXTS = {
    # Buttons on many cards
    "button.urgent": one("I need help"),
    "button.menu": one("Menu"),
    "button.back-here": one("Back"),
    # Home
    "home.title": one("Hello"),
    "home.what": one("Here you can say, in private, how well a service works together with people."),
    # Translators: BCDF-2345 shows what a code looks like. Leave it as it is.
    "home.ask": one("You need a session code from the person who invited you. It looks like this: BCDF-2345."),
    "home.field": one("Type your session code."),
    "home.submit": one("Go on"),
    "practice": one("This is practice. The people and answers here are made up."),
    # Session codes
    "code.unknown": one(
        "We do not know this session code. Look at it again and type it, or ask the person who gave it to you."
    ),
    "code.closed": one(
        "This session code is closed. It takes no more answers. You can ask the person who gave it to you."
    ),
    "code.other-kept": one("What you have answered so far is kept."),
    "code.mine": one("You take part here already. You can go on where you stopped."),
    "code.own": one("You run this assessment, so you cannot take part in it."),
    "code.other-group": one("You take part here already, in another group. One person can be in one group."),
    "code.left-other": one("Your other answers are kept. Type the other session code to go back to them."),
    "closed.while-away": one("Answers were closed while you were away. Thank you for taking part."),
    "closed.no-key": one("Your answers cannot be opened at the moment. Ask the person who invited you."),
    "closed.not-kept": one("Your last message was not kept."),
    # Translators: {at} is a time of day. UK time says by which clock.
    "code.wait": one("There were many wrong codes. You can try again at {at} (UK time)."),
    # What people agree to
    "welcome.title": one("Have your say in private"),
    "welcome.what": one("This is about {organisation}: how well staff and people who use services work together."),
    "welcome.group": one("You answer as part of this group: {group}."),
    "welcome.questions": many(
        "There is {n} short question. You can skip it, stop, and come back.",
        "There are {n} short questions. You can skip any of them, stop, and come back.",
    ),
    "welcome.not-about": one("No question asks about a birth or a baby."),
    "welcome.agree": one("I agree"),
    "welcome.decline": one("No thanks"),
    "welcome.no-thanks": one("That is fine. You have not joined."),
    "who.title": one("Who runs this"),
    # Translators: Equal Voice is the name of this program. Leave it as it is.
    "who.name": one("{name} runs Equal Voice here."),
    "who.contact": one("You can reach them here: {contact}."),
    "who.unknown": one("The people who run this have not given their name. Ask the person who invited you."),
    "promise.title": one("What we promise"),
    "promise.mixed": many(
        "We mix your answers with those of at least {n} other person before anyone sees them.",
        "We mix your answers with those of at least {n} other people before anyone sees them.",
    ),
    "promise.deleted": one("Then your own copy is erased."),
    "promise.in-charge": one("Until then you can change your answers, or take them all back at any time."),
    "limits.title": one("What you should know"),
    "limits.words": one("Your words, your language or details you write may still show who you are."),
    "limits.same": one("If all people answer the same, or no one chooses a certain score, people can see that."),
    "limits.know-own": one("People who took part know their own answers. This can help them guess yours."),
    # Translators: here we say for the first time what a facilitator is.
    "limits.noticed": one("The facilitator, who runs the session, may notice that you took part."),
    # Translators: the machine is the computer on which this program and the answers are.
    "limits.machine": one("The people who run the machine could look at your answers, or change the program."),
    "limits.posing": one(
        "Somebody who pretends to be several people could find out your answers. "
        "If more people have joined than you know were invited, stop."
    ),
    "limits.telegram": one("Telegram keeps its own copy of this chat."),
    "joined": many(
        "{n} person has joined this group so far.",
        "{n} people have joined this group so far.",
    ),
    # One person, one group
    "move.title": one("You are in another group"),
    "move.now": one("You take part in this group: {group}. One person can be in one group."),
    "move.what": one("If you change, your answers go with you. Then you need to hand them in again."),
    "move.stay": one("Stay in my group"),
    "move.yes": one("Change my group"),
    "move.done": one("You have changed your group. Hand in your answers again."),
    "move.too-late": one("Some of your answers are mixed in already. You can no longer change your group."),
    "move.given-up": one("An older copy of our records was put back. You can no longer change your group."),
    # A scored question
    "progress": one("{principle} · {step} of {steps} · question {number} of {total}"),
    "question.unknown": one("I don't know"),
    "question.skip": one("Skip"),
    "question.back": one("Back"),
    "question.more": one("More"),
    # The open question
    "comment.about": one("This is about {principle}. You can write a lot, a little, or nothing."),
    "comment.names": one(
        "Leave out names, and details that show who you are. "
        "The facilitator sees your words in the language you write in. In a small group, that may show who wrote them."
    ),
    # Translators: “I need help” is the button that stands on every page. Use the same words for both.
    "comment.no-reply": one("Nobody can answer you here. If you need help, tap “I need help”."),
    "comment.so-far": one("What you wrote so far"),
    "comment.field": one("Write your answer and send it."),
    "comment.field-web": one("Write your answer here."),
    "comment.field-more": one("You can send more to add to it, or go on."),
    "comment.field-again": one("Write your new text and send it. It replaces the old one."),
    "comment.submit": one("Keep this and go on"),
    "comment.none": one("Nothing to add"),
    "comment.go-on": one("Go on"),
    "comment.again": one("Write it again"),
    "comment.erase": one("Erase it"),
    "too-long.title": one("Your text is a bit too long"),
    # Translators: characters are letters, spaces and signs.
    "too-long.what": one("It has {length} characters. There is room for {limit}. Nothing is lost."),
    "too-long.shorter": one("You can send a shorter text, or keep the first part. It would end like this:"),
    "too-long.shorter-chat": one("You can keep the first part, or write it again. It would end like this:"),
    "too-long.field-chat": one("What you send now is added to it."),
    "too-long.full": one("This is as much as we can hold. Keep the first part, or write it again."),
    "too-long.field": one("Send a shorter text."),
    "too-long.cut": one("Keep the first part"),
    "too-long.drop": one("Leave this text out"),
    # The check card and handing in
    "check.title": one("{principle}: your answers"),
    # Translators: a score in words, then its number, as in "Nothing done yet (1)".
    "check.score": one("{label} ({score})"),
    "check.skipped": one("No answer"),
    "check.no-comment": one("You wrote nothing here."),
    "check.what-follows": one(
        "After you hand in, your answers can be mixed with others. Mixed answers cannot be changed."
    ),
    "check.hand-in": one("Hand in"),
    "check.change": one("Change"),
    "check.take-out": one("Take it back and change it"),
    "check.carry-on": one("Go on"),
    "check.is-in": one("You have handed this in. You can still take it back."),
    "check.handed-in": one("Your answers on {principle} are handed in."),
    "check.taken-out": one("We took your answers back. Hand them in again when you are done."),
    "check.mixed": one("Your answers are mixed in with the others. They can no longer be changed."),
    # Translators: {principles} is a list, such as "Assets and Networks".
    "mixed-in.now": one(
        "Your answers about {principles} are now mixed in with the others. They can no longer be changed."
    ),
    # Translators: {principles} is a list, such as "Assets and Networks".
    "given-up.now": one(
        "Nobody can answer about {principles} here any more. An older copy of our records was put back. "
        "Answers that were not mixed in are erased."
    ),
    "check.given-up": one(
        "Nobody can answer this part any more, because an older copy of our records was put back. "
        "Answers that were not mixed in are erased."
    ),
    "change.title": one("What do you want to change?"),
    "change.line": one("{number}. {statement}"),
    "change.button": one("{number}. {choice}"),
    "change.comment": one("What I wrote"),
    # Own answers
    "answers.title": one("Your answers"),
    "answers.what": one("Tap one to see it or change it."),
    "answers.line": one("{principle}: {status}"),
    "status.open": one("not started"),
    "status.begun": one("not handed in"),
    "status.in": one("handed in"),
    "status.mixed": one("mixed in"),
    "status.given-up": one("no longer open"),
    # The end
    "end.title": one("Thank you"),
    "end.thanks": one("You have handed everything in. Your voice counts as much as any other."),
    "end.next-title": one("What happens next"),
    "end.mixed": many(
        "We mix your answers with those of at least {n} other person before anyone sees them.",
        "We mix your answers with those of at least {n} other people before anyone sees them.",
    ),
    "end.meeting": one("The facilitator shows the results of the groups. Then people talk about what to do."),
    "end.hear-by": one("You should hear what came of it by {day}. If you do not, ask the person who invited you."),
    "end.until-then": one("Until your answers are mixed in, you can come back and change them."),
    # Menu and help
    "menu.title": one("Menu"),
    "menu.taking": one("This is about {organisation}. You are in this group: {group}."),
    "menu.answers": one("My answers"),
    "menu.stop": one("Stop for now"),
    "menu.code": one("I have another code"),
    "menu.help": one("How this works"),
    "menu.privacy": one("Privacy"),
    "menu.language": one("Language"),
    "menu.words": one("Word list"),
    "menu.resume-code": one("Go on in another browser"),
    "menu.clear": one("Clear this chat"),
    "menu.leave": one("Leave this page"),
    "menu.facilitate": one("My assessments"),
    "menu.withdraw": one("Take everything back"),
    "help.title": one("How this works"),
    "help.one-at-a-time": one("You see one question at a time. Tap the answer that fits best."),
    "help.no-must": one("You can skip any question or say that you don't know."),
    "help.come-back": one("You can stop at any time. You come back to the same question."),
    "help.change": one("You can change your answers until they are mixed with those of others."),
    "help.telegram": one("You can use texts and buttons here. We cannot use photos or voice messages."),
    "help.web": one("This page remembers you in this browser. The menu has a code for another one."),
    # Choosing a language
    "language.title": one("Choose your language"),
    # Translators: a button in the list of languages, and the heading of the card that it opens.
    "language.missing": one("My language is not here"),
    # Translators: shown in your language until somebody who speaks it has checked the translation.
    "language.unreviewed": one(
        "No one who speaks this language has checked these words yet. You can read them in English."
    ),
    # Translators: an interpreter, not a translation on paper. After this sentence it says how to reach them.
    "no-language.operator": one(
        "Ask the people who run this for an interpreter. There may be another way to take part."
    ),
    "no-language.inviter": one(
        "Ask the person who invited you for an interpreter. There may be another way to take part."
    ),
    "no-language.trust": one("Or ask somebody you trust to read this with you."),
    "no-language.helper": one("Whoever helps you will know your answers."),
    "no-language.own-words": one("When you write, you can use your own language."),
    # I need help
    "urgent.title": one("Help for you"),
    # Translators: somebody may be in danger. They must not think that their messages here bring help.
    "urgent.not-watched": one(
        "We cannot answer you here, and nobody is told that you need help. These people can help you:"
    ),
    # Stopping and withdrawing
    "stop.title": one("You have stopped for now"),
    "stop.kept": one("Your answers are kept. You come back to the same question."),
    "stop.telegram": one("Send any message here when you want to go on."),
    "stop.web": one("Open this page again in the same browser when you want to go on."),
    "stop.not-counted": one("Only what you have handed in can be counted."),
    "stop.go-on": one("Go on now"),
    "stop.nothing": one("You have not started yet, so there is nothing to stop."),
    "withdraw.title": one("Take everything back?"),
    "withdraw.what": one("We erase all your answers here that are not mixed in yet. You no longer take part."),
    "withdraw.mixed": one(
        "Some of your answers are mixed in with the others. We can no longer find them there, so they stay."
    ),
    "withdraw.given-up": one(
        "If answers of yours were mixed in with the others, they stay. We can no longer find them there."
    ),
    "withdraw.yes": one("Yes, erase my answers"),
    "withdraw.no": one("No, keep them"),
    "withdraw.done": one("Done. All your answers here are erased. You no longer take part."),
    "withdraw.done-but-mixed": one(
        "Done. Your answers here are erased, except those that were mixed in. You no longer take part."
    ),
    "withdraw.nothing": one("You are not taking part now, so there is nothing to take back."),
    # Going on in another browser
    "resume.title": one("Go on in another browser"),
    "resume.how": one("Open {page} there and type this code:"),
    "resume.until": one("It works once, until {day}, {time} (UK time)."),
    "resume.moves": one("You then go on there. This browser forgets you."),
    "resume.telegram": one("You need no code. Open this chat on your other device and go on."),
    # Sharing a phone: clearing the chat
    "clear.title": one("Clear this chat?"),
    "clear.what": one("We delete what you and we wrote here in the last 48 hours."),
    "clear.older": one("Telegram lets us delete nothing older. You can delete that yourself."),
    "clear.answers": one("Your answers stay. You can go on afterwards."),
    "clear.yes": one("Yes, clear this chat"),
    "clear.no": one("No, keep it"),
    # Translators: whoever picks up the phone next sees this. It must tell nothing about the subject.
    "cleared.done": one("This chat is cleared. Send any message to go on."),
    "cleared.left": one("If you still see messages above, delete them yourself."),
    "cleared.go-on": one("Go on"),
    # Sharing a browser: leaving the page
    "leave.title": one("Leave this page?"),
    "leave.what": one("This browser forgets you. Nobody can see your answers here after that."),
    "leave.code-first": one("Do you want to come back? Then get a code first. It is good for 7 days."),
    "leave.no-way-back": one(
        "Without a code your answers stay, but you cannot get back to them. "
        "Then do not take part again, as you would count twice."
    ),
    "leave.get-code": one("Get a code first"),
    "leave.now": one("Leave now"),
    "leave.write-down": one("Write this code down before you leave:"),
    "leave.how": one("To come back, open {page} and type it there."),
    # More
    "more.title": one("Things to think about"),
    "more.optional": one("These are only ideas. You do not have to answer them."),
    "more.words": one("Word list"),
    "more.official": one("Official words"),
    "more.ladder": one("The ladder"),
    "words.title": one("What words mean"),
    "words.ask": one("Tap a word."),
    "words.others": one("Other words"),
    "official.title": one("The official words"),
    "official.what": one("We wrote the question in plain words. These are the official words, in English:"),
    "official.principle": one("It belongs to this principle: {principle}"),
    "official.source": one("Source: {source} ({link})"),
    "official.guide": one("The things to think about come from: {guide}"),
    "ladder.title": one("The ladder of co-production"),
    "ladder.what": one("It shows seven ways in which services and people work together. The best is at the top."),
    "ladder.rung": one("{number}. {name}"),
    "ladder.source": one("Source: {source}"),
    # Kind answers to what we cannot use
    # Translators: “I need help” is the button that stands on every page. Use the same words for both.
    "odd.typed": one(
        "We did not keep this text, and nobody here reads it. Tap one of the buttons. "
        "If you need help, tap “I need help”."
    ),
    "odd.photo": one("We cannot look at photos here, so we did not keep it. Here is where you are."),
    "odd.voice": one("We cannot listen to voice messages here, so we did not keep it. Here is where you are."),
    "odd.sticker": one("We cannot use stickers here, so we did not keep it. Here is where you are."),
    "odd.other": one("We cannot read this here, so we did not keep it. Here is where you are."),
    "odd.edited": one("We do not see changes to a message you sent before. Use the buttons to change an answer."),
    "odd.command": one("We do not know this command. Here is where you are."),
    "odd.link": one("This link is not complete. Open it again, or type your session code."),
}
