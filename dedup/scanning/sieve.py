"""Candidates that no verdict can join, taken out by their exact shingles before they are segmented.

Segmenting an article takes as long as comparing all its shingles with those of 20 others. A common
run of `r` words has `r - n + 1` shingles of `n`, and what a verdict counts is among the shingles of
the raw text: a pair that shares fewer shows no such run. On 6,960 real articles this takes out
three of five that would be segmented, and not one of the pairs that are joined.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dedup.detect.batch import Shingles
from dedup.detect.buckets import paired, unpack_pairs
from dedup.detect.engine import Engine
from dedup.detect.furniture import Hot, whole_furniture
from dedup.detect.linking import Links
from dedup.detect.marking import Furniture
from dedup.detect.thresholds import Thresholds
from dedup.scanning.corpus import Corpus
from dedup.scanning.desk import Desk
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


def sift(
    desk: Desk, corpus: Corpus, found: tuple[Links, Hot], limits: Thresholds, engine: Engine
) -> tuple[Links, Furniture]:
    """Return the candidates that may be one story, with their exact containment as strength.

    Pairs of a short article are all kept: it may be no longer than the run. With them comes the
    whole furniture of the corpus, which does not count.

    Args:
        desk: Who works.
        corpus: All that was taken in.
        found: Sorted pairs, and what is known of the furniture (`candidates.versions`).
        limits: What the verdict turns on.
        engine: What counts; with threads, if it has any.
    """
    import numpy as np

    candidates, hot = found
    a, b = unpack_pairs(candidates.pairs)
    asked = paired(candidates.pairs, len(corpus))
    asked[hot.witnesses.reshape(-1)] = True
    rows = np.flatnonzero(asked)
    desk.watch.start("gathering", len(rows), "articles")
    sets = keep_sets(desk, corpus, rows, parts_for(corpus, rows))
    desk.watch.start("sifting", len(sets.parts) * len(candidates), "pairs")
    shared, smaller, furniture = count_shared(desk, sets, candidates.pairs, hot, engine)
    drop_sets(desk.plan.folder, sets)
    contained = shared / np.maximum(1, smaller)
    least = max(1, limits.shared_passages_run - limits.shingle_words + 1)
    short = np.minimum(corpus.words[a], corpus.words[b]) <= SHORT_WORDS
    same_page = (corpus.pages[a] > 0) & (corpus.pages[a] == corpus.pages[b])
    kept = short | ((shared >= least) & (same_page | (contained >= LEAST_CONTAINED)))
    return Links(candidates.pairs[kept], contained[kept].astype(np.float32)), furniture


def count_shared(
    desk: Desk, sets: Sets, pairs: NDArray[np.uint64], hot: Hot, engine: Engine
) -> tuple[NDArray[np.int64], NDArray[np.int64], Furniture]:
    """Return of each pair how many shingles both have, how many the smaller set has, and what did
    not count.

    Args:
        desk: Who works.
        sets: Of the rows of pairs, and of the witnesses.
        pairs: Of rows.
        hot: What is known of the furniture.
        engine: What counts; with threads, if it has any.
    """
    import numpy as np

    numbers = sets.pairs(pairs)
    witnesses = sets.number[hot.witnesses].astype(np.int64)
    furniture = Furniture(hot.hashes)
    shared = np.zeros(len(pairs), dtype=np.int64)
    sizes = np.zeros(int(sets.number.max(initial=-1)) + 1, dtype=np.int64)
    for open_part in sets.parts:
        part = open_part()
        furniture = Furniture(whole_furniture(Hot(furniture.shingles, witnesses), part, engine))
        sizes += engine.count(part, furniture)
        some = (numbers[start : start + PAIRS] for start in range(0, len(pairs), PAIRS))
        work = partial(_shared, desk.plan.engine, part, furniture)
        counts = [shared[:0]]
        for counted in desk.crew.map_here(work, some):
            counts.append(counted)
            desk.watch.advance(len(counted))
        shared += np.concatenate(counts)
        del part, work  # or it stays open
    a, b = unpack_pairs(numbers)
    return shared, np.minimum(sizes[a], sizes[b]), furniture


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
