"""Find the word edits inside a link, as a person would mark them.

What is left between matched words are the edits: words that came and went are one replacement,
a phrase that left one gap for another is a move, and a change of house style names its rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import zip_longest

from dedup.article import Span
from dedup.diff.matching import STRONG_MARKS, Range, gaps_between, light, match_words
from dedup.diff.model import Edit, Link, Op
from dedup.diff.moves import moved_phrases
from dedup.diff.rules import Style
from dedup.diff.style import is_courtesy, may_be_joined, rule_between
from dedup.diff.surface import Word, covered, surface_words
from dedup.text.document import Document

#: Marks that stand for words: what comes or goes with them is no punctuation.
TELLING_MARKS = frozenset("&%$€£¥+=<>°#@")


def edits_between(  # noqa: PLR0913, PLR0917 - two articles, the words of each, and what to go by
    a: Document,
    b: Document,
    words_a: Sequence[Word],
    words_b: Sequence[Word],
    stop: frozenset[str],
    style: Style | None = None,
) -> tuple[Edit, ...]:
    """Return the edits that make B's words of A's, in order of B's text.

    No edit reaches from one unit into another that is not next to it.
    """
    style = style or Style.builtin()
    is_light = partial(light, stop=stop)
    matches = match_words(a, b, words_a, words_b, is_light, style)
    gaps = gaps_between(matches, len(words_a), len(words_b))
    edits = _Edits(words_a, words_b, style)
    for i, j in matches:
        if words_a[i].text != words_b[j].text:
            rule = rule_between(words_a[i].text, words_b[j].text, b.language, style)
            edits.add((i, i + 1), (j, j + 1), rule)
    moves = moved_phrases(words_a, words_b, gaps, is_light)
    for i, j, size in moves:
        edits.move(i, j, size)
    left = {i for run in moves for i in range(run.i, run.i + run.size)}
    came = {j for run in moves for j in range(run.j, run.j + run.size)}
    for gap in gaps:
        mine, other = _remaining(gap.i, gap.i_end, left), _remaining(gap.j, gap.j_end, came)
        for first, second in zip_longest(mine, other):
            edits.add(first or (gap.i_end, gap.i_end), second or (gap.j_end, gap.j_end))
    return edits.in_order()


def apply_edits(a: Document, b: Document, link: Link, style: Style | None = None) -> list[str]:
    """Return the words of B's side, made from A's words and the link's edits.

    Words that no edit touches come from A, in A's order; B gives the words inside the edits, and
    how many stand between them.
    """
    words_a, words_b = surface_words(a, link.a, style), surface_words(b, link.b, style)
    gone = covered(words_a, (edit.a for edit in link.edits))
    came = covered(words_b, (edit.b for edit in link.edits))
    kept = (word.text for word, is_gone in zip(words_a, gone, strict=True) if not is_gone)
    made = [
        word.text if is_new else next(kept, "") for word, is_new in zip(words_b, came, strict=True)
    ]
    return [*made, *kept]


def _remaining(start: int, end: int, taken: set[int]) -> list[Range]:
    """Return the stretches of `[start, end)` without the positions taken."""
    stretches: list[Range] = []
    for position in range(start, end):
        if position in taken:
            continue
        if stretches and stretches[-1][1] == position:
            stretches[-1] = (stretches[-1][0], position + 1)
        else:
            stretches.append((position, position + 1))
    return stretches


class _Edits:
    """Edits as they are found, cut where units are not next to each other."""

    def __init__(self, a: Sequence[Word], b: Sequence[Word], style: Style) -> None:
        self._a, self._b, self._style = a, b, style
        self._found: list[tuple[int, int, Edit]] = []

    def add(self, mine: Range, other: Range, style: str | None = None) -> None:
        """Add an insertion, a deletion or a replacement."""
        pairs = list(zip_longest(_cut(self._a, *mine), _cut(self._b, *other)))
        for first, second in pairs:
            range_a, range_b = first or (mine[1], mine[1]), second or (other[1], other[1])
            here, there = self._a[slice(*range_a)], self._b[slice(*range_b)]
            op = Op.REPLACE if here and there else Op.DELETE if here else Op.INSERT
            rule = style or rule_of(here, there, self._style)
            self._put(op, range_a, range_b, rule)

    def move(self, i: int, j: int, size: int) -> None:
        """Add a phrase that moved."""
        cuts = {start - i for start, _ in _cut(self._a, i, i + size)}
        cuts |= {start - j for start, _ in _cut(self._b, j, j + size)}
        for start, end in zip(sorted(cuts), [*sorted(cuts)[1:], size], strict=True):
            self._put(Op.MOVE, (i + start, i + end), (j + start, j + end), None)

    def _put(self, op: Op, mine: Range, other: Range, style: str | None) -> None:
        edit = Edit(op, _span(self._a, *mine), _span(self._b, *other), style)
        self._found.append((other[0], mine[0], edit))

    def in_order(self) -> tuple[Edit, ...]:
        """Return the edits in order of B's text."""
        return tuple(edit for _, _, edit in sorted(self._found, key=lambda entry: entry[:2]))


def rule_of(a: Sequence[Word], b: Sequence[Word], style: Style | None = None) -> str | None:
    """Return the house-style rule that a change of words falls under, or None."""
    style = style or Style.builtin()
    if len(a) == len(b) == 1 and not a[0].is_mark:
        return None  # two words of one spelling have been matched
    if a and b and not all(word.is_mark for word in (*a, *b)):
        joined = "".join(word.key for word in a)
        same = joined == "".join(word.key for word in b)
        return "hyphenation" if same and may_be_joined(joined, style) else None
    rule = _rule_on_one_side(a, b)
    return rule if rule in style else None


def _rule_on_one_side(a: Sequence[Word], b: Sequence[Word]) -> str | None:
    """Return the rule by which marks or words come, go or, of marks, take another's place."""
    if (not a or not b) and all(word.key == "." for word in (*a, *b)):
        return "punctuation"  # "in the U.S." ends with one full stop, "in America." too
    if all(word.is_mark for word in (*a, *b)):
        same = sorted(word.key for word in a) == sorted(word.key for word in b)
        strong = any(word.key in STRONG_MARKS or word.text in TELLING_MARKS for word in (*a, *b))
        return "punctuation" if same or not strong else None
    return "title" if all(is_courtesy(word.text) for word in (*a, *b)) else None


def _cut(words: Sequence[Word], start: int, end: int) -> list[Range]:
    """Return the range, cut where one word's unit does not follow on the other's."""
    cuts = [start]
    cuts += [n for n in range(start + 1, end) if words[n].unit - words[n - 1].unit > 1]
    return [(s, e) for s, e in zip(cuts, [*cuts[1:], end], strict=True) if s < e]


def _span(words: Sequence[Word], start: int, end: int) -> Span:
    if start < end:
        return Span(words[start].start, words[end - 1].end)
    if not words:
        return Span(0, 0)
    place = words[start - 1].end if start else words[0].start
    return Span(place, place)
