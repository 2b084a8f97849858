"""JSON strings and the characters in them, compiled: what reading a line of a corpus rests on.

Most bytes of a text are printable ASCII: eight at a time are looked at and copied (Lamport 1975,
Multiple byte processing with full-word instructions). Whatever is not plainly good is refused, and
the slow way says what is wrong with it.
"""

# Numba infers the types, takes arrays one by one, and is fastest with its state in locals.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0911

from __future__ import annotations

from dedup.detect.kernel import BYTES, HIGH_BITS, ONE, U32, U64, _below, _eight, lean

QUOTES = U64(0x22 * 0x0101010101010101)
BACKSLASHES = U64(0x5C * 0x0101010101010101)
SPACES = U64(0x20 * 0x0101010101010101)

#: What stands for "not plainly good".
REFUSED = -1


@lean
def special(eight):
    """Return the high bit of the bytes that end a plain stretch of a string; the lowest is exact.

    They are quotes, backslashes, control characters and all that is not ASCII.
    """
    quotes, slashes = eight ^ QUOTES, eight ^ BACKSLASHES
    found = (quotes - BYTES) & ~quotes | (slashes - BYTES) & ~slashes | (eight - SPACES) & ~eight
    return (found | eight) & HIGH_BITS


@lean
def store(out, at, eight):
    """Write eight bytes, little-endian: the compiler makes it one instruction."""
    out[at] = eight & U64(0xFF)
    out[at + ONE] = eight >> U64(8) & U64(0xFF)
    out[at + U64(2)] = eight >> U64(16) & U64(0xFF)
    out[at + U64(3)] = eight >> U64(24) & U64(0xFF)
    out[at + U64(4)] = eight >> U64(32) & U64(0xFF)
    out[at + U64(5)] = eight >> U64(40) & U64(0xFF)
    out[at + U64(6)] = eight >> U64(48) & U64(0xFF)
    out[at + U64(7)] = eight >> U64(56) & U64(0xFF)


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
    up to seven bytes more may be written over. Behind `end` three bytes may be looked at.
    """
    while at < end:
        if at + 8 <= end:
            eight = _eight(data, U64(at))
            found = special(eight)
            store(out, U64(to), eight)
            if not found:
                at += 8
                to += 8
                continue
            plain = int(_below(found)[1])
            at += plain
            to += plain
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

    Up to seven bytes more are written over, and looked at.
    """
    after = to + end - at
    while at < end:
        store(out, U64(to), _eight(data, U64(at)))
        at += 8
        to += 8
    return after


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
