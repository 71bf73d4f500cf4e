"""What the operator reads in the terminal: where to go, the invitation, and what is not as it should be."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from bot.admitting import INVITATION_DAYS
from bot.languages import Language, unreviewed
from bot.settings import Settings
from conversations.situation import Links


def tell_all(
    tell: Callable[[str], None],
    *,
    settings: Settings,
    links: Links,
    local: str,
    first: str | None,
    offered: tuple[Language, ...],
) -> None:
    """Everything that is printed at start."""
    tell("Equal Voice is running. Stop it with Ctrl+C.")
    tell(f"  Web pages: {links.web}" + ("" if links.web == local else f" (on this machine: {local})"))
    if links.bot:
        tell(f"  Telegram:  https://t.me/{links.bot}")
    else:
        tell("  Telegram:  off. Set BOT_TOKEN to switch it on; until then the web pages are the only way in.")
    tell(f"  Data in {settings.data_folder}, keys in {settings.key_folder}: never in one back-up. README.md says how.")
    for warning in (*warnings(settings, links), *about_languages(offered)):
        tell(f"  Note: {warning}")
    if first is not None:
        for line in invitation(links, first):
            tell(line)


def invitation(links: Links, token: str) -> list[str]:
    """The lines that carry an invitation."""
    lines = [f"Invitation for one facilitator. It works once, within {INVITATION_DAYS} days:"]
    lines.append(f"  in a web browser: {links.page(f'i-{token}')}")
    if links.bot:
        lines.append(f"  in Telegram:      {links.telegram(f'i-{token}')}")
    return lines


def warnings(settings: Settings, links: Links) -> list[str]:
    """What an operator should mend before people take part."""
    told = []
    if settings.operator_name is None or settings.operator_contact is None:
        told.append("set OPERATOR_NAME and OPERATOR_CONTACT, so that people know who runs this and how to reach you.")
    if links.near:
        told.append("this web address works on this machine only. Set PUBLIC_URL to one that phones can open.")
    elif urlsplit(links.web).scheme != "https":
        told.append("this web address is not https, so others on the network could read along. Put https before it.")
    return told


def about_languages(offered: tuple[Language, ...]) -> list[str]:
    """What an operator should know of languages on offer that nobody who speaks them has read."""
    codes = ", ".join(unreviewed(offered))
    if not codes:
        return []
    return [f"no speaker has reviewed these languages yet: {codes}. LANGUAGES=reviewed offers only reviewed ones."]
