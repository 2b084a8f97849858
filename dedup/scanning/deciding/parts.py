"""Candidates in parts that hang together: each is judged as though it were all that there is.

Whatever is asked between the first link and the roles of articles, is asked of pairs that a chain
of candidates joins. So a part can be judged by one worker from beginning to end, with its texts and
sheets at hand: each is outlined once, its windows are hashed once, nothing is written, and no
worker waits for another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from dedup.detect.buckets import ROW_BITS, pack_pairs, paired, unpack_pairs
from dedup.detect.linking import Links, components, order_by
from dedup.scanning.columns import NOBODY, ROLES, Articles, Names
from dedup.scanning.deciding.book import Page, blank_page
from dedup.scanning.deciding.grouping import Judged
from dedup.scanning.ingesting.corpus import Corpus
from dedup.scanning.values import Role

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Words of the articles of a part, about, at least and at most: each takes some 11 bytes of a sheet
#: and 25 while it is judged, 150 MB in all; and in how many parts few articles are shared out.
LEAST_WORDS, MOST_WORDS, PORTIONS = 1 << 20, 1 << 22, 8


class Part(NamedTuple):
    """Some articles, and the candidates among them.

    Attributes:
        rows: Of the corpus; those that hang together in order; int64.
        candidates: In terms of the places of these rows.
    """

    rows: NDArray[np.int64]
    candidates: Links


def parts_of(corpus: Corpus, candidates: Links) -> Iterator[Part]:
    """Yield all articles that have a candidate or a twin, in parts that nothing joins.

    Args:
        corpus: All that was taken in.
        candidates: Sorted pairs.

    Yields:
        What hangs together, and so much else that a part has `LEAST_WORDS` to `MOST_WORDS` or a
        few more; as many as it takes, where more hang together. O(n log n).
    """
    import numpy as np

    twins = corpus.twins
    pairs = np.concatenate([candidates.pairs, pack_pairs(corpus.twin_of[twins], twins)])
    group = components(len(corpus), pairs)
    rows = np.flatnonzero(paired(pairs, len(corpus)))
    words = np.maximum(1, words_at_hand(corpus, rows))
    size = min(MOST_WORDS, max(LEAST_WORDS, -(-int(words.sum()) // PORTIONS)))
    ends = np.bincount(group[rows], words, minlength=len(corpus)).cumsum()
    part = (ends[group].astype(np.int64) - 1) // size
    # Group by group, so that what is asked for together lies together; but what is old comes first.
    rows = rows[order_by(group[rows])]
    rows = rows[order_by(2 * part[rows] + (rows >= corpus.old))]
    place = np.empty(len(corpus), dtype=np.int64)
    place[rows] = np.arange(len(rows))
    placed = pack_pairs(*(place[side] for side in unpack_pairs(candidates.pairs)))
    order = np.argsort(placed)
    placed, strength = placed[order], candidates.strength[order]
    edges = np.flatnonzero(np.diff(part[rows], prepend=-1, append=-1)).astype(np.uint64)
    cuts = np.searchsorted(placed, edges << np.uint64(ROW_BITS))
    for (first, stop), (low, high) in zip(pairwise(edges), pairwise(cuts), strict=True):
        local = placed[low:high] - (first << np.uint64(ROW_BITS) | first)
        yield Part(rows[int(first) : int(stop)], Links(local, strength[low:high]))


def words_at_hand(corpus: Corpus, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the words of some articles, of a twin none: nothing is kept of it."""
    import numpy as np

    return np.where(corpus.twin_of[rows] == rows, corpus.words[rows], 0)


def only(corpus: Corpus, rows: NDArray[np.int64]) -> Corpus:
    """Return what judging asks of some articles, the old ones first, no twin of which is left out.

    What made them candidates, their samples too, is no more asked for, and is that of all.
    """
    import numpy as np

    names, order = corpus.names, np.argsort(rows)
    return replace(
        corpus,
        names=Names(names.heap, names.starts[rows], names.ends[rows]),
        words=corpus.words[rows],
        places=corpus.places[rows],
        prints=corpus.prints[rows],
        pages=corpus.pages[rows],
        twin_of=order[np.searchsorted(rows, corpus.twin_of[rows], sorter=order)],
        old=int(np.count_nonzero(rows < corpus.old)),
    )


def unnamed(found: Judged) -> Judged:
    """Return what was found of a part without the names of its articles, which `joined` has: they
    are those of all, and too much to hand over."""
    articles, page = found
    none = articles.words[:0].astype("int64")
    return Judged(replace(articles, names=Names(b"", none, none)), page)


def joined(corpus: Corpus, judged: Iterable[tuple[Part, Judged]]) -> Judged:
    """Return what was found of a corpus whose parts were judged; all other articles are single."""
    import numpy as np

    count = len(corpus)
    role = np.full(count, ROLES.index(Role.SINGLE), dtype=np.uint8)
    cluster, chosen = np.full((2, count), NOBODY, dtype=np.int32)
    similarity = np.full(count, np.nan)
    stories: dict[int, tuple[int, ...]] = {}
    pages = [blank_page()]
    for (rows, _), (articles, page) in judged:
        named = np.append(rows, NOBODY)  # -1 is the last of them
        role[rows], similarity[rows] = articles.role, articles.similarity
        cluster[rows], chosen[rows] = named[articles.cluster], named[articles.representative]
        for row, held in articles.stories.items():
            stories[int(rows[row])] = tuple(rows[[*held]].tolist())
        a, b = unpack_pairs(page.pairs)
        pages.append(Page(pack_pairs(rows[a], rows[b]), page.figures))
    pairs, figures = map(np.concatenate, zip(*pages, strict=True))
    order = np.argsort(pairs)
    articles = Articles(
        corpus.names, corpus.words.astype(np.int32), role, cluster, chosen, similarity,
        dict(sorted(stories.items())), corpus.old,
    )  # fmt: skip
    return Judged(articles, Page(pairs[order], figures.take(order)))
