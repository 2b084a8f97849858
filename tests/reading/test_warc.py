"""Web archives: the pages in them, packed by record or whole, and what breaks off."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.reading.corpus import find_pieces, raw_records, read_piece
from dedup.reading.piece import BadRecord, Fields, Piece, Record, Source
from dedup.reading.warc import find_warc

SENTENCES = (
    "Die Brücke über den Hafen von Port Hale ist seit Montag für den Verkehr gesperrt. "
    "Das teilte die Behörde mit; Fähren fahren häufiger. Wann sie wieder öffnet, ist offen."
)


def page(number: int) -> str:
    return (
        f"<html lang='de'><head><title>Brücke {number} gesperrt</title></head><body><article>"
        f"<h1>Brücke {number} gesperrt</h1><p>{SENTENCES}</p><p>{SENTENCES}</p>"
        "</article></body></html>"
    )


def response(
    number: int,
    *,
    body: bytes | None = None,
    status: str = "HTTP/1.1 200 OK",
    header: str = "Content-Type: text/html; charset=utf-8",
    kind: str = "response",
    end: str = "\r\n",
) -> bytes:
    sent = f"{status}{end}{header}{end}{end}".encode()
    sent += page(number).encode() if body is None else body
    head = (
        f"WARC/1.0{end}WARC-Type: {kind}{end}"
        f"WARC-Target-URI: https://www.hale.example/{number}{end}"
        f"Content-Type: application/http; msgtype=response{end}"
        f"Content-Length: {len(sent)}{end}{end}"
    )
    return head.encode() + sent + b"\r\n\r\n"


def read(tmp_path: Path, data: bytes, name: str = "a.warc") -> list[Record | BadRecord]:
    (tmp_path / name).write_bytes(data)
    return [entry for piece in find_pieces([tmp_path / name]) for entry in read_piece(piece)]


def summary(entries: list[Record | BadRecord]) -> list[str]:
    return [
        entry.title or "" if isinstance(entry, Record) else f"{entry.place}: {entry.reason}"
        for entry in entries
    ]


@pytest.mark.parametrize("packing", ["plain", "by record", "whole"])
def test_pages_are_read_with_what_the_archive_knows(packing: str, tmp_path: Path) -> None:
    blocks = [response(number) for number in range(3)]
    data = {
        "plain": b"".join(blocks),
        "by record": b"".join(map(gzip.compress, blocks)),
        "whole": gzip.compress(b"".join(blocks)),
    }[packing]
    name = "a.warc" if packing == "plain" else "a.warc.gz"
    entries = read(tmp_path, data, name)
    assert summary(entries) == ["Brücke 0 gesperrt", "Brücke 1 gesperrt", "Brücke 2 gesperrt"]
    first = entries[0]
    assert isinstance(first, Record)
    assert first.id == first.url == "https://www.hale.example/0"
    assert (first.outlet, first.language) == ("www.hale.example", "de")
    assert "für den Verkehr" in first.text
    assert len({entry.place for entry in entries}) == 3


def test_what_is_no_page_is_no_article(tmp_path: Path) -> None:
    data = b"".join(
        [
            b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n",
            response(0, kind="request"),
            response(1, status="HTTP/1.1 404 Not Found"),
            response(2, header="Content-Type: image/png"),
            response(3, status="HTTP/2 200", end="\n"),
        ]
    )
    assert summary(read(tmp_path, data)) == ["Brücke 3 gesperrt"]


@pytest.mark.parametrize(
    ("header", "encode"),
    [
        ("Content-Type: text/html; charset=utf-8", lambda text: text.encode()),
        ("Content-Type: text/html; charset=ISO-8859-1", lambda text: text.encode("latin-1")),
        ('content-type: TEXT/HTML;charset="latin1"', lambda text: text.encode()),
        ("Content-Type: text/html", lambda text: text.encode("cp1252")),
        (
            "Content-Type: text/html\r\nContent-Encoding: gzip",
            lambda text: gzip.compress(text.encode()),
        ),
        (
            "Content-Type: text/html\r\nContent-Encoding: deflate",
            lambda text: zlib.compress(text.encode()),
        ),
        (
            "Content-Type: text/html\r\nContent-Encoding: deflate",
            lambda text: zlib.compress(text.encode())[2:-4],  # bare, as some servers send it
        ),
        ("Content-Type: text/html\r\nContent-Encoding: gzip", lambda text: text.encode()),
        ("Content-Type: text/html\r\nContent-Encoding: deflate", lambda text: text.encode()),
        (
            "Content-Type: text/html; charset=utf-16\r\nContent-Encoding: br",
            lambda text: text.encode("utf-16"),
        ),
        (
            "Content-Type: text/html\r\nTransfer-Encoding: chunked",
            lambda text: (
                b"".join(
                    b"%x;x\r\n%b\r\n" % (len(part), part)
                    for part in (text.encode()[:100], text.encode()[100:])
                )
                + b"0\r\n\r\n"
            ),
        ),
        ("Content-Type: text/html\r\nTransfer-Encoding: chunked", lambda text: text.encode()),
    ],
)
def test_pages_come_out_however_they_were_sent(header: str, encode, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (entry,) = read(tmp_path, response(0, header=header, body=encode(page(0))))
    assert isinstance(entry, Record)
    assert entry.title == "Brücke 0 gesperrt" and "Fähren" in entry.text


@pytest.mark.parametrize("packing", ["br", "zstd", "gzip", "deflate", "x-\x1bunheard"])
def test_a_page_that_cannot_be_unpacked_is_no_article(packing: str, tmp_path: Path) -> None:
    """Its bytes are some text in an encoding of one byte a letter, but nobody wrote it."""
    body = bytes(1 + number * 37 % 255 for number in range(4_000)).replace(b"<", b"")
    header = f"Content-Type: text/html; charset=latin1\r\nContent-Encoding: {packing}"
    first, second = read(tmp_path, response(0, header=header, body=body) + response(1))
    assert isinstance(first, BadRecord) and isinstance(second, Record)
    assert first.reason.startswith("came packed (") and first.reason.isprintable()


def test_a_page_without_an_article_is_reported(tmp_path: Path) -> None:
    first, second = read(tmp_path, response(0, body=b"<html></html>") + response(1))
    assert isinstance(first, BadRecord) and isinstance(second, Record)
    assert first.id == "https://www.hale.example/0"
    assert first.reason.startswith("has no article in its HTML")


@pytest.mark.parametrize("cut", [1, 30, 200])
@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_that_breaks_off_is_reported(cut: int, packed: bool, tmp_path: Path) -> None:
    blocks = [response(number) for number in range(2)]
    data = b"".join(map(gzip.compress, blocks)) if packed else b"".join(blocks)[:-4]
    entries = read(tmp_path, data[:-cut], "a.warc.gz" if packed else "a.warc")
    assert isinstance(entries[0], Record)
    bad = entries[-1]
    assert isinstance(bad, BadRecord) and bad.place
    assert "ends inside of a record" in bad.reason or "break off" in bad.reason


def test_what_is_no_archive_is_reported(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, b"no archive")
    assert isinstance(entry, BadRecord) and "begins no record" in entry.reason
    (entry,) = read(tmp_path, b"WARC/1.0\r\nWARC-Type: response\r\n\r\n")
    assert isinstance(entry, BadRecord) and "without its length" in entry.reason


def test_kept_records_stand_as_they_stood(tmp_path: Path) -> None:
    blocks = [response(number) for number in range(3)]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(map(gzip.compress, blocks)))
    pieces = find_pieces([tmp_path])
    entries = [entry for piece in pieces for entry in read_piece(piece)]
    keep = {entry.place for entry in entries if entry.id != "https://www.hale.example/1"}
    raw = [block for piece in pieces for block in raw_records(piece, keep.__contains__)]
    assert raw == [blocks[0], blocks[2]]


def block(body: bytes) -> bytes:
    head = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: %d\r\n\r\n" % len(body)
    return head + body + b"\r\n\r\n"


@settings(max_examples=100, deadline=None)
@given(
    bodies=st.lists(st.binary(max_size=200).map(lambda data: data * 3), max_size=12),
    piece_bytes=st.integers(1, 400),
    packing=st.sampled_from(["plain", "by record", "in pairs"]),
    damage=st.none() | st.integers(0, 5_000),
)
def test_any_pieces_hold_the_same_records(
    tmp_path_factory: pytest.TempPathFactory,
    bodies: list[bytes],
    piece_bytes: int,
    packing: str,
    damage: int | None,
) -> None:
    blocks = [block(body) for body in bodies]
    if packing != "plain":
        step = 1 if packing == "by record" else 2
        members = [b"".join(blocks[at : at + step]) for at in range(0, len(blocks), step)]
        data = bytearray(b"".join(map(gzip.compress, members)))
    else:
        data = bytearray(b"".join(blocks))
    if damage is not None and data:
        data[damage % len(data)] ^= 0x55
    path = tmp_path_factory.mktemp("pieces") / "a.warc"
    path.write_bytes(data)
    packed = None if packing == "plain" else "gzip"
    source = Source(str(path), "a.warc", "warc", packed, len(data))

    def everything(pieces: list[Piece]) -> tuple[list[bytes], list[Record | BadRecord]]:
        raw = [block for piece in pieces for block in raw_records(piece, lambda _: True)]
        return raw, [entry for piece in pieces for entry in read_piece(piece)]

    whole = everything(find_warc(source, Fields(), 1 << 20))
    assert everything(find_warc(source, Fields(), piece_bytes)) == whole
    if damage is None:
        assert whole == (blocks, [])


def test_after_a_damaged_record_reading_goes_on(tmp_path: Path) -> None:
    packed = [bytearray(gzip.compress(response(number))) for number in range(4)]
    packed[1][40:60] = b"x" * 20
    entries = read(tmp_path, b"".join(packed), "a.warc.gz")
    assert [type(entry) for entry in entries] == [Record, BadRecord, Record, Record]
    assert [entry.place for entry in entries] == [
        sum(map(len, packed[:number])) for number in range(4)
    ]


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10_000), st.binary(max_size=12), st.booleans())
def test_any_damage_gives_records_and_bad_records(
    tmp_path_factory: pytest.TempPathFactory, at: int, noise: bytes, packed: bool
) -> None:
    blocks = [response(number) for number in range(2)]
    data = bytearray(b"".join(map(gzip.compress, blocks)) if packed else b"".join(blocks))
    at %= len(data)
    data[at : at + len(noise)] = noise
    folder = tmp_path_factory.mktemp("damage")
    for entry in read(folder, bytes(data), "a.warc.gz" if packed else "a.warc"):
        assert isinstance(entry, (Record, BadRecord))
