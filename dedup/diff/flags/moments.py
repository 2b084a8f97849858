"""Read the days, months and years that a text names, and on which days each may fall.

`Tuesday`, `Monday, Jan. 9`, `17 May 1961`, `October 2014`, `1887`, `1990s`; in English
`yesterday`, `last month` too. Where the date of the article is known, each stands for the days
that it can mean; two that have none in common are different times.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from dedup.article import Span
from dedup.diff.flags.moment_words import load
from dedup.diff.rules import load as load_style
from dedup.text.document import Document

#: A weekday means one so many days before or after the article, with "last" or "next" more.
AROUND, FURTHER = 7, 14

_DECADE = 3652  # days
_BEFORE = re.compile(r"(\w+)\W\Z")
_PLURAL = re.compile(r"\s(?:people|men|women|children|police|[^\W\d]{3,}s)(?!\w)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that a text names.

    Attributes:
        span: Its place.
        weekday: 0 for Monday to 6 for Sunday, or None.
        year: Or None.
        month: 1 to 12, or None.
        day: Of the month, or None.
        days: The days that it may mean, as ordinals (`date.toordinal`), or None where that cannot
            be told.
        loose: Whether it may be the day before: a page is often dated when it is published.
    """

    span: Span
    weekday: int | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    days: range | frozenset[int] | None = None
    loose: bool = False

    @property
    def absolute(self) -> bool:
        """Whether it names a weekday, a month or a year."""
        return not (self.weekday is None and self.month is None and self.year is None)


def differ(a: Moment, b: Moment) -> bool:
    """Whether two moments cannot be the same time.

    What both name decides: a month, a day, a year, a weekday. Where they have nothing of that in
    common, the days that they can mean do.

    >>> place = Span(0, 0)
    >>> differ(Moment(place, month=9, day=11), Moment(place, year=2001, month=9, day=11))
    False
    >>> differ(Moment(place, weekday=0), Moment(place, weekday=1))
    True
    """
    parts = ((a.weekday, b.weekday), (a.month, b.month), (a.day, b.day), (a.year, b.year))
    both = [(mine, other) for mine, other in parts if mine is not None and other is not None]
    if both:
        return any(mine != other for mine, other in both)
    if a.days is None or b.days is None:
        return False
    mine, other = set(a.days), set(b.days)
    if a.loose and b.absolute:
        mine |= {day - 1 for day in mine}
    if b.loose and a.absolute:
        other |= {day - 1 for day in other}
    return not mine & other


def moments(document: Document, units: tuple[int, ...]) -> Iterator[Moment]:
    """Yield the times that some units of an article name, in order.

    Linear in the length of the units.

    >>> from dedup.article import Article
    >>> from dedup.text import segment
    >>> text = "The ban was lifted on Monday, Feb. 6, after the vote last month."
    >>> found = moments(segment(Article(text, language="en", date="2017-02-08")), (0,))
    >>> [(text[m.span.start : m.span.end], m.month, m.day) for m in found]
    [('Monday, Feb. 6', 2, 6), ('last month', None, None)]
    """
    english = document.language[:2] == "en"
    written = day_of(document.article.date)
    words, tokens = load(), document.tokens
    pattern = words.english if english else words.year
    for index in units:
        unit = document.units[index]
        done = unit.start
        first, last = (bisect_left(tokens.starts, end) for end in (unit.start, unit.end))
        for start, word in zip(tokens.starts[first:last], tokens.words[first:last], strict=True):
            if start < done or not (word[0].isdigit() or word in words.openers):
                continue
            match = pattern.match(document.text, start, unit.end)
            moment = _moment(match, written, english=english) if match else None
            if moment is not None:
                done = moment.span.end
                yield moment


@lru_cache(maxsize=64)
def day_of(text: str | None) -> date | None:
    """Return the day of an article's date, in ISO 8601 or as feeds write it; None if it is none.

    >>> day_of("2019-03-06T23:10:00+01:00"), day_of("Wed, 06 Mar 2019 08:00:00 GMT")
    (datetime.date(2019, 3, 6), datetime.date(2019, 3, 6))
    >>> day_of("last week") is None
    True
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        from email.utils import parsedate_to_datetime

        try:
            return parsedate_to_datetime(text).date()
        except (ValueError, IndexError):
            return None


def _moment(match: re.Match[str], written: date | None, *, english: bool) -> Moment | None:
    span = Span(*match.span())
    if not english:
        return _dated(Moment(span, year=int(match["bare"])), written)
    words = load()
    if match["relative"] or match["decade"]:
        return _spell(match, written)
    previous = _BEFORE.search(match.string, max(0, span.start - 16), span.start)
    word = previous[1] if previous else ""
    if match["alone"]:
        weekday = words.weekdays[match["alone"]]
        days = _weekdays(weekday, match["which"], written)
        return None if word in words.names else Moment(span, weekday, days=days)
    if match["bare"]:
        counts = _PLURAL.match(match.string, span.end) and word.lower() not in words.before_year
        return None if counts else _dated(Moment(span, year=int(match["bare"])), written)
    name = match["month"] or match["month2"] or match["month3"]
    day, year = match["day"] or match["day2"], match["year"] or match["year2"] or match["year3"]
    if name in words.ambiguous and not day and not year and word.lower() not in words.before_month:
        return None
    return _dated(
        Moment(
            span,
            words.weekdays[match["weekday"]] if match["weekday"] else None,
            int(year) if year else None,
            load_style().months[name],
            int(re.sub(r"\D", "", day)) if day else None,
        ),
        written,
    )


def _spell(match: re.Match[str], written: date | None) -> Moment:
    """Return a decade, or a time that is told from the day of the article."""
    span = Span(*match.span())
    if match["decade"]:
        start = date(int(match["decade"]), 1, 1).toordinal()
        return Moment(span, days=range(start, start + _DECADE))
    phrase = match["relative"].lower()
    return Moment(span, days=_relative(phrase, written), loose=phrase in load().loose)


def _dated(moment: Moment, written: date | None) -> Moment | None:
    """Return a moment with the days that it may mean; None where there is no such day."""
    if moment.day is not None and not 1 <= moment.day <= 31:
        return None
    years = [written.year + n for n in (-1, 0, 1)] if written else []
    days: set[int] = set()
    for year in [moment.year] if moment.year else years:
        first, last = moment.month or 1, moment.month or 12
        length = monthrange(year, last)[1]
        if moment.day is None:
            start, end = date(year, first, 1), date(year, last, length)
            days.update(range(start.toordinal(), end.toordinal() + 1))
        elif moment.day <= length:
            days.add(date(year, first, moment.day).toordinal())
    return replace(moment, days=frozenset(days)) if days else moment


def _relative(phrase: str, written: date | None) -> range | None:
    if written is None:
        return None
    words, now = load(), written.toordinal()
    if phrase in words.days:
        return range(now + words.days[phrase], now + words.days[phrase] + 1)
    if phrase in words.spans:
        first, last = words.spans[phrase]
        return range(now + first, now + last + 1)
    if phrase in words.years:
        year = written.year + words.years[phrase]
        return range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
    middle = written.replace(day=15) + timedelta(days=30 * words.months[phrase])
    end = monthrange(middle.year, middle.month)[1]
    first_day = middle.replace(day=1).toordinal()
    return range(first_day, first_day + end)


def _weekdays(weekday: int, which: str | None, written: date | None) -> frozenset[int] | None:
    """Return the days of an article's weeks that have a name, in the past and to come."""
    if written is None:
        return None
    now = written.toordinal()
    back = FURTHER if which and which.lower() in ("last", "past") else AROUND
    ahead = FURTHER if which and which.lower() == "next" else AROUND
    return frozenset(
        day
        for day in range(now - back, now + ahead + 1)
        if date.fromordinal(day).weekday() == weekday
    )
