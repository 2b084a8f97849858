"""Candidates that no verdict can join, taken out by their exact shingles before they are segmented.

Segmenting an article takes as long as comparing all its shingles with those of 20 others. A common
run of `r` words has `r - n + 1` shingles of `n`, and what a verdict counts is among the shingles of
the raw text: a pair that shares fewer shows no such run. On 6,960 real articles this takes out
three of five that would be segmented, and not one of the pairs that are joined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.detect.batch import Shingles
from dedup.detect.buckets import unpack_pairs
from dedup.detect.engine import Engine, KernelEngine
from dedup.detect.linking import Links
from dedup.detect.thresholds import Thresholds
from dedup.scanning.corpus import Corpus
from dedup.scanning.desk import Desk
from dedup.scanning.furnishing import load_furniture
from dedup.scanning.intake import SHINGLES, SHORT_WORDS
from dedup.scanning.measuring import Asked, Scale, Shelf, read_sets, shared_out, together
from dedup.scanning.shinglefile import shingle_places
from dedup.scanning.shingleparts import each_part

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


def sift(
    desk: Desk, corpus: Corpus, candidates: Links, limits: Thresholds, engine: Engine
) -> Links:
    """Return the candidates that may be one story, with their exact containment as strength.

    Pairs of a short article are all kept: it may be no longer than the run.

    Args:
        desk: Who works.
        corpus: All that was taken in.
        candidates: Sorted pairs.
        limits: What the verdict turns on.
        engine: What counts; with threads, if it has any.
    """
    import numpy as np

    desk.watch.start("sifting", len(candidates), "pairs")
    count = by_threads if isinstance(engine, KernelEngine) else by_crew
    shared, smaller = count(desk, corpus, candidates.pairs, engine)
    contained = shared / np.maximum(1, smaller)
    a, b = unpack_pairs(candidates.pairs)
    least = max(1, limits.shared_passages_run - limits.shingle_words + 1)
    short = np.minimum(corpus.words[a], corpus.words[b]) <= SHORT_WORDS
    same_page = (corpus.pages[a] > 0) & (corpus.pages[a] == corpus.pages[b])
    kept = short | ((shared >= least) & (same_page | (contained >= LEAST_CONTAINED)))
    return Links(candidates.pairs[kept], contained[kept].astype(np.float32))


def by_threads(
    desk: Desk, corpus: Corpus, pairs: NDArray[np.uint64], engine: Engine
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return of each pair how many shingles both have, and how many the smaller set has.

    Furniture does not count. A part of all sets after another is made in this process.
    """
    import numpy as np

    a, b = unpack_pairs(pairs)
    places = shingle_places(corpus, desk.plan.shingle_words)
    asked = np.zeros(len(corpus), dtype=np.bool_)
    asked[a] = asked[b] = True
    rows = np.flatnonzero(asked)
    rows = rows[places[rows].order()]
    which = np.empty(len(corpus), dtype=np.int64)
    which[rows] = np.arange(len(rows))
    a, b = which[a], which[b]
    shared = np.zeros(len(pairs), dtype=np.int64)
    sizes = np.zeros(len(rows), dtype=np.int64)
    furniture = load_furniture(desk.plan.folder)
    for sets in each_part(desk.plan.folder, places[rows], engine, furniture):
        shared += engine.shared(sets, a, b)
        sizes += sets.sizes
    desk.watch.advance(len(pairs))
    return shared, np.minimum(sizes[a], sizes[b])


def by_crew(
    desk: Desk, corpus: Corpus, pairs: NDArray[np.uint64], engine: Engine
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Do what `by_threads` does, by worker processes that take some pairs at a time."""
    import numpy as np

    plan = desk.plan
    near = together(pairs, len(corpus))
    places = shingle_places(corpus, plan.shingle_words)
    tasks = shared_out(near, places, Shelf(plan.folder, SHINGLES), engine)
    shares = [np.empty((2, 0), dtype=np.int64)]
    for share in desk.crew.map(count_shared, tasks):
        shares.append(share)
        desk.watch.advance(share.shape[1])
    shared, smaller = np.concatenate(shares, axis=1)[:, np.argsort(near)]
    return shared, smaller


def count_shared(asked: Asked) -> NDArray[np.int64]:
    """Return of each pair how many shingles both have, and how many the smaller set has.

    Furniture does not count. Shape `(2, pairs)`, int64.
    """
    import numpy as np

    assert not isinstance(asked.how, Scale)
    sets = read_sets(asked.shelf, asked.places, asked.how)
    sets = asked.how.without(sets, load_furniture(asked.shelf.folder))
    a, b = unpack_pairs(asked.pairs)
    sizes = sets.sizes
    return np.stack([asked.how.shared(sets, a, b), np.minimum(sizes[a], sizes[b])])


def kin_by_samples(sample: Shingles, folder: str, engine: Engine) -> Kin:
    """Return what says of pairs that their samples alone show them to share wording.

    Args:
        sample: Sampled shingles of all articles that may be asked about.
        folder: The spool, where the furniture is, which does not count.
        engine: What counts the shared ones.
    """
    import numpy as np

    sample = engine.without(sample, load_furniture(folder))
    sizes = sample.sizes

    def kin(pairs: NDArray[np.uint64]) -> NDArray[np.bool_]:
        a, b = unpack_pairs(pairs)
        least = np.maximum(KIN_SHARED, KIN_SHARE * np.minimum(sizes[a], sizes[b]))
        return np.asarray(engine.shared(sample, a, b) >= least)

    return kin
