"""See where a date is another one.

A weekday, month, day or year that differs is a change; so is a relative time ("yesterday", "last
month") that cannot be the day that the other article names, where the dates of the articles are
known. Nothing is raised where a date is only dropped, added or made more exact (`October 1998`,
`1998`), and nothing for a date inside a quotation: there the quotation is altered.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import eq

from dedup.article import Span
from dedup.diff.flags.model import Finding, FlagKind
from dedup.diff.flags.moment_words import load
from dedup.diff.flags.moments import Moment, differ, moments
from dedup.diff.flags.numbers import AROUND, beside, other_words, tokens_in, told_in_words, touches
from dedup.diff.flags.pair import Pair, inside
from dedup.diff.flags.ranges import joined
from dedup.diff.model import Edit, Link, Op
from dedup.text.document import Document
from dedup.text.language import stopwords

#: A date that begins a sentence stands so many characters from its start at most: "On Tuesday".
FRONT = 3


def find(pair: Pair) -> Iterator[Finding]:
    """Yield every date_changed: the date before and after."""
    for place, link in enumerate(pair.diff.links):
        edits_a = [edit for edit in link.edits if _may_date(pair.a, edit.a)]
        edits_b = [edit for edit in link.edits if _may_date(pair.b, edit.b)]
        if not edits_a or not edits_b or not told_in_words(pair, link):
            continue
        mine, other = list(moments(pair.a, link.a)), list(moments(pair.b, link.b))
        here = [
            one for one in mine if not inside(pair.quoted_a, one.span) and not _stays(one, other)
        ]
        there = [
            one for one in other if not inside(pair.quoted_b, one.span) and not _stays(one, mine)
        ]
        found = _replaced(pair, link, here, there) or _moved(pair, link, here, there)
        for before, after in joined(pair, [(one.span, two.span) for one, two in found]):
            yield Finding(FlagKind.DATE_CHANGED, place, before, after)


def _replaced(
    pair: Pair, link: Link, here: list[Moment], there: list[Moment]
) -> list[tuple[Moment, Moment]]:
    """Return the dates that one edit puts in the place of each other."""
    found: list[tuple[Moment, Moment]] = []
    for edit in link.edits:
        if edit.op is not Op.REPLACE:
            continue
        gone = [one for one in here if touches(one.span, edit.a)]
        come = [one for one in there if touches(one.span, edit.b)]
        if len(gone) == len(come):
            found += [
                (before, after)
                for before, after in zip(gone, come, strict=True)
                if differ(before, after) and _same_place(pair, link, edit, (before, after))
            ]
    return found


def _moved(
    pair: Pair, link: Link, here: list[Moment], there: list[Moment]
) -> list[tuple[Moment, Moment]]:
    """Return the date that another one replaces at the other end of a sentence, if any.

    "The mayor resigned on Tuesday" and "On Wednesday the mayor resigned": each has one date, one
    of them begins the sentence, and no other telling word has changed.
    """
    if len(here) != 1 or len(there) != 1 or not differ(here[0], there[0]):
        return []
    (before,), (after,) = here, there
    first_a, first_b = pair.a.units[link.a[0]].start, pair.b.units[link.b[0]].start
    at_front = before.span.start - first_a <= FRONT, after.span.start - first_b <= FRONT
    changed = sum(
        other_words(pair.a, link.a, edit.a, before.span)
        + other_words(pair.b, link.b, edit.b, after.span)
        for edit in link.edits
        if edit.style is None
    )
    return [(before, after)] if at_front[0] != at_front[1] and not changed else []


def _may_date(document: Document, span: Span) -> bool:
    """Whether there is a digit in a place, or a word that goes with dates."""
    return any(w[0].isdigit() or w in load().hints for w in tokens_in(document, span))


def _same_place(pair: Pair, link: Link, edit: Edit, dates: tuple[Moment, Moment]) -> bool:
    """Whether two dates tell when the same thing happened.

    Little else changed with them, and the nearest telling word is the same before or behind.
    """
    before, after = dates
    changed = max(
        other_words(pair.a, link.a, edit.a, before.span),
        other_words(pair.b, link.b, edit.b, after.span),
    )
    stop = stopwords(pair.b.language)
    near_a, near_b = beside(pair.a, before.span, stop), beside(pair.b, after.span, stop)
    return changed <= AROUND and any(map(eq, near_a, near_b))


def _stays(moment: Moment, others: list[Moment]) -> bool:
    """Whether the other side names the same time, as far as both say."""
    return any(
        not differ(moment, other)
        and (
            (moment.weekday, moment.month, moment.day, moment.year)
            == (other.weekday, other.month, other.day, other.year)
        )
        and (moment.days is None) == (other.days is None)
        for other in others
    )
