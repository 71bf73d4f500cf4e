"""With each rule disabled in turn the attack suite fails: the table says which scenario catches which.

A rule is disabled by replacing functions of the program before it starts (``attacker/disabled.py``), never by a
setting. The scenario that catches it is played with the real program all the same, and must end in ``Narrowed``: a
program that breaks down proves nothing.
"""

from __future__ import annotations

import pytest

from attacker import Narrowed, scenarios, stage
from attacker.disabled import RULES
from attacker.scenarios import Scenario

CAUGHT_BY: dict[str, tuple[Scenario, str]] = {
    "a pouring takes at least k people": (scenarios.fewer_than_k_late_comers, "people of Staff in Networks"),
    "numbers of people who handed in are told from k on": (scenarios.numbers_of_who_took_part, "1 handed in"),
    "a statement's scores wait until there are k of them": (scenarios.skippers, "later minus earlier"),
    "a cell is poured at most twice": (scenarios.shown_again_and_again, "was poured 3 times"),
    "what was poured is spent, and nobody is poured twice": (scenarios.withdrawing_and_coming_back, "more people"),
    "what older files have forgotten is given up": (scenarios.yesterdays_files, "later minus earlier"),
    "pouring erases": (scenarios.fewer_than_k_late_comers, "did not say once each"),
    "comments are shuffled": (scenarios.comment_order, "the principle before"),
    "no order of arrival is kept": (scenarios.comment_order, "handing in"),
    "withdrawing erases": (scenarios.withdrawing_and_coming_back, "more people"),
    "only what is handed in is poured": (scenarios.handed_in_or_not, "had not handed them in"),
    "what is taken out until the last moment is not poured": (scenarios.handed_in_or_not, "had not handed them in"),
    "the left-over batch holds at least k people": (scenarios.total_minus_group, "minus Staff"),
    "the words of left-over people are erased": (scenarios.fewer_than_k_late_comers, "words in"),
    "everyone is the sum of what is shown": (scenarios.skippers, "('Everyone', 'Assets', 1)"),
    "pictures and captions are made from shown tallies only": (scenarios.skippers, "later minus earlier"),
    "a picture tells nothing but what its words tell": (scenarios.handed_in_or_not, "tEXt"),
    "a group of which too few scores are shown has no average": (scenarios.skippers, "where='sheet'"),
}
"""By rule: the scenario, and the conclusion that it ends in."""


def test_every_rule_that_can_be_disabled_is_in_the_table() -> None:
    assert sorted(CAUGHT_BY) == sorted(RULES)


@pytest.mark.parametrize("rule", CAUGHT_BY, ids=lambda rule: f"{rule} - {CAUGHT_BY[rule][0].__name__}")
async def test_without_the_rule_the_attack_succeeds(rule: str) -> None:
    scenario, conclusion = CAUGHT_BY[rule]
    many = scenario is scenarios.comment_order
    async with stage(without=rule, eager=True, principles=6 if many else 2, statements=1 if many else 2) as place:
        with pytest.raises(Narrowed) as caught:
            await scenario(place)
    assert conclusion in str(caught.value)
