"""Which pairs of a corpus are worth verifying, in either mode."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dedup.detect.bands import Layout, agreeing, pairs_of_band
from dedup.detect.buckets import merge_pairs, pack_pairs, unpack_pairs
from dedup.detect.engine import Engine
from dedup.detect.linking import Links
from dedup.detect.postings import SAMPLE_BELOW, cut
from dedup.scanning.corpus import Corpus
from dedup.scanning.desk import Desk
from dedup.scanning.furnishing import keep_furniture

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Strength of a candidate that is as good as certain.
CERTAIN = 1.0
#: Pairs whose sketches are compared at a time.
TOGETHER = 1 << 14


def candidate_pairs(desk: Desk, corpus: Corpus, engine: Engine) -> Links:
    """Return the pairs to verify, of the first of each kind of twins.

    Against an older corpus only pairs of an old and a new article.

    Args:
        desk: Who works.
        corpus: All that was taken in.
        engine: What counts; with threads, if it has any.
    """
    import numpy as np

    layout = desk.plan.layout
    found = _by_bands(desk, corpus, layout) if layout else _by_samples(desk, corpus, engine)
    links = _with_ties(found, _ties(corpus.shorts, corpus.twin_of == np.arange(len(corpus))))
    if corpus.against:
        a, b = unpack_pairs(links.pairs)
        across = (a < corpus.old) & (b >= corpus.old)
        links = Links(links.pairs[across], links.strength[across])
    return links


def _by_samples(desk: Desk, corpus: Corpus, engine: Engine) -> Links:
    """Do what `postings.story_candidates` does, and keep the furniture that it finds."""
    desk.watch.start("indexing", len(corpus), "articles")
    parts = engine.parts(corpus.sample, SAMPLE_BELOW)
    desk.watch.advance(len(corpus))
    furniture = keep_furniture(desk, corpus, [part.hot for part in parts], engine)
    desk.watch.start("candidates", len(corpus), "articles")
    found = cut(parts, engine.without(corpus.sample, furniture), engine)
    desk.watch.advance(len(corpus))
    return found


def _by_bands(desk: Desk, corpus: Corpus, layout: Layout) -> Links:
    import numpy as np

    watch, crew = desk.watch, desk.crew
    first = corpus.twin_of == np.arange(len(corpus))
    rows = np.flatnonzero(first & (corpus.words >= desk.plan.shingle_words))
    keys = corpus.keys if len(rows) == len(corpus) else corpus.keys[rows]
    watch.start("candidates", corpus.keys.shape[1], "bands")
    parts = []
    bands = range(keys.shape[1])
    for pairs in crew.map_here(partial(pairs_of_band, keys, rows), bands):
        parts.append(pairs)
        watch.advance(1)
    pairs = merge_pairs(parts)
    some = (pairs[start : start + TOGETHER] for start in range(0, len(pairs), TOGETHER))
    agree = [np.empty(0, np.int64), *crew.map_here(partial(agreeing, corpus.sketches), some)]
    pairs = pairs[np.concatenate(agree) >= layout.agreeing]
    return Links(pairs, np.ones(len(pairs), dtype=np.float32))


def _ties(digests: NDArray[np.uint64], among: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Return pairs that tie each row to the first one with the same digest; 0 is none."""
    import numpy as np

    rows = np.flatnonzero(among & (digests != 0))
    _, firsts, which = np.unique(digests[rows], return_index=True, return_inverse=True)
    first = rows[firsts[which]]
    others = first != rows
    return np.sort(pack_pairs(first[others].astype(np.uint64), rows[others].astype(np.uint64)))


def _with_ties(found: Links, ties: NDArray[np.uint64]) -> Links:
    """Add pairs that are certain to sorted ones; all are sorted, each once."""
    import numpy as np

    if not len(ties):
        return found
    pairs = np.concatenate([ties, found.pairs])
    strength = np.concatenate([np.full(len(ties), CERTAIN, np.float32), found.strength])
    pairs, firsts = np.unique(pairs, return_index=True)
    return Links(pairs, strength[firsts])
