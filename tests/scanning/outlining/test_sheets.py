"""What `weigh` finds on two sheets is what `judge(gather())` finds on the documents."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsdesk import POLICY, story
from numpy.typing import NDArray

from dedup.article import Article
from dedup.detect import Thresholds, gather, judge
from dedup.detect.shingles import shingle_hashes
from dedup.scanning.comparing.weighing import weigh
from dedup.scanning.outlining.packing import pack_sheet, unpack_sheet
from dedup.scanning.outlining.sheets import make_sheet
from dedup.text import Document, outline, segment

LIMITS = Thresholds()
#: Few words, so that windows repeat; marks, so that there are quotations, lines and furniture.
WORDS = st.sampled_from(["dam", "levee", "the", "broke", "河", "水", "a", "“", "”", '"', ".", "\n"])


def agree(one: Document, two: Document, limits: Thresholds) -> None:
    verdict = judge(gather(one, two, limits), limits)
    found = verdict.evidence
    weighed = weigh(make_sheet(one), make_sheet(two), limits)
    run = found.longest_run_unquoted
    assert weighed.label == verdict.label
    assert weighed.jaccard == found.jaccard
    assert weighed.containment == found.containment
    assert weighed.coverage_unquoted == found.coverage_unquoted
    assert weighed.longest_run_unquoted == (run.words if run else 0)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(WORDS, max_size=60),
    st.lists(WORDS, max_size=60),
    st.booleans(),
    st.sampled_from([None, "https://daily.example/dam", "https://daily.example/levee"]),
)
def test_any_two_texts(a: list[str], b: list[str], same_start: bool, url: str | None) -> None:
    text = " ".join(a)
    other = f"{text} {' '.join(b)}" if same_start else " ".join(b)
    page = "http://www.daily.example/dam/"
    agree(segment(Article(text, url=url)), segment(Article(other, url=page)), LIMITS)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 1 << 32),
    st.integers(2, 7),
    st.integers(2, 7),
    st.integers(3, 20),
    st.integers(0, 40),
)
def test_versions_of_a_story_by_any_thresholds(
    seed: int, shingle: int, passage: int, run: int, own: int
) -> None:
    rng = Random(seed)
    limits = Thresholds(
        shingle_words=shingle, passage_words=passage, shared_passages_run=run, own_words=own
    )
    lines = story(rng.randrange(50), 8)
    other = [line for line in lines if rng.random() < 0.7] + story(51, rng.randrange(6))
    if rng.random() < 0.5:
        rng.shuffle(other)
    words = " ".join(other).split(" ")
    for _ in range(rng.randrange(4)):
        words[rng.randrange(len(words))] = rng.choice(['"', "”", "“", "then", "\n"])
    agree(segment(Article(" ".join(lines))), segment(Article(" ".join(words))), limits)


def test_a_text_is_identical_to_itself_if_it_has_a_word() -> None:
    one = segment(Article("Short."))
    agree(one, one, LIMITS)
    agree(segment(Article("* * *")), segment(Article("* * *")), LIMITS)


@given(st.lists(WORDS, max_size=40))
def test_a_sheet_comes_back_from_bytes(words: list[str]) -> None:
    sheet = make_sheet(segment(Article(" ".join(words))))
    back = unpack_sheet(pack_sheet(sheet))
    for name in ("tokens", "letters", "breaks", "quotes", "pairs", "furniture"):
        np.testing.assert_array_equal(getattr(back, name), getattr(sheet, name))


@given(st.lists(st.one_of(WORDS, st.just("\nAdvertisement\n")), max_size=40))
def test_the_sheet_of_an_outline_is_that_of_the_document(words: list[str]) -> None:
    article = Article(" ".join(words), url="https://daily.example/dam")
    furniture = np.unique(shingle_hashes(["the", "dam", "dam", "broke"], 2))
    one, other = (make_sheet(read(article), furniture, 2) for read in (segment, outline))
    assert pack_sheet(one) == pack_sheet(other)


@pytest.mark.parametrize("before", [True, False])
def test_without_its_furniture_a_sheet_is_that_of_the_rest(before: bool) -> None:
    lines = [" ".join(story(1)), " ".join(story(2)).replace(",", ' "', 1).replace(",", '"', 1)]
    whole = f"{POLICY}\n{lines[0]}\n{lines[1]}" if before else f"{lines[0]}\n{POLICY}\n{lines[1]}"
    policy = segment(Article(POLICY)).tokens.words
    furniture = np.unique(shingle_hashes(policy, 5))
    stripped = make_sheet(segment(Article(whole)), furniture, 5).stripped
    expected = make_sheet(segment(Article("\n".join(lines))))
    np.testing.assert_array_equal(stripped.tokens, expected.tokens)
    np.testing.assert_array_equal(stripped.own_room > 0, expected.own_room > 0)
    edge = len(segment(Article(lines[0])).tokens)
    if not before:  # no run goes across the gap
        assert stripped.room[edge - 1] == 1
    assert weigh(stripped, expected, LIMITS).label == "identical"


def test_windows_of_other_words_with_one_hash_are_no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def collide(tokens: NDArray[np.uint64], size: int) -> NDArray[np.uint32]:
        return np.zeros(max(0, len(tokens) - size + 1), dtype=np.uint32)

    monkeypatch.setattr("dedup.scanning.outlining.sheets.hash_windows", collide)
    one, other = (
        make_sheet(outline(Article(text)))
        for text in ("Ferries cross the cold bay.", "Nobody saw a ship sink.")
    )
    assert weigh(one, other, Thresholds()).longest_run_unquoted == 0
