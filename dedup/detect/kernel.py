"""The compiled engine (extra `fast`): tokens of any script, straight from UTF-8 bytes.

Where words are ASCII letters, eight bytes at a time are tested, folded and hashed in a dozen
operations of one register (Lamport 1975, Multiple byte processing with full-word instructions). All
else goes byte by byte through the tables of `codepoints`. `tokenkernel` takes what is plain faster,
and calls for this where it is not. The functions release the interpreter lock; numba keeps their
machine code on disk, next to this file where it can be written.
"""

# Numba infers the types, takes arrays one by one, and is fastest with its state in locals.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0912, PLR0913, PLR0915, PLR0917

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from dedup.detect.codepoints import (
    ALONE,
    APOSTROPHE,
    LETTER,
    MARK,
    PLAIN,
    SEPARATOR,
    UNSEEN,
    UNSTABLE,
)
from dedup.detect.machine import source_stamp
from dedup.detect.shingles import FINAL_FACTOR, SHINGLE_FACTOR, TOKEN_FACTOR

# numba knows a sum of uint64 and a plain int as float64: every constant has its type.
U64 = np.uint64
U32 = np.uint32
TOKEN, SHINGLE, FINAL = U64(TOKEN_FACTOR), U64(SHINGLE_FACTOR), U64(FINAL_FACTOR)
ZERO, ONE, EIGHT, HALF, WHOLE = U64(0), U64(1), U64(8), U64(32), U64(64)
#: Bytes that are looked at from a place on where tokens are plain: a window, and two words.
WINDOW = U64(80)
HIGH_BITS = U64(0x8080808080808080)
LOW_BITS = U64(0x7F7F7F7F7F7F7F7F)
CASE_BITS = U64(0x2020202020202020)
BYTES = U64(0x0101010101010101)
# Added to a byte below 0x80, each carries into its high bit from its first character on.
FROM_0, FROM_9, FROM_A, FROM_Z = (
    U64(0x0101010101010101 * (0x80 - first)) for first in (0x30, 0x3A, 0x61, 0x7B)
)
QUOTE = U64(0x27)

OPTIONS: Any = {"nogil": True, "cache": True, "boundscheck": False, "error_model": "numpy"}


def compiled(function: Any, **options: Any) -> Any:
    """Compile a function at its first call; decorates it."""
    made = numba.njit(**OPTIONS, **options)(function)
    # Numba compiles anew what changed in its file; it takes no notice of what that calls elsewhere.
    made._cache._cache_file._source_stamp = source_stamp()
    return made


def lean(function: Any) -> Any:
    """Do what `compiled` does, of a function that makes no array and returns none.

    Nobody counts the references to those that it is given, which in a small one takes longer than
    what it does.
    """
    return compiled(function, _nrt=False)


@lean
def eight_at(data, at):
    """Load eight bytes, little-endian: the compiler makes it one instruction."""
    return (
        U64(data[at])
        | U64(data[at + ONE]) << U64(8)
        | U64(data[at + U64(2)]) << U64(16)
        | U64(data[at + U64(3)]) << U64(24)
        | U64(data[at + U64(4)]) << U64(32)
        | U64(data[at + U64(5)]) << U64(40)
        | U64(data[at + U64(6)]) << U64(48)
        | U64(data[at + U64(7)]) << U64(56)
    )


@lean
def _not_word(eight, folded):
    """Return the high bit of every byte that is no ASCII letter or digit; `folded` is lowered."""
    low, low_folded = eight & LOW_BITS, folded & LOW_BITS
    letters = (low_folded + FROM_A) & ~(low_folded + FROM_Z)
    digits = (low + FROM_0) & ~(low + FROM_9)
    return (~(letters | digits) | eight) & HIGH_BITS


@lean
def _below(high_bits):
    """Return all bits of the bytes before the lowest that is marked, and how many bytes that is."""
    bits = ((high_bits & (~high_bits + ONE)) - ONE) >> U64(7)
    return bits, (bits & BYTES) * BYTES >> U64(56)


@lean
def mix(state, eight):
    """Take eight bytes of a token into its hash."""
    state = (state ^ eight) * TOKEN
    return state ^ (state >> HALF)


@lean
def code_point(data, at, first):
    """Decode the character of several bytes at `at`; returns it and how many bytes it has."""
    one = U32(data[at + ONE]) & U32(0x3F)
    if first < 0xE0:
        return (U32(first) & U32(0x1F)) << U32(6) | one, U64(2)
    two = U32(data[at + U64(2)]) & U32(0x3F)
    if first < 0xF0:
        return (U32(first) & U32(0x0F)) << U32(12) | one << U32(6) | two, U64(3)
    three = U32(data[at + U64(3)]) & U32(0x3F)
    head = (U32(first) & U32(7)) << U32(18)
    return head | one << U32(12) | two << U32(6) | three, U64(4)


@lean
def encode_point(code):
    """Return the UTF-8 bytes of a character as a little-endian number, and how many they are."""
    code = U64(code)
    tail = U64(0x80) | (code & U64(0x3F))
    if code < U64(0x80):
        return code, ONE
    if code < U64(0x800):
        return U64(0xC0) | code >> U64(6) | tail << EIGHT, U64(2)
    middle = U64(0x80) | (code >> U64(6) & U64(0x3F))
    if code < U64(0x10000):
        return U64(0xE0) | code >> U64(12) | middle << EIGHT | tail << U64(16), U64(3)
    third = U64(0x80) | (code >> U64(12) & U64(0x3F))
    head = U64(0xF0) | code >> U64(18)
    return head | third << EIGHT | middle << U64(16) | tail << U64(24), U64(4)


@lean
def append_point(state, word, filled, code):
    """Take a character into the hash of a token of which `filled` bits wait in `word`."""
    extra, width = encode_point(code)
    bits = width << U64(3)
    word |= extra << filled
    filled += bits
    if filled >= WHOLE:
        state = mix(state, word)
        filled -= WHOLE
        word = extra >> (bits - filled) if filled else ZERO
    return state, word, filled


@lean
def _unstable_mark(before, code, unseen, ordered, composing):
    """Say whether NFC may alter the token that has the mark `code` after `before`."""
    if unseen or (ordered[before] and ordered[code]):
        return True
    key = U64(before) << HALF | U64(code)
    place = np.searchsorted(composing, key)
    return place < len(composing) and composing[place] == key


@lean
def other_tokens(data, at, end, known, out, count):
    """Write the hashes of the tokens of `data[at:end]` to `out`, up to a word that may be plain.

    Returns the place of that word and how many tokens there are in `out` now, or `PLAIN`. At least
    one character is taken. Inside a token `letters` says whether it began with a letter (or is a
    character of its own), and `waiting` whether an apostrophe stands before the next character.
    """
    classes, folds, ordered, composing = known
    plain_from = min(at + ONE, end) if at + WINDOW < U64(len(data)) else end
    state = word = filled = ZERO
    inside = letters = waiting = unseen = False
    before = U32(0)
    while at < end:
        if not inside and at >= plain_from and data[at] < 0x80 and classes[data[at]] == LETTER:
            break
        if at + EIGHT <= end and not waiting and (not inside or (letters and not filled)):
            # At the start of a word, or eight bytes into it.
            eight = eight_at(data, at)
            folded = eight | CASE_BITS
            stops = _not_word(eight, folded)
            if not stops:
                state, inside, letters, unseen = mix(state, folded), True, True, False
                before = U32(eight >> U64(56))
                at += EIGHT
                continue
            bits, length = _below(stops)
            if length:
                at += length
                if classes[data[at]] == SEPARATOR and data[at] < 0x80:
                    out[count] = mix(state, folded & bits)
                    count += 1
                    state = ZERO
                    inside = unseen = False
                    at += ONE
                    continue
                word, filled = folded & bits, length << U64(3)
                inside, letters, unseen = True, True, False
                before = U32(eight >> (filled - EIGHT) & U64(0x7F))
                continue
        first = data[at]
        code, width = U32(first), ONE
        if first >= 0x80:
            code, width = code_point(data, at, first)
        at += width
        role = classes[code]
        if role == LETTER:
            if inside and not letters:
                out[count] = mix(state, word) if filled else state
                count += 1
                state = word = filled = ZERO
            if waiting:
                state, word, filled = append_point(state, word, filled, QUOTE)
                waiting = False
            state, word, filled = append_point(state, word, filled, folds[code])
            inside, letters, unseen, before = True, True, False, code
            continue
        if inside and not waiting:
            if role == UNSEEN:
                unseen = True
                continue
            if role == MARK:
                if _unstable_mark(before, code, unseen, ordered, composing):
                    return at, PLAIN
                state, word, filled = append_point(state, word, filled, folds[code])
                unseen, before = False, code
                continue
            if role == APOSTROPHE and letters:
                waiting = True
                continue
        if role == UNSTABLE:
            return at, PLAIN
        if inside:
            out[count] = mix(state, word) if filled else state
            count += 1
            state = word = filled = ZERO
            inside = waiting = unseen = False
        if role == ALONE:
            state, word, filled = append_point(state, word, filled, folds[code])
            inside, letters, before = True, False, code
    if inside:
        out[count] = mix(state, word) if filled else state
        count += 1
    return at, count
