"""Digests of 128 bits, compiled: articles with one digest are the same.

Two numbers take in eight bytes after the other, each in its own way: a bijection of what they were.
Of a longer text eight pairs of numbers, side by side in vectors, take in sixty-four bytes at once,
and eight more the next sixty-four, so that nothing waits for what the first have become. This is no
cryptography: it tells articles apart that nobody made to deceive it.
"""

# mypy: disable-error-code="no-untyped-def, call-arg"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.kernel import FINAL, HALF, SHINGLE, TOKEN, U64, eight_at, lean
from dedup.detect.lanekernel import load_words, spread, sum_of
from dedup.detect.prefetchkernel import AHEAD, prefetch

START = U64(0x452821E638D01377)
#: Where the eight numbers of a vector begin, each elsewhere.
STARTS = np.array([int(START) * (2 * lane + 1) % 2**64 for lane in range(8)], dtype=np.uint64)
#: Bytes of a window.
WINDOW = 64


@lean
def _take(one, two, eight):
    one, two = (one ^ eight) * TOKEN, (two + eight) * SHINGLE
    return one ^ one >> HALF, two ^ two >> HALF


@lean
def _take_window(data, at, one, two):
    """Do what `_take` does, with the 64 bytes at `at` and eight numbers each."""
    prefetch(data, at + AHEAD)
    eights, half = load_words(data, at), spread(HALF)
    one, two = (one ^ eights) * spread(TOKEN), (two + eights) * spread(SHINGLE)
    return one ^ one >> half, two ^ two >> half


@lean
def _take_windows(data, at, end):
    """Return two numbers that depend on all bytes of `data[at:end]`, at least as many as a window.

    The last window is what ends with them, whatever of it was in the one before.
    """
    one = three = load_words(STARTS, 0)
    two = four = one ^ spread(~U64(0))
    while at + 2 * WINDOW <= end:
        one, two = _take_window(data, at, one, two)
        three, four = _take_window(data, at + WINDOW, three, four)
        at += 2 * WINDOW
    if at + WINDOW <= end:
        one, two = _take_window(data, at, one, two)
    three, four = _take_window(data, end - WINDOW, three, four)
    last = spread(FINAL)
    return sum_of(one * last + three), sum_of(two * last + four)


@lean
def _take_all(data, at, end, one, two):
    """Take in the bytes `data[at:end]`, and how many they are."""
    size = end - at
    if size >= WINDOW:
        three, four = _take_windows(data, at, end)
        one, two = (one ^ three) * TOKEN, (two + four) * SHINGLE
        return _take(one ^ one >> HALF, two ^ two >> HALF, U64(size))
    while at + 8 <= end:
        one, two = _take(one, two, eight_at(data, U64(at)))
        at += 8
    rest = U64(0)
    for place in range(at, end):
        rest = rest << U64(8) | U64(data[place])
    one, two = _take(one, two, rest)
    return _take(one, two, U64(size))


@lean
def print_rows(data, offsets, tails, tail_offsets, first, stop, out):
    """Write the digests of texts `first` to `stop - 1`, each with its tail; shape `(n, 2)`."""
    for row in range(first, stop):
        one, two = _take_all(data, offsets[row], offsets[row + 1], START, ~START)
        one, two = _take_all(tails, tail_offsets[row], tail_offsets[row + 1], one, two)
        one, two = (one ^ two >> HALF) * FINAL, (two ^ one >> HALF) * FINAL
        out[row, 0], out[row, 1] = one ^ one >> HALF, two ^ two >> HALF
