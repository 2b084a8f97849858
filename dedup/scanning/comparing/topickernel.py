"""The compiled engine's work on topics: how alike the telling words of many pairs of sheets are.

Twin of `Sheet.topic` and `weighing.likeness`: the sums differ in the order of their terms alone.
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def, assignment"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.kernel import ONE, SHINGLE, TOKEN, U32, U64, WHOLE, ZERO, lean
from dedup.detect.lanekernel import above, load_bytes, lowest, spread
from dedup.detect.prefetchkernel import prefetch_part
from dedup.detect.topic import GRAMMAR_LETTERS, PAIR_WEIGHT
from dedup.scanning.comparing.figures import FURNITURE, LETTERS, NONE, ROUND, SINGLES, TOKENS
from dedup.scanning.comparing.windowkernel import U8, clear, first_bits, taken, within

#: Of the topic of a sheet, where its words begin and how many it has.
BEGIN, COUNT = range(2)


@lean
def _find(table, words, word, shift):
    """Return where in a table a word is, or would be; it holds numbers of words, from 1 on."""
    at = word * TOKEN >> shift
    mask = (ONE << (WHOLE - shift)) - ONE
    while table[at] and words[table[at] - U32(1)] != word:
        at = (at + ONE) & mask
    return at


@lean
def _note(word, weight, count, words, weights, often, table, shift):
    """Note that a word was met; return how many there are now."""
    at = _find(table, words, word, shift)
    if not table[at]:
        words[count], weights[count], often[count] = word, weight, 0
        count += 1
        table[at] = count
    often[table[at] - U32(1)] += 1
    return count


@lean
def _telling(narrow, begin, left):
    """Return a bit for each of a round of letters, at most `left`: whether it makes a word tell."""
    if begin + ROUND <= len(narrow):
        bits = above(load_bytes(narrow, begin), spread(U8(GRAMMAR_LETTERS)))
        return bits & first_bits(left)
    bits = ZERO  # at the end of all
    for step in range(min(left, ROUND)):
        bits |= U64(narrow[begin + step] > GRAMMAR_LETTERS) << U64(step)
    return bits


@lean
def _fill(tokens, narrow, letters, singles, left_out, words, weights, often, logs, table):
    """Write the telling words of one sheet and what they weigh; return how many, and a shift.

    A word weighs by its letters, times one plus the logarithm of how often it was met. In the table
    is left where each word stands, by the shift.
    """
    shift = clear(table, len(tokens) + len(singles))
    count = out = 0
    high = letters.stop - letters.start > len(tokens)  # bytes lie behind the low ones
    for begin in range(0, len(tokens), ROUND):
        low, left = letters.start + begin, len(tokens) - begin
        bits = _telling(narrow, low, left)
        for step in range(min(left, ROUND) if high else 0):
            bits |= U64(narrow[low + len(tokens) + step] > 0) << U64(step)
        while out < len(left_out) and left_out[out] < begin + ROUND:
            bits &= ~(ONE << U64(left_out[out] - begin))
            out += 1
        while bits:
            step = np.int64(lowest(bits))
            bits &= bits - ONE
            size = int(narrow[low + step])
            if high:
                size += int(narrow[low + len(tokens) + step]) << 8
            weight = float(size - GRAMMAR_LETTERS)
            word = tokens[begin + step]
            count = _note(word, weight, count, words, weights, often, table, shift)
    out = 0
    for number in range(len(singles)):
        single = singles[number]
        while out < len(left_out) and left_out[out] < single:
            out += 1
        if out == len(left_out) or left_out[out] > single + 1:
            word = tokens[single] * SHINGLE + tokens[single + 1]
            count = _note(word, PAIR_WEIGHT, count, words, weights, often, table, shift)
    for number in range(count):
        weights[number] *= 1 + logs[often[number]]
    return count, shift


@lean
def _product(words_a, weights_a, table, shift, words_b, weights_b, count):
    """Return the product of a topic that lies in a table and one of so many words."""
    product = 0.0
    for begin in range(0, count, ROUND):
        bits = taken(table, words_b, begin, shift) & first_bits(count - begin)
        while bits:
            place = begin + np.int64(lowest(bits))
            bits &= bits - ONE
            met = table[_find(table, words_a, words_b[place], shift)]
            if met:
                product += weights_b[place] * weights_a[met - U32(1)]
    return product


@lean
def _fetch(row, place, wide, narrow, starts, lengths, words, weights):
    """Ask for the topic of a sheet, which the next pair needs, or for what it is made of."""
    if place[COUNT] == NONE:
        prefetch_part(wide, starts[row, TOKENS], lengths[row, TOKENS])
        prefetch_part(narrow, starts[row, LETTERS], lengths[row, LETTERS])
    else:
        prefetch_part(words, place[BEGIN], place[COUNT])
        prefetch_part(weights, place[BEGIN], place[COUNT])


@lean
def liken(
    pairs, bare, wide, inner, narrow, starts, lengths, logs, tables, often, filled, places, words,
    weights, squares, out,
):  # fmt: skip
    """Write the products of the topics of each pair of sheets: of vectors of any length.

    Args:
        pairs: Two rows each, those of one row side by side; int64.
        bare: 1 for topics without furniture, else 0.
        wide: As in `Flat`, and so the next four.
        inner: See there.
        narrow: See there.
        starts: See there.
        lengths: See there.
        logs: Logarithms of the whole numbers up to the words of the longest sheet; float64.
        tables: Two, of `room.ROOM` places for each word of the longest sheet; uint32.
        often: A place for each of these words; int32.
        filled: How many of the next places are taken; int64.
        places: Of the topic of each sheet with furniture and without it `BEGIN` and `COUNT`, the
            latter `NONE` where it is yet to be found; int64.
        words: A place for each token and each of its `Sheet.pairs`, with furniture and without it,
            and for a round; uint64.
        weights: The same; float64.
        squares: Of each topic, the square of its length; float64.
        out: Of each pair; float64.
    """
    opened = NONE
    shift = ZERO
    table, other = tables
    for number in range(len(pairs)):
        a, b = pairs[number, 0], pairs[number, 1]
        for row in pairs[min(number + 1, len(pairs) - 1)]:
            if row not in (a, b):
                _fetch(row, places[bare, row], wide, narrow, starts, lengths, words, weights)
        for row in (a, b):
            if places[bare, row, COUNT] != NONE:
                continue
            begin = filled[0]
            furniture = inner[within(starts, lengths, row, FURNITURE)]
            count, row_shift = _fill(
                wide[within(starts, lengths, row, TOKENS)],
                narrow,
                within(starts, lengths, row, LETTERS),
                inner[within(starts, lengths, row, SINGLES)],
                furniture if bare else furniture[:0],
                words[begin:],
                weights[begin:],
                often,
                logs,
                table if row == a else other,
            )
            if row == a:
                opened, shift = a, row_shift
            squares[bare, row] = 0.0
            for place in range(begin, begin + count):
                squares[bare, row] += weights[place] * weights[place]
            places[bare, row, BEGIN], places[bare, row, COUNT] = begin, count
            filled[0] += count
        begin_a, begin_b = places[bare, a, BEGIN], places[bare, b, BEGIN]
        words_a, weights_a = words[begin_a:], weights[begin_a:]
        if opened != a:
            opened, shift = a, clear(table, places[bare, a, COUNT])
            for place in range(places[bare, a, COUNT]):
                table[_find(table, words_a, words_a[place], shift)] = place + 1
        out[number] = _product(
            words_a, weights_a, table, shift,
            words[begin_b:], weights[begin_b:], places[bare, b, COUNT],
        )  # fmt: skip
