"""Candidates that no verdict can join, taken out by their exact shingles before they are segmented.

Segmenting an article takes 2 ms and comparing all its shingles 50 µs. A common run of `r` words
has `r - n + 1` shingles of `n`, and what a verdict counts is among the shingles of the raw text:
a pair that shares fewer shows no such run. On 6,960 real articles this takes out three of five
that would be segmented, and not one of the pairs that are joined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.detect.batch import pack, take
from dedup.detect.buckets import unpack_pairs
from dedup.detect.engine import Engine
from dedup.detect.furniture import without
from dedup.detect.linking import Links
from dedup.detect.thresholds import Thresholds
from dedup.scanning.book import Shelf, open_book
from dedup.scanning.corpus import Corpus
from dedup.scanning.desk import Desk
from dedup.scanning.furnishing import load_furniture
from dedup.scanning.intake import SHORT_WORDS, TEXTS, unpack_text
from dedup.scanning.passes import Texts, second_pass
from dedup.scanning.spool import Reader, writing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedup.detect.digests import Kin

#: The kind of spool file that holds sets of shingles.
SETS = "sets"
#: Articles that a worker hashes at a time.
TOGETHER = 1024
#: Least share of the smaller set. A pair with less is one story only where nine words in ten of
#: the shorter are quotations or furniture; the least of 1,150 joined pairs was 0.14.
LEAST_CONTAINED = 0.1
#: Sampled shingles that two articles share, and their part of the smaller sample, at least, if the
#: two are to be kin without a verdict: some 25 of all their shingles. Half of all pairs that were
#: verified were asked for no more than that.
KIN_SHARED, KIN_SHARE = 3, 0.1


def sift(desk: Desk, corpus: Corpus, candidates: Links, limits: Thresholds) -> Links:
    """Return the candidates that may be one story, with their exact containment as strength.

    Pairs of a short article are all kept: it may be no longer than the run.
    """
    import numpy as np

    a, b = unpack_pairs(candidates.pairs)
    rows = np.unique(np.concatenate([a, b]))
    desk.watch.start("sifting", len(rows), "articles")
    sets = second_pass(desk, corpus.places, rows, hash_texts, TOGETHER)
    book = open_book(
        desk.crew, Shelf(desk.plan.folder, SETS), desk.plan.engine, sets, lambda _: None
    )
    contained = book.ask(candidates.pairs)["containment"]
    smaller = np.minimum(sets.size[a], sets.size[b]) // np.dtype(np.uint32).itemsize
    shared = np.rint(contained * smaller)
    least = max(1, limits.shared_passages_run - limits.shingle_words + 1)
    short = np.minimum(corpus.words[a], corpus.words[b]) <= SHORT_WORDS
    same_page = (corpus.pages[a] > 0) & (corpus.pages[a] == corpus.pages[b])
    kept = short | ((shared >= least) & (same_page | (contained >= LEAST_CONTAINED)))
    return Links(candidates.pairs[kept], contained[kept].astype(np.float32))


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
    sample = without(take(corpus.sample, rows), load_furniture(folder))

    def kin(pairs: NDArray[np.uint64]) -> NDArray[np.bool_]:
        a, b = (np.searchsorted(rows, side) for side in unpack_pairs(pairs))
        least = np.maximum(KIN_SHARED, KIN_SHARE * np.minimum(sample.sizes[a], sample.sizes[b]))
        return np.asarray(engine.shared(sample, a, b) >= least)

    return kin


def hash_texts(texts: Texts) -> NDArray[np.int64]:
    """Write the set of shingles of some texts, furniture aside; return the bytes of each."""
    plan = texts.plan
    with Reader(plan.folder, TEXTS) as spool:
        packed = pack(unpack_text(data).text for data in spool.each(texts.places))
    hashed = plan.engine.shingles(packed, plan.shingle_words)
    sets = plan.engine.distinct(without(hashed, load_furniture(plan.folder)))
    with writing(plan.folder, SETS, texts.number) as out:
        out.write(sets.hashes.tobytes())
    return sets.sizes * sets.hashes.itemsize
