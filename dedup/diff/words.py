"""Find the word edits inside a link, as a person would mark them.

Words are matched by their keys (house style put aside) along a longest common subsequence. Then
matches are given up where the marked text reads better without them: a lone "of the" between two
changes, half a name, half a quotation. What is left between the matches are the edits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import zip_longest

from dedup.article import Span
from dedup.diff.model import Edit, Link, Op
from dedup.diff.moves import Gap, moved_phrases
from dedup.diff.style import is_courtesy, is_title, rule_between, same_name
from dedup.diff.surface import Word, covered, surface_words
from dedup.text.document import Document

Match = tuple[int, int]
Range = tuple[int, int]

#: Matched function words and marks between two changes: so many or fewer are given up.
ISLAND = 2
#: A single one is given up too between two changes of so many words, even if both only cut or add.
ASTRAY = 2
#: A quotation of so many words or fewer is replaced whole.
SHORT_QUOTATION = 8
#: Marks that end a sentence, or quote: never given up, and a change of one is no house style.
STRONG_MARKS = frozenset('.?!"')


def edits_between(
    a: Document, b: Document, words_a: Sequence[Word], words_b: Sequence[Word], stop: frozenset[str]
) -> tuple[Edit, ...]:
    """Return the edits that make B's words of A's, in order of B's text.

    No edit reaches from one unit into another that is not next to it. O(n · m / 64) time and
    memory in the words of both sides (bit-parallel longest common subsequence; Hyyrö, 2004).
    """
    is_light = partial(_is_light, stop=stop)
    words_b = _with_names_of(words_a, words_b)
    matches = _matches(words_a, words_b)
    matches = _without_islands(matches, words_a, words_b, is_light)
    matches = _without_half_names(matches, words_a, words_b, is_light)
    matches = _without_half_quotations(matches, _quotations(a, words_a), _quotations(b, words_b))
    gaps = _gaps(matches, len(words_a), len(words_b))
    edits = _Edits(words_a, words_b, b.language)
    for i, j in matches:
        if rule := rule_between(words_a[i].text, words_b[j].text, b.language):
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


def apply_edits(a: Document, b: Document, link: Link) -> list[str]:
    """Return the words of B's side, made from A's words and the link's edits.

    Words that no edit touches come from A, in A's order; B's text is read only inside the edits.
    """
    words_a, words_b = surface_words(a, link.a), surface_words(b, link.b)
    gone = covered(words_a, (edit.a for edit in link.edits))
    came = covered(words_b, (edit.b for edit in link.edits))
    kept = (word.text for word, is_gone in zip(words_a, gone, strict=True) if not is_gone)
    made = [
        word.text if is_new else next(kept, "") for word, is_new in zip(words_b, came, strict=True)
    ]
    return [*made, *kept]


def _is_light(word: Word, stop: frozenset[str]) -> bool:
    if word.is_mark:
        return word.key not in STRONG_MARKS
    return word.key in stop


def _with_names_of(a: Sequence[Word], b: Sequence[Word]) -> list[Word]:
    """Return B's words, with the key of A's where a name is spelled in another transliteration."""
    keys_a, keys_b = {word.key for word in a}, {word.key for word in b}
    names = {word.key: word.text for word in a if word.is_capital and word.key not in keys_b}
    if not names:
        return list(b)
    key_for: dict[str, str] = {}
    for word in b:
        if word.is_capital and word.key not in keys_a and word.key not in key_for:
            for key, name in names.items():
                if same_name(name, word.text):
                    key_for[word.key] = key
                    break
    return [word.with_key(key_for.get(word.key, word.key)) for word in b]


def _matches(a: Sequence[Word], b: Sequence[Word]) -> list[Match]:
    from rapidfuzz.distance import Indel

    blocks = Indel.opcodes([word.key for word in a], [word.key for word in b])
    return [
        (i, j)
        for block in blocks.as_matching_blocks()
        for i, j in zip(
            range(block.a, block.a + block.size), range(block.b, block.b + block.size), strict=True
        )
    ]


def _runs(matches: Sequence[Match]) -> Iterator[list[Match]]:
    """Yield the runs of matches with nothing between them on either side."""
    run: list[Match] = []
    for match in matches:
        if run and match != (run[-1][0] + 1, run[-1][1] + 1):
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _gaps(matches: Sequence[Match], size_a: int, size_b: int) -> list[Gap]:
    gaps = []
    i = j = 0
    for next_i, next_j in [*matches, (size_a, size_b)]:
        if next_i > i or next_j > j:
            gaps.append(Gap(i, next_i, j, next_j))
        i, j = next_i + 1, next_j + 1
    return gaps


def _without_islands(
    matches: Sequence[Match], a: Sequence[Word], b: Sequence[Word], is_light: Callable[[Word], bool]
) -> list[Match]:
    """Give up short runs of function words and marks that stand between two changes.

    Only where words go and others come; between two insertions, or two cuts, the run is the
    reader's foothold, unless it is a lone word in a long change.
    """
    runs = list(_runs(matches))
    kept: list[Match] = []
    for number, run in enumerate(runs):
        before = kept[-1] if kept else (-1, -1)
        after = runs[number + 1][0] if number + 1 < len(runs) else (len(a), len(b))
        gap_before = (run[0][0] - before[0] - 1, run[0][1] - before[1] - 1)
        gap_after = (after[0] - run[-1][0] - 1, after[1] - run[-1][1] - 1)
        goes, comes = gap_before[0] + gap_after[0], gap_before[1] + gap_after[1]
        replaces = min(goes, comes) >= 2 * len(run) - 1
        astray = len(run) == 1 and min(max(gap_before), max(gap_after)) >= ASTRAY
        island = (
            len(run) <= ISLAND
            and any(gap_before)
            and any(gap_after)
            and (replaces or astray)
            and all(is_light(a[i]) for i, _ in run)
        )
        if not island:
            kept.extend(run)
    return kept


def _without_half_names(
    matches: Sequence[Match], a: Sequence[Word], b: Sequence[Word], is_light: Callable[[Word], bool]
) -> list[Match]:
    """Give up matched parts of a name of which another part is replaced."""

    def in_name(word: Word) -> bool:
        return word.is_capital and not is_light(word) and not is_title(word.text)

    dropped: set[Match] = set()
    partner = dict(matches)
    for gap in _gaps(matches, len(a), len(b)):
        if gap.i == gap.i_end or gap.j == gap.j_end:
            continue
        for step, i, j, edge in (
            (-1, gap.i - 1, gap.j - 1, (gap.i, gap.j)),
            (1, gap.i_end, gap.j_end, (gap.i_end - 1, gap.j_end - 1)),
        ):
            if not (in_name(a[edge[0]]) and in_name(b[edge[1]])):
                continue
            at = (i, j)
            while partner.get(at[0]) == at[1] and in_name(a[at[0]]) and in_name(b[at[1]]):
                dropped.add(at)
                at = (at[0] + step, at[1] + step)
    return [match for match in matches if match not in dropped]


def _quotations(document: Document, words: Sequence[Word]) -> list[Range]:
    """Return the short quotations among the words, as ranges of positions, marks included."""
    if not document.quotations:
        return []
    at_start = {word.start: position for position, word in enumerate(words)}
    at_end = {word.end: position for position, word in enumerate(words)}
    found = []
    for quotation in document.quotations:
        first, last = at_start.get(quotation.start), at_end.get(quotation.end)
        if first is not None and last is not None and 0 < last - first <= SHORT_QUOTATION + 1:
            found.append((first, last + 1))
    return found


def _without_half_quotations(
    matches: Sequence[Match], quoted_a: Sequence[Range], quoted_b: Sequence[Range]
) -> list[Match]:
    """Give up the words of a short quotation of which one mark is changed."""
    dropped: set[Match] = set()
    for side, quotations in ((0, quoted_a), (1, quoted_b)):
        at = {match[side]: match for match in matches}
        for first, last in quotations:
            if (first in at) != (last - 1 in at):
                dropped.update(at[n] for n in range(first, last) if n in at)
    return [match for match in matches if match not in dropped]


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

    def __init__(self, a: Sequence[Word], b: Sequence[Word], language: str) -> None:
        self._a, self._b, self._language = a, b, language
        self._found: list[tuple[int, int, Edit]] = []

    def add(self, mine: Range, other: Range, style: str | None = None) -> None:
        """Add an insertion, a deletion or a replacement."""
        pairs = list(zip_longest(_cut(self._a, *mine), _cut(self._b, *other)))
        for first, second in pairs:
            range_a, range_b = first or (mine[1], mine[1]), second or (other[1], other[1])
            here, there = self._a[slice(*range_a)], self._b[slice(*range_b)]
            op = Op.REPLACE if here and there else Op.DELETE if here else Op.INSERT
            rule = style or rule_of(here, there)
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


def rule_of(a: Sequence[Word], b: Sequence[Word]) -> str | None:
    """Return the house-style rule that a change of words falls under, or None."""
    if (not a or not b) and all(word.key == "." for word in (*a, *b)):
        return "punctuation"  # "in the U.S." ends with one full stop, "in America." too
    if all(word.is_mark for word in (*a, *b)):
        return None if any(word.key in STRONG_MARKS for word in (*a, *b)) else "punctuation"
    if a and b:
        same = "".join(word.key for word in a) == "".join(word.key for word in b)
        return "hyphenation" if same else None
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
