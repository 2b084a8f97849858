"""What ties stories together that share nothing: digests, live pages, and single wrong links.

"News in brief" holds passages of five stories. Joined to all of them it melts them into one, and
joined to the one that it holds most of it is a wrong version of that. The mark of such an article
is among its neighbours, those that it is linked with and those that it has no more than a passage
of: some share nothing with the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress, islice
from operator import not_
from typing import TYPE_CHECKING, NamedTuple

from dedup.detect.buckets import pack_pairs, sorted_once, unpack_pairs
from dedup.detect.linking import Links, among, components, contains, order_by

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    #: Says of pairs whether the two share anything: wording, or at least their topic.
    Kin = Callable[[NDArray[np.uint64]], NDArray[np.bool_]]
    #: Says of pairs how much of the lower and of the higher article stands in passages that the
    #: other has too; shape `(2, n)`, 0 to 1.
    Share = Callable[[NDArray[np.uint64]], NDArray[np.float64]]


#: How many of its neighbours, in order of strength, each neighbour of an article is held beside.
PROBES = 6
#: A passage that makes up so much of an article makes its source a neighbour, linked or not. Of
#: the second of the stories in a generated digest it is 0.13 and more, in 49 of 50; a stock phrase
#: that two outlets use is less of all but the shortest articles.
HELD = 0.1
#: An article of which one linked article holds so much is a version, whatever passage it has
#: besides. Of a generated digest no story makes up more than 0.52.
MOST = 0.6
#: Two linked articles each of which holds so much of the other are copies of one text.
ALIKE = 0.8


@dataclass(frozen=True, slots=True, order=True)
class Digest:
    """An article that holds passages of stories that share nothing with each other.

    Attributes:
        row: The article.
        holds: Of each of these stories one article, the one that it shares most with.
    """

    row: int
    holds: tuple[int, ...]


class Held(NamedTuple):
    """Articles with others of which they hold a passage.

    Attributes:
        rows: The articles; int64.
        others: The other of each; int64.
        share: How much of the article the passage is; float64.
    """

    rows: NDArray[np.int64]
    others: NDArray[np.int64]
    share: NDArray[np.float64]


class Passages(NamedTuple):
    """What the shares say that links do not.

    Attributes:
        held: Passages of others that an article is not linked with.
        most: Linked articles that an article holds most of its words of.
    """

    held: Held
    most: Held


@dataclass(frozen=True, slots=True)
class Ties:
    """What must not hold a cluster together.

    Attributes:
        digests: In order of their rows.
        bridges: Links between two articles neither of which is kin to the other's neighbours.
    """

    digests: tuple[Digest, ...]
    bridges: NDArray[np.uint64]


def find_passages(verified: Links, share: Share) -> Passages:
    """Return who holds passages of whom, by verified pairs. O(n)."""
    import numpy as np

    rows, others = _both_ways(verified.pairs)
    part = share(verified.pairs).reshape(-1)
    linked = np.tile(verified.strength > 0, 2)
    held, most = ~linked & (part >= HELD), linked & (part >= MOST)
    return Passages(*(Held(rows[one], others[one], part[one]) for one in (held, most)))


def find_ties(links: Links, kin: Kin, passages: Passages | None = None) -> Ties:
    """Return the digests among linked articles, and the links that are weak bridges.

    An article with two neighbours that are neither linked nor kin is *suspect*. The neighbours of
    a suspect fall into groups: each joins the first group whose strongest member is linked with it
    or kin to it.

    - A suspect with two groups of neighbours that are not suspect themselves is a *digest*, unless
      a chain of links joins the groups without any suspect. (Two live pages that are linked with
      each other must not vouch for each other's groups; a full report and two excerpts of it that
      share nothing are one story, as other versions join them.) Where one of them holds most of
      the suspect, it is a version of that, and only those that it is linked with count. A copy of
      the suspect says no more than itself (it is kin to all the neighbours): it is in no group, and
      no chain through copies joins any.
    - A link between two other suspects is a *weak bridge* where each stands alone among the
      neighbours of the other, apart from the rest.
    - A suspect that loses all its links so, to two groups or more, is a digest as well.

    Args:
        links: Verified pairs that hold (`Links.held`).
        passages: What else makes articles neighbours of one; none when left out.
        kin: Judges pairs of neighbours that are not linked; is asked in batches, at most
            `PROBES + 1` times for each link and passage.

    Returns:
        The same whatever the order of work.
    """
    import numpy as np

    linked = Held(*_both_ways(links.pairs), np.tile(links.strength, 2).astype(np.float64))
    parts = [linked, passages.held] if passages else [linked]
    count = 1 + max((int(part.others.max(initial=-1)) for part in parts), default=-1)
    every = _in_order(*parts, least=2)
    suspects = _suspects(every.rows, every.others, links.pairs, kin)
    near, joined = _of(suspects, every), _of(suspects, linked)
    most = _of(suspects, passages.most) if passages else {}
    copies = _copies(suspects, passages.most) if passages else {}
    plain = {}
    for row in suspects:
        plain[row] = [other for other in near[row] if other not in near]
        if not {*plain[row]}.isdisjoint(most.get(row, ())):
            plain[row] = [other for other in plain[row] if other in joined[row]]
        if row in copies:
            plain[row] = [other for other in plain[row] if other not in copies[row]]
    rest = links.without(np.array(suspects, dtype=np.int64))
    stories: list[int] = components(count, rest.pairs).tolist()
    silent = np.array([*chain.from_iterable(copies.values())], dtype=np.int64)
    apart = components(count, rest.without(silent).pairs).tolist() if copies else stories
    regrouped = {
        row: _merge(held, apart if row in copies else stories) if held[1:] else held
        for row, held in _group(plain, links.pairs, kin).items()
    }
    digests = {
        row: Digest(row, tuple(group[0] for group in held))
        for row, held in regrouped.items()
        if len(held) > 1
    }
    others = {row: joined[row] for row in suspects if row not in digests}
    groups = _group(others, links.pairs, kin)
    doubtful = {row: held for row, held in groups.items() if held[1:]}
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
        if len(gone) == len(joined[row]):
            digests[row] = Digest(row, tuple(group[0] for group in groups[row]))
    a, b = np.array(bridges, dtype=np.uint64).reshape(-1, 2).T
    return Ties(tuple(sorted(digests.values())), np.sort(pack_pairs(a, b)))


def _in_order(*parts: Held, least: int = 1) -> Held:
    """Return the articles with so many neighbours with each of these: the strongest first."""
    import numpy as np

    rows, others, share = map(np.concatenate, zip(*parts, strict=True))
    if least > 1:
        kept = (np.bincount(rows) >= least)[rows]
        rows, others, share = rows[kept], others[kept], share[kept]
    order = order_by(others)
    order = order[np.argsort(-share[order], kind="stable")]
    order = order[order_by(rows[order])]
    return Held(rows[order], others[order], share[order])


def _of(rows: Sequence[int], held: Held) -> dict[int, list[int]]:
    """Return the neighbours of some articles, which are in order: the strongest first."""
    import numpy as np

    asked = np.array(rows, dtype=np.int64)
    kept = among(asked, held.rows)
    held = _in_order(Held(held.rows[kept], held.others[kept], held.share[kept]))
    ends = np.searchsorted(held.rows, [asked, asked + 1])
    return {
        row: held.others[low:high].tolist() for row, (low, high) in zip(rows, ends.T, strict=True)
    }


def _copies(rows: Sequence[int], most: Held) -> dict[int, list[int]]:
    """Return the copies of those of some rows that have any."""
    import numpy as np

    alike = most.share >= ALIKE
    pairs = most.rows[alike] << 32 | most.others[alike]
    back = most.others[alike] << 32 | most.rows[alike]
    mutual = pairs[contains(np.sort(back), pairs)]
    copies: dict[int, list[int]] = {}
    for pair in mutual[among(np.array(rows, dtype=np.int64), mutual >> 32)].tolist():
        copies.setdefault(pair >> 32, []).append(pair & 0xFFFFFFFF)
    return copies


def _both_ways(pairs: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each article of each pair, the lower ones first, and beside it the other."""
    import numpy as np

    a, b = unpack_pairs(pairs)
    return np.concatenate([a, b]), np.concatenate([b, a])


def _suspects(
    rows: NDArray[np.int64], others: NDArray[np.int64], linked: NDArray[np.uint64], kin: Kin
) -> list[int]:
    """Return the articles of which two neighbours are neither linked nor kin, in order.

    Each neighbour is held beside the next `PROBES` in order of strength, not beside all: an
    article with 300 neighbours shows in linear time that some share nothing. Most suspects show
    it at the first step.
    """
    import numpy as np

    told = np.zeros(1 + int(rows.max(initial=-1)), dtype=np.bool_)
    for steps in ((1,), range(2, PROBES + 1)):
        asked, of = [others[:0].astype(np.uint64)], [rows[:0]]
        for step in steps:
            places = np.flatnonzero((rows[step:] == rows[:-step]) & ~told[rows[:-step]])
            asked.append(pack_pairs(others[places], others[places + step]))
            of.append(rows[places])
        pairs = np.concatenate(asked)
        apart = sorted_once(pairs)
        apart = apart[~contains(linked, apart)]
        apart = apart[~kin(apart)] if len(apart) else apart
        told[np.concatenate(of)[contains(apart, pairs)]] = True
    found: list[int] = np.flatnonzero(told).tolist()
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
        leaders, followers = [o[0] for o in left.values()], [o[1:] for o in left.values()]
        a = np.repeat(np.array(leaders, dtype=np.uint64), [*map(len, followers)])
        b = np.fromiter(chain.from_iterable(followers), dtype=np.uint64)
        answers = iter(_related(pack_pairs(a, b), linked, kin).tolist())
        rows, left = [*left], {}
        for row, leader, others in zip(rows, leaders, followers, strict=True):
            joins = [*islice(answers, len(others))]
            groups[row].append([leader, *compress(others, joins)])
            if not all(joins):
                left[row] = [*compress(others, map(not_, joins))]
    return groups


def _merge(groups: list[list[int]], stories: Sequence[int]) -> list[list[int]]:
    """Put groups together that have members of one story."""
    merged: list[list[int]] = []
    for group in groups:
        held = {stories[row] for row in group}
        same = [one for one in merged if not held.isdisjoint(stories[row] for row in one)]
        merged = [one for one in merged if one not in same]
        merged.append([row for one in [*same, group] for row in one])
    return merged


def _related(pairs: NDArray[np.uint64], linked: NDArray[np.uint64], kin: Kin) -> NDArray[np.bool_]:
    """Say which pairs are linked (sorted), or else kin; each pair is asked once."""
    import numpy as np

    related = contains(linked, pairs)
    apart = sorted_once(pairs[~related])
    if len(apart):
        related[~related] = kin(apart)[np.searchsorted(apart, pairs[~related])]
    return related
