"""What may reach a terminal, and what is written in its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.report.glyphs import ASCII, UNICODE, glyphs_for, printable, right_to_left

CASES = [
    ("an escape sequence", "a\x1b[31mred\x1b[0m", "a\\x1b[31mred\\x1b[0m"),
    ("a title sequence", "\x1b]0;owned\x07", "\\x1b]0;owned\\x07"),
    ("an 8-bit control", "\x9b31m", "\\x9b31m"),
    ("backspaces that overwrite", "no\x08\x08yes", "no\\x08\\x08yes"),
    ("a carriage return", "no\ryes", "no yes"),
    ("a line end in a sentence", "one\ntwo", "one two"),
    ("a tab", "one\ttwo", "one two"),
    ("a no-break space", "10\u00a0km", "10 km"),
    ("a line separator", "one\u2028two", "one two"),
    ("an override of direction", "abc\u202efdp", "abc\\u202efdp"),
    ("an isolate of direction", "\u2066abc\u2069", "\\u2066abc\\u2069"),
    ("a soft hyphen", "co\u00adoperate", "cooperate"),
    ("a zero-width space", "a\u200bb", "ab"),
    ("a joiner that shapes letters", "می\u200cخواهم", "می\u200cخواهم"),
    ("a lone surrogate", "a\ud800b", "a\\ud800b"),
    ("markup of the terminal library", "[bold red]x[/]", "[bold red]x[/]"),
    ("an emoji", "🛳 sails", "🛳 sails"),
]


@pytest.mark.parametrize(("name", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_printable(name: str, text: str, expected: str) -> None:
    assert printable(text) == expected


ENCODINGS = [
    ("ascii", "“Élan” — 東京", '"\\xc9lan" -- \\u6771\\u4eac'),
    ("latin-1", "“Élan” — 東京", '"Élan" -- \\u6771\\u4eac'),
    ("cp1252", "“Élan” — …", "“Élan” — …"),
    ("unheard-of", "é…", "\\xe9..."),
]


@pytest.mark.parametrize(("encoding", "text", "expected"), ENCODINGS)
def test_what_an_encoding_lacks_is_written_in_ascii(
    encoding: str, text: str, expected: str
) -> None:
    assert printable(text, encoding) == expected


@given(st.text(), st.sampled_from(["utf-8", "ascii", "latin-1", "shift-jis"]))
@settings(max_examples=200, deadline=None)
def test_no_control_character_and_no_character_the_encoding_lacks(text: str, encoding: str) -> None:
    shown = printable(text, encoding)
    shown.encode(encoding)
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in shown)


@pytest.mark.parametrize(
    ("encoding", "glyphs"),
    [("utf-8", UNICODE), ("utf-16", UNICODE), ("ascii", ASCII), ("latin-1", ASCII), ("", ASCII)],
)
def test_signs_fit_the_encoding(encoding: str, glyphs: object) -> None:
    assert glyphs_for(encoding) == glyphs


@pytest.mark.parametrize(
    ("text", "expected"),
    [("plain", False), ("Élan 東京", False), ("שלום", True), ("say مرحبا", True), ("٣", False)],
)
def test_right_to_left(text: str, expected: bool) -> None:
    assert right_to_left(text) == expected
