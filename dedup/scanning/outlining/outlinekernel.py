"""Where the tokens, lines and quotation marks of a text are, compiled.

It says what `paragraphs`, `tokenize` and the marks of `quotations` say, of all but a few texts: one
with invisible characters or combining marks is `PLAIN`, and left to `text.outline`. What may end a
line or mark a quotation is found in sixty-four bytes at once, and so are words (`wordkernel`).
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917, PLR1714

from __future__ import annotations

from dedup.detect.codepoints import ALONE, APOSTROPHE, LETTER, PLAIN
from dedup.detect.kernel import ONE, U64, WHOLE, ZERO, lean
from dedup.detect.lanekernel import bits_between, how_many, lowest
from dedup.detect.tokenkernel import AS_IT_IS, FAR
from dedup.scanning.outlining.linescreen import (
    CODE_POINTS,
    LINE_END,
    MARK,
    SINGLE_MARK,
    SPACE,
    WIDENS,
)
from dedup.scanning.outlining.outlined import (
    AT,
    BEFORE_IT,
    CODE,
    FIRST,
    LENGTH,
    LINE,
    PLACE,
    STOP,
    TOKENS,
    WIDE,
)
from dedup.scanning.outlining.wordkernel import char_at, place_tokens

#: Tokens that are passed over at once where one behind them is looked for.
STRIDE = 16


@lean
def char_before(data, at):
    """Return the character that ends at `at`, and how many bytes it has."""
    at -= ONE
    while data[at] & 0xC0 == 0x80:
        at -= ONE
    return char_at(data, at)


@lean
def feature_of(features, code):
    """Return what a character is to lines and quotations."""
    return features[code] if code < CODE_POINTS else features[0]


@lean
def _is_letter(classes, code):
    """Say whether a character is part of a token wherever it stands."""
    return LETTER <= classes[code] <= ALONE


@lean
def _look(data, at, end):
    """Return a bit for each of the 64 bytes at `at`: which go on with a character, which to ask.

    The latter begin a character that is no ASCII, may end a line, or mark a quotation.
    """
    tails = asked = ZERO
    if at + WHOLE <= U64(len(data)):
        tails = bits_between(data, at, AS_IT_IS, U64(0x80), U64(0xBF))
        asked = bits_between(data, at, AS_IT_IS, U64(0xC0), U64(0xFF))
        asked |= bits_between(data, at, AS_IT_IS, U64(0), U64(0x1F))
        asked |= bits_between(data, at, AS_IT_IS, U64(0x22), U64(0x22))
        asked |= bits_between(data, at, AS_IT_IS, U64(0x27), U64(0x27))
    else:
        for place in range(U64(len(data)) - at):
            byte, bit = data[at + U64(place)], ONE << U64(place)
            if 0x80 <= byte < 0xC0:
                tails |= bit
            elif byte >= 0x80 or byte < 0x20 or byte == 0x22 or byte == 0x27:
                asked |= bit
    within = ~ZERO >> (WHOLE - min(end - at, WHOLE))
    return tails & within, asked & within


@lean
def _write_line(data, begin, start, stop, features, lines, count):
    """Write where `data[start:stop]` has a line; return how many there are now.

    `start` and `stop` are each a place and the bytes before it that are no characters of their own.
    """
    first, first_extra = start
    last, last_extra = stop
    while first < last:
        code, width = char_at(data, first)
        if not feature_of(features, code) & SPACE:
            break
        first += width
        first_extra += width - ONE
    if first >= last:
        return count
    while True:
        code, width = char_before(data, last)
        if not feature_of(features, code) & SPACE:
            break
        last -= width
        last_extra -= width - ONE
    lines[count, FIRST], lines[count, STOP] = first - begin, last - begin
    lines[count, PLACE] = first - begin - first_extra
    lines[count, LENGTH] = last - first - (last_extra - first_extra)
    return count + 1


@lean
def _find_lines(data, begin, end, classes, features, lines, marks):
    """Find lines and quotation marks; return how many there are, or `PLAIN`."""
    count = marked = 0
    start = begin, ZERO
    extra = ZERO
    wide = False
    at = begin
    while at < end:
        tails, asked = _look(data, at, end)
        while asked:
            here = at + lowest(asked)
            before = (asked & (~asked + ONE)) - ONE
            asked &= asked - ONE
            code, width = char_at(data, here)
            role, what = classes[code], feature_of(features, code)
            if role > ALONE and role != APOSTROPHE:
                return PLAIN, 0
            wide |= what & WIDENS != 0
            # No letter may be assigned to it yet.
            wide |= code >= CODE_POINTS and _is_letter(classes, code)
            if what & LINE_END:
                behind = extra + how_many(tails & before)
                lines[count, WIDE] = wide
                count = _write_line(data, begin, start, (here, behind), features, lines, count)
                start = here + width, behind + width - ONE
                wide = False
            elif what & MARK:
                within = False  # a single mark between two letters is none
                if what & SINGLE_MARK and here > begin and here + width < end:
                    within = _is_letter(classes, char_before(data, here)[0]) and _is_letter(
                        classes, char_at(data, here + width)[0]
                    )
                if not within:
                    marks[marked, AT], marks[marked, CODE] = here - begin, code
                    marks[marked, LINE] = count
                    marked += 1
        extra += how_many(tails)
        at += WHOLE
    lines[count, WIDE] = wide
    return _write_line(data, begin, start, (end, extra), features, lines, count), marked


@lean
def _begun(edges, tokens, token, place):
    """Return how many tokens begin before a place, which `token` of them do at least."""
    while token + STRIDE <= tokens and edges[2 * (token + STRIDE - 1)] < place:
        token += STRIDE
    while token < tokens and edges[2 * token] < place:
        token += 1
    return token


@lean
def walk(data, begin, end, classes, folds, features, edges, hashes, letters, lines, marks, singles):
    """Find tokens, lines and quotation marks of `data[begin:end]`.

    Args:
        data: UTF-8.
        begin: Where the text begins; uint64.
        end: Where it ends; uint64.
        classes: What characters do in a token, as in `codepoints.Tables`.
        folds: What they are compared as.
        features: What they are to lines and quotations, as in `linescreen.Screen`.
        edges: As `place_tokens` takes it, and so the next two and the last.
        hashes: See there.
        letters: See there.
        lines: Columns as above; shape `(n, LINE_COLUMNS)`, int32.
        marks: Columns as above; shape `(n, MARK_COLUMNS)`, int32.
        singles: See there.

    Returns:
        How many tokens (or `PLAIN`), lines, marks and `singles` there are.
    """
    if end - begin >= FAR:
        return PLAIN, 0, 0, 0
    count, marked = _find_lines(data, begin, end, classes, features, lines, marks)
    if count == PLAIN:
        return PLAIN, 0, 0, 0
    tokens, paired = place_tokens(data, begin, end, classes, folds, edges, hashes, letters, singles)
    token = mark = 0
    for line in range(count):
        while mark < marked and marks[mark, LINE] == line:
            token = _begun(edges, tokens, token, marks[mark, AT])
            marks[mark, BEFORE_IT] = token
            mark += 1
        token = _begun(edges, tokens, token, lines[line, STOP])
        lines[line, TOKENS] = token
    return tokens, count, marked, paired
