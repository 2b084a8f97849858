"""JSON strings and the characters in them, compiled: what reading a line of a corpus rests on.

Most of a text are printable characters of one to three bytes: sixty-four bytes at a time are looked
at and copied (Langdale and Lemire 2019, Parsing gigabytes of JSON per second). Whatever is not
plainly good is refused, and the slow way says what is wrong with it.
"""

# Numba infers the types, takes arrays one by one, and is fastest with its state in locals.
# mypy: disable-error-code="no-untyped-def, call-arg"
# ruff: noqa: PLR0911

from __future__ import annotations

import numpy as np

from dedup.detect.kernel import ONE, U32, U64, WHOLE, ZERO, lean
from dedup.detect.lanekernel import bits_between, copy_64, lowest
from dedup.detect.prefetchkernel import AHEAD, prefetch

#: What stands for "not plainly good".
REFUSED = -1


@lean
def bytes_in(data, at, low, high):
    """Return which of the 64 bytes at `at` are in a range, a bit for each."""
    return bits_between(data, U64(at), ZERO, U64(low), U64(high))


@lean
def _stops(data, at):
    """Return which of the 64 bytes at `at` may end a plain stretch of a string; the lowest does.

    They are quotes, backslashes, control characters, and what begins a character of which the other
    bytes are not there, or only some of all are good (Unicode 3.9).
    """
    found = bytes_in(data, at, 0, 0x1F) | bytes_in(data, at, 0x22, 0x22)
    found |= bytes_in(data, at, 0x5C, 0x5C)
    others = bytes_in(data, at, 0x80, 0xFF)
    if others:
        more = bytes_in(data, at, 0x80, 0xBF)
        two = bytes_in(data, at, 0xC2, 0xDF) & more >> ONE
        three = bytes_in(data, at, 0xE1, 0xEF) & ~bytes_in(data, at, 0xED, 0xED)
        three &= more >> ONE & more >> U64(2)
        found |= others & ~(two | two << ONE | three | three << ONE | three << U64(2))
    return found


@lean
def width_at(data, at):
    """Return how many bytes the character at `at` has, 0 where it is not UTF-8 (Unicode 3.9).

    Reads up to three bytes more.
    """
    first, second = data[at], data[at + 1]
    if first < 0x80:
        return 1
    if first < 0xC2 or first > 0xF4 or second & 0xC0 != 0x80:
        return 0
    if first < 0xE0:
        return 2
    if data[at + 2] & 0xC0 != 0x80:
        return 0
    if first < 0xF0:
        # No second way to write a short character, and no half of a surrogate pair.
        if (first == 0xE0 and second < 0xA0) or (first == 0xED and second >= 0xA0):
            return 0
        return 3
    if data[at + 3] & 0xC0 != 0x80:
        return 0
    if (first == 0xF0 and second < 0x90) or (first == 0xF4 and second >= 0x90):
        return 0
    return 4


@lean
def code_at(data, at, width):
    """Return the character of so many bytes at `at`."""
    first = U32(data[at])
    if width == 1:
        return first
    one = U32(data[at + 1]) & U32(0x3F)
    if width == 2:
        return (first & U32(0x1F)) << U32(6) | one
    two = U32(data[at + 2]) & U32(0x3F)
    if width == 3:
        return (first & U32(0x0F)) << U32(12) | one << U32(6) | two
    three = U32(data[at + 3]) & U32(0x3F)
    return (first & U32(7)) << U32(18) | one << U32(12) | two << U32(6) | three


@lean
def put_code(out, at, code):
    """Write a character as UTF-8; return the place after it."""
    if code < 0x80:
        out[at] = code
        return at + 1
    if code < 0x800:
        out[at] = 0xC0 | code >> 6
        out[at + 1] = 0x80 | code & 0x3F
        return at + 2
    if code < 0x10000:
        out[at] = 0xE0 | code >> 12
        out[at + 1] = 0x80 | code >> 6 & 0x3F
        out[at + 2] = 0x80 | code & 0x3F
        return at + 3
    out[at] = 0xF0 | code >> 18
    out[at + 1] = 0x80 | code >> 12 & 0x3F
    out[at + 2] = 0x80 | code >> 6 & 0x3F
    out[at + 3] = 0x80 | code & 0x3F
    return at + 4


@lean
def is_space(code):
    """Say whether a character is white space, as `str.isspace` does.

    >>> [chr(code) for code in range(33, 0x3001) if is_space(code) != chr(code).isspace()]
    []
    """
    if code < 0x80:
        return 9 <= code <= 13 or 28 <= code <= 32
    return (
        code in (0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
        or 0x2000 <= code <= 0x200A
    )


@lean
def _four_digits(data, at):
    """Return the number of the four hexadecimal digits at `at`, or `REFUSED`."""
    number = 0
    for place in range(at, at + 4):
        byte = data[place]
        if 0x30 <= byte <= 0x39:
            number = number << 4 | (byte - 0x30)
        elif 0x41 <= byte & 0xDF <= 0x46:
            number = number << 4 | ((byte & 0xDF) - 0x37)
        else:
            return REFUSED
    return number


@lean
def _escape(data, at, end):
    """Return the character that the escape after the backslash at `at` means, and the place after.

    Refused are control characters without a letter of their own, and halves of surrogate pairs.
    """
    letter = data[at + 1]
    if letter == 0x75 and at + 6 <= end:  # u
        code = _four_digits(data, at + 2)
        if 0xD800 <= code < 0xDC00 and at + 12 <= end:
            low = _four_digits(data, at + 8)
            if data[at + 6] != 0x5C or data[at + 7] != 0x75 or not 0xDC00 <= low < 0xE000:
                return REFUSED, at
            return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00), at + 12
        if code < 0x20 or 0xD800 <= code < 0xE000:
            return REFUSED, at
        return code, at + 6
    if letter in (0x22, 0x5C, 0x2F):
        return int(letter), at + 2
    if letter == 0x6E:
        return 10, at + 2
    if letter == 0x74:
        return 9, at + 2
    if letter == 0x72:
        return 13, at + 2
    if letter == 0x62:
        return 8, at + 2
    if letter == 0x66:
        return 12, at + 2
    return REFUSED, at


@lean
def copy_string(data, at, end, out, to):
    """Write what the string whose first byte is at `at` says to `out`, as UTF-8.

    Returns the place after its closing quote, or `REFUSED`, and the place after what was written;
    63 bytes more may be written over. Behind `end` as many may be looked at.
    """
    while at < end:
        prefetch(data, at + AHEAD)
        stops = _stops(data, at)
        copy_64(data, U64(at), out, U64(to))
        if not stops:  # known before the place of the next window is asked for
            at += 64
            to += 64
            continue
        plain = np.int64(lowest(stops))
        at += plain
        to += plain
        if at >= end:
            break
        byte = data[at]
        if byte == 0x22:
            return at + 1, to
        if byte == 0x5C:
            code, at = _escape(data, at, end)
            if code == REFUSED:
                return REFUSED, to
            to = put_code(out, to, code)
        elif byte < 0x20:
            return REFUSED, to
        else:
            width = width_at(data, at)
            if not width:
                return REFUSED, to
            for place in range(width):
                out[to + place] = data[at + place]
            at += width
            to += width
    return REFUSED, to


@lean
def copy_bytes(data, at, end, out, to):
    """Write the bytes `data[at:end]` to `out`; return the place after them.

    Up to 63 bytes more are written over, and looked at.
    """
    for place in range(0, end - at, 64):
        copy_64(data, U64(at + place), out, U64(to + place))
    return to + end - at


@lean
def is_one_line(data, at, end):
    """Say whether `data[at:end]` surely has no white space but single spaces between words.

    Up to 63 bytes more are looked at.
    """
    space = ONE
    while at < end:
        within = ~ZERO >> (WHOLE - U64(min(end - at, 64)))
        spaces = bytes_in(data, at, 0x20, 0x20) & within
        marks = bytes_in(data, at, 0xE2, 0xE2) & bytes_in(data, at, 0x80, 0x80) >> ONE
        marks &= bytes_in(data, at, 0x90, 0xA7) >> U64(2)  # dashes, quotation marks
        wide = bytes_in(data, at, 0xE1, 0xE3) & ~marks | bytes_in(data, at, 0xC2, 0xC2)
        if (bytes_in(data, at, 0, 0x1F) | wide | spaces & (spaces << ONE | space)) & within:
            return False
        space = spaces >> U64(min(end - at, 64) - 1)
        at += 64
    return not space


@lean
def write_digits(out, to, value):
    """Write a number in decimal digits; return the place after it."""
    count, rest = 1, value
    while rest >= 10:
        rest //= 10
        count += 1
    for number in range(count):
        out[to + count - 1 - number] = 0x30 + value % 10
        value //= 10
    return to + count
