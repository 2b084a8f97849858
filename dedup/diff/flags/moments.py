"""Read the days, months and years that a text names, and on which days each may fall.

`Tuesday`, `Monday, Jan. 9`, `17 May 1961`, `October 2014`, `1887`, `1990s`; in English
`yesterday`, `last month` too. Where the date of the article is known, each stands for the days
that it can mean; two that have none in common are different times.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from dedup.article import Span
from dedup.diff.rules import load as load_style
from dedup.text.document import Document
from dedup.text.normalize import fold

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


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `moments.toml`, and the patterns made of them.

    Attributes:
        weekdays: Their numbers by name, 0 for Monday.
        names: Words that make a name of a weekday that follows.
        ambiguous: Months that are also other words.
        before_month: Words behind which those are months.
        days: Days from the article's, by word.
        loose: Words for the day of the article, which may be dated a day late.
        spans: First and last day from the article's, by phrase.
        months: Months from the article's, by phrase.
        years: Years from the article's, by phrase.
        english: Pattern of every time that English names.
        year: Pattern of a year in any language.
        before_year: Words behind which a number of four digits is a year, whatever follows.
        openers: Words that a time can begin with.
        hints: Words that tell that a time may be near.
    """

    weekdays: Mapping[str, int]
    names: frozenset[str]
    ambiguous: frozenset[str]
    before_month: frozenset[str]
    days: Mapping[str, int]
    loose: frozenset[str]
    spans: Mapping[str, tuple[int, int]]
    months: Mapping[str, int]
    years: Mapping[str, int]
    english: re.Pattern[str]
    year: re.Pattern[str]
    before_year: frozenset[str]
    openers: frozenset[str]
    hints: frozenset[str]


@lru_cache(maxsize=1)
def load() -> Words:
    """Return the words of `moments.toml`, read once."""
    import tomllib
    from importlib.resources import files

    data = tomllib.loads(files("dedup.diff.flags").joinpath("moments.toml").read_text("utf-8"))
    months = load_style().months
    relative = [*data["days"], *data["spans"], *data["months"], *data["years"]]
    month = "|".join(re.escape(form) for form in sorted(months, key=len, reverse=True))
    weekday = "|".join(data["weekdays"])
    phrase = "|".join(form.replace(" ", r"\s") for form in relative)
    year = r"(?:1[5-9]|20)\d\d(?!\d)"
    day = r"\d{1,2}(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)"
    bare = rf"(?<![$€£¥.,:/-]){year}(?![\w%:/-]|[.,]\d)"
    english = re.compile(
        rf"(?<!\w)(?:(?i:(?P<relative>{phrase}))(?!\w)"
        rf"|(?:(?P<weekday>{weekday}),?\s)?"
        rf"(?:(?P<month>{month})\s(?P<day>{day})(?:,?\s(?P<year>{year}))?"
        rf"|(?P<day2>{day})\s(?:of\s)?(?P<month2>{month})(?!\w)(?:,?\s(?P<year2>{year}))?)"
        rf"|(?:(?P<which>(?i:last|next|past|this))\s)?(?P<alone>{weekday})(?!\w)"
        rf"|(?P<month3>{month})(?!\w)(?:,?\s(?:of\s)?(?P<year3>{year}))?"
        rf"|(?P<decade>(?:1[5-9]|20)\d0)['’]?s(?!\w)|(?P<bare>{bare}))"
    )
    hints = {fold(word).rstrip(".") for word in (*months, *data["weekdays"])}
    openers = hints | {form.split()[0] for form in relative} | {"last", "next", "past", "this"}
    hints |= {form.split()[-1] for form in relative}
    return Words(
        {name: number for number, name in enumerate(data["weekdays"])},
        frozenset(data["names"]),
        frozenset(data["ambiguous"]),
        frozenset(data["before_month"]),
        data["days"],
        frozenset(word for word, days in data["days"].items() if not days),
        {phrase: (first, last) for phrase, (first, last) in data["spans"].items()},
        data["months"],
        data["years"],
        english,
        re.compile(rf"(?<!\w)(?P<bare>{bare})"),
        frozenset([*data["before_month"], "the", "a", "its", "his", "their"]),
        frozenset(openers),
        frozenset(hints),
    )
