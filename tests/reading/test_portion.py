"""A part of a corpus: the same articles in the same form, only fewer."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.reading import portion as portioning
from dedup.reading.corpus import find_pieces, read_piece
from dedup.reading.jsonl import find_jsonl, numbered
from dedup.reading.piece import BadRecord, Fields, Piece, Record, Source
from dedup.reading.portion import LEAST_PACKED, PLACES, Portion, bytes_of, portion

NUMBER = 2000
DRAWN = Random(7)
WORDS = ("late", "early", "full", "empty", "slow", "painted", "moored", "blue", "gone", "for sale")
TEXTS = [
    f"The ferry of Upper Hale is {' '.join(DRAWN.choices(WORDS, k=9))} {DRAWN.getrandbits(64):x}."
    for _ in range(NUMBER)
]


def jsonl() -> bytes:
    return b"".join(json.dumps({"text": text}).encode() + b"\n" for text in TEXTS)


def table() -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([["id", "text"], *enumerate(TEXTS)])
    return out.getvalue().encode()


def archive(pack: Callable[[bytes], bytes] = bytes) -> bytes:
    """Return a web archive, packed record by record as crawlers do."""
    records = []
    for number, text in enumerate(TEXTS[:60]):
        body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{text * 9}</p>".encode()
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://hale/{number}\r\n"
        records.append(pack(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n"))
    return b"".join(records)


def zstd(data: bytes) -> bytes:
    packed: bytes = pytest.importorskip("backports.zstd").compress(data)
    return packed


FILES: dict[str, Callable[[], bytes]] = {
    "news.jsonl": jsonl,
    "news.jsonl.gz": lambda: gzip.compress(jsonl()),
    "news.csv": table,
    "news.csv.gz": lambda: gzip.compress(table()),
    "news.json": lambda: json.dumps([{"text": text} for text in TEXTS]).encode(),
    "news.warc": archive,
    "news.warc.gz": lambda: archive(gzip.compress),
}


def entries(pieces: list[Piece]) -> tuple[list[Record], list[BadRecord]]:
    found = [entry for piece in numbered(pieces) for entry in read_piece(piece)]
    records = [entry for entry in found if isinstance(entry, Record)]
    return records, [entry for entry in found if isinstance(entry, BadRecord)]


def check(pieces: list[Piece], part: Portion) -> None:
    """Hold a tenth of a corpus to all of it."""
    records, bad = entries(part.pieces)
    everything, _ = entries(pieces)
    unknown = {record.text for record in records} - {record.text for record in everything}
    assert len(unknown) + len(bad) <= len(part.pieces), "the last record of each is cut off"
    assert len(records) == pytest.approx(part.share * len(everything), rel=0.3, abs=2)
    assert {(p.source.format, p.source.packing) for p in part.pieces} == {
        (p.source.format, p.source.packing) for p in pieces
    }
    assert {p.columns for p in part.pieces} == {p.columns for p in pieces}


@pytest.mark.parametrize("name", FILES)
def test_a_tenth_of_a_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portioning, "LEAST_PACKED", 1)
    if ".warc" in name:
        pytest.importorskip("trafilatura")
    data = FILES[name]()
    (tmp_path / name).write_bytes(data)
    pieces = find_pieces([tmp_path / name])
    part = portion(pieces, len(data) // 10, str(tmp_path))
    assert part.share == pytest.approx(0.1, rel=0.1)
    check(pieces, part)
    assert (tmp_path / name).read_bytes() == data


@pytest.mark.parametrize("rows", [NUMBER, 40])
def test_a_tenth_of_a_parquet_file_though_a_row_group_is_longer(rows: int, tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    path = tmp_path / "news.parquet"
    written = pa.table({"text": TEXTS, "page": [1] * NUMBER})
    pytest.importorskip("pyarrow.parquet").write_table(written, path, row_group_size=rows)
    pieces = find_pieces([path])
    part = portion(pieces, path.stat().st_size // 10, str(tmp_path))
    assert part.share == pytest.approx(0.1, rel=0.1)
    check(pieces, part)


def test_a_tenth_of_a_folder(tmp_path: Path) -> None:
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number}.txt").write_text(text)
    pieces = find_pieces([tmp_path])
    part = portion(pieces, sum(map(len, TEXTS)) // 10, str(tmp_path))
    assert part.share == pytest.approx(0.1, rel=0.1)
    check(pieces, part)
    (one,) = portion(pieces[:1], 1, str(tmp_path)).pieces
    assert len(one.sources) == 1, "at least one"


def test_of_zstandard_a_block_at_least(tmp_path: Path) -> None:
    texts = [DRAWN.randbytes(600).hex() for _ in range(1500)]
    data = zstd(b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts))
    (tmp_path / "news.jsonl.zst").write_bytes(data)
    part = portion(find_pieces([tmp_path / "news.jsonl.zst"]), 1, str(tmp_path))
    assert part.share == LEAST_PACKED / len(data)
    records, bad = entries(part.pieces)
    assert 100 < len(records) <= part.share * len(texts)
    assert len(bad) <= 1


def test_of_each_format_as_large_a_share(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_bytes(jsonl())
    (tmp_path / "news.csv").write_bytes(table()[: len(table()) // 3])
    pieces = find_pieces([tmp_path])
    part = portion(pieces, sum(piece.end for piece in pieces) // 5, str(tmp_path))
    taken = {piece.source.format: bytes_of(piece) for piece in part.pieces}
    for piece in pieces:
        assert taken[piece.source.format] == pytest.approx(bytes_of(piece) / 5, abs=1)


def plain(sizes: list[int]) -> list[Piece]:
    """Return pieces of files that only their sizes are asked of."""
    sources = [
        Source(f"{n}.jsonl", f"{n}.jsonl", "jsonl", None, size) for n, size in enumerate(sizes)
    ]
    return [Piece((source,), end=source.size) for source in sources]


def test_from_several_places_as_many_for_each_worker() -> None:
    pieces = plain([1000] * 100)
    some = portion(pieces, 100, "").pieces
    assert [piece.source.path for piece in some] == ["0.jsonl", "25.jsonl", "50.jsonl", "75.jsonl"]
    assert len(some) == PLACES
    assert [len(portion(pieces, 100, "", n).pieces) for n in (2, 3, 8, 500)] == [4, 6, 8, 100]
    assert len(portion(pieces, 50_000, "", 2).pieces) == 50
    assert len(portion(plain([10_000]), 4000, "", 8).pieces) == 1


def test_a_large_file_is_not_passed_over() -> None:
    sizes = [10] * 50 + [10**6] + [10] * 50
    part = portion(plain(sizes), 10_000, "")
    assert part.share == pytest.approx(0.01, rel=0.3)
    assert max(map(bytes_of, part.pieces)) > 7000


@given(
    st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=20),
    st.integers(min_value=1, max_value=10**10),
    st.integers(min_value=1, max_value=9),
)
def test_the_share_is_that_of_the_bytes(sizes: list[int], size: int, workers: int) -> None:
    part = portion(plain(sizes), size, "", workers)
    assert 0 < part.share <= 1
    if size >= sum(sizes):
        assert part == (plain(sizes), 1.0)
    else:
        taken = sum(map(bytes_of, part.pieces))
        assert part.share == pytest.approx(taken / sum(sizes))
        assert taken <= size + len(part.pieces)


def test_lines_of_pieces_in_the_middle_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(jsonl())
    source = Source(str(path), path.name, "jsonl", None, path.stat().st_size)
    pieces = find_jsonl(source, Fields(), piece_bytes=2000)
    part = portion(pieces, 4000, str(tmp_path))
    assert len(part.pieces) == PLACES < len(pieces)
    check(pieces, part)


def test_a_damaged_table_is_left_to_the_scan(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    path = tmp_path / "news.parquet"
    pytest.importorskip("pyarrow.parquet").write_table(pa.table({"text": TEXTS}), path)
    data = bytearray(path.read_bytes())
    data[4 : len(data) // 2] = bytes(len(data) // 2 - 4)
    path.write_bytes(data)
    pieces = find_pieces([path])
    part = portion(pieces, len(data) // 10, str(tmp_path))
    assert part.pieces == pieces
    assert len(entries(part.pieces)[1]) == 1
