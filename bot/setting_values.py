"""What the value of a setting may look like.

Each function takes what an operator wrote and gives what the program works with, or raises `Wrong` with the
remedy, never with the value. Which settings there are, and what they mean, stands in `bot.settings`.
"""

import ipaddress
import os
import re
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

_LOG_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
_LONGEST_LINE: Final = 200


class Wrong(Exception):
    """A value cannot be used: what is wrong with it, and the remedy. Both without the value."""

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(wrong, remedy)
        self.wrong = wrong
        self.remedy = remedy


def token(text: str) -> str:
    """A Telegram bot token: BotFather's have 35 characters after the colon, and may one day have more."""
    if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]{35,}", text, re.ASCII):
        raise Wrong(
            "does not look like a bot token: digits, a colon, then at least 35 letters, digits, - or _",
            "Copy the whole token from BotFather",
        )
    return text


def _split(text: str, example: str) -> SplitResult:
    """An http or https URL that names a host, and neither a user, a query nor a fragment."""
    try:
        url = urlsplit(text)
        usable = url.port != 0 and re.fullmatch(r"[\w.:-]+", url.hostname or "") is not None
    except ValueError:
        usable = False
    if not usable or url.scheme not in {"http", "https"} or not text.isprintable() or " " in text:
        raise Wrong("is not a web address", f"Write it like {example}")
    if "@" in url.netloc or "?" in text or "#" in text:
        raise Wrong("has more than a web address: a user, ? or #", f"Write it like {example}")
    return url


def api_url(text: str) -> str:
    """A URL without a slash at its end. It may have a path, as a server behind a proxy can need one."""
    url = _split(text, "https://api.telegram.org")
    if re.search(r"/bot([0-9:/]|$)", url.path):
        raise Wrong(
            "goes on with /bot after the server's address",
            "Write the server's address only; the token belongs in BOT_TOKEN",
        )
    return f"{url.scheme}://{url.netloc.lower()}{url.path.rstrip('/')}"


def public_url(text: str) -> str:
    """A URL of a scheme and a host only: cookies and the pages' own links begin at the host."""
    url = _split(text, "https://voice.example.org")
    if url.path.strip("/"):
        raise Wrong(
            "has a path after its host, and the web pages must have the host for themselves",
            "Give them a host name of their own, like https://voice.example.org",
        )
    return f"{url.scheme}://{url.netloc.lower()}"


def address(text: str) -> tuple[str, int]:
    """A host, without brackets, and a port."""
    match = re.fullmatch(r"(?:\[(?P<six>[^\]]+)\]|(?P<host>[A-Za-z0-9._-]+)):(?P<port>[0-9]{1,5})", text, re.ASCII)
    if not match or int(match["port"]) > 65535:
        raise Wrong(
            "is not an address and a port from 0 to 65535",
            "Write it like 127.0.0.1:8080, or [::1]:8080 for an IPv6 address",
        )
    if match["six"]:
        try:
            ipaddress.IPv6Address(match["six"])
        except ValueError:
            raise Wrong("has no IPv6 address between its brackets", "Write it like [::1]:8080") from None
    return match["six"] or match["host"], int(match["port"])


def path(text: str) -> Path:
    """An absolute path, from the working folder where it is relative."""
    if text.startswith("~"):
        raise Wrong("begins with ~, which only a shell understands", "Write the whole path")
    if "\0" in text:
        raise Wrong("is not a path", "Write the whole path")
    return Path(text).absolute()


def one_inside_the_other(first: Path, second: Path) -> bool:
    """Links are followed: a folder may lie inside another by another name."""
    one, other = Path(os.path.realpath(first)), Path(os.path.realpath(second))
    return one.is_relative_to(other) or other.is_relative_to(one)


def line(text: str) -> str:
    """A line that can be shown to people."""
    if len(text) > _LONGEST_LINE or not text.isprintable():
        raise Wrong(
            f"is not one line of at most {_LONGEST_LINE} characters",
            "Shorten it, and leave out line breaks and invisible characters",
        )
    return text


def smallest_threshold(text: str) -> int:
    """Below 3, one person's score could be worked out by the other."""
    if text not in {"3", "4", "5"}:
        raise Wrong("is not 3, 4 or 5", "Leave it out for 5, which protects people best")
    return int(text)


def retention_days(text: str) -> int:
    """Long enough to come back after a holiday and to be warned; a year at most for answers that nobody looks at."""
    return _whole_number(text, least=30, most=365)


def results_months(text: str) -> int:
    """One to 120, which is ten years."""
    return _whole_number(text, least=1, most=120)


def _whole_number(text: str, *, least: int, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", text, re.ASCII) or not least <= int(text) <= most:
        raise Wrong(f"is not a whole number from {least} to {most}", "Leave it out for the default")
    return int(text)


def languages(text: str) -> tuple[str, ...] | None:
    """Language tags in the order given, without doubles; None for all. Whether they exist is not asked.

    The word reviewed may stand among them or alone: `bot.languages.chosen` knows which these are.
    """
    words = [word.strip() for word in text.split(",")]
    tags = [word.lower() if word.lower() in {"all", "reviewed"} else word for word in words]
    if tags == ["all"]:
        return None
    if "all" in tags:
        raise Wrong("has all beside other languages", "Write all alone, or leave it out of the list")
    if not all(re.fullmatch(r"reviewed|[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*", tag, re.ASCII) for tag in tags):
        raise Wrong(
            "is not a list of languages", "Write their codes with commas, like en,cy,ur, or write reviewed, or all"
        )
    return tuple(dict.fromkeys(tags))


def log_level(text: str) -> str:
    """The name of a level, in capitals."""
    if text.upper() not in _LOG_LEVELS:
        raise Wrong("is not DEBUG, INFO, WARNING or ERROR", "Leave it out for INFO")
    return text.upper()


def nearly_the_same(given: str, name: str) -> bool:
    """Whether one slip apart, or two in a long name: a character too many, missing, wrong, or two swapped.

    The distance of Damerau and Levenshtein, restricted to swaps of neighbours.
    """
    if abs(len(given) - len(name)) > 2:
        return False
    before: list[int] = []
    row = list(range(len(name) + 1))
    for i, left in enumerate(given, 1):
        before, last, row = row, before, [i]
        for j, right in enumerate(name, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == name[j - 2] and given[i - 2] == right:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1] <= (2 if len(name) >= 12 else 1)
