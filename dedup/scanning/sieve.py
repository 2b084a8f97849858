"""Candidates that no verdict can join, taken out by their exact shingles before they are segmented.

Segmenting an article takes as long as comparing all its shingles with those of 20 others. A common
run of `r` words has `r - n + 1` shingles of `n`, and what a verdict counts is among the shingles of
the raw text: a pair that shares fewer shows no such run. On 6,960 real articles this takes out
three of five that would be segmented, and not one of the pairs that are joined.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dedup.detect.batch import Shingles, take
from dedup.detect.buckets import unpack_pairs
from dedup.detect.engine import Engine
from dedup.detect.linking import Links
from dedup.detect.marking import Furniture
from dedup.detect.thresholds import Thresholds
from dedup.scanning.corpus import Corpus
from dedup.scanning.desk import Desk
from dedup.scanning.furnishing import load_furniture
from dedup.scanning.intake import SHORT_WORDS
from dedup.scanning.setfile import Sets, drop_sets, keep_sets, parts_for

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedup.detect.digests import Kin

#: Least share of the smaller set. A pair with less is one story only where nine words in ten of
#: the shorter are quotations or furniture; the least of 1,150 joined pairs was 0.14.
LEAST_CONTAINED = 0.1
#: Sampled shingles that two articles share, and their part of the smaller sample, at least, if the
#: two are to be kin without a verdict: some 25 of all their shingles. Half of all pairs that were
#: verified were asked for no more than that.
KIN_SHARED, KIN_SHARE = 3, 0.1
#: Pairs that are counted at a time.
PAIRS = 1 << 15


def sift(desk: Desk, corpus: Corpus, candidates: Links, limits: Thresholds) -> Links:
    """Return the candidates that may be one story, with their exact containment as strength.

    Pairs of a short article are all kept: it may be no longer than the run.

    Args:
        desk: Who works.
        corpus: All that was taken in.
        candidates: Sorted pairs.
        limits: What the verdict turns on.
    """
    import numpy as np

    a, b = unpack_pairs(candidates.pairs)
    rows = np.unique(np.concatenate([a, b]))
    desk.watch.start("gathering", len(rows), "articles")
    furniture = Furniture(load_furniture(desk.plan.folder))
    sets = keep_sets(desk, corpus, rows, parts_for(corpus, rows), furniture)
    desk.watch.start("sifting", len(sets.parts) * len(candidates), "pairs")
    shared, smaller = count_shared(desk, sets, candidates.pairs)
    drop_sets(desk.plan.folder, sets)
    contained = shared / np.maximum(1, smaller)
    least = max(1, limits.shared_passages_run - limits.shingle_words + 1)
    short = np.minimum(corpus.words[a], corpus.words[b]) <= SHORT_WORDS
    same_page = (corpus.pages[a] > 0) & (corpus.pages[a] == corpus.pages[b])
    kept = short | ((shared >= least) & (same_page | (contained >= LEAST_CONTAINED)))
    return Links(candidates.pairs[kept], contained[kept].astype(np.float32))


def count_shared(
    desk: Desk, sets: Sets, pairs: NDArray[np.uint64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return of each pair how many shingles both have, and how many the smaller set has."""
    import numpy as np

    numbers = sets.pairs(pairs)
    shared = np.zeros(len(pairs), dtype=np.int64)
    for part in sets.parts:
        some = (numbers[start : start + PAIRS] for start in range(0, len(pairs), PAIRS))
        parts = [shared[:0]]
        for counted in desk.crew.map_here(partial(_shared, desk.plan.engine, part), some):
            parts.append(counted)
            desk.watch.advance(len(counted))
        shared += np.concatenate(parts)
    a, b = unpack_pairs(numbers)
    sizes = np.sum([part.sizes for part in sets.parts], axis=0)
    return shared, np.minimum(sizes[a], sizes[b])


def _shared(engine: Engine, sets: Shingles, pairs: NDArray[np.uint64]) -> NDArray[np.int64]:
    return engine.shared(sets, *unpack_pairs(pairs))


def kin_by_samples(corpus: Corpus, candidates: Links, folder: str, engine: Engine) -> Kin:
    """Return what says of pairs that their samples alone show them to share wording.

    Args:
        corpus: All that was taken in.
        candidates: Pairs whose articles may be asked about.
        folder: The spool, where the furniture is, which does not count.
        engine: What counts the shared ones.
    """
    import numpy as np

    rows = np.unique(np.concatenate(unpack_pairs(candidates.pairs)))
    sample = engine.without(take(corpus.sample, rows), load_furniture(folder))

    def kin(pairs: NDArray[np.uint64]) -> NDArray[np.bool_]:
        a, b = (np.searchsorted(rows, side) for side in unpack_pairs(pairs))
        least = np.maximum(KIN_SHARED, KIN_SHARE * np.minimum(sample.sizes[a], sample.sizes[b]))
        return np.asarray(engine.shared(sample, a, b) >= least)

    return kin
