"""One page as somebody sees it: its heading, remarks, words, pictures, and what its forms would send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from web_walk.tree import Element, parse

Kind = Literal["hidden", "line", "box", "button"]


class NoSuchButton(AssertionError):
    """The page does not offer that."""


@dataclass
class Control:
    """One field or button of a form. ``value`` is what it would send now."""

    kind: Kind
    name: str
    value: str
    label: str = ""


@dataclass
class Form:
    """A form, with its controls in the order of the page."""

    action: str
    controls: list[Control]

    def field(self) -> Control:
        """The only field that a person can type in."""
        (found,) = [control for control in self.controls if control.kind in {"line", "box"}]
        return found

    def buttons(self) -> list[Control]:
        """The buttons, in order."""
        return [control for control in self.controls if control.kind == "button"]

    def sent_by(self, button: Control) -> list[tuple[str, str]]:
        """What a browser sends when this button is pressed: line ends become CR LF, nameless controls are left out."""
        return [
            (control.name, "\r\n".join(control.value.split("\n")))
            for control in self.controls
            if control.name and (control.kind != "button" or control is button)
        ]


@dataclass(frozen=True)
class Figure:
    """A picture and its caption."""

    url: str
    alt: str
    caption: str


@dataclass(frozen=True)
class Page:
    """A loaded page. ``path`` is where it was found in the end."""

    path: str
    status: int
    headers: Mapping[str, str]
    html: str
    tree: Element = field(repr=False)
    forms: list[Form] = field(repr=False)

    @property
    def main(self) -> Element:
        """What is on the page."""
        return self.tree.one("main")

    @property
    def heading(self) -> str:
        """The heading: on a question it is the question."""
        return self.tree.one("h1").words

    @property
    def progress(self) -> str:
        """ "Assets · 2 of 4 · question 2 of 20"; "" where there is none."""
        return "".join(each.words for each in self.main.of_class("progress"))

    @property
    def remarks(self) -> list[str]:
        """What is said at the top about what was just done."""
        return [line.words for box in self.main.of_class("notices") for line in box.all("p")]

    @property
    def words(self) -> str:
        """Everything that can be read."""
        return self.main.words

    @property
    def items(self) -> list[str]:
        """The lines of lists."""
        return [each.words for each in self.main.all("li")]

    @property
    def quotes(self) -> list[str]:
        """Somebody's words, as written."""
        return [each.text for each in self.main.all("blockquote")]

    @property
    def codes(self) -> list[str]:
        """What is there to be copied: codes and links."""
        return [each.words for each in self.main.all("code")]

    @property
    def kept_words(self) -> str:
        """What was typed and could not be saved, in the box to copy it from; "" where there is none."""
        boxes = [each for each in self.main.all("textarea") if each.attributes.get("id") == "typed"]
        return "".join(_box(each) for each in boxes)

    @property
    def figures(self) -> list[Figure]:
        """The pictures."""
        found = []
        for each in self.main.all("figure"):
            picture = each.one("img").attributes
            lines = [line.words for line in each.one("figcaption").all("span")]
            found.append(Figure(picture["src"], picture["alt"], "\n".join(lines)))
        return found

    @property
    def sections(self) -> dict[str, list[Element]]:
        """What stands under each smaller heading, up to the next one; under "" what stands before the first."""
        found: dict[str, list[Element]] = {"": []}
        name = ""
        for child in self.main.children:
            if isinstance(child, Element) and child.tag == "h2":
                name = child.words
                found[name] = []
            elif isinstance(child, Element):
                found[name].append(child)
        return found

    @property
    def form(self) -> Form:
        """The page's only form."""
        (found,) = self.forms
        return found

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return self.form.field().value

    def taps(self) -> list[tuple[str, str]]:
        """What the buttons stand for, as (action, value)."""
        named = [button for form in self.forms for button in form.buttons() if button.name == "tap"]
        return [(action, value) for action, _, value in (button.value.partition(":") for button in named)]

    def offers(self, action: str, value: str | None = None) -> bool:
        """Whether there is a button for this action; with this value, unless it does not matter."""
        return any(found == action and value in {None, given} for found, given in self.taps())

    def button(self, action: str, value: str = "") -> Control:
        """The button for this action and value.

        Raises:
            NoSuchButton: naming what the page offers instead.
        """
        for form in self.forms:
            for button in form.buttons():
                if button.name == "tap" and button.value == f"{action}:{value}":
                    return button
        raise NoSuchButton(f"“{self.heading}” does not offer {action}:{value}, but {self.taps()}\n{self.words}")


def read(*, path: str, status: int, headers: Mapping[str, str], html: str) -> Page:
    """Read a page."""
    tree = parse(html)
    forms = [_form(each, tree) for each in tree.all("form")]
    return Page(path=path, status=status, headers=headers, html=html, tree=tree, forms=forms)


def _form(form: Element, tree: Element) -> Form:
    labels = {each.attributes["for"]: each.words for each in tree.all("label")}
    controls = []
    for each in form.all("input", "textarea", "button"):
        told = each.attributes
        name, label = told.get("name", ""), labels.get(told.get("id", ""), "")
        if each.tag == "button":
            controls.append(Control("button", name, told.get("value", ""), each.words))
        elif each.tag == "textarea":
            controls.append(Control("box", name, _box(each), label))
        else:
            kind: Kind = "hidden" if told.get("type") == "hidden" else "line"
            controls.append(Control(kind, name, told.get("value", ""), label))
    return Form(form.attributes.get("action", ""), controls)


def _box(textarea: Element) -> str:
    """What a textarea holds: a line end right after its tag does not belong to it."""
    return textarea.text.removeprefix("\n")
