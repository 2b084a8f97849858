"""Every engine computes what the plain reference and datasketch compute, bit for bit."""

import importlib.util
import subprocess
import sys
from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.detect import engine as engine_module
from dedup.detect.batch import Shingles, offsets_of, pack, plain_shingles
from dedup.detect.engine import (
    COMPILE_SECONDS,
    COMPILE_SHARE,
    Engine,
    NumpyEngine,
    choose_engine,
    warm_up,
)
from dedup.detect.kernelengine import KernelEngine, kernel_is_compiled
from dedup.detect.marking import Furniture
from dedup.detect.sketch import signature

HAS_NUMBA = importlib.util.find_spec("numba") is not None
ENGINES: list[Engine] = [NumpyEngine()]
if HAS_NUMBA:
    ENGINES += [KernelEngine(), KernelEngine(threads=3)]

#: Pieces that meet each other in every way where tokens begin, go on and end.
PIECES = [
    "a", "B", "word", "Twelve", "eightletters", "1,000", " ", "  ", "\n", ".", "'", "’", "`", "ʼ",
    "\u00ad", "\u200b", "\u200d", "\ufe0f", "é", "É", "e\u0301", "\u0301", "\u0345", "i\u0307",
    "I\u0307", "İ", "ß", "ẞ", "Ж", "हिन्दी", "\u093c", "\u0958", "\u0929", "ন\u09c7\u09be",
    "\u0591\u05b0", "\u064b\u0651", "東", "京", "カ\u3099", "か", "한", "ᄒ\u1161\u11ab", "\u212b",
    "\uf900", "\ud800", "\udfff", "\U0001f600", "\U00010400", "\U0002000b", "\x00", "_", "½", "ﬁ",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=40).map("".join)

TRICKY = {
    "nothing": "",
    "blank": " \n\t ",
    "one word": "Flooding",
    "one letter": "a",
    "eight letters": "election",
    "sixteen letters, then a mark": "electionelection\u0301 night",
    "an apostrophe after eight letters": "election's night",
    "two apostrophes": "a''b c'd'",
    "an apostrophe at the end": "the voters' choice'",
    "an apostrophe and something unseen": "a'\u200bb a\u200b'b",
    "a letter that is an apostrophe": "ʼtis Hawaiʼi",
    "a mark in front": "\u0301a b",
    "a mark alone among blanks": "a \u0301 b",
    "something unseen between letter and mark": "e\u200d\u0301",
    "two marks out of order": "a\u0323\u0307 a\u0307\u0323",
    "one-letter words without end": "a b c d e f g h i j",
    "kana and letters in turn": "カaカaカa",
    "an emoji with joiners": "run \U0001f468\u200d\U0001f469 far",
    "a long word": "x" * 1000,
    "an unseen character in a long word": "x" * 15 + "\u00ad" + "y" * 17,
    "a surrogate in a word": "ab\ud800cd",
}


@pytest.fixture(params=ENGINES, ids=lambda engine: f"{engine.name}{getattr(engine, 'threads', '')}")
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.param
    return found


def assert_as_plain(engine: Engine, texts: list[str], size: int) -> None:
    wanted = plain_shingles(texts, size)
    found = engine.shingles(pack(texts), size)
    assert found.tokens.tolist() == wanted.tokens.tolist()
    assert found.offsets.tolist() == wanted.offsets.tolist()
    assert found.hashes.dtype == np.uint32
    assert found.hashes.tolist() == wanted.hashes.tolist()


@pytest.mark.parametrize("name", TRICKY)
def test_a_tricky_text_alone_and_between_others(engine: Engine, name: str) -> None:
    for size in (1, 2, 5):
        assert_as_plain(engine, [TRICKY[name]], size)
        assert_as_plain(engine, ["before", TRICKY[name], "after"], size)


def test_all_tricky_texts_at_once(engine: Engine) -> None:
    assert_as_plain(engine, list(TRICKY.values()) * 20, 3)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, max_size=4), st.integers(1, 6))
def test_any_unicode_is_hashed_as_the_plain_reference_does(texts: list[str], size: int) -> None:
    for engine in ENGINES:
        assert_as_plain(engine, texts, size)


def test_shingles_that_are_not_kept_are_the_same_until_others_are_asked_for(engine: Engine) -> None:
    for texts in (["The dam holds at noon"] * 3, list(TRICKY.values()), []):
        wanted, found = plain_shingles(texts, 2), engine.shingles(pack(texts), 2, kept=False)
        assert found.hashes.tolist() == wanted.hashes.tolist()
        assert found.offsets.tolist() == wanted.offsets.tolist()


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.integers(1, 70))
def test_signatures_are_those_of_datasketch(texts: list[str], permutations: int) -> None:
    pieces = plain_shingles(texts, 2)
    wanted = [signature(pieces[row], permutations).tolist() for row in range(len(texts))]
    for engine in ENGINES:
        found = engine.signatures(pieces, permutations)
        assert found.dtype == np.uint32
        assert found.tolist() == wanted


def test_no_articles(engine: Engine) -> None:
    assert_as_plain(engine, [], 3)
    assert engine.signatures(plain_shingles([], 3), 8).shape == (0, 8)


def test_an_article_without_shingles_has_a_signature_of_ones(engine: Engine) -> None:
    found = engine.signatures(plain_shingles(["too short", ""], 3), 4)
    assert (found == 0xFFFFFFFF).all()


@pytest.mark.parametrize("size", [3, 5])
def test_an_article_of_a_million_words(engine: Engine, size: int) -> None:
    words = [f"word{number % 7919}" for number in range(1_000_000)]
    found = engine.shingles(pack(["short one", " ".join(words), "and another short one"]), size)
    assert found.tokens.tolist() == [2, 1_000_000, 4]
    wanted = plain_shingles([" ".join(words[: 7919 + size])], size)
    assert np.array_equal(found[1][: len(wanted.hashes)], wanted.hashes)
    assert np.array_equal(found[1][7919 : 2 * 7919], found[1][:7919])


def test_a_word_of_a_million_letters(engine: Engine) -> None:
    assert_as_plain(engine, ["a b " + "x" * 1_000_000 + " c d"], 2)


def test_numpy_is_chosen_for_few_articles() -> None:
    assert choose_engine(10).name == "numpy"


@pytest.mark.skipif(not HAS_NUMBA, reason="numba is not installed")
def test_the_kernel_is_chosen_where_its_start_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "kernel_is_compiled", lambda: True)
    assert choose_engine(1_000_000, threads=2) == KernelEngine(threads=2)
    assert choose_engine(20_000).name == "numba"
    assert choose_engine(2_000, processes=8).name == "numpy"
    monkeypatch.setattr(engine_module, "kernel_is_compiled", lambda: False)
    assert choose_engine(5_000).name == "numpy"  # it would wait for the compiler: COMPILE_SECONDS
    assert COMPILE_SECONDS * COMPILE_SHARE > 5_000 * engine_module.NUMPY_SECONDS


def test_without_numba_numpy_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "find_spec", lambda name: None)
    assert choose_engine(10**9).name == "numpy"


@pytest.mark.skipif(not HAS_NUMBA, reason="numba is not installed")
def test_after_the_first_run_the_kernel_is_known_to_be_compiled() -> None:
    warm_up(KernelEngine())
    assert kernel_is_compiled()


LINEAR_ALGEBRA_AFTERWARDS = """
import sys
from dedup.detect.machine import load_compiler
load_compiler()
assert "scipy.linalg" not in sys.modules
import numba, numpy, scipy.linalg
spread = numba.njit(lambda sample: numpy.cov(sample))(numpy.array([[1.0, 3.0], [2.0, 6.0]]))
assert spread.tolist() == [[2.0, 4.0], [4.0, 8.0]]
"""


@pytest.mark.skipif(not HAS_NUMBA, reason="numba is not installed")
def test_the_compiler_is_loaded_without_scipy_and_leaves_it_to_others() -> None:
    subprocess.run([sys.executable, "-c", LINEAR_ALGEBRA_AFTERWARDS], check=True)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
@pytest.mark.parametrize("step", [1, 2, 3, 1 << 5, 1 << 20])
def test_what_many_hashes_with_the_same_last_bits_share(engine: Engine, step: int) -> None:
    rows = [range(0, 700 * step, step), range(0, 900 * step, 3 * step), range(step, 17 * step)]
    sizes = np.array([len(row) for row in rows], dtype=np.int64)
    hashes = np.array(list(chain.from_iterable(rows)), dtype=np.uint32)
    sets = Shingles(hashes, offsets_of(sizes), sizes)
    a, b = np.array([(x, y) for x in range(3) for y in range(3)], dtype=np.int64).T
    shared = [len(set(rows[x]) & set(rows[y])) for x, y in zip(a, b, strict=True)]
    assert engine.shared(sets, a, b).tolist() == shared


#: Few values, so that sets share some, and such as differ in one byte or in all.
HASHES = st.one_of(
    st.integers(0, 40),
    st.builds(lambda byte, shift: byte << shift, st.integers(1, 3), st.sampled_from([8, 16, 24])),
    st.integers(0, 2**32 - 1),
)
SETS = st.lists(st.lists(HASHES, max_size=40), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(SETS, st.tuples(HASHES, HASHES))
def test_sets_are_of_one_part_of_the_hash_space(
    rows: list[list[int]], ends: tuple[int, int]
) -> None:
    sizes = np.array([len(row) for row in rows], dtype=np.int64)
    pieces = Shingles(np.array([*chain(*rows)], dtype=np.uint32), offsets_of(sizes), sizes)
    low, high = sorted(ends)
    for engine in ENGINES:
        found = engine.sets(pieces, (low, high))
        assert [sorted(found[number].tolist()) for number in range(len(rows))] == [
            sorted({value for value in row if low <= value <= high}) for row in rows
        ]


@pytest.mark.parametrize("count", [0, 15, 16, 17, 127, 128, 129, 2000])
def test_sets_of_every_size_are_sorted_each_hash_once(engine: Engine, count: int) -> None:
    draw = np.random.default_rng(count)
    for most in (1, 9, 1 << 32):
        hashes = draw.integers(0, most, 3 * count, dtype=np.uint32)
        sizes = np.array([count, 2 * count])
        pieces = Shingles(hashes, offsets_of(sizes), sizes)
        for below in (most // 2, 1 << 32):
            wanted = [np.unique(part[part < below]) for part in (pieces[0], pieces[1])]
            found = engine.distinct(pieces, below)
            assert [found[row].tolist() for row in (0, 1)] == [part.tolist() for part in wanted]


@settings(max_examples=60, deadline=None)
@given(SETS, st.one_of(st.integers(0, 45), st.just(1 << 24), st.just(1 << 32)), st.data())
def test_sets_and_what_they_share_are_exact(
    rows: list[list[int]], below: int, data: st.DataObject
) -> None:
    sizes = np.array([len(row) for row in rows], dtype=np.int64)
    pieces = Shingles(
        np.array(list(chain.from_iterable(rows)), dtype=np.uint32), offsets_of(sizes), sizes
    )
    row = st.integers(0, len(rows) - 1)
    pairs = data.draw(st.lists(st.tuples(row, row), max_size=20))
    a, b = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    sampled = [{value for value in values if value < below} for values in rows]
    furniture = data.draw(st.sets(HASHES, max_size=9))
    known = Furniture(np.array(sorted(furniture), dtype=np.uint32))
    for engine in ENGINES:
        sets = engine.distinct(pieces, below)
        assert [sets[number].tolist() for number in range(len(rows))] == [
            sorted(k) for k in sampled
        ]
        shared = [len(sampled[x] & sampled[y]) for x, y in pairs]
        assert engine.shared(sets, a, b).tolist() == shared
        sets = engine.sets(pieces)
        assert [sorted(sets[number].tolist()) for number in range(len(rows))] == [
            sorted(set(row)) for row in rows
        ]
        shared = [len(set(rows[x]) & set(rows[y])) for x, y in pairs]
        assert engine.shared(sets, a, b).tolist() == shared
        kept = [set(row) - furniture for row in rows]
        shared = [len(kept[x] & kept[y]) for x, y in pairs]
        assert engine.shared(sets, a, b, known).tolist() == shared
        assert engine.count(sets, known).tolist() == list(map(len, kept))
