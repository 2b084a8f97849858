"""Where the tokens, lines and quotation marks of a text are, found in one compiled walk.

It says what `paragraphs`, `tokenize` and the marks of `quotations` say, of all but a few texts: one
with invisible characters or combining marks is `PLAIN`, and left to `text.outline`. Words of ASCII
letters go by eight bytes at a time, as in `detect.kernel`; whatever else stands in a text is looked
at character by character.
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0912, PLR0913, PLR0915, PLR0917

from __future__ import annotations

from dedup.detect.codepoints import ALONE, APOSTROPHE, LETTER, PLAIN
from dedup.detect.kernel import (
    CASE_BITS,
    EIGHT,
    ONE,
    QUOTE,
    U32,
    U64,
    ZERO,
    _append,
    _below,
    _code_point,
    _eight,
    _mix,
    _not_word,
    lean,
)
from dedup.scanning.linescreen import (
    CODE_POINTS,
    LINE_END,
    MARK,
    PLAIN_END,
    SINGLE_MARK,
    SPACE,
    WIDENS,
)
from dedup.scanning.outlined import (
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

LONGEST_TOKEN = U64(0xFFFF)
NEWLINE = U32(0x0A)


@lean
def char_at(data, at):
    """Return the character at `at`, and how many bytes it has."""
    byte = data[at]
    if byte < 0x80:
        return U32(byte), ONE
    return _code_point(data, at, byte)


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
def walk(data, begin, end, classes, folds, features, hashes, letters, lines, marks, singles):
    """Find tokens, lines and quotation marks of `data[begin:end]`.

    Args:
        data: UTF-8.
        begin: Where the text begins; uint64.
        end: Where it ends; uint64.
        classes: What characters do in a token, as in `codepoints.Tables`.
        folds: What they are compared as.
        features: What they are to lines and quotations, as in `linescreen.Screen`.
        hashes: Of tokens; uint64.
        letters: How many characters each has; uint16.
        lines: Columns as above; shape `(n, LINE_COLUMNS)`, int32.
        marks: Columns as above; shape `(n, MARK_COLUMNS)`, int32.
        singles: Tokens that stand, one character long, right before another such, and their line;
            shape `(n, 2)`, int32.

    Returns:
        How many tokens (or `PLAIN`), lines, marks and such tokens there are.
    """
    tokens = extra = last = ZERO  # `extra`: bytes before `at` that are no characters of their own
    count = marked = paired = 0
    at = begin
    while True:
        # On to the first character of a line.
        while at < end:
            code, width = char_at(data, at)
            if classes[code] > ALONE and classes[code] != APOSTROPHE:
                return PLAIN, 0, 0, 0
            if not feature_of(features, code) & SPACE:
                break
            at += width
            extra += width - ONE
        if at >= end:
            break
        first, extra_first, wide = at, extra, False
        start = extra_start = state = word = filled = ZERO
        inside = alone = waiting = False
        ready = True  # at the start of a word, or a multiple of eight bytes into it
        while True:
            if ready and at + EIGHT <= end:
                eight = _eight(data, at)
                folded = eight | CASE_BITS
                stops = _not_word(eight, folded)
                if not stops:
                    if not inside:
                        start, extra_start = at, extra
                    state, inside = _mix(state, folded), True
                    at += EIGHT
                    continue
                bits, length = _below(stops)
                if length:
                    if not inside:
                        start, extra_start = at, extra
                    at += length
                    if features[data[at]] & PLAIN_END:
                        hashes[tokens] = _mix(state, folded & bits)
                        letters[tokens] = min(at - start - (extra - extra_start), LONGEST_TOKEN)
                        tokens += ONE
                        state, inside = ZERO, False
                        at += ONE
                        continue
                    word, filled, inside, ready = folded & bits, length * EIGHT, True, False
                    continue
                if not inside and features[data[at]] & PLAIN_END:
                    at += ONE
                    continue
            code, width = NEWLINE, ZERO  # behind the text
            if at < end:
                code, width = char_at(data, at)
            role, what = classes[code], feature_of(features, code)
            if role == LETTER and not alone:
                if not inside:
                    start, extra_start = at, extra
                if waiting:
                    state, word, filled = _append(state, word, filled, QUOTE)
                state, word, filled = _append(state, word, filled, folds[code])
                inside, waiting, ready = True, False, not filled
                wide |= what & WIDENS != 0
                at += width
                extra += width - ONE
                continue
            if role > ALONE and role != APOSTROPHE:
                return PLAIN, 0, 0, 0
            follows_word = inside and not waiting
            ready = False
            if role == APOSTROPHE and follows_word and not alone:
                waiting = True
            else:
                if inside:
                    hashes[tokens] = _mix(state, word) if filled else state
                    size = at - start - (extra - extra_start)
                    if waiting:
                        size -= ONE
                    letters[tokens] = min(size, LONGEST_TOKEN)
                    if size == ONE:
                        if last == start and tokens:
                            singles[paired, 0], singles[paired, 1] = tokens - ONE, count
                            paired += 1
                        last = ZERO if waiting else at
                    tokens += ONE
                    state = word = filled = ZERO
                    inside = alone = waiting = False
                ready = True
                if LETTER <= role <= ALONE:
                    ready = False
                    start, extra_start = at, extra
                    state, word, filled = _append(state, word, filled, folds[code])
                    inside, alone = True, role == ALONE
                    wide |= code >= CODE_POINTS  # to which no letter may be assigned yet
            if what & LINE_END:
                break
            if what & MARK:
                within = False  # a single mark between two letters is none
                if follows_word and what & SINGLE_MARK and at + width < end:
                    following = classes[char_at(data, at + width)[0]]
                    within = LETTER <= following <= ALONE
                if not within:
                    marks[marked, AT], marks[marked, CODE] = at - begin, code
                    marks[marked, LINE], marks[marked, BEFORE_IT] = count, tokens
                    if inside:
                        marks[marked, BEFORE_IT] += 1
                    marked += 1
            wide |= what & WIDENS != 0
            at += width
            extra += width - ONE
        stop, extra_stop = at, extra
        while True:
            code, width = char_before(data, stop)
            if not feature_of(features, code) & SPACE:
                break
            stop -= width
            extra_stop -= width - ONE
        lines[count, FIRST], lines[count, STOP] = first - begin, stop - begin
        lines[count, PLACE] = first - begin - extra_first
        lines[count, LENGTH] = stop - first - (extra_stop - extra_first)
        lines[count, TOKENS], lines[count, WIDE] = tokens, wide
        count += 1
    return int(tokens), count, marked, paired
