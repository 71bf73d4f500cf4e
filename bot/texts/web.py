"""What only the web pages say: links, going on in another browser, and what can go wrong with a page."""

from __future__ import annotations

from bot.texts.entry import many, one

TEXTS = {
    # Translators: the title of every page. It must tell nothing about the subject: phones are shared.
    "web.title": one("Equal Voice"),
    # Translators: read out by screen readers after a button that the person chose before.
    "web.chosen": one("(your choice)"),
    "web.limit": many("Up to {n} character", "Up to {n} characters"),
    "web.stale": one("That button was on an older page. Here is where you are now."),
    "web.outdated": one("This page was out of date. Here is where you are now."),
    "web.words": one("Here is what you typed"),
    "web.words.copy": one("It was not saved. You can copy it from here."),
    "web.saved": one("What you typed has been saved."),
    "web.unsent": one("What you typed was not sent. You find it again when you go back."),
    "web.resume.link": one("Started in another browser? Go on with your code"),
    # Pictures.
    "web.alt.principle": one("Chart: how people scored"),
    "web.alt.gaps": one("Chart: where groups differ"),
    "web.alt.overview": one("Chart: the principles side by side"),
    "web.alt.poster": one("Poster with a QR code"),
    "web.picture.save": one("Save this picture"),
    "web.picture.missing": one("This picture cannot be shown at the moment."),
    # Opening a link.
    "web.link.heading": one("Go on?"),
    "web.link.code": one(
        "This link takes you to a group. You can read what it is about before you agree to take part."
    ),
    "web.link.invitation": one(
        "This link lets you set up and run assessments. It works once, and only in this browser."
    ),
    "web.link.device": one("This link lets you run your assessments from this browser too. It works once."),
    "web.link.facilitator": one("This link lets you run an assessment together with somebody. It works once."),
    "web.link.telegram": one("Or go on in Telegram"),
    "web.link.go": one("Go on"),
    # Going on in another browser.
    "web.resume.heading": one("Go on with your code"),
    "web.resume.explain": one(
        "You get the code in the browser where you started. Open the menu there and choose to go on in "
        "another browser. A code works once, until the day it tells you. After that, only this browser knows you."
    ),
    "web.resume.replaces": one(
        "Somebody has used this browser before. If you go on, it will no longer know them. "
        "If that was another person, they need a code of their own first."
    ),
    "web.resume.label": one("Your code"),
    "web.resume.submit": one("Go on"),
    "web.resume.wrong": one(
        "We do not know this code. It may have a mistake in it, or it was used. It may be too old, "
        "or you asked for a newer one. Check it, or get a new code in the browser where you started."
    ),
    "web.resume.both": one("You cannot run an assessment and take part in it too. Use another browser."),
    "web.resume.wait": many(
        "There were many wrong codes. You can try again in {n} minute.",
        "There were many wrong codes. You can try again in {n} minutes.",
    ),
    "web.resume.done": one("Welcome back. Only this browser knows you now."),
    "web.resume.without": one("Start without a code"),
    # After being forgotten.
    "web.forgotten.start": one("To the first page"),
    # Translators: stands alone on a page that nobody has looked at for half an hour. It must not tell the subject.
    "web.away.heading": one("Go on where you stopped?"),
    "web.away.what": one("Somebody has used this page in this browser before."),
    "web.away.other": one(
        "Are you somebody else? Then this browser forgets that person and begins anew for you. "
        "Nothing of theirs is lost, but they need a code to get back to it."
    ),
    "web.away.go-on": one("It was me: go on"),
    "web.away.not-me": one("I am somebody else"),
    # Translators: after somebody has left the page. It must tell nothing about the subject.
    "web.left.heading": one("You can close this page now"),
    "web.left.what": one("The list of pages that your browser keeps may still hold this address."),
    "web.left.start": one("To the start page"),
    # When something goes wrong.
    "web.fault.heading": one("This did not work"),
    "web.fault.back": one("Back to where you were"),
    "web.fault.again": one("Try again"),
    "web.fault.missing": one("There is no such page. The link may be incomplete or too old."),
    "web.fault.method": one("This page cannot be opened in that way."),
    "web.fault.too-large": one(
        "What you sent is too long for one page, so it was not saved. Go back in your browser and "
        "copy your text. Then send a shorter part of it."
    ),
    "web.fault.form": one("What your browser sent was incomplete, so nothing was changed."),
    "web.fault.not-ours": one(
        "We could not be sure that this came from our own page, so nothing was changed. "
        "Your browser must accept our one cookie. It only keeps your place."
    ),
    "web.fault.unavailable": one("Nothing is lost. Try again in a moment."),
    "web.fault.unexpected": one("Something went wrong on our side. What you confirmed before is safe."),
}
