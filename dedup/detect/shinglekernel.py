"""Shingles and signatures of many articles, compiled.

LLVM makes vectors of what has no step that waits for the one before it.
"""

# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

from dedup.detect.kernel import FINAL, HALF, SHINGLE, U32, U64, lean
from dedup.detect.lanekernel import least_of, lesser, load_numbers, load_words, spread, store
from dedup.detect.permutations import MIX, MIX_SHIFT
from dedup.detect.tokenkernel import hash_tokens

MIX_1, MIX_2 = ((U32(shift), U32(factor)) for shift, factor in MIX)
MIX_LAST = U32(MIX_SHIFT)
#: Hashes that are made side by side.
EIGHT = 8


@lean
def hash_shingles(tokens, count, size, out, place):
    """Write the hashes of the first `count` shingles to `out` from `place` on, eight at once.

    The last eight are what ends with the last, whatever of them was among those before.
    """
    half, factor, last = spread(HALF), spread(SHINGLE), spread(FINAL)
    for begin in range(0, count if count >= EIGHT else 0, EIGHT):
        number = min(begin, count - EIGHT)
        states = load_words(tokens, number)
        for other in range(number + 1, number + size):
            states = states * factor + load_words(tokens, other)
        store(out, place + number, (states ^ states >> half) * last >> half)
    for number in range(count if count < EIGHT else 0):
        state = tokens[number]
        for other in range(number + 1, number + size):
            state = state * SHINGLE + tokens[other]
        out[place + number] = U32((state ^ state >> HALF) * FINAL >> HALF)


@lean
def shingle_rows(data, offsets, places, first, stop, size, known, tokens, out, sizes, counts):
    """Hash the shingles of articles `first` to `stop - 1`.

    At `places` the first has room for half its bytes in `out`, rounded up: no text has more tokens;
    and so have the others behind it. Each is written right behind the one before it, where it is
    then said to be. In `tokens` there is as much room for the longest. Of an article that has to
    take the plain path the count is `PLAIN`.
    """
    place = places[first]
    for row in range(first, stop):
        count = hash_tokens(data, U64(offsets[row]), U64(offsets[row + 1]), known, tokens)
        counts[row] = count
        sizes[row] = max(0, count - size + 1)
        places[row] = place
        hash_shingles(tokens, sizes[row], size, out, place)
        place += sizes[row]


@lean
def _mix_rows(hashes, start, count, mixed):
    """Write `permutations.premix` of so many hashes to `mixed`, to fill sixteen some twice.

    Returns how many there are then: by what it has seen a minimum does not change.
    """
    for number in range(0, count - 15, 16):
        values = load_numbers(hashes, start + number)
        values = (values ^ values >> spread(MIX_1[0])) * spread(MIX_1[1])
        values = (values ^ values >> spread(MIX_2[0])) * spread(MIX_2[1])
        store(mixed, number, values ^ values >> spread(MIX_LAST))
    for number in range(count - count % 16, count):
        value = hashes[start + number]
        value = U32((value ^ (value >> MIX_1[0])) * MIX_1[1])
        value = U32((value ^ (value >> MIX_2[0])) * MIX_2[1])
        mixed[number] = value ^ (value >> MIX_LAST)
    while count % 16:
        mixed[count] = mixed[0]
        count += 1
    return count


@lean
def sign_rows(hashes, offsets, first, stop, factors, terms, mixed, out):
    """Write the signatures of articles `first` to `stop - 1`, four permutations at a time.

    What is loaded serves four. In `mixed` there is room for the shingles of the longest, and for
    fifteen more.
    """
    most, last = spread(U32(0xFFFFFFFF)), len(factors) - 1
    for row in range(first, stop):
        start = offsets[row]
        count = _mix_rows(hashes, start, offsets[row + 1] - start, mixed)
        for one in range(0, len(factors), 4):
            two, three, four = min(one + 1, last), min(one + 2, last), min(one + 3, last)
            a, b = spread(factors[one]), spread(terms[one])
            c, d = spread(factors[two]), spread(terms[two])
            e, f = spread(factors[three]), spread(terms[three])
            g, h = spread(factors[four]), spread(terms[four])
            least_1 = least_2 = least_3 = least_4 = most
            for place in range(0, count, 16):
                numbers = load_numbers(mixed, place)
                least_1 = lesser(least_1, numbers * a + b)
                least_2 = lesser(least_2, numbers * c + d)
                least_3 = lesser(least_3, numbers * e + f)
                least_4 = lesser(least_4, numbers * g + h)
            out[row, one], out[row, two] = least_of(least_1), least_of(least_2)
            out[row, three], out[row, four] = least_of(least_3), least_of(least_4)
