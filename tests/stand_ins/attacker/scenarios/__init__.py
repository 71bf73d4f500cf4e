"""What the dishonest facilitator tries. Each scenario takes a stage and returns all that could be concluded.

They raise ``Narrowed`` when something can be narrowed to fewer than k people, and an ordinary AssertionError when the
scenario itself did not come about.
"""

from attacker.scenarios.any_order import at_every_moment, racing
from attacker.scenarios.beside_numbers import comment_order, pictures_of_the_same_numbers
from attacker.scenarios.shared import Scenario, smallest
from attacker.scenarios.subtracting import (
    before_and_after_one_answer,
    fewer_than_k_late_comers,
    rounds_against_each_other,
    shown_again_and_again,
    skippers,
    total_minus_group,
    yesterdays_files,
)
from attacker.scenarios.taking_part import (
    handed_in_or_not,
    numbers_of_who_took_part,
    trouble_in_delivery,
    withdrawing_and_coming_back,
)

__all__ = [
    "Scenario",
    "at_every_moment",
    "before_and_after_one_answer",
    "comment_order",
    "fewer_than_k_late_comers",
    "handed_in_or_not",
    "numbers_of_who_took_part",
    "pictures_of_the_same_numbers",
    "racing",
    "rounds_against_each_other",
    "shown_again_and_again",
    "skippers",
    "smallest",
    "total_minus_group",
    "trouble_in_delivery",
    "withdrawing_and_coming_back",
    "yesterdays_files",
]
