"""What a facilitator can conclude: for every number and comment ever seen, the smallest set of people behind it.

Pure: observations and the truth go in, a list of ``Narrowing`` comes out. It knows nothing of how the program pours;
it only subtracts. A facilitator can subtract any two things that they saw of which one holds the other:

* the same cell at two moments, and the same statement of everyone at two moments;
* everyone minus any of the groups, each at any earlier moment;
* a group's average over a principle, the score sheet, the overview, the gaps and the total, minus what the tallies
  say that they must be;
* the words on the comments card at two moments.

What is left of a subtraction was made by somebody. How many scores are left is the size: each person gives one score
to a statement. "I don't know" and skips do not count towards it (rule 1). The truth then says who they can have been:
people who had really handed that in when it was poured, nobody twice. Where no such people are there, the numbers hold
what they must not hold (somebody who had withdrawn, somebody a second time), and the size is 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from attacker.observing import EVERYONE, Average, Cell, Observation, Place, Tally
from attacker.truth import Stay, Truth, able, choices, explained, people

NOTHING = Tally()
TENTH = 0.05 + 1e-9
"""How far an average may be off that was rounded to one place."""
SEARCHED = 60
"""So many more answers at most are tried to explain an average."""


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """``what`` was seen or worked out can be narrowed to ``size`` people; ``whom``: who that can be."""

    what: str
    size: int
    whom: frozenset[str] = frozenset()

    def __str__(self) -> str:
        who = f", such as {', '.join(sorted(self.whom))}" if self.whom else ""
        return f"{self.what}: {self.size}{who}"


class Narrowed(AssertionError):
    """Something can be narrowed to fewer than k people."""


@dataclass(frozen=True, kw_only=True)
class Pouring:
    """``more`` people came into a cell after one moment and by another."""

    after: int
    by: int
    more: int


@dataclass
class Attacker:
    """Everything that was seen, oldest first, and the truth that the people behind it kept."""

    groups: tuple[str, ...]
    principles: tuple[str, ...]
    statements: tuple[int, ...]
    truth: Truth
    seen: list[Observation] = field(default_factory=list)

    @property
    def _whole(self) -> list[Observation]:
        return [look for look in self.seen if look.whole]

    def narrowings(self) -> list[Narrowing]:
        """All of them, however large."""
        return [*self._people(), *self._tallies(), *self._everyone(), *self._averages(), *self._comments()]

    # how many people are in a cell

    def pourings(self, cell: Cell) -> list[Pouring]:
        """When the number of people in a cell changed."""
        found, before, moment = [], 0, -1
        for look in self._whole:
            now = look.people.get(cell, 0)
            if now != before:
                found.append(Pouring(after=moment, by=look.moment, more=now - before))
            before, moment = now, look.moment
        return found

    def _people(self) -> Iterator[Narrowing]:
        for principle in self.principles:
            demands: list[frozenset[str]] = []
            for group in self.groups:
                pourings = self.pourings((group, principle))
                for pouring in pourings:
                    there = people(self.truth.alive(group, principle, pouring.after, pouring.by))
                    demands += [there] * pouring.more
                    what = f"people of {group} in {principle} between {pouring.after} and {pouring.by}"
                    yield Narrowing(what=what, size=abs(pouring.more), whom=there)
                times = sum(pouring.more > 0 for pouring in pourings)
                if times > 2:
                    yield Narrowing(what=f"{group} in {principle} was poured {times} times", size=0)
            if explained(demands) is None:
                yield Narrowing(what=f"more people are counted in {principle} than had handed in", size=0)

    # tallies of groups

    def _tallies(self) -> Iterator[Narrowing]:
        for place in self._places(self.groups):
            group, principle, statement = place
            for earlier, later in combinations(self._changes(place), 2):
                yield from self._difference(f"{place} later minus earlier", earlier[1], later[1])
            for moment, tally in self._changes(place)[1:]:
                there = self._poured(group, principle, by=moment)
                yield from self._who(f"{place} at {moment}", tally, there, statement)

    def _changes(self, place: Place) -> list[tuple[int, Tally]]:
        """The different tallies of a place with the moment at which each was first seen; at first there was nothing."""
        found = [(-1, NOTHING)]
        for look in self._whole:
            tally = look.tallies.get(place, NOTHING if place[0] != EVERYONE else None)
            if tally is not None and tally != found[-1][1]:
                found.append((look.moment, tally))
        return found

    def behind(self, place: Place) -> frozenset[str]:
        """People who can have made the last tally that was seen of a group; as few as possible."""
        group, principle, statement = place
        moment, tally = self._changes(place)[-1]
        stays = self._poured(group, principle, by=moment)
        demands = [able(stays, statement, choice) for choice in choices(tally.counts, 0)]
        return explained(demands) or frozenset()

    def _poured(self, group: str, principle: str, *, by: int) -> list[Stay]:
        """Who can have been poured into a cell by some moment."""
        found: list[Stay] = []
        for pouring in self.pourings((group, principle)):
            if pouring.by <= by:
                found += self.truth.alive(group, principle, pouring.after, pouring.by)
        return found

    def _difference(self, what: str, less: Tally, more: Tally) -> Iterator[Narrowing]:
        difference = more.minus(less)
        if any(difference):
            added = sum(number for number in difference[:5] if number > 0)
            taken = -sum(number for number in difference[:5] if number < 0)
            yield Narrowing(what=f"{what}: {difference}", size=max(added, taken))

    def _who(self, what: str, tally: Tally, stays: Sequence[Stay], statement: int) -> Iterator[Narrowing]:
        """A tally must be made of different people who had handed that in."""
        demands = [able(stays, statement, choice) for choice in choices(tally.counts, tally.unknown)]
        whom = explained(demands)
        if whom is None:
            yield Narrowing(what=f"{what}: {tally} holds what those who were poured did not say once each", size=0)
        elif tally != NOTHING:
            yield Narrowing(what=f"{what}: {tally}", size=tally.scored, whom=whom)

    def _places(self, groups: Sequence[str]) -> Iterator[Place]:
        yield from product(groups, self.principles, self.statements)

    # everyone

    def _everyone(self) -> Iterator[Narrowing]:
        for place in self._places([EVERYONE]):
            _, principle, statement = place
            told = self._changes(place)[1:]
            for earlier, later in combinations(told, 2):
                yield from self._difference(f"{place} later minus earlier", earlier[1], later[1])
            for moment, tally in told:
                stays = [stay for stay in self.truth.of(None, principle) if stay.begins <= moment]
                yield from self._who(f"{place} at {moment}", tally, stays, statement)
                yield from self._without_groups(place, moment, tally)

    def _without_groups(self, place: Place, moment: int, everyone: Tally) -> Iterator[Narrowing]:
        """Total minus group: any of the groups, each as it stood at any moment up to then."""
        _, principle, statement = place
        for many in range(1, len(self.groups) + 1):
            for groups in combinations(self.groups, many):
                histories = [
                    [each for each in self._changes((group, principle, statement)) if each[0] <= moment]
                    for group in groups
                ]
                for tallies in product(*histories):
                    rest = sum((tally for _, tally in tallies), NOTHING)
                    yield from self._difference(f"{place} minus {' and '.join(groups)}", rest, everyone)

    # averages

    def _averages(self) -> Iterator[Narrowing]:
        for look in self._whole:
            for average in look.averages:
                if average.where == "total":
                    yield from self._total(look, average)
                elif average.where == "gap":
                    yield from self._gap(look, average)
                else:
                    yield from self._average(look, average)

    def _average(self, look: Observation, average: Average) -> Iterator[Narrowing]:
        """An average says no more than the tallies at that moment; if it does, how few more answers explain it?"""
        group, principle, statement = average.place
        tallies = [self._of(look, (group, principle, each)) for each in ([statement] if statement else self.statements)]
        together = sum(tallies, NOTHING)
        right = together.scored and abs(together.total / together.scored - average.value) <= TENTH
        if right and all(tally.scored for tally in tallies):
            return
        yield Narrowing(what=f"{average} beside {together}", size=_fewest(together, average.value))

    def _of(self, look: Observation, place: Place) -> Tally:
        """The tally of a group at that moment; of everyone, where only an average stands, the sum of the groups."""
        group, principle, statement = place
        if group != EVERYONE or place in look.tallies:
            return look.tallies.get(place, NOTHING)
        groups = [look.tallies.get((each, principle, statement), NOTHING) for each in self.groups]
        return sum(groups, NOTHING)

    def _mean(self, look: Observation, group: str, principle: str) -> float | None:
        tallies = [self._of(look, (group, principle, each)) for each in self.statements]
        together = sum(tallies, NOTHING)
        return together.total / together.scored if all(tally.scored for tally in tallies) else None

    def _gap(self, look: Observation, gap: Average) -> Iterator[Narrowing]:
        means = [self._mean(look, group, gap.place[1]) for group in self.groups]
        known = [mean for mean in means if mean is not None]
        if len(known) < 2 or abs(max(known) - min(known) - gap.value) > TENTH:
            yield Narrowing(what=f"{gap} is not the gap of {known}", size=0)

    def _total(self, look: Observation, total: Average) -> Iterator[Narrowing]:
        places = list(self._places([EVERYONE]))
        tallies = [self._of(look, place) for place in places]
        if not all(tally.scored for tally in tallies):
            yield Narrowing(what=f"{total} although some statements are not shown", size=0)
        elif abs(sum(tally.total / tally.scored for tally in tallies) - total.value) > TENTH:
            yield Narrowing(what=f"{total} is not the total of {tallies}", size=0)

    # comments

    def _comments(self) -> Iterator[Narrowing]:
        for cell in product(self.groups, self.principles):
            before: Counter[str] = Counter()
            moment = -1
            for look in self._whole:
                if len({tuple(sorted(order)) for order in look.comments.get(cell, {}).values() if order}) > 1:
                    yield Narrowing(what=f"two cards tell different comments of {cell}", size=0)
                now = Counter(look.bag(cell))
                for words in (now - before).elements():
                    yield self._new_words(cell, words, after=moment, by=look.moment)
                for words in (before - now).elements():
                    gone = [each for each in self.pourings(cell) if moment < each.by <= look.moment]
                    size = sum(abs(each.more) for each in gone)
                    yield Narrowing(what=f"words vanished from {cell}: {words!r}", size=size, whom=self._wrote(words))
                before, moment = now, look.moment
            for words, times in before.items():
                if times > 1:
                    yield Narrowing(what=f"words stand {times} times: {words!r}", size=0, whom=self._wrote(words))

    def _new_words(self, cell: Cell, words: str, *, after: int, by: int) -> Narrowing:
        """Words belong to the batch that was poured between two looks: to everybody in it."""
        batch = [each for each in self.pourings(cell) if after < each.by <= by]
        size = sum(each.more for each in batch)
        there = people(self.truth.alive(*cell, after, by))
        authors = people(stay for stay in self.truth.alive(*cell, after, by) if stay.said.comment == words)
        what = f"words in {cell} by {by}: {words!r}"
        if not authors:
            return Narrowing(
                what=f"{what}, of somebody who had not handed them in there", size=0, whom=self._wrote(words)
            )
        return Narrowing(what=what, size=size, whom=there if size else authors)

    def _wrote(self, words: str) -> frozenset[str]:
        return people(self.truth.author(words))


def _fewest(shown: Tally, average: float) -> int:
    """How few more answers than those shown give this average; 0 when no number of them does."""
    for more in range(1, SEARCHED):
        everybody = shown.scored + more
        for added in range(more, 5 * more + 1):
            if abs((shown.total + added) / everybody - average) <= TENTH:
                return more
    return 0


def rounds_apart(one: Attacker, other: Attacker) -> list[Narrowing]:
    """One round minus another, of the same organisation and perhaps the same people.

    Each answer is given anew in each round, so what is left of such a subtraction was made by everybody in both. It
    cannot be prevented that who answers the same twice takes themselves out of it by that; rule 8 says that people who
    took part know their own answers.
    """
    found = []
    for place in product(one.groups, one.principles, one.statements):
        behind = [each.behind(place) for each in (one, other)]
        if all(behind):
            whom = behind[0] | behind[1]
            found.append(Narrowing(what=f"{place} of one round minus another", size=len(whom), whom=whom))
    return found
