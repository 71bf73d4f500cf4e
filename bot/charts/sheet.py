"""The drawing surface: what is put where, and the picture made from it.

Laid out in whole pixels, from start to end and downwards. The sheet remembers every text box and every shape that it
places, so that tests can see whether two of them meet. Text is drawn exactly as it was measured; no layout engine
moves anything.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol, cast

from matplotlib.artist import Artist as Drawable
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Patch, Polygon, Rectangle
from matplotlib.transforms import Affine2D
from PIL import Image

from bot.charts.fonts import DOTS_PER_INCH, Fonts
from bot.charts.geometry import Align, Box
from bot.charts.palette import GREY, INK, PAPER, Shape, Style, png
from bot.charts.wrapping import Wrapped, wrap

ABOVE_ALL = 10.0
MARKER = 26
"""How far a group's mark reaches from its middle."""


class _Canvas(Protocol):
    """The part of matplotlib's canvas that has no types of its own."""

    def draw(self) -> None: ...

    def buffer_rgba(self) -> memoryview: ...


@dataclass(frozen=True)
class PlacedText:
    """A line of text on the finished picture. The box is the ink's height and the line's width."""

    words: str
    box: Box
    size: int


class _Letters(Drawable):
    """A line of text at a place that is known: what matplotlib's Text does after its own layout, which we
    leave out.
    """

    def __init__(self, x: float, y: float, words: str, font: FontProperties, colour: str) -> None:
        super().__init__()
        self._place, self._words, self._font, self._colour = (x, y), words, font, colour
        self.set_zorder(ABOVE_ALL)

    def draw(self, renderer: RendererBase) -> None:
        """Draw the line, never as mathematics."""
        ink = renderer.new_gc()
        ink.set_foreground(self._colour)
        renderer.draw_text(ink, *self._place, self._words, self._font, 0, ismath=False)
        ink.restore()


class Sheet:
    """A page that grows downwards. ``fonts`` decides on the direction: mirrored for right-to-left languages."""

    def __init__(self, fonts: Fonts, *, width: int) -> None:
        self.fonts = fonts
        self.width = width
        self.height = 0.0
        self._texts: list[PlacedText] = []
        self._shapes: list[Box] = []
        self._drawables: list[Drawable] = []
        self._pasted: list[tuple[Image.Image, int, int]] = []

    @property
    def texts(self) -> tuple[PlacedText, ...]:
        """Every line placed so far."""
        return tuple(self._texts)

    @property
    def shapes(self) -> tuple[Box, ...]:
        """The place of every filled rectangle, mark and pasted picture so far."""
        return tuple(self._shapes)

    def wrap(self, words: str, *, width: float, size: int, bold: bool = False, most: int = 99) -> Wrapped:
        """The words in lines of this sheet's fonts, ready to be placed."""
        return wrap(words, fonts=self.fonts, width=width, size=size, bold=bold, most=most)

    def words(self, text: Wrapped, x: float, y: float, *, align: Align = "start", colour: str = INK) -> float:
        """Put lines below ``y``, beginning, centred or ending at ``x``. Gives the y below the last line."""
        for line in text.lines:
            begin = x - {"start": 0.0, "middle": line.width / 2, "end": line.width}[align]
            left = round(self._left(begin, line.width))
            baseline = round(y + line.rise)
            extent = text.fonts.measure(line.words, size=text.size, bold=text.bold)
            box = Box(left, baseline - extent.above, left + extent.width, baseline + extent.below)
            self._texts.append(PlacedText(line.words, box, text.size))
            font = text.fonts.properties(line.words, size=text.size, bold=text.bold)
            self._add(_Letters(left, baseline, text.fonts.directed(line.words), font, colour))
            y += line.rise + line.drop
        return self.reach(y)

    def block(self, x: float, y: float, width: float, height: float, *, fill: str, outline: str | None = None) -> None:
        """A filled rectangle."""
        left, top = round(self._left(x, width)), round(y)
        self._shapes.append(Box(left, top, left + round(width), top + round(height)))
        self._add(
            Rectangle(
                (left, top),
                round(width),
                round(height),
                facecolor=fill,
                edgecolor=outline or fill,
                linewidth=1.5 if outline else 0,
                zorder=1,
            )
        )
        self.reach(y + height)

    def erase(self, x: float, y: float, width: float, height: float) -> None:
        """Wipe out the rules where a text will stand."""
        place = (round(self._left(x, width)), round(y))
        self._add(Rectangle(place, round(width), round(height), facecolor=PAPER, linewidth=0, zorder=2.5))

    def rule(self, x1: float, y1: float, x2: float, y2: float, *, colour: str, width: float) -> None:
        """A straight line."""
        xs = [self._left(x1, 0), self._left(x2, 0)]
        self._add(Line2D(xs, [y1, y2], color=colour, linewidth=width, solid_capstyle="butt", zorder=2))

    def mark(self, style: Style, x: float, y: float) -> None:
        """The mark of a group, with a white edge that keeps it apart from what lies below."""
        x = self._left(x, 0)
        self._shapes.append(Box(x - MARKER, y - MARKER, x + MARKER, y + MARKER))
        halo = _shape(style.shape, x, y, MARKER + 3)
        shape = _shape(style.shape, x, y, MARKER - (5 if style.hollow else 0))
        halo.set(facecolor=PAPER, linewidth=0, zorder=3)
        shape.set(
            facecolor=PAPER if style.hollow else style.colour,
            edgecolor=style.colour,
            linewidth=6 if style.hollow else 0,
            zorder=4,
        )
        self._add(halo)
        self._add(shape)

    def paste(self, image: Image.Image, x: int, y: int) -> None:
        """Put a ready picture with its upper start corner at (x, y); it is never mirrored."""
        left = round(self._left(x, image.width))
        self._pasted.append((image, left, y))
        self._shapes.append(Box(left, y, left + image.width, y + image.height))
        self.reach(y + image.height)

    def reach(self, y: float) -> float:
        """Make the sheet at least that high. Gives ``y`` back."""
        self.height = max(self.height, y)
        return y

    def png(self) -> bytes:
        """The picture, as wide and high as the sheet."""
        height = math.ceil(self.height)
        figure = Figure(figsize=(self.width / DOTS_PER_INCH, height / DOTS_PER_INCH), dpi=DOTS_PER_INCH)
        figure.set_facecolor(PAPER)
        upside_down = Affine2D().scale(1, -1).translate(0, height)
        for drawable in self._drawables:
            drawable.set(transform=upside_down)
            figure.add_artist(drawable)
        canvas = cast(_Canvas, FigureCanvasAgg(figure))
        canvas.draw()
        size = (self.width, height)
        picture = Image.frombytes("RGBA", size, bytes(canvas.buffer_rgba())).convert("RGB")
        for image, x, y in self._pasted:
            picture.paste(image, (x, y))
        return png(picture)

    def _left(self, x: float, width: float) -> float:
        """Where something that begins at ``x`` has its left edge on the finished picture."""
        return self.width - x - width if self.fonts.mirrored else x

    def _add(self, drawable: Drawable) -> None:
        self._drawables.append(drawable)


def swatch(sheet: Sheet, x: float, y: float, size: float, colour: str) -> None:
    """A small square of a legend."""
    sheet.block(x, y, size, size, fill=colour, outline=GREY)


def _shape(shape: Shape, x: float, y: float, reach: float) -> Patch:
    match shape:
        case "circle":
            return Circle((x, y), reach * 0.74)
        case "diamond":
            return _polygon(x, y, reach, corners=4, turn=0)
        case "square":
            return _polygon(x, y, reach, corners=4, turn=45)
        case "triangle":
            return _polygon(x, y + reach * 0.2, reach, corners=3, turn=30)


def _polygon(x: float, y: float, size: float, *, corners: int, turn: float) -> Polygon:
    angles = [math.radians(turn + 360 * corner / corners) for corner in range(corners)]
    return Polygon([(x + size * math.cos(angle), y + size * math.sin(angle)) for angle in angles])
