"""The language of the generated news: sentences from a grammar, words by Zipf's law.

`phrasebook.toml` holds the words and the grammar. Each class of words has a written head and a
long tail of made-up words; draws from it follow Zipf and Mandelbrot. The grammar is expanded once
into some ten thousand skeletons ("the %s of the %s was %s"), so that a sentence later costs one
draw and one formatting. A story draws a pool of words from each class and uses them again and
again, as news does.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from pathlib import Path
from random import Random

#: Mandelbrot's offset: the larger, the flatter the head of a class. Function words (classes of
#: fewer words than `OPEN`) are steep, content words flat.
STEEP, FLAT, OPEN = 2.5, 8.0, 100
#: Entries of the table that a class is drawn from, one draw for each of its quantiles.
QUANTILES = 1 << 15
#: How many expansions of each kind of sentence there are.
SKELETONS = {"sentence": 16000, "quote": 4000, "headline": 2000}
#: Chance that a sentence goes on where another would begin: real ones have 21 words on average, a
#: quarter of them 28 and more.
LONG = 0.3
#: The classes that name somebody or something: independent reports of one event share them.
NAMES = frozenset({"P", "L", "PLACE", "O", "FIG", "DAY", "MONTH"})

_SLOT = re.compile(r"<(\w+)>")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A sentence with its content words left out.

    Attributes:
        text: What stands between the words, a `%s` for each of them.
        slots: The class of each word, as an index into `Phrasebook.classes`.
    """

    text: str
    slots: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Everything that the generated language is made of.

    Attributes:
        classes: Names of the classes of words.
        tables: For each class, the words to draw from, each as often as it is frequent.
        pool: For each class, how many draws a story keeps.
        skeletons: Sentences by kind (`sentence`, `quote`, `headline`).
        swaps: What a desk puts in place of a word.
        style: House-style rules: what stands in the wire's copy, what the outlet writes.
        furniture: Texts of page furniture by name, each a list of variants.
    """

    classes: tuple[str, ...]
    tables: tuple[list[str], ...]
    pool: tuple[int, ...]
    skeletons: dict[str, list[Skeleton]]
    swaps: dict[str, str]
    style: tuple[tuple[str, str], ...]
    furniture: dict[str, tuple[str, ...]]


Pools = tuple[list[str], ...]


def draw_pools(rng: Random, book: Phrasebook, event: Pools | None = None) -> Pools:
    """Return the words of one story, a list for each class.

    With the words of an event, the names are the event's and half of the other words too: an
    independent report of it.
    """
    own = tuple(
        rng.choices(table, k=size) for table, size in zip(book.tables, book.pool, strict=True)
    )
    if event is None:
        return own
    return tuple(
        theirs if name in NAMES else theirs[: len(theirs) // 2] + mine[len(theirs) // 2 :]
        for name, theirs, mine in zip(book.classes, event, own, strict=True)
    )


class Voice:
    """Somebody who tells a story in sentences, with words out of its pools."""

    __slots__ = ("_book", "_random", "_words")

    def __init__(self, rng: Random, book: Phrasebook, pools: Pools) -> None:
        self._random = rng.random
        self._book = book
        self._words: list[Iterator[str]] = [
            cycle(rng.choices(pool, k=len(pool)) if pool else [""]) for pool in pools
        ]

    def say(self, kind: str = "sentence") -> str:
        """Return a new sentence of the kind, capitalised; some are two in one."""
        text = self._fill(kind)
        if kind == "sentence" and self._random() < LONG:
            text = f"{text.removesuffix('.')}, and {self._fill(kind)}"
        return text[0].upper() + text[1:]

    def _fill(self, kind: str) -> str:
        skeletons = self._book.skeletons[kind]
        skeleton = skeletons[int(self._random() * len(skeletons))]
        words = self._words
        return skeleton.text % tuple([next(words[slot]) for slot in skeleton.slots])

    def name(self, kind: str) -> str:
        """Return one of the story's words of a class."""
        return next(self._words[self._book.classes.index(kind)])


@cache
def phrasebook() -> Phrasebook:
    """Read `phrasebook.toml` and return what it describes (once a process; about a second)."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    rng = Random("phrasebook")
    words = {name: list(dict.fromkeys(text.split())) for name, text in data["words"].items()}
    for name, tail in _tails(rng, data["syllables"], data["tail"]).items():
        words[name] = words.get(name, []) + tail
    words["SURNAME"] = [word.capitalize() for word in words["SURNAME"]]
    words["PLACE"] += [word.capitalize() for word in words["TOWN"]]
    drawn = {name: _quantiles(entries) for name, entries in words.items()}
    drawn["L"] = drawn["SURNAME"]
    drawn["P"] = [f"{rng.choice(words['FIRST'])} {last}" for last in drawn["SURNAME"]]
    drawn["O"] = [
        f"{rng.choice(drawn[rng.choice(('SURNAME', 'PLACE'))])} {rng.choice(words['ORGNOUN'])}"
        for _ in range(QUANTILES)
    ]
    drawn["FIG"] = [_figure(rng) for _ in range(QUANTILES)]
    classes = tuple(data["pool"])
    return Phrasebook(
        classes,
        tuple(drawn[name] for name in classes),
        tuple(data["pool"].values()),
        {
            kind: [_expand(rng, f"<{kind}>", data["grammar"], classes) for _ in range(count)]
            for kind, count in SKELETONS.items()
        },
        data["rewording"],
        tuple(data["style"].items()),
        {name: tuple(lines) for name, lines in data["furniture"].items()},
    )


def _tails(rng: Random, syllables: dict[str, str], sizes: dict[str, int]) -> dict[str, list[str]]:
    """Make up the rare words of each class: syllables with an ending."""
    onsets, vowels, codas = (syllables[part].split() for part in ("onset", "vowel", "coda"))
    made = {}
    for name, size in sizes.items():
        endings = syllables[name].split()
        tail: dict[str, None] = {}
        while len(tail) < size:
            stem = "".join(
                rng.choice(onsets) + rng.choice(vowels) + rng.choice(codas)
                for _ in range(rng.choice((1, 1, 1, 1, 1, 1, 2)))
            )
            tail[stem + rng.choice(endings)] = None
        made[name] = list(tail)
    return made


def _quantiles(words: list[str]) -> list[str]:
    """Spread ranked words over a table in proportion to 1 / (rank + offset)."""
    offset = FLAT if len(words) >= OPEN else STEEP
    ratio = 1 + len(words) / offset
    ranks = (int(offset * (ratio ** ((i + 0.5) / QUANTILES) - 1)) for i in range(QUANTILES))
    return [words[rank] for rank in ranks]


def _figure(rng: Random) -> str:
    value = int(10 ** (1 + 5 * rng.random()))
    return rng.choice((f"{value:,}", f"${value:,}", f"{value / 100:.1f} percent", str(value)))


def _expand(
    rng: Random, start: str, grammar: dict[str, list[str]], classes: tuple[str, ...]
) -> Skeleton:
    """Expand `start` until only words and slots of word classes are left."""
    text = start
    while any(name in grammar for name in _SLOT.findall(text)):
        text = _SLOT.sub(lambda m: rng.choice(grammar[m[1]]) if m[1] in grammar else m[0], text)
    text = text.replace(",,", ",").replace(",.", ".")  # where an apposition ends a phrase
    slots = tuple(classes.index(name) for name in _SLOT.findall(text))
    return Skeleton(_SLOT.sub("%s", text.replace("%", "%%")), slots)
