"""Tokens read off a text folded as a whole are those of the definition, word by word."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.article import Span
from dedup.text.normalize import APOSTROPHES, fold, fold_whole
from dedup.text.tokens import tokenize, tokenize_plainly, tokens_within

#: What folding, apostrophes and NFC make hard, among letters that are easy.
PIECES = [
    *"aZ9 éßÜЖж ’'`‘ʼ´＇-_.,—“”½²ªµſıİΣσςŉǅﬁ\u00ad\u200b\u0301\u0345\n東カ한\u1161𝐀🚢\ud800",
    "Zoë’s",
    "l’Été",
    "ОДЕССА",
    "ΟΔΟΣ",
    "snake_case",
]
WORDY = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.text(max_size=60), WORDY), st.integers(0, 20), st.integers(0, 60))
def test_tokens_are_those_of_the_definition(text: str, start: int, length: int) -> None:
    stop = min(len(text), start + length)
    start = min(start, stop)
    assert tokenize(text, start, stop) == tokenize_plainly(text, start, stop)
    assert tokenize(text) == tokenize_plainly(text, 0, len(text))


def test_every_character_is_folded_alike_and_stays_a_letter_or_none() -> None:
    for char in map(chr, range(sys.maxunicode + 1)):
        whole = fold_whole(char)
        if whole is not None:
            assert whole == fold(char), hex(ord(char))
            assert whole.isalnum() == char.isalnum() or char in APOSTROPHES
            assert tokenize(char) == tokenize_plainly(char, 0, 1), hex(ord(char))


@pytest.mark.parametrize("text", ["It’s the Mayor’s — “no comment”", "ÉLYSÉE, Москва", "plain `x`"])
def test_news_is_folded_as_a_whole(text: str) -> None:
    assert fold_whole(text) is not None


@given(WORDY, st.lists(st.integers(0, 40), max_size=6))
def test_tokens_within_spans_are_those_that_begin_there(text: str, edges: list[int]) -> None:
    cuts = sorted(edges)
    spans = [Span(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False)]
    every = tokenize_plainly(text, 0, len(text))
    inside = [any(span.start <= at < span.end for span in spans) for at in every.starts]
    found = tokens_within(text, spans)
    assert found.words == tuple(w for w, kept in zip(every.words, inside, strict=True) if kept)
    assert found.starts == tuple(s for s, kept in zip(every.starts, inside, strict=True) if kept)
    assert found.ends == tuple(e for e, kept in zip(every.ends, inside, strict=True) if kept)
