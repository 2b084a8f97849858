"""The fields of a JSON line, compiled: an object of plain values and lists of such, in one pass.

Every string is written anew as UTF-8 as it is passed over, so that nothing is looked at twice.
"""

# Numba infers the types, takes arrays one by one, and is fastest with its state in locals.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0911, PLR0912, PLR0913, PLR0917

from __future__ import annotations

from dedup.detect.kernel import lean
from dedup.scanning.ingesting.stringkernel import REFUSED, copy_string

#: What the value of a field is: null or none, true or false, a string, an integer of digits alone,
#: or another number.
NULL, TRUTH, STRING, INTEGER, NUMBER = range(5)
#: Digits of an integer that is surely written as Python would write it.
MOST_DIGITS = 18


@lean
def _blank(data, at):
    """Return the place of the next byte that is no JSON white space; a line end is none here."""
    while data[at] == 0x20 or data[at] == 0x09 or data[at] == 0x0D:
        at += 1
    return at


@lean
def _named(data, start, end, names, edges):
    """Return which of the names stands at `data[start:end]`, or -1."""
    for number in range(len(edges) - 1):
        first = edges[number]
        if edges[number + 1] - first == end - start:
            same = True
            for place in range(end - start):
                same &= data[start + place] == names[first + place]
            if same:
                return number
    return -1


@lean
def _digits(data, at):
    """Return the place after the digits that begin at `at`."""
    while 0x30 <= data[at] <= 0x39:
        at += 1
    return at


@lean
def _skip_number(data, at):
    """Return the place after the number at `at`, or `REFUSED` (RFC 8259, section 6)."""
    at += data[at] == 0x2D
    start = at
    at = _digits(data, at)
    if at == start or (data[start] == 0x30 and at - start > 1):
        return REFUSED
    if data[at] == 0x2E:
        start = at + 1
        at = _digits(data, start)
        if at == start:
            return REFUSED
    if data[at] | 0x20 == 0x65:
        at += 1
        at += data[at] == 0x2B or data[at] == 0x2D
        start = at
        at = _digits(data, start)
        if at == start or at - start > 2:  # one too large for a float is another matter
            return REFUSED
    return at


@lean
def _value(data, at, end, loose, to):
    """Read the plain value at `at`: return the place after it, or `REFUSED`, its kind, and the end
    of what it says, written at `to`."""
    first = data[at]
    if first == 0x22:
        at, to = copy_string(data, at + 1, end, loose, to)
        return at, STRING, to
    if first == 0x2D or 0x30 <= first <= 0x39:
        start, at = at, _skip_number(data, at)
        if at == REFUSED or at - start > MOST_DIGITS:
            return REFUSED, NUMBER, to
        kind = INTEGER
        for place in range(start, at):
            loose[to] = data[place]
            to += 1
            if not 0x30 <= data[place] <= 0x39:
                kind = NUMBER
        return at, kind, to
    one, two, three = data[at + 1], data[at + 2], data[at + 3]
    if first == 0x6E and one == 0x75 and two == 0x6C and three == 0x6C:
        return at + 4, NULL, to
    if first == 0x74 and one == 0x72 and two == 0x75 and three == 0x65:
        return at + 4, TRUTH, to
    if first == 0x66 and one == 0x61 and two == 0x6C and three == 0x73 and data[at + 4] == 0x65:
        return at + 5, TRUTH, to
    return REFUSED, NULL, to


@lean
def fields_of(data, at, end, names, edges, kinds, starts, ends, loose):
    """Find the values of the named fields in the object at `at`, and write them one by one.

    Returns the place of its line end, or `REFUSED` of what is no object of plain values and lists
    of such, and the end of what was written. Of a field that is there twice the last counts.
    """
    kinds[:] = NULL
    at, to = _blank(data, at), 0
    if data[at] != 0x7B:
        return REFUSED, to
    at = _blank(data, at + 1)
    while True:
        if data[at] != 0x22:
            return REFUSED, to
        at, stop = copy_string(data, at + 1, end, loose, to)
        if at == REFUSED:
            return REFUSED, to
        field = _named(loose, to, stop, names, edges)
        at = _blank(data, at)
        if data[at] != 0x3A:
            return REFUSED, to
        at = _blank(data, at + 1)
        listed = data[at] == 0x5B
        if listed:
            if field >= 0:
                return REFUSED, to
            at = _blank(data, at + 1)
        while not listed or data[at] != 0x5D:
            at, kind, stop = _value(data, at, end, loose, to)
            if at == REFUSED:
                return REFUSED, to
            at = _blank(data, at)
            if not listed:
                break
            if data[at] == 0x2C:
                at = _blank(data, at + 1)
                if data[at] == 0x5D:
                    return REFUSED, to
            elif data[at] != 0x5D:
                return REFUSED, to
        if listed:
            at = _blank(data, at + 1)
        elif field >= 0:
            if kind == NUMBER:
                return REFUSED, to
            kinds[field], starts[field], ends[field] = kind, to, stop
            to = stop
        if data[at] == 0x7D:
            at = _blank(data, at + 1)
            return (at if at >= end or data[at] == 0x0A else REFUSED), to
        if data[at] != 0x2C:
            return REFUSED, to
        at = _blank(data, at + 1)
