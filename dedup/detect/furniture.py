"""What stands on many pages and belongs to none: comment policies, teasers, stock phrases.

A page says nothing of it; a corpus does. A shingle that very many articles hold is furniture or
comes from a story that very many carry. The two differ in what else those articles share: of
furniture nothing, of a story much. So a few of the articles that hold it are held side by side.

Where furniture makes up much of short articles, it is all that they share, and as much in all of
them; of a story each outlet leaves out something else. If it is the same for all, who carries it
tells: furniture stands on many pages of few sites, a story on one page of many.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from dedup.detect.batch import Shingles, offsets_of, take
from dedup.detect.buckets import ROW_BITS, pack_pairs, unpack_pairs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedup.detect.engine import Engine

    #: Says of groups of rows (shape `(n, members)`) which are different pages of a few sites.
    OfFew: TypeAlias = Callable[[NDArray[np.int64]], NDArray[np.bool_]]

#: So many of its articles, spread over all, are held side by side, two and two.
WITNESSES = 16
#: A shingle in more articles than this is asked about: in as many as there have to be. With 64,
#: furniture that stayed in a generated corpus of 2,400 cost 126 of its 5,598 pairs of versions.
HOT_ARTICLES = WITNESSES
#: Two articles of one story share at least this part of the smaller sample, mostly.
ALIKE = 0.25
#: So many of the witnesses have a shingle which belongs to the same furniture, at least. A story
#: that half of them carry is not taken for it.
COMMON = WITNESSES * 3 // 4
#: A pair of witnesses shares as much as most do, if a twentieth more or less, or a shingle.
AS_MUCH = 0.05
#: Sampled shingles that an article has beside what it shares, at least, to tell that by: some 25
#: words. Without them it is a copy.
OWN = 3
#: Articles of which so much is their own are not versions of what they share, whoever has it.
HALF = 0.5
#: So many of the witnesses tell whether furniture goes on beside a shingle that is known of it: by
#: what all of them have. What is long has several such shingles, with other witnesses for each.
FEW = 2
#: Pieces of furniture to look at together.
WITNESS_GROUPS = 64
#: Entries to look up at once, to spare memory.
STRETCH = 1 << 22
#: Bits of a hash by which what is no furniture is mostly told. With 16, a third of all shingles
#: ended as one of the 25,000 of furniture of a million articles did.
END_BITS = 20


@dataclass(frozen=True, slots=True)
class Hot:
    """Shingles that many articles hold.

    Attributes:
        hashes: Sorted, each once; shape `(n,)`, uint32.
        witnesses: Rows of `WITNESSES` articles that hold each; shape `(n, WITNESSES)`, int64.
    """

    hashes: NDArray[np.uint32]
    witnesses: NDArray[np.int64]


def find_hot(keys: NDArray[np.uint64]) -> Hot:
    """Return the hot shingles among sorted keys `hash << 32 | row`. O(n)."""
    import numpy as np

    hashes = (keys >> np.uint64(ROW_BITS)).astype(np.uint32)
    # A hash is hot where the one `HOT_ARTICLES` places further on is the same.
    hot = np.unique(hashes[HOT_ARTICLES:][hashes[HOT_ARTICLES:] == hashes[:-HOT_ARTICLES]])
    firsts, ends = (np.searchsorted(hashes, hot, side=side) for side in ("left", "right"))
    steps = np.arange(WITNESSES) * (ends - firsts)[:, None] // WITNESSES
    rows = keys[firsts[:, None] + steps] & np.uint64((1 << ROW_BITS) - 1)
    return Hot(hot, rows.astype(np.int64))


def find_furniture(
    found: Sequence[Hot], sample: Shingles, engine: Engine, of_few: OfFew | None = None
) -> Hot:
    """Return the hot shingles that are furniture.

    Args:
        found: Hot shingles of the parts of the sample.
        sample: The sampled shingles of every article.
        engine: What counts the shared ones.
        of_few: Says who carries them; None where nobody knows.

    Returns:
        Those of which fewer than half of the witnesses' pairs are alike, or which belong to what
        all witnesses have, and is all that they share: if it makes up less than half of them, or
        they are different pages of a few sites.
    """
    import numpy as np

    witnesses = np.concatenate([np.empty((0, WITNESSES), np.int64), *(h.witnesses for h in found)])
    hashes = np.concatenate([np.empty(0, dtype=np.uint32), *(hot.hashes for hot in found)])
    order = np.argsort(hashes)
    witnesses, hashes = witnesses[order], hashes[order]
    pairs = pack_pairs(witnesses[:, ::2], witnesses[:, 1::2])
    unique, places = np.unique(pairs, return_inverse=True)
    a, b = unpack_pairs(unique)
    places = places.reshape(pairs.shape)
    shared = engine.shared(sample, a, b)[places]
    smaller = np.minimum(sample.sizes[a], sample.sizes[b])[places]
    strange = (shared >= ALIKE * smaller).mean(axis=1) < 0.5
    alike = np.flatnonzero(~strange)
    own = np.median(smaller[alike] - shared[alike], axis=1)
    alike, own = alike[own >= OWN], own[own >= OWN]
    blocks, held = _blocks(witnesses[alike], shared[alike], sample, engine)
    most = own[blocks] > HALF * np.median(smaller[alike[blocks]], axis=1)
    strange[alike[blocks[most]]] = True
    if of_few is not None and not most.all():
        rest = alike[blocks[~most]], take(held, np.flatnonzero(~most))
        strange[_standing_on_few(Hot(hashes, witnesses), *rest, of_few)] = True
    return Hot(hashes[strange], witnesses[strange])


def _blocks(
    witnesses: NDArray[np.int64], shared: NDArray[np.int64], sample: Shingles, engine: Engine
) -> tuple[NDArray[np.int64], Shingles]:
    """Return the hot shingles of which all that two witnesses share, all witnesses have, and that.

    Args:
        witnesses: Of each; shape `(n, WITNESSES)`.
        shared: How much they share, two and two; shape `(n, WITNESSES // 2)`.
        sample: As of `find_furniture`.
        engine: The same.
    """
    import numpy as np

    usual = np.median(shared, axis=1)
    near = np.abs(shared - usual[:, None]) <= np.maximum(1, AS_MUCH * usual)[:, None]
    steady = np.flatnonzero(near.mean(axis=1) >= COMMON / WITNESSES)
    in_all = engine.common(sample, witnesses[steady], COMMON)
    whole = np.flatnonzero(in_all.sizes >= (1 - 2 * AS_MUCH) * usual[steady])
    return steady[whole], take(in_all, whole)


def _standing_on_few(
    hot: Hot, rows: NDArray[np.int64], held: Shingles, of_few: OfFew
) -> NDArray[np.int64]:
    """Return those of some hot shingles that stand on pages of few sites, with what goes with them.

    A phrase that two of many outlets add to a story stands on pages of few sites; the story does
    not.

    Args:
        hot: All of them, in order.
        rows: The places of those that are asked about.
        held: What goes with each.
        of_few: As of `find_furniture`.
    """
    import numpy as np

    few = np.flatnonzero(of_few(hot.witnesses[rows]))
    rows, held = rows[few], take(held, few)
    places = np.minimum(np.searchsorted(hot.hashes, held.hashes), len(hot.hashes) - 1)
    known = hot.hashes[places] == held.hashes
    asked, which = np.unique(places[known], return_inverse=True)
    group = np.repeat(np.arange(len(rows)), held.sizes)[known]
    votes = np.bincount(group, of_few(hot.witnesses[asked])[which], minlength=len(rows))
    return rows[votes >= HALF * np.bincount(group, minlength=len(rows))]


def first_witnesses(furniture: Hot) -> NDArray[np.int64]:
    """Return the witnesses that are looked at first; shape `(n, FEW)`."""
    return furniture.witnesses[:, :: WITNESSES // FEW]


def size_by_few(witnesses: NDArray[np.int64], sets: Shingles, engine: Engine) -> NDArray[np.int64]:
    """Return how many shingles each piece of furniture seems to have.

    Args:
        witnesses: As `first_witnesses` gives them.
        sets: As of `whole_furniture`.
        engine: What counts who holds them.
    """
    return engine.common(sets, witnesses, FEW).sizes


def whole_furniture(furniture: Hot, sets: Shingles, engine: Engine) -> NDArray[np.uint32]:
    """Return all the shingles of the furniture of which the sample knows some, sorted.

    Args:
        furniture: What `find_furniture` found.
        sets: Every article's shingles, each once; only the witnesses' are read. Of a part of the
            hash space they give the furniture of this part.
        engine: What counts who holds them.

    Returns:
        What is known of it, and what at least `COMMON` of the witnesses of one shingle have.
        O(shingles of the witnesses).
    """
    import numpy as np

    held = engine.common(sets, furniture.witnesses, COMMON).hashes
    return np.unique(np.concatenate([furniture.hashes, held]))


def common(sets: Shingles, groups: NDArray[np.int64], least: int) -> Shingles:
    """Return what at least `least` articles of each group hold, in no order.

    Args:
        sets: Of each article, each once.
        groups: Rows of articles; shape `(groups, members)`.
        least: At least 1.
    """
    import numpy as np

    held, sizes = [np.empty(0, dtype=np.uint32)], [np.empty(0, dtype=np.int64)]
    for start in range(0, len(groups), WITNESS_GROUPS):
        some = groups[start : start + WITNESS_GROUPS]
        taken = take(sets, some.reshape(-1))
        group = np.repeat(np.arange(len(some), dtype=np.uint64), some.shape[1])
        keys = np.repeat(group, taken.sizes) << np.uint64(ROW_BITS) | taken.hashes
        values, counts = np.unique(keys, return_counts=True)
        values = values[counts >= least]
        held.append(values.astype(np.uint32))
        owners = (values >> np.uint64(ROW_BITS)).astype(np.int64)
        sizes.append(np.bincount(owners, minlength=len(some)))
    total = np.concatenate(sizes)
    return Shingles(np.concatenate(held), offsets_of(total), total)


def is_furniture(pieces: Shingles, furniture: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Say of every shingle whether it is among the sorted furniture; as long as `pieces.hashes`.

    Shingle `i` of an article has its tokens `i` to `i + size - 1`: a token is furniture where a
    shingle that has it is.
    """
    import numpy as np

    out = np.zeros(len(pieces.hashes), dtype=np.bool_)
    if not len(furniture):
        return out
    # Hardly any hash ends as one of furniture does: only those that do are looked up. (Those of a
    # sample all begin alike.)
    mask = np.uint32((1 << END_BITS) - 1)
    ends = np.zeros(1 << END_BITS, dtype=np.bool_)
    ends[furniture & mask] = True
    for start in range(0, len(out), STRETCH):
        stretch = pieces.hashes[start : start + STRETCH]
        at = np.flatnonzero(ends[stretch & mask])
        asked = stretch[at]
        places = np.minimum(np.searchsorted(furniture, asked), len(furniture) - 1)
        out[start + at] = furniture[places] == asked
    return out


def without(pieces: Shingles, furniture: NDArray[np.uint32]) -> Shingles:
    """Return the shingles of each article that are not furniture."""
    import numpy as np

    out = is_furniture(pieces, furniture)
    offsets = pieces.offsets - np.searchsorted(np.flatnonzero(out), pieces.offsets)
    return Shingles(pieces.hashes[~out], offsets, pieces.tokens)
