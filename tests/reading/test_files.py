"""`read_article` turns any source into an article, or says in one line why there is none."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedup.errors import DedupError, InputError
from dedup.reading import MAX_BYTES, read_article

TEXT = (
    "Ferry runs again\r\n\r\nPORT HALE (AP) — The ferry to Morna ran again on Friday,\u00a0after "
    "four days of storm.\rThe first boat carried 212 pas\u00adsengers,\u200b its operator said.\n"
)
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Ferry runs again</title></head><body><article>
<h1>Ferry runs again</h1><p>PORT HALE (AP) — The ferry to Morna ran again on Friday, after four
days of storm.</p><p>The first boat carried 212 passengers, its operator said on the pier.</p>
</article></body></html>"""
RECORD = json.dumps({"title": "Ferry runs again", "text": "The ferry to Morna ran again."})


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize("name", ["a.txt", "a.TEXT", "a.md", "a.markdown", "a", "a.news"])
def test_text_is_kept_character_for_character(tmp_path: Path, name: str) -> None:
    assert read_article(write(tmp_path / name, TEXT)).text == TEXT


def test_a_byte_order_mark_is_not_part_of_the_text(tmp_path: Path) -> None:
    assert read_article(write(tmp_path / "a.txt", "\ufeff" + TEXT)).text == TEXT


def test_front_matter_and_marks_of_markdown_stay(tmp_path: Path) -> None:
    text = "---\ntitle: Ferry\n---\n# Ferry runs *again*\n\n> “At last,” she said.\n"
    article = read_article(write(tmp_path / "a.md", text))
    assert article.text == text
    assert article.title is None


def test_what_is_known_of_a_text_is_where_it_was_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    article = read_article(path)
    assert article.path == str(path)
    assert article.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (article.title, article.outlet, article.date, article.url) == (None,) * 4


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.txt", TEXT, True),
        ("a", TEXT, True),
        ("a.html", PAGE, False),
        ("a", PAGE, False),
        ("a.json", RECORD, False),
    ],
)
def test_only_the_text_of_a_text_has_the_lines_of_its_file(
    tmp_path: Path, name: str, text: str, expected: bool
) -> None:
    assert read_article(write(tmp_path / name, text)).verbatim is expected


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.xhtml", "a", "a.php"])
def test_a_page_is_known_by_its_name_or_its_beginning(tmp_path: Path, name: str) -> None:
    article = read_article(write(tmp_path / name, PAGE))
    assert article.title == "Ferry runs again"
    assert article.text.splitlines()[0] == "Ferry runs again"
    assert "<" not in article.text


@pytest.mark.parametrize("name", ["a.json", "a.JSON", "a", "a.data"])
def test_a_record_is_known_by_its_name_or_its_content(tmp_path: Path, name: str) -> None:
    article = read_article(write(tmp_path / name, RECORD))
    assert article.text == "Ferry runs again\nThe ferry to Morna ran again."


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1} is how the note began.',
        '{"note": "an object without a text in it"}',
        '["a", "list"]',
        "<b>Ferry</b> runs again",
        "< 5 boats ran",
        "{The ferry} ran again",
    ],
)
def test_what_only_looks_like_a_page_or_record_is_text(text: str) -> None:
    assert read_article(io.BytesIO(text.encode())).text == text


def test_the_name_tells_before_the_content(tmp_path: Path) -> None:
    assert read_article(write(tmp_path / "a.txt", PAGE)).text == PAGE
    assert read_article(write(tmp_path / "b.txt", RECORD)).text == RECORD


def test_a_format_that_is_asked_for_tells_before_the_name(tmp_path: Path) -> None:
    assert read_article(write(tmp_path / "a.html", PAGE), format="text").text == PAGE
    assert read_article(write(tmp_path / "b.txt", RECORD), format="json").title is not None
    assert read_article(write(tmp_path / "c.txt", PAGE), format="html").title is not None


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(InputError, match="unknown format 'pdf'; use one of text, html, json"):
        read_article(io.BytesIO(b"words"), format="pdf")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode())))
    article = read_article("-")
    assert article.path == "-"
    assert article.title == "Ferry runs again"


def test_an_open_file_has_no_path() -> None:
    assert read_article(io.StringIO("words")).path is None


def test_utf16_page_and_record() -> None:
    assert read_article(io.BytesIO(PAGE.encode("utf-16"))).title == "Ferry runs again"
    assert read_article(io.BytesIO(RECORD.encode("utf-16"))).title == "Ferry runs again"


def test_default_limit_is_50_mebibytes(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)  # takes no room on the disk
    with pytest.raises(InputError, match="52,428,801 bytes, over the limit of 52,428,800; raise"):
        read_article(path)


#: What stands in a file, and the message on it.
REFUSED = {
    "empty": (b"", "is empty; name a file with an article in it"),
    "white space": (b" \r\n\t\n", "holds white space only; name a file with an article in it"),
    "no-break space": ("\u00a0\u2003\n".encode(), "holds white space only"),
    "only a mark": (b"\xef\xbb\xbf", "holds white space only"),
    "no words": ("* * * … —".encode(), "has no words in it; name a file with an article in it"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "is a PDF; export its text first"),
    "ZIP": (b"PK\x03\x04\x14\x00\x06", "is a ZIP archive or an Office document; unpack it"),
    "gzip": (b"\x1f\x8b\x08\x00abc", "is compressed with gzip; unpack it first"),
    "PNG": (b"\x89PNG\r\n\x1a\n\x00\x00", "is a PNG picture; type or OCR its text first"),
    "JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "is a JPEG picture"),
    "RTF": (rb"{\rtf1\ansi Ferry runs}", "is an RTF document; save it as plain text"),
    "MHTML": (b"From: <Saved by Blink>\r\n", "is a page saved as one MHTML file; save it as HTML"),
    "NUL": (b"Ferry\x00 runs again", "has NUL bytes"),
    "program": (b"\x7fELF\x02\x01\x01", "is a program; name a text"),
}


@pytest.mark.parametrize("suffix", [".txt", ".html", ".json", ""])
@pytest.mark.parametrize("case", REFUSED)
def test_what_holds_no_article_is_refused_by_name(tmp_path: Path, case: str, suffix: str) -> None:
    data, reason = REFUSED[case]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_article(path)
    message = str(caught.value)
    if case != "no words":  # a page or record has its own words for that
        assert message.startswith(f"{path}: {reason}")
    assert message.startswith(f"{path}: ")
    assert "; " in message
    assert "\n" not in message


#: What pages, records and encodings are made of, for a fuzz test to put together wrongly.
PIECES = (
    '<html> <p> </p> <h1> <!-- --> &# <a&#32;href=x> <meta&#32;charset=big5> [ } ] { " ; \\ud800 '
    'The&#32;ferry&#32;ran. Fähre&#32;“fährt”. "text": "articleBody": '
    '<script&#32;type="application/ld+json"> </script>'
)
PIECE = st.sampled_from([piece.replace("&#32;", " ").encode() for piece in PIECES.split()])


@given(st.lists(st.one_of(PIECE, st.binary(max_size=8)), max_size=30).map(b"".join))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.parametrize("format", [None, "text", "html", "json"])
def test_any_bytes_are_an_article_or_an_error_in_one_line(format: str | None, data: bytes) -> None:
    try:
        article = read_article(io.BytesIO(data), format=format)
    except DedupError as error:
        assert "\n" not in str(error)
    else:
        assert any(char.isalnum() for char in article.text)
        known = (article.text, article.title, article.outlet, article.date, article.url)
        assert all(value is None or value.encode() for value in known)  # valid Unicode


def test_plain_text_needs_no_heavy_module(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    code = (
        f"import sys; from dedup.reading import read_article; read_article({str(path)!r}); "
        "print(*sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = set(result.stdout.decode().split())
    assert "dedup.reading.files" in loaded
    assert not loaded & {"trafilatura", "lxml", "charset_normalizer", "numpy"}
