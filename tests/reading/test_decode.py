"""Bytes become the text that was written, or an error that says why not."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.errors import InputError
from dedup.reading.decode import decode

LATIN = "The café’s owner said “no” — twice.\r\nIt was\u00a0a co\u00adoperative,\u200b he said.\n"
CYRILLIC = "Мэр города заявил, что мост закрыт.\nОн сказал это во вторник, и все слышали.\n"
JAPANESE = "市長は火曜日、橋の再建は夏より前には始まらないと述べた。\n"

MARKED = {
    "utf-8-sig": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("encoding", MARKED)
@pytest.mark.parametrize("text", [LATIN, CYRILLIC, JAPANESE])
def test_byte_order_mark_tells_and_is_no_text(text: str, encoding: str) -> None:
    mark = b"" if encoding == "utf-8-sig" else MARKED[encoding]
    assert decode(mark + text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [LATIN, CYRILLIC])
def test_zero_bytes_tell_utf16_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
@settings(max_examples=100)
def test_utf8_comes_back_character_for_character(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode(), "a.txt") == text


def test_a_byte_order_mark_inside_the_text_stays() -> None:
    assert decode("a\ufeffb".encode(), "a.txt") == "a\ufeffb"


def test_iso_2022_jp_is_not_taken_for_ascii() -> None:
    assert decode(JAPANESE.encode("iso2022_jp"), "a.txt") == JAPANESE


#: How pages declare an encoding, and what it means.
DECLARATIONS = {
    '<meta charset="windows-1251">': "cp1251",
    "<META CHARSET=koi8-r>": "koi8-r",
    '<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">': "cp932",
    "<meta content='text/html;charset=gb2312' http-equiv=content-type>": "gb18030",
    '<?xml version="1.0" encoding="EUC-JP"?>': "euc_jp",
    '<meta charset="Big5">': "big5hkscs",
    '<meta charset="iso-8859-1">': "cp1252",
    '<meta charset="iso-8859-2">': "iso8859-2",
    '<meta charset="macintosh">': "mac-roman",
}

SIGNS = {
    "cp1251": "мост",
    "koi8-r": "мост",
    "cp932": "橋",
    "gb18030": "桥",
    "euc_jp": "橋",
    "big5hkscs": "橋",
    "cp1252": "“é”",
    "iso8859-2": "łž",
    "mac-roman": "é’",
}


@pytest.mark.parametrize("declaration", DECLARATIONS)
def test_a_page_is_read_as_it_declares(declaration: str) -> None:
    encoding = DECLARATIONS[declaration]
    page = f"{declaration}<p>{SIGNS[encoding]}</p>"  # too little for any guess
    assert decode(page.encode(encoding), "a.html") == page


@pytest.mark.parametrize("declared", ["utf-16", "utf-8", "base64", "unicode_escape", "no-such"])
def test_a_declaration_that_cannot_be_true_is_passed_by(declared: str) -> None:
    page = f'<meta charset="{declared}"><p>Der Bürgermeister sagte: „Wir müssen warten.“</p>'
    assert decode(page.encode("cp1252"), "a.html") == page


def test_a_page_with_a_broken_byte_is_read_as_it_declares() -> None:
    page = '<meta charset="Shift_JIS"><p>' + JAPANESE * 10 + "</p>"
    assert decode(page.encode("cp932") + b"\x81", "a.html") == page + "\ufffd"


def test_a_declaration_that_breaks_the_text_is_passed_by() -> None:
    page = '<meta charset="Shift_JIS"><p>' + JAPANESE * 10 + "</p>"
    assert decode(page.encode("euc_jp"), "a.html") == page


def test_utf8_is_known_for_itself_whatever_a_page_declares() -> None:
    page = '<meta charset="iso-8859-1"><p>Crème brûlée à Orléans</p>'
    assert decode(page.encode(), "a.html") == page


def test_a_page_of_utf8_with_a_broken_byte_is_read_as_browsers_do() -> None:
    page = "<p>Crème brûlée".encode() + b"\xff</p>"
    assert decode(page, "a.html") == "<p>Crème brûlée\ufffd</p>"


NOT_TEXT = {
    "NUL in a text": (b"one\x00two, three and four", "has NUL bytes"),
    "NUL in a short text": (b"a\x00b words here", "has NUL bytes"),
    "NULs and bytes": (b"\x00\xff\x01\xfe\x00\x00\x9c\x10" * 9, "has NUL bytes"),
    "control characters": (b"\x01\x02\x03 four \x05\x06", "is binary"),
    "UTF-8 with a broken byte": ("déjà vu ".encode() + b"\xff!", "is UTF-8 but broken at byte 11"),
    "UTF-8 cut in a letter": ("déjà là".encode()[:-1], "is UTF-8 but broken at byte 9"),
    "marked UTF-8, broken": (b"\xef\xbb\xbfab\xff", "is UTF-8 but broken at byte 6"),
    "marked UTF-16, odd": (b"\xff\xfea\x00b", "is UTF-16 but broken at byte 5"),
}


@pytest.mark.parametrize("case", NOT_TEXT)
def test_what_is_not_text_is_refused_with_the_reason(case: str) -> None:
    data, reason = NOT_TEXT[case]
    with pytest.raises(InputError) as caught:
        decode(data, "a.txt")
    assert str(caught.value).startswith(f"a.txt: {reason}")
    assert "; save it" in str(caught.value)


def test_bytes_of_no_encoding_are_refused() -> None:
    data = bytes(range(0x80, 0x100)) * 40
    with pytest.raises(InputError, match=r"^a\.bin: is not text in any known encoding; save it"):
        decode(data, "a.bin")


@given(st.binary(min_size=1))
@settings(max_examples=200)
def test_any_bytes_are_a_text_or_an_input_error(data: bytes) -> None:
    try:
        text = decode(data, "a.bin")
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert text.encode().decode() == text  # valid Unicode
        assert "\0" not in text
