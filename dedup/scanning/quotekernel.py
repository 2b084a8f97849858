"""Quotations of a text, compiled: what `text.quotations` says, which tells why."""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0911, PLR0912, PLR0913, PLR0915, PLR0917, PLR1714, SIM109

from __future__ import annotations

from dedup.detect.kernel import EIGHT, ONE, U32, U64, ZERO, compiled
from dedup.scanning.linescreen import BEFORE, CODE_POINTS, DECIMAL, DIGIT, SPACE, WORD
from dedup.scanning.outlined import (
    AT,
    BEFORE_IT,
    BEGIN,
    BEGIN_LINE,
    CLOSED_BY,
    CODE,
    END,
    END_LINE,
    FIRST,
    IS_SINGLE,
    LEADS,
    LINE,
    NUMBER,
    ONLY_OPENS,
    QUOTE_COLUMNS,
    SIGN,
    SIGN_OF,
    STOP,
    TOKENS,
)
from dedup.scanning.outlinekernel import char_at, char_before, feature_of
from dedup.text.quotations import DEEPEST

#: What a mark does; whether it does that is for `text.quotations` to say.
NONE, OPENS, CLOSES, UNSURE = 0, 1, 2, -1
BLANK, ZERO_DIGIT, SMALL_S = U32(0x20), 0x30, 0x73
STRAIGHT, WIDE_STRAIGHT, OPENING, LOW_OPENING, CLOSING = (U32(ord(char)) for char in '"＂“„”')
SINGLE, SINGLE_OPENING, SINGLE_CLOSING, GUILLEMET, GUILLEMET_RIGHT = (
    U32(ord(char)) for char in "'‘’«»"
)
ANGLE, ANGLE_RIGHT = U32(ord("‹")), U32(ord("›"))
#: Letters of the longest word that begins with an apostrophe, and one more.
ELISION_LETTERS = 8


@compiled
def _is_bracket(code):
    """Say whether a character is one of `([{`."""
    return code == 0x28 or code == 0x5B or code == 0x7B


@compiled
def _opens_sharply(code):
    """Say whether a character is one of `([{—–`."""
    return _is_bracket(code) or code == 0x2013 or code == 0x2014


@compiled
def _is_single(code):
    return code == SINGLE or code == SINGLE_OPENING or code == SINGLE_CLOSING


@compiled
def _is_inches(data, at, begin, features):
    """Say whether feet and one or two digits stand before a mark: 6'2"."""
    for digits in range(1, 3):
        place = at
        held = True
        for _ in range(digits):
            if place <= begin:
                return False
            code, width = char_before(data, place)
            held = held and feature_of(features, code) & DECIMAL != 0
            place -= width
        if not held or place <= begin:
            return False
        code, width = char_before(data, place)
        if code == BLANK:
            place -= width
            if place <= begin:
                return False
            code, width = char_before(data, place)
        place -= width
        if (code == SINGLE or code == SINGLE_CLOSING or code == 0x2032) and place > begin:
            code, width = char_before(data, place)
            if feature_of(features, code) & DECIMAL:
                return True
    return False


@compiled
def _is_elision(data, at, end, features, elisions):
    """Say whether a word begins behind an apostrophe that is written so: ’90s, ’em."""
    word = ZERO
    count = 0
    while at < end and count < ELISION_LETTERS:
        code = char_at(data, at)[0]
        if not (feature_of(features, code) & WORD or code == 0x5F or code >= CODE_POINTS):
            break
        if code >= 0x80:
            return UNSURE
        small = U64(code | U32(0x20)) if 0x41 <= code <= 0x5A else U64(code)
        word |= small << (U64(count) * EIGHT)
        count += 1
        at += ONE
    digits = 0
    while digits < count and 0x30 <= (word >> (U64(digits) * EIGHT) & U64(0xFF)) <= 0x39:
        digits += 1
    if digits >= 2:
        third = word >> U64(16) & U64(0xFF)
        decade = word >> EIGHT & U64(0xFF) == U64(ZERO_DIGIT) and third == U64(SMALL_S)
        return OPENS if count == 2 or decade else NONE
    for number in range(len(elisions)):
        if elisions[number] == word:
            return OPENS
    return NONE


@compiled
def _role(data, begin, end, here, other, following, opened, innermost, features, elisions):
    """Return what a mark does.

    Args:
        data: UTF-8.
        begin: Where the text begins, and where it ends.
        end: Likewise.
        here: The mark's paragraph and place: where the one begins and ends, where the other stands.
        other: The mark.
        following: Where the paragraph's next mark stands and what it is; 0 for none.
        opened: The mark of the innermost quotation that this one can close; 0 for none.
        innermost: Whether that is the innermost of all.
        features: What characters are.
        elisions: As `find_quotations` takes them.
    """
    first, stop, at = here
    width = char_at(data, at)[1]
    before = char_before(data, at)[0] if at > first else BLANK
    after = char_at(data, at + width)[0] if at + width < stop else BLANK
    around = feature_of(features, before)
    blank, blank_after = around & SPACE != 0, feature_of(features, after) & SPACE != 0
    word_after = feature_of(features, after) & WORD != 0
    if max(before, after) >= CODE_POINTS:
        return UNSURE  # it may be a digit of another plane
    can_open = (blank or around & BEFORE != 0) and not blank_after
    if _is_single(other):
        place, next_mark = following
        closes_later = False
        if place and (next_mark == SINGLE or next_mark == SINGLE_CLOSING):
            closes_later = not feature_of(features, char_before(data, place)[0]) & SPACE
        if opened and innermost and not blank and not word_after:
            hissing = U32(before | U32(0x20))
            possessive = hissing == 0x73 or hissing == 0x7A or hissing == 0x78
            return NONE if possessive and after == BLANK and closes_later else CLOSES
        if not can_open or other == SINGLE_CLOSING:
            return NONE
        elided = _is_elision(data, at + width, end, features, elisions)
        if elided != NONE:
            return UNSURE if elided == UNSURE else NONE
        return NONE if other == SINGLE and not closes_later else OPENS
    if other == STRAIGHT or other == WIDE_STRAIGHT:
        if around & DIGIT and (not opened or _is_inches(data, at, begin, features)):
            return NONE
        if opened:
            return OPENS if (blank or _opens_sharply(before)) and word_after else CLOSES
        if blank_after:
            return OPENS if blank else NONE
        return OPENS if can_open or word_after else NONE
    if other == OPENING:
        closes = opened == LOW_OPENING or not (blank or can_open)
        return CLOSES if opened and closes else OPENS
    if opened:
        return CLOSES
    if other == GUILLEMET or other == ANGLE:
        return OPENS
    swapped = other == CLOSING or other == GUILLEMET_RIGHT or other == ANGLE_RIGHT
    swapped = swapped and (blank or _is_bracket(before))
    return OPENS if swapped and word_after else NONE


@compiled
def _end(quotes, number, tokens, line):
    """Note where a quotation ends."""
    quotes[number, END], quotes[number, END_LINE] = tokens, line


@compiled
def _drop_above(least, depth, standing, signs, quotes, tokens, line):
    """End what stands open but for the first; return how many stand open then.

    Single marks among them were none.
    """
    while depth > least:
        depth -= 1
        if not signs[standing[depth, SIGN_OF], IS_SINGLE]:
            _end(quotes, standing[depth, NUMBER], tokens, line)
    return depth


@compiled
def find_quotations(
    data, begin, end, lines, count, marks, marked, features, signs, elisions, standing, quotes
):
    """Write the quotations of a text in order of their begin.

    Args:
        data: UTF-8.
        begin: Where the text begins; uint64.
        end: Where it ends.
        lines: As `outlinekernel.walk` wrote them, and so `marks`.
        count: How many.
        marks: Where quotation marks stand.
        marked: How many.
        features: What characters are.
        signs: Columns as above, for each mark; int64.
        elisions: Words that are written with an apostrophe before them, as bytes; uint64.
        standing: Room for what stands open; shape `(DEEPEST, 3)`, int64.
        quotes: Columns as above, to be written; shape `(n, QUOTE_COLUMNS)`, int32.

    Returns:
        How many there are, or `UNSURE`.
    """
    numbered = depth = first_mark = 0
    while first_mark < marked:
        line = marks[first_mark, LINE]
        last_mark = first_mark + 1
        while last_mark < marked and marks[last_mark, LINE] == line:
            last_mark += 1
        first, stop = begin + U64(lines[line, FIRST]), begin + U64(lines[line, STOP])
        # Marks at the front that only say that a quotation goes on.
        place, skipped = first, 0
        while skipped < depth and first_mark + skipped < last_mark:
            if begin + U64(marks[first_mark + skipped, AT]) != place:
                break
            skipped += 1
            place += char_at(data, place)[1]
            while place < stop:
                code, width = char_at(data, place)
                if not feature_of(features, code) & SPACE:
                    break
                place += width
        for number in range(first_mark + skipped, last_mark):
            sign = 0
            while signs[sign, SIGN] != marks[number, CODE]:
                sign += 1
            at, tokens = begin + U64(marks[number, AT]), marks[number, BEFORE_IT]
            closing = depth - 1
            while closing >= 0:
                if signs[standing[closing, SIGN_OF], CLOSED_BY] >> sign & 1:
                    break
                closing -= 1
            opened = U32(0)
            if closing >= 0:
                opened = U32(signs[standing[closing, SIGN_OF], SIGN])
            following = ZERO, U32(0)
            if number + 1 < last_mark:
                following = begin + U64(marks[number + 1, AT]), U32(marks[number + 1, CODE])
            role = OPENS
            if not signs[sign, ONLY_OPENS]:
                role = _role(
                    data,
                    begin,
                    end,
                    (first, stop, at),
                    U32(marks[number, CODE]),
                    following,
                    opened,
                    closing == depth - 1,
                    features,
                    elisions,
                )
            if role == UNSURE:
                return UNSURE
            code = U32(marks[number, CODE])
            again = (code == STRAIGHT or code == OPENING) and opened == code
            if role == CLOSES or (role == OPENS and again):
                # The same mark opens again while the first stands open: the first lacks its end.
                depth = _drop_above(closing + 1, depth, standing, signs, quotes, tokens, line)
                depth -= 1
                _end(quotes, standing[depth, NUMBER], tokens, line)
            if role == OPENS and depth < DEEPEST:
                quotes[numbered, BEGIN], quotes[numbered, BEGIN_LINE] = tokens, line
                quotes[numbered, END] = -1
                standing[depth, SIGN_OF], standing[depth, NUMBER] = sign, numbered
                standing[depth, LEADS] = at == first
                numbered += 1
                depth += 1
        if depth:
            keep = 0
            if line + 1 < count:
                front = char_at(data, begin + U64(lines[line + 1, FIRST]))[0]
                outer = U32(signs[standing[0, SIGN_OF], SIGN])
                keep = front == outer or (outer == GUILLEMET and front == GUILLEMET_RIGHT)
            while depth > keep:
                depth -= 1
                sign = standing[depth, SIGN_OF]
                led = signs[sign, SIGN] == SINGLE_OPENING and standing[depth, LEADS]
                if led or not signs[sign, IS_SINGLE]:
                    _end(quotes, standing[depth, NUMBER], lines[line, TOKENS], line)
        first_mark = last_mark
    kept = 0
    for number in range(numbered):
        if quotes[number, END] >= 0:
            for column in range(QUOTE_COLUMNS):
                quotes[kept, column] = quotes[number, column]
            kept += 1
    return kept
