"""The document as a whole: nothing lost, nothing twice, and quick on any input."""
# ruff: noqa: E501 - the lines are the texts

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.article import Article
from dedup.text import Document, segment
from dedup.text.normalize import INVISIBLE
from dedup.text.tokens import tokenize

PIECES = [
    *"“”\"'‘’.?!…()«»—-,:;「」。/@©\n\n\n\r\x85\u2028\f\t ",
    " ",
    " ",
    "\u00a0",
    "\u00ad",
    "\ufeff",
    "\u200b",
    "\u200b\n",
    "The ferry sank",
    "Sen.",
    "U.S.",
    "p.m.",
    " said Moss",
    "Related: ",
    "By Ann Moss",
    "(AP) — ",
    "KYIV, Ukraine — ",
    "Advertisement",
    "渡轮沉没",
    "فشل",
    "Порт",
    "é",
    "e\u0301",
    "🚢",
    "6'2\"",
    "\ud800",
    "\0",
]
NEWS_LIKE = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
#: What no unit needs to hold: white space, and on a line of its own what has no width.
LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def _expected(text: str) -> str:
    """Return the characters that must be in a unit, by the plain definition."""
    kept = []
    for line in "".join("\n" if char in LINE_ENDS else char for char in text).split("\n"):
        visible = [char for char in line if not char.isspace()]
        if any(not _invisible(char) for char in visible):
            kept.extend(visible)
    return "".join(kept)


def _invisible(char: str) -> bool:
    parts = INVISIBLE.split("-")
    if any(char in part for part in parts):
        return True
    return any(low[-1] <= char <= high[0] for low, high in pairwise(parts))


def _check(document: Document) -> None:
    text = document.text
    for unit in document.units:
        piece = document.text_of(unit)
        assert piece == piece.strip() != ""
        assert unit.reason
    for before, after in pairwise(document.units):
        assert before.end <= after.start
        assert before.paragraph <= after.paragraph
    inside = "".join(
        char for unit in document.units for char in document.text_of(unit) if not char.isspace()
    )
    assert inside == _expected(text)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), NEWS_LIKE), st.sampled_from([None, "en", "de", "zh", "xx"]))
def test_every_visible_character_is_in_exactly_one_unit(text: str, language: str | None) -> None:
    _check(segment(Article(text, language=language)))


@settings(max_examples=100, deadline=None)
@given(NEWS_LIKE)
def test_tokens_are_those_of_the_compared_units(text: str) -> None:
    document = segment(Article(text))
    units = [unit for unit in document.units if unit.kind.compared]
    plain = [word for unit in units for word in tokenize(text, unit.start, unit.end).words]
    assert list(document.tokens.words) == plain
    for start, end in zip(document.tokens.starts, document.tokens.ends, strict=True):
        assert any(unit.start <= start < end <= unit.end for unit in units)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff", "\u200b \n"])
def test_a_text_with_nothing_visible_has_no_units(text: str) -> None:
    document = segment(Article(text))
    assert document.units == ()
    assert len(document.tokens) == 0


HOSTILE = [
    '"',
    "“",
    "“ ” ",
    "‘a ",
    "'a' ",
    "A. ",
    ". ",
    "…",
    '." ',
    "“Why?” Ann ",
    "Ann ",
    "渡轮。",
    "「渡。」",
    "a.\u200b ",
    "U.S. ",
    "1. ",
    "“a\n",
    "a\n",
    "\r",
    "(Ann ",
    "a.a.",
    "\u00ad",
    "\0",
    "word ",
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.usefixtures("no_hang")
def test_hostile_texts_take_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    units = segment(Article(text)).units
    assert sum(unit.end - unit.start for unit in units) <= len(text)


def test_importing_stays_light() -> None:
    code = "import sys, dedup.text; print(sorted({'numpy', 'sentencex', 'scipy', 'rich', 'datasketch'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
