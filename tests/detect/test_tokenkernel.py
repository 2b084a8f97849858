"""Where a window of 64 bytes begins or ends changes nothing in what the tokens are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numba")

from dedup.detect.batch import pack, plain_shingles
from dedup.detect.codepoints import SEPARATOR, tables
from dedup.detect.kernelengine import KernelEngine

#: Bytes behind a text without which it would not be looked at in windows.
BEHIND = " and this stands behind it, so that there is enough to be looked at, and then some more"

#: What may stand at the edge of a window.
EDGES = {
    "a word of seven letters": "harbour",
    "a word of eight letters": "Election",
    "a word of nine letters": "committee",
    "a word of sixteen letters": "Responsibilities",
    "a word of seventeen letters": "counterproductive",
    "a word longer than a window": "Pneumono" * 9,
    "digits after letters": "B52 7th 1,000.5",
    "letters between the ranges": "a@b[c`d{e/f:g",
    "an apostrophe in a word": "city's",
    "a curly apostrophe in a word": "city’s",
    "a curly apostrophe behind a word": "voters’ dock",
    "quoted": "‘dock’ and “dock”",
    "a curly apostrophe before another character": "voters’é voters’“a",
    "a grave accent in a word": "rock`n`roll",
    "an apostrophe before another character": "o'é l'été",
    "two apostrophes": "a''b",
    "apostrophes in turn": "rock'n'roll 'n' roll'",
    "an apostrophe between digits": "1'000 '90s",
    "an apostrophe in a word of seventeen": "counterespionage's",
    "dashes": "dock—harbour–quay…",
    "the characters beside them": "a\u200fb a\u200ab a\u202ab a\u2010b",
    "an accent": "café",
    "an accent in front": "élan",
    "a mark": "e\u0301a",
    "something unseen": "a\u00adb \u200bc",
    "another script": "Москва dock 東京",
    "four bytes": "dock\U0001f600dock",
    "an unstable character": "\u212b",
}


@pytest.mark.parametrize("name", EDGES)
def test_whatever_stands_at_the_edge_of_a_window(name: str) -> None:
    texts = [
        (filler * place)[:place] + EDGES[name] + more
        for place in range(70)
        for filler in (" ", "dam ")
        for more in ("", " or not")
    ]
    assert_as_plain(texts)
    assert_as_plain([text + BEHIND for text in texts])


#: Mostly plain words, and of everything else a little.
TEXTS = st.lists(
    st.one_of(
        st.text("abcXYZ019", min_size=1, max_size=20),
        st.sampled_from([" ", " ", " ", ", ", "\n", "'", "’", "“", "—", "…"]),
        st.sampled_from([*EDGES.values()]),
        st.text(max_size=3),
    ),
    max_size=120,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, max_size=3))
def test_long_texts_of_plain_words_and_others(texts: list[str]) -> None:
    assert_as_plain([*texts, BEHIND])


def test_the_marks_of_print_end_words_and_the_apostrophes_do_not() -> None:
    classes = tables().classes[0x2010:0x202A]
    apostrophes = [0x2018 - 0x2010, 0x2019 - 0x2010]
    assert (np.delete(classes, apostrophes) == SEPARATOR).all()
    assert (classes[apostrophes] != SEPARATOR).all()


def assert_as_plain(texts: list[str]) -> None:
    wanted, found = plain_shingles(texts, 2), KernelEngine().shingles(pack(texts), 2)
    assert found.tokens.tolist() == wanted.tokens.tolist()
    assert found.hashes.tolist() == wanted.hashes.tolist()
