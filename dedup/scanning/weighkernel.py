"""The compiled engine's work on sheets: what each of many pairs shares, as whole numbers.

The windows of one sheet are looked up in a table of the other's; where one is found, both are
followed for as long as they agree, so that most windows of two versions are never looked up. What
is found is four answers at once (`windowkernel`). `batchweighing` makes ratios and labels of
the numbers; where a text repeats itself so often that this would take long, or two different
windows have one hash, the pair is left to `weigh`.
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.kernel import ZERO, compiled
from dedup.scanning.tilekernel import (
    AT,
    BOTH,
    MOST_WORK,
    TO,
    WINDOWS,
    longest_run,
    short_run,
    split_runs,
    tile,
)
from dedup.scanning.windowkernel import (
    ALL,
    BARE,
    BARE_OWN,
    BARE_OWN_WORDS,
    BARE_WORDS,
    BREAKS,
    FURNITURE,
    KINDS,
    LAST,
    NONE,
    OWN,
    OWN_WORDS,
    QUOTES,
    REPEATS,
    TOKENS,
    TOUCHES,
    TWICE,
    WORDS,
    chain_windows,
    find,
    hash_windows,
    mark_windows,
    open_windows,
    piece,
    stop_tokens,
)

#: Columns of what is found of a pair, with furniture or without it.
IDENTICAL, SHARED, TAKEN, OWN_RUN, ANY_RUN, COVERED, TOUCHED, UNSURE = range(8)
COLUMNS = 8
#: Stretches, and runs that are tiled, before giving up.
MOST_RUNS = 1024


@compiled
def _agree(hashes_a, flags_a, hashes_b, flags_b, at, to):
    """Say whether two windows are alike."""
    return flags_a[at] & flags_b[to] & ALL and hashes_a[at] == hashes_b[to]


@compiled
def _follow(one, two, at, to, size, stretch):
    """Write the stretch that begins at two windows which are alike; return how long it is.

    Less than zero where it is of windows that only their hashes make alike. What is looped over
    are arrays of their own: the compiler makes vectors of these.
    """
    most = min(len(one[0]) - at, len(two[0]) - to)
    a, hashes_a, flags_a = one[0][at:], one[1][at : at + most], one[2][at : at + most]
    b, hashes_b, flags_b = two[0][to:], two[1][to : to + most], two[2][to : to + most]
    windows = 1
    while (
        windows < most
        and hashes_a[windows] == hashes_b[windows]
        and flags_a[windows] & flags_b[windows] & ALL
    ):
        windows += 1
    both = KINDS
    for step in range(windows):
        both &= flags_a[step] & flags_b[step]
    differ = ZERO
    for step in range(windows + size - 1):
        differ |= a[step] ^ b[step]
    stretch[WINDOWS], stretch[AT], stretch[TO], stretch[BOTH] = windows, at, to, both
    return windows if not differ else -windows


@compiled
def _mark(flags_b, joint_a, met, held):
    """Tell the windows of a stretch of what kinds they are in the other sheet."""
    for step in range(len(met)):
        met[step] |= flags_b[step]
    for step in range(len(held)):
        held[step] = flags_b[step] & joint_a[step]


@compiled
def _meet(one, two, joint_a, before_a, size, repeats, table, shift, met, held, stretches):
    """Find all stretches of windows that two sheets have in common; return how many, or -1.

    Args:
        one: Tokens, hashes and bits of the first sheet.
        two: Of the second.
        joint_a: Of what kinds any window of the first is that is alike to each.
        before_a: The chains of the first.
        size: Tokens of a window.
        repeats: How many windows of the first are alike to an earlier one.
        table: Of the first.
        shift: Of the table.
        met: Is told of each window of the first of what kinds those of the second are.
        held: Is told of each window of the second of what kinds it is that the first has too.
        stretches: Where to.
    """
    a, hashes_a, flags_a = one
    b, hashes_b, flags_b = two
    met[: len(a)] = 0
    held[: len(b)] = 0
    most = MOST_WORK * (len(a) + len(b))
    count = to = 0
    while to < len(b):
        if not flags_b[to] & ALL:
            to += 1
            continue
        at = np.int64(table[find(table, hashes_a, hashes_b[to], shift)]) - 1
        if at == NONE:
            to += 1
            continue
        if count == len(stretches):
            return -1
        windows = _follow(one, two, at, to, size, stretches[count])
        if windows < 0:
            return -1
        joined = at > 0 and to > 0 and _agree(hashes_a, flags_a, hashes_b, flags_b, at - 1, to - 1)
        count += not joined
        here, there = slice(to, to + windows), slice(at, at + windows)
        _mark(flags_b[here], joint_a[there], met[there], held[here])
        for step in range(windows if repeats else 0):
            if not flags_a[at + step] & TWICE:
                continue
            place = to + step
            other = np.int64(table[find(table, hashes_a, hashes_b[place], shift)]) - 1
            while other != NONE:
                most -= 1
                joined = other > 0 and place > 0
                if other != at + step and not (
                    joined and _agree(hashes_a, flags_a, hashes_b, flags_b, other - 1, place - 1)
                ):
                    if count == len(stretches):
                        return -1
                    more = _follow(one, two, other, place, size, stretches[count])
                    if more < 0:
                        return -1
                    most -= more
                    count += 1
                other = before_a[other]
            if most < 0:
                return -1
        to += windows
    return count


@compiled
def _spread(met, size, covered, counts):
    """Count the tokens that lie in windows of each kind that are marked so.

    `covered` is told of each token in what kinds of them it lies.
    """
    count = len(met)
    for place in range(count):
        covered[place] = met[place]
    for step in range(1, size):
        behind = covered[step:]
        for place in range(count - step):
            behind[place] |= met[place]
    everywhere = own = bare = bare_own = 0
    for place in range(count):
        everywhere += covered[place] & 1
        own += (covered[place] >> 1) & 1
        bare += (covered[place] >> 2) & 1
        bare_own += (covered[place] >> 3) & 1
    counts[0], counts[1], counts[2], counts[3] = everywhere, own, bare, bare_own


@compiled
def _hold(one, joint_a, before_a, again_a, repeats, met):
    """Tell each window of the first sheet of what kinds both have it, and it is itself.

    Returns:
        How many different windows both have, as they are and without furniture, and whether one
        of these begins or ends in furniture.
    """
    _, _, flags_a = one
    for number in range(repeats):
        place = again_a[number]
        met[place] |= met[before_a[place]]
    for number in range(repeats - 1, -1, -1):
        place = again_a[number]
        met[before_a[place]] = met[place]
    shared = bare = touched = 0
    for place in range(len(flags_a)):
        both = met[place] & joint_a[place]
        last = (flags_a[place] // LAST) & 1
        shared += both & last
        bare += (both // BARE) & last
        touched |= (met[place] & ALL) * TOUCHES & flags_a[place]
        met[place] &= flags_a[place]
    return shared, bare, touched


@compiled
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


@compiled
def _runs(one, two, stops, kind, size, short, row, stretches, count, table, brief):
    """Return the longest run of a kind; one shorter than a window is 0 unless it is asked for."""
    a, _, flags_a = one
    b, _, flags_b = two
    run = longest_run(stretches, count, flags_a, flags_b, kind, size)
    if run or not short:
        return run
    return short_run(a, b, stops, kind, size - 1, row, brief, table)


@compiled
def _sum_up(
    one, two, stops, counts, covered, kind, size, short, few, least, row, stretches, count, table, room,
    found,
):  # fmt: skip
    """Write what is found of a pair as it is (`ALL`), or without furniture (`BARE`)."""
    a, _, flags_a = one
    b, _, flags_b = two
    stops_a, stops_b = stops
    counts_a, counts_b = counts
    covered_a, covered_b = covered
    met, held, runs, brief = room
    words = WORDS if kind == ALL else BARE_WORDS
    own_words = OWN_WORDS if kind == ALL else BARE_OWN_WORDS
    own = OWN if kind == ALL else BARE_OWN
    alike = counts_a[words] == counts_b[words]
    found[IDENTICAL] = alike and _same(a, b, stops_a, stops_b, kind)
    if counts_a[own_words] <= counts_b[own_words]:
        found[TAKEN] = covered_a[own_words]
    if counts_b[own_words] <= counts_a[own_words]:
        found[TAKEN] = max(found[TAKEN], covered_b[own_words])
    found[OWN_RUN] = _runs(one, two, stops, own, size, short, row, stretches, count, table, brief)
    if min(counts_a[own_words], counts_b[own_words]) < few:
        found[ANY_RUN] = _runs(
            one, two, stops, kind, size, short, row, stretches, count, table, brief
        )
    need = least[max(counts_a[words], counts_b[words])]
    coverable = (
        not found[IDENTICAL]
        and min(counts_a[words], counts_b[words]) > 0
        and covered_a[words] >= least[counts_a[words]]
        and covered_b[words] >= least[counts_b[words]]
    )
    if coverable:
        laid = split_runs(stretches, count, flags_a, flags_b, kind, size, runs)
        found[COVERED] = tile(runs, laid, size, need, met, held) if laid >= 0 else -1
    found[UNSURE] |= found[COVERED] < 0 or found[OWN_RUN] < 0 or found[ANY_RUN] < 0


@compiled
def weigh_pairs(
    pairs, size, few, longest, most, least, wide, inner, starts, lengths, offsets, windows, tables,
    room, counts, out,
):  # fmt: skip
    """Find what each pair of sheets shares, in the columns that are named above.

    Args:
        pairs: Two rows each, those of one row side by side; int64.
        size: Tokens of a window, two at least.
        few: With fewer own words the longest run of all is found too.
        longest: Runs of a length below this are all the same without furniture.
        most: With so many of so many own words in common a pair is one story; int64.
        least: So many of so many tokens must lie in passages for these to be laid; int64.
        wide: As in `Flat`, and so the next four.
        inner: See there.
        starts: See there.
        lengths: See there.
        offsets: See there.
        windows: Hashes (uint32), stops, bits and joint bits (uint8), the chains (int32, twice) of
            the windows of all sheets: places for them.
        tables: Two, of `ROOM` places for each token of the longest sheet; uint32.
        room: Places for the tokens of the longest sheet and more.
        counts: Of each sheet the columns of `windowkernel`; those of sheets in a pair are written.
        out: Shape `(2, pairs, COLUMNS)`, int64: with furniture and without it. The latter only
            where it may count.
    """
    hashes, stops, flags, joint, before, again = windows
    table, other = tables
    rolling, met, held, covered, stretches, runs, sums, brief = room
    counts[:, WORDS] = NONE
    brief[0][0] = NONE
    opened = NONE
    shift = ZERO
    for number in range(len(pairs)):
        row_a, row_b = pairs[number, 0], pairs[number, 1]
        in_a = slice(offsets[row_a], offsets[row_a + 1])
        in_b = slice(offsets[row_b], offsets[row_b + 1])
        for row, here in ((row_a, in_a), (row_b, in_b)):
            if counts[row, WORDS] != NONE:
                continue
            stop_tokens(
                piece(inner, starts, lengths, row, FURNITURE),
                piece(inner, starts, lengths, row, BREAKS),
                piece(inner, starts, lengths, row, QUOTES),
                stops[here],
                counts[row],
            )
            tokens = piece(wide, starts, lengths, row, TOKENS)
            hash_windows(tokens, size, rolling, hashes[here])
            mark_windows(stops[here], size, flags[here], joint[here])
            first = row == row_a
            filled = chain_windows(
                hashes[here],
                flags[here],
                joint[here],
                before[here],
                again[here],
                table if first else other,
                counts[row],
            )
            if first:
                opened, shift = row, filled
        if opened != row_a:
            opened, shift = row_a, open_windows(hashes[in_a], flags[in_a], table)
        a = piece(wide, starts, lengths, row_a, TOKENS)
        b = piece(wide, starts, lengths, row_b, TOKENS)
        one, two = (a, hashes[in_a], flags[in_a]), (b, hashes[in_b], flags[in_b])
        both_stops = (stops[in_a], stops[in_b])
        both_counts = (counts[row_a], counts[row_b])
        met_a, held_b = met[: len(one[0])], held[: len(two[0])]
        plain, bare = out[0, number], out[1, number]
        repeats = counts[row_a, REPEATS]
        count = _meet(
            one, two, joint[in_a], before[in_a], size, repeats, table, shift, met_a, held_b,
            stretches,
        )  # fmt: skip
        plain[:] = 0
        bare[:] = 0
        plain[UNSURE] = count < 0
        if count < 0:
            continue
        plain[SHARED], bare[SHARED], touched = _hold(
            one, joint[in_a], before[in_a], again[in_a], repeats, met_a
        )
        plain[TOUCHED] = touched > 0
        _spread(met_a, size, covered, sums[0])
        _spread(held_b, size, covered, sums[1])
        _sum_up(
            one, two, both_stops, both_counts, (sums[0], sums[1]), ALL, size, True, few, least, row_a,
            stretches, count, other, (met_a, held_b, runs, brief), plain,
        )  # fmt: skip
        bare_a, bare_b = counts[row_a, BARE_WORDS], counts[row_b, BARE_WORDS]
        in_one, in_two = bare_a < len(one[0]), bare_b < len(two[0])
        own_words = min(counts[row_a, OWN_WORDS], counts[row_b, OWN_WORDS])
        passages = (
            (in_one or in_two)
            and plain[OWN_RUN] >= longest
            and plain[TAKEN] < most[own_words]
            and not plain[IDENTICAL]
        )
        bare[TOUCHED] = passages or (in_one and in_two and touched > 0)
        if bare[TOUCHED]:
            _sum_up(
                one, two, both_stops, both_counts, (sums[0], sums[1]), BARE, size, longest < size,
                few, least, row_a, stretches, count, other, (met_a, held_b, runs, brief), bare,
            )  # fmt: skip
            plain[UNSURE] |= bare[UNSURE]
