"""House style: tell a change of spelling, marks or number style from a change of words.

The equivalents are data (`style.toml`). A word's *key* is the form that it is compared by: words
with one key mean the same, however each outlet writes them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dedup.diff.rules import HYPHENS, Key, Style, load
from dedup.text.normalize import fold, visible


def key_of(text: str, language: str = "en") -> Key:
    """Return the key of a word, number, date or mark as it stands in a text.

    >>> key_of("Cease-fire").form == key_of("ceasefire").form
    True
    >>> key_of("five percent").form, key_of("5%").rule
    ('number 5%', 'number')
    >>> key_of("17 March 2023").form == key_of("March 17, 2023").form
    True
    """
    return _key(text, language[:2] == "en")


def rule_between(a: str, b: str, language: str = "en") -> str | None:
    """Return the house-style rule by which two words of one meaning differ; None where none does.

    >>> rule_between("advisor", "adviser"), rule_between("“", '"'), rule_between("The", "the")
    ('spelling', 'quote_marks', 'case')
    >>> rule_between("Zelensky", "Zelenskyy"), rule_between("cat", "dog")
    ('name', None)
    """
    if visible(a) == visible(b):
        return None
    first, second = key_of(a, language), key_of(b, language)
    if first.form == second.form:
        if fold(a) == fold(b):
            return "case" if a.casefold() == b.casefold() else "quote_marks"
        return second.rule or first.rule or "case"
    return "name" if a[0].isupper() and b[0].isupper() and same_name(a, b) else None


def same_name(a: str, b: str) -> bool:
    """Whether two capitalised words look like one name in two transliterations.

    Both must have the same consonants once doubled letters, `h` and the vowels after the first
    letter are put aside, and be within two edits.

    >>> same_name("Zelensky", "Zelenskyy"), same_name("Austria", "Australia")
    (True, False)
    >>> same_name("Maria", "Mario"), same_name("Johnson", "Johnston")
    (False, False)
    """
    first, second = _bare(a), _bare(b)
    if _is_possessive(a) != _is_possessive(b):
        return False
    if min(len(first), len(second)) < 5 or first[0] != second[0]:
        return False
    if first[-1] in "aeou" and second[-1] in "aeou" and first[-1] != second[-1]:
        return False
    if (first[-1] in "aeou" and second[-1] not in "aeouy") or (
        second[-1] in "aeou" and first[-1] not in "aeouy"
    ):
        return False
    if skeleton(a) != skeleton(b):
        return False
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(first, second, score_cutoff=2) <= 2


_SAME_SOUND = str.maketrans({"q": "k", "c": "k", "w": "v", "z": "s"})


def skeleton(name: str) -> str:
    """Return the consonants of a name, which transliterations have in common.

    >>> skeleton("Zelensky"), skeleton("Zelenskyy")
    ('zlnsk', 'zlnsk')
    """
    bare = _bare(name)
    sounds = bare[:1] + re.sub("[aeiouyhj]", "", bare[1:].translate(_SAME_SOUND))
    return re.sub(r"(.)\1+", r"\1", sounds)


def is_courtesy(text: str) -> bool:
    """Whether a word is a bare form of address: `Mr.`, `Mrs` …"""
    return fold(text).rstrip(".") in load().courtesy


def is_title(text: str) -> bool:
    """Whether a capitalised word is a title before a name, and no part of it: `President` …"""
    form = fold(text).rstrip(".")
    return form in load().titles or form in load().courtesy


def _is_possessive(word: str) -> bool:
    return fold(word).endswith(("'s", "'"))


def _bare(word: str) -> str:
    """Return the folded name without a possessive ending and without accents."""
    import unicodedata

    folded = fold(word).removesuffix("'s").strip("'")
    return "".join(c for c in unicodedata.normalize("NFD", folded) if c.isalpha())


@lru_cache(maxsize=1 << 14)
def _key(text: str, english: bool) -> Key:
    style = load()
    text = visible(text)
    folded = fold(text)
    return (
        _mark_key(text, style)
        or (_table_key(text, folded, style) if english else None)
        or (_date_key(text, style) if english else None)
        or _number_key(folded, style, english)
        or _compound_key(text, english)
        or (_ending_key(folded, style) if english else None)
        or Key(folded)
    )


def _mark_key(text: str, style: Style) -> Key | None:
    mark = style.punctuation.get(text)
    return Key(mark, {'"': "quote_marks", "—": "dash"}.get(mark, "ellipsis")) if mark else None


def _table_key(text: str, folded: str, style: Style) -> Key | None:
    owner = "'s" if folded.endswith("'s") else ""
    bare = len(text) - len(owner)
    found = style.exact.get(text[:bare]) or style.folded.get(folded[:bare])
    return Key(found.form + owner, found.rule) if found else None


def _compound_key(text: str, english: bool) -> Key | None:
    parts = re.split(f"[{HYPHENS}]", text)
    if len(parts) < 2 or not all(parts):
        return None
    return Key("".join(_key(part, english).form for part in parts), "hyphenation")


def _ending_key(folded: str, style: Style) -> Key | None:
    if len(folded) < 7:
        return None
    for british, american in style.endings.items():
        if folded.endswith(british):
            return Key(folded.removesuffix(british) + american, "spelling")
    return None


def _number_key(folded: str, style: Style, english: bool) -> Key | None:
    """Return the key of a number with its currency, scale and percent sign, or None."""
    match = style.number.fullmatch(folded)
    if not match:
        return None
    currency, number, ordinal, scale, percent, unit = match.groups(default="")
    if not english and (scale or unit or not number[0].isdigit()):
        return None
    number = style.numbers.get(number, number)
    number = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", number).replace("–", "-")
    sign = currency.removeprefix("us") or style.currencies.get(unit, "")
    order = "th" if ordinal and not number.endswith("th") else ""
    percent = "%" if percent else ""
    return Key(f"number {sign}{number}{order}{style.scales.get(scale, '')}{percent}", "number")


def _date_key(text: str, style: Style) -> Key | None:
    """Return the key of a date with a month's name in it, or None."""
    parts = re.findall(r"[^\W\d]+\.?|\d+", re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text))
    month = [style.months[part] for part in parts if part in style.months]
    digits = [part for part in parts if part.isdigit()]
    if len(month) != 1 or not digits or len(digits) + 1 + ("of" in parts) != len(parts):
        return None
    day = next((int(part) for part in digits if len(part) < 3), 0)
    year = next((part for part in digits if len(part) == 4), "")
    return Key(f"date {year} {month[0]} {day}", "date")
