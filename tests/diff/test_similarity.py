"""How much two sentences share, and what weighs more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marking import document

from dedup.diff.similarity import bag, names_of, overlap, unit_words, weights
from dedup.text.language import stopwords

WORDS = st.lists(
    st.sampled_from(["the", "of", "harvest", "river", "bridge", "berg", "fell", "rose"]), max_size=9
)


@given(WORDS, WORDS)
def test_shares_lie_between_nothing_and_all_and_look_alike_from_both_sides(
    a: list[str], b: list[str]
) -> None:
    weigh = weights([a], [b], stopwords("en"), {"berg"})
    here, there = (
        overlap(bag(a, weigh), bag(b, weigh), weigh),
        overlap(bag(b, weigh), bag(a, weigh), weigh),
    )
    mirrored = (there.b, there.a, there.dice, there.pairs)
    assert (here.a, here.b, here.dice, here.pairs) == pytest.approx(mirrored)
    assert all(0 <= share <= 1 for share in (here.a, here.b, here.dice, here.pairs, here.score))


@given(WORDS.filter(lambda words: len(words) > 1))
def test_a_sentence_shares_all_of_itself(words: list[str]) -> None:
    weigh = weights([words], [words], frozenset(), set())
    assert overlap(bag(words, weigh), bag(words, weigh), weigh).score > 0.999


def test_rare_words_weigh_more_than_common_ones_names_and_function_words() -> None:
    side = [("the", "river", "berg"), ("the", "town"), ("the", "town")]
    weigh = weights(side, side, stopwords("en"), {"berg"})
    assert weigh("river") > weigh("town") > weigh("the")
    assert weigh("river") > weigh("berg")


def test_words_in_the_same_phrases_score_higher() -> None:
    a = ["tugs", "pulled", "the", "old", "ferry", "off", "the", "bank"]
    b = ["the", "bank", "pulled", "off", "the", "tugs", "old", "ferry"]
    weigh = weights([a], [b], frozenset(), set())
    apart = overlap(bag(a, weigh), bag(b, weigh), weigh)
    together = overlap(bag(a, weigh), bag(a, weigh), weigh)
    assert apart.dice == together.dice
    assert apart.score < together.score


def test_a_name_is_capitalised_wherever_it_stands() -> None:
    text = document("The river rose and Berg left.", "Rivers rise.", "Berg saw the river.")
    assert {"berg", "rivers"} <= names_of(text)
    assert not {"the", "river"} & names_of(text)


def test_words_are_counted_without_house_style() -> None:
    a, b = document("Five advisors travelled."), document("5 advisers traveled.")
    assert unit_words(a, a.units) == unit_words(b, b.units)


def test_nothing_shares_nothing() -> None:
    weigh = weights([], [()], frozenset(), set())
    assert overlap(bag((), weigh), bag(("river",), weigh), weigh).score == 0
