"""Reading the settings: defaults that work, and every fault told at once with its remedy."""

import traceback
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import settings, support

TOKEN = "123456789:" + "AbCdEfGhIjKlMnOpQrStUvWxYz012345678"


def faults(environ: dict[str, str]) -> tuple[settings.Fault, ...]:
    with pytest.raises(settings.FaultySettings) as caught:
        settings.read(environ)
    return caught.value.faults


def test_nothing_set_gives_the_web_pages_on_this_machine() -> None:
    read = settings.read({})
    assert read.bot_token is None
    assert read.bot_api_url == "https://api.telegram.org"
    assert (read.web_host, read.web_port) == ("127.0.0.1", 8080)
    assert read.public_url is None
    assert read.data_folder == Path.cwd() / "data"
    assert read.key_folder == Path.cwd() / "keys"
    assert (read.operator_name, read.operator_contact) == (None, None)
    assert read.smallest_threshold == 5
    assert (read.retention_days, read.results_months) == (90, 24)
    assert read.questionnaire is None
    assert read.support == support.SHIPPED
    assert read.languages is None
    assert read.log_level == "INFO"


def test_every_setting_arrives() -> None:
    read = settings.read(
        {
            "BOT_TOKEN": f" {TOKEN}\n",
            "BOT_API_URL": "http://Localhost:8081/",
            "WEB_ADDRESS": "[::]:0",
            "PUBLIC_URL": "https://Voice.Example.org/",
            "DATA_FOLDER": "/srv/voice/data",
            "KEY_FOLDER": "/srv/voice/keys",
            "OPERATOR_NAME": "Marram Voices Partnership",
            "OPERATOR_CONTACT": "hello@voices.example",
            "SMALLEST_THRESHOLD": "3",
            "RETENTION_DAYS": "365",
            "RESULTS_MONTHS": "1",
            "QUESTIONNAIRE": "/srv/voice/ours.toml",
            "SUPPORT": "/srv/voice/support.toml",
            "LANGUAGES": "en, cy,ur,en,zh-Hans",
            "LOG_LEVEL": "debug",
        }
    )
    assert read == settings.Settings(
        bot_token=TOKEN,
        bot_api_url="http://localhost:8081",
        web_host="::",
        web_port=0,
        public_url="https://voice.example.org",
        data_folder=Path("/srv/voice/data"),
        key_folder=Path("/srv/voice/keys"),
        operator_name="Marram Voices Partnership",
        operator_contact="hello@voices.example",
        smallest_threshold=3,
        retention_days=365,
        results_months=1,
        questionnaire=Path("/srv/voice/ours.toml"),
        support=Path("/srv/voice/support.toml"),
        languages=("en", "cy", "ur", "zh-Hans"),
        log_level="DEBUG",
    )


def test_the_description_names_every_setting_once_and_its_default_is_what_leaving_it_out_does() -> None:
    names = [setting.name for setting in settings.SETTINGS]
    assert len(set(names)) == len(names) == 15
    assert all(setting.what.endswith(".") for setting in settings.SETTINGS)
    defaults = {setting.name: setting.default for setting in settings.SETTINGS}
    assert settings.read(defaults) == settings.read({})


@pytest.mark.parametrize(
    ("written", "languages"),
    [
        ("all", None),
        (" ALL ", None),
        ("reviewed", ("reviewed",)),
        ("Reviewed, pl", ("reviewed", "pl")),
        ("pl,reviewed,pl", ("pl", "reviewed")),
    ],
)
def test_languages_may_be_all_or_the_reviewed_ones_or_these_and_more(
    written: str, languages: tuple[str, ...] | None
) -> None:
    assert settings.read({"LANGUAGES": written}).languages == languages


@pytest.mark.parametrize("name", [setting.name for setting in settings.SETTINGS])
def test_a_setting_of_spaces_counts_as_left_out(name: str) -> None:
    assert settings.read({name: "  "}) == settings.read({})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "123456789"),
        ("BOT_TOKEN", TOKEN[:-1]),
        ("BOT_TOKEN", f"bot{TOKEN}"),
        ("BOT_TOKEN", f"{TOKEN} {TOKEN}"),
        ("BOT_API_URL", "bots.example.net"),
        ("BOT_API_URL", "ftp://api.telegram.org"),
        ("BOT_API_URL", f"https://api.telegram.org/bot{TOKEN}"),
        ("BOT_API_URL", "https://api.telegram.org/bot"),
        ("BOT_API_URL", "https://api.telegram.org?x=1"),
        ("BOT_API_URL", "https://someone:secret@api.telegram.org"),
        ("WEB_ADDRESS", "8099"),
        ("WEB_ADDRESS", "192.0.2.7"),
        ("WEB_ADDRESS", "127.0.0.1:65536"),
        ("WEB_ADDRESS", "::1:8080"),
        ("WEB_ADDRESS", "[nonsense]:8080"),
        ("WEB_ADDRESS", "http://127.0.0.1:8080"),
        ("PUBLIC_URL", "voice.example.net"),
        ("PUBLIC_URL", "https:///"),
        ("PUBLIC_URL", "https://voice.example.org/bot"),
        ("PUBLIC_URL", "https://voice.example.org/?"),
        ("PUBLIC_URL", "https://voice.example.org#top"),
        ("PUBLIC_URL", "https://voice.example.org:99999"),
        ("PUBLIC_URL", 'https://voice.example.org"onload='),
        ("PUBLIC_URL", "https://[::1"),
        ("DATA_FOLDER", "~/data"),
        ("KEY_FOLDER", "a\0b"),
        ("OPERATOR_NAME", "two\nlines"),
        ("OPERATOR_CONTACT", "x" * 201),
        ("SMALLEST_THRESHOLD", "2"),
        ("SMALLEST_THRESHOLD", "6"),
        ("SMALLEST_THRESHOLD", "five"),
        ("RETENTION_DAYS", "29"),
        ("RETENTION_DAYS", "366"),
        ("RETENTION_DAYS", "9 weeks"),
        ("RESULTS_MONTHS", "121"),
        ("RESULTS_MONTHS", "00"),
        ("RESULTS_MONTHS", "2.5"),
        ("QUESTIONNAIRE", "~/ours.toml"),
        ("SUPPORT", "~/support.toml"),
        ("LANGUAGES", "English"),
        ("LANGUAGES", "en,,cy"),
        ("LANGUAGES", "all,pl"),
        ("LANGUAGES", "unreviewed"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_an_unusable_value_is_one_fault_with_a_remedy_and_without_the_value(name: str, value: str) -> None:
    (fault,) = faults({name: value})
    assert fault.setting == name
    assert fault.wrong
    assert fault.remedy
    assert value not in str(fault).removeprefix(name)


def test_all_faults_are_told_at_once_each_on_a_line_of_its_own() -> None:
    environ = {"BOT_TOKEN": "x", "WEB_ADDRESS": "x", "SMALLEST_THRESHOLD": "2", "BOT_TOKNE": "y"}
    with pytest.raises(settings.FaultySettings) as caught:
        settings.read(environ)
    lines = str(caught.value).splitlines()
    assert {line.split()[0] for line in lines} == set(environ)
    assert len(lines) == 4


@pytest.mark.parametrize("name", ["BOT_TOKEN", "BOT_API_URL", "PUBLIC_URL", "OPERATOR_NAME", "BOT_TOKNE"])
def test_a_token_in_any_wrong_place_is_in_no_fault_and_no_traceback(name: str) -> None:
    with pytest.raises(settings.FaultySettings) as caught:
        settings.read({name: f"{TOKEN}\n{TOKEN}"})
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value.faults)
    assert TOKEN not in shown
    assert TOKEN[12:] not in shown


def test_the_settings_do_not_show_the_token() -> None:
    read = settings.read({"BOT_TOKEN": TOKEN})
    assert TOKEN not in repr(read)
    assert read != replace(read, bot_token=None)


@pytest.mark.parametrize(
    ("given_name", "meant"),
    [
        ("BOT_TOKNE", "BOT_TOKEN"),
        ("BOTTOKEN", "BOT_TOKEN"),
        ("bot_token", "BOT_TOKEN"),
        ("LANGUAGE_", "LANGUAGES"),
        ("QUESTIONAIRE", "QUESTIONNAIRE"),
        ("SMALLEST_TRESHHOLD", "SMALLEST_THRESHOLD"),
        ("DATA_FOLDERS", "DATA_FOLDER"),
        ("OPERATOR_NAM", "OPERATOR_NAME"),
    ],
)
def test_a_misspelt_name_is_told_with_the_one_that_was_meant(given_name: str, meant: str) -> None:
    (fault,) = faults({given_name: "anything"})
    assert fault.setting == given_name
    assert f"Did you mean {meant}?" in fault.remedy


def test_settings_of_other_programs_are_left_alone() -> None:
    others = ["LANGUAGE", "LANG", "PATH", "HOME", "NEW_FOLDER", "LOG_FILE", "API_TOKEN", "DATABASE_URL"]
    assert settings.read(dict.fromkeys(others, "x")) == settings.read({})


@pytest.mark.parametrize(
    ("data", "keys"),
    [("here", "here"), ("here", "here/keys"), ("here/data", "here"), ("here", "here/../here/keys")],
)
def test_keys_must_not_lie_with_the_data(tmp_path: Path, data: str, keys: str) -> None:
    (fault,) = faults({"DATA_FOLDER": str(tmp_path / data), "KEY_FOLDER": str(tmp_path / keys)})
    assert "back-up" in fault.wrong


def test_keys_must_not_lie_with_the_data_by_another_name(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "elsewhere").symlink_to(tmp_path / "data")
    (fault,) = faults({"DATA_FOLDER": str(tmp_path / "data"), "KEY_FOLDER": str(tmp_path / "elsewhere" / "keys")})
    assert fault.setting == "KEY_FOLDER"


def test_folders_with_a_common_beginning_are_side_by_side(tmp_path: Path) -> None:
    read = settings.read({"DATA_FOLDER": str(tmp_path / "data"), "KEY_FOLDER": str(tmp_path / "data-keys")})
    assert read.key_folder == tmp_path / "data-keys"


def test_a_public_url_is_kept_without_its_last_slash() -> None:
    read = settings.read({"PUBLIC_URL": "http://192.0.2.7:8080/"})
    assert read.public_url == "http://192.0.2.7:8080"


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080", "http://[::1]:1", "http://localhost", "http://a.localhost"])
def test_telephones_cannot_open_an_address_of_this_machine_only(url: str) -> None:
    assert settings.only_on_this_machine(url)


@pytest.mark.parametrize("url", ["https://voice.example.org", "http://192.0.2.7:8080", "http://[fd00::2]"])
def test_telephones_can_open_other_addresses(url: str) -> None:
    assert not settings.only_on_this_machine(url)


@given(name=st.sampled_from([setting.name for setting in settings.SETTINGS]), value=st.text())
def test_any_text_is_either_read_or_told_as_a_fault(name: str, value: str) -> None:
    try:
        settings.read({name: value})
        told = set()
    except settings.FaultySettings as error:
        told = {fault.setting for fault in error.faults}
    # A data folder of any name may turn out to hold the key folder.
    assert told <= ({name, "KEY_FOLDER"} if name == "DATA_FOLDER" else {name})
