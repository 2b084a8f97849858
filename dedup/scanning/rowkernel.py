"""Rows of articles as lines of JSON, compiled: from their MessagePacks, without an object for one.

What stands here is what `msgspec.json` makes of the same row.
"""

# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.kernel import U64, compiled, lean
from dedup.detect.lanekernel import copy_64, lowest
from dedup.scanning.ingesting.stringkernel import bytes_in, copy_bytes, write_digits

#: MessagePack: nil, the least head of a short text, heads of longer texts and of numbers.
NIL, SHORT, TEXT_8, NUMBER_8 = 0xC0, 0xA0, 0xD9, 0xCC
#: Fields of a `Known` behind its id.
MORE = 7
I64 = np.int64
QUOTE, BACKSLASH, COMMA, BRACKET = 0x22, 0x5C, 0x2C, 0x5D
#: Bytes of `null`.
NULL = 4


@lean
def _escaped(out, to, byte):
    """Write a character that JSON has no plain form for; return the place after it."""
    out[to] = BACKSLASH
    short = 0
    if byte in (QUOTE, BACKSLASH):
        short = byte
    elif byte == 0x08:
        short = 0x62
    elif byte == 0x09:
        short = 0x74
    elif byte == 0x0A:
        short = 0x6E
    elif byte == 0x0C:
        short = 0x66
    elif byte == 0x0D:
        short = 0x72
    if short:
        out[to + 1] = short
        return to + 2
    out[to + 1] = 0x75
    out[to + 2] = out[to + 3] = 0x30
    high, low = byte >> 4, byte & 0xF
    out[to + 4] = 0x30 + high
    out[to + 5] = 0x30 + low if low < 10 else 0x57 + low
    return to + 6


@lean
def _value(heap, at, out, to):
    """Write the text, number or nil at `at` as JSON; return where it ends, and the place after."""
    head = int(heap[at])
    at += 1
    if head == NIL:
        for byte in (0x6E, 0x75, 0x6C, 0x6C):
            out[to] = byte
            to += 1
        return at, to
    size = head
    if head >= NUMBER_8:
        width = 1 << (head - (TEXT_8 if head >= TEXT_8 else NUMBER_8))
        size = 0
        for _ in range(width):
            size = size << 8 | int(heap[at])
            at += 1
    elif head >= SHORT:
        size = head - SHORT
    if head < SHORT or NUMBER_8 <= head < TEXT_8:
        return at, write_digits(out, to, size)
    out[to] = QUOTE
    to += 1
    end = at + size
    while at < end:
        if at + 64 <= len(heap):
            copy_64(heap, U64(at), out, U64(to))
            found = bytes_in(heap, U64(at), 0, 0x1F) | bytes_in(heap, U64(at), QUOTE, QUOTE)
            found |= bytes_in(heap, U64(at), BACKSLASH, BACKSLASH)
            plain = min(end - at, I64(lowest(found)))
            at += plain
            to += plain
            if at == end or plain == 64:
                continue
        byte = heap[at]
        at += 1
        if byte < 0x20 or byte in (QUOTE, BACKSLASH):
            to = _escaped(out, to, int(byte))
        else:
            out[to] = byte
            to += 1
    out[to] = QUOTE
    return at, to + 1


@lean
def _id(heap, starts, row, null, out, to):
    """Write the id of a row, or null where there is none; return the place after it."""
    if row < 0:
        return copy_bytes(null, 0, NULL, out, to)
    return _value(heap, starts[row] + 1, out, to)[1]


@compiled
def write_rows(
    heap, starts, columns, held, first, stop, names, edges, roles, role_edges, like, out, end
):
    """Write the lines of articles `first` to `stop - 1`.

    Args:
        heap: MessagePack of one `Known` after another.
        starts: Where that of each row begins.
        columns: Of the articles to write, from place 0: the row that names the cluster, or -1; the
            role; the representative's row, or -1; whether it has a similarity; its words.
        held: Where the stories of each of these begin, and where the last's end; and their rows.
        first: The first to write.
        stop: The last, exclusive.
        names: What stands before each value, end to end, brackets included; then the end of a line,
            and `null`; and 64 bytes more.
        edges: Where each of these begins there, and where the last ends.
        roles: The roles, end to end; and 64 bytes more.
        role_edges: Where each begins there, and where the last ends.
        like: The similarities of those that have one, as a JSON list.
        out: Where to write; there is room, and for 64 bytes more.
        end: Set to how much was written.
    """
    clusters, role, chosen, alike, words = columns
    story_at, stories = held
    null = names[edges[-2] :]
    to, number = 0, 1  # behind the bracket of the list
    for row in range(first, stop):
        place = row - first
        to = copy_bytes(names, edges[0], edges[1], out, to)
        at, to = _value(heap, starts[row] + 1, out, to)
        to = copy_bytes(names, edges[1], edges[2], out, to)
        to = _id(heap, starts, clusters[place], null, out, to)
        to = copy_bytes(names, edges[2], edges[3], out, to)
        which = role[place]
        to = copy_bytes(roles, role_edges[which], role_edges[which + 1], out, to)
        to = copy_bytes(names, edges[3], edges[4], out, to)
        to = _id(heap, starts, chosen[place], null, out, to)
        to = copy_bytes(names, edges[4], edges[5], out, to)
        if alike[place]:
            while like[number] != COMMA and like[number] != BRACKET:
                out[to] = like[number]
                to += 1
                number += 1
            number += 1
        else:
            to = copy_bytes(null, 0, NULL, out, to)
        to = copy_bytes(names, edges[5], edges[6], out, to)
        for story in range(story_at[place], story_at[place + 1]):
            if story > story_at[place]:
                out[to] = COMMA
                to += 1
            to = _id(heap, starts, stories[story], null, out, to)
        for field in range(MORE):
            to = copy_bytes(names, edges[6 + field], edges[7 + field], out, to)
            at, to = _value(heap, at, out, to)
        to = copy_bytes(names, edges[6 + MORE], edges[7 + MORE], out, to)
        to = write_digits(out, to, words[place])
        to = copy_bytes(names, edges[7 + MORE], edges[8 + MORE], out, to)
    end[0] = to
