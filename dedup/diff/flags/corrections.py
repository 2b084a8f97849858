"""See a correction, a clarification or an editor's note that one article carries and one lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from dedup.article import Span
from dedup.diff.flags.lexicon import read
from dedup.diff.flags.model import Finding, FlagKind
from dedup.diff.flags.pair import Pair
from dedup.text.document import Document
from dedup.text.tokens import tokenize

#: Least share of the words of the shorter note that two outlets' words for one note have in common.
SAME_NOTE = 0.6
#: Characters that a heading above a note ("Correction", "Correction, June 3") has at most.
HEADING = 40


def find(pair: Pair) -> Iterator[Finding]:
    """Yield `correction_added` for each note of the second article that the first has not.

    Notes are often set aside as page furniture: every unit is looked at, not only compared ones.
    English alone. Linear in the text.
    """
    if not pair.english:
        return
    added = notes(pair.b)
    known = [_words(pair.a, note) for note in notes(pair.a)] if added else []
    for note in added:
        words = _words(pair.b, note)
        if not any(_same(words, other) for other in known):
            yield Finding(FlagKind.CORRECTION_ADDED, None, None, note)


def notes(document: Document) -> list[Span]:
    """Return the editors' notes of an article, each from its first word to its paragraph's end.

    >>> from dedup.article import Article
    >>> from dedup.text import segment
    >>> text = "The ferry sank. Correction officers swam ashore.\\nCorrection: The ferry floats."
    >>> [text[note.start : note.end] for note in notes(segment(Article(text)))]
    ['Correction: The ferry floats.']
    """
    text, pattern = document.text, _pattern()
    found: list[Span] = []
    heading: int | None = None
    for _, units in groupby(document.units, key=lambda unit: unit.paragraph):
        paragraph = list(units)
        end = paragraph[-1].end
        if heading is not None:  # "Correction" on a line of its own heads the next line
            found.append(Span(heading, end))
            heading = None
            continue
        for unit in paragraph:
            match = pattern.match(text, unit.start, unit.end)
            if match:
                note = Span(match.start("note"), end)
                if match.end() == end and _is_heading(text[note.start : end]):
                    heading = note.start
                else:
                    found.append(note)
                break
    return found


def _is_heading(note: str) -> bool:
    return len(note) < HEADING and note[-1].isalnum()


def _words(document: Document, note: Span) -> frozenset[str]:
    return frozenset(tokenize(document.text[note.start : note.end]).words)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= SAME_NOTE * min(len(one), len(other))


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of how a note begins, read from `corrections.toml`."""
    data = read("corrections")
    names = {name: data[name] for name in ("story", "before", "wrong")}
    ways = [
        re.sub(r"\{(story|before|wrong)\}", lambda m: names[m[1]], way) for way in data["notes"]
    ]
    return re.compile(rf"[•*·\s—–-]*(?P<note>[(\[]?(?i:(?:updated?: )?(?:{'|'.join(ways)})))")
