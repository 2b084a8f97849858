"""Which lines of a text a rule may tell: see `linescreen`."""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.kernel import (
    EIGHT,
    ONE,
    U32,
    U64,
    ZERO,
    eight_at,
    encode_point,
    lean,
    mix,
)
from dedup.detect.lanekernel import bits_between
from dedup.scanning.outlining.linescreen import (
    ANCHOR_LETTERS,
    ANCHORED,
    ASIDE,
    IN_NAME,
    NAMED,
    NAMES,
    NEEDLESS,
    OPENLESS,
    SPACE,
    USUAL,
    WHOLE_OPENS,
    WHOLE_WORDS,
    WORDLESS,
)
from dedup.scanning.outlining.outlined import BLOCK_BITS, FIRST, LENGTH, STOP, TOKENS, WIDE
from dedup.scanning.outlining.outlinekernel import char_before, feature_of
from dedup.scanning.outlining.wordkernel import char_at
from dedup.scanning.outlining.wordtrie import FOLD, SORT_BITS, SORTS
from dedup.text.rules import EDGE, LONGEST

BLANK_BYTE = 0x20
#: Of the sorts of bytes, and of those of two.
BITS, PAIRS = U64(SORT_BITS), U64(SORTS * SORTS - 1)
SMALL, FOLDED = np.uint8(FOLD), U64(FOLD)
#: Bytes in which anchors are looked for at once.
BLOCK, SHIFT = 1 << BLOCK_BITS, U64(BLOCK_BITS)
#: Bytes behind a block that are looked at.
ROOM = U64(ANCHOR_LETTERS)


@lean
def find_anchors(data, begin, end, anchors, anchored, blocks):
    """Write down which rules may have a word that begins in each block of a text.

    Where too few bytes follow, it is all rules. A letter 0 of an anchor is any. One anchor comes
    after the other, not one block: what is looked for stays in registers.
    """
    count = (end - begin + U64(BLOCK - 1)) >> SHIFT
    seen = min(count, (max(U64(len(data)), begin + ROOM) - begin - ROOM) >> SHIFT)
    for block in range(count):
        blocks[block] = ZERO if block < seen else ~ZERO
    for number in range(len(anchors)):
        a, b = U64(anchors[number, 0]), U64(anchors[number, 1])
        c, d = U64(anchors[number, 2]), U64(anchors[number, 3])
        rules = anchored[number]
        for block in range(seen):
            at = begin + (U64(block) << SHIFT)
            hits = bits_between(data, at, FOLDED, a, a)
            if b:
                hits &= bits_between(data, at + ONE, FOLDED, b, b)
                hits &= bits_between(data, at + U64(2), FOLDED, c, c if c else U64(0xFF))
                hits &= bits_between(data, at + U64(3), FOLDED, d, d if d else U64(0xFF))
            blocks[block] |= rules if hits else ZERO


@lean
def _step(state, code, steps, columns):
    """Return the state that follows a state and a character."""
    if code < 0x80:
        return U64(steps[state, columns[code]])
    encoded, size = encode_point(code)
    for _ in range(size):
        state = U64(steps[state, columns[encoded & U64(0xFF)]])
        encoded >>= EIGHT
    return state


@lean
def _next(data, at, features):
    """Return the next character of a line, all white space as one blank, and where it ends."""
    code, width = char_at(data, at)
    if not feature_of(features, code) & SPACE:
        return code, at + width
    while feature_of(features, code) & SPACE:
        at += width
        code, width = char_at(data, at)
    return U32(BLANK_BYTE), at


@lean
def _is_small(byte):
    """Say whether a byte is a letter from a to z, large or small."""
    return 0x61 <= byte | SMALL <= 0x7A


@lean
def _front(data, at, stop, folds, features, columns, steps, silent, says, whole):
    """Return what the words of a trie say that `data[at:stop]` begins with.

    A word behind which a letter stands says nothing to the rules `whole`.
    """
    found = state = ZERO
    while at < stop:
        byte = data[at]
        if BLANK_BYTE < byte < 0x80:
            state = U64(steps[state, columns[folds[byte]]])
            at += ONE
        else:
            code, at = _next(data, at, features)
            state = _step(state, folds[code], steps, columns)
        if not state:
            break
        if state >= U64(silent):
            goes_on = at < stop and _is_small(data[at])
            found |= says[state] & ~whole if goes_on else says[state]
    return found


@lean
def _needs(data, first, stop, folds, features, columns, needs, whole, many):
    """Return the rules that need a word which is in a line, those `whole` between no letters.

    Of rules that not every line may be told by, words are looked for where these are `many`.
    What is behind the line does not matter: a word that goes on there is not in it.
    """
    steps, silent, says, sorts, starts = needs
    found, last = ZERO, U64(len(data) - 1)
    two = U64(sorts[data[first]]) << BITS | U64(sorts[data[min(first + ONE, last)]])
    for place in range(first, stop):
        third = U64(sorts[data[min(place + U64(2), last)]])
        words = U64(starts[U64(many), two]) >> third & ONE
        two = (two << BITS | third) & PAIRS
        if not words or data[place] & 0xC0 == 0x80:
            continue
        said = _front(data, place, stop, folds, features, columns, steps, silent, says, whole)
        follows = place > first and _is_small(data[place - ONE])
        found |= said & ~whole if follows else said
    return found


@lean
def _ends_with_name(data, first, stop, features):
    """Say whether a line may end with a name (`rules.Rule.named`)."""
    if not feature_of(features, char_before(data, stop)[0]) & IN_NAME:
        return False
    while stop > first and data[stop - ONE] != BLANK_BYTE:
        stop -= ONE
    return feature_of(features, char_at(data, stop)[0]) & NAMES != 0


@lean
def rules_for(data, begin, lines, line, count, folds, features, screen, blocks):
    """Return which rules may tell a line; none for most."""
    columns, beginnings, needs, wants, fits, stand = screen
    length = lines[line, LENGTH]
    if length > LONGEST:
        return ZERO
    where = 0 if line < EDGE else 2 if line >= count - EDGE else 1
    found = fits[length] & stand[where]
    if not found or lines[line, WIDE]:
        return found
    first, stop = begin + U64(lines[line, FIRST]), begin + U64(lines[line, STOP])
    if found & wants[NAMED] and not _ends_with_name(data, first, stop, features):
        found &= ~wants[NAMED]
    if lines[line, TOKENS] > (lines[line - 1, TOKENS] if line else 0):
        found &= ~wants[WORDLESS]
    steps, silent, says = beginnings
    ended = wants[WHOLE_OPENS]
    opens = _front(data, first, stop, folds, features, columns, steps, silent, says, ended)
    # Phrases do not mind dashes and the like before them.
    at = first
    while at < stop:
        code, width = char_at(data, at)
        if not feature_of(features, code) & (ASIDE | SPACE):
            break
        at += width
    if at > first:
        opens |= _front(data, at, stop, folds, features, columns, steps, silent, says, ended)
    found &= opens | wants[OPENLESS]
    free = found & wants[NEEDLESS]
    if found == free:
        return found
    near = ~wants[ANCHORED]
    for block in range((first - begin) >> SHIFT, ((stop - begin - ONE) >> SHIFT) + ONE):
        near |= blocks[block]
    found &= near
    if found == free:
        return found
    whole = wants[WHOLE_WORDS]
    many = found & ~free & ~wants[USUAL] != ZERO
    said = _needs(data, first, stop, folds, features, columns, needs, whole, many)
    return free | found & said


@lean
def digest(data, at, stop, where):
    """Return 64 bits that stand for a line at a place of its text; the last two are 0."""
    state = mix(ZERO, U64(where + 1))
    while at + EIGHT <= stop:
        state = mix(state, eight_at(data, at))
        at += EIGHT
    rest = filled = ZERO
    while at < stop:
        rest |= U64(data[at]) << filled
        filled += EIGHT
        at += ONE
    state = mix(mix(state, rest), filled)
    return state & ~U64(3)
