"""Align the words of a quotation in two articles, and tell new words from another spelling.

The words are aligned as tokens. Where they differ, house style is asked: `5%` and `5 percent` are
the same words, and so are an oath and its mask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dedup.article import Span
from dedup.diff.flags.pair import Pair
from dedup.diff.flags.speeches import Speech
from dedup.diff.flags.spoken import Spoken
from dedup.diff.rules import Style
from dedup.diff.style import rule_between
from dedup.diff.surface import Word, surface_words
from dedup.diff.words import rule_of
from dedup.text.document import Document


@dataclass(frozen=True, slots=True)
class Change:
    """Words `[i, i_end)` of A's speech that stand for `[j, j_end)` of B's."""

    i: int
    i_end: int
    j: int
    j_end: int


def in_order_of(one: Sequence[Speech], others: Sequence[Speech]) -> list[Speech]:
    """Return speeches in the order in which others say the same: an outlet may turn them round."""
    from rapidfuzz.distance import Indel

    words = [word for speech in one for word in speech.words]

    def place(speech: Speech) -> int:
        blocks = Indel.opcodes(words, list(speech.words)).as_matching_blocks()
        longest = max(blocks, key=lambda block: block.size)
        return int(longest.a - longest.b)

    return sorted(others, key=place)


def align(a: Spoken, b: Spoken) -> tuple[list[tuple[int, int]], list[Change]]:
    """Return the matched words and the changes between them, both in order."""
    from rapidfuzz.distance import Indel

    blocks = Indel.opcodes([word.key for word in a.words], [word.key for word in b.words])
    matches: list[tuple[int, int]] = []
    changes: list[Change] = []
    i = j = 0
    for block in blocks.as_matching_blocks():
        if block.a > i or block.b > j:
            changes.append(Change(i, block.a, j, block.b))
        i, j = block.a + block.size, block.b + block.size
        matches.extend(zip(range(block.a, i), range(block.b, j), strict=True))
    return matches, changes


def settled(a: Spoken, b: Spoken, change: Change) -> Change:
    """Return words cut or added where they begin a sentence, if they can be taken so.

    Of “We tried. We failed.” against “We failed.” it is all one to an alignment whether "We
    tried" or "tried We" was cut.
    """
    if change.j == change.j_end:
        shift = _shift_to_sentence(a, change.i, change.i_end, change.j)
    elif change.i == change.i_end:
        shift = _shift_to_sentence(b, change.j, change.j_end, change.i)
    else:
        return change
    return Change(change.i - shift, change.i_end - shift, change.j - shift, change.j_end - shift)


def _shift_to_sentence(said: Spoken, start: int, end: int, most: int) -> int:
    """Return how far back words can be taken so that they begin a sentence, or all; or 0.

    Args:
        said: What they stand in.
        start: Their first word.
        end: Past their last word.
        most: How many words the other side has before them.
    """
    for shift in range(min(start, most) + 1):
        first = start - shift
        if shift == most or first == 0 or said.sentences[first - 1] != said.sentences[first]:
            return shift
        if said.words[first - 1].key != said.words[end - shift - 1].key:
            return 0
    return 0


def is_style(pair: Pair, a: Spoken, b: Spoken, change: Change) -> bool:
    """Whether a change is one of house style, or of a mask over an oath."""
    gone, come = a.words[change.i : change.i_end], b.words[change.j : change.j_end]
    if any(word.key.startswith("*") for word in (*gone, *come)):
        return len(gone) == len(come) and all(map(_same_oath, gone, come))
    # "5%" and "5 percent" differ by a word: the words around are looked at too.
    before, after = _goes_on(a, change.i) and _goes_on(b, change.j), False
    if change.i_end < len(a.words) and change.j_end < len(b.words):
        after = _goes_on(a, change.i_end) and _goes_on(b, change.j_end)
    mine = _on_the_page(pair.a, a.words[change.i - before : change.i_end + after], pair.style)
    other = _on_the_page(pair.b, b.words[change.j - before : change.j_end + after], pair.style)
    while mine and other and mine[0].key == other[0].key:
        mine, other = mine[1:], other[1:]
    while mine and other and mine[-1].key == other[-1].key:
        mine, other = mine[:-1], other[:-1]
    if not mine and not other:
        return True
    return bool(rule_of(mine, other, pair.style)) or (
        len(mine) == len(other)
        and all(
            rule_between(gone.text, came.text, pair.b.language, pair.style)
            for gone, came in zip(mine, other, strict=True)
        )
    )


def _goes_on(said: Spoken, number: int) -> bool:
    """Whether a word stands in one sentence with the one before it."""
    return 0 < number < len(said.words) and said.sentences[number - 1] == said.sentences[number]


def _on_the_page(document: Document, words: Sequence[Word], style: Style) -> list[Word]:
    """Return the words as they are compared by house style, without marks."""
    if not words:
        return []
    place = Span(words[0].start, words[-1].end)
    units = dict.fromkeys(word.unit for word in words)
    found = surface_words(document, units, style, within=place)
    return [word for word in found if not word.is_mark]


def _same_oath(first: Word, second: Word) -> bool:
    """Whether two words are one oath, masked in one of them or in both; or one word."""
    if first.key.startswith("*") or second.key.startswith("*"):
        return first.key.lstrip("*")[:1] == second.key.lstrip("*")[:1]
    return first.key == second.key
