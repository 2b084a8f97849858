"""The compiled engine's work on sheets: what each of many pairs shares.

What two sheets share as they are and what they share without furniture is found at once
(`windowkernel`). `batchweighing` makes labels of the figures; where a text repeats itself so often
that this would take long, or two different windows have one hash, the pair is left to `weigh`.
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

from dedup.detect.kernel import ZERO, lean
from dedup.detect.prefetchkernel import prefetch_part
from dedup.detect.shinglekernel import hash_shingles
from dedup.scanning.comparing.briefkernel import short_run
from dedup.scanning.comparing.figures import (
    ANY_RUN,
    BARE_WORDS,
    BREAKS,
    CONTAINMENT,
    COVERAGE,
    FEWEST_OWN,
    FURNISHED,
    FURNITURE,
    IDENTICAL,
    JACCARD,
    NONE,
    OWN_COVERAGE,
    OWN_RUN,
    OWN_WORDS,
    QUOTES,
    REPEATS,
    ROUND,
    TOKENS,
    TOUCHED,
    UNSURE,
    WINDOWS,
    WORDS,
)
from dedup.scanning.comparing.meetkernel import count_covered, hold, meet
from dedup.scanning.comparing.tilekernel import longest_run, split_runs, tile
from dedup.scanning.comparing.windowkernel import (
    ALL,
    OWN,
    chain_windows,
    mark_windows,
    open_windows,
    stop_tokens,
    within,
)


@lean
def _same(a, b, stops_a, stops_b, kind):
    """Say whether two texts have the same tokens of a kind, and any at all."""
    at = to = same = 0
    while True:
        while at < len(a) and stops_a[at] & kind:
            at += 1
        while to < len(b) and stops_b[to] & kind:
            to += 1
        if at == len(a) or to == len(b):
            return same > 0 and at == len(a) and to == len(b)
        if a[at] != b[to]:
            return False
        at += 1
        to += 1
        same += 1


@lean
def _longest(one, two, stops, kind, size, short, row, stretches, count, table, runs, brief):
    """Return the longest run of a kind, or -1; one shorter than a window only if it is asked for.

    Of these it is 0 otherwise.
    """
    a, _, flags_a = one
    b, _, flags_b = two
    laid = split_runs(stretches, count, flags_a, flags_b, kind, size, runs)
    if laid or not short:
        return longest_run(runs, laid) if laid >= 0 else -1
    return short_run(a, b, stops, kind, size - 1, row, brief, table)


@lean
def _sum_up(
    one, two, stops, counts, covered, shared, side, size, short, few, least, row, stretches, count,
    table, room, found, ratios,
):  # fmt: skip
    """Write what is found of a pair as it is (a side of 0), or without furniture (1).

    Returns:
        How many of the fewer own words stand in wording of the other.
    """
    a, _, flags_a = one
    b, _, flags_b = two
    stops_a, stops_b = stops
    counts_a, counts_b = counts
    covered_a, covered_b = covered
    met, held, runs, brief = room
    words, own_words, windows = WORDS + 2 * side, OWN_WORDS + 2 * side, WINDOWS + side
    kind, own = ALL << 2 * side, OWN << 2 * side
    longest = max(counts_a[words], counts_b[words])
    fewest_own = min(counts_a[own_words], counts_b[own_words])
    fewest = min(counts_a[windows], counts_b[windows])
    alike = counts_a[words] == counts_b[words]
    found[IDENTICAL] = alike and _same(a, b, stops_a, stops_b, kind)
    if fewest:
        ratios[JACCARD] = shared / (counts_a[windows] + counts_b[windows] - shared)
        ratios[CONTAINMENT] = shared / fewest
    else:
        ratios[JACCARD] = ratios[CONTAINMENT] = found[IDENTICAL]
    taken = 0
    if counts_a[own_words] == fewest_own:
        taken = covered_a[own_words]
    if counts_b[own_words] == fewest_own:
        taken = max(taken, covered_b[own_words])
    ratios[OWN_COVERAGE] = taken / max(1, fewest_own)
    found[FEWEST_OWN] = fewest_own
    found[ANY_RUN] = 0
    for column, of in ((OWN_RUN, own), (ANY_RUN, kind)):  # in a loop it is compiled once
        if column == OWN_RUN or fewest_own < few:
            found[column] = _longest(
                one, two, stops, of, size, short, row, stretches, count, table, runs, brief
            )
    tiled = 0
    coverable = (
        not found[IDENTICAL]
        and min(counts_a[words], counts_b[words]) > 0
        and covered_a[words] >= least[counts_a[words]]
        and covered_b[words] >= least[counts_b[words]]
    )
    if coverable:
        laid = split_runs(stretches, count, flags_a, flags_b, kind, size, runs)
        tiled = tile(runs, laid, size, least[longest], met, held) if laid >= 0 else -1
    ratios[COVERAGE] = tiled / max(1, longest)
    found[UNSURE] = tiled < 0 or found[OWN_RUN] < 0 or found[ANY_RUN] < 0
    return taken


@lean
def _open(row, here, size, wide, inner, starts, lengths, windows, table, counts):
    """Make the windows of a sheet, with a table of them; return its shift."""
    hashes, stops, flags, joint, before, again = windows
    stop_tokens(
        inner[within(starts, lengths, row, FURNITURE)],
        inner[within(starts, lengths, row, BREAKS)],
        inner[within(starts, lengths, row, QUOTES)],
        stops[here],
        counts,
    )
    tokens = wide[within(starts, lengths, row, TOKENS)]
    hash_shingles(tokens, len(tokens) - size + 1, size, hashes[here], 0)
    mark_windows(stops[here], size, flags[here], joint[here])
    return chain_windows(
        hashes[here], flags[here], joint[here], before[here], again[here], table, counts
    )


@lean
def _fetch(row, wide, starts, lengths, offsets, windows):
    """Ask for a sheet and its windows, which the next pair needs."""
    hashes, _, flags, joint, _, _ = windows
    count = lengths[row, TOKENS]
    prefetch_part(wide, starts[row, TOKENS], count)
    prefetch_part(hashes, offsets[row], count)
    prefetch_part(flags, offsets[row], count)
    prefetch_part(joint, offsets[row], count)


@lean
def weigh_pairs(
    pairs, size, few, longest, most, least, wide, inner, starts, lengths, offsets, windows, tables,
    room, counts, out, ratios,
):  # fmt: skip
    """Find what each pair of sheets shares, in the columns that are named above.

    Args:
        pairs: Two rows each, those of one row side by side; int64.
        size: Tokens of a window, two at least.
        few: With fewer own words the longest run of all is found too.
        longest: Runs of a length below this are all the same without furniture.
        most: With so many of so many own words in common a pair is one story; int64.
        least: So many of so many tokens must lie in passages for these to be laid; int64.
        wide: As in `Flat`, and so the next three.
        inner: See there.
        starts: See there.
        lengths: See there.
        offsets: Where the windows of each sheet begin in these, a multiple of `ROUND`.
        windows: Hashes (uint32), stops, bits and joint bits (uint8), the chains (int32, twice) of
            the windows of all sheets: places for them, and for a round and a window more.
        tables: Two, of `room.ROOM` places for each token of the longest sheet; uint32.
        room: Places for the tokens of the longest sheet, a round and two windows; and more.
        counts: Of each sheet the columns of `windowkernel`; one of `NONE` words is yet to be
            opened, which the first pair does that asks for it.
        out: Shape `(2, COLUMNS, pairs)`, int32: with furniture and without it. The latter only
            where it may count.
        ratios: Shape `(2, RATIOS, pairs)`, float64: the same.
    """
    hashes, stops, flags, joint, before, again = windows
    table, other = tables
    met, held, stretches, runs, sums, brief = room
    brief[0][0] = NONE
    opened = NONE
    shift = ZERO
    for number in range(len(pairs)):
        row_a, row_b = pairs[number, 0], pairs[number, 1]
        for row in pairs[min(number + 1, len(pairs) - 1)]:
            if row not in (row_a, row_b):
                _fetch(row, wide, starts, lengths, offsets, windows)
        in_a = slice(offsets[row_a], offsets[row_a] + lengths[row_a, TOKENS])
        in_b = slice(offsets[row_b], offsets[row_b] + lengths[row_b, TOKENS])
        for row, here, free in ((row_a, in_a, table), (row_b, in_b, other)):
            if counts[row, WORDS] == NONE:
                filled = _open(
                    row, here, size, wide, inner, starts, lengths, windows, free, counts[row]
                )
                if row == row_a:
                    opened, shift = row, filled
        if opened != row_a:
            opened, shift = row_a, open_windows(hashes[in_a], flags[in_a], table)
        a = wide[within(starts, lengths, row_a, TOKENS)]
        b = wide[within(starts, lengths, row_b, TOKENS)]
        one, two = (a, hashes[in_a], flags[in_a]), (b, hashes[in_b], flags[in_b])
        both_stops = (stops[in_a], stops[in_b])
        both_counts = (counts[row_a], counts[row_b])
        met[: len(a) + 2 * size + ROUND] = 0
        held[: len(b) + 2 * size + ROUND] = 0
        met_a, held_b = met[size : size + len(a)], held[size : size + len(b)]
        plain, bare = out[0, :, number], out[1, :, number]
        repeats = counts[row_a, REPEATS]
        count = meet(
            one, two, joint[in_a], before[in_a], size, repeats, table, shift, met_a, held_b,
            stretches,
        )  # fmt: skip
        if count < 0:
            plain[:] = 0
            plain[UNSURE] = 1
            ratios[0, :, number] = 0
            continue
        shared, touched = hold(one, joint[in_a], before[in_a], again[in_a], repeats, met_a)
        count_covered(met, size, len(a), sums[0])
        count_covered(held, size, len(b), sums[1])
        in_one = counts[row_a, BARE_WORDS] < len(a)
        in_two = counts[row_b, BARE_WORDS] < len(b)
        plain[FURNISHED] = in_one or in_two
        plain[TOUCHED] = in_one and in_two and touched
        for side in range(2):
            taken = _sum_up(
                one, two, both_stops, both_counts, (sums[0], sums[1]), shared[side], side, size,
                side == 0 or longest < size, few, least, row_a, stretches, count, other,
                (met_a, held_b, runs, brief), out[side, :, number], ratios[side, :, number],
            )  # fmt: skip
            passages = (
                plain[FURNISHED]
                and plain[OWN_RUN] >= longest
                and taken < most[plain[FEWEST_OWN]]
                and not plain[IDENTICAL]
            )
            if side:
                plain[UNSURE] |= bare[UNSURE]
            elif not (passages or plain[TOUCHED]):
                break
