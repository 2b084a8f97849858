"""What two articles share, measured exactly: the evidence that the verdict rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.article import Span
from dedup.detect.shingles import shingle_hashes
from dedup.detect.sketch import containment, estimate, jaccard, signature
from dedup.detect.thresholds import Thresholds
from dedup.detect.tiling import Tile, tile
from dedup.detect.verdict import Evidence, Run
from dedup.text import Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def gather(a: Document, b: Document, limits: Thresholds) -> Evidence:
    """Return the evidence on a pair of articles."""
    import numpy as np

    words_a, words_b = a.tokens.words, b.tokens.words
    shingles_a = shingle_hashes(words_a, limits.shingle_words)
    shingles_b = shingle_hashes(words_b, limits.shingle_words)
    set_a, set_b = np.unique(shingles_a), np.unique(shingles_b)
    free_a, free_b = room(a), room(b)
    size = limits.shingle_words
    own_a = np.unique(shingles_a[free_a[: len(shingles_a)] >= size])
    own_b = np.unique(shingles_b[free_b[: len(shingles_b)] >= size])
    whole_a = np.arange(len(words_a), 0, -1)
    whole_b = np.arange(len(words_b), 0, -1)
    longest, tiles = tile(words_a, words_b, whole_a, whole_b, limits.passage_words)
    longest_own, _ = tile(words_a, words_b, free_a, free_b, limits.passage_words)
    covered = sum(t.length for t in tiles)
    return Evidence(
        minhash_jaccard=estimate(
            signature(set_a, limits.permutations), signature(set_b, limits.permutations)
        )
        if len(set_a) and len(set_b)
        else float(words_a == words_b),
        jaccard=jaccard(set_a, set_b) if len(set_a) and len(set_b) else float(words_a == words_b),
        containment=containment(set_a, set_b),
        containment_unquoted=containment(own_a, own_b),
        longest_run=_run(longest, a, b),
        longest_run_unquoted=_run(longest_own, a, b),
        passages=len(tiles),
        coverage_a=covered / len(words_a) if words_a else 0.0,
        coverage_b=covered / len(words_b) if words_b else 0.0,
        identical=words_a == words_b,
        topic=topic(a, b),
    )


def topic(a: Document, b: Document) -> float:
    """Return the share of the smaller vocabulary of longer words that both articles use."""
    sets = [{word for word in side.tokens.words if len(word) > 5} for side in (a, b)]
    smaller = min(map(len, sets))
    return len(sets[0] & sets[1]) / smaller if smaller else 0.0


def room(document: Document) -> NDArray[np.int64]:
    """Return, for every token, how many tokens outside quotations follow from it on."""
    import numpy as np

    starts = np.array(document.tokens.starts, dtype=np.int64)
    count = len(starts)
    quoted = np.zeros(count, dtype=bool)
    for quotation in document.quotations:
        low, high = np.searchsorted(starts, [quotation.start, quotation.end])
        quoted[low:high] = True
    stops = np.append(np.flatnonzero(quoted), count)
    here = np.arange(count)
    return stops[np.searchsorted(stops, here)] - here


def _run(found: Tile | None, a: Document, b: Document) -> Run | None:
    if found is None:
        return None
    return Run(
        found.length,
        _span(a, found.a, found.length),
        _span(b, found.b, found.length),
    )


def _span(document: Document, first: int, length: int) -> Span:
    return Span(document.tokens.starts[first], document.tokens.ends[first + length - 1])
