"""What the sieve says of candidates without a verdict."""

from __future__ import annotations

from functools import partial
from importlib.util import find_spec
from itertools import chain, combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsdesk import POLICY, story, write_jsonl

from dedup.crew import Crew
from dedup.detect.batch import Shingles, offsets_of, pack
from dedup.detect.buckets import pack_pairs
from dedup.detect.engine import Engine, NumpyEngine
from dedup.detect.kernelengine import KernelEngine
from dedup.detect.linking import Links
from dedup.detect.marking import Furniture
from dedup.detect.postings import SAMPLE_BELOW
from dedup.detect.thresholds import Thresholds
from dedup.progress import Silent
from dedup.scanning.ingesting.corpus import bring_together
from dedup.scanning.ingesting.desk import Desk
from dedup.scanning.ingesting.intake import Plan, Task, take_in
from dedup.scanning.ingesting.source import open_source
from dedup.scanning.proposing.sieve import count_shared, kin_by_samples, sift
from dedup.scanning.rereading.setfile import Sets
from dedup.scanning.watch import Watch

ENGINE = NumpyEngine()
ENGINES: list[Engine] = [ENGINE]
if find_spec("numba") is not None:
    ENGINES.append(KernelEngine())


def kin(texts: list[str], furniture: str = "") -> dict[tuple[int, int], bool]:
    """Ask of all pairs of texts whether their samples make them kin."""
    sample = ENGINE.distinct(ENGINE.shingles(pack(texts), 5), SAMPLE_BELOW)
    known = Furniture(ENGINE.distinct(ENGINE.shingles(pack([furniture]), 5)).hashes)
    a, b = np.array(list(combinations(range(len(texts)), 2))).T
    found = kin_by_samples(sample, known, ENGINE)(pack_pairs(a, b))
    return dict(zip(zip(a.tolist(), b.tolist(), strict=True), found.tolist(), strict=True))


def test_texts_that_share_half_their_wording_are_kin_and_others_are_not() -> None:
    whole = story(1, 40)
    found = kin([" ".join(whole), " ".join(whole[:20]), " ".join(story(2, 40))])
    assert found == {(0, 1): True, (0, 2): False, (1, 2): False}


def test_furniture_makes_no_kin() -> None:
    policy = " ".join([POLICY, *story(9, 20)])
    texts = [f"{policy} {' '.join(story(number, 10))}" for number in (1, 2)]
    assert kin(texts) == {(0, 1): True}
    assert kin(texts, policy) == {(0, 1): False}


def test_a_text_without_a_shingle_is_kin_to_nobody() -> None:
    assert kin(["", "Short.", " ".join(story(1))]) == {
        (0, 1): False,
        (0, 2): False,
        (1, 2): False,
    }


HASHES = st.one_of(st.integers(0, 9), st.integers(0, 2**32 - 1))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(HASHES, max_size=9, unique=True), min_size=2, max_size=9),
    st.integers(1, 3),
    st.integers(1, 5),
    st.data(),
)
def test_what_a_pair_shares_is_the_sum_of_what_it_shares_of_each_part(
    articles: list[list[int]], parts: int, together: int, data: st.DataObject
) -> None:
    row = st.integers(0, len(articles) - 1)
    drawn = data.draw(st.sets(st.tuples(row, row).filter(lambda pair: pair[0] < pair[1])))
    pairs = np.array(sorted(a << 32 | b for a, b in drawn), dtype=np.uint64)
    rows = np.array(data.draw(st.permutations(range(len(articles)))), dtype=np.int64)
    number = np.empty(len(articles), dtype=np.int32)
    number[rows] = np.arange(len(articles))
    held = [
        [[value for value in articles[row] if value % parts == part] for row in rows]
        for part in range(parts)
    ]
    sets = Sets(number, [partial(shingles_of, part) for part in held])
    known = data.draw(st.lists(HASHES, max_size=3, unique=True))
    furniture = Furniture(np.array(sorted(known), dtype=np.uint32))
    kept = [{*article} - {*known} for article in articles]
    with Crew(2) as crew, pytest.MonkeyPatch.context() as patch:
        patch.setattr("dedup.scanning.proposing.sieve.PAIRS", together)
        for engine in ENGINES:
            desk = Desk(crew, Plan("", engine, 5, None), Watch(Silent()))
            shared, smaller = count_shared(desk, sets, pairs, furniture)
            assert list(zip(shared.tolist(), smaller.tolist(), strict=True)) == [
                (len(kept[a] & kept[b]), min(len(kept[a]), len(kept[b]))) for a, b in sorted(drawn)
            ]


def test_only_what_hangs_together_in_too_many_words_is_sifted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, other = story(1, 40), story(2, 40)
    texts = [" ".join(part) for part in (whole, whole[:20], other, [*other[:20], whole[0]])]
    path = write_jsonl(tmp_path / "news.jsonl", [{"text": text} for text in texts])
    pairs = pack_pairs(np.array([0, 0, 2]), np.array([1, 3, 3]))
    candidates = Links(pairs, np.array([0.1, 0.1, 0.1], dtype=np.float32))
    strong = Links(pairs, np.array([0.1, 0.5, 0.1], dtype=np.float32))
    none = Furniture(np.empty(0, dtype=np.uint32))
    for engine in ENGINES:
        plan = Plan(str(tmp_path), engine, 5, None)
        given = open_source(path, str(tmp_path), "new", None, None)
        taken = [take_in(Task(number, piece, plan)) for number, piece in enumerate(given.pieces)]
        corpus = bring_together(intake for intake in taken if intake is not None)
        for most, left in ((1 << 23, pairs), (1, pairs[[0, 2]])):
            monkeypatch.setattr("dedup.scanning.proposing.sieve.HELD_WORDS", most)
            with Crew(1) as crew:
                desk = Desk(crew, plan, Watch(Silent()))
                found = sift(desk, corpus, candidates, none, Thresholds())
                untouched = sift(desk, corpus, strong, none, Thresholds())
            assert found.pairs.tolist() == left.tolist()
            assert untouched.pairs.tolist() == pairs.tolist()


def shingles_of(rows: list[list[int]]) -> Shingles:
    sizes = np.array(list(map(len, rows)), dtype=np.int64)
    return Shingles(np.array(list(chain(*rows)), dtype=np.uint32), offsets_of(sizes), sizes)
