"""Columns from plain values: of a scan that was written by hand."""

from __future__ import annotations

from collections.abc import Iterable

from dedup.scanning.columns import APARTS, LABELS, NOBODY, ROLES, Articles, Known, Names, Pairs
from dedup.scanning.values import Pair, Scanned


def pack_names(known: Iterable[Known]) -> Names:
    """Pack what is known of articles, in the given order.

    >>> pack_names([Known("a1", None, 0, "Dam holds", None, None, None, None)])[0].title
    'Dam holds'
    """
    import msgspec
    import numpy as np

    packed = [msgspec.msgpack.encode(tuple(one)) for one in known]
    ends = np.cumsum(np.fromiter(map(len, packed), dtype=np.int64, count=len(packed)))
    starts = np.concatenate([np.zeros(1, dtype=np.int64), ends])[:-1]
    return Names(b"".join(packed), starts, ends)


def articles_of(scanned: Iterable[Scanned]) -> Articles:
    """Return articles as columns, in order of their ids.

    An id that is only referred to (a cluster of an older corpus) becomes a row of that corpus.
    """
    import numpy as np

    rows = sorted(scanned, key=lambda one: one.id)
    ids = {one.id for one in rows}
    named = {id for one in rows for id in (one.cluster, one.representative, *one.stories) if id}
    old = sorted(named - ids)
    place = {id: row for row, id in enumerate([*old, *(one.id for one in rows)])}
    absent = [NOBODY] * len(old)

    def row_of(id: str | None) -> int:
        return NOBODY if id is None else place[id]

    return Articles(
        pack_names(
            [*(Known(id, None, 0, None, None, None, None, None) for id in old), *map(_known, rows)]
        ),
        words=np.array([*(0 for _ in old), *(one.words for one in rows)], dtype=np.int32),
        role=np.array([*(0 for _ in old), *(ROLES.index(one.role) for one in rows)], np.uint8),
        cluster=np.array([*absent, *(row_of(one.cluster) for one in rows)], dtype=np.int32),
        representative=np.array(
            [*absent, *(row_of(one.representative) for one in rows)], dtype=np.int32
        ),
        similarity=np.array(
            [*(None for _ in old), *(one.similarity for one in rows)], dtype=np.float64
        ),
        stories={
            place[one.id]: tuple(place[id] for id in one.stories) for one in rows if one.stories
        },
        old=len(old),
    )


def pairs_of(pairs: Iterable[Pair], names: Names) -> Pairs:
    """Return pairs as columns, in order of the rows that `names` gives their articles.

    Raises:
        KeyError: A pair names an article that is not there.
    """
    import numpy as np

    place = {names[row].id: row for row in range(len(names))}
    rows = sorted(((place[pair.a], place[pair.b], pair) for pair in pairs), key=lambda row: row[:2])
    found = [pair for _, _, pair in rows]
    return Pairs(
        names,
        a=np.array([a for a, _, _ in rows], dtype=np.int32),
        b=np.array([b for _, b, _ in rows], dtype=np.int32),
        label=np.array([NOBODY if p.label is None else LABELS.index(p.label) for p in found], "i1"),
        same=np.array([pair.same_story for pair in found], dtype=np.bool_),
        jaccard=np.array([pair.jaccard for pair in found], dtype=np.float64),
        containment=np.array([pair.containment for pair in found], dtype=np.float64),
        coverage=np.array([pair.coverage_unquoted for pair in found], dtype=np.float64),
        run=np.array(
            [NOBODY if (run := p.longest_run_unquoted) is None else run for p in found], np.int32
        ),
        joined=np.array([pair.joined for pair in found], dtype=np.bool_),
        apart=np.array([APARTS.index(pair.apart) for pair in found], dtype=np.uint8),
    )


def _known(one: Scanned) -> Known:
    return Known(
        one.id, one.path, one.place, one.title, one.outlet, one.date, one.url, one.language
    )
