"""A dishonest facilitator in front of the real program, and what they can conclude from everything they see.

``stage`` starts the program with a small questionnaire. A ``Facilitator`` looks at everything at every moment on both
channels; ``Somebody`` takes part and writes into the ``Truth`` what really happened. ``reading`` makes observations of
cards and captions, ``narrowing`` subtracts them from each other and says to how few people anything can be narrowed,
``numbers`` judges what is told about taking part, ``order`` and ``pictures`` what is told beside numbers. ``disabled``
starts the program with one of its rules taken away. Nothing here but ``disabled`` and ``swapping`` imports the program.
"""

from attacker.facilitating import Facilitator
from attacker.narrowing import Attacker, Narrowed, Narrowing
from attacker.people import Somebody
from attacker.stage import STAFF, USERS, K, Stage, stage

__all__ = ["STAFF", "USERS", "Attacker", "Facilitator", "K", "Narrowed", "Narrowing", "Somebody", "Stage", "stage"]
