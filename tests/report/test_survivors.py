"""A corpus without its copies holds whole records, as they were, in their order."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from scan_made import article, made

from dedup.errors import InputError, OutputError
from dedup.reading.corpus import find_pieces, read_piece
from dedup.reading.piece import Record
from dedup.report.survivors import format_of, survivors, write_survivors
from dedup.scanning import Role, Scan

STORIES = {
    "a1": "The ferry of Upper Hale runs again after the flood of the spring.",
    "a2": "The ferry of Upper Hale runs again after the flood, the mayor said.",
    "b1": "Ines Calder, who sang at the opening of the dam, is dead at 91.",
    "c1": "Rain, and more of it: the vale keeps its umbrellas at hand this week.",
}

#: Those that are no copies; the file has them in another order.
ORDER, COPIES = ("c1", "a2", "b1", "a1"), {"a2"}


def scanned(folder: Path, pattern: str) -> tuple[Scan, list]:
    """Return a scan of the files in which the copies are members of a story."""
    pieces = find_pieces([str(folder / pattern)])
    found = []
    for piece in pieces:
        for record in read_piece(piece):
            if isinstance(record, Record):
                plain = article(record.id, path=record.path, place=record.place)
                if record.id.removesuffix(".txt").endswith(tuple(COPIES)):
                    copied = {"cluster": record.id, "representative": record.id}
                    plain = replace(plain, role=Role.MEMBER, **copied)
                found.append(plain)
    return made(articles=found, pairs=[]), pieces


def survived(folder: Path, pattern: str, ending: str) -> bytes:
    scan, pieces = scanned(folder, pattern)
    file = io.BytesIO()
    write_survivors(pieces, survivors(scan), format_of(pieces, ending), file)
    assert not file.closed
    return file.getvalue()


def lines(extra: str = "") -> list[str]:
    return [
        json.dumps({"id": id, "text": STORIES[id], "mood": extra}, ensure_ascii=False)
        for id in ORDER
    ]


def test_lines_leave_as_they_came(tmp_path: Path) -> None:
    came = lines("  ü \u0000 1.0e5")
    came.insert(1, '{"id": "broken", "text": ')
    (tmp_path / "news.jsonl").write_bytes("\r\n".join(came).encode())
    kept = [came[0], came[3], came[4]]
    assert survived(tmp_path, "news.jsonl", ".jsonl").decode() == "\r\n".join(kept) + "\n"


def test_files_follow_each_other(tmp_path: Path) -> None:
    came = lines()
    (tmp_path / "1.jsonl").write_text("\n".join(came[:2]))
    (tmp_path / "2.jsonl.gz").write_bytes(gzip.compress("\n".join(came[2:]).encode()))
    kept = [came[0], came[2], came[3]]
    assert survived(tmp_path, "*", ".ndjson").decode().splitlines() == kept


def test_a_list_stays_a_list(tmp_path: Path) -> None:
    (tmp_path / "news.json").write_text(json.dumps([json.loads(line) for line in lines()]))
    found = json.loads(survived(tmp_path, "news.json", ".json"))
    assert [record["id"] for record in found] == ["c1", "b1", "a1"]


def test_a_list_of_copies_alone_is_empty(tmp_path: Path) -> None:
    (tmp_path / "news.json").write_text(json.dumps([{"id": "a2", "text": STORIES["a2"]}]))
    assert json.loads(survived(tmp_path, "news.json", ".json")) == []


def table(ids: tuple[str, ...], header: str = "id,text") -> str:
    return "".join([f"{header}\n", *(f'{id},"{STORIES[id]}"\n' for id in ids)])


def test_tables_have_one_header(tmp_path: Path) -> None:
    (tmp_path / "1.csv").write_text(table(("c1", "a2")).rstrip("\n"))
    (tmp_path / "2.csv").write_text(table(("b1", "a1")))
    assert survived(tmp_path, "*.csv", ".csv").decode() == table(("c1", "b1", "a1"))


def test_a_row_without_a_line_end_does_not_run_into_the_next(tmp_path: Path) -> None:
    (tmp_path / "1.csv").write_text(table(("c1",)).rstrip("\n"))
    (tmp_path / "2.csv").write_text(table(("b1",)))
    assert survived(tmp_path, "*.csv", ".csv").decode() == table(("c1", "b1"))


def test_a_header_is_the_same_with_a_mark_and_with_quotes(tmp_path: Path) -> None:
    (tmp_path / "1.csv").write_text(table(("c1",)))
    (tmp_path / "2.csv").write_text(table(("b1",), header='"id","text"'), encoding="utf-8-sig")
    assert survived(tmp_path, "*.csv", ".csv").decode() == table(("c1", "b1"))


def test_tables_of_other_columns_cannot_be_joined(tmp_path: Path) -> None:
    (tmp_path / "1.csv").write_text(table(("c1",)))
    (tmp_path / "2.csv").write_text(table(("b1",), header="name,text"))
    with pytest.raises(InputError, match=r"2\.csv: has other columns than the first table"):
        survived(tmp_path, "*.csv", ".csv")


def test_parquet_keeps_its_columns_and_types(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    came = pa.table(
        {"id": list(ORDER), "text": [STORIES[id] for id in ORDER], "seen": pa.array([7] * 4, "i2")}
    )
    parquet.write_table(came, tmp_path / "news.parquet", row_group_size=2)
    kept = parquet.read_table(io.BytesIO(survived(tmp_path, "news.parquet", ".parquet")))
    assert kept.schema.equals(came.schema)
    assert kept.equals(came.take([0, 2, 3]))


def test_a_parquet_file_of_copies_alone_keeps_no_row(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    for number, ids in enumerate((["a1"], ["a2"], ["b1"])):
        came = pa.table({"id": ids, "text": [STORIES[id] for id in ids]})
        parquet.write_table(came, tmp_path / f"{number}.parquet")
    kept = parquet.read_table(io.BytesIO(survived(tmp_path, "*.parquet", ".parquet")))
    assert kept["id"].to_pylist() == ["a1", "b1"]


def archived(id: str) -> bytes:
    """Return a page as a crawler archives it."""
    page = f"<html><body><article>{f'<p>{STORIES[id]}</p>' * 4}</article></body></html>"
    sent = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: https://hale.example/{id}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(sent)}\r\n"
    )
    return head.encode() + b"\r\n" + sent + b"\r\n\r\n"


def test_archived_pages_stay_an_archive(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    (tmp_path / "crawl.warc").write_bytes(b"".join(map(archived, ORDER)))
    kept = survived(tmp_path, "crawl.warc", ".warc")
    assert kept == b"".join(map(archived, ("c1", "b1", "a1")))


def test_of_articles_in_files_of_their_own_the_paths_are_kept(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    for id in ORDER:
        (tmp_path / "news" / f"{id}.txt").write_text(STORIES[id])
    found = survived(tmp_path, "news", ".txt").decode()
    assert found.splitlines() == [str(tmp_path / "news" / f"{id}.txt") for id in ("a1", "b1", "c1")]


def test_without_copies_all_is_kept(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text("\n".join(lines()[2:]) + "\n")
    came = (tmp_path / "news.jsonl").read_bytes()
    assert survived(tmp_path, "news.jsonl", ".jsonl") == came


WAYS: dict[str, Callable[[], str]] = {
    "news.jsonl": lambda: "\n".join(lines()),
    "news.json": lambda: f"[{','.join(lines())}]",
    "news.csv": lambda: table(ORDER),
    "news.warc": lambda: b"".join(map(archived, ORDER)).decode(),
}


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize("change", ["shorter", "gone", "other"])
def test_a_file_that_lost_what_is_kept_is_an_error(name: str, change: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if path.suffix == ".warc":
        pytest.importorskip("trafilatura")
    path.write_text(WAYS[name]())
    scan, pieces = scanned(tmp_path, name)
    if change == "shorter":
        path.write_bytes(path.read_bytes()[:-60])
    elif change == "gone":
        path.unlink()
    else:
        path.write_bytes(b"?" * path.stat().st_size)
    file = io.BytesIO()
    with pytest.raises(InputError, match=rf"{name}: was changed while it was scanned"):
        write_survivors(pieces, survivors(scan), format_of(pieces, path.suffix), file)


REFUSED: list[tuple[Callable[[Path], object], str, type[Exception], str]] = [
    (
        lambda folder: (folder / "a.csv").write_text(table(("c1",))),
        ".jsonl", InputError, r"several formats \(csv, jsonl\)",
    ),
    (lambda folder: None, ".csv", OutputError, r"jsonl cannot be written as \.csv; use \.jsonl"),
    (lambda folder: None, "", OutputError, r"use \.jsonl"),
]  # fmt: skip


@pytest.mark.parametrize(("add", "ending", "error", "message"), REFUSED)
def test_what_cannot_be_written_is_refused(
    add: Callable[[Path], object],
    ending: str,
    error: type[Exception],
    message: str,
    tmp_path: Path,
) -> None:
    (tmp_path / "news.jsonl").write_text("\n".join(lines()))
    add(tmp_path)
    with pytest.raises(error, match=message):
        format_of(find_pieces([str(tmp_path)]), ending)
