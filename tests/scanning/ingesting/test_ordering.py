"""Rows come in the order of the ids, however they were read."""

from __future__ import annotations

import numpy as np
from columns_made import pack_names
from hypothesis import given
from hypothesis import strategies as st

from dedup.scanning.columns import Known, Names
from dedup.scanning.ingesting.ordering import id_bytes, order_of

#: Ids whose order is easily mistaken: prefixes, accents, planes, NUL at an end.
IDS = st.lists(
    st.one_of(
        st.text("ab", max_size=3),
        st.text("aé東\uffee😀\x00", max_size=3),
        st.sampled_from(["a" * 31, "a" * 32, "a" * 64, "a" * 65, "é" * 40]),
    ),
    max_size=12,
)


def names_of(ids: list[str]) -> Names:
    return pack_names([Known(id, None, 0, "Dam", None, None, None, None) for id in ids])


def plain_order(ids: list[str], old: int) -> tuple[list[int], list[tuple[int, int]], int]:
    """Return what `order_of` returns, by way of a dictionary."""
    rows: list[int] = []
    repeats: list[tuple[int, int]] = []
    counts = []
    for start, stop in ((0, old), (old, len(ids))):
        first: dict[str, int] = {}
        for place in range(start, stop):
            if ids[place] not in first:
                first[ids[place]] = place
            elif start == old:
                repeats.append((place, first[ids[place]]))
        rows += [first[id] for id in sorted(first)]
        counts.append(len(rows))
    return rows, ([] if old == len(ids) else repeats), counts[0]


@given(IDS, st.integers(0, 12))
def test_rows_are_in_order_and_repeats_are_told(ids: list[str], old: int) -> None:
    old = min(old, len(ids))
    rows, repeats, old_rows = order_of(names_of(ids), old, id_bytes(names_of(ids)))
    assert (rows.tolist(), repeats, old_rows) == plain_order(ids, old)


def test_ids_are_taken_as_bytes_where_they_fit() -> None:
    found = id_bytes(names_of(["b", "a" * 40, "é"]))
    assert found is not None
    assert found.tolist() == [b"b", b"a" * 40, "é".encode()]
    assert id_bytes(names_of(["a" * 65])) is None
    assert id_bytes(names_of(["a\x00"])) is None
    assert np.array_equal(order_of(names_of(["a\x00", "a"]), 0, None)[0], [1, 0])
