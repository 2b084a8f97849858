"""Lines that the compiled engine reads: what comes of them is what `read_jsonl` makes of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numba")

from dedup.errors import InputError
from dedup.reading.jsonl import find_jsonl, read_jsonl
from dedup.reading.piece import BadRecord, Columns, Fields, Piece, Source
from dedup.scanning.ingesting import lines
from dedup.scanning.ingesting.gathering import Group, groups_of
from dedup.scanning.ingesting.lines import UnreadError, are_ordinary, read_groups
from dedup.scanning.rereading.again import read_again

#: Every role has a field, some have two.
COLUMNS = Columns(
    text=("text", "body"),
    id=("id", "url"),
    title=("title", "headline"),
    outlet=("outlet",),
    date=("date",),
    url=("url",),
    language=("language",),
)
NAMES = (*COLUMNS.names, "other", "naïve", "Text", 'a "b"')

#: Where lines, words, headlines and pages begin and end.
PIECES = [
    "Dam", "dam", "DAM", "holds", "Dam holds", "dam HOLDS.", " ", "  ", "\n", "\r\n", "\t", "\x0b",
    "\x0c", "\x1c", "\x1f", "\x7f", "\x00", "\x85", "\xa0", "\u2003", "\u2028", "\u3000", "\ufeff",
    "“", "”", "‘", "’", "–", "…", "é", "É", "ß", "ẞ", "ſ", "ﬁ", "İ", "東京", "😀", "\ud83d",
    "\udc00",
    "<p>", "<!-- -->", "<", "* * *", "_", "1", "٣", '"', "\\", "/", ".", "x" * 40, "é" * 9,
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=9)), max_size=12).map("".join)
PLAIN = st.one_of(
    TEXTS,
    TEXTS,
    st.sampled_from(["en", "EN", "en-GB", "deu", "English", ""]),
    st.none(),
    st.booleans(),
    st.integers(-5, 10**20),
    st.floats(),
)
VALUES = st.one_of(
    PLAIN, st.lists(PLAIN, max_size=3), st.dictionaries(st.sampled_from(["name", "x"]), PLAIN)
)
RECORDS = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=9)
#: Records that have what most have.
USUAL = st.fixed_dictionaries({"id": TEXTS, "title": TEXTS, "text": TEXTS}).flatmap(
    lambda record: RECORDS.map(lambda more: {**more, **record})
)


def as_line(record: object, ascii: bool, spaced: bool) -> bytes:
    between = (" ,\t", " : ") if spaced else (",", ":")
    written = json.dumps(record, ensure_ascii=ascii, separators=between)
    return written.encode("utf-8", "surrogatepass")


#: What is no ordinary line for one reason or another, or nearly so.
ODD = [
    b"", b" ", b"\r", b"{", b"{}", b"[]", b"null", b'{"text": "Dam"', b'{"text": "Dam"} x',
    b'{"text": "caf\xe9"}', b'{"text": "Dam \xed\xa0\x80"}', b'{"text": "Dam \xc0\x80"}',
    b'{"text": "Dam \xf5\x80\x80\x80"}', b'{"text": "Dam \xe2\x80"}', b'{"text": "Dam\tholds"}',
    b'{"text": "Dam \\u00"}', b'{"text": "Dam \\x"}', b'{"text": "Dam \\',
    b'{"text": "Dam \\ud83d"}',
    b'{"text": "Dam \\ud83d\\ude00"}', b'{"text": "Dam \\ud83d\\u0041"}',
    b'{"text": "Dam \\u0000"}',
    b'{"text": "Dam", "text": "Levee"}', b'{"text": "Dam", "text": null}', b'{"text": null}',
    b'{"te\\u0078t": "Dam"}', b'{"text": "Dam",}', b'{,"text": "Dam"}', b'{"text" "Dam"}',
    b'{"text": "Dam", "other": [1, 2.5e3, "x", null, true]}', b'{"text": "Dam", "other": [1,]}',
    b'{"text": "Dam", "other": []}', b'{"text": "Dam", "other": [[]]}', b'{"text": "Dam", "id": 7}',
    b'{"text": "Dam", "id": 007}', b'{"text": "Dam", "id": 7.50}', b'{"text": "Dam", "id": -0}',
    b'{"text": "Dam", "other": 1e999}', b'{"text": "Dam", "other": 1.}',
    b'{"text": "Dam", "other": -}',
    b'{"text": "Dam", "other": tru}', b'{"text": true}', b'{"text": 7}', b'{"text": ["Dam"]}',
    b'{"text": "", "body": "Dam"}', b'{"text": null, "body": "Dam"}', b'{"body": "Dam"}',
    b'{"text": "Dam", "date": 20240301}', b'{"text": "Dam", "outlet": {"name": "Post"}}',
    b'\xef\xbb\xbf{"text": "Dam"}', b'{"text": "Dam"}\r', b'  {"text": "Dam"}  ',
]  # fmt: skip
LINES = st.lists(
    st.one_of(
        st.builds(as_line, st.one_of(RECORDS, USUAL, USUAL), st.booleans(), st.booleans()),
        st.sampled_from(ODD),
        st.binary(max_size=30).filter(lambda line: b"\n" not in line),
    ),
    max_size=12,
)


def piece_of(path: Path, data: bytes, first: int = 1) -> Piece:
    path.write_bytes(data)
    source = Source(str(path), path.name, "jsonl", None, len(data))
    return Piece((source,), Fields(), COLUMNS, 0, len(data), first)


Article = tuple[bytes, bytes, bytes, str | None]


def articles(groups: Iterable[Group]) -> list[Article]:
    """Return of each article its text, what is known of it, its tail and its address. (A group is
    good until the next one is asked for.)"""
    out = []
    for group in groups:
        ends = np.cumsum(group.known)
        for row, (end, url) in enumerate(zip(ends.tolist(), group.urls, strict=True)):
            text, tail = (
                part.data[part.offsets[row] : part.offsets[row + 1]].tobytes()
                for part in (group.texts, group.tails)
            )
            out.append((text, group.heap[end - group.known[row] : end], tail, url))
    return out


def read_both(piece: Piece) -> tuple[list[Article], list[BadRecord]]:
    """Return what a piece holds, read in both ways."""
    bad: list[BadRecord] = []
    wrong: list[BadRecord] = []
    found = articles(read_groups(piece, bad))
    assert found == articles(groups_of(read_jsonl(piece), wrong))
    assert bad == wrong
    return found, bad


@settings(max_examples=400, deadline=None)
@given(LINES, st.booleans(), st.sampled_from([1, 2, 127, 128, 70_000]))
def test_lines_say_what_they_say_to_the_plain_way(
    tmp_path_factory: pytest.TempPathFactory, found: list[bytes], ended: bool, first: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "a.jsonl"
    read_both(piece_of(path, b"\n".join(found) + (b"\n" if ended else b""), first))


@pytest.mark.parametrize("line", ODD)
def test_every_odd_line_between_two_others(tmp_path: Path, line: bytes) -> None:
    usual = b'{"id": "a", "title": "Dam", "text": "It holds."}'
    found, bad = read_both(piece_of(tmp_path / "a.jsonl", b"\n".join([usual, line, usual])))
    assert len(found) + len(bad) == 2 + bool(line.strip())


#: What ends a plain stretch of a string, or begins a character of several bytes.
STOPS = [
    '"', "\\", "\n", "\x85", "\u2028", "\u2003", "é", "’", "“a”", "東", "가", "😀", "  ", " \n ",
]  # fmt: skip
#: What is no UTF-8.
BROKEN = [
    b"\xe9", b"\xc3", b"\x80", b"\xe2\x80", b"\xe2\x80\x80\x80", b"\xc3\xa9\xa9", b"\xc0\x80",
    b"\xe0\x80\x80", b"\xed\xa0\x80", b"\xf0\x9f\x98", b"\xf4\x90\x80\x80", b"\xff",
]  # fmt: skip


@pytest.mark.parametrize("stop", STOPS)
def test_whatever_stands_at_the_edge_of_a_window(tmp_path: Path, stop: str) -> None:
    found = []
    for place in range(70):
        words = ("The dam holds. " * 5)[:place] + stop
        for record in (
            {"text": words + " It rains."},
            {"title": words, "text": "It holds."},
            {"title": words + "Rain", "text": f"{words}Rain\nIt holds."},
            {"title": "Rain", "text": f"{words}\nRain\nIt holds."},
        ):
            found += [as_line(record, ascii, spaced=False) for ascii in (True, False)]
    assert len(read_both(piece_of(tmp_path / "a.jsonl", b"\n".join(found)))[0]) == 560


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_no_utf8_is_seen_wherever_it_stands(tmp_path: Path, broken: bytes) -> None:
    texts = [("The dam holds. " * 5)[:place].encode() + broken for place in range(70)]
    found = [b'{"text": "%b%b"}' % (text, more) for text in texts for more in (b"", b" It rains.")]
    read_both(piece_of(tmp_path / "a.jsonl", b"\n".join(found)))


#: Lines as most corpora hold them.
ORDINARY = [
    {"text": "It holds."},
    {"id": "a1", "title": "Dam", "text": "It holds.", "url": "https://daily.example/dam"},
    {"id": 17, "title": "Dam", "body": "It holds.", "language": "en", "score": 0.25, "views": -3},
    {"title": "Dam holds", "text": "DAM HOLDS\nThe dam holds.", "tags": ["dam", 1, None]},
    {"title": " Dam\u2003 holds ", "text": "“It holds,” the mayor said.", "date": None},
    {"title": "“Dam”", "text": "WORLD\n“Dam”\nIt holds.", "topics": []},
    {"outlet": "Café 東京", "text": "😀 It holds — \\ \"so far\".", "paid": False},
]  # fmt: skip


@pytest.mark.parametrize("ascii", [True, False])
@pytest.mark.parametrize("record", ORDINARY)
def test_of_an_ordinary_line_no_record_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record: object, ascii: bool
) -> None:
    piece = piece_of(tmp_path / "a.jsonl", as_line(record, ascii, spaced=True))
    (found,), _ = read_both(piece)
    monkeypatch.setattr(lines, "line_reader", lambda piece: pytest.fail)
    assert articles(read_groups(piece, [])) == [found]


@pytest.mark.parametrize("block", [64, 200, 1000])
def test_lines_across_the_ends_of_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    records = [{"id": f"a{number}", "text": f"It holds {number}"} for number in range(60)]
    data = b"".join(as_line(record, True, True) + b"\n" for record in records)
    piece = piece_of(tmp_path / "a.jsonl", data.replace(b"holds 7", b"holds \xff"))
    monkeypatch.setattr(lines, "BLOCK_BYTES", block)
    monkeypatch.setattr(lines, "BLOCK_LINES", 7)
    found, bad = read_both(piece)
    assert (len(found), len(bad)) == (59, 1)


def test_a_line_longer_than_a_block_is_left_to_the_plain_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "BLOCK_BYTES", 64)
    data = as_line({"text": "dam " * 40}, True, False)
    with pytest.raises(UnreadError):
        list(read_groups(piece_of(tmp_path / "a.jsonl", data * 2), []))


def test_a_file_that_became_shorter_is_left_to_the_plain_way(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    piece = piece_of(path, as_line({"text": "It holds."}, True, False) * 3)
    path.write_bytes(b'{"text": "It')
    with pytest.raises(UnreadError):
        list(read_groups(piece, []))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(USUAL, RECORDS), min_size=1, max_size=12),
    st.sets(st.integers(0, 11)),
    st.sampled_from([64, 400, 1 << 20]),
    st.sampled_from([(1, 1), (1, 3), (2, 2), (99, 999)]),
)
def test_lines_that_are_read_again_say_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    records: list[object],
    some: set[int],
    between: int,
    room: tuple[int, int],
) -> None:
    path = tmp_path_factory.getbasetemp() / "again.jsonl"
    piece = piece_of(path, b"\n".join(as_line(record, False, False) for record in records))
    groups = list(read_groups(piece, []))
    texts = [group.texts[row] for group in groups for row in range(len(group.texts))]
    begins, sizes = np.concatenate([np.empty((2, 0), np.int64), *(g.lines for g in groups)], axis=1)
    rows = sorted(row for row in some if row < len(texts))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dedup.scanning.rereading.again.MOST_BETWEEN", between)
        for name, many in zip(("BLOCK_BYTES", "READ_BYTES"), room, strict=True):
            patch.setattr(
                f"dedup.scanning.rereading.again.{name}", many * int(sizes.max(initial=0))
            )
        anew = list(read_again(piece, begins[rows], sizes[rows]))
    assert [one.texts[row] for one in anew for row in range(len(one.texts))] == [
        texts[row] for row in rows
    ]


def test_lines_that_are_not_there_again_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    piece = piece_of(path, (as_line({"text": "It holds."}, True, False) + b"\n") * 3)
    (group,) = read_groups(piece, [])
    assert group.lines is not None
    for now in (b'{"text": "It', path.read_bytes().replace(b"text", b"next")):
        path.write_bytes(now)
        with pytest.raises(InputError, match=r"a\.jsonl: was changed while it was read"):
            list(read_again(piece, *group.lines))
    path.unlink()
    with pytest.raises(InputError, match="was changed"):
        list(read_again(piece, *group.lines))


def test_a_piece_is_ordinary_where_nearly_all_of_its_lines_are(tmp_path: Path) -> None:
    plain, nested = ({"text": "It holds.", "other": other} for other in (1, {"name": 1}))
    for count, ordinary in ((0, True), (1, True), (9, False), (100, False)):
        odd = [as_line(nested, True, False)] * count
        data = b"\n".join([*odd, *[as_line(plain, True, False)] * 99])
        assert are_ordinary(piece_of(tmp_path / "a.jsonl", data)) is ordinary
    assert are_ordinary(piece_of(tmp_path / "a.jsonl", b"x" * (lines.BLOCK_BYTES + 1)))


def test_a_field_that_is_everything(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(as_line({"all": "Dam holds " * 900}, True, False))
    fields = Fields("all", "all", "all", "all", "all")
    (piece,) = find_jsonl(Source(str(path), "a.jsonl", "jsonl", None, path.stat().st_size), fields)
    assert len(read_both(piece)[0]) == 1
