"""Which pairs of a corpus are worth verifying, in either mode."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from dedup.detect.bands import Layout, agreeing, pairs_of_band
from dedup.detect.buckets import merged, pack_pairs, ranges
from dedup.detect.engine import Engine
from dedup.detect.furniture import Hot
from dedup.detect.linking import Links, contains
from dedup.detect.postings import LEAST_SHARED, story_candidates
from dedup.scanning.ingesting.corpus import Corpus
from dedup.scanning.ingesting.desk import Desk
from dedup.scanning.proposing.sites import of_few_sites

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Strength of a candidate that is as good as certain.
CERTAIN = 1.0


def near_duplicates(desk: Desk, corpus: Corpus, layout: Layout) -> Links:
    """Return the pairs to verify in classic mode, of the first of each kind of twins.

    Against an older corpus only pairs of an old and a new article.
    """
    return _worth(corpus, _by_bands(desk, corpus, layout))


def versions(desk: Desk, corpus: Corpus, engine: Engine) -> tuple[Links, Hot]:
    """Return the same for stories, and what the samples tell to be furniture.

    Args:
        desk: Who watches.
        corpus: All that was taken in.
        engine: What counts; with threads, if it has any.
    """
    desk.watch.start("candidates", len(corpus), "articles")
    found, furniture = story_candidates(corpus.sample, engine, of_few_sites(corpus))
    desk.watch.advance(len(corpus))
    # Two states of one page are one story with far less in common.
    of_pages = _ties(corpus.pages, corpus.is_first)
    of_pages = of_pages[~contains(found.pairs, of_pages)]
    return _worth(corpus, _with_ties(found, of_pages, LEAST_SHARED)), furniture


def _worth(corpus: Corpus, found: Links) -> Links:
    """Add ties of short articles; against an older corpus, keep what has an old and a new one."""
    ties = _ties(corpus.shorts, corpus.is_first)
    links = _with_ties(found, ties, CERTAIN)
    if corpus.against:
        across = corpus.across(links.pairs)
        links = Links(links.pairs[across], links.strength[across])
    return links


def _by_bands(desk: Desk, corpus: Corpus, layout: Layout) -> Links:
    import numpy as np

    watch, crew = desk.watch, desk.crew
    rows = np.flatnonzero(corpus.is_first & (corpus.words >= desk.plan.shingle_words))
    keys = corpus.keys if len(rows) == len(corpus) else corpus.keys[rows]
    watch.start("candidates", corpus.keys.shape[1], "bands")
    parts = []
    bands = range(keys.shape[1])
    for pairs in crew.map_here(partial(pairs_of_band, keys, rows), bands):
        parts.append(pairs)
        watch.advance(1)
    likely = partial(_likely, corpus.sketches, layout.agreeing)
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
    return np.sort(pack_pairs(first[others], rows[others]))


def _with_ties(found: Links, ties: NDArray[np.uint64], strength: float) -> Links:
    """Add sorted pairs of some strength, which is theirs where they are among the others too."""
    import numpy as np

    if not len(ties):
        return found
    pairs = np.concatenate([ties, found.pairs])
    strengths = np.concatenate([np.full(len(ties), strength, np.float32), found.strength])
    pairs, firsts = np.unique(pairs, return_index=True)
    return Links(pairs, strengths[firsts])
