"""Find the word edits inside a link."""

from __future__ import annotations

import re

from dedup.article import Span
from dedup.diff.align import Pairing
from dedup.diff.model import Edit, LinkKind, Op
from dedup.text.document import Document
from dedup.text.normalize import visible

_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*|[^\w\s]")


def compare_words(
    a: Document, b: Document, pairing: Pairing
) -> tuple[tuple[Edit, ...], LinkKind, float]:
    """Return the edits, the kind and the similarity (0 to 1) of a link."""
    from rapidfuzz.distance import Indel

    spans_a = [
        m.span()
        for i in pairing.a
        for m in _WORD.finditer(a.text, a.units[i].start, a.units[i].end)
    ]
    spans_b = [
        m.span()
        for j in pairing.b
        for m in _WORD.finditer(b.text, b.units[j].start, b.units[j].end)
    ]
    words_a = [visible(a.text[s:e]) for s, e in spans_a]
    words_b = [visible(b.text[s:e]) for s, e in spans_b]
    edits = []
    blocks = Indel.opcodes(words_a, words_b).as_matching_blocks()
    i = j = 0
    for block in blocks:
        if block.a > i or block.b > j:
            sa = _span(spans_a, i, block.a)
            sb = _span(spans_b, j, block.b)
            op = Op.REPLACE if len(sa) and len(sb) else Op.DELETE if len(sa) else Op.INSERT
            edits.append(Edit(op, sa, sb))
        i, j = block.a + block.size, block.b + block.size
    similarity = Indel.normalized_similarity(words_a, words_b)
    if not edits:
        return (), LinkKind.IDENTICAL, similarity
    longer, shorter = max(len(words_a), len(words_b)), min(len(words_a), len(words_b))
    kind = LinkKind.PARTIAL if shorter < 0.6 * longer else LinkKind.REWORDED
    return tuple(edits), kind, similarity


def _span(spans: list[tuple[int, int]], start: int, end: int) -> Span:
    if start == end:
        place = spans[start][0] if start < len(spans) else spans[-1][1]
        return Span(place, place)
    return Span(spans[start][0], spans[end - 1][1])
