"""Times as news names them, and which days they can mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import Article
from dedup.diff.flags.moments import Moment, day_of, differ, moments
from dedup.text import segment

WRITTEN = "2017-02-08"  # a Wednesday


def read(
    text: str, written: str | None = WRITTEN, language: str = "en"
) -> list[tuple[str, Moment]]:
    """Return the times of a text with their words."""
    document = segment(Article(text, language=language, date=written))
    units = tuple(range(len(document.units)))
    return [(text[m.span.start : m.span.end], m) for m in moments(document, units)]


def one(phrase: str, written: str | None = WRITTEN) -> Moment:
    """Return the only time of a phrase."""
    ((_, moment),) = read(f"The ban was lifted {phrase} by the board.", written)
    return moment


@pytest.mark.parametrize(
    ("phrase", "words", "parts"),
    [
        ("on Tuesday", "Tuesday", (1, None, None, None)),
        ("on Monday, Feb. 6,", "Monday, Feb. 6", (0, None, 2, 6)),
        ("on 17 May 1961", "17 May 1961", (None, 1961, 5, 17)),
        ("on March 3rd, 2016,", "March 3rd, 2016", (None, 2016, 3, 3)),
        ("in October 2014", "October 2014", (None, 2014, 10, None)),
        ("in March", "March", (None, None, 3, None)),
        ("in 1887", "1887", (None, 1887, None, None)),
        ("last month", "last month", (None, None, None, None)),
        ("Yesterday", "Yesterday", (None, None, None, None)),
        ("last Friday", "last Friday", (4, None, None, None)),
    ],
)
def test_a_time_is_read(phrase: str, words: str, parts: tuple[int | None, ...]) -> None:
    """The parts are weekday, year, month and day."""
    ((found, moment),) = read(f"The ban was lifted {phrase} by the board.")
    assert found == words
    assert (moment.weekday, moment.year, moment.month, moment.day) == parts


@pytest.mark.parametrize(
    "text",
    [
        "He may march to the sea with 1887 people, and it cost $1999 in the end, she said.",
        "On Black Friday and on Good Friday the shop on Fridays Lane was closed, she said.",
        "The clinic opened in the nineties at 2014-16 Mill Road, she said.",
        "The flat at 2016-18 Mill Road is where April Stone lives with May and 1,950 books.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert [words for words, _ in read(text) if words != "April"] == []


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("yesterday", "2017-02-07", "2017-02-07"),
        ("tomorrow", "2017-02-09", "2017-02-09"),
        ("last month", "2017-01-01", "2017-01-31"),
        ("next month", "2017-03-01", "2017-03-31"),
        ("last year", "2016-01-01", "2016-12-31"),
        ("last week", "2017-01-25", "2017-02-07"),
        ("in 1887", "1887-01-01", "1887-12-31"),
        ("in the 1990s", "1990-01-01", "1999-12-31"),
        ("on Feb. 6, 2017,", "2017-02-06", "2017-02-06"),
    ],
)
def test_the_days_that_are_meant(phrase: str, first: str, last: str) -> None:
    days = one(phrase).days
    assert days is not None
    assert (date.fromordinal(min(days)), date.fromordinal(max(days))) == (
        date.fromisoformat(first),
        date.fromisoformat(last),
    )


@pytest.mark.parametrize(
    ("a", "b", "other"),
    [
        ("on Monday", "on Tuesday", True),
        ("on Monday", "on Monday, Feb. 6,", False),
        ("on Tuesday", "on Feb. 7", False),
        ("on Monday", "on Feb. 7", True),
        ("yesterday", "on Tuesday", False),
        ("yesterday", "on Monday", True),
        ("today", "yesterday", True),
        ("today", "on Wednesday", False),
        ("today", "on Tuesday", False),  # the page may be dated a day late
        ("last month", "in January", False),
        ("last month", "in March", True),
        ("last year", "in 2015", True),
        ("on Sept. 11", "on Sept. 11, 2001,", False),
        ("in October 1998", "in 1998", False),
        ("in October 1998", "in October 1999", True),
    ],
)
def test_times_that_cannot_be_one(a: str, b: str, other: bool) -> None:
    assert differ(one(a), one(b)) is differ(one(b), one(a)) is other


def test_a_relative_time_says_nothing_where_the_date_is_not_known() -> None:
    assert not differ(one("yesterday", None), one("on Monday", None))
    assert differ(one("on Sunday", None), one("on Monday", None))


def test_years_are_read_in_any_language() -> None:
    text = "Die Mühle wurde 1887 gebaut und im März 2014 für immer geschlossen, sagte er."
    assert [words for words, _ in read(text, language="de")] == ["1887", "2014"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-03-06", date(2019, 3, 6)),
        ("2019-03-06T23:10:00+01:00", date(2019, 3, 6)),
        ("Wed, 06 Mar 2019 08:00:00 GMT", date(2019, 3, 6)),
        ("0000-00-00", None),
        ("spring", None),
        (None, None),
    ],
)
def test_the_day_of_an_article(text: str | None, day: date | None) -> None:
    assert day_of(text) == day


@given(
    st.text("0123456789., MJFaebnuyrst", max_size=40),
    st.sampled_from([None, WRITTEN, "0001-01-01", "9999-12-31"]),
)
def test_any_string_is_read_within_its_bounds(text: str, written: str | None) -> None:
    for _, moment in read(text, written):
        assert 0 <= moment.span.start < moment.span.end <= len(text)
        assert not differ(moment, moment)
