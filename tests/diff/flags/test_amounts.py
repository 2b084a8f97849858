"""Numbers as news writes them: what each says, and where it ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import Article
from dedup.diff.flags.amounts import Amount, Measure, amounts
from dedup.diff.flags.numbers import comparable, equal
from dedup.text import segment


def read(text: str, language: str = "en") -> list[tuple[str, Amount]]:
    """Return the numbers of a text with their words."""
    document = segment(Article(text, language=language))
    units = tuple(range(len(document.units)))
    return [(text[n.span.start : n.span.end], n) for n in amounts(document, units)]


def one(phrase: str) -> Amount:
    """Return the only number of a phrase."""
    ((_, amount),) = read(f"The report gave {phrase} and no more.")
    return amount


COUNT, MONEY, PERCENT = Measure.COUNT, Measure.MONEY, Measure.PERCENT

WRITTEN = [
    ("thirteen people", "thirteen people", COUNT, 13, "people"),
    ("1,200 jobs", "1,200 jobs", COUNT, 1200, "job"),
    ("13 armed men", "13 armed men", COUNT, 13, "men"),
    ("13 were killed", "13", COUNT, 13, ""),
    ("twenty-one ships", "twenty-one ships", COUNT, 21, "ship"),
    ("3.5 million euros", "3.5 million euros", MONEY, 3.5e6, "€"),
    ("$5m", "$5m", MONEY, 5e6, "$"),
    ("US$5 billion", "US$5 billion", MONEY, 5e9, "$"),
    ("£2.5bn", "£2.5bn", MONEY, 2.5e9, "£"),
    ("4.5 percent", "4.5 percent", PERCENT, 4.5, ""),
    ("5 per cent", "5 per cent", PERCENT, 5, ""),
    ("40%", "40%", PERCENT, 40, ""),
    ("2 percentage points", "2 percentage points", Measure.POINTS, 2, ""),
    ("two-thirds of it", "two-thirds", Measure.FRACTION, 2 / 3, ""),
    ("half of it", "half", Measure.FRACTION, 0.5, ""),
    ("a dozen boats", "a dozen boats", COUNT, 12, "boat"),
    ("half a million birds", "half a million birds", COUNT, 5e5, "bird"),
    ("two and a half years", "two and a half years", COUNT, 2.5, "years"),
    ("a hundred thousand fans", "a hundred thousand fans", COUNT, 1e5, "fan"),
    ("9½ miles", "9½ miles", COUNT, 9.5, "miles"),
    ("a 7-year-old boy", "7-year-old", COUNT, 7, "year"),
    ("a 12-foot-high wall", "12-foot-high", COUNT, 12, "foot"),
    ("the 3rd time", "3rd", Measure.ORDINAL, 3, ""),
    ("the third time", "third", Measure.ORDINAL, 3, ""),
    ("hundreds of people", "hundreds", Measure.VAGUE, 2, ""),
    ("tens of thousands of people", "tens of thousands", Measure.VAGUE, 3.5, ""),
    ("10:30 a.m. as the time", "10:30 a.m.", Measure.CLOCK, 630, "m"),
    ("9pm as the time", "9pm", Measure.CLOCK, 1260, "m"),
    ("noon as the time", "noon", Measure.CLOCK, 720, "m"),
    ("104 degrees Fahrenheit", "104 degrees Fahrenheit", COUNT, 104, "degrees Fahrenheit"),
]


@pytest.mark.parametrize(("phrase", "words", "measure", "value", "unit"), WRITTEN)
def test_a_number_is_read(
    phrase: str, words: str, measure: Measure, value: float, unit: str
) -> None:
    ((found, amount),) = read(f"The report gave {phrase} and no more.")
    assert (found, amount.measure, amount.unit) == (words, measure, unit)
    assert amount.value == pytest.approx(value, rel=1e-5)


def test_what_is_no_number() -> None:
    assert read("A nurse in seat 12A saw the often silent man at Tenby, a fortress.") == []


def test_the_numbers_of_a_range_are_shown_together() -> None:
    found = read("Norrland won 3-1 and sold 20-30 boats.")
    assert [(words, amount.value) for words, amount in found] == [
        ("3-1", 3),
        ("3-1", 1),
        ("20-30", 20),
        ("20-30 boats", 30),
    ]


def test_digits_are_read_in_any_language() -> None:
    text = "Die Stadt zahlte 1.200 Helfern 3,5 Prozent mehr, also €40 oder 12%, sagte er am Abend."
    assert [(amount.measure, amount.value) for _, amount in read(text, "de")] == [
        (COUNT, 1200),
        (COUNT, 3.5),
        (MONEY, 40),
        (PERCENT, 12),
    ]


SAME = [
    ("13 people", "thirteen people"),
    ("$5m", "5 million dollars"),
    ("$5 million", "5 million"),
    ("1,000 birds", "1000 birds"),
    ("5 miles", "8 kilometers"),
    ("330 feet", "100 metres"),
    ("104 degrees Fahrenheit", "40 degrees Celsius"),
    ("2,500 acres", "1,000 hectares"),
    ("two weeks", "14 days"),
    ("90 minutes", "an hour and 1.5 hours"),
    ("half of it", "50 percent"),
    ("a third of it", "33 percent"),
    ("a dozen boats", "12 boats"),
    ("2 miles", "3 km"),
    ("40 tons", "40 tonnes"),
    ("10 p.m.", "10:00 p.m."),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_numbers_that_say_the_same(a: str, b: str) -> None:
    assert equal(one(a), one(b))
    assert equal(one(b), one(a))


OTHER = [
    ("5 miles", "5 kilometers", True),
    ("12 feet", "12 metres", True),
    ("one mile", "one kilometer", True),
    ("13 people", "15 people", True),
    ("13 people", "15 houses", False),
    ("5 miles", "5 hours", False),
    ("$5 million", "£5 million", True),
    ("$5 million", "£4 million", False),
    ("2 percent", "2 percentage points", True),
    ("two-thirds of it", "75 percent", True),
    ("hundreds of people", "300 people", False),
    ("hundreds of people", "thousands of people", True),
    ("the third time", "3 times", False),
    ("10 a.m.", "10 p.m.", True),
]


@pytest.mark.parametrize(("a", "b", "of_one_thing"), OTHER)
def test_numbers_that_do_not(a: str, b: str, of_one_thing: bool) -> None:
    assert not equal(one(a), one(b))
    assert comparable(one(a), one(b)) is comparable(one(b), one(a)) is of_one_thing


@given(st.integers(0, 10**7))
def test_a_figure_is_read_with_and_without_commas(value: int) -> None:
    assert one(f"{value:,} birds").value == one(f"{value} birds").value == value


@given(st.text("0123456789.,:-–%$€½ abdmnortyz", max_size=40))
def test_any_string_of_figures_is_read_within_its_bounds(text: str) -> None:
    for _, amount in read(text):
        assert 0 <= amount.span.start < amount.span.end <= len(text)
