"""Which wire agencies an article names as its source.

An agency that is only quoted (“told the Associated Press”) or that made a picture is no source.
It is one where the dateline or the byline names it; where the text says that it contributed, is
the source, or holds the copyright; and in brackets behind the last sentences, as German and
French papers sign copy: `(dpa)`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dedup.article import Kind, Unit
from dedup.text.agencies import named_agencies
from dedup.text.document import Credit, CreditPlace

#: Compared units at the end of the text that may carry the agency's name behind them.
LAST = 2

_SIGNED = re.compile(r"(?:\([^()]{2,40}\)|[-–—] ?[\w /]{2,20}|/[^/]{2,25}/|（[^（）]{2,20}）)\W*\Z")
_SAYS_SO = re.compile(
    r"(?i:contribut|reporting|editing|compiled|with (?:files|material|reports)|"
    r"source|quelle|fonte|fuente|источник|джерело|المصدر|来源|來源|出典|copyright|©|\(c\)|"
    r"rights reserved|vorbehalten|réservés|reservados|riservat|版权)"
)


def credits_of(text: str, units: Sequence[Unit]) -> tuple[Credit, ...]:
    """Return the wire agencies that an article names as its source, in order of the text.

    Args:
        text: The whole text.
        units: Its units with their kinds.

    Returns:
        One credit for each place that names an agency. Linear in the number of units.

    >>> text = "OSLO (AP) — A ferry sank."
    >>> [credit.agency for credit in credits_of(text, [Unit(0, 11, Kind.DATELINE, 1, "…")])]
    ['AP']
    """
    bodies = [index for index, unit in enumerate(units) if unit.kind is Kind.BODY]
    last = set(bodies[-LAST:])
    found: list[Credit] = []
    for index, unit in enumerate(units):
        place, start = _place(text, unit, last=index in last)
        if place is not None:
            found += [
                Credit(agency, place, begin, end)
                for agency, begin, end in named_agencies(text, start, unit.end)
            ]
    return tuple(found)


def _place(text: str, unit: Unit, *, last: bool) -> tuple[CreditPlace | None, int]:
    """Return what a unit is as a place of credits, and from where on it is one."""
    if unit.kind is Kind.DATELINE:
        return CreditPlace.DATELINE, unit.start
    if unit.kind in (Kind.BYLINE, Kind.FURNITURE):
        if _SAYS_SO.search(text, unit.start, unit.end):
            return CreditPlace.TEXT, unit.start
        return (CreditPlace.BYLINE if unit.kind is Kind.BYLINE else None), unit.start
    if unit.kind is Kind.BODY and last:
        signed = _SIGNED.search(text, max(unit.start, unit.end - 60), unit.end)
        if signed is not None:
            return CreditPlace.TEXT, signed.start()
    return None, unit.start
