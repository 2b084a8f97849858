"""Parquet: rows in batches, row groups in pieces, whatever types the columns have."""

from __future__ import annotations

import errno
import gzip
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.errors import InputError, MissingExtraError
from dedup.reading.corpus import find_pieces, raw_rows, read_piece
from dedup.reading.parquet import find_parquet
from dedup.reading.piece import BadRecord, Fields, Record, Source

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def write(path: Path, columns: dict[str, Any], rows: int = 1_000) -> Path:
    pq.write_table(pa.table(columns), path, row_group_size=rows)
    return path


def read(path: Path) -> list[Record | BadRecord]:
    return [entry for piece in find_pieces([path]) for entry in read_piece(piece)]


def test_five_thousand_rows_in_row_groups_keep_their_numbers(tmp_path: Path) -> None:
    ids = list(range(5_000))
    texts = [f"Article number {number} tells of the dam." for number in ids]
    path = write(tmp_path / "a.parquet", {"id": ids, "text": texts, "other": texts}, rows=700)
    source = Source(str(path), "a.parquet", "parquet", None, path.stat().st_size)
    pieces = find_parquet(source, Fields(), piece_bytes=1)
    assert len(pieces) == 8
    entries = [entry for piece in pieces for entry in read_piece(piece)]
    assert [entry.id for entry in entries] == [str(number) for number in ids]
    assert [entry.place for entry in entries] == list(range(1, 5_001))
    assert entries == read(path)


def test_a_packed_table_is_unpacked(tmp_path: Path) -> None:
    texts = [f"Article number {number} tells of the dam." for number in range(50)]
    path = write(tmp_path / "a.parquet", {"text": texts}, rows=20)
    packed = tmp_path / "b.parquet.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    found = [entry for entry in read(packed) if isinstance(entry, Record)]
    assert [entry.text for entry in found] == texts
    assert {entry.path for entry in found} == {str(packed)}
    (batch,) = raw_rows(find_pieces([packed])[0], {2, 3}.__contains__)
    assert batch["text"].to_pylist() == texts[1:3]


def test_a_packed_table_that_finds_no_room_is_an_error_with_its_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.parquet", {"text": ["The dam holds."]})
    (tmp_path / "a.parquet.gz").write_bytes(gzip.compress(path.read_bytes()))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    message = (
        r"a\.parquet\.gz: cannot be set aside for reading \(no space left on device\); .* TMPDIR"
    )
    with pytest.raises(InputError, match=message):
        find_pieces([tmp_path / "a.parquet.gz"])


def test_a_packed_table_that_breaks_off_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", {"text": ["The dam holds."] * 50})
    (tmp_path / "a.parquet.gz").write_bytes(gzip.compress(path.read_bytes())[:-40])
    path.unlink()
    (bad,) = read(tmp_path)
    assert isinstance(bad, BadRecord)
    assert "break off" in bad.reason


def test_columns_of_many_types_become_what_they_say(tmp_path: Path) -> None:
    day = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    path = write(
        tmp_path / "a.parquet",
        {
            "article_id": pa.array([7, 8], pa.int64()),
            "content": pa.array(["Dam", "Pier"]).dictionary_encode(),
            "source": pa.array([{"name": "Hale Post"}, None]),
            "published": pa.array([day, None], pa.timestamp("ms", tz="UTC")),
            "title": pa.array([b"Dam", None], pa.binary()),
        },
    )
    first, second = read(path)
    assert first == Record(
        "7", "Dam", "Dam", "Hale Post", "2026-01-02T03:04:05+00:00", None, None, str(path), 1
    )
    assert second == Record("8", "Pier", None, None, None, None, None, str(path), 2)


def test_times_in_nanoseconds_are_read(tmp_path: Path) -> None:
    times = pa.array([1_767_322_245_000_000_001], pa.timestamp("ns"))
    (entry,) = read(write(tmp_path / "a.parquet", {"text": ["Dam"], "date": times}))
    assert isinstance(entry, Record) and (entry.date or "").startswith("2026-01-02")


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        (pa.array([None], pa.string()), 'has no field "text"'),
        (pa.array([""]), "is empty"),
        (pa.array([3]), "is not a string but a number"),
        (pa.array([["Dam"]]), "is not a string but a list"),
        (pa.array([b"caf\xe9"], pa.binary()), "is not a string but bytes"),
        (pa.array([b"caf\xe9"], pa.binary()).view(pa.string()), "is not a string but bytes"),
    ],
)
def test_a_bad_row_is_skipped_and_says_why(column: Any, reason: str, tmp_path: Path) -> None:
    (entry,) = read(write(tmp_path / "a.parquet", {"id": ["x"], "text": column}))
    assert isinstance(entry, BadRecord)
    assert (entry.place, entry.id) == (1, "x")
    assert reason in entry.reason


def test_a_table_without_text_is_an_error_that_lists_its_columns(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", {"id": [1], "story": ["Dam"]})
    with pytest.raises(InputError, match='"id", "story"'):
        find_pieces([path])
    (piece,) = find_pieces([path], fields=Fields(text="story"))
    assert [entry.id for entry in read_piece(piece)] == ["1"]


def test_kept_rows_have_all_their_columns(tmp_path: Path) -> None:
    table = {"text": ["Dam", "", "Pier"], "n": [1, 2, 3]}
    (piece,) = find_pieces([write(tmp_path / "a.parquet", table)])
    (batch,) = raw_rows(piece, {1, 3}.__contains__)
    assert batch.to_pydict() == {"text": ["Dam", "Pier"], "n": [1, 3]}


@pytest.mark.parametrize(
    "kind",
    [
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.list_(pa.string_view()),
        pa.struct([("part", pa.string_view())]),
        pa.dictionary(pa.int32(), pa.string()),
        pa.null(),
    ],
    ids=str,
)
def test_kept_rows_are_as_they_were_whatever_their_type(tmp_path: Path, kind: Any) -> None:
    value: Any = "lock"
    if pa.types.is_null(kind):
        value = None
    elif pa.types.is_nested(kind):
        value = [value] if pa.types.is_list(kind) else {"part": value}
    column = pa.array([None, value, None, value], kind)
    path = write(tmp_path / "a.parquet", {"text": ["Dam", "Pier", "Quay", "Lock"], "note": column})
    (piece,) = find_pieces([path])
    for kept in ({1, 2, 4}, {3}, set[int]()):
        (batch,) = raw_rows(piece, kept.__contains__)
        assert batch.schema.field("note").type == kind
        assert batch["note"].to_pylist() == [column[place - 1].as_py() for place in sorted(kept)]


def test_a_file_cut_short_is_reported(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", {"text": ["Dam holds."] * 3_000}, rows=1_000)
    pieces = find_pieces([path])
    path.write_bytes(path.read_bytes()[:-20])
    (entry,) = (entry for piece in pieces for entry in read_piece(piece))
    assert isinstance(entry, BadRecord) and "is damaged" in entry.reason
    with pytest.raises(InputError, match="is damaged or no Parquet file"):
        find_pieces([path])
    (bad,) = (entry for piece in find_pieces([tmp_path]) for entry in read_piece(piece))
    assert isinstance(bad, BadRecord) and bad.place is None


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_any_damage_gives_records_and_bad_records(
    tmp_path_factory: pytest.TempPathFactory, at: int, noise: bytes
) -> None:
    path = tmp_path_factory.mktemp("damage") / "a.parquet"
    write(path, {"text": [f"Dam {number}" for number in range(300)]}, rows=100)
    data = bytearray(path.read_bytes())
    at %= len(data) - len(noise)
    data[at : at + len(noise)] = noise
    path.write_bytes(data)
    for piece in find_pieces([path.parent]):
        assert all(isinstance(entry, (Record, BadRecord)) for entry in read_piece(piece))


def test_without_pyarrow_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.parquet", {"text": ["Dam"]})
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(MissingExtraError, match=r"dedup\[parquet\]"):
        find_pieces([path])
