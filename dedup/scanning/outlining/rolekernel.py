"""What a quotation mark does, compiled: what `text.quotations` says, which tells why."""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0911, PLR0912, PLR0913, PLR0917, PLR1714, SIM109

from __future__ import annotations

from dedup.detect.kernel import EIGHT, ONE, U32, U64, ZERO, lean
from dedup.scanning.outlining.linescreen import BEFORE, CODE_POINTS, DECIMAL, DIGIT, SPACE, WORD
from dedup.scanning.outlining.outlinekernel import char_before, feature_of
from dedup.scanning.outlining.wordkernel import char_at

#: What a mark does; `UNSURE` where `text.quotations` has to say.
NONE, OPENS, CLOSES, UNSURE = 0, 1, 2, -1
BLANK, ZERO_DIGIT, SMALL_S = U32(0x20), 0x30, 0x73
STRAIGHT, WIDE_STRAIGHT, OPENING, LOW_OPENING, CLOSING = (U32(ord(char)) for char in '"＂“„”')
SINGLE, SINGLE_OPENING, SINGLE_CLOSING, GUILLEMET, GUILLEMET_RIGHT = (
    U32(ord(char)) for char in "'‘’«»"
)
ANGLE, ANGLE_RIGHT = U32(ord("‹")), U32(ord("›"))
#: Letters of the longest word that begins with an apostrophe, and one more.
ELISION_LETTERS = 8


@lean
def _is_bracket(code):
    """Say whether a character is one of `([{`."""
    return code == 0x28 or code == 0x5B or code == 0x7B


@lean
def _opens_sharply(code):
    """Say whether a character is one of `([{—–`."""
    return _is_bracket(code) or code == 0x2013 or code == 0x2014


@lean
def _is_single(code):
    return code == SINGLE or code == SINGLE_OPENING or code == SINGLE_CLOSING


@lean
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


@lean
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


@lean
def role_of(data, begin, end, here, other, following, opened, innermost, features, elisions):
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
