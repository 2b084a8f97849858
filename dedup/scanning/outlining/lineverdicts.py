"""Which lines of outlined texts are not compared: what takes judgement is asked of `dedup.text`.

Whether a rule tells a line is asked once for each different line, and kept: most are furniture, and
stand on many pages.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dedup.article import Span
from dedup.detect.machine import Compiled
from dedup.scanning.ingesting.aside import decode
from dedup.scanning.outlining.batchoutline import Found
from dedup.scanning.outlining.linescreen import rules_of
from dedup.scanning.outlining.outlined import (
    FIRST,
    KNOWN,
    LENGTH,
    MENU,
    PLACE,
    STOP,
    TELLING,
    TEXT,
    TITLE,
    TOLD,
    UNKNOWN,
)
from dedup.text.menus import MENU_LENGTH, menus
from dedup.text.rules import EDGE, Able, Place, place_of, rule_for
from dedup.text.structure import is_listed, is_title, judge_lines, tells_of_others

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REMEMBER_ROWS = Compiled("dedup.scanning.outlining.sheetkernel", "remember_rows")

#: Places of the table of lines whose verdict is known; how many of them are filled at most, and how
#: many at once: a table that several threads filled to the last place could not be searched.
KNOWN_PLACES = 1 << 16
MOST_KNOWN, MOST_NEW = KNOWN_PLACES // 2, 1 << 11
#: Stands for a line that is too long for a menu.
NO_NAME = "x" * (MENU_LENGTH + 1)
#: With what a line says of its neighbours, which is not kept.
_rule_for = lru_cache(maxsize=1 << 12)(rule_for)


@lru_cache(maxsize=1)
def known_lines() -> NDArray[np.uint64]:
    """Return the table of lines whose verdict is known, for the whole process; uint64."""
    import numpy as np

    return np.zeros(KNOWN_PLACES, dtype=np.uint64)


def ask(found: Found) -> None:
    """Ask whether a rule tells the lines of which nothing is known, and write it down."""
    import numpy as np

    asked, table = found.out.asked, known_lines()
    lines = np.flatnonzero(asked & KNOWN == UNKNOWN)
    if not len(lines):
        return
    rows = found.rows_of(lines)
    first = found.ends[rows, 1]
    places = zip((lines - first).tolist(), (found.ends[rows + 1, 1] - first).tolist(), strict=True)
    starts = found.asides.starts[rows]
    begins, stops = ((starts + found.out.lines[lines, column]).tolist() for column in (FIRST, STOP))
    data, able = found.asides.data.data, found.out.rules[lines].tolist()
    verdicts = np.array(
        [
            _verdict(decode(data[start:stop]), place_of(number, count), rules_of(bits))
            for start, stop, (number, count), bits in zip(begins, stops, places, able, strict=True)
        ],
        dtype=np.uint8,
    )
    asked[lines] = asked[lines] & TITLE | verdicts
    if np.count_nonzero(table) + len(lines) > MOST_KNOWN:
        table[:] = 0
    REMEMBER_ROWS(found.out.digests[lines[:MOST_NEW]], verdicts[:MOST_NEW], table)


def _verdict(line: str, place: Place, able: Able) -> int:
    """Return what a rule says of a line."""
    rule = rule_for(line, place, able)
    if rule is None:
        return TEXT
    return TELLING if tells_of_others(line, rule) else TOLD


def _tells(found: Found, row: int, line: int) -> bool:
    """Say whether a line that may say something of its neighbours does."""
    first, stop = found.ends[row : row + 2, 1].tolist()
    rule = _rule_for(found.line(row, line), place_of(line - first, stop - first))
    if rule is None or not rule.heads or rule.credit:
        return True
    told = (found.out.asked[line + 1 : stop] & KNOWN).tolist()
    return TEXT in told and is_listed(found.line(row, line + 1 + told.index(TEXT)))


def _has_menu(found: Found, row: int) -> bool:
    """Say whether a text has a menu; no longer line is read than may be in one."""
    first, stop = found.ends[row : row + 2, 1].tolist()
    lengths = found.out.lines[first:stop, LENGTH].tolist()
    lines = [
        found.line(row, line) if length <= MENU_LENGTH else NO_NAME
        for line, length in enumerate(lengths, first)
    ]
    return any(menus(lines))


def _headline(found: Found, row: int) -> int | None:
    """Return which line of a text is its title, if any is."""
    first, stop = found.ends[row : row + 2, 1].tolist()
    title = found.asides.title(row)
    top = range(first, min(first + 2 * EDGE, stop)) if title else ()
    return next((line for line in top if is_title(found.line(row, line), title or "")), None)


def left_out(found: Found) -> NDArray[np.uint8]:
    """Return of each line whether it is not compared; uint8.

    With most texts these are the lines that rules tell, but for one that is the title as well. A
    menu and a line that says something of its neighbours are for `judge_lines` to see.
    """
    import numpy as np

    asked = found.out.asked
    told = asked & KNOWN
    absent = (told > TEXT).astype(np.uint8)
    menu = np.flatnonzero(found.kinds == MENU).tolist()
    doubtful = {row for row in menu if _has_menu(found, row)}
    telling = np.flatnonzero(told == TELLING)
    for line, row in zip(telling.tolist(), found.rows_of(telling).tolist(), strict=True):
        if row not in doubtful and _tells(found, row, line):
            doubtful.add(row)
    for row in {*found.rows_of(np.flatnonzero(asked > TITLE)).tolist()} - doubtful:
        headline = _headline(found, row)
        if headline is not None:
            absent[headline] = 0
    for row in doubtful:
        lines = slice(*found.ends[row : row + 2, 1].tolist())
        article = found.asides.read(row)
        columns = found.out.lines[lines, PLACE : LENGTH + 1].tolist()
        spans = [Span(place, place + length) for place, length in columns]
        rules = [
            _rule_for(article.text[span.start : span.end], place_of(number, len(spans)))
            if verdict
            else None
            for number, (verdict, span) in enumerate(zip(told[lines].tolist(), spans, strict=True))
        ]
        absent[lines] = [not line.compared for line in judge_lines(article, spans, rules)]
    return absent
