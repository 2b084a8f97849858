"""What is folded when words are compared, and never altered in the text itself.

A web page says `it’s`, another `it's`; one has a soft hyphen or a zero-width space inside a
word, one writes `é` as two code points. Comparing looks past all of that. Offsets keep pointing
into the text as it was read.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Characters with no width and no meaning for comparing: soft hyphen, zero-width space, joiners,
#: word joiner, byte order mark, direction marks, variation selectors.
INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
)

#: Apostrophes, as used inside a word; all compare as the first.
APOSTROPHES = "'’‘ʼ＇`´"


class _Fold(dict[int, str | None]):
    """A translation table filled as characters turn up: simple case folding, one to one."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = char.casefold()
        if len(folded) != 1:
            folded = char.lower()
        if len(folded) != 1:
            folded = char
        self[code] = folded
        return folded


def _invisible_codes() -> list[int]:
    codes: list[int] = []
    parts = INVISIBLE.split("-")
    for position, part in enumerate(parts):
        if position:
            codes.extend(range(codes[-1], ord(part[0])))
        codes.extend(map(ord, part))
    return codes


_FOLD = _Fold()
_FOLD.update(dict.fromkeys(_invisible_codes()))
_FOLD.update({ord(apostrophe): "'" for apostrophe in APOSTROPHES})

_PLAIN: dict[int, str | None] = dict.fromkeys(_invisible_codes())


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return `word` as it is compared: visible, NFC, in simple case folding, one apostrophe.

    Simple folding keeps the length (`ß` stays `ß`), so that a compiled engine can do the same
    from a table.

    >>> fold("It’s"), fold("co\\u00adoperate"), fold("E\\u0301lyse\\u0301e")
    ("it's", 'cooperate', 'élysée')
    """
    if word.isascii():
        return word.lower() if "`" not in word else word.lower().replace("`", "'")
    return unicodedata.normalize("NFC", word.translate(_PLAIN)).translate(_FOLD)


class _Simple(dict[str, bool]):
    """Whether `str.lower` folds a character as `fold` does, in NFC text; filled as they turn up.

    Left out are the capital sigma, whose lower case depends on its place, marks, and letters of
    scripts that are taken one by one. Apostrophes count unless they are letters (U+02BC): they
    are replaced besides.
    """

    def __missing__(self, char: str) -> bool:
        self[char] = (char in APOSTROPHES and not char.isalnum()) or (
            char < "\u3005"
            and char != "Σ"
            and unicodedata.category(char)[0] != "M"
            and char.lower() == _FOLD[ord(char)]
        )
        return self[char]


_SIMPLE = _Simple()
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def fold_whole(text: str) -> str | None:
    """Return `text` with each of its words folded in place, or None where that takes more care.

    The result has the length of `text` and letters and digits in the same places. It is None
    only for what few Latin and Cyrillic texts hold: marks, invisible characters, odd letters.

    >>> fold_whole("It’s a `Test`"), fold_whole("co\\u00adoperate")
    ("it's a 'test'", None)
    """
    foreign = set() if text.isascii() else set(_NOT_ASCII.findall(text))
    if not all(map(_SIMPLE.__getitem__, foreign)) or not unicodedata.is_normalized("NFC", text):
        return None
    folded = text.lower()
    for apostrophe in foreign.intersection(APOSTROPHES):
        folded = folded.replace(apostrophe, "'")
    return folded.replace("`", "'")


def visible(text: str) -> str:
    """Return `text` without invisible characters, in NFC, with every white space as one space.

    >>> visible("Mr.\\u00a0Smith\\u200b said")
    'Mr. Smith said'
    """
    return " ".join(unicodedata.normalize("NFC", text.translate(_PLAIN)).split())
