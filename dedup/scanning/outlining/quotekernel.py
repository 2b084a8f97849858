"""Quotations of a text, compiled: what `text.quotations` says, which tells why."""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0912, PLR0913, PLR0915, PLR0917, PLR1714, SIM109

from __future__ import annotations

from dedup.detect.kernel import U32, U64, ZERO, lean
from dedup.scanning.outlining.linescreen import SPACE
from dedup.scanning.outlining.outlined import (
    AT,
    BEFORE_IT,
    BEGIN,
    BEGIN_LINE,
    CLOSED_BY,
    CODE,
    END,
    END_LINE,
    FIRST,
    IS_SINGLE,
    LEADS,
    LINE,
    NUMBER,
    ONLY_OPENS,
    QUOTE_COLUMNS,
    SIGN,
    SIGN_OF,
    STOP,
    TOKENS,
)
from dedup.scanning.outlining.outlinekernel import feature_of
from dedup.scanning.outlining.rolekernel import (
    CLOSES,
    GUILLEMET,
    GUILLEMET_RIGHT,
    OPENING,
    OPENS,
    SINGLE_OPENING,
    STRAIGHT,
    UNSURE,
    role_of,
)
from dedup.scanning.outlining.wordkernel import char_at
from dedup.text.quotations import DEEPEST


@lean
def _end(quotes, number, tokens, line):
    """Note where a quotation ends."""
    quotes[number, END], quotes[number, END_LINE] = tokens, line


@lean
def _drop_above(least, depth, standing, signs, quotes, tokens, line):
    """End what stands open but for the first; return how many stand open then.

    Single marks among them were none.
    """
    while depth > least:
        depth -= 1
        if not signs[standing[depth, SIGN_OF], IS_SINGLE]:
            _end(quotes, standing[depth, NUMBER], tokens, line)
    return depth


@lean
def find_quotations(
    data, begin, end, lines, count, marks, marked, features, signs, elisions, standing, quotes
):
    """Write the quotations of a text in order of their begin.

    Args:
        data: UTF-8.
        begin: Where the text begins; uint64.
        end: Where it ends.
        lines: As `outlinekernel.walk` wrote them, and so `marks`.
        count: How many.
        marks: Where quotation marks stand.
        marked: How many.
        features: What characters are.
        signs: Columns as above, for each mark; int64.
        elisions: Words that are written with an apostrophe before them, as bytes; uint64.
        standing: Room for what stands open; shape `(DEEPEST, 3)`, int64.
        quotes: Columns as above, to be written; shape `(n, QUOTE_COLUMNS)`, int32.

    Returns:
        How many there are, or `UNSURE`.
    """
    numbered = depth = first_mark = 0
    while first_mark < marked:
        line = marks[first_mark, LINE]
        last_mark = first_mark + 1
        while last_mark < marked and marks[last_mark, LINE] == line:
            last_mark += 1
        first, stop = begin + U64(lines[line, FIRST]), begin + U64(lines[line, STOP])
        # Marks at the front that only say that a quotation goes on.
        place, skipped = first, 0
        while skipped < depth and first_mark + skipped < last_mark:
            if begin + U64(marks[first_mark + skipped, AT]) != place:
                break
            skipped += 1
            place += char_at(data, place)[1]
            while place < stop:
                code, width = char_at(data, place)
                if not feature_of(features, code) & SPACE:
                    break
                place += width
        for number in range(first_mark + skipped, last_mark):
            sign = 0
            while signs[sign, SIGN] != marks[number, CODE]:
                sign += 1
            at, tokens = begin + U64(marks[number, AT]), marks[number, BEFORE_IT]
            closing = depth - 1
            while closing >= 0:
                if signs[standing[closing, SIGN_OF], CLOSED_BY] >> sign & 1:
                    break
                closing -= 1
            opened = U32(0)
            if closing >= 0:
                opened = U32(signs[standing[closing, SIGN_OF], SIGN])
            following = ZERO, U32(0)
            if number + 1 < last_mark:
                following = begin + U64(marks[number + 1, AT]), U32(marks[number + 1, CODE])
            role = OPENS
            if not signs[sign, ONLY_OPENS]:
                role = role_of(
                    data,
                    begin,
                    end,
                    (first, stop, at),
                    U32(marks[number, CODE]),
                    following,
                    opened,
                    closing == depth - 1,
                    features,
                    elisions,
                )
            if role == UNSURE:
                return UNSURE
            code = U32(marks[number, CODE])
            again = (code == STRAIGHT or code == OPENING) and opened == code
            if role == CLOSES or (role == OPENS and again):
                # The same mark opens again while the first stands open: the first lacks its end.
                depth = _drop_above(closing + 1, depth, standing, signs, quotes, tokens, line)
                depth -= 1
                _end(quotes, standing[depth, NUMBER], tokens, line)
            if role == OPENS and depth < DEEPEST:
                quotes[numbered, BEGIN], quotes[numbered, BEGIN_LINE] = tokens, line
                quotes[numbered, END] = -1
                standing[depth, SIGN_OF], standing[depth, NUMBER] = sign, numbered
                standing[depth, LEADS] = at == first
                numbered += 1
                depth += 1
        if depth:
            keep = 0
            if line + 1 < count:
                front = char_at(data, begin + U64(lines[line + 1, FIRST]))[0]
                outer = U32(signs[standing[0, SIGN_OF], SIGN])
                keep = front == outer or (outer == GUILLEMET and front == GUILLEMET_RIGHT)
            while depth > keep:
                depth -= 1
                sign = standing[depth, SIGN_OF]
                led = signs[sign, SIGN] == SINGLE_OPENING and standing[depth, LEADS]
                if led or not signs[sign, IS_SINGLE]:
                    _end(quotes, standing[depth, NUMBER], lines[line, TOKENS], line)
        first_mark = last_mark
    kept = 0
    for number in range(numbered):
        if quotes[number, END] >= 0:
            for column in range(QUOTE_COLUMNS):
                quotes[kept, column] = quotes[number, column]
            kept += 1
    return kept
