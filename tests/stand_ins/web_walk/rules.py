"""What holds for every page that anybody ever loads, whatever stands on it."""

from __future__ import annotations

import gzip
import re
from collections.abc import Collection

from bot.languages import listed
from web_walk.page import Page

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
LARGEST = 10 * 1024
"""Bytes of a page and its style sheet, compressed."""
TITLE = "Equal Voice"
"""Phones are shared: no page says in its title what it is about."""

_UNFILLED = re.compile(r"\{[a-z_]+\}")
_ELSEWHERE = re.compile(r"(?i)^(?:[a-z][a-z0-9+.-]*:|//)")


def check(page: Page, *, style_bytes: int, speaks: Collection[str] = ("en",)) -> None:
    """Everything. ``style_bytes``: the size of the compressed style sheet; ``speaks``: the languages it may be in.

    Raises:
        AssertionError: naming the page.
    """
    where = f"{page.path} “{page.heading}”"
    _headers(page, where)
    _head(page, where, speaks)
    _nothing_runs(page, where)
    _everything_has_a_name(page, where)
    left = _UNFILLED.search(page.words)
    assert not left, f"{where}: {left and left[0]} was not filled in"
    size = len(gzip.compress(page.html.encode())) + style_bytes
    assert size <= LARGEST, f"{where}: {size} bytes with its style sheet"


def _headers(page: Page, where: str) -> None:
    told = page.headers
    assert told["Content-Type"] == "text/html; charset=utf-8", where
    assert told["Content-Security-Policy"] == POLICY, where
    assert told["Cache-Control"] == "no-store", where
    assert told["Referrer-Policy"] == "no-referrer", where
    assert told["X-Content-Type-Options"] == "nosniff", where
    assert "Server" not in told, where
    given = told.get("Set-Cookie", "")
    assert not given or all(word in given for word in ("HttpOnly", "SameSite=Lax", "Path=/")), where


def _head(page: Page, where: str, speaks: Collection[str]) -> None:
    assert page.html.startswith("<!doctype html>"), where
    root = page.tree.one("html").attributes
    known = listed()
    assert (root["lang"], root["dir"]) in {(known[code].tag, known[code].direction) for code in speaks}, where
    assert page.tree.one("title").words == TITLE, where
    views = [each.attributes["content"] for each in page.tree.all("meta") if each.attributes.get("name") == "viewport"]
    assert views == ["width=device-width, initial-scale=1"], where
    assert page.heading, where


def _nothing_runs(page: Page, where: str) -> None:
    elements = page.tree.all()
    ways_to_help = [way for opened in page.tree.of_class("help") for way in opened.all("a")]
    assert not {each.tag for each in elements} & {"script", "style", "iframe", "object", "embed", "base"}, where
    for each in elements:
        names = set(each.attributes)
        assert not any(name.startswith("on") or name == "style" for name in names), f"{where}: {each.attributes}"
        for name in names & {"href", "src", "action"}:
            only_help = [tap for tap in page.taps() if tap != ("speak", "en")] == [("back", "")]
            helps = each in ways_to_help or (each.tag == "a" and only_help)
            assert helps or not _ELSEWHERE.match(each.attributes[name]), f"{where}: leads to {each.attributes[name]}"
    for form in page.tree.all("form"):
        assert form.attributes["method"] == "post", where
        assert [each for each in form.all("input") if each.attributes.get("name") == "csrf"], f"{where}: no csrf"


def _everything_has_a_name(page: Page, where: str) -> None:
    ids = [each.attributes["id"] for each in page.tree.all() if "id" in each.attributes]
    assert len(ids) == len(set(ids)), f"{where}: {ids}"
    labels = {each.attributes["for"] for each in page.tree.all("label") if each.words}
    for each in page.tree.all("input", "textarea", "select"):
        hidden = each.attributes.get("type") == "hidden"
        assert hidden or each.attributes.get("id") in labels, f"{where}: a field without a label"
    for each in page.tree.all("button", "a", "summary"):
        assert each.words, f"{where}: a {each.tag} without words"
    for each in page.tree.all("img"):
        assert each.attributes["alt"], f"{where}: a picture without words"
