"""The words that a quotation gives to its speaker, apart from what the outlet put in.

Brackets are the outlet's: `[The officer]`, `(laughs)`; but `[W]e` is the word "we". An ellipsis
says that words are left out. A masked oath (`f***`, `f---ing`) is one word, whatever its mask.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dedup.article import Span
from dedup.diff.flags.speeches import Speech, units_of
from dedup.diff.surface import Word
from dedup.text.document import Document
from dedup.text.normalize import fold

_ELLIPSIS = re.compile(r"[\[(]?(?:…|(?:\.\s?){2,}\.)[\])]?")
_BRACKETS = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")
_LETTER = re.compile(r"\[([^\W\d_])\](?=[^\W\d_])([^\W_]*)")
_MASK = re.compile(r"(?<!\w)([^\W\d_])[^\W\d_]*(?:\*{2,}|-{2,}|_{2,}|[—–]{2,})[^\W\d_]*")
_STARRED = re.compile(r"(?<!\w)([^\W\d_])[^\W\d_]*\*[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words of one or more speeches, in order.

    Attributes:
        words: Its tokens; a masked oath has the key `*` and its first letter.
        sentences: For each word the place of its sentence, within the marks of the quotation.
        speech: For each word, in which of the speeches it stands.
        brackets: For each word the brackets that it stands in, if any.
        ellipses: Numbers of words before which an ellipsis stands.
    """

    words: tuple[Word, ...]
    sentences: tuple[Span, ...]
    speech: tuple[int, ...]
    brackets: tuple[Span | None, ...]
    ellipses: frozenset[int]


def spoken(document: Document, speeches: Sequence[Speech]) -> Spoken:
    """Return the words of some speeches of an article.

    Linear in the length of the sentences that they stand in.
    """
    words: list[Word] = []
    sentences: list[Span] = []
    number: list[int] = []
    brackets: list[Span | None] = []
    ellipses: set[int] = set()
    for place, speech in enumerate(speeches):
        for piece in speech.pieces:
            span = piece.span
            found = _whole(document.text, token_words(document, span), span)
            around = _places(_BRACKETS, document.text, span, ("[", "("))
            begun = len(words)
            for gap in _places(_ELLIPSIS, document.text, span, ("…", "..", ". .")):
                ellipses.add(begun + sum(word.end <= gap.start for word in found))
            words += found
            number += [place] * len(found)
            brackets += [_around(word, around) for word in found] if around else [None] * len(found)
            sentence = {
                unit: Span(
                    max(span.start, document.units[unit].start),
                    min(span.end, document.units[unit].end),
                )
                for unit in {word.unit for word in found}
            }
            sentences += [sentence[word.unit] for word in found]
    return Spoken(
        tuple(words), tuple(sentences), tuple(number), tuple(brackets), frozenset(ellipses)
    )


def _around(word: Word, brackets: Iterable[Span]) -> Span | None:
    """Return the brackets that a word stands in."""
    return next((one for one in brackets if one.start < word.start and word.end < one.end), None)


def token_words(document: Document, span: Span) -> list[Word]:
    """Return the tokens of a place, as words: quicker than `surface_words`, and plainer."""
    tokens, units, text = document.tokens, document.units, document.text
    found: list[Word] = []
    for unit in units_of(document, span):
        first = bisect_left(tokens.starts, max(span.start, units[unit].start))
        last = bisect_left(tokens.starts, min(span.end, units[unit].end), first)
        for key, start, end in zip(
            tokens.words[first:last],
            tokens.starts[first:last],
            tokens.ends[first:last],
            strict=True,
        ):
            found.append(Word(text[start:end], key, start, end, unit))
    return found


def _places(pattern: re.Pattern[str], text: str, span: Span, marks: Iterable[str]) -> list[Span]:
    """Return where a pattern matches; a text without any of the marks has none."""
    if not any(text.find(mark, span.start, span.end) >= 0 for mark in marks):
        return []
    return [Span(*match.span()) for match in pattern.finditer(text, span.start, span.end)]


def _whole(text: str, words: list[Word], span: Span) -> list[Word]:
    """Return the words, with those made one that a bracket or a mask tears apart."""
    part = text[span.start : span.end]
    if "[" in part:
        for match in _LETTER.finditer(text, span.start, span.end):
            words = _joined(words, match, fold(match[1] + match[2]))
    if "*" in part or "--" in part or "__" in part or "—" in part or "–" in part:
        for pattern in (_MASK, _STARRED):
            for match in pattern.finditer(text, span.start, span.end):
                words = _joined(words, match, f"*{fold(match[1])}")
    return words


def _joined(words: Iterable[Word], match: re.Match[str], key: str) -> list[Word]:
    """Return the words with those of a match as one, which has a key of its own."""
    start, end = match.span()
    result: list[Word] = []
    for word in words:
        if word.end <= start or word.start >= end:
            result.append(word)
        elif not result or result[-1].start != start:
            result.append(Word(match[0], key, start, end, word.unit))
    return result
