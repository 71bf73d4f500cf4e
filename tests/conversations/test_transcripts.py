"""Every way through the conversation, step by step: who did what, and what they saw.

Each transcript runs through the real turns, where the dialogue is written and read again between every two steps.
A new path is a new file in transcripts/; walking/transcript.py says what can stand in it. With REWRITE=1 what
followed each step is written anew: read the diff.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from conversations.machine import TABLE
from walking.expectations import expect
from walking.transcript import Transcript

FILES = sorted((Path(__file__).parent / "transcripts").glob("*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_transcript_plays_as_written(file: Path, tmp_path: Path) -> None:
    script = json.loads(file.read_text("utf-8"))
    played = {**script, "steps": asyncio.run(Transcript(script, tmp_path).play())}
    expect(file, json.dumps(played, ensure_ascii=False, indent=1) + "\n")


def test_every_state_stands_in_a_transcript() -> None:
    seen = {
        line.removeprefix("state ").partition(" (")[0]
        for file in FILES
        for step in json.loads(file.read_text("utf-8"))["steps"]
        for line in step.get("then", {}).get("card", [])[:1]
    }
    assert set(TABLE) - seen == set()
