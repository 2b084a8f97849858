"""The compiled engine's work on topics: how alike the telling words of many pairs of sheets are.

Twin of `Sheet.topic` and `weighing.likeness`: the sums differ in the order of their terms alone.
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

from dedup.detect.kernel import ONE, SHINGLE, TOKEN, U32, WHOLE, ZERO, lean
from dedup.detect.topic import GRAMMAR_LETTERS, PAIR_WEIGHT
from dedup.scanning.windowkernel import LETTERS, NONE, SINGLES, TOKENS, clear, within


@lean
def _find(table, words, word, shift):
    """Return where in a table a word is, or would be; it holds numbers of words, from 1 on."""
    at = word * TOKEN >> shift
    mask = (ONE << (WHOLE - shift)) - ONE
    while table[at] and words[table[at] - U32(1)] != word:
        at = (at + ONE) & mask
    return at


@lean
def _fill(tokens, stops, left_out, letters, singles, words, weights, logs, table):
    """Write the telling words of one sheet; return how many there are, and the table's shift.

    Of each what it weighs and how often it was met. In the end, what it weighs times one plus the
    logarithm of that. In the table is left where each word stands.
    """
    shift = clear(table, len(tokens) + len(singles))
    count = 0
    for place in range(len(tokens) + len(singles)):
        if place < len(tokens):
            size = int(letters[place])
            if len(letters) > len(tokens):  # high bytes lie behind
                size += int(letters[len(tokens) + place]) << 8
            weight = float(size - GRAMMAR_LETTERS)
            if weight <= 0 or stops[place] & left_out:
                continue
            word = tokens[place]
        else:
            single = singles[place - len(tokens)]
            if (stops[single] | stops[single + 1]) & left_out:
                continue
            weight = PAIR_WEIGHT
            word = tokens[single] * SHINGLE + tokens[single + 1]
        at = _find(table, words, word, shift)
        if not table[at]:
            words[count] = word
            weights[count, 0], weights[count, 1] = weight, 0.0
            count += 1
            table[at] = count
        weights[table[at] - U32(1), 1] += 1.0
    for number in range(count):
        weights[number, 0] *= 1 + logs[int(weights[number, 1])]
    return count, shift


@lean
def liken(
    pairs, wide, inner, narrow, starts, lengths, offsets, stops, left_out, logs, tables, words,
    weights, begin, counts, squares, out,
):  # fmt: skip
    """Write the products of the topics of each pair of sheets: of vectors of any length.

    Args:
        pairs: Two rows each, those of one row side by side; int64.
        wide: As in `Flat`, and so the next five.
        inner: See there.
        narrow: See there.
        starts: See there.
        lengths: See there.
        offsets: See there.
        stops: Of each token, of what kinds it is left out; uint8.
        left_out: The kinds to heed.
        logs: Logarithms of the whole numbers up to the words of the longest sheet; float64.
        tables: Two, of `windowkernel.ROOM` places for each word of the longest sheet; uint32.
        words: A place for each token and each of its `Sheet.pairs`; uint64.
        weights: Two for each of these; float64.
        begin: Where those of each sheet begin; int64.
        counts: A place for each sheet; int64.
        squares: Of each sheet in a pair, that of the length of its topic; float64.
        out: Of each pair; float64.
    """
    counts[:] = NONE
    opened = NONE
    shift = ZERO
    table, other = tables
    for number in range(len(pairs)):
        a, b = pairs[number, 0], pairs[number, 1]
        for row in (a, b):
            if counts[row] != NONE:
                continue
            counts[row], filled = _fill(
                wide[within(starts, lengths, row, TOKENS)],
                stops[offsets[row] : offsets[row + 1]],
                left_out,
                narrow[within(starts, lengths, row, LETTERS)],
                inner[within(starts, lengths, row, SINGLES)],
                words[begin[row] :],
                weights[begin[row] :],
                logs,
                table if row == a else other,
            )
            if row == a:
                opened, shift = a, filled
            squares[row] = 0.0
            for place in range(begin[row], begin[row] + counts[row]):
                squares[row] += weights[place, 0] * weights[place, 0]
        words_a, weights_a = words[begin[a] :], weights[begin[a] :]
        words_b, weights_b = words[begin[b] :], weights[begin[b] :]
        if opened != a:
            opened = a
            shift = clear(table, counts[a])
            for place in range(counts[a]):
                table[_find(table, words_a, words_a[place], shift)] = place + 1
        product = 0.0
        for place in range(counts[b]):
            met = table[_find(table, words_a, words_b[place], shift)]
            if met:
                product += weights_b[place, 0] * weights_a[met - U32(1), 0]
        out[number] = product
