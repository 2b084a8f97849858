"""The words beside and inside names, as the detectors of names ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dedup.diff.flags.lexicon import read


@dataclass(frozen=True, slots=True)
class NameWords:
    """What `names.toml` says of words beside and inside names.

    Attributes:
        weekdays: They are no part of a name that they stand beside.
        months: They are none before a day.
        no_names: Words with a capital letter that name neither a person nor a body.
        before_names: Words that stand before a name, besides titles.
        short_titles: Titles that a full stop shortens.
        bodies: Words that an organisation's name has.
        bodies_of: Words that name a body together with what follows "of".
        says: Words behind a name that only a person or a body has.
        said_by: Words before such a name.
        short_forms: Groups of forms of one given name.
        same_bodies: Groups of names of one body.
    """

    weekdays: frozenset[str]
    months: frozenset[str]
    no_names: frozenset[str]
    before_names: frozenset[str]
    short_titles: frozenset[str]
    bodies: frozenset[str]
    bodies_of: tuple[str, ...]
    says: tuple[str, ...]
    said_by: tuple[str, ...]
    short_forms: tuple[tuple[str, ...], ...]
    same_bodies: tuple[tuple[str, ...], ...]


@cache
def name_words() -> NameWords:
    """Return the word lists about names."""
    data = read("names")
    alone = ((name,) for name in data["given_names"])
    return NameWords(
        frozenset(data["weekdays"]),
        frozenset(data["months"]),
        frozenset(data["no_names"]),
        frozenset(data["before_names"]),
        frozenset(data["short_titles"]),
        frozenset(data["bodies"]),
        tuple(data["bodies_of"]),
        tuple(data["says"]),
        tuple(data["said_by"]),
        (*map(tuple, data["short_forms"]), *alone),
        tuple(map(tuple, data["same_bodies"])),
    )
