"""What only Telegram says: the menu, what the bot says about itself, and remarks of the channel's own.

The menu and the descriptions are seen by whoever holds the phone: they name no subject. Telegram takes at
most 256 characters for a command, 512 for the description and 120 for the short one; a translation that is
longer is left out.
"""

from __future__ import annotations

from bot.texts.entry import one

TEXTS = {
    "telegram.command.start": one("Begin, or go on where you stopped"),
    "telegram.command.help": one("How this works"),
    "telegram.command.urgent": one("I need help now"),
    "telegram.command.language": one("Choose your language"),
    "telegram.command.privacy": one("What happens to what you write"),
    "telegram.command.stop": one("Stop for now"),
    "telegram.command.clear": one("Clear this chat"),
    "telegram.command.withdraw": one("Take back what you wrote"),
    # Translators: at most 512 characters. People see this before they press Start.
    "telegram.description": one(
        "Equal Voice asks what you think, one short question at a time. "
        "Results are shown for groups, not for one person. You can stop and come back whenever you like. "
        "Have your code ready if you were given one, then press Start."
    ),
    # Translators: at most 120 characters. It stands on the bot's page and when somebody shares the bot.
    "telegram.short_description": one("Say what you think, in private. Results are shown for groups only."),
    # Translators: stands above the words that a person typed before.
    "telegram.so_far": one("What you wrote so far"),
    # Translators: a button that copies the code or link to the phone's clipboard.
    "telegram.copy": one("Copy {code}"),
    "telegram.group": one("I answer in a private chat only, so that nobody else sees what you write: {link}"),
    "telegram.set_aside": one(
        "Sorry, something went wrong on our side. Your last step may not have been saved. "
        "What was saved before is safe. Try again, or send /start."
    ),
    "telegram.no_picture": one("Sorry, a picture could not be made. The same is told here in words."),
}
