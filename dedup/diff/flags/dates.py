"""See where a date is another one.

A weekday, month, day or year that differs is a change; so is a relative time ("yesterday", "last
month") that cannot be the day that the other article names, where the dates of the articles are
known. Nothing is raised where a date is only dropped, added or made more exact (`October 1998`,
`1998`), and nothing for a date inside a quotation: there the quotation is altered.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import eq

from dedup.article import Kind
from dedup.diff.flags.model import Finding, FlagKind
from dedup.diff.flags.moments import Moment, differ, load, moments
from dedup.diff.flags.numbers import AROUND, beside, other_words, tokens_in, touches
from dedup.diff.flags.pair import Pair, inside
from dedup.diff.model import Edit, Link, Op
from dedup.text.language import stopwords


def find(pair: Pair) -> Iterator[Finding]:
    """Yield every date_changed: the date before and after."""
    hints = load().hints
    for place, link in enumerate(pair.diff.links):
        edits = [
            edit
            for edit in link.edits
            if edit.op is Op.REPLACE
            and any(w in hints or w[0].isdigit() for w in tokens_in(pair.a, edit.a))
            and any(w in hints or w[0].isdigit() for w in tokens_in(pair.b, edit.b))
        ]
        if not edits or pair.a.units[link.a[0]].kind is Kind.DATELINE:
            continue
        mine, other = list(moments(pair.a, link.a)), list(moments(pair.b, link.b))
        for edit in edits:
            here = [one for one in mine if touches(one.span, edit.a) and not _stays(one, other)]
            there = [one for one in other if touches(one.span, edit.b) and not _stays(one, mine)]
            if len(here) != len(there):
                continue
            for before, after in zip(here, there, strict=True):
                if inside(pair.quoted_a, before.span) or inside(pair.quoted_b, after.span):
                    continue
                if differ(before, after) and _same_place(pair, link, edit, (before, after)):
                    yield Finding(FlagKind.DATE_CHANGED, place, before.span, after.span)


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
