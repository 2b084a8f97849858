"""Numbers, times and dates: what they are read as, and what they are not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.diff import Style
from dedup.diff.figures import amount, date, date_key, number_key, time_key

BUILTIN = Style.builtin()


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("13", "13"),
        ("thirteen", "13"),
        ("1,000", "1000"),
        ("twenty-one", "21"),
        ("twenty-first", "21th"),
        ("21st", "21th"),
        ("fortieth", "40th"),
        ("eighth", "8th"),
        ("five percent", "5%"),
        ("5 %", "5%"),
        ("us$3bn", "$3bn"),
        ("3 billion dollars", "$3bn"),
        ("$5m", "$5M"),
        ("no. 1", "#1"),
        ("number one", "#1"),
        ("2016–17", "2016-17"),
    ],
)
def test_a_number_has_one_key(text: str, form: str) -> None:
    key = number_key(text, BUILTIN, True)
    assert key is not None
    assert key.form == f"number {form}"


@pytest.mark.parametrize(
    "text", ["goat", "no", "us", "number", "a million", "%", "thirteens", "f-16"]
)
def test_what_is_no_number(text: str) -> None:
    assert number_key(text, BUILTIN, True) is None


@given(st.integers(1, 99))
def test_number_words_are_read_in_every_spelling(value: int) -> None:
    from dedup.diff.rules import load

    words = [word for word, digits in load().numbers.items() if digits == str(value)]
    assert len(words) == 1
    for word in (words[0], words[0].upper().lower()):
        assert number_key(word, BUILTIN, True) == number_key(str(value), BUILTIN, True)
    assert re.fullmatch(amount(), words[0])


@given(st.integers(0, 23), st.integers(0, 59))
def test_both_clocks_show_one_time(hour: int, minute: int) -> None:
    half = "p.m." if hour > 11 else "a.m."
    twelve = time_key(f"{(hour + 11) % 12 + 1}:{minute:02} {half}")
    assert twelve is not None
    assert twelve.form == f"time {hour:02}:{minute:02}"
    if hour < 10 or hour > 12:
        assert time_key(f"{hour:02}:{minute:02}") == twelve


@pytest.mark.parametrize("text", ["3:00", "10:30", "24:00", "14 p.m.", "0 a.m.", "3:60 p.m.", "pm"])
def test_what_is_no_time(text: str) -> None:
    assert time_key(text) is None


@pytest.mark.parametrize(
    "text", ["Jan. 6", "January 6", "6 January", "6 Jan", "January 6th", "the 6th of January"]
)
def test_a_day_has_one_key(text: str) -> None:
    key = date_key(text)
    assert key is not None
    assert key.form == "date  1 6"
    assert re.fullmatch(date(), text)


@pytest.mark.parametrize("text", ["January", "6/1", "May Day", "the 6th", "Jan. Feb. 6"])
def test_what_is_no_date(text: str) -> None:
    assert date_key(text) is None
