"""House style: tell a change of spelling, marks or number style from a change of words.

A word's *key* is the form that it is compared by: words with one key mean the same, however each
outlet writes them. Which do is data: the built-in rules, or a newsroom's own `Style`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dedup.diff.figures import date_key, number_key, time_key
from dedup.diff.rules import HYPHENS, Key, Rule, Style, load, plain
from dedup.text.normalize import fold, visible


def key_of(text: str, language: str = "en", style: Style | None = None) -> Key:
    """Return the key of a word, number, date or mark as it stands in a text.

    >>> key_of("Cease-fire").form == key_of("ceasefire").form
    True
    >>> key_of("five percent").form, key_of("5%").rule
    ('number 5%', 'number')
    >>> key_of("17 March 2023").form == key_of("March 17, 2023").form
    True
    """
    return _key(text, language[:2] == "en", style or Style.builtin())


def rule_between(a: str, b: str, language: str = "en", style: Style | None = None) -> str | None:
    """Return the house-style rule by which two words of one meaning differ; None where none does.

    >>> rule_between("advisor", "adviser"), rule_between("“", '"'), rule_between("The", "the")
    ('alternative', 'quote_marks', 'case')
    >>> rule_between("Zelensky", "Zelenskyy"), rule_between("cat", "dog")
    ('name', None)
    """
    if visible(a) == visible(b):
        return None
    style = style or Style.builtin()
    first, second = key_of(a, language, style), key_of(b, language, style)
    if first.form == second.form:
        if fold(a) == fold(b):
            rule = "case" if a.casefold() == b.casefold() else "quote_marks"
        else:
            rule = second.rule or first.rule or "case"
            if _differ_in_meaning(a, b, style.rules.get(rule)):
                return None
    elif a[0].isupper() and b[0].isupper() and same_name(a, b):
        rule = "name"
    else:
        return None
    return rule if rule in style else None


def _differ_in_meaning(a: str, b: str, rule: Rule | None) -> bool:
    """Whether two forms of a group are of variants with one name: "spokesman", "spokeswoman"."""
    if rule is None or len(set(rule.variants)) == len(rule.variants):
        return False
    forms = [fold(form).removesuffix("'s") for form in (a, b)]
    for group in rule.groups:
        if all(form in group for form in forms):
            places = [group.index(form) for form in forms]
            names = [rule.variants[n] for n in places if n < len(rule.variants)]
            return len(names) == 2 and names[0] == names[1]
    return False


def same_name(a: str, b: str) -> bool:
    """Whether two capitalised words look like one name in two transliterations.

    Both must be the same without their accents; or have the same consonants and digits once doubled
    letters, `h` and the vowels after the first letter are put aside, and be within two edits.

    >>> same_name("Zelensky", "Zelenskyy"), same_name("Austria", "Australia")
    (True, False)
    >>> same_name("Maria", "Mario"), same_name("Johnson", "Johnston")
    (False, False)
    """
    first, second = _bare(a), _bare(b)
    if _is_possessive(a) != _is_possessive(b) or not first or not second:
        return False
    if len(first) == 4 and first == second:
        return fold(a).isalpha() and fold(b).isalpha()  # "Peña" and "Pena"; "We'll" is not "Well"
    if min(len(first), len(second)) < 5 or first[0] != second[0]:
        return False
    if _ends_apart(first[-1], second[-1]) or skeleton(a) != skeleton(b):
        return False
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(first, second, score_cutoff=2) <= 2


def _ends_apart(first: str, second: str) -> bool:
    """Whether two names end as names of different people do: "Maria", "Mario"; "Ann", "Anna"."""
    if first in "aeou" and second in "aeou":
        return first != second
    return (first in "aeou" and second not in "aeouy") or (
        second in "aeou" and first not in "aeouy"
    )


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
    """Return letters and digits of the folded name, without a possessive ending and accents."""
    folded = fold(word).removesuffix("'s").strip("'")
    return "".join(c for c in unicodedata.normalize("NFD", folded) if c.isalnum())


@lru_cache(maxsize=1 << 15)
def _key(text: str, english: bool, style: Style) -> Key:
    text = visible(text)
    if text in style.marks:
        return style.marks[text]
    folded = fold(text)
    return (
        (_table_key(text, style) if english else None)
        or _figure_key(text, folded, style, english)
        or _compound_key(text, english, style)
        or (_ending_key(folded, style) if english else None)
        or Key(folded)
    )


def form_in(text: str, style: Style) -> tuple[str, Key, str] | None:
    """Return the form of a group that a text is, its key, and the possessive ending behind it.

    >>> form_in("Kiev’s", Style.builtin())
    ('Kiev', Key(form='kyiv', rule='name'), "'s")
    """
    for owner in ("", "'s") if fold(text).endswith("'s") else ("",):
        bare = plain(text[: len(text) - len(owner)])
        if key := style.exact.get(bare):
            return bare, key, owner
        bare = fold(bare)
        if key := style.folded.get(bare):
            return bare, key, owner
    return None


def _table_key(text: str, style: Style) -> Key | None:
    found = form_in(text, style)
    if found is None:
        return None
    _, key, owner = found
    return Key(key.form + owner, key.rule) if owner else key


def _figure_key(text: str, folded: str, style: Style, english: bool) -> Key | None:
    return (
        (date_key(text) if english and "date" in style else None)
        or (time_key(text) if english and "time" in style else None)
        or (number_key(folded, style, english) if "number" in style else None)
    )


def _compound_key(text: str, english: bool, style: Style) -> Key | None:
    parts = re.split(f"[{HYPHENS}]", text)
    if len(parts) < 2 or not all(parts):
        return None
    joined = "".join(_key(part, english, style).form for part in parts)
    return Key(joined, "hyphenation") if may_be_joined(joined, style) else None


def may_be_joined(word: str, style: Style) -> bool:
    """Whether parts of a word and the whole are one word in two spellings.

    >>> may_be_joined("cooperate", Style.builtin()), may_be_joined("resign", Style.builtin())
    (True, False)
    """
    rule = style.rules.get("hyphenation")
    return rule is not None and word not in rule.unlike


def _ending_key(folded: str, style: Style) -> Key | None:
    if len(folded) < 7:
        return None
    for rule in style.rules.values():
        for ending, compared_by in rule.endings:
            if folded.endswith(ending):
                return Key(folded.removesuffix(ending) + compared_by, rule.name)
    return None
