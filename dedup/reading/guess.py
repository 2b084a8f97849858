"""Guess the encoding of a text that is not Unicode and declares nothing.

charset-normalizer tells scripts and families apart, but takes a Spanish text for windows-1250 and
an English one with curly quotes for cp852: in those the same bytes are letters too. What a
language writes decides among its candidates: `ñ` is a Spanish letter, `ń` is not. The texts in
tests/reading/test_guess.py are all read right so, from 100 characters on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType

#: Marks that every language uses, beyond ASCII.
MARKS = "\u00a0\u00ad\u202f’‘“”„‚«»‹›–—…€£°•§©®™·½"

_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяё№"
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"

#: The letters beyond ASCII that a language writes (lower case), those of names it borrows too.
LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "en": "éèêëïñçöüáíóàâ",
        "de": "äöüßé",
        "fr": "àâæçéèêëîïôùûüÿœ",
        "es": "áéíñóúü¿¡ºª",
        "pt": "áâãàçéêíóôõúüºª",
        "it": "àèéìòù",
        "nl": "éëïèöüóê",
        "nordic": "åäöæøéðþáíóúý",
        "pl": "ąćęłńóśźż",
        "cs": "áčďéěíňóřšťúůýž",
        "sk": "áäčďéíĺľňóôŕšťúýž",
        "hu": "áéíóöőúüű",
        "ro": "ăâîşţ",
        "hr": "čćđšž",
        "tr": "çğıiöşüâîû",
        "lt": "ąčęėįšųūž",
        "lv": "āčēģīķļņšūž",
        "et": "äõöüšž",
        "ru": _CYRILLIC,
        "uk": _CYRILLIC + "іїєґ",
        "be": _CYRILLIC + "іў",
        "sr": _CYRILLIC + "ђјљњћџѓќѕ",
        "el": _GREEK,
        "he": "".join(map(chr, range(0x5D0, 0x5EB))),
        "ar": "".join(map(chr, range(0x621, 0x653))) + "،؟؛پچژگک",
        "th": "".join(map(chr, range(0xE01, 0xE5C))),
    }
)

_WEST = ("en", "de", "fr", "es", "pt", "it", "nl", "nordic")
_CENTRE = ("pl", "cs", "sk", "hu", "ro", "hr", "de")
_EAST = ("ru", "uk", "be", "sr")

#: The encodings news comes in, with the languages written in each; the likelier first, which
#: breaks ties. One of several bytes a character names none: its sequences are proof enough.
ENCODINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "cp1252": _WEST,
        "cp1250": _CENTRE,
        "iso8859_2": _CENTRE,
        "cp1251": _EAST,
        "koi8_r": ("ru",),
        "koi8_u": ("uk", "ru"),
        "cp866": _EAST,
        "iso8859_5": _EAST,
        "cp1253": ("el",),
        "iso8859_7": ("el",),
        "cp1254": ("tr",),
        "cp1255": ("he",),
        "cp1256": ("ar",),
        "cp1257": ("lt", "lv", "et"),
        "cp874": ("th",),
        "iso8859_15": _WEST,
        "mac_roman": _WEST,
        "cp932": (),
        "euc_jp": (),
        "gb18030": (),
        "big5": (),
        "cp949": (),
    }
)

#: How much the detector's own figures weigh beside the letters (both 0 to 1): its measure of
#: chaos, and of how well letter frequencies fit a language. Any 0.5 to 1 and 0.2 to 0.4 do.
CHAOS_WEIGHT = 1.0
COHERENCE_WEIGHT = 0.4

#: Candidates in more chaos than this are not looked at; its own 0.2 loses texts in soft hyphens.
MOST_CHAOS = 0.5

#: What each place down the list of encodings takes off: enough to break a tie.
RARITY = 0.005

#: Characters beyond ASCII that are looked at.
SAMPLE = 2_000

_BEYOND_ASCII = re.compile(r"(.?)([^\x00-\x7f])", re.DOTALL)


def guess(data: bytes) -> str | None:
    """Return the text of `data` in the encoding that fits best; None where none fits.

    >>> guess("Señal de mañana: lluvia en la costa, según el alcalde".encode("cp1252"))
    'Señal de mañana: lluvia en la costa, según el alcalde'
    """
    from charset_normalizer import from_bytes

    order = list(ENCODINGS)
    texts: dict[float, str] = {}
    candidates = from_bytes(data, cp_isolation=order, threshold=MOST_CHAOS, enable_fallback=False)
    for match in candidates:
        text = str(match)
        likely = COHERENCE_WEIGHT * match.coherence - CHAOS_WEIGHT * match.chaos
        for encoding in [match.encoding, *(same.encoding for same in match.submatch)]:
            score = fit(text, encoding) + likely - RARITY * order.index(encoding)
            texts.setdefault(score, text)
    return texts[max(texts)] if texts else None


def fit(text: str, encoding: str) -> float:
    """Return the share, 0 to 1, of the letters beyond ASCII that a language of it writes.

    A capital right after a small letter counts as wrong: that is how a Macintosh apostrophe
    looks in windows-1252 (`mayorÕs`).

    >>> fit("mañana", "cp1252"), fit("mańana", "cp1252"), fit("mayorÕs", "cp1252")
    (1.0, 0.0, 0.0)
    """
    languages = ENCODINGS[encoding]
    letters = [
        "" if char.isupper() and before.islower() else char.lower()[0]
        for before, char in islice(map(re.Match.groups, _BEYOND_ASCII.finditer(text)), SAMPLE)
    ]
    if not languages or not letters:
        return 1.0
    alphabets = (set(LETTERS[language] + MARKS) for language in languages)
    return max(sum(char in alphabet for char in letters) for alphabet in alphabets) / len(letters)
