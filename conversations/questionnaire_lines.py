"""On which line of a TOML text each heading and each key stands.

``tomllib`` tells lines only of syntax errors. Faults of meaning need them as well, so this reads the text a
second time, for places only. It expects a text that ``tomllib`` has accepted, and understands no more of it
than where a statement begins and ends. Keys inside inline tables are not found; they count as being where
their statement begins.
"""

from __future__ import annotations

import re
import tomllib

Path = tuple[str | int, ...]
"""The way to a value: keys, and indices from 0 after arrays, as in ("principle", 2, "statement", 0)."""

_NAME = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
_DOTTED = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_HEADING = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]")
_KEY = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
_PIECE = re.compile(
    r"""(?P<text>\"{3}(?:\\.|[^\\])*?\"{3}(?!\")|'{3}.*?'{3}(?!')|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*)"""
    r"""|(?P<open>[\[{])|(?P<close>[\]}])|(?P<end>\n)|.""",
    re.DOTALL,
)


class Lines:
    """The lines of one text. Line numbers count from 1."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {(): 1}
        self._lengths: dict[Path, int] = {}
        self._read(text)

    def of(self, path: Path) -> int:
        """The line of ``path``, or of the nearest thing around it that has a line of its own."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _read(self, text: str) -> None:
        place, line = 0, 1
        table: Path = ()
        while place < len(text):
            if heading := _HEADING.match(text, place):
                table = self._entered(_names(heading[2]), array=heading[1] == "[[")
                for length in range(1, len(table) + 1):
                    self._lines.setdefault(table[:length], line)
            elif key := _KEY.match(text, place):
                path = table
                for name in _names(key[1]):
                    path = (*path, name)
                    self._lines.setdefault(path, line)
            end = _end_of_statement(text, place)
            line += text.count("\n", place, end)
            place = end

    def _entered(self, names: tuple[str, ...], *, array: bool) -> Path:
        """The path of the table that a heading opens; under an array it belongs to the array's last table."""
        path: Path = ()
        for name in names[:-1]:
            path = (*path, name)
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        path = (*path, names[-1])
        if not array:
            return path
        index = self._lengths.get(path, 0)
        self._lengths[path] = index + 1
        return (*path, index)


def _names(dotted: str) -> tuple[str, ...]:
    """The names in a dotted key, unquoted."""
    names: list[str] = []
    value: object = tomllib.loads(f"{dotted} = 0")
    while isinstance(value, dict):
        [(name, value)] = value.items()
        names.append(name)
    return tuple(names)


def _end_of_statement(text: str, place: int) -> int:
    """Where the next statement begins: after the first line break that is not inside brackets or a text."""
    depth = 0
    while piece := _PIECE.match(text, place):
        place = piece.end()
        depth += (piece["open"] is not None) - (piece["close"] is not None)
        if piece["end"] and depth <= 0:
            break
    return place
