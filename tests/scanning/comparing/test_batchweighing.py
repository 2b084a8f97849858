"""What the compiled engine finds of many pairs is what `weigh_bare` finds of each."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsdesk import POLICY, story

from dedup.article import Article
from dedup.detect import Thresholds
from dedup.detect.shingles import shingle_hashes
from dedup.scanning.columns import LABELS
from dedup.scanning.comparing import figures
from dedup.scanning.comparing.batchweighing import Batch, choose, open_sheets, weigh_batch
from dedup.scanning.comparing.weighing import weigh_bare
from dedup.scanning.outlining.flatsheets import lay_sheets
from dedup.scanning.outlining.packing import ARRAYS, pack_sheet
from dedup.scanning.outlining.sheets import Sheet, make_sheet
from dedup.text import segment

pytest.importorskip("numba")

LIMITS = Thresholds()


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Any sheet: of few words, so that windows repeat; with breaks, quotations and furniture."""
    alphabet = draw(st.sampled_from([2, 6, 40]))
    whole = draw(st.integers(0, 150))
    rng = draw(st.randoms(use_true_random=False))
    kinds = [rng.randrange(1, alphabet + 1) for _ in range(whole)]
    if draw(st.booleans()):  # of one source: long runs
        kinds = [1 + (place * place) % alphabet for place in range(rng.randrange(9), whole)]
    places = st.lists(st.integers(0, max(0, len(kinds) - 1)), max_size=4 if kinds else 0)
    spans = [sorted(pair) for pair in zip(draw(places), draw(places), strict=False)]
    singles = draw(places)
    furniture = [
        place
        for start, end in (sorted(pair) for pair in zip(draw(places), draw(places), strict=False))
        for place in range(start, end)
    ]
    return Sheet(
        np.array(kinds, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15),
        np.array([1 + kind % 9 for kind in kinds], dtype=np.uint16),
        np.unique(np.array(draw(places), dtype=np.int32)),
        np.array(spans, dtype=np.int32).reshape(-1, 2),
        np.array([place for place in sorted({*singles}) if place + 1 < len(kinds)], dtype=np.int32),
        np.unique(np.array(furniture, dtype=np.int32)),
        np.array(draw(st.sampled_from([[], [7], [8]])), dtype=np.uint64),
    )


def agree(made: list[Sheet], limits: Thresholds = LIMITS) -> None:
    opened = open_sheets(lay_sheets([pack_sheet(sheet) for sheet in made]), limits)
    for b in range(len(made)):  # some sheets were opened for the pairs before
        compare(made, weigh_batch(opened, np.array([(a, b) for a in range(len(made))])), b, limits)


def compare(made: list[Sheet], found: Batch, b: int, limits: Thresholds) -> None:
    """Hold what was found of all sheets with one to what is found of each such pair."""
    for number, a in enumerate(made):
        expected, bare = weigh_bare(a, made[b], limits)
        assert LABELS[found.label[number]] == expected.label
        assert found.jaccard[number] == expected.jaccard
        assert found.containment[number] == expected.containment
        assert found.coverage[number] == expected.coverage_unquoted
        assert found.run[number] == expected.longest_run_unquoted
        assert LABELS[found.bare[number]] == bare


@settings(max_examples=150, deadline=None)
@given(
    st.lists(sheets(), min_size=1, max_size=3),
    st.sampled_from([2, 3, 5]),
    st.integers(1, 20),
    st.integers(0, 40),
    st.sampled_from([0.0, 0.5, 0.9]),
)
def test_any_sheets(made: list[Sheet], size: int, run: int, own: int, near: float) -> None:
    limits = Thresholds(
        shingle_words=size,
        passage_words=size,
        shared_passages_run=run,
        own_words=own,
        near_identical_coverage=near,
    )
    agree(made, limits)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1 << 32))
def test_versions_of_a_story(seed: int) -> None:
    rng = Random(seed)
    lines = story(rng.randrange(50), 8)
    cut = [line for line in lines if rng.random() < 0.8]
    shuffled = rng.sample(lines, len(lines))
    quoted = [f"“{line}”" if rng.random() < 0.5 else line for line in lines]
    texts = [lines, cut, shuffled, quoted, lines + lines[:4], [*cut, POLICY], [*story(51), POLICY]]
    policy = np.unique(shingle_hashes(segment(Article(POLICY)).tokens.words, 5))
    agree([make_sheet(segment(Article(" ".join(text))), policy, 5) for text in texts])


def test_a_text_that_repeats_itself_is_left_to_the_plain_way() -> None:
    words = " ".join(["dam"] * 900)
    texts = [words, words + " levee", "levee " + words, "dam levee " * 400]
    agree([make_sheet(segment(Article(text))) for text in texts])


def test_articles_without_a_word() -> None:
    agree([make_sheet(segment(Article(text))) for text in ("* * *", "", "Short.", "Short.")])


@pytest.mark.parametrize(
    ("engine", "pairs", "shingle", "passage", "expected"),
    [
        ("numpy", 10**9, 5, 5, False),
        ("numba", 1, 5, 5, True),
        ("numba", 1, 5, 6, False),
        ("numba", 1, 1, 1, False),
        ("auto", 10, 5, 5, False),
        ("auto", 10**9, 5, 5, True),
    ],
)
def test_it_is_chosen_where_it_pays(
    engine: str, pairs: int, shingle: int, passage: int, expected: bool
) -> None:
    limits = Thresholds(shingle_words=shingle, passage_words=passage)
    assert choose(engine, limits, pairs, 2) is expected


def test_arrays_of_a_sheet_are_called_in_their_order() -> None:
    called = [{"pairs": "SINGLES"}.get(name, name.upper()) for name in ARRAYS]
    assert [getattr(figures, name) for name in called] == list(range(len(ARRAYS)))
