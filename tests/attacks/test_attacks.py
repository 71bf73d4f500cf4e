"""A dishonest facilitator in front of the real program, over both channels, at every moment.

For each attack: the smallest set of people to whom any number or comment ever seen can be narrowed is at least k. What
they do stands in the scenarios of the stand-in ``attacker``, so that test_disabled_rules.py can play the same against
a program of which a rule is disabled.

What cannot be prevented is not tested here: somebody who poses as several people, a changed program, and what people
who took part know of their own answers (rule 8).
"""

from __future__ import annotations

import pytest

from attacker import K, scenarios, stage
from attacker.scenarios import smallest


async def test_showing_before_and_after_one_answer_tells_nothing_of_it() -> None:
    async with stage() as place:
        assert smallest(await scenarios.before_and_after_one_answer(place)) == K


async def test_late_comers_are_shown_from_k_on_or_not_at_all() -> None:
    async with stage() as place:
        assert smallest(await scenarios.fewer_than_k_late_comers(place)) == K


async def test_total_minus_group_is_at_least_k_people() -> None:
    async with stage() as place:
        assert smallest(await scenarios.total_minus_group(place)) == K


async def test_skips_and_unknowns_do_not_narrow_a_statement() -> None:
    async with stage() as place:
        assert smallest(await scenarios.skippers(place)) == K


async def test_a_principle_minus_its_statements_tells_nothing_of_a_hidden_one() -> None:
    async with stage(principles=1, statements=3) as place:
        assert smallest(await scenarios.skippers(place)) == K


async def test_withdrawing_and_coming_back_in_any_group_counts_nobody_twice() -> None:
    async with stage() as place:
        assert smallest(await scenarios.withdrawing_and_coming_back(place)) >= K


async def test_only_what_is_handed_in_at_that_moment_is_shown() -> None:
    async with stage() as place:
        assert smallest(await scenarios.handed_in_or_not(place)) == K


async def test_two_devices_and_a_second_facilitator_show_a_cell_only_once_however_often_they_try() -> None:
    async with stage() as place:
        assert smallest(await scenarios.shown_again_and_again(place)) >= K


async def test_numbers_about_taking_part_are_told_from_k_on() -> None:
    async with stage() as place:
        assert await scenarios.numbers_of_who_took_part(place) == []


async def test_the_order_of_comments_tells_nothing() -> None:
    async with stage(principles=6, statements=1) as place:
        assert smallest(await scenarios.comment_order(place)) >= K


async def test_pictures_of_the_same_numbers_are_the_same_however_they_came_about() -> None:
    async with stage() as place:
        assert smallest(await scenarios.pictures_of_the_same_numbers(place)) >= K


async def test_trouble_in_delivery_is_not_seen_by_the_facilitator_and_nobody_else_hears_of_a_showing() -> None:
    async with stage() as place:
        assert smallest(await scenarios.trouble_in_delivery(place)) == K


async def test_answers_that_race_against_showing_are_in_or_out_and_never_alone() -> None:
    async with stage(principles=4, statements=1) as place:
        assert smallest(await scenarios.racing(place)) >= K


async def test_rounds_against_each_other_are_everybody_in_both() -> None:
    async with stage() as place:
        assert smallest(await scenarios.rounds_against_each_other(place)) == K


async def test_yesterdays_files_put_back_show_nobody_a_second_time() -> None:
    async with stage() as place:
        assert smallest(await scenarios.yesterdays_files(place)) >= K


@pytest.mark.parametrize("seed", [1, 2])
async def test_looking_at_everything_and_trying_to_show_at_every_moment(seed: int) -> None:
    async with stage(seed=seed) as place:
        assert smallest(await scenarios.at_every_moment(place)) >= K
