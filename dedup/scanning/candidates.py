"""Which pairs of a corpus are worth verifying, in either mode."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from dedup.crew import Crew
from dedup.detect.bands import agreeing, pairs_of_band
from dedup.detect.buckets import merged, pack_pairs, ranges, unpack_pairs
from dedup.detect.linking import Links
from dedup.detect.postings import SAMPLE_BELOW, cut
from dedup.scanning.corpus import Corpus
from dedup.scanning.furnishing import keep_furniture
from dedup.scanning.intake import Plan
from dedup.scanning.watch import Watch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Strength of a candidate that is as good as certain.
CERTAIN = 1.0


def candidate_pairs(corpus: Corpus, plan: Plan, watch: Watch, crew: Crew) -> Links:
    """Return the pairs to verify, of the first of each kind of twins.

    Against an older corpus only pairs of an old and a new article.
    """
    import numpy as np

    by_bands = partial(_by_bands, crew=crew) if plan.layout else _by_samples
    found = by_bands(corpus, plan, watch)
    links = _with_ties(found, _ties(corpus.shorts, corpus.twin_of == np.arange(len(corpus))))
    if corpus.against:
        a, b = unpack_pairs(links.pairs)
        across = (a < corpus.old) & (b >= corpus.old)
        links = Links(links.pairs[across], links.strength[across])
    return links


def _by_samples(corpus: Corpus, plan: Plan, watch: Watch) -> Links:
    """Do what `postings.story_candidates` does, and keep the furniture that it finds."""
    watch.start("candidates", len(corpus), "articles")
    parts = plan.engine.parts(corpus.sample, SAMPLE_BELOW)
    furniture = keep_furniture(corpus, [part.hot for part in parts], plan)
    found = cut(parts, plan.engine.without(corpus.sample, furniture), plan.engine)
    watch.advance(len(corpus))
    return found


def _by_bands(corpus: Corpus, plan: Plan, watch: Watch, crew: Crew) -> Links:
    import numpy as np

    first = corpus.twin_of == np.arange(len(corpus))
    rows = np.flatnonzero(first & (corpus.words >= plan.shingle_words))
    keys = corpus.keys if len(rows) == len(corpus) else corpus.keys[rows]
    watch.start("candidates", corpus.keys.shape[1], "bands")
    parts = []
    bands = range(keys.shape[1])
    for pairs in crew.map_here(partial(pairs_of_band, keys, rows), bands):
        parts.append(pairs)
        watch.advance(1)
    assert plan.layout is not None
    likely = partial(_likely, corpus.sketches, plan.layout.agreeing)
    found = [np.empty(0, dtype=np.uint64), *crew.map_here(likely, ranges(parts))]
    pairs = np.concatenate(found)
    return Links(pairs, np.ones(len(pairs), dtype=np.float32))


def _likely(
    sketches: NDArray[np.uint8], least: int, parts: Sequence[NDArray[np.uint64]]
) -> NDArray[np.uint64]:
    """Return the pairs of all parts whose sketches agree in so many values, sorted, each once."""
    pairs = merged(parts)
    return pairs[agreeing(sketches, pairs) >= least]


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
