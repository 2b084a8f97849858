"""What the sieve says of candidates without a verdict."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from itertools import chain, combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsdesk import POLICY, story

from dedup.crew import Crew
from dedup.detect.batch import pack
from dedup.detect.buckets import pack_pairs
from dedup.detect.engine import KernelEngine, NumpyEngine
from dedup.detect.postings import SAMPLE_BELOW
from dedup.progress import Silent
from dedup.scanning.corpus import bring_together
from dedup.scanning.desk import Desk
from dedup.scanning.furnishing import FURNITURE
from dedup.scanning.intake import SHINGLES, Plan
from dedup.scanning.shinglefile import shingle_places
from dedup.scanning.sieve import by_crew, by_threads, kin_by_samples
from dedup.scanning.spool import Places, writing
from dedup.scanning.watch import Watch

ENGINE = NumpyEngine()


def kin(texts: list[str], folder: Path, furniture: str = "") -> dict[tuple[int, int], bool]:
    """Ask of all pairs of texts whether their samples make them kin."""
    sample = ENGINE.distinct(ENGINE.shingles(pack(texts), 5), SAMPLE_BELOW)
    with writing(str(folder), FURNITURE, 0) as file:
        known = ENGINE.distinct(ENGINE.shingles(pack([furniture]), 5))
        file.write(known.hashes.tobytes())
    a, b = np.array(list(combinations(range(len(texts)), 2))).T
    pairs = pack_pairs(a, b)
    found = kin_by_samples(sample, str(folder), ENGINE)(pairs)
    return dict(zip(zip(a.tolist(), b.tolist(), strict=True), found.tolist(), strict=True))


def test_texts_that_share_half_their_wording_are_kin_and_others_are_not(tmp_path: Path) -> None:
    whole = story(1, 40)
    found = kin([" ".join(whole), " ".join(whole[:20]), " ".join(story(2, 40))], tmp_path)
    assert found == {(0, 1): True, (0, 2): False, (1, 2): False}


def test_furniture_makes_no_kin(tmp_path: Path) -> None:
    policy = " ".join([POLICY, *story(9, 20)])
    texts = [f"{policy} {' '.join(story(number, 10))}" for number in (1, 2)]
    assert kin(texts, tmp_path) == {(0, 1): True}
    assert kin(texts, tmp_path, policy) == {(0, 1): False}


def test_a_text_without_a_shingle_is_kin_to_nobody(tmp_path: Path) -> None:
    assert kin(["", "Short.", " ".join(story(1))], tmp_path) == {
        (0, 1): False,
        (0, 2): False,
        (1, 2): False,
    }


HASHES = st.one_of(st.integers(0, 9), st.integers(0, 2**32 - 1))


@pytest.mark.skipif(find_spec("numba") is None, reason="numba is not installed")
@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(HASHES, max_size=9), min_size=2, max_size=9),
    st.sets(HASHES, max_size=3),
    st.data(),
)
def test_threads_count_what_worker_processes_count(
    articles: list[list[int]], furniture: set[int], data: st.DataObject
) -> None:
    row = st.integers(0, len(articles) - 1)
    drawn = data.draw(st.sets(st.tuples(row, row).filter(lambda pair: pair[0] < pair[1])))
    pairs = np.array(sorted(a << 32 | b for a, b in drawn), dtype=np.uint64)
    count = len(articles)
    corpus = replace(
        bring_together([]),
        words=np.array([len(hashes) + 4 for hashes in articles], dtype=np.int64),
        places=Places(
            np.zeros(count, np.int32), np.arange(count)[::-1].copy(), np.ones(count, np.int64)
        ),
    )
    wanted = [
        (len(one & two), min(len(one), len(two)))
        for one, two in ([set(articles[row]) - furniture for row in pair] for pair in sorted(drawn))
    ]
    with TemporaryDirectory() as folder, Crew(1) as crew:
        for kind, hashes in (
            (SHINGLES, chain.from_iterable(articles[::-1])),
            (FURNITURE, sorted(furniture)),
        ):
            with writing(folder, kind, 0) as file:
                file.write(np.array(list(hashes), dtype=np.uint32).tobytes())
        for count_all, engine in ((by_crew, ENGINE), (by_threads, KernelEngine(2))):
            desk = Desk(crew, Plan(folder, engine, 5, None), Watch(Silent()))
            shared, smaller = count_all(desk, corpus, pairs, engine)
            assert list(zip(shared.tolist(), smaller.tolist(), strict=True)) == wanted


def test_shingles_lie_in_the_order_of_the_texts_file_by_file() -> None:
    texts = Places(
        np.array([1, 0, 0, 1, 0], dtype=np.int32),
        np.array([90, 0, 200, 0, 70], dtype=np.int64),
        np.array([10, 70, 30, 90, 130], dtype=np.int64),
    )
    words = np.array([7, 10, 2, 5, 6], dtype=np.int64)
    found = shingle_places(replace(bring_together([]), words=words, places=texts), 5)
    assert found.file.tolist() == [1, 0, 0, 1, 0]
    assert found.size.tolist() == [4 * 3, 4 * 6, 0, 4 * 1, 4 * 2]
    assert found.start.tolist() == [4 * 1, 0, 4 * 8, 0, 4 * 6]
