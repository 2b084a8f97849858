"""A corpus that is judged part by part is judged as a whole would be."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsdesk import story
from numpy.typing import NDArray

from dedup import Article, scan
from dedup.detect.batch import Shingles
from dedup.detect.buckets import pack_pairs, unpack_pairs
from dedup.detect.clusters import Choice
from dedup.detect.linking import Links
from dedup.scanning.columns import LABELS, Names
from dedup.scanning.deciding import parts, verifying
from dedup.scanning.deciding.book import FIGURES, Book, Measure, Page
from dedup.scanning.deciding.grouping import judged, verified_pairs
from dedup.scanning.deciding.judging import Judge
from dedup.scanning.deciding.parts import joined, only, parts_of
from dedup.scanning.ingesting.corpus import Corpus, bring_together
from dedup.scanning.spool import Places

ROWS = 24


def corpus_of(twin_of: list[int], words: list[int], old: int) -> Corpus:
    """Return a corpus of which nothing is known but what judging asks for."""
    count = len(twin_of)
    nothing = np.zeros(count, dtype=np.int64)
    none = nothing.astype(np.uint64)
    sample = Shingles(np.empty(0, np.uint32), np.zeros(count + 1, np.int64), nothing)
    return replace(
        bring_together([]),
        names=Names(b"", nothing, nothing),
        words=np.array(words, dtype=np.int64),
        places=Places(nothing.astype(np.int32), nothing, nothing),
        prints=none,
        pages=none,
        twin_of=np.array(twin_of, dtype=np.int64),
        sample=sample,
        old=old,
        against=old > 0,
    )


@st.composite
def corpora(draw: st.DrawFn) -> tuple[Corpus, Links]:
    """Any corpus with twins and candidates, perhaps an older one before it."""
    first = draw(st.lists(st.integers(0, ROWS - 1), min_size=ROWS, max_size=ROWS))
    twin_of = list(range(ROWS))
    for row, other in enumerate(first):
        if other < row and other % 5 == 0 and twin_of[other] == other:
            twin_of[row] = other
    old = draw(st.sampled_from([0, 0, 8]))
    row = st.sampled_from([row for row in range(ROWS) if twin_of[row] == row])
    drawn = draw(st.sets(st.tuples(row, row).filter(lambda pair: pair[0] < pair[1]), max_size=40))
    pairs = sorted(a << 32 | b for a, b in drawn if old == 0 or a < old <= b)
    strength = draw(
        st.lists(st.floats(0.125, 1, width=32), min_size=len(pairs), max_size=len(pairs))
    )
    words = draw(st.lists(st.integers(90, 110), min_size=ROWS, max_size=ROWS))
    links = Links(np.array(pairs, dtype=np.uint64), np.array(strength, dtype=np.float32))
    return corpus_of(twin_of, words, old), links


def measuring(rows: NDArray[np.int64], seed: int) -> Measure:
    """Return what finds of places of rows what was drawn for these rows."""
    rng = np.random.default_rng(seed)
    drawn = np.zeros((ROWS, ROWS), dtype=FIGURES)
    drawn["label"] = drawn["bare"] = rng.integers(0, len(LABELS), (ROWS, ROWS))
    drawn["bare"][rng.random((ROWS, ROWS)) < 0.1] = len(LABELS) - 1
    for name in ("jaccard", "containment", "coverage"):
        drawn[name] = rng.random((ROWS, ROWS))

    def measure(pairs: NDArray[np.uint64]) -> Page:
        a, b = (rows[side] for side in unpack_pairs(pairs))
        assert (a <= b).all()
        return Page(pairs, drawn[a, b])

    return measure


@settings(max_examples=300, deadline=None)
@given(
    corpora(),
    st.integers(0, 1 << 32),
    st.sampled_from([1, 300, 1 << 20]),
    st.sampled_from([Choice.LONGEST, Choice.CENTRAL]),
)
def test_parts_are_judged_as_the_whole_is(
    given: tuple[Corpus, Links], seed: int, size: int, choice: Choice
) -> None:
    corpus, candidates = given
    whole = judged(corpus, candidates, choice, Judge(Book(measuring(np.arange(ROWS), seed)), None))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "LEAST_WORDS", size)
        patch.setattr(parts, "MOST_WORDS", size)
        found = joined(
            corpus,
            (
                (
                    part,
                    judged(
                        only(corpus, part.rows),
                        part.candidates,
                        choice,
                        Judge(Book(measuring(part.rows, seed)), None),
                    ),
                )
                for part in parts_of(corpus, candidates)
            ),
        )
    for name in ("words", "role", "cluster", "representative", "similarity"):
        np.testing.assert_array_equal(getattr(found.articles, name), getattr(whole.articles, name))
    assert list(found.articles.stories.items()) == list(whole.articles.stories.items())
    assert found.articles.old == whole.articles.old
    np.testing.assert_array_equal(found.page.pairs, whole.page.pairs)
    np.testing.assert_array_equal(found.page.figures, whole.page.figures)
    one, two = (verified_pairs(corpus, result, None) for result in (found, whole))
    for name in ("a", "b", "label", "same", "joined", "apart"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))


@given(corpora(), st.sampled_from([1, 200, 900]))
def test_a_part_holds_whatever_hangs_together(given: tuple[Corpus, Links], size: int) -> None:
    corpus, candidates = given
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "LEAST_WORDS", size)
        patch.setattr(parts, "MOST_WORDS", size)
        found = list(parts_of(corpus, candidates))
    rows = Counter(chain.from_iterable(part.rows.tolist() for part in found))
    a, b = unpack_pairs(candidates.pairs)
    twins = corpus.twins
    asked = {*a.tolist(), *b.tolist(), *twins.tolist(), *corpus.twin_of[twins].tolist()}
    assert rows == Counter(asked)
    held = {}
    for part in found:
        assert (part.candidates.pairs[1:] > part.candidates.pairs[:-1]).all()
        pairs = pack_pairs(*(part.rows[side] for side in unpack_pairs(part.candidates.pairs)))
        held.update(zip(pairs.tolist(), part.candidates.strength.tolist(), strict=True))
        assert np.isin(corpus.twin_of[part.rows], part.rows).all()
        old = part.rows < corpus.old
        assert not (old[1:] > old[:-1]).any()
    assert held == dict(zip(candidates.pairs.tolist(), candidates.strength.tolist(), strict=True))


def test_a_part_too_large_to_be_held_is_judged_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    briefs = [story(number, 6) for number in range(4)]
    texts = [" ".join(lines[:stop]) for stop in (6, 5) for lines in briefs]
    texts += ["\n\n".join(" ".join(lines) for lines in briefs), texts[3]]
    articles = [Article(text, path=f"{number:02}") for number, text in enumerate(texts)]
    expected = scan(articles, engine="numpy", workers=1)
    assert (len(expected.clusters()), expected.counts.digests) == (4, 1)
    for size, most in ((1 << 20, 1 << 20), (1, 1 << 20), (1, 1)):
        monkeypatch.setattr(parts, "LEAST_WORDS", size)
        monkeypatch.setattr(parts, "MOST_WORDS", size)
        monkeypatch.setattr(verifying, "HELD_WORDS", most)
        found = scan(articles, engine="numba", workers=2)
        assert list(found.articles) == list(expected.articles)
        assert list(found.pairs) == list(expected.pairs)
