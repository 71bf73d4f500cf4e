"""Which texts stand on buttons, read from the source of the conversation and of the web pages.

A label is found where it is named: in the first argument of ``button(…)``, in ``submit=…`` of a field, in what the same
function gave the variables that are used there, and in a ``<button>`` of a page. A test walks every card and fails when
this misses one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bot.texts import TEXTS

_PAGE = re.compile(r"""<button[^>]*>\s*\{\{ say\(text\("([a-z._-]+)"\)""")


def buttons(root: Path) -> frozenset[str]:
    """The ids of all texts on buttons."""
    found: set[str] = set()
    for folder in ("conversations", "bot/web"):
        for file in (root / folder).rglob("*.py"):
            found |= set(_labels(ast.parse(file.read_bytes())))
        for file in (root / folder).rglob("*.html"):
            found |= set(_PAGE.findall(file.read_text("utf-8")))
    return frozenset(found & TEXTS.keys())


def _labels(tree: ast.Module) -> Iterator[str]:
    """What may be an id in the labels of one module. A variable that is given twice in a function is read once."""
    for function in ast.walk(tree):
        if isinstance(function, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef):
            given = dict(_given(function))
            to_read, seen = list(_on_buttons(function)), set[str]()
            while to_read:
                label = to_read.pop()
                yield from _ids(label)
                names = {node.id for node in ast.walk(label) if isinstance(node, ast.Name)} & given.keys()
                to_read += [given[name] for name in names - seen]
                seen |= names


def _on_buttons(function: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        match node:
            case ast.Call(func=ast.Name(id="button"), args=[label, *_]):
                yield label
            case ast.keyword(arg="submit", value=label):
                yield label


def _given(function: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value


def _ids(expression: ast.expr) -> Iterator[str]:
    """The ids in an expression; an f-string means every text that begins as it does."""
    for node in ast.walk(expression):
        match node:
            case ast.Constant(value=str(id_)):
                yield id_
            case ast.JoinedStr(values=[ast.Constant(value=str(begin)), *_]) if begin.endswith("."):
                yield from (id_ for id_ in TEXTS if id_.startswith(begin))
