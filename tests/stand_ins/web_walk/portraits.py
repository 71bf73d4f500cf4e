"""Makes the pictures of the README: ``python -m web_walk.portraits FOLDER``; see docs/pictures/README.md.

Everything comes from a rehearsal in a folder of its own: its charts as they are, and its pages as a small telephone
shows them.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from PIL import Image

from web_walk.camera import Camera, chromium, telephone
from web_walk.instrument import OPEN_QUESTION, STATEMENTS

CHARTS = {"chart-principle": "relationships", "chart-gaps": "gaps", "chart-overview": "overview"}
"""Name in docs/pictures → name among the pictures of the rehearsal."""
SETTINGS = {
    "OPERATOR_NAME": "Riverside Voices",
    "OPERATOR_CONTACT": "hello@riverside.example",
    "LOG_LEVEL": "WARNING",
    "LANGUAGES": "en",
}
COLOURS = 16
LARGEST = 70_000
"""Bytes."""

_DEVICE = re.compile(r"(http://\S+)(/d/\S+)")


@asynccontextmanager
async def rehearsal(folder: Path) -> AsyncIterator[tuple[str, str]]:
    """A running rehearsal: its address, and the path that lets a browser in as its facilitator."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "rehearsal", cwd=folder, env=SETTINGS, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        async for line in process.stdout:
            if found := _DEVICE.search(line.decode()):
                yield found[1], found[2]
                return
        raise SystemExit("The rehearsal ended before it began.")
    finally:
        process.terminate()
        await process.wait()


async def take_all(folder: Path) -> None:
    """Every picture, into this folder."""
    with tempfile.TemporaryDirectory(prefix="ev-") as place:
        # The program's own folder holds its data and the charts.
        async with rehearsal(Path(place)) as (address, way_in), chromium() as browser:
            for name, drawn in CHARTS.items():
                shutil.copyfile(Path(place) / f"rehearsal/pictures/{drawn}.png", folder / f"{name}.png")
            async with telephone(browser, address) as facilitator:
                link = await of_the_facilitator(facilitator, way_in)
            async with telephone(browser, address, folder=folder, scale=2) as participant:
                await of_the_conversation(participant, link)


async def of_the_facilitator(phone: Camera, way_in: str) -> str:
    """By the assessment's page to the link for people who use services."""
    await phone.open(way_in)
    await phone.only_button()
    await phone.page.locator('button[value^="open:"]').click()
    await phone.tap("f-invite")
    await phone.page.locator('button[value^="f-group:"]').last.click()
    return (await phone.page.locator("code").all_inner_texts())[-1]


async def of_the_conversation(phone: Camera, link: str) -> None:
    """What is promised, a question, and the check card at the end of a principle."""
    await phone.open(link)
    await phone.only_button()
    await phone.take("conversation-welcome", whole=False)
    await phone.tap("agree")
    await phone.take("conversation-question", whole=False)
    for score in ("2", "4", "3"):
        assert await phone.heading() in STATEMENTS
        await phone.tap("score", score)
    assert await phone.heading() == OPEN_QUESTION
    await phone.send("Ask us before you decide, not after.")
    await phone.take("conversation-check")


def main(folder: Path) -> None:
    """Take them, and make those of pages small."""
    asyncio.run(take_all(folder))
    for picture in sorted(folder.glob("*.png")):
        if picture.stem not in CHARTS:
            make_small(picture)


def make_small(path: Path) -> None:
    """Few colours are enough for a page; charts have few already."""
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    assert size < LARGEST, f"{path.name} has {size} bytes"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
