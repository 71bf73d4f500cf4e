"""The real program as a process of its own, for end-to-end tests.

``Program`` starts ``python -m bot run`` in a folder of its own with settings from the test, waits until its pages
answer, and can kill, stop and start it again on the same data. ``pause`` plants a pause inside the program, at a named
function, by a small wrapper: the process then waits there, inside its transaction, until it is killed or let go.
Everything it printed and logged is kept in ``output``.
"""

from program.running import Ended, Program

__all__ = ["Ended", "Program"]
