"""Candidates that no verdict can join, taken out by their shingles where too many hang together.

A common run of `r` words has `r - n + 1` shingles of `n`, and what a verdict counts is among the
shingles of the raw text: a pair that shares fewer shows no such run. Samples tell nearly all of
these pairs; but those that they leave chain stories to a group that cannot be held in memory. To
count the shingles of the articles of such a group takes a quarter of what it takes to weigh them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dedup.detect.batch import Shingles
from dedup.detect.buckets import pack_pairs, paired, unpack_pairs
from dedup.detect.engine import Engine
from dedup.detect.linking import Links, components
from dedup.detect.marking import Furniture
from dedup.detect.postings import LEAST_SHARED
from dedup.detect.thresholds import Thresholds
from dedup.scanning.ingesting.corpus import Corpus
from dedup.scanning.ingesting.desk import Desk
from dedup.scanning.ingesting.intake import SHORT_WORDS
from dedup.scanning.rereading.setfile import Sets, drop_sets, keep_sets, parts_for

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedup.detect.digests import Kin

#: With more words in its articles a group is not held in memory by one thread.
HELD_WORDS = 1 << 23
#: Least share of the smaller set. A pair with less is one story only where nine words in ten of
#: the shorter are quotations or furniture; of 372 joined pairs of 6,960 real articles the least
#: shares 0.11, of 64,627 of 100,000 generated ones 0.20.
LEAST_CONTAINED = 0.1
#: Sampled shingles that two articles share, and their part of the smaller sample, at least, if the
#: two are to be kin without a verdict: some 25 of all their shingles. Half of all pairs that were
#: verified were asked for no more than that.
KIN_SHARED, KIN_SHARE = 3, 0.1
#: Pairs that are counted at a time.
PAIRS = 1 << 15


def sift(
    desk: Desk, corpus: Corpus, candidates: Links, furniture: Furniture, limits: Thresholds
) -> Links:
    """Return the candidates, but of those that hang together in too many words only what may join.

    What chains stories are pairs whose samples have little in common: no others are looked at.
    Pairs of a short article are all kept: it may be no longer than the run.

    Args:
        desk: Who works.
        corpus: All that was taken in.
        candidates: Sorted pairs.
        furniture: What does not count.
        limits: What the verdict turns on.
    """
    import numpy as np

    a, b = unpack_pairs(candidates.pairs)
    group = components(len(corpus), candidates.pairs)
    there = paired(candidates.pairs, len(corpus))
    words = np.bincount(group[there], corpus.words[there], minlength=len(corpus))
    weak = candidates.strength < 2 * LEAST_SHARED
    asked = np.flatnonzero(weak & (words[group[a]] > HELD_WORDS))
    if not len(asked):
        return candidates
    pairs, a, b = candidates.pairs[asked], a[asked], b[asked]
    rows = np.flatnonzero(paired(pairs, len(corpus)))
    desk.watch.start("gathering", len(rows), "articles")
    sets = keep_sets(desk, corpus, rows, parts_for(corpus, rows))
    desk.watch.start("sifting", len(sets.parts) * len(pairs), "pairs")
    shared, smaller = count_shared(desk, sets, pairs, furniture)
    drop_sets(desk.plan.folder, sets)
    short = np.minimum(corpus.words[a], corpus.words[b]) <= SHORT_WORDS
    same_page = (corpus.pages[a] > 0) & (corpus.pages[a] == corpus.pages[b])
    enough = same_page | (shared >= LEAST_CONTAINED * smaller)
    kept = np.ones(len(candidates), dtype=np.bool_)
    kept[asked] = short | ((shared >= limits.passage_shingles) & enough)
    return Links(candidates.pairs[kept], candidates.strength[kept])


def count_shared(
    desk: Desk, sets: Sets, pairs: NDArray[np.uint64], furniture: Furniture
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return of each pair how many shingles both have, and how many the smaller set has.

    Args:
        desk: Who works.
        sets: Of the rows of pairs.
        pairs: Of rows.
        furniture: What does not count.
    """
    import numpy as np

    numbers, engine = sets.pairs(pairs), desk.plan.engine
    shared = np.zeros(len(pairs), dtype=np.int64)
    sizes = np.zeros(int(sets.number.max(initial=-1)) + 1, dtype=np.int64)
    for open_part in sets.parts:
        part = open_part()
        sizes += engine.count(part, furniture)
        some = (numbers[start : start + PAIRS] for start in range(0, len(pairs), PAIRS))
        work = partial(_shared, engine, part, furniture)
        counts = [shared[:0]]
        for counted in desk.crew.map_here(work, some):
            counts.append(counted)
            desk.watch.advance(len(counted))
        shared += np.concatenate(counts)
        del part, work  # or it stays open
    a, b = unpack_pairs(numbers)
    return shared, np.minimum(sizes[a], sizes[b])


def _shared(
    engine: Engine, sets: Shingles, furniture: Furniture, pairs: NDArray[np.uint64]
) -> NDArray[np.int64]:
    return engine.shared(sets, *unpack_pairs(pairs), furniture)


def kin_by_samples(sample: Shingles, furniture: Furniture, engine: Engine) -> Kin:
    """Return what says of pairs that their samples alone show them to share wording.

    Args:
        sample: The sampled shingles of every article.
        furniture: What does not count.
        engine: What counts the shared ones.
    """
    import numpy as np

    sizes = engine.count(sample, furniture)

    def kin(pairs: NDArray[np.uint64]) -> NDArray[np.bool_]:
        a, b = unpack_pairs(pairs)
        least = np.maximum(KIN_SHARED, KIN_SHARE * np.minimum(sizes[a], sizes[b]))
        return np.asarray(engine.shared(sample, a, b, furniture) >= least)

    return kin


def kin_among(rows: NDArray[np.int64], kin: Kin) -> Kin:
    """Return what says of places of some rows what is said of the rows."""

    def among(pairs: NDArray[np.uint64]) -> NDArray[np.bool_]:
        return kin(pack_pairs(*(rows[places] for places in unpack_pairs(pairs))))

    return among
