"""The pools: how answers of people become numbers of a group. The arithmetic of rules 1 to 3.

Pure: parts go in, a pool comes out. What is poured and when, the erasing and the spent marks are bot/pouring.py's;
the threshold is always passed in. Nothing else in the program adds up answers.

Theory of operation. A cell is one group and one principle. A pouring takes a batch of parts of at least ``threshold``
people or nothing. Within the cell each statement keeps a hidden tally. When the hidden tally holds at least
``threshold`` scores it joins the shown one and starts again from nothing. So every change that anybody can see in a
shown tally is made of at least ``threshold`` scores of as many people, and so is the difference of any two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from conversations.comments import normalised

Choice = Literal[1, 2, 3, 4, 5, "unknown", "skipped"]
"""What a person chose for one statement. A statement nobody touched counts as "skipped"."""

GivenUp = Literal["", "lost", "stopped"]

SCORES: tuple[Literal[1], Literal[2], Literal[3], Literal[4], Literal[5]] = (1, 2, 3, 4, 5)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One person's answers to one principle: a choice for each statement, and the comment ("" for none)."""

    choices: Mapping[str, Choice] = field(default_factory=dict)
    comment: str = ""


@dataclass(frozen=True)
class Tally:
    """How many people chose each score, 1 to 5 in this order, and how many said "I don't know"."""

    counts: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    unknown: int = 0

    @property
    def scored(self) -> int:
        """How many people chose a score."""
        return sum(self.counts)

    def __add__(self, other: Tally) -> Tally:
        a, b = self.counts, other.counts
        return Tally((a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4]), self.unknown + other.unknown)


EMPTY = Tally()


@dataclass(frozen=True)
class Comment:
    """One comment of a bag. A withheld one is never shown, only counted."""

    words: str
    withheld: bool = False


@dataclass(frozen=True, kw_only=True)
class Pool:
    """What is left of the people of a cell.

    ``people``: how many were poured. ``shown``: the tallies that results may be read from; a statement that is not
    in it has too few scores. ``hidden``: tallies that wait, never shown to anybody. ``comments``: those of the bag, in
    its random order, that may be shown. ``withheld``: those that the facilitator has hidden, by their place in the
    whole bag, from 0. ``batches``: how often this cell was poured, 0 to 2. ``given_up``: "" or, when nothing more is
    ever poured because the database was put back from an older copy, whether that "lost" a pouring of this very cell
    or one of another group, so that this cell was "stopped".
    """

    people: int = 0
    shown: Mapping[str, Tally] = field(default_factory=dict)
    hidden: Mapping[str, Tally] = field(default_factory=dict)
    comments: tuple[str, ...] = ()
    withheld: Mapping[int, str] = field(default_factory=dict)
    batches: int = 0
    given_up: GivenUp = ""

    @property
    def bag(self) -> tuple[Comment, ...]:
        """Every comment, withheld or not, in the random order of the bag: its place is what people call it by."""
        found = [Comment(words) for words in self.comments]
        for place, words in sorted(self.withheld.items()):
            found.insert(place, Comment(words, withheld=True))
        return tuple(found)

    def with_bag(self, bag: Sequence[Comment]) -> Pool:
        """The same pool with these comments, in this order."""
        return replace(
            self,
            comments=tuple(comment.words for comment in bag if not comment.withheld),
            withheld={place: comment.words for place, comment in enumerate(bag) if comment.withheld},
        )


Shuffle = Callable[[list[str]], None]


def count(parts: Iterable[Part], statement: str) -> Tally:
    """The tally of one statement over these parts."""
    counts = [0, 0, 0, 0, 0]
    unknown = 0
    for part in parts:
        choice = part.choices.get(statement, "skipped")
        if choice == "unknown":
            unknown += 1
        elif choice != "skipped":
            counts[choice - 1] += 1
    return Tally((counts[0], counts[1], counts[2], counts[3], counts[4]), unknown)


def pour(
    pool: Pool, batch: Sequence[Part], *, threshold: int, statements: Sequence[str], shuffle: Shuffle
) -> Pool | None:
    """Pour one batch into a pool. None when the batch is smaller than the threshold: then nothing is taken.

    Old and new comments are mixed together; what was withheld stays withheld, and so does a new comment of the same
    words. ``shuffle`` puts a list in cryptographically random order, in place.
    """
    if threshold < 2:
        raise ValueError("A threshold below 2 would show one person's answers.")
    if len(batch) < threshold:
        return None
    shown, hidden = dict(pool.shown), {}
    for statement in statements:
        waiting = pool.hidden.get(statement, EMPTY) + count(batch, statement)
        if waiting.scored >= threshold:
            shown[statement] = shown.get(statement, EMPTY) + waiting
        elif waiting != EMPTY:
            hidden[statement] = waiting
    withheld = {normalised(words) for words in pool.withheld.values()}
    written = [*(comment.words for comment in pool.bag), *(part.comment for part in batch)]
    # Older programs kept comments as they were typed.
    comments = [words for typed in written if (words := normalised(typed))]
    shuffle(comments)
    poured = Pool(people=pool.people + len(batch), shown=shown, hidden=hidden, batches=pool.batches + 1)
    return poured.with_bag([Comment(words, withheld=words in withheld) for words in comments])


def withhold(pool: Pool, words: str) -> Pool:
    """The pool with that comment hidden. The same words written by several people are hidden together."""
    return pool.with_bag([replace(each, withheld=each.withheld or each.words == words) for each in pool.bag])


def release(pool: Pool, words: str) -> Pool:
    """The pool with that comment put back."""
    return pool.with_bag([replace(each, withheld=each.withheld and each.words != words) for each in pool.bag])


def left_over(batch: Sequence[Part], *, threshold: int, statements: Sequence[str]) -> Pool | None:
    """At closing: the people of all groups who were left over, together, scores only. None when they are too few."""
    without_words = [Part(choices=part.choices) for part in batch]
    return pour(Pool(), without_words, threshold=threshold, statements=statements, shuffle=lambda _: None)


def together(pools: Iterable[Pool]) -> Pool:
    """ "Everyone": the sum of what is shown. Comments, withheld ones and hidden tallies stay where they are."""
    people, shown = 0, dict[str, Tally]()
    for pool in pools:
        people += pool.people
        for statement, tally in pool.shown.items():
            shown[statement] = shown.get(statement, EMPTY) + tally
    return Pool(people=people, shown=shown)
