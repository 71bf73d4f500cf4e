"""What people read about their data: the privacy notice, what is held, the receipt of a withdrawal, being forgotten."""

from __future__ import annotations

from bot.texts.entry import many, one

TEXTS = {
    # Buttons
    "menu.held": one("What do you hold about me?"),
    "menu.forget-me": one("Forget me"),
    # The privacy notice
    "privacy.title": one("Your privacy"),
    "privacy.why-title": one("Why we ask"),
    "privacy.why": one("What you say helps staff and people who use services. Together they can make things better."),
    "privacy.agree": one("Nobody has to take part. Say yes only if you want to, and change your mind at any time."),
    "privacy.rights-title": one("Your rights"),
    "privacy.see": one("You can see what we hold about you. The button is below."),
    "privacy.change": one("You can change your answers until they are mixed in."),
    "privacy.withdraw": one("You can take back everything that is not mixed in yet. Use the menu."),
    "privacy.forget": one("You can tell us to forget you. The button is below."),
    # Translators: the office that looks after privacy in the UK. Keep its English name beside yours.
    "privacy.complain": one(
        "You can complain to us, or to the Information Commissioner's Office: {page}, telephone {phone}."
    ),
    "privacy.kept-title": one("What we keep"),
    "privacy.answers": one("Your answers are locked with a secret key. The key is destroyed when answers are closed."),
    "privacy.unused": many(
        "If nothing happens for {n} day, we erase answers that are not mixed in.",
        "If nothing happens for {n} days, we erase answers that are not mixed in.",
    ),
    "privacy.words": one(
        "After mixing we keep numbers and what people wrote. We do not keep who wrote it, when or in which order."
    ),
    "privacy.results": many(
        "We erase the results {n} month after answers are closed.",
        "We erase the results {n} months after answers are closed.",
    ),
    "privacy.visitor": many(
        "We keep your language, what you take part in and where you stopped. "
        "If you stay away for {n} month, we erase it.",
        "We keep your language, what you take part in and where you stopped. "
        "If you stay away for {n} months, we erase it.",
    ),
    "privacy.chat": one(
        "We keep the numbers of the messages in this chat. So nothing counts twice, and you can clear the chat."
    ),
    # Translators: a cookie is a small note that a web browser keeps.
    "privacy.cookie": one("One cookie in this browser keeps your place. It ends 180 days after your last visit."),
    "privacy.sees-title": one("Who sees what"),
    "privacy.facilitator": many(
        "The facilitator sees results of groups of at least {n} person. They also see what people wrote.",
        "The facilitator sees results of groups of at least {n} people. They also see what people wrote.",
    ),
    "privacy.numbers": one("They see how many people have joined, and how many have handed in."),
    "privacy.others": one("They can show all this to others."),
    # What is held about somebody
    "held.title": one("What we hold about you"),
    "held.scrambled": one("We know you by a scrambled number. We do not keep your name or your phone number."),
    "held.about-you": one("About you"),
    "held.language": one("Your language: {language}."),
    "held.no-language": one("You have not chosen a language."),
    "held.place": one("Where you stopped, and the number of the page you are on."),
    "held.seen": one("The month in which you were last here."),
    "held.message": one("The number of your last message here, so that it does not count twice."),
    "held.messages": many(
        "The number of {n} message in this chat, so that you can clear it.",
        "The numbers of {n} messages in this chat, so that you can clear it.",
    ),
    "held.cookie": one("A scrambled copy of this browser's cookie, so that we know you again."),
    "held.code": one("A scrambled copy of your code for another browser."),
    "held.wrong": many(
        "{n} wrong code in the last ten minutes, and its time.",
        "{n} wrong codes in the last ten minutes, and their times.",
    ),
    # Translators: stands above words that a person typed.
    "held.unsent": one("What you typed and have not kept yet:"),
    "held.no-answers": one("We hold no answers that we know to be yours."),
    "held.group": one("You take part in this group: {group}."),
    "held.left": one("You no longer take part here."),
    "held.nothing-yet": one("You have not answered anything here yet."),
    "held.mark": one("We only keep a mark that yours are in it."),
    "held.over": one("Nobody can answer this part any more. We only keep a mark of that."),
    "held.told": one("We also keep that we told you so."),
    # Translators: {statement} is a whole sentence; {choice} is an answer in words, as in "Nothing done yet (1)".
    "held.choice": one("{statement} You said: {choice}."),
    "held.skipped": one("{statement} You skipped this."),
    # Translators: stands above words that a person wrote.
    "held.comment": one("What you wrote:"),
    "held.mixed": one("Answers that are mixed in do not say whose they are. They are not in this list."),
    "held.unreadable": many(
        "We cannot look in {n} place, as its key is missing. Nobody can read what is there.",
        "We cannot look in {n} places, as their keys are missing. Nobody can read what is there.",
    ),
    "held.moment": one("What you type and do not send waits here. It is gone ten minutes after your last step."),
    # The receipt of a withdrawal
    "withdraw.answers": many("We erased {n} answer.", "We erased {n} answers."),
    "withdraw.texts": many("We erased {n} text that you wrote.", "We erased {n} texts that you wrote."),
    # Translators: {principles} are names such as "Assets and Networks".
    "withdraw.about": one("What we erased was about: {principles}."),
    "withdraw.stays": one("Mixed in with the others, so it stays: {principles}."),
    "withdraw.when": one(
        "This was on {day} at {time} (UK time). We do not keep this note: take a picture of it if you need it."
    ),
    # Being forgotten
    "forget-me.title": one("Shall we forget you?"),
    "forget-me.erased": one("We erase all your answers that are not mixed in yet, in everything you take part in."),
    "forget-me.also": one("We erase your language, your place and all else that we know about you."),
    "forget-me.stays": one(
        "Answers that are mixed in stay: we can no longer find them there. "
        "A mark that yours are in it stays until answers are closed."
    ),
    "forget-me.anew": one("This cannot be undone. If you come back, you begin as somebody new."),
    "forget-me.chat": one("We clear this chat of the last 48 hours. You can delete what is older yourself."),
    "forget-me.browser": one("This browser will not know you any more."),
    "forget-me.no": one("No, go back"),
    "forget-me.yes": one("Yes, forget me"),
    # Translators: whoever uses the phone next may see this. It must tell nothing about the subject.
    "forgotten.title": one("Done"),
    "forgotten.done": one("We have erased everything of yours that we could find."),
    "forgotten.anew": one("If you come back, you begin as somebody new."),
}
