"""Whether a text opens with its headline, compiled: `reading.text.under_headline` on UTF-8 bytes.

Where letters of other scripts, or other cases of one letter, would have to be compared, the answer
is "perhaps", and the slow way decides.
"""

# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0911, PLR0913, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.kernel import U64, lean
from dedup.detect.lanekernel import lowest
from dedup.scanning.ingesting.stringkernel import bytes_in, code_at, is_space, width_at

#: Lines of a text in which its headline is looked for (`reading.text.OPENING_LINES`).
OPENING_LINES = 3
PERHAPS = -1


@lean
def has_word(data, start, end):
    """Say whether there is an ASCII letter or digit: 1 or 0, `PERHAPS` where others might be."""
    others = 0
    for place in range(start, end):
        byte = data[place]
        if 0x30 <= byte <= 0x39 or 0x61 <= byte | 0x20 <= 0x7A:
            return 1
        if byte >= 0x80:
            others = PERHAPS
    return others


@lean
def first_word(data, at, end):
    """Return the place of the first character that is no white space."""
    while at < end:
        width = width_at(data, at)
        if not is_space(code_at(data, at, width)):
            return at
        at += width
    return end


@lean
def _line_ends(data, at):
    """Return which of the 64 bytes at `at` may begin what ends a line, a bit for each."""
    found = bytes_in(data, at, 10, 13) | bytes_in(data, at, 28, 30) | bytes_in(data, at, 0xC2, 0xC2)
    wide = bytes_in(data, at, 0xE2, 0xE2)
    return found | wide & ~(bytes_in(data, at, 0x80, 0xA7) >> U64(2))


@lean
def line_end(data, at, end):
    """Return the place of the next character that ends a line, as `str.splitlines` does.

    Behind `end` 63 bytes more may be looked at.
    """
    while at < end:
        found = _line_ends(data, at)
        if not found:
            at += 64
            continue
        at += np.int64(lowest(found))
        if at >= end:
            break
        byte = data[at]
        if 10 <= byte <= 13 or 28 <= byte <= 30:
            return at
        if byte == 0xC2 and data[at + 1] == 0x85:
            return at
        if byte == 0xE2 and data[at + 1] == 0x80 and data[at + 2] & 0xFE == 0xA8:
            return at
        at += width_at(data, at)
    return end


@lean
def _folded(byte):
    return byte | 0x20 if 0x41 <= byte <= 0x5A else byte


@lean
def _plain(data, at):
    """Say whether the character is ASCII or a dash, quote or dot, which have no other case."""
    if data[at] < 0x80:
        return True
    return 0x2010 <= code_at(data, at, width_at(data, at)) <= 0x2027


@lean
def _begins(data, at, end, title, start, stop):
    """Say whether the line at `data[at:end]` begins with the title `title[start:stop]`, and ends
    there or goes on with a new sentence: 1 or 0, or `PERHAPS`."""
    while start < stop:
        if at >= end:
            return 0
        width = width_at(data, at)
        if is_space(code_at(data, at, width)):
            at = first_word(data, at, end)
            if at >= end or (title[start] < 0x80 and title[start] != 0x20):
                return 0
            if title[start] != 0x20:
                return PERHAPS
            start += 1
            continue
        for place in range(width):
            one, two = data[at + place], title[start + place]
            if _folded(one) != _folded(two):
                return 0 if width == 1 and one < 0x80 and two < 0x80 else PERHAPS
        at += width
        start += width
    if first_word(data, at, end) >= end:
        return 1
    after = first_word(data, at, end)
    if after == at:
        return 0
    if not _plain(data, after):
        return PERHAPS
    return 0 if 0x61 <= data[after] <= 0x7A else 1


@lean
def opens(data, at, end, title, start, stop):
    """Say whether one of the first lines of a text is its headline: 1 or 0, or `PERHAPS`."""
    if not _plain(title, start):
        return PERHAPS
    for _ in range(OPENING_LINES):
        at = first_word(data, at, end)
        if at >= end:
            return 0
        if not _plain(data, at):
            return PERHAPS
        stops = line_end(data, at, end)
        if _folded(data[at]) == _folded(title[start]):
            found = _begins(data, at, stops, title, start, stop)
            if found:
                return found
        at = stops
    return 0
