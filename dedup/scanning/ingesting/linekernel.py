"""From the bytes of JSON lines to texts, compiled: the ordinary record, without an object for it.

What stands here is `reading.jsonl.read_jsonl` for objects of plain values, whose text is no page
and says whether it opens with its headline. Every other line is left, for that way to read.
"""

# Numba infers the types, takes arrays one by one, and is fastest with its state in locals.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0911, PLR0912, PLR0913, PLR0917

from __future__ import annotations

from dedup.detect.kernel import lean
from dedup.scanning.ingesting.fieldkernel import INTEGER, NULL, STRING, fields_of
from dedup.scanning.ingesting.headlinekernel import PERHAPS, first_word, has_word, opens
from dedup.scanning.ingesting.stringkernel import (
    REFUSED,
    code_at,
    copy_bytes,
    is_one_line,
    is_space,
    width_at,
    write_digits,
)

#: Places of the roles in the order in which they are handed over.
TEXT, ID, TITLE, OUTLET, DATE, URL, LANGUAGE, ROLES = range(8)
#: In a tail: what follows is the title, or the language.
TITLED, SPOKEN = 0xFF, 0xFE
#: MessagePack: an array of eight, nil, strings and numbers by their length.
ARRAY_8, NIL = 0x98, 0xC0


@lean
def _one_line(data, at, end, to):
    """Write `data[at:end]` without needless white space behind it, at `to`; return its end."""
    if is_one_line(data, at, end):
        return copy_bytes(data, at, end, data, to)
    start, waiting = to, False
    while at < end:
        width = width_at(data, at)
        if is_space(code_at(data, at, width)):
            waiting = to > start
            at += width
            continue
        if waiting:
            data[to] = 0x20
            to += 1
            waiting = False
        for _ in range(width):
            data[to] = data[at]
            to += 1
            at += 1
    return to


@lean
def _known(loose, role, members, kinds, starts, ends, to):
    """Write the first value of a role's fields that says something; return its end.

    Where there is none nothing is written.
    """
    for field in members[role]:
        if field >= 0 and (kinds[field] == STRING or kinds[field] == INTEGER):
            end = _one_line(loose, starts[field], ends[field], to)
            if end > to:
                return end
    return to


@lean
def _packed(out, to, data, start, end, known):
    """Write a string, or nil where it is not known, as MessagePack; return the place after it."""
    size = end - start
    if not known:
        out[to] = NIL
        return to + 1
    if size < 32:
        out[to] = 0xA0 | size
        to += 1
    elif size < 1 << 8:
        out[to] = 0xD9
        out[to + 1] = size
        to += 2
    elif size < 1 << 16:
        out[to] = 0xDA
        out[to + 1] = size >> 8
        out[to + 2] = size & 0xFF
        to += 3
    else:
        out[to] = 0xDB
        for byte in range(4):
            out[to + 1 + byte] = size >> (24 - 8 * byte) & 0xFF
        to += 5
    return copy_bytes(data, start, end, out, to)


@lean
def _number(out, to, value):
    """Write a number as MessagePack; return the place after it."""
    if value < 128:
        out[to] = value
        return to + 1
    bytes_ = 1
    head = 0xCC
    while value >> (8 * bytes_):
        bytes_ *= 2
        head += 1
    out[to] = head
    for byte in range(bytes_):
        out[to + 1 + byte] = value >> (8 * (bytes_ - 1 - byte)) & 0xFF
    return to + 1 + bytes_


@lean
def _read(data, at, end, place, fields, scratch, loose, texts, heap, tails, to):
    """Read the line at `at`; return the place of its end, or `REFUSED`, and where to go on writing.

    The arguments are those of `read_lines`; `to` is where to write in texts, heap and tails.
    """
    names, edges, members, prefix, path = fields
    kinds, starts, ends, cuts = scratch
    text_at, heap_at, tail_at = to
    line_end, stop = fields_of(data, at, end, names, edges, kinds, starts, ends, loose)
    if line_end == REFUSED:
        return REFUSED, to
    field = -1
    for candidate in members[TEXT]:
        if candidate >= 0 and kinds[candidate] != NULL:
            field = candidate
            break
    if field < 0 or kinds[field] != STRING:
        return REFUSED, to
    begin, end = starts[field], ends[field]
    if has_word(loose, begin, end) != 1 or loose[first_word(loose, begin, end)] == 0x3C:
        return REFUSED, to  # perhaps a page

    cuts[ID] = stop
    for role in range(ID, ROLES):
        cuts[role + 1] = _known(loose, role, members, kinds, starts, ends, cuts[role])
    if cuts[ID + 1] == cuts[ID] and len(prefix) == 0:
        return REFUSED, to
    language, size = cuts[LANGUAGE], cuts[LANGUAGE + 1] - cuts[LANGUAGE]
    if size:
        if size != 2 or not (
            0x61 <= loose[language] | 0x20 <= 0x7A and 0x61 <= loose[language + 1] | 0x20 <= 0x7A
        ):
            return REFUSED, to
        loose[language] |= 0x20
        loose[language + 1] |= 0x20

    title, stop = cuts[TITLE], cuts[TITLE + 1]
    worded = has_word(loose, title, stop)
    opened = opens(loose, begin, end, loose, title, stop) if worded == 1 else 1
    if PERHAPS in (worded, opened):
        return REFUSED, to
    if not opened:
        text_at = copy_bytes(loose, title, stop, texts, text_at)
        texts[text_at] = 0x0A
        text_at += 1
    text_at = copy_bytes(loose, begin, end, texts, text_at)

    heap[heap_at] = ARRAY_8
    heap_at += 1
    if cuts[ID + 1] > cuts[ID]:
        heap_at = _packed(heap, heap_at, loose, cuts[ID], cuts[ID + 1], True)
    else:
        for number in range(len(prefix)):
            loose[cuts[ROLES] + number] = prefix[number]
        after = write_digits(loose, cuts[ROLES] + len(prefix), place)
        heap_at = _packed(heap, heap_at, loose, cuts[ROLES], after, True)
    for number in range(len(path)):
        heap[heap_at + number] = path[number]
    heap_at = _number(heap, heap_at + len(path), place)
    for role in range(TITLE, ROLES):
        heap_at = _packed(
            heap, heap_at, loose, cuts[role], cuts[role + 1], cuts[role + 1] > cuts[role]
        )

    # What else the verdict on an article depends on; the marks stand in no UTF-8.
    if stop > title:
        tails[tail_at] = TITLED
        tail_at = copy_bytes(loose, title, stop, tails, tail_at + 1)
    tails[tail_at] = SPOKEN
    tail_at += 1
    for number in range(size):
        tails[tail_at] = loose[language + number]
        tail_at += 1
    return line_end, (text_at, heap_at, tail_at)


@lean
def read_lines(data, at, end, place, fields, scratch, loose, texts, heap, tails, lines, ends, read):
    """Read lines of `data[at:end]`, as many as there is room for.

    Args:
        data: JSON lines, and 64 bytes more behind `end`.
        at: Where the first begins.
        end: Where the last ends.
        place: Number of the first.
        fields: The names of all fields that are looked at, end to end; where each begins there;
            for each role the numbers of its fields, then -1; what an id made of a place begins
            with, or nothing where none may be made; the path as MessagePack.
        scratch: Room for a kind, a start and an end of each field, and for the ends of roles.
        loose: Room for what is known of an article.
        texts: The texts, end to end.
        heap: What is known of each article, as `Known` in MessagePack.
        tails: What else the verdict on it depends on.
        lines: Where each line begins; then where the next one does. Shape `(n + 1,)`.
        ends: Where its text, its part of the heap and its tail end; shape `(n, 3)`. Those of a
            line that is not ordinary are empty.
        read: How many lines were read; shape `(1,)`.
    """
    to = (0, 0, 0)
    number = 0
    while number < len(ends) and at < end:
        lines[number] = at
        after, to = _read(
            data, at, end, place + number, fields, scratch, loose, texts, heap, tails, to
        )
        if after == REFUSED:
            after = at
            while after < end and data[after] != 0x0A:
                after += 1
        at = after + 1
        ends[number, 0], ends[number, 1], ends[number, 2] = to
        number += 1
    lines[number] = min(at, end)
    read[0] = number


@lean
def _behind_text(heap, at):
    """Return the place behind a text in MessagePack."""
    head = int(heap[at])
    if head < 0xD9:
        return at + 1 + head - 0xA0
    size = 0
    for byte in range(1 << (head - 0xD9)):
        size = size << 8 | int(heap[at + 1 + byte])
    return at + 1 + (1 << (head - 0xD9)) + size


@lean
def move_rows(heap, starts, shift):
    """Add to the line number of each article, which takes four bytes before and after.

    Args:
        heap: What is known of articles, as `read_lines` writes it.
        starts: Where that of each begins.
        shift: What to add.
    """
    for row in range(len(starts)):
        at = _behind_text(heap, _behind_text(heap, starts[row] + 1)) + 1
        number = 0
        for byte in range(4):
            number = number << 8 | int(heap[at + byte])
        number += shift
        for byte in range(4):
            heap[at + byte] = number >> (24 - 8 * byte) & 0xFF


@lean
def pick_lines(read, starts, sizes, to, out):
    """Write the lines that begin at some places of what was read, end to end, from `out[to]` on.

    As much may be written over behind the last of them as `MARGIN` says.
    """
    for row in range(len(starts)):
        copy_bytes(read, starts[row], starts[row] + sizes[row], out, to)
        to += sizes[row]
