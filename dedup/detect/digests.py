"""What ties stories together that share nothing: digests, live pages, and single wrong links.

"News in brief" holds passages of five stories. Joined to all of them it melts them into one. The
mark of such an article is among its neighbours: some share nothing with the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.detect.buckets import pack_pairs, unpack_pairs
from dedup.detect.linking import Links, components

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    #: Says of pairs whether the two share anything: wording, or at least their topic.
    Kin = Callable[[NDArray[np.uint64]], NDArray[np.bool_]]


#: How many of its neighbours, in order of strength, each neighbour of an article is held beside.
PROBES = 6


@dataclass(frozen=True, slots=True, order=True)
class Digest:
    """An article that holds passages of stories that share nothing with each other.

    Attributes:
        row: The article.
        holds: Of each of these stories one article, the one that it shares most with.
    """

    row: int
    holds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ties:
    """What must not hold a cluster together.

    Attributes:
        digests: In order of their rows.
        bridges: Links between two articles neither of which is kin to the other's neighbours.
    """

    digests: tuple[Digest, ...]
    bridges: NDArray[np.uint64]


def find_ties(links: Links, kin: Kin) -> Ties:
    """Return the digests among linked articles, and the links that are weak bridges.

    An article with two neighbours that are neither linked nor kin is *suspect*. The neighbours of
    a suspect fall into groups: each joins the first group whose strongest member is linked with it
    or kin to it.

    - A suspect with two groups of neighbours that are not suspect themselves is a *digest*, unless
      a chain of links joins the groups without any suspect. (Two live pages that are linked with
      each other must not vouch for each other's groups; a full report and two excerpts of it that
      share nothing are one story, as other versions join them.)
    - A link between two other suspects is a *weak bridge* where each stands alone among the
      neighbours of the other, apart from the rest.
    - A suspect that loses all its links so, to two groups or more, is a digest as well.

    Args:
        links: Verified pairs that hold (`Links.held`).
        kin: Judges pairs of neighbours that are not linked; is asked in batches, at most
            `PROBES + 1` times for each link.

    Returns:
        The same whatever the order of work.
    """
    import numpy as np

    rows, others = _neighbours(links)
    suspects = _suspects(rows, others, links.pairs, kin)
    near = {row: others[slice(*np.searchsorted(rows, [row, row + 1]))].tolist() for row in suspects}
    groups = _group(near, links.pairs, kin)
    plain = {row: [other for other in near[row] if other not in near] for row in suspects}
    stories = components(int(rows.max(initial=-1)) + 1, links.without(np.array(suspects)).pairs)
    regrouped = {
        row: _merge(held, stories) for row, held in _group(plain, links.pairs, kin).items()
    }
    digests = {
        row: Digest(row, tuple(group[0] for group in held))
        for row, held in regrouped.items()
        if len(held) > 1
    }
    doubtful = {row: groups[row] for row in suspects if row not in digests}
    bridges = [
        (row, other)
        for row, held in doubtful.items()
        for group in held
        for other in group
        if row < other and group == [other] and [row] in doubtful.get(other, [])
    ]
    lost: dict[int, list[int]] = {}
    for pair in bridges:
        for row, other in (pair, pair[::-1]):
            lost.setdefault(row, []).append(other)
    for row, gone in lost.items():
        if len(gone) == len(near[row]):
            digests[row] = Digest(row, tuple(group[0] for group in groups[row]))
    a, b = np.array(bridges, dtype=np.uint64).reshape(-1, 2).T
    return Ties(tuple(sorted(digests.values())), np.sort(pack_pairs(a, b)))


def _neighbours(links: Links) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return every article with each of its neighbours: in order, the strongest link first."""
    import numpy as np

    a, b = unpack_pairs(links.pairs)
    rows, others = np.concatenate([a, b]), np.concatenate([b, a])
    order = np.lexsort((others, -np.tile(links.strength, 2), rows))
    return rows[order], others[order]


def _suspects(
    rows: NDArray[np.int64], others: NDArray[np.int64], linked: NDArray[np.uint64], kin: Kin
) -> list[int]:
    """Return the articles of which two neighbours are neither linked nor kin, in order.

    Each neighbour is held beside the next `PROBES` in order of strength, not beside all: an
    article with 300 neighbours shows in linear time that some share nothing.
    """
    import numpy as np

    asked, of = [], []
    for step in range(1, PROBES + 1):
        places = np.flatnonzero(rows[step:] == rows[:-step])
        asked.append(pack_pairs(others[places], others[places + step]))
        of.append(rows[places])
    related = _related(np.concatenate(asked), linked, kin)
    found: list[int] = np.unique(np.concatenate(of)[~related]).tolist()
    return found


def _group(
    near: Mapping[int, list[int]], linked: NDArray[np.uint64], kin: Kin
) -> dict[int, list[list[int]]]:
    """Put the neighbours of each article in groups, all articles a step at a time.

    In each step the first neighbour that is left leads a group, and all that are kin to it join.
    """
    import numpy as np

    groups: dict[int, list[list[int]]] = {row: [] for row in near}
    left = {row: others for row, others in near.items() if others}
    while left:
        asked = [(others[0], other) for others in left.values() for other in others[1:]]
        a, b = np.array(asked, dtype=np.uint64).reshape(-1, 2).T
        answers = iter(_related(pack_pairs(a, b), linked, kin).tolist())
        for row, (leader, *others) in list(left.items()):
            joins = [next(answers) for _ in others]
            members = [other for other, yes in zip(others, joins, strict=True) if yes]
            groups[row].append([leader, *members])
            left[row] = [other for other, yes in zip(others, joins, strict=True) if not yes]
            if not left[row]:
                del left[row]
    return groups


def _merge(groups: list[list[int]], stories: NDArray[np.int64]) -> list[list[int]]:
    """Put groups together that have members of one story."""
    merged: list[list[int]] = []
    for group in groups:
        held = {int(stories[row]) for row in group}
        same = [one for one in merged if held & {int(stories[row]) for row in one}]
        merged = [one for one in merged if one not in same]
        merged.append([row for one in [*same, group] for row in one])
    return merged


def _related(pairs: NDArray[np.uint64], linked: NDArray[np.uint64], kin: Kin) -> NDArray[np.bool_]:
    """Say which pairs are linked, or else kin; each pair is asked once."""
    import numpy as np

    unique, places = np.unique(pairs, return_inverse=True)
    related = np.isin(unique, linked)
    if not related.all():
        related[~related] = kin(unique[~related])
    return np.asarray(related[places.reshape(-1)])
