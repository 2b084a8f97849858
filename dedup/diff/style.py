"""House style: tell a change of spelling, marks or number style from a change of words.

The equivalents are data (`style.toml`). A word's *key* is the form that it is compared by: words
with one key mean the same, however each outlet writes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dedup.text.normalize import APOSTROPHES, fold, visible

HYPHENS = "-\u2010\u2011"
_DIGITS = rf"\d+(?:[.,:/{HYPHENS}–]\d+)*"


@dataclass(frozen=True, slots=True)
class Key:
    """What a word is compared by, and the rule that made it so (None: no more than folding)."""

    form: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """The rules of `style.toml`, read once.

    Attributes:
        exact: Forms with capitals, as they stand, to their key.
        folded: Forms that match in any case, to their key.
        punctuation: A mark to the mark it is compared by.
        endings: British endings to American ones.
        numbers: Number words (and ordinals) to digits.
        scales: Words like "million" to one sign each.
        currencies: Words like "dollars" to signs.
        months: Names of months to their number.
        courtesy: Forms of address, without full stop.
        titles: Titles that stand before names.
        stock: Words that every news text has.
        number: Regular expression that takes a number apart.
        phrase: Regular expression of the forms that hold a space, a full stop or a hyphen.
        amount: Regular expression of numbers with what belongs to them ("$5 million", "13th").
        date: Regular expression of dates.
    """

    exact: Mapping[str, Key]
    folded: Mapping[str, Key]
    punctuation: Mapping[str, str]
    endings: Mapping[str, str]
    numbers: Mapping[str, str]
    scales: Mapping[str, str]
    currencies: Mapping[str, str]
    months: Mapping[str, int]
    courtesy: frozenset[str]
    titles: frozenset[str]
    stock: frozenset[str]
    number: re.Pattern[str]
    phrase: str
    amount: str
    date: str


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
    if fold(a) == fold(b):
        return "case" if a.casefold() == b.casefold() else "quote_marks"
    first, second = key_of(a, language), key_of(b, language)
    if first.form == second.form:
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
    if _skeleton(first) != _skeleton(second):
        return False
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(first, second, score_cutoff=2) <= 2


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


_SAME_SOUND = str.maketrans({"q": "k", "c": "k", "w": "v", "z": "s"})


def _skeleton(name: str) -> str:
    sounds = name[0] + re.sub("[aeiouyhj]", "", name[1:].translate(_SAME_SOUND))
    return re.sub(r"(.)\1+", r"\1", sounds)


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


@lru_cache(maxsize=1)
def load() -> Style:
    """Return the rules of `style.toml`."""
    import tomllib
    from importlib.resources import files

    data = tomllib.loads(files("dedup.diff").joinpath("style.toml").read_text("utf-8"))
    exact: dict[str, Key] = {}
    folded: dict[str, Key] = {}
    for rule in data["rule"]:
        for group in rule["groups"]:
            key = Key(fold(group[0]), rule["name"])
            for form in group:
                if fold(form) == form:
                    folded[form] = key
                else:
                    exact[form] = key
    numbers = _numbers(data["numbers"])
    months = {
        form: number
        for number, forms in enumerate(data["dates"]["months"], start=1)
        for form in forms
    }
    return Style(
        exact,
        folded,
        data["punctuation"],
        data["endings"],
        numbers,
        data["numbers"]["scales"],
        data["numbers"]["currencies"],
        months,
        frozenset(data["titles"]["courtesy"]),
        frozenset(data["titles"]["words"]),
        frozenset(data["stock"]["words"]),
        _number_parts(numbers, data["numbers"]),
        _phrase_pattern([*exact, *folded]),
        _amount_pattern(numbers, data["numbers"]),
        _date_pattern(months),
    )


def _numbers(data: Mapping[str, list[str]]) -> dict[str, str]:
    numbers = {word: str(value) for value, word in enumerate(data["words"])}
    for ten, word in enumerate(data["tens"], start=2):
        numbers[word] = str(ten * 10)
        for one, digit in enumerate(data["words"][1:10], start=1):
            numbers[f"{word}-{digit}"] = str(ten * 10 + one)
    numbers |= {word: f"{value}th" for value, word in enumerate(data["ordinals"])}
    return numbers


def _either(forms: list[str]) -> str:
    """Return a pattern of the forms, longest first, with any white space for a space."""
    escaped = (re.escape(form).replace(r"\ ", r"\s+") for form in forms)
    apostrophes = f"[{APOSTROPHES}]"
    return "|".join(
        form.replace("'", apostrophes) for form in sorted(escaped, key=len, reverse=True)
    )


def _number_parts(
    numbers: Mapping[str, str], data: Mapping[str, Mapping[str, str]]
) -> re.Pattern[str]:
    return re.compile(
        rf"(us\$|[$€£¥])?\s?({_DIGITS}|{_either(list(numbers))})(st|nd|rd|th)?"
        rf"(?:[\s-]?({_either(list(data['scales']))}))?(?:\s?(%|percent|per\scent|pct))?"
        rf"(?:\s({_either(list(data['currencies']))}))?"
    )


def _phrase_pattern(forms: list[str]) -> str:
    long = [form for form in forms if re.search(r"\w[\s.-]", form)]
    any_case = _either([form for form in long if fold(form) == form])
    as_is = _either([form for form in long if fold(form) != form])
    return rf"(?<!\w)(?:(?:{as_is})|(?i:{any_case}))(?![{HYPHENS}]?\w)"


def _amount_pattern(numbers: Mapping[str, str], data: Mapping[str, Mapping[str, str]]) -> str:
    words = _either([word for word in numbers if not word.endswith("th")])
    scales = _either([scale for scale in data["scales"] if len(scale) > 2])
    units = _either(list(data["currencies"]))
    return (
        rf"(?<!\w)(?:US\$|[$€£¥])?(?:{_DIGITS}(?:st|nd|rd|th|s|m|bn|tn)?|(?i:{words}))(?!\w)"
        rf"(?:[\s-](?:{scales})(?!\w))?(?:\s?%|\s(?:percent|per\scent|pct)(?!\w))?"
        rf"(?:\s(?:{units})(?!\w))?(?![{HYPHENS}.,:/]?\w)"
    )


def _date_pattern(months: Mapping[str, int]) -> str:
    month = f"(?:{_either(list(months))})"
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    year = r"\d{4}"
    return (
        rf"(?<!\w)(?:{month}\s{day}(?:,?\s{year})?|{day}\s(?:of\s)?{month}(?:,?\s{year})?"
        rf"|{month},?\s{year})(?!\w)"
    )
