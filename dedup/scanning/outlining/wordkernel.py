"""Tokens of a text with their places and lengths, compiled.

The hashes are those of `detect.tokenkernel`, whose vectors do the work where words are plain. A
word that is not is read character by character.
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

from dedup.detect.codepoints import ALONE, APOSTROPHE, LETTER
from dedup.detect.kernel import (
    HALF,
    ONE,
    QUOTE,
    U32,
    U64,
    WINDOW,
    ZERO,
    append_point,
    code_point,
    lean,
    mix,
)
from dedup.detect.lanekernel import lesser, load_words, spread, store
from dedup.detect.tokenkernel import hash_words, place_plain

LONGEST_TOKEN = U32(0xFFFF)
NEWLINE = U32(0x0A)


@lean
def char_at(data, at):
    """Return the character at `at`, and how many bytes it has."""
    byte = data[at]
    if byte < 0x80:
        return U32(byte), ONE
    return code_point(data, at, byte)


@lean
def _measure_words(edges, number, stop, letters):
    """Write how long words are, eight at a time: `edges`, its halves, say where they are."""
    while number + 8 <= stop:
        pairs = load_words(edges, 2 * number)
        sizes = (pairs >> spread(HALF)) - (pairs & spread(U64(0xFFFFFFFF)))
        store(letters, number, lesser(sizes, spread(U64(LONGEST_TOKEN))))
        number += 8
    while number < stop:
        letters[number] = min(U32(edges[2 * number + 1] - edges[2 * number]), LONGEST_TOKEN)
        number += 1


@lean
def _plain_tokens(data, begin, at, end, edges, hashes, letters, count):
    """Write the tokens of `data[at:end]`, up to one that is not plain.

    Returns the place of that, or of a character between tokens that is not, and how many tokens
    there are now.
    """
    known = count
    at, count = place_plain(data, begin, at, end, end, edges, count)
    hash_words(data, begin, edges, known, count, hashes)
    _measure_words(edges, known, count, letters)
    return at, count


@lean
def _other_tokens(
    data, begin, at, end, classes, folds, edges, hashes, letters, count, singles, paired
):
    """Write the tokens of `data[at:end]`, up to a word that may be plain: at least a character.

    Returns the place of that word, how many tokens there are now, and how many `singles`.
    """
    plain_from = at + ONE if at + WINDOW < U64(len(data)) else end
    state = word = filled = ZERO
    start = stop = size = ZERO  # of a token; it has so many characters as yet
    alone = waiting = False  # an apostrophe waits for a letter behind it
    while True:
        code, width = NEWLINE, ZERO  # behind the text
        if at < end:
            may_turn = not size and at >= plain_from and at != stop
            if may_turn and data[at] < 0x80 and classes[data[at]] == LETTER:
                break
            code, width = char_at(data, at)
        role = classes[code]
        is_letter = LETTER <= role <= ALONE
        if is_letter and not (size and (alone or role == ALONE)):
            if not size:
                start, alone = at, role == ALONE
            if waiting:
                state, word, filled = append_point(state, word, filled, QUOTE)
                size += ONE
                waiting = False
            state, word, filled = append_point(state, word, filled, folds[code])
            size += ONE
            at += width
            stop = at
            continue
        if role == APOSTROPHE and size and not (alone or waiting):
            waiting = True
            at += width
            continue
        if size:
            hashes[count] = mix(state, word) if filled else state
            letters[count] = min(size, U64(LONGEST_TOKEN))
            edges[2 * count], edges[2 * count + 1] = start - begin, stop - begin
            touches = count and edges[2 * count - 1] == edges[2 * count]
            if touches and size == ONE and letters[count - 1] == 1:
                singles[paired] = count - 1
                paired += 1
            count += 1
            state = word = filled = size = ZERO
            alone = waiting = False
        if at >= end:
            break
        if not is_letter:
            at += width
    return at, count, paired


@lean
def place_tokens(data, begin, end, classes, folds, edges, hashes, letters, singles):
    """Find the tokens of a text without invisible characters or combining marks.

    Args:
        data: UTF-8.
        begin: Where the text begins; uint64.
        end: Where it ends; uint64.
        classes: What characters do in a token, as in `codepoints.Tables`.
        folds: What they are compared as.
        edges: Where tokens begin and end, in bytes of the text; uint32.
        hashes: Of tokens; uint64.
        letters: How many characters each has; uint16.
        singles: Tokens that stand, one character long, right before another such; int32.

    Returns:
        How many tokens and `singles` there are.
    """
    at, count, paired = begin, 0, 0
    while at < end:
        at, count = _plain_tokens(data, begin, at, end, edges, hashes, letters, count)
        if at < end:
            at, count, paired = _other_tokens(
                data, begin, at, end, classes, folds, edges, hashes, letters, count, singles, paired
            )
    return count, paired
