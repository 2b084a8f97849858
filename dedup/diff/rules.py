"""The rules of house style as a value: which forms mean the same, and which rule says so.

The built-in rules are data (`style.toml`); a newsroom's own come on top (`dedup.diff.house`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from dedup.text.normalize import APOSTROPHES, fold

HYPHENS = "-\u2010\u2011"
_PLAIN = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))

#: Forms of one meaning, the one that they are compared by first.
Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """What a word is compared by, and the rule that made it so (None: no more than folding)."""

    form: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Forms that outlets choose between, and that mean the same.

    Attributes:
        name: What the rule is called in settings, reports and edits.
        about: What it is about, in a few words.
        groups: Forms of one meaning; a form without capitals matches in any case.
        variants: What the rule chooses between as a whole. With groups, the first form of each
            group is of the first variant, the second of the second ("American", "British"); two
            forms of variants with one name differ in meaning ("spokesman", "spokeswoman").
        endings: Endings of words, each with the one that it is compared by.
        unlike: Words that mean something else than their parts ("resign", "re-sign").
        fixed: Words with such an ending that everybody spells in one way ("promise").
        after: Where the forms are a matter of style, by the mark before them; "" for everywhere.
        in_full: Whether a name in full may stand beside its short form in one article.
        the: Whether each form may have "the" before it ("NATO", "the North Atlantic …").
        prefer: Forms or variants that the house wants.
    """

    name: str
    about: str = ""
    groups: tuple[Group, ...] = ()
    variants: tuple[str, ...] = ()
    endings: tuple[tuple[str, str], ...] = ()
    unlike: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()
    after: str = ""
    in_full: bool = False
    the: bool = False
    prefer: tuple[str, ...] = ()

    def forms(self, group: Group) -> Iterator[str]:
        """Yield the forms of a group as they are looked up: with "the", where the rule has it."""
        for form in group:
            yield form
            if self.the:
                yield f"the {form}"
                if is_exact(form):
                    yield f"The {form}"


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """Rules of house style, and tables to look up what a form is compared by.

    Styles are compared by identity: what is worked out for one is kept for it.

    Attributes:
        rules: The rules that are on, by name.
        exact: Forms with capitals, as they stand (with plain apostrophes), to their key.
        folded: Forms that match in any case, to their key.
        marks: Forms without letter or digit, to their key; they hold in every language.

    >>> style = Style.of([Rule("name", groups=(("Kyiv", "Kiev"),))])
    >>> style.exact["Kiev"], "name" in style, "spelling" in style
    (Key(form='kyiv', rule='name'), True, False)
    """

    rules: Mapping[str, Rule]
    exact: Mapping[str, Key]
    folded: Mapping[str, Key]
    marks: Mapping[str, Key]

    @staticmethod
    def builtin() -> Style:
        """Return the style of `style.toml`: the same one at each call."""
        return _builtin()

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> Style:
        """Return the style of some rules. O(forms)."""
        by_name = {rule.name: rule for rule in rules}
        exact: dict[str, Key] = {}
        folded: dict[str, Key] = {}
        marks: dict[str, Key] = {}
        for rule in by_name.values():
            for group in rule.groups:
                key = Key(compared_by(group[0]), rule.name)
                for form in rule.forms(group):
                    if not any(map(str.isalnum, form)):
                        marks[form] = key
                    elif is_exact(form):
                        exact[plain(form)] = key
                    else:
                        folded[fold(form)] = key
        return cls(MappingProxyType(by_name), exact, folded, marks)

    def __contains__(self, name: str | None) -> bool:
        return name in self.rules

    def __reduce__(self) -> tuple[Callable[..., Style], tuple[object, ...]]:
        # On its way to another process: as its rules, of which the tables are made there.
        if self is _builtin():
            return Style.builtin, ()
        return Style.of, (tuple(self.rules.values()),)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that no rule is made of, but that numbers, dates and names are read with.

    Attributes:
        numbers: Number words (and ordinals) to digits.
        scales: Words like "million" to one sign each.
        currencies: Words like "dollars" to signs.
        months: Names of months to their number.
        courtesy: Forms of address, without full stop.
        titles: Titles that stand before names.
        stock: Words that every news text has.
    """

    numbers: Mapping[str, str]
    scales: Mapping[str, str]
    currencies: Mapping[str, str]
    months: Mapping[str, int]
    courtesy: frozenset[str]
    titles: frozenset[str]
    stock: frozenset[str]


@lru_cache(maxsize=1)
def load() -> Vocabulary:
    """Return the vocabulary of `style.toml`."""
    data = _data()
    return Vocabulary(
        _numbers(data["numbers"]),
        data["numbers"]["scales"],
        data["numbers"]["currencies"],
        {
            form: number
            for number, forms in enumerate(data["dates"]["months"], start=1)
            for form in forms
        },
        frozenset(data["titles"]["courtesy"].split()),
        frozenset(data["titles"]["words"].split()),
        frozenset(data["stock"]["words"].split()),
    )


def is_exact(form: str) -> bool:
    """Whether a form matches only as it stands: it has a capital letter ("US", not "us")."""
    return fold(form) != plain(form)


def plain(form: str) -> str:
    """Return a form with straight apostrophes.

    >>> plain("Côte d’Ivoire")
    "Côte d'Ivoire"
    """
    return form if form.isascii() else form.translate(_PLAIN)


def groups_in(text: str) -> tuple[Group, ...]:
    """Return the groups of a text that has one a line, with ` = ` between the forms.

    >>> groups_in("Kyiv = Kiev\\nper cent = %")
    (('Kyiv', 'Kiev'), ('per cent', '%'))
    """
    lines = (line.strip() for line in text.splitlines())
    return tuple(tuple(form.strip() for form in line.split(" = ")) for line in lines if line)


def compared_by(first: str) -> str:
    """Return the form of the key of a group: folded, unless it would be another word's ("WHO")."""
    return first if first.isupper() and first.isalpha() else fold(first)


@lru_cache(maxsize=1)
def _builtin() -> Style:
    return Style.of(
        Rule(
            rule["name"],
            rule["about"],
            groups_in(rule.get("groups", "")),
            tuple(rule.get("variants", ())),
            tuple(rule.get("endings", {}).items()),
            frozenset(rule.get("unlike", "").split()),
            frozenset(rule.get("fixed", "").split()),
            rule.get("after", ""),
            rule.get("in_full", False),
            rule.get("the", False),
        )
        for rule in _data()["rule"]
    )


@lru_cache(maxsize=1)
def _data() -> dict:  # type: ignore[type-arg]  # as the file has it
    import tomllib
    from importlib.resources import files

    return tomllib.loads(files("dedup.diff").joinpath("style.toml").read_text("utf-8"))


def _numbers(data: Mapping[str, str]) -> dict[str, str]:
    """Return number words and ordinals up to ninety-nine, with their digits."""
    words, ordinals = data["words"].split(), data["ordinals"].split()
    numbers = {word: str(value) for value, word in enumerate(words)}
    numbers |= {word: f"{value}th" for value, word in enumerate(ordinals)}
    for ten, word in enumerate(data["tens"].split(), start=2):
        numbers[word] = str(ten * 10)
        numbers[f"{word.removesuffix('y')}ieth"] = f"{ten * 10}th"
        for one in range(1, 10):
            numbers[f"{word}-{words[one]}"] = str(ten * 10 + one)
            numbers[f"{word}-{ordinals[one]}"] = f"{ten * 10 + one}th"
    return numbers
