"""What may be written down about a run: our own sentences, and of everything else only its kind and place.

Libraries, the event loop and Python itself may quote what they worked on: a statement with its values, an address with
the token, the words of a person in an exception. So nothing of theirs is repeated, and no traceback is printed. For the
same reason the program leaves no picture of its memory behind when it crashes.
"""

from __future__ import annotations

import logging
import resource
import sys
import threading
import traceback
import warnings
from pathlib import Path
from types import TracebackType

OURS = ("bot", "conversations", "storage")
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

log = logging.getLogger(__name__)


def start(level: str) -> None:
    """Our own loggers at this level on stderr; everybody else's warnings only, without their words."""
    logging.basicConfig(level=logging.WARNING, format=FORMAT, force=True)
    for handler in logging.getLogger().handlers:
        handler.addFilter(KindOnly())
    for ours in OURS:
        logging.getLogger(ours).setLevel(level)
    # Python would print the parts of a sentence that cannot be put together.
    logging.raiseExceptions = False
    sys.excepthook = lambda kind, error, trace: _failed("The program", kind, trace)
    threading.excepthook = lambda told: _failed("A thread", told.exc_type, told.exc_traceback)
    sys.unraisablehook = lambda told: _failed("Something in passing", told.exc_type, told.exc_traceback)
    warnings.showwarning = _warned


def leave_no_core() -> None:
    """Write no core file on a crash: it would hold keys and answers."""
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))


class KindOnly(logging.Filter):
    """Takes exceptions off every record, and the words off those that are not ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True."""
        told = record.exc_info
        if record.name.partition(".")[0] not in OURS:
            kind = f" ({place_of(told[0], told[2])})" if isinstance(told, tuple) and told[0] else ""
            record.msg = f"Line {record.lineno} of {record.filename} reports something{kind}."
            record.args = ()
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def place_of(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The class of an exception and the line that raised it."""
    frames = traceback.extract_tb(trace)
    return f"{kind.__name__}, line {frames[-1].lineno} of {Path(frames[-1].filename).name}" if frames else kind.__name__


def _failed(what: str, kind: type[BaseException], trace: TracebackType | None) -> None:
    log.error("%s failed (%s).", what, place_of(kind, trace))


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: object = None,
    line: object = None,
) -> None:
    log.warning("Python warns (%s, line %d of %s).", category.__name__, lineno, Path(filename).name)
