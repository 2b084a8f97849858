"""What each Unicode code point does in a token, as tables that an engine indexes.

`dedup.text.tokens` and `dedup.text.normalize` define tokens with regular expressions and
dictionaries. The tables here are filled by asking them, so that there is one definition, and with
the running Python's version of Unicode, as there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dedup.detect.kept import PACKAGE, fingerprint, keep, read_kept
from dedup.text.normalize import APOSTROPHES, INVISIBLE, fold
from dedup.text.tokens import SINGLE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Ends a token: everything that is none of the following.
SEPARATOR = 0
#: A letter or digit.
LETTER = 1
#: A character that is a token of its own (kana, Han).
ALONE = 2
#: Without width: skipped inside a token, a separator elsewhere.
UNSEEN = 3
#: A combining mark: part of a token inside one.
MARK = 4
#: Part of a token between two letters.
APOSTROPHE = 5
#: Changed by NFC on its own, or part of a Hangul syllable: its article takes the plain path.
UNSTABLE = 6

#: What stands for the number of tokens of a text that has to take the plain path.
PLAIN = -1

CODE_POINTS = 0x110000
#: What the tables depend on, apart from Python's own version of Unicode.
SOURCES = ("detect/codepoints.py", "text/normalize.py", "text/tokens.py")
#: Where characters are assigned; other planes are empty or for private use, and so separators.
PLANES = (range(0x40000), range(0xE0000, 0xE1000))
#: Hangul vowels and final consonants, which NFC composes by rule and not from a table.
HANGUL_PARTS = (range(0x1161, 0x1176), range(0x11A8, 0x11C3))


@dataclass(frozen=True, slots=True)
class Tables:
    """What an engine needs to know of every code point.

    Attributes:
        classes: What it does in a token; shape `(0x110000,)`, uint8.
        folds: What it is compared as; shape `(0x110000,)`, uint32.
        ordered: Whether it is a mark that NFC may reorder (combining class above 0); bool.
        composing: The pairs that NFC composes, as sorted keys `first << 32 | second`; uint64.
    """

    classes: NDArray[np.uint8]
    folds: NDArray[np.uint32]
    ordered: NDArray[np.bool_]
    composing: NDArray[np.uint64]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Return the tables (6.7 MB), which are kept on disk: to build them takes 0.07 s."""
    import numpy as np

    name = f"codepoints-{fingerprint([PACKAGE / path for path in SOURCES])}.bin"
    kinds = (np.uint8, np.uint32, np.bool_, np.uint64)
    kept = read_kept(name)
    if kept is None:
        found = build_tables()
        columns = (found.classes, found.folds, found.ordered, found.composing)
        keep(name, b"".join(column.tobytes() for column in columns))
        return found
    starts = [CODE_POINTS * bytes_ for bytes_ in (0, 1, 5, 6)]
    edges = zip(starts, [*starts[1:], len(kept)], kinds, strict=True)
    return Tables(*(np.frombuffer(kept[start:end], kind) for start, end, kind in edges))


def build_tables() -> Tables:
    """Return the tables, built by asking what each character does."""
    import numpy as np

    classes = np.zeros(CODE_POINTS, dtype=np.uint8)
    folds = np.arange(CODE_POINTS, dtype=np.uint32)
    ordered = np.zeros(CODE_POINTS, dtype=np.bool_)
    composing: list[int] = []
    for plane in PLANES:
        chars = "".join(map(chr, plane))
        first = plane.start
        codes = slice(first, plane.stop)
        marks = [category[0] == "M" for category in map(unicodedata.category, chars)]
        classes[codes][marks] = MARK
        ordered[codes] = np.fromiter(map(unicodedata.combining, chars), np.uint8, len(chars)) > 0
        _set(classes, f"[{INVISIBLE}]", UNSEEN, chars, first)
        _set(classes, f"[{APOSTROPHES}]", APOSTROPHE, chars, first)
        _set(classes, r"[^\W_]+", LETTER, chars, first)
        _set(classes, f"[{SINGLE}]+", ALONE, chars, first)
        cased = (classes[codes] != SEPARATOR) & (
            classes[codes] != ALONE
        )  # kana and Han have no case
        for code in (np.flatnonzero(cased) + first).tolist():
            char = chr(code)
            if char.casefold() != char or char.lower() != char or char in APOSTROPHES:
                folds[code] = ord(fold(char) or char)
        for code, parts in enumerate(map(unicodedata.decomposition, chars), first):
            if not parts or parts[0] == "<":
                continue
            if unicodedata.is_normalized("NFC", chr(code)):
                one, two = (int(part, 16) for part in parts.split())
                composing.append(one << 32 | two)
            elif classes[code] != SEPARATOR:
                classes[code] = UNSTABLE
    for part in HANGUL_PARTS:
        classes[part.start : part.stop] = UNSTABLE
    seconds = np.array([key & 0xFFFFFFFF for key in composing])
    classes[seconds[classes[seconds] != MARK]] = UNSTABLE
    return Tables(classes, folds, ordered, np.sort(np.array(composing, dtype=np.uint64)))


def _set(classes: NDArray[np.uint8], pattern: str, value: int, chars: str, first: int) -> None:
    """Give `value` to every character that the pattern matches."""
    for match in re.finditer(pattern, chars):
        classes[first + match.start() : first + match.end()] = value
