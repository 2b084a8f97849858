"""A unit's words as they stand on the page: with marks, and with whole numbers, dates and names.

Overlap is counted on bare tokens (`dedup.text.tokens`); an edit is shown to people, so that here
`U.S.`, `13th`, `$5 million`, `Jan. 6, 2021` and `cease-fire` are one word each, and every mark is
a word of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dedup.article import Span
from dedup.diff import figures
from dedup.diff.rules import HYPHENS, Style
from dedup.diff.style import form_in, key_of
from dedup.text.document import Document
from dedup.text.normalize import APOSTROPHES, fold, visible
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
    document: Document,
    units: Iterable[int],
    style: Style | None = None,
    within: Span | None = None,
) -> list[Word]:
    """Return the words of units given by index, in order; no visible character is left out.

    With `within`, only what lies in that place.
    """
    style = style or Style.builtin()
    text = document.text
    found: list[Word] = []
    for index in units:
        place = document.units[index].span
        if within is not None:
            place = Span(max(place.start, within.start), min(place.end, within.end))
        for start, end in _places(text, place.start, place.end, style):
            raw = text[start:end]
            shown = raw if raw.isascii() and raw.isalnum() else visible(raw)
            if shown:
                key = key_of(shown, document.language, style).form
                found.append(Word(shown, key, start, end, index))
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


def _places(text: str, start: int, end: int, style: Style) -> list[tuple[int, int]]:
    """Return where the words stand; a form of several parts ("United States", "Jan.") is one."""
    pattern = _pattern(token_pattern(text[start:end]).pattern)
    parts = [match.span() for match in pattern.finditer(text, start, end)]
    heads = _heads(style)
    found: list[tuple[int, int]] = []
    position = 0
    while position < len(parts):
        first, last = parts[position]
        size = 1
        for length in heads.get(fold(text[first:last]), ()):
            if position + length <= len(parts):
                until = parts[position + length - 1][1]
                if _is_form(text, first, until, end, style):
                    last, size = until, length
                    break
        found.append((first, last))
        position += size
    return found


def _is_form(text: str, start: int, until: int, end: int, style: Style) -> bool:
    """Whether a form stands at a place, and no word goes on behind it."""
    if until < end and text[until].isalnum() and text[until - 1].isalnum():
        return False
    return form_in(visible(text[start:until]), style) is not None


#: The parts of a form: `_pattern` without numbers and odd scripts, which takes less to compile.
_PARTS = re.compile(rf"(?:[^\W\d_]\.){{2,}}|[^\W_]+(?:[{APOSTROPHES}{HYPHENS[::-1]}][^\W_]+)*|\S")


@lru_cache(maxsize=16)
def _heads(style: Style) -> Mapping[str, tuple[int, ...]]:
    """Return the forms of several parts: how many, the most first, by the first part."""
    heads: dict[str, set[int]] = {}
    for form in (*style.exact, *style.folded):
        if form.isalnum():
            continue
        parts = _PARTS.findall(form)
        if len(parts) > 1:
            heads.setdefault(fold(parts[0]), set()).add(len(parts))
    return {head: tuple(sorted(lengths, reverse=True)) for head, lengths in heads.items()}


@lru_cache(maxsize=64)
def _pattern(token: str) -> re.Pattern[str]:
    """Compile the pattern of the parts of words around the pattern of tokens."""
    dotted = r"(?<!\w)(?:[^\W\d_]\.){2,}"
    number = r"\d+(?:[.,:/]\d+)+[^\W_]*"
    marks = r"\.{2,}|--+|''|``"
    return re.compile(
        f"{figures.date()}|{figures.TIME}|{figures.GLUED}|{figures.amount()}|{number}"
        rf"|(?:{dotted}|{token})(?:[{HYPHENS}](?:{token}))*|{marks}|\S"
    )
