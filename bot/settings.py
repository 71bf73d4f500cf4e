"""The settings: what an operator may choose, each an environment variable with a default that works.

`read` turns an environment into `Settings`, or tells every fault at once, each with its remedy. It opens no
file: whether a folder can be used or a file says something sensible is found out by whoever uses it.

A fault never repeats a value. An operator who pastes the token into the wrong setting must not find it in a
log, and the name of the setting says enough to find the value.
"""

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

from bot import setting_values as values
from bot.support import SHIPPED as SHIPPED_SUPPORT

Value = TypeVar("Value")

# Set on many machines for all programs: gettext's own list of languages.
_NOT_OURS: Final = frozenset({"LANGUAGE"})


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One setting, as it is explained to an operator."""

    name: str
    default: str
    """As an operator would write it. Empty: leaving it out has a meaning of its own, told in `what`."""
    what: str


SETTINGS: Final = (
    Setting(
        name="BOT_TOKEN",
        default="",
        what="The token that BotFather gave you. Left out, only the web pages run.",
    ),
    Setting(
        name="BOT_API_URL",
        default="https://api.telegram.org",
        what="The Bot API server. Change it only if you run your own.",
    ),
    Setting(
        name="WEB_ADDRESS",
        default="127.0.0.1:8080",
        what="Where the web pages listen, as address:port. Port 0 takes any free one.",
    ),
    Setting(
        name="PUBLIC_URL",
        default="",
        what="What links and posters begin with. Left out, it is made from WEB_ADDRESS.",
    ),
    Setting(
        name="DATA_FOLDER",
        default="./data",
        what="Where the database lies. README.md says how to back it up.",
    ),
    Setting(
        name="KEY_FOLDER",
        default="./keys",
        what="Where the keys lie, outside DATA_FOLDER. Keep it out of the database's back-ups.",
    ),
    Setting(
        name="OPERATOR_NAME",
        default="",
        what="Who runs this, as people read it before they agree. Set it before real people take part.",
    ),
    Setting(
        name="OPERATOR_CONTACT",
        default="",
        what="How people reach whoever runs this: an email address, a phone number or a web page.",
    ),
    Setting(
        name="SMALLEST_THRESHOLD",
        default="5",
        what="The smallest group that a facilitator may choose to show results of: 3, 4 or 5.",
    ),
    Setting(
        name="RETENTION_DAYS",
        default="90",
        what="After so many days without use, answers that are not shown are erased: 30 to 365.",
    ),
    Setting(
        name="RESULTS_MONTHS",
        default="24",
        what="So many months after closing, results are erased: 1 to 120. So are records of people not seen since.",
    ),
    Setting(
        name="QUESTIONNAIRE",
        default="",
        what="A file with your own questionnaire. Left out, Equal Voice's own is used.",
    ),
    Setting(
        name="SUPPORT",
        default="",
        what="A file with places where people find help. Left out, Equal Voice's own is used.",
    ),
    Setting(
        name="LANGUAGES",
        default="all",
        what="The languages to offer: all, codes such as en,cy,ur, or reviewed (those that a speaker has checked).",
    ),
    Setting(
        name="LOG_LEVEL",
        default="INFO",
        what="How much to log: DEBUG, INFO, WARNING or ERROR. No level logs answers, names or tokens.",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Every setting, checked. Folders are absolute."""

    bot_token: str | None = field(repr=False)
    """None: there is no Telegram, only the web pages."""
    bot_api_url: str
    """Without a slash at its end."""
    web_host: str
    """Without brackets. Every address of the machine is 0.0.0.0 or ::"""
    web_port: int
    """0 to 65535; 0 takes any free port."""
    public_url: str | None
    """Without a slash at its end. None: the web pages' own address, with the port that was taken."""
    data_folder: Path
    key_folder: Path
    operator_name: str | None
    """None, as `operator_contact`: people cannot be told who runs this, and the start must warn."""
    operator_contact: str | None
    smallest_threshold: int
    """3, 4 or 5."""
    retention_days: int
    """30 to 365."""
    results_months: int
    """1 to 120."""
    questionnaire: Path | None
    """None: the one that comes with Equal Voice."""
    support: Path
    languages: tuple[str, ...] | None
    """Language tags, without doubles, in the operator's order; "reviewed" may be among them. None: all there are."""
    log_level: str
    """DEBUG, INFO, WARNING or ERROR."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong with the settings."""

    setting: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.setting} {self.wrong}. {self.remedy}."


class FaultySettings(Exception):
    """One or more settings cannot be used. The message has a line for each."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def only_on_this_machine(url: str) -> bool:
    """Whether no other machine, and so no telephone, can open this address."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def read(environ: Mapping[str, str]) -> Settings:
    """The settings in an environment. A setting that is empty or only spaces counts as left out.

    Raises:
        FaultySettings: with every fault that there is, misspelt names included.
    """
    reading = _Reading(environ)
    web_host, web_port = reading.value("WEB_ADDRESS", values.address)
    settings = Settings(
        bot_token=reading.optional("BOT_TOKEN", values.token),
        bot_api_url=reading.value("BOT_API_URL", values.api_url),
        web_host=web_host,
        web_port=web_port,
        public_url=reading.optional("PUBLIC_URL", values.public_url),
        data_folder=reading.value("DATA_FOLDER", values.path),
        key_folder=reading.value("KEY_FOLDER", values.path),
        operator_name=reading.optional("OPERATOR_NAME", values.line),
        operator_contact=reading.optional("OPERATOR_CONTACT", values.line),
        smallest_threshold=reading.value("SMALLEST_THRESHOLD", values.smallest_threshold),
        retention_days=reading.value("RETENTION_DAYS", values.retention_days),
        results_months=reading.value("RESULTS_MONTHS", values.results_months),
        questionnaire=reading.optional("QUESTIONNAIRE", values.path),
        support=reading.optional("SUPPORT", values.path) or SHIPPED_SUPPORT,
        languages=reading.value("LANGUAGES", values.languages),
        log_level=reading.value("LOG_LEVEL", values.log_level),
    )
    if values.one_inside_the_other(settings.data_folder, settings.key_folder):
        reading.fault(
            "KEY_FOLDER",
            "and DATA_FOLDER lie one inside the other, so a back-up of the data would take the keys along",
            "Choose two folders side by side",
        )
    reading.look_for_misspelt_names()
    if reading.faults:
        raise FaultySettings(tuple(reading.faults))
    return settings


class _Reading:
    """One environment being read: values are taken one by one, and faults collected on the way."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.faults: list[Fault] = []
        self._environ = environ

    def fault(self, setting: str, wrong: str, remedy: str) -> None:
        self.faults.append(Fault(setting=setting, wrong=wrong, remedy=remedy))

    def value(self, name: str, parse: Callable[[str], Value]) -> Value:
        """The setting, or its default when it is left out or, after noting the fault, unusable."""
        default = next(setting.default for setting in SETTINGS if setting.name == name)
        given = self.optional(name, parse)
        return parse(default) if given is None else given

    def optional(self, name: str, parse: Callable[[str], Value | None]) -> Value | None:
        """The setting, or None when it is left out or, after noting the fault, unusable."""
        text = self._environ.get(name, "").strip()
        if not text:
            return None
        try:
            return parse(text)
        except values.Wrong as error:
            self.fault(name, error.wrong, error.remedy)
            return None

    def look_for_misspelt_names(self) -> None:
        names = [setting.name for setting in SETTINGS]
        for given in sorted(self._environ):
            if given in names or given in _NOT_OURS:
                continue
            for name in names:
                if values.nearly_the_same(given.upper(), name):
                    self.fault(given, "is not a setting", f"Did you mean {name}? Rename it, or unset it")
                    break
