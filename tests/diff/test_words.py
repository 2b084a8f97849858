"""What a person should see marked inside a sentence."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marking import document, marked_pair

from dedup.diff import Edit, Link, LinkKind, Op, Shape, diff
from dedup.diff.surface import surface_words
from dedup.diff.words import apply_edits, edits_between, rule_of
from dedup.text import Document
from dedup.text.language import stopwords

DATA = Path(__file__).with_name("data")


def tricky_cases() -> Iterator[tuple[str, str, str, str]]:
    """Yield language, sentence, changed sentence and marked sentence of each case."""
    for block in (DATA / "edits.txt").read_text("utf-8").split("\n\n")[1:]:
        lines = block.strip().splitlines()
        language = lines.pop(0).strip("[]") if len(lines) == 4 else "en"
        yield language, lines[0], lines[1], lines[2]


@pytest.mark.parametrize(("language", "a", "b", "expected"), list(tricky_cases()))
def test_a_change_is_marked_as_a_person_would_mark_it(
    language: str, a: str, b: str, expected: str
) -> None:
    assert marked_pair(a, b, language) == expected


# --------------------------------------------------------------------------------- invariants

WORDS = st.sampled_from((DATA / "words.txt").read_text("utf-8").split())
SENTENCE = st.lists(WORDS, min_size=1, max_size=16).map(" ".join)
ANY_TEXT = st.text(min_size=1, max_size=40).filter(lambda text: bool(text.strip()))


def edits_of(a: Document, b: Document) -> tuple[Edit, ...]:
    words_a = surface_words(a, range(len(a.units)))
    words_b = surface_words(b, range(len(b.units)))
    return edits_between(a, b, words_a, words_b, stopwords("en"))


@given(st.lists(SENTENCE, min_size=1, max_size=3), st.lists(SENTENCE, min_size=1, max_size=3))
def test_a_s_words_and_the_edits_make_b_s_words(first: list[str], second: list[str]) -> None:
    check_edits(document(*first), document(*second))


@given(SENTENCE.flatmap(lambda text: st.tuples(st.just(text), st.permutations(text.split()))))
def test_shuffled_words_are_made_too(texts: tuple[str, list[str]]) -> None:
    check_edits(document(texts[0]), document(" ".join(texts[1])))


@given(ANY_TEXT, ANY_TEXT)
def test_any_text_at_all_is_made_too(first: str, second: str) -> None:
    check_edits(document(first), document(second))


def check_edits(a: Document, b: Document) -> None:
    edits = edits_of(a, b)
    every_a, every_b = tuple(range(len(a.units))), tuple(range(len(b.units)))
    link = Link(every_a, every_b, Shape.MANY, LinkKind.REWORDED, False, 0.0, edits)
    words_a, words_b = surface_words(a, every_a), surface_words(b, every_b)
    assert apply_edits(a, b, link) == [word.text for word in words_b]

    starts_a, ends_a = {w.start for w in words_a}, {w.end for w in words_a}
    starts_b, ends_b = {w.start for w in words_b}, {w.end for w in words_b}
    for edit in edits:
        empty_a, empty_b = edit.a.start == edit.a.end, edit.b.start == edit.b.end
        assert empty_a == (edit.op is Op.INSERT)
        assert empty_b == (edit.op is Op.DELETE)
        assert empty_a or (edit.a.start in starts_a and edit.a.end in ends_a)
        assert empty_b or (edit.b.start in starts_b and edit.b.end in ends_b)
    assert [edit.b.start for edit in edits] == sorted(edit.b.start for edit in edits)
    for side in ("a", "b"):
        spans = sorted(span for edit in edits if (span := getattr(edit, side)))
        assert all(one.end <= other.start for one, other in pairwise(spans))


def test_no_edit_reaches_over_a_unit_that_is_not_in_the_link() -> None:
    a = document(
        "Rain fell all night on the hills.", "A dog barked.", "Snow lay on every roof there."
    )
    b = document("Fog hid it.")
    words_a, words_b = surface_words(a, (0, 2)), surface_words(b, (0,))
    edits = edits_between(a, b, words_a, words_b, stopwords("en"))
    between = a.units[1]
    assert edits
    assert all(not (e.a.start < between.start and e.a.end > between.end) for e in edits)


def test_a_phrase_that_moved_over_a_gap_is_cut_there() -> None:
    a = document("He left the old mill.", "A dog barked.", "The grey barn burned down.")
    b = document("The old mill. The grey barn burned down. He left.")
    words_a, words_b = surface_words(a, (0, 2)), surface_words(b, (0,))
    edits = edits_between(a, b, words_a, words_b, stopwords("en"))
    between = a.units[1]
    assert all(e.a.end <= between.start or e.a.start >= between.end for e in edits)


def test_only_marks_of_no_weight_are_house_style() -> None:
    words = {text: surface_words(document(f"a{text}"), (0,))[1] for text in (",", "?", ";")}
    assert rule_of([words[","]], []) == "punctuation"
    assert rule_of([words[","]], [words[";"]]) == "punctuation"
    assert rule_of([words["?"]], []) is None


def test_a_very_long_sentence_is_compared() -> None:
    words = [f"word{n % 700}x{n}" for n in range(4000)]
    a, b = document(" ".join(words)), document(" ".join(words[:2000] + words[2001:]))
    (link,) = diff(a, b).links
    assert [edit.op for edit in link.edits] == [Op.DELETE]
    assert a.text[link.edits[0].a.start : link.edits[0].a.end] == words[2000]
