"""A unit's words as they stand on the page: with marks, and with whole numbers, dates and names.

Overlap is counted on bare tokens (`dedup.text.tokens`); an edit is shown to people, so that here
`U.S.`, `13th`, `$5 million`, `Jan. 6, 2021` and `cease-fire` are one word each, and every mark is
a word of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dedup.article import Span, Unit
from dedup.diff.rules import HYPHENS, load
from dedup.diff.style import key_of
from dedup.text.document import Document
from dedup.text.normalize import visible
from dedup.text.tokens import token_pattern


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number, date or mark of the page.

    Attributes:
        text: What it shows (`visible`).
        key: What it is compared by: equal for words that differ by house style alone.
        start: Where it begins in the article's text.
        end: Where it ends, exclusive.
        unit: Index of its unit in the document.
    """

    text: str
    key: str
    start: int
    end: int
    unit: int

    @property
    def span(self) -> Span:
        """The word's place in the text."""
        return Span(self.start, self.end)

    def with_key(self, key: str) -> Word:
        """Return the word, compared by another key."""
        return self if key == self.key else replace(self, key=key)

    @property
    def is_mark(self) -> bool:
        """Whether it has no letter and no digit."""
        return not any(map(str.isalnum, self.text))

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


def surface_words(
    document: Document, units: Iterable[int], within: Span | None = None
) -> list[Word]:
    """Return the words of units given by index, in order; no visible character is left out.

    With `within`, only what lies in that place.
    """
    text = document.text
    found: list[Word] = []
    for index in units:
        unit: Unit = document.units[index]
        pattern = _pattern(token_pattern(text[unit.start : unit.end]).pattern)
        start, end = unit.start, unit.end
        if within is not None:
            start, end = max(start, within.start), min(end, within.end)
        for match in pattern.finditer(text, start, end):
            raw = match[0]
            shown = raw if raw.isascii() and raw.isalnum() else visible(raw)
            if shown:
                key = key_of(shown, document.language).form
                found.append(Word(shown, key, match.start(), match.end(), index))
    return found


def covered(words: Sequence[Word], spans: Iterable[Span]) -> list[bool]:
    """Return for each word, given in order of the text, whether it lies inside one of the spans."""
    ordered = sorted(span for span in spans if span)
    found, position = [], 0
    for word in words:
        while position < len(ordered) and ordered[position].end <= word.start:
            position += 1
        found.append(position < len(ordered) and ordered[position].start <= word.start)
    return found


@lru_cache(maxsize=64)
def _pattern(token: str) -> re.Pattern[str]:
    """Compile the pattern of surface words around the pattern of tokens."""
    style = load()
    dotted = rf"(?<!\w)(?:[^\W\d_]\.){{2,}}(?:[{HYPHENS}](?:{token}))*"
    number = r"\d+(?:[.,:/]\d+)+[^\W_]*"
    marks = r"\.{2,}|--+|''|``"
    return re.compile(
        f"{style.date}|{style.amount}|{style.phrase}|{dotted}|{number}"
        rf"|(?:{token})(?:[{HYPHENS}](?:{token}))*|{marks}|\S"
    )
