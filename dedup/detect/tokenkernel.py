"""Tokens of plain text, compiled: sixty-four bytes are split into words at once.

Most of most texts is ASCII and the quotation marks and dashes of print. Of a window of it each byte
gives one bit, whether it is part of a word; where the bits turn words begin and end, and are read
off without a branch for each letter (Langdale and Lemire 2019, Parsing gigabytes of JSON per
second). A branch that the processor cannot foresee costs it more than a word does here.
"""

# mypy: disable-error-code="no-untyped-def, call-arg"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.codepoints import PLAIN
from dedup.detect.kernel import (
    CASE_BITS,
    EIGHT,
    HALF,
    ONE,
    TOKEN,
    U64,
    WHOLE,
    WINDOW,
    ZERO,
    eight_at,
    lean,
    mix,
    other_tokens,
)
from dedup.detect.lanekernel import (
    above,
    bits_between,
    choose,
    gather_words,
    how_many,
    lesser,
    load_words,
    lowest,
    spread,
    store,
)
from dedup.detect.prefetchkernel import AHEAD, prefetch

#: Turns that are read off a window at once: it seldom has more than twelve words.
TURNS = 24
#: Bytes of a text behind which a place has no room in half a hash.
FAR = U64(1 << 31)
#: Bits of what a byte is or-ed with to be a small letter, and of what is left as it is.
SMALL, AS_IT_IS = U64(0x20), ZERO


@lean
def _is(data, at, byte):
    return bits_between(data, at, AS_IT_IS, U64(byte), U64(byte))


@lean
def _words(data, at):
    """Return the ASCII letters and digits among the 64 bytes at `at`, a bit for each."""
    digits = bits_between(data, at, AS_IT_IS, U64(0x30), U64(0x39))
    return digits | bits_between(data, at, SMALL, U64(0x61), U64(0x7A))


@lean
def _marks(data, at, before, after):
    """Return the bytes of the characters from U+2010 to U+2029 that end words or stand outside.

    All but the apostrophes always do; those do where no word is before them, or none behind them.
    """
    leads = _is(data, at, 0xE2) & _is(data, at, 0x80) >> ONE
    last = bits_between(data, at, AS_IT_IS, U64(0x90), U64(0xA9))
    apostrophes = bits_between(data, at, AS_IT_IS, U64(0x98), U64(0x99))
    free = leads & last >> U64(2) & (~(apostrophes >> U64(2)) | ~before | after >> U64(3))
    return free | free << ONE | free << U64(2)


@lean
def _turns(data, at, end, carry):
    """Look at the 64 bytes at `at`, of which those from `end` on count as blanks.

    `carry` says whether a word goes on there. Returns a bit for each byte where a word begins or
    ends, a bit for each that is not plain, and whether a word goes on behind them. A straight
    apostrophe between two letters is part of a word; where another character follows, or what
    follows is not seen, or where it is a grave accent, it is not plain.
    """
    within = ~ZERO >> (WHOLE - min(end - at, WHOLE))
    words = _words(data, at) & within
    others = bits_between(data, at, AS_IT_IS, U64(0x80), U64(0xFF)) & within
    before = words << ONE | carry
    blank = ~(words | others)
    joints = _is(data, at, 0x27) & before
    unclear = (joints | _is(data, at, 0x60) & before) & ~(blank >> ONE)
    joints &= words >> ONE
    if others:
        others &= ~_marks(data, at, before, blank)
    words |= joints
    return words ^ (words << ONE | carry), (others | unclear & ~joints) & within, words >> U64(63)


@lean
def _put_places(out, filled, first, bits):
    """Write the places of the bits, the lowest being `first`; return how many there are now."""
    count = how_many(bits)
    if filled + WHOLE <= U64(len(out)):
        for number in range(TURNS):  # where there are fewer, what is behind them is written over
            out[filled + U64(number)] = first + lowest(bits)
            bits &= bits - ONE
        place = filled + U64(TURNS)
    else:
        place = filled
    while bits:
        out[place] = first + lowest(bits)
        bits &= bits - ONE
        place += ONE
    return filled + count


@lean
def _hash_word(data, at, size):
    """Return the hash of a token of `size` ASCII letters and digits; reads up to seven more."""
    state = ZERO
    while size > EIGHT:
        state = mix(state, eight_at(data, at) | CASE_BITS)
        at += EIGHT
        size -= EIGHT
    return mix(state, (eight_at(data, at) | CASE_BITS) & ~ZERO >> (WHOLE - (size << U64(3))))


@lean
def _mix_first(state, words, sizes):
    """Do what `mix` does with the first bytes, so many, of each of eight words."""
    half = spread(HALF)
    shift = half - (sizes << spread(U64(2)))  # twice, as one by 64 would be none
    words = (words | spread(CASE_BITS)) & spread(~ZERO) >> shift >> shift
    state = (state ^ words) * spread(TOKEN)
    return state ^ state >> half


@lean
def _hash_eight(data, begin, edges, number, out):
    """Do what `hash_words` does with eight words, of up to sixteen letters; else return False."""
    eight = spread(EIGHT)
    pairs = load_words(edges, 2 * number)
    starts = pairs & spread(U64(0xFFFFFFFF))
    sizes = (pairs >> spread(HALF)) - starts
    if above(sizes, eight + eight):
        return False
    head, rest = gather_words(data, begin, edges, number)
    first = lesser(sizes, eight)
    short = _mix_first(spread(ZERO), head, first)
    long = _mix_first(short, rest, sizes - first)
    store(out, number, choose(above(sizes, eight), long, short))
    return True


@lean
def hash_words(data, begin, edges, number, stop, out):
    """Write hashes of words to `out`, where `edges`, its halves, say where they begin and end.

    Each branch that depends on how long a word is would cost more than the second half of one.
    """
    while number < stop:
        if number + 8 <= stop and _hash_eight(data, begin, edges, number, out):
            number += 8
            continue
        start = U64(edges[2 * number])
        out[number] = _hash_word(data, begin + start, U64(edges[2 * number + 1]) - start)
        number += 1


@lean
def place_plain(data, begin, at, end, stop, edges, count):
    """Write where the tokens of `data[at:end]` begin and end, up to one that is not plain.

    Returns the place of that, or of a character between tokens that is not, or one behind `stop`,
    and how many tokens there are now. Bytes are counted from `begin` on.
    """
    filled = U64(2 * count)
    carry = odd = ZERO
    while at < stop and not odd and at + WINDOW <= U64(len(data)):
        prefetch(data, np.int64(at) + AHEAD)
        turns, odd, carry = _turns(data, at, end, carry)
        before_odd = (odd & (~odd + ONE)) - ONE  # all, where there is none
        filled = _put_places(edges, filled, at - begin, turns & before_odd)
        at += lowest(odd)
    at = min(at, end)
    if filled & ONE:
        if at == end:
            edges[filled] = end - begin
            filled += ONE
        else:
            filled -= ONE
            at = begin + U64(edges[filled])
    return at, np.int64(filled >> ONE)


@lean
def _plain_tokens(data, at, end, out, count):
    """Write the hashes of the tokens of `data[at:end]` to `out`, up to one that is not plain.

    Returns the place of that, or of a character between tokens that is not, and how many tokens
    there are in `out` now. Until they are hashed it holds where they begin and end.
    """
    begin, known, edges = at, count, out.view(np.uint32)
    at, count = place_plain(data, begin, at, end, min(end, begin + FAR), edges, count)
    hash_words(data, begin, edges, known, count, out)
    return at, count


@lean
def hash_tokens(data, at, end, known, out):
    """Write the hashes of the tokens of `data[at:end]` to `out`; return how many, or `PLAIN`.

    `known` are the columns of `codepoints.Tables`.
    """
    count = 0
    while at < end and count != PLAIN:
        at, count = _plain_tokens(data, at, end, out, count)
        if at < end:
            at, count = other_tokens(data, at, end, known, out, count)
    return count
