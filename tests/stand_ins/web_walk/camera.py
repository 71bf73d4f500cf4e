"""A real browser with the screen of a small telephone and JavaScript off: it measures pages and takes pictures of them.

Imported only where pages are looked at, as it needs Playwright and a Chromium on this machine.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.async_api import Browser, Locator, Page, async_playwright

from bot.charts.fonts import FOLDER
from bot.languages import FONTS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
WIDTH, HEIGHT = 360, 640
NARROW = 320
SMALLEST_TARGET = 44
FOCUS_WIDTH = 2

TARGETS = "a, button, input:not([type=hidden]), textarea, summary"
_TOO_SMALL = f"""() => [...document.querySelectorAll({TARGETS!r})]
    .map(each => [each.textContent.trim() || each.id, each.getBoundingClientRect()])
    .filter(([_, box]) => box.width > 0 && (box.height < {SMALLEST_TARGET} || box.width < {SMALLEST_TARGET}))
    .map(([words, box]) => `${{words}}: ${{box.width}}×${{box.height}}`)"""
_USABLE = f"""() => [...document.querySelectorAll({TARGETS!r})].filter(each => each.checkVisibility()).length"""
_OVERFLOWS = """() => document.documentElement.scrollWidth > innerWidth || [...document.querySelectorAll("main *")]
    .some(each => !each.closest(".hidden") && each.getBoundingClientRect().right > innerWidth + 1)"""
_STRAYED = """() => [...document.querySelectorAll("h1:not(.hidden), h2")].filter(each => {
    const box = each.getBoundingClientRect(), words = document.createRange();
    words.selectNodeContents(each);
    const line = words.getBoundingClientRect();
    return (document.documentElement.dir === "rtl" ? box.right - line.right : line.left - box.left) > 2;
}).map(each => each.textContent.trim())"""
_FOCUS = """() => {
    const each = document.activeElement, style = getComputedStyle(each);
    return [each.textContent.trim() || each.id, style.outlineStyle, parseFloat(style.outlineWidth)];
}"""


class Camera:
    """One telephone. ``folder``: where pictures go; None takes none."""

    def __init__(self, page: Page, *, base: str, folder: Path | None) -> None:
        self.page = page
        self.base = base
        self.folder = folder
        self.taken: list[str] = []

    async def open(self, path: str = "/") -> None:
        """Type an address, or reload."""
        await self.page.goto(path if path.startswith("http") else self.base + path)

    def button(self, action: str, value: str = "") -> Locator:
        """A button of the card."""
        return self.page.locator(f'button[name=tap][value="{action}:{value}"]')

    async def value(self, action: str) -> str:
        """What the first button for this action carries."""
        carried = await self.page.locator(f'button[name=tap][value^="{action}:"]').first.get_attribute("value")
        return (carried or "").partition(":")[2]

    async def tap(self, action: str, value: str = "") -> None:
        """Press it."""
        await self.button(action, value).click()

    async def send(self, words: str) -> None:
        """Type into the field and press the button beneath."""
        await self.page.fill("#words", words)
        await self.page.locator("form button.main").first.click()

    async def send_code(self, words: str) -> None:
        """Type a resume code and send it."""
        await self.page.fill("#code", words)
        await self.only_button()

    async def only_button(self) -> None:
        """Press the only button of the page, or the main one."""
        await self.page.locator("form button.main").click()

    async def heading(self) -> str:
        """The heading of the page."""
        return (await self.page.locator("h1").inner_text()).strip()

    async def height(self) -> int:
        """How high the page is, in pixels."""
        return int(await self._measure("() => document.documentElement.scrollHeight"))

    async def narrow_height(self) -> int:
        """The same on the narrowest screen. The page is left as wide as it was."""
        await self.page.set_viewport_size({"width": NARROW, "height": HEIGHT})
        height = await self.height()
        await self.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        return height

    async def take(self, name: str, *, whole: bool = True) -> None:
        """A picture of what the page shows; ``whole``: with what lies below the screen."""
        self.taken.append(name)
        if self.folder is not None:
            await self.page.screenshot(path=self.folder / f"{name}.png", full_page=whole)

    async def look(self, name: str) -> None:
        """Measure the page and take its picture.

        Raises:
            AssertionError: it must be pushed aside to be read, something on it is too small for a finger, or a heading
                does not stand at the side where the page's language begins.
        """
        for width in (NARROW, WIDTH):
            await self.page.set_viewport_size({"width": width, "height": HEIGHT})
            assert not await self._measure(_OVERFLOWS), f"{name}: wider than {width} pixels"
            small = await self._measure(_TOO_SMALL)
            assert small == [], f"{name} at {width} pixels: too small for a finger: {small}"
        strayed = await self._measure(_STRAYED)
        assert strayed == [], f"{name}: not at the side where the page begins: {strayed}"
        await self.take(name)

    async def walk_by_keyboard(self, name: str) -> None:
        """Press Tab through everything that can be used; each must show that it is where the keyboard is.

        Raises:
            AssertionError: naming what does not show it.
        """
        targets = await self._measure(_USABLE)
        for _ in range(targets):
            await self.page.keyboard.press("Tab")
            words, style, width = await self._measure(_FOCUS)
            assert style not in {"none", "hidden"}, f"{name}: {words} does not show the focus"
            assert width >= FOCUS_WIDTH, f"{name}: {words} hardly shows the focus"

    async def _measure(self, script: str) -> Any:
        # A tap returns when the next page is on its way; there is nothing to measure until it has come.
        await self.page.wait_for_load_state()
        return await self.page.evaluate(script)


@asynccontextmanager
async def chromium(*, keeps_pages: bool = False, every_script: bool = False) -> AsyncIterator[Browser]:
    """The browser, for as many telephones as are needed. ``keeps_pages``: for its Back button, as people's own do.

    ``every_script``: with the fonts of the pictures before those of this machine, which may lack a script.
    """
    async with async_playwright() as playwright:
        without = ["--disable-back-forward-cache"] if keeps_pages else []
        with TemporaryDirectory() as folder:
            browser = await playwright.chromium.launch(
                executable_path=CHROMIUM,
                args=FLAGS,
                ignore_default_args=without,
                env={**os.environ, **(_fonts(Path(folder)) if every_script else {})},
            )
            try:
                yield browser
            finally:
                await browser.close()


def _fonts(folder: Path) -> dict[str, str]:
    """Settings of fontconfig by which pages take our fonts first."""
    ours = "".join(f"<family>Equal Voice Sans {script}</family>" for script in dict.fromkeys(FONTS.values()))
    rules = "".join(
        f"<alias binding='strong'><family>{family}</family><prefer>{ours}</prefer></alias>"
        for family in ("system-ui", "sans-serif")
    )
    system = "<include ignore_missing='yes'>/etc/fonts/fonts.conf</include>"
    file = folder / "fonts.conf"
    file.write_text(f"<fontconfig>{system}<dir>{FOLDER}</dir>{rules}<cachedir>{folder}</cachedir></fontconfig>")
    return {"FONTCONFIG_FILE": str(file)}


@asynccontextmanager
async def telephone(
    browser: Browser,
    base: str,
    *,
    folder: Path | None = None,
    scale: float = 1,
    dark: bool = False,
    language: str = "en-GB",
) -> AsyncIterator[Camera]:
    """A telephone of its own, with no cookies yet. ``scale``: pixels of the picture for one of the page."""
    context = await browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT},
        device_scale_factor=scale,
        java_script_enabled=False,
        locale=language,
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    try:
        yield Camera(await context.new_page(), base=base, folder=folder)
    finally:
        await context.close()
