"""From candidates to stories: who belongs together, who stands for them, and what they share.

Twins (the same text, title and language) are verified once: the first of them stands for the
others until the end. Everything here depends on rows and figures alone, so that the result is the
same whatever the number of workers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, overload

from dedup.detect.buckets import pack_pairs, unpack_pairs
from dedup.detect.clusters import Choice, Stories, clusters, find_stories, representatives
from dedup.detect.digests import Digest
from dedup.detect.linking import Links, among
from dedup.scanning.columns import APARTS, NOBODY, ROLES, SAME, SHARING, Articles, Names, Pairs
from dedup.scanning.deciding.book import Page
from dedup.scanning.deciding.dates import sortable
from dedup.scanning.deciding.judging import Judge, belong_together
from dedup.scanning.ingesting.corpus import Corpus
from dedup.scanning.values import Apart, Role

if TYPE_CHECKING:
    pass


class Judged(NamedTuple):
    """What was found of articles, and all pairs that were measured for it."""

    articles: Articles
    page: Page


@dataclass(frozen=True, slots=True)
class Dates(Sequence[str | None]):
    """When articles were published, as text that sorts; read when asked for."""

    names: Names

    def __len__(self) -> int:
        return len(self.names)

    @overload
    def __getitem__(self, index: int) -> str | None: ...
    @overload
    def __getitem__(self, index: slice) -> list[str | None]: ...
    def __getitem__(self, index: int | slice) -> str | list[str | None] | None:
        if isinstance(index, slice):
            return [self[row] for row in range(*index.indices(len(self)))]
        return sortable(self.names[index].date)


def judged(corpus: Corpus, candidates: Links, choice: Choice, judge: Judge) -> Judged:
    """Return the articles of a corpus with their roles, and the pairs that tell of them.

    Args:
        corpus: All that was taken in, or whatever hangs together with a part of it.
        candidates: Sorted pairs.
        choice: Which article stands for its story.
        judge: Measures pairs.
    """
    found = group(corpus, candidates, judge)
    return Judged(describe(corpus, candidates, found, choice, judge), judge.book.all())


def group(corpus: Corpus, candidates: Links, judge: Judge) -> Stories:
    """Return the stories of a corpus, twins among them.

    In classic mode a cluster is whatever chains of pairs above the threshold join, as everywhere;
    in stories mode clusters do not chain (`find_stories`). Against an older corpus each new
    article joins the old one that it shares most with.
    """
    if corpus.against:
        return _with_twins(corpus, _against(corpus, candidates, judge), judge)
    if judge.threshold is None:
        share = partial(judge.share, words=corpus.words)
        found = find_stories(corpus.words, candidates, judge.strength, judge.kin, share)
    else:
        verified = Links(candidates.pairs, judge.strength(candidates.pairs))
        held = verified.held
        found = Stories(clusters(len(corpus), held.pairs), (), held, verified)
    return _with_twins(corpus, found, judge)


def _against(corpus: Corpus, candidates: Links, judge: Judge) -> Stories:
    import numpy as np

    verified = Links(candidates.pairs, judge.strength(candidates.pairs))
    old, new = unpack_pairs(verified.held.pairs)
    order = np.lexsort((old, -verified.held.strength, new))
    best = order[np.unique(new[order], return_index=True)[1]]
    cluster = np.full(len(corpus), NOBODY, dtype=np.int64)
    cluster[new[best]] = old[best]
    links = Links(np.sort(verified.held.pairs[best]), verified.held.strength[np.sort(best)])
    return Stories(cluster, (), links, verified)


def _with_twins(corpus: Corpus, found: Stories, judge: Judge) -> Stories:
    """Let the others of each kind of twins join what their first is in.

    A text without a word that is compared is a version of nothing, not even of its twin.
    """
    import numpy as np

    twins = corpus.twins
    if not len(twins):
        return found
    firsts = corpus.twin_of[twins]
    strength = judge.strength(pack_pairs(firsts, firsts))
    twins, firsts, strength = twins[strength > 0], firsts[strength > 0], strength[strength > 0]
    digests = {digest.row: digest for digest in found.digests}
    more = [
        Digest(twin, digests[first].holds)
        for twin, first in zip(twins.tolist(), firsts.tolist(), strict=True)
        if first in digests
    ]
    cluster = found.cluster.copy()
    loose = ~np.isin(firsts, np.array([*digests], dtype=np.int64))
    twins, firsts, strength = twins[loose], firsts[loose], strength[loose]
    leads = firsts if not corpus.against else firsts[firsts < corpus.old]
    alone = leads[cluster[leads] == NOBODY]
    cluster[alone] = alone
    cluster[twins] = cluster[firsts]
    pairs = pack_pairs(firsts, twins)
    pairs, first = np.unique(np.concatenate([found.links.pairs, pairs]), return_index=True)
    links = Links(pairs, np.concatenate([found.links.strength, strength])[first])
    return Stories(cluster, tuple(sorted((*found.digests, *more))), links, found.verified)


def describe(
    corpus: Corpus, candidates: Links, found: Stories, choice: Choice, judge: Judge
) -> Articles:
    """Return the articles with their roles, representatives and what they share with these."""
    import numpy as np

    count, cluster = len(corpus), found.cluster
    if corpus.against:
        chosen = cluster
    else:
        chosen = representatives(found, choice, corpus.words, Dates(corpus.names))
    rows = np.arange(count)
    role = np.full(count, ROLES.index(Role.SINGLE), dtype=np.uint8)
    role[cluster != NOBODY] = ROLES.index(Role.MEMBER)
    role[(cluster != NOBODY) & (chosen == rows)] = ROLES.index(Role.REPRESENTATIVE)
    role[[digest.row for digest in found.digests]] = ROLES.index(Role.DIGEST)
    similarity = np.full(count, np.nan)
    members = np.flatnonzero(cluster != NOBODY)
    # Between twins and a representative, their firsts were measured, or are now.
    one, two = corpus.twin_of[members], corpus.twin_of[chosen[members]]
    pairs = pack_pairs(one, two)
    different = one != two
    similarity[members] = 1.0
    similarity[members[different]] = judge.book.ask(pairs[different])["jaccard"]
    return Articles(
        corpus.names,
        corpus.words.astype(np.int32),
        role,
        cluster.astype(np.int32),
        chosen.astype(np.int32),
        similarity,
        _held(corpus, candidates, found, judge),
        corpus.old,
    )


def _held(
    corpus: Corpus, candidates: Links, found: Stories, judge: Judge
) -> dict[int, tuple[int, ...]]:
    """Return the clusters that each digest holds passages of.

    Of a story with a single article it is that article. What told that an article is a digest are
    a few of its stories; here all its candidates are asked.
    """
    import numpy as np

    digests = {digest.row for digest in found.digests}
    if not digests:
        return {}
    firsts = corpus.twin_of[np.array(sorted(digests), dtype=np.int64)]
    a, b = unpack_pairs(candidates.pairs)
    pairs = candidates.pairs[among(firsts, a) | among(firsts, b)]
    pairs = pairs[np.isin(judge.book.ask(pairs)["bare"], SHARING)]
    held: dict[int, set[int]] = {row: set() for row in firsts.tolist()}
    for one, two in zip(*map(np.ndarray.tolist, unpack_pairs(pairs)), strict=True):
        for row, other in ((one, two), (two, one)):
            if row in held and other not in digests:
                cluster = int(found.cluster[other])
                held[row].add(other if cluster == NOBODY else cluster)
    return {row: tuple(sorted(held[int(corpus.twin_of[row])])) for row in sorted(digests)}


def verified_pairs(corpus: Corpus, found: Judged, threshold: float | None) -> Pairs:
    """Return all pairs that were measured, those of twins among them.

    Args:
        corpus: All that was taken in.
        found: What became of it.
        threshold: As in `Judge`.
    """
    import numpy as np

    twins = corpus.twins
    firsts = corpus.twin_of[twins]
    articles, (known, figures) = found
    # Of each pair the place of its figures: those of a row with itself are those of its twins.
    a, b = unpack_pairs(known)
    two = np.flatnonzero(a != b)
    places = np.concatenate([two, np.searchsorted(known, pack_pairs(firsts, firsts))])
    pairs = np.concatenate([known[two], pack_pairs(firsts, twins)])
    if corpus.against:
        across = corpus.across(pairs)
        places, pairs = places[across], pairs[across]
    order = np.argsort(pairs, kind="stable")  # of two sorted parts, which it only merges
    places, (a, b) = places[order], unpack_pairs(pairs[order])
    same = belong_together(figures, threshold)[places]
    digest = articles.role == ROLES.index(Role.DIGEST)
    together = (articles.cluster[a] == articles.cluster[b]) & (articles.cluster[a] != NOBODY)
    if corpus.against:
        together = same  # with each old article that it is a version of, not with the best alone
    apart = np.where(digest[a] | digest[b], APARTS.index(Apart.DIGEST), APARTS.index(Apart.SPLIT))
    if threshold is None:
        apart[~np.isin(figures["bare"][places], SAME)] = APARTS.index(Apart.FURNITURE)
    return Pairs(
        corpus.names,
        a.astype(np.int32),
        b.astype(np.int32),
        figures["label"][places],
        same,
        figures["jaccard"][places],
        figures["containment"][places],
        figures["coverage"][places],
        figures["run"][places],
        same & together,
        np.where(same & ~together, apart, APARTS.index(None)).astype(np.uint8),
    )
