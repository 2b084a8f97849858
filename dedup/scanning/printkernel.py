"""Digests of 128 bits, compiled: articles with one digest are the same.

Two numbers take in every eight bytes, each in its own way: a bijection of what they were, so that
two texts of one length which differ in a single place never have the same. This is no cryptography:
it tells articles apart that nobody made to deceive it, five times as fast as SHA-256.
"""

# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

from dedup.detect.kernel import FINAL, HALF, SHINGLE, TOKEN, U64, _eight, lean

START = U64(0x452821E638D01377)


@lean
def _take(one, two, eight):
    one, two = (one ^ eight) * TOKEN, (two + eight) * SHINGLE
    return one ^ one >> HALF, two ^ two >> HALF


@lean
def _take_all(data, at, end, one, two):
    """Take in the bytes `data[at:end]`, and how many they are."""
    size = end - at
    while at + 8 <= end:
        one, two = _take(one, two, _eight(data, U64(at)))
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
