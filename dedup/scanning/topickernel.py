"""The compiled engine's work on topics: how alike the telling words of many pairs of sheets are.

Twin of `Sheet.topic` and `weighing.likeness`: the sums differ in the order of their terms alone.
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

from math import log, sqrt

import numpy as np

from dedup.detect.kernel import ONE, SHINGLE, TOKEN, U64, WHOLE, compiled
from dedup.detect.topic import GRAMMAR_LETTERS, PAIR_WEIGHT
from dedup.scanning.weighkernel import NONE, table_shift


@compiled
def _find(table, words, word, shift):
    """Return where in a table a word is, or would be; it holds numbers of words, from 1 on."""
    at = word * TOKEN >> shift
    mask = (ONE << (WHOLE - shift)) - ONE
    while table[at] and words[table[at] - 1] != word:
        at = (at + ONE) & mask
    return at


@compiled
def _clear(table, count):
    """Make room in a table for so many words; return the shift."""
    shift = table_shift(count)
    table[: ONE << (WHOLE - shift)] = 0
    return shift


@compiled
def _fill(tokens, letters, singles, words, weights, table):
    """Write the telling words of one sheet, and what they weigh; return how many there are."""
    shift = _clear(table, len(tokens) + len(singles))
    times = np.zeros(len(tokens) + len(singles), dtype=np.int64)
    count = 0
    for place in range(len(tokens) + len(singles)):
        if place < len(tokens):
            weight = float(np.int64(letters[place]) - GRAMMAR_LETTERS)
            if weight <= 0:
                continue
            word = tokens[place]
        else:
            single = singles[place - len(tokens)]
            weight = PAIR_WEIGHT
            word = tokens[single] * SHINGLE + tokens[single + 1]
        at = _find(table, words, word, shift)
        if not table[at]:
            words[count] = word
            weights[count] = weight
            count += 1
            table[at] = count
        times[table[at] - 1] += 1
    squares = 0.0
    for number in range(count):
        weights[number] *= 1 + log(times[number])
        squares += weights[number] * weights[number]
    if count:
        weights[:count] /= sqrt(squares)
    return count


@compiled
def liken(pairs, tokens, offsets, letters, singles, single_at, out):
    """Write how alike the topics of each pair of sheets are, from 0 to 1.

    Args:
        pairs: Two rows each, those of one row side by side; int64.
        tokens: Of all sheets, end to end; uint64.
        offsets: Where those of each sheet begin, and the end; int64.
        letters: Of each token; uint16.
        singles: `Sheet.pairs` of all sheets, end to end; int32.
        single_at: Where those of each sheet begin, and the end; int64.
        out: Of each pair; float64.
    """
    rows = len(offsets) - 1
    begin = offsets + single_at  # of the words of each sheet: there are no more than these
    longest = 1
    for row in range(rows):
        longest = max(longest, begin[row + 1] - begin[row])
    table = np.zeros(ONE << (WHOLE - table_shift(longest)), dtype=np.int32)
    words = np.empty(begin[rows], dtype=np.uint64)
    weights = np.empty(begin[rows], dtype=np.float64)
    counts = np.full(rows, NONE, dtype=np.int64)
    for number in range(len(pairs)):
        for side in range(2):
            row = pairs[number, side]
            if counts[row] == NONE:
                counts[row] = _fill(
                    tokens[offsets[row] : offsets[row + 1]],
                    letters[offsets[row] : offsets[row + 1]],
                    singles[single_at[row] : single_at[row + 1]],
                    words[begin[row] : begin[row + 1]],
                    weights[begin[row] : begin[row + 1]],
                    table,
                )
    opened = NONE
    shift = U64(0)
    for number in range(len(pairs)):
        a, b = pairs[number, 0], pairs[number, 1]
        if opened != a:
            opened = a
            shift = _clear(table, counts[a])
            for place in range(counts[a]):
                word = words[begin[a] + place]
                table[_find(table, words[begin[a] :], word, shift)] = place + 1
        product = 0.0
        for place in range(begin[b], begin[b] + counts[b]):
            met = table[_find(table, words[begin[a] :], words[place], shift)]
            if met:
                product += weights[place] * weights[begin[a] + met - 1]
        out[number] = min(1.0, product)
