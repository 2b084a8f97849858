"""Match the words of two sides, and give matches up where the marked text reads better without.

Words are matched by their keys (house style put aside) along a longest common subsequence. A lone
"of the" between two changes, half a name, or half a quotation is then no longer matched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from dedup.diff.moves import Gap
from dedup.diff.rules import Style
from dedup.diff.style import is_title, same_name, skeleton
from dedup.diff.surface import Word
from dedup.text.document import Document

Match = tuple[int, int]
Range = tuple[int, int]
IsLight = Callable[[Word], bool]

#: Matched function words and marks between two changes: so many or fewer are given up.
ISLAND = 2
#: A single one is given up too between two changes of so many words, even if both only cut or add.
ASTRAY = 2
#: Names of one skeleton that a name is compared with.
NAMES = 8
#: A quotation of so many words or fewer is replaced whole.
SHORT_QUOTATION = 8
#: Marks that end a sentence, or quote: never given up, and a change of one is no house style.
STRONG_MARKS = frozenset('.?!"')


def match_words(  # noqa: PLR0913, PLR0917 - two articles, the words of each, and what to go by
    a: Document,
    b: Document,
    words_a: Sequence[Word],
    words_b: Sequence[Word],
    is_light: IsLight,
    style: Style | None = None,
) -> list[Match]:
    """Return the positions of words of A and of B that are matched, ascending on both sides.

    O(n · m / 64) time and memory (bit-parallel longest common subsequence; Hyyrö, 2004).
    """
    if "name" in (style or Style.builtin()):
        words_b = _with_names_of(words_a, words_b)
    matches = _common_subsequence(words_a, words_b)
    matches = _beside_neighbours(matches, words_a, words_b)
    matches = _without_islands(matches, words_a, words_b, is_light)
    matches = _without_half_names(matches, words_a, words_b, is_light)
    return _without_half_quotations(matches, _quotations(a, words_a), _quotations(b, words_b))


def gaps_between(matches: Sequence[Match], size_a: int, size_b: int) -> list[Gap]:
    """Return what stands between the matches, before the first and after the last.

    >>> gaps_between([(0, 0), (2, 1)], 3, 4)
    [Gap(i=1, i_end=2, j=1, j_end=1), Gap(i=3, i_end=3, j=2, j_end=4)]
    """
    gaps = []
    i = j = 0
    for next_i, next_j in [*matches, (size_a, size_b)]:
        if next_i > i or next_j > j:
            gaps.append(Gap(i, next_i, j, next_j))
        i, j = next_i + 1, next_j + 1
    return gaps


def light(word: Word, stop: frozenset[str]) -> bool:
    """Whether a word says little by itself: a function word, or a weak mark."""
    if word.is_mark:
        return word.key not in STRONG_MARKS
    return word.key in stop


def _with_names_of(a: Sequence[Word], b: Sequence[Word]) -> list[Word]:
    """Return B's words, with the key of A's where a name is spelled in another transliteration."""
    keys_a, keys_b = {word.key for word in a}, {word.key for word in b}
    names: dict[str, list[Word]] = defaultdict(list)
    for word in a:
        if word.is_capital and word.key not in keys_b:
            names[skeleton(word.text)].append(word)
    if not names:
        return list(b)
    key_for: dict[str, str] = {}
    for word in b:
        if word.is_capital and word.key not in keys_a and word.key not in key_for:
            for name in names.get(skeleton(word.text), ())[:NAMES]:
                if same_name(name.text, word.text):
                    key_for[word.key] = name.key
                    break
    return [word.with_key(key_for.get(word.key, word.key)) for word in b]


def _common_subsequence(a: Sequence[Word], b: Sequence[Word]) -> list[Match]:
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


def _beside_neighbours(
    matches: Sequence[Match], a: Sequence[Word], b: Sequence[Word]
) -> list[Match]:
    """Shift a lone match to an equal word that stands next to the following or preceding match.

    Of several longest subsequences one is as good as another to the algorithm; "the" is better
    matched beside the noun that it belongs to.
    """
    placed = list(matches)
    for n in range(len(placed) - 1, -1, -1):
        i, j = placed[n]
        before = placed[n - 1] if n else (-1, -1)
        after = placed[n + 1] if n + 1 < len(placed) else (len(a), len(b))
        if before == (i - 1, j - 1) or after == (i + 1, j + 1):
            continue
        for place in ((after[0] - 1, after[1] - 1), (before[0] + 1, before[1] + 1)):
            if place[0] not in range(len(a)) or place[1] not in range(len(b)):
                continue
            if (place[0] == i or place[1] == j) and a[place[0]].key == b[place[1]].key == a[i].key:
                placed[n] = place
                break
    return placed


def _without_islands(
    matches: Sequence[Match], a: Sequence[Word], b: Sequence[Word], is_light: IsLight
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
    matches: Sequence[Match], a: Sequence[Word], b: Sequence[Word], is_light: IsLight
) -> list[Match]:
    """Give up matched parts of a name of which another part is replaced."""

    def in_name(word: Word) -> bool:
        return word.is_capital and not is_light(word) and not is_title(word.text)

    dropped: set[Match] = set()
    partner = dict(matches)
    for gap in gaps_between(matches, len(a), len(b)):
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
    """Give up the words of a short quotation that lost or gained a mark.

    A quotation whose words stand in a quotation on the other side is left as it is: there the
    marks only changed places with a comma.
    """
    dropped: set[Match] = set()
    for side, quotations, others in ((0, quoted_a, quoted_b), (1, quoted_b, quoted_a)):
        at = {match[side]: match for match in matches}
        for first, last in quotations:
            inside = [at[n] for n in range(first + 1, last - 1) if n in at]
            ends = [at[n] for n in (first, last - 1) if n in at]
            if len(ends) == 1 and not _all_inside([match[1 - side] for match in inside], others):
                dropped.update(inside, ends)
    return [match for match in matches if match not in dropped]


def _all_inside(positions: Sequence[int], ranges: Sequence[Range]) -> bool:
    return any(all(n in range(*quoted) for n in positions) for quoted in ranges)
