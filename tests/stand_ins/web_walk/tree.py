"""HTML as a tree of elements, read with the standard library's parser. Knows nothing of our pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


@dataclass
class Element:
    """One element. ``attributes`` without a value hold ""."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        """Every element of these tags inside, in the order of the page; of any tag when none is named."""
        return [each for each in self._inside() if not tags or each.tag in tags]

    def one(self, tag: str) -> Element:
        """The only element of this tag."""
        (found,) = self.all(tag)
        return found

    def of_class(self, name: str) -> list[Element]:
        """Every element inside that has this class."""
        return [each for each in self._inside() if name in each.attributes.get("class", "").split()]

    @property
    def text(self) -> str:
        """All the text inside, as written."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def words(self) -> str:
        """The text as a browser shows it, with line ends kept (the pages' style is pre-line)."""
        return "\n".join(" ".join(line.split()) for line in self.text.strip().split("\n"))

    def _inside(self) -> Iterator[Element]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child._inside()


class Unbalanced(AssertionError):
    """The page closes what it did not open, or leaves something open."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            raise Unbalanced(f"<{tag}> has an attribute twice: {names}")
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            raise Unbalanced(f"</{tag}> closes <{self.open[-1].tag}>")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Element:
    """The whole page.

    Raises:
        Unbalanced: when elements are not closed in their order.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if len(reader.open) > 1:
        raise Unbalanced(f"<{reader.open[-1].tag}> is never closed")
    return reader.open[0]
