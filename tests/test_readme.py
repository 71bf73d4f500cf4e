"""The README tells the truth: every setting, command and folder stands in it, and every picture it shows exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.command_line import COMMANDS
from bot.settings import SETTINGS
from bot.support import SHIPPED, load

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def test_every_place_to_find_help_is_named() -> None:
    assert [place.name for place in load(SHIPPED) if place.name not in README] == []


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented_with_its_default(setting: object) -> None:
    name, default = setting.name, setting.default  # type: ignore[attr-defined]
    row = next(line for line in README.splitlines() if line.startswith(f"| `{name}` |"))
    assert not default or f"`{default}`" in row


def test_no_setting_is_documented_that_does_not_exist() -> None:
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)) == {setting.name for setting in SETTINGS}


def test_every_command_is_documented() -> None:
    assert set(re.findall(r"^\| `equal-voice (\w+)` \|", README, re.MULTILINE)) == set(COMMANDS)


def test_every_target_of_make_that_is_named_exists() -> None:
    targets = set(re.findall(r"^(\w+):", MAKEFILE, re.MULTILINE))
    documents = README + (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = set(re.findall(r"make (run|test|lint|strings|lock|bench|rehearsal|help|[a-z]+)`", documents))
    assert {"run", "test", "lint", "rehearsal"} <= named <= targets


def test_every_file_it_points_to_exists() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)]+)\)", README)
    assert len(links) > 10
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_top_level_folder_of_code_is_in_the_layout() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and any(path.glob("**/*.py"))}
    assert {"conversations", "storage", "bot", "locales", "tests"} <= folders
    for folder in ("conversations", "storage", "bot", "locales", "tests"):
        assert re.search(rf"^{folder}/ ", README, re.MULTILINE)
