"""The tables say of every code point what the regular expressions and dictionaries say."""

import re
import unicodedata

import pytest

from dedup.detect.codepoints import (
    ALONE,
    APOSTROPHE,
    CODE_POINTS,
    LETTER,
    MARK,
    SEPARATOR,
    UNSEEN,
    UNSTABLE,
    tables,
)
from dedup.text.normalize import fold
from dedup.text.tokens import tokenize

pytest.importorskip("numpy")

CASES = {
    "a": LETTER,
    "É": LETTER,
    "7": LETTER,
    "ʼ": LETTER,  # a letter that folds to an apostrophe
    "ß": LETTER,
    "한": LETTER,
    "東": ALONE,
    "カ": ALONE,
    "’": APOSTROPHE,
    "`": APOSTROPHE,
    "\u00ad": UNSEEN,
    "\u200d": UNSEEN,
    "\ufe0f": UNSEEN,
    "\u0301": MARK,
    "\u093c": MARK,
    "\u212b": UNSTABLE,  # the Angstrom sign becomes Å
    "\u0958": UNSTABLE,  # NFC takes this letter apart
    "\u1161": UNSTABLE,  # a Hangul vowel joins the consonant before it
    "\uf900": UNSTABLE,
    "_": SEPARATOR,
    " ": SEPARATOR,
    "\ud800": SEPARATOR,
    "\U000f0000": SEPARATOR,
}


@pytest.mark.parametrize("char", CASES)
def test_a_character_has_its_class(char: str) -> None:
    assert tables().classes[ord(char)] == CASES[char]


def test_every_character_is_a_token_or_none_as_the_pattern_says() -> None:
    classes = tables().classes.tolist()
    token = {LETTER, ALONE}
    for code in range(CODE_POINTS):
        if classes[code] != UNSTABLE and (code < 0x3400 or code % 31 == 0):
            assert (classes[code] in token) == bool(tokenize(chr(code)).words), hex(code)


def test_every_stable_token_character_folds_as_fold_does() -> None:
    known = tables()
    for code, (role, folded) in enumerate(
        zip(known.classes.tolist(), known.folds.tolist(), strict=True)
    ):
        if role in (LETTER, APOSTROPHE, MARK):
            assert chr(folded) == fold(chr(code)), hex(code)


def test_no_pair_that_nfc_composes_is_missing() -> None:
    known = tables()
    composing = set(known.composing.tolist())
    seconds = {key & 0xFFFFFFFF for key in composing}
    for key in composing:
        pair = chr(key >> 32) + chr(key & 0xFFFFFFFF)
        assert len(unicodedata.normalize("NFC", pair)) == 1
    for code in range(0x300, 0x370):
        for first in "aeiouAEIOUnN":
            composed = len(unicodedata.normalize("NFC", first + chr(code))) == 1
            if composed and known.classes[code] == MARK:
                assert code in seconds
                assert ord(first) << 32 | code in composing


def test_the_planes_left_out_hold_no_token() -> None:
    everything = "".join(map(chr, [*range(0x40000, 0xE0000), *range(0xE1000, CODE_POINTS)]))
    assert not re.search(r"[^\W_]", everything)
