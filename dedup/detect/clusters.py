"""From candidates to stories: clusters of verified pairs that do not chain, and who stands for it.

Nothing here depends on the order of the input: rows are numbered in the order of the articles'
ids, ties go to the lower row, and a cluster bears the number of its lowest row.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from dedup.detect.buckets import pack_pairs, paired, unpack_pairs
from dedup.detect.digests import Digest, find_passages, find_ties
from dedup.detect.linking import Links, among, components, contains, joined, link

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedup.detect.digests import Kin, Share
    from dedup.detect.linking import Verify


class Choice(StrEnum):
    """Which article stands for its story."""

    LONGEST = "longest"
    EARLIEST = "earliest"
    CENTRAL = "central"


@dataclass(frozen=True, slots=True)
class Stories:
    """The stories of a corpus.

    Attributes:
        cluster: For each article the lowest row of its cluster, -1 for a single or a digest;
            shape `(n,)`, int64: 8 bytes an article.
        digests: In order of their rows; no cluster holds one.
        links: The verified pairs that hold the clusters together.
        verified: All that was verified, with what failed (strength 0) and what digests and weak
            bridges tie.
    """

    cluster: NDArray[np.int64]
    digests: tuple[Digest, ...]
    links: Links
    verified: Links


def find_stories(
    words: NDArray[np.int64], candidates: Links, verify: Verify, kin: Kin, share: Share
) -> Stories:
    """Return the stories among some articles.

    Candidates are linked; digests and weak bridges are taken out; what they held together is
    linked again from the candidates that are left, until nothing more has to be taken out.

    Args:
        words: Tokens of each article.
        candidates: Candidate pairs, with what they are estimated to share.
        verify: How strong a link is, or 0; asked once of a pair.
        kin: Whether two articles share anything at all, be it their topic.
        share: How much of either article stands in passages of the other; asked of verified pairs.
    """
    import numpy as np

    count = len(words)
    verified = link(words, candidates, verify)
    links, left, found = verified, candidates, dict[int, Digest]()
    looked_at, hanging = links, np.empty(0, dtype=np.int64)
    while True:
        passages = find_passages(looked_at, share)
        ties = find_ties(looked_at.held, kin, passages)
        if not ties.digests and not len(ties.bridges):
            break
        if not len(hanging):  # in the first round
            passing = pack_pairs(passages.held.rows, passages.held.others)
            hanging = components(count, np.concatenate([links.held.pairs, passing]))
        found.update((digest.row, digest) for digest in ties.digests)
        rows = np.array([digest.row for digest in ties.digests], dtype=np.int64)
        left, kept = left.without(rows, ties.bridges), links.without(rows, ties.bridges)
        links = link(words, left, verify, kept)
        verified = _both(verified, links)
        # What a tie depends on hangs together with it by links and passages: where nothing changed
        # there were no ties, and there are none.
        new = links.pairs[~contains(kept.pairs, links.pairs)]
        hanging = joined(hanging, new)
        changed = np.concatenate([rows, *unpack_pairs(ties.bridges), *unpack_pairs(new)])
        looked_at = _of_rows(links, among(hanging[changed], hanging))
    digests = tuple(found[row] for row in sorted(found))
    return Stories(clusters(count, links.held.pairs), digests, links.held, verified)


def clusters(count: int, pairs: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return for each row the lowest row of its cluster, -1 where no pair has it; int64."""
    import numpy as np

    return np.where(paired(pairs, count), components(count, pairs), -1)


def representatives(
    stories: Stories, choice: Choice, words: NDArray[np.int64], dates: Sequence[str | None]
) -> NDArray[np.int64]:
    """Return for each article the row that stands for its cluster, -1 outside clusters; int64.

    Args:
        stories: What was found.
        choice: `longest` has the most words; `earliest` the first date, of equal ones the longest
            (articles without a date come last); `central` shares most with the others that it is
            linked with. What is still equal goes to the lower row.
        words: Tokens of each article.
        dates: In ISO 8601, all in one time zone, so that they sort as text; None where unknown.
    """
    import numpy as np

    rows = np.flatnonzero(stories.cluster >= 0)
    keys = [rows, -words[rows]]
    if choice is Choice.EARLIEST:
        known = [dates[row] for row in rows.tolist()]
        ranks = {date: rank for rank, date in enumerate(sorted({d for d in known if d}))}
        keys.append(np.array([ranks[d] if d else len(ranks) for d in known], dtype=np.int64))
    elif choice is Choice.CENTRAL:
        totals = np.zeros(len(stories.cluster))
        for side in unpack_pairs(stories.links.pairs):
            np.add.at(totals, side, stories.links.strength.astype(np.float64))
        keys.append(np.unique(-totals[rows], return_inverse=True)[1])
    ordered = rows[np.lexsort((*keys, stories.cluster[rows]))]
    labels, firsts = np.unique(stories.cluster[ordered], return_index=True)
    out = np.full(len(stories.cluster), -1, dtype=np.int64)
    out[rows] = ordered[firsts][np.searchsorted(labels, stories.cluster[rows])]
    return out


def chain(links: Links, start: int, end: int) -> tuple[int, ...]:
    """Return the shortest chain of linked rows from one article to another; empty if there is none.

    Of equally short ones the one by way of the strongest links first, then the lower rows. This
    is why two articles are in one cluster. O(links).
    """
    import numpy as np

    a, b = unpack_pairs(links.pairs)
    near: dict[int, list[int]] = {}
    for place in np.lexsort((links.pairs, -links.strength)).tolist():
        near.setdefault(int(a[place]), []).append(int(b[place]))
        near.setdefault(int(b[place]), []).append(int(a[place]))
    came_from, waiting = {start: start}, deque([start])
    while waiting and end not in came_from:
        row = waiting.popleft()
        for other in near.get(row, ()):
            if other not in came_from:
                came_from[other] = row
                waiting.append(other)
    if end not in came_from:
        return ()
    rows = [end]
    while rows[-1] != start:
        rows.append(came_from[rows[-1]])
    return tuple(reversed(rows))


def _both(one: Links, two: Links) -> Links:
    """Return what either knows; they agree on what both know."""
    import numpy as np

    pairs, firsts = np.unique(np.concatenate([one.pairs, two.pairs]), return_index=True)
    return Links(pairs, np.concatenate([one.strength, two.strength])[firsts])


def _of_rows(links: Links, rows: NDArray[np.bool_]) -> Links:
    """Return the links of two rows that are marked."""
    a, b = unpack_pairs(links.pairs)
    kept = rows[a] & rows[b]
    return Links(links.pairs[kept], links.strength[kept])
