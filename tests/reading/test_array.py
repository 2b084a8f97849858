"""JSON lists are read item by item, however the items fall into what is read at a time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.reading import array
from dedup.reading.array import find_array, raw_array, read_array
from dedup.reading.piece import BadRecord, Fields, Piece, Record, Source

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


def piece_of(tmp_path: Path, data: bytes) -> Piece:
    path = tmp_path / "a.json"
    path.write_bytes(data)
    (piece,) = find_array(Source(str(path), "a.json", "list", None, len(data)), Fields())
    return piece


@settings(max_examples=150, deadline=None)
@given(
    items=st.lists(JSON, max_size=6), indent=st.sampled_from([None, 1]), buffer=st.integers(1, 9)
)
def test_items_are_those_that_the_standard_library_parses(
    items: list[Any], indent: int | None, buffer: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    items = [{"text": "Dam holds."}, *items]
    data = json.dumps(items, indent=indent, ensure_ascii=False).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(array, "BUFFER", buffer)
        piece = piece_of(tmp_path_factory.mktemp("list"), data)
        raw = list(raw_array(piece, lambda _: True))
        entries = list(read_array(piece))
    assert [json.loads(item) for item in raw] == items
    assert [entry.place for entry in entries] == list(range(1, len(items) + 1))


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        (b', {"text": "Pier', "is not valid JSON"),
        (b', {"text" "Pier"}]', "is not valid JSON"),
        (b' {"text": "Pier"}]', "no comma"),
        (b"", "no comma"),
        (b'] {"text": "Pier"}', "goes on after the end of the list"),
        (b", " + b"[" * 200_000, "nested too deeply"),
        (b", " + b"9" * 5_000 + b"]", "too many digits"),
    ],
)
def test_what_is_lost_behind_a_broken_item_is_said(
    rest: bytes, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(array, "BUFFER", 64)
    whole = b'[{"text": "Dam holds, they said on Monday."}'
    first, bad = read_array(piece_of(tmp_path, whole + rest))
    assert isinstance(first, Record)
    assert isinstance(bad, BadRecord) and reason in bad.reason
    assert bad.place == 2


def test_items_that_are_no_records_are_skipped(tmp_path: Path) -> None:
    data = b'[1, {"text": "Dam holds."}, null, [], {}, {"text": "caf\xe9"}]'
    entries = list(read_array(piece_of(tmp_path, data)))
    assert [type(entry) for entry in entries] == [BadRecord, Record, *[BadRecord] * 4]


def test_a_list_of_nothing_has_no_records(tmp_path: Path) -> None:
    assert list(read_array(piece_of(tmp_path, b"\xef\xbb\xbf [ ] \n"))) == []
