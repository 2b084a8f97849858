"""An article, the same article changed in known ways, and the links that are true."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rewriting.sentences import merge, restyle, reword, split

Link = tuple[tuple[int, ...], tuple[int, ...]]

#: How often a sentence undergoes each operation; the rest stays as it is.
SHARES = {
    "cut": 0.10,
    "split": 0.12,
    "merge": 0.06,
    "reword": 0.22,
    "style": 0.12,
}
INSERTED = 0.12
MOVED_BLOCKS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the changed article: its text, where it comes from, what was done to it."""

    text: str
    sources: tuple[int, ...]
    operation: str


@dataclass(frozen=True, slots=True)
class Case:
    """An article's sentences, the changed ones, and the links that are true.

    Attributes:
        a: The sentences as they were.
        b: The sentences after the changes.
        links: Each true link with its operation.
        cut: Sentences of A that are gone.
        inserted: Sentences of B that come from elsewhere.
    """

    a: tuple[str, ...]
    b: tuple[str, ...]
    links: dict[Link, str]
    cut: frozenset[int]
    inserted: frozenset[int]


def make_case(sentences: Sequence[str], strangers: Sequence[str], rng: random.Random) -> Case:
    """Change an article in known ways.

    Args:
        sentences: The article's sentences, in order.
        strangers: Sentences to insert; they must not tell the same things.
        rng: The source of every choice: one seed gives one case.
    """
    lines: list[Line] = []
    number = 0
    while number < len(sentences):
        text = sentences[number]
        operation = _draw(rng)
        if operation == "cut":
            number += 1
            continue
        if operation == "split" and (parts := split(text, rng)):
            lines += [Line(part, (number,), "split") for part in parts]
        elif (
            operation == "merge"
            and number + 1 < len(sentences)
            and (joined := merge(text, sentences[number + 1], rng))
        ):
            lines.append(Line(joined, (number, number + 1), "merge"))
            number += 1
        elif operation == "reword":
            strength = rng.choice(("light", "medium", "strong"))
            lines.append(Line(reword(text, strength, rng), (number,), f"reword {strength}"))
        elif operation == "style" and (styled := restyle(text, rng)) != text:
            lines.append(Line(styled, (number,), "house style"))
        else:
            lines.append(Line(text, (number,), "keep"))
        number += 1
    lines = move(lines, rng)
    lines = insert(lines, strangers, rng)
    return _case(sentences, lines)


def make_cases(articles: Sequence[Sequence[str]], rounds: int, seed: int = 5) -> list[Case]:
    """Change each article `rounds` times; the next ones give the sentences to insert."""
    rng = random.Random(seed)
    return [
        make_case(sentences, articles[(number + 1 + turn) % len(articles)], rng)
        for turn in range(rounds)
        for number, sentences in enumerate(articles)
    ]


def _draw(rng: random.Random) -> str:
    point = rng.random()
    for operation, share in SHARES.items():
        if point < share:
            return operation
        point -= share
    return "keep"


def _case(sentences: Sequence[str], lines: Sequence[Line]) -> Case:
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for position, line in enumerate(lines):
        if line.sources:
            groups[line.sources].append(position)
    links = {
        (sources, tuple(positions)): lines[positions[0]].operation
        for sources, positions in groups.items()
    }
    linked = {source for sources in groups for source in sources}
    return Case(
        tuple(sentences),
        tuple(line.text for line in lines),
        links,
        frozenset(range(len(sentences))) - linked,
        frozenset(n for n, line in enumerate(lines) if not line.sources),
    )


def move(lines: list[Line], rng: random.Random) -> list[Line]:
    """Move blocks of one to three sentences at least four places."""
    lines = list(lines)
    for _ in range(MOVED_BLOCKS if len(lines) >= 12 else 0):
        size = rng.randint(1, 3)
        start = rng.randrange(len(lines) - size)
        block = lines[start : start + size]
        rest = lines[:start] + lines[start + size :]
        places = [place for place in range(len(rest) + 1) if abs(place - start) >= 4]
        # a split pair must not be torn apart, or its second half finds no neighbour
        places = [
            p
            for p in places
            if not 0 < p < len(rest)
            or not rest[p].sources
            or rest[p - 1].sources != rest[p].sources
        ]
        if places:
            place = rng.choice(places)
            moved = [
                Line(
                    line.text, line.sources, "move" if line.operation == "keep" else line.operation
                )
                for line in block
            ]
            lines = [*rest[:place], *moved, *rest[place:]]
    return lines


def insert(lines: list[Line], strangers: Sequence[str], rng: random.Random) -> list[Line]:
    """Put sentences of other articles in, alone or several in a row."""
    lines = list(lines)
    count = min(len(strangers), round(INSERTED * len(lines)))
    start = rng.randrange(max(1, len(strangers) - count + 1))
    for text in strangers[start : start + count]:
        lines.insert(rng.randrange(len(lines) + 1), Line(text, (), "insert"))
    return lines
