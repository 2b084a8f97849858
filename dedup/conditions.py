"""How the conditions of a policy are written, and what they are.

    quote_altered       a flag of this kind is raised
    severity:medium     a flag of this severity or a graver one is raised
    any                 any flag is raised: short for severity:low
    verdict:unrelated   the verdict has exactly this label

What is let pass is written as a kind (`tense_changed`), as a kind with words of A or B
(`number_changed:13`), or as a kind with a change (`name_changed:Kiev->Kyiv`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, TypeVar

from dedup.config import unknown
from dedup.detect.verdict import Label
from dedup.diff.flags.model import FlagKind, Severity
from dedup.errors import ConfigError
from dedup.text.normalize import fold

#: A flag of this kind, of this severity or graver, or a verdict with this label.
Condition: TypeAlias = FlagKind | Severity | Label

Name = TypeVar("Name", bound=StrEnum)

ANY = "any"

CONDITIONS = (
    *(kind.value for kind in FlagKind),
    *(f"severity:{severity}" for severity in Severity),
    *(f"verdict:{label}" for label in Label),
    ANY,
)

#: What a newsroom may leave out at either end of the words that it lets pass.
_EDGES = " .,;:\"'“”„«»"


@dataclass(frozen=True, slots=True)
class Allowance:
    """Flags that are let pass.

    Attributes:
        kind: Their kind.
        before: The words that A must have; None for any.
        after: The words that B must have; None for any, or, where `before` is not None, for
            words that may stand on either side.
    """

    kind: FlagKind
    before: str | None = None
    after: str | None = None

    def covers(self, kind: FlagKind, before: str, after: str) -> bool:
        """Whether a flag of this kind, with these words in A and in B, is let pass."""
        if kind is not self.kind:
            return False
        if self.before is None:
            return True
        found = _bare(before), _bare(after)
        if self.after is None:
            return _bare(self.before) in found
        return found == (_bare(self.before), _bare(self.after))

    def __str__(self) -> str:
        words = "" if self.before is None else f":{self.before}"
        return f"{self.kind}{words}" + ("" if self.after is None else f"->{self.after}")


def written(condition: Condition) -> str:
    """Return a condition as it is written.

    >>> written(FlagKind.QUOTE_ALTERED), written(Severity.HIGH), written(Label.SAME_EVENT)
    ('quote_altered', 'severity:high', 'verdict:same_event')
    """
    name = {Severity: "severity:", Label: "verdict:"}.get(type(condition), "")
    return f"{name}{condition}"


def parse_conditions(entries: Iterable[str], place: str) -> tuple[Condition, ...]:
    """Return the conditions of some entries, each of which may hold several with commas between.

    Raises:
        ConfigError: A name is unknown; the message begins with `place` and lists the known.

    >>> parse_conditions(["quote_altered,severity:high", "any"], "--fail-on")[2]
    <Severity.LOW: 'low'>
    """
    names = (name.strip() for entry in entries for name in entry.split(",") if name.strip())
    return tuple(dict.fromkeys(_condition(name, place) for name in names))


def _condition(name: str, place: str) -> Condition:
    wanted = name.replace("-", "_")
    if wanted not in CONDITIONS:
        raise ConfigError(unknown(place, "condition", name, CONDITIONS))
    if wanted == ANY:
        return Severity.LOW
    what, _, value = wanted.rpartition(":")
    if what == "severity":
        return Severity(value)
    return Label(value) if what == "verdict" else FlagKind(value)


def parse_allowances(entries: Iterable[str], place: str) -> tuple[Allowance, ...]:
    """Return what some entries let pass: kinds with commas between, or one kind and its words.

    What stands behind a colon are words, to the end of the entry: those of A or of B, or those of
    both with `->` between. Case, spaces and marks at the ends do not matter.

    Raises:
        ConfigError: A kind is unknown; the message begins with `place` and lists the known.

    >>> [str(one) for one in parse_allowances(["tense_changed,number_changed:1,000"], "--allow")]
    ['tense_changed', 'number_changed:1,000']
    >>> parse_allowances(["name_changed: Kiev -> Kyiv"], "--allow")[0].after
    'Kyiv'
    """
    return tuple(dict.fromkeys(one for entry in entries for one in _allowances(entry, place)))


def _allowances(entry: str, place: str) -> Iterator[Allowance]:
    names, colon, words = entry.partition(":")
    *plain, last = names.split(",")
    for name in filter(str.strip, plain if colon else (*plain, last)):
        yield Allowance(parse_name(name, FlagKind, place, "kind of flag"))
    if colon:
        before, arrow, after = words.replace("→", "->").partition("->")
        kind = parse_name(last, FlagKind, place, "kind of flag")
        yield Allowance(kind, before.strip(), after.strip() if arrow else None)


def parse_name(name: str, names: type[Name], place: str, what: str) -> Name:
    """Return a kind, severity or label by its name, in which `-` and `_` are the same.

    Raises:
        ConfigError: The name is unknown; the message begins with `place` and lists the known.

    >>> parse_name("same-story", Label, "--expect", "verdict")
    <Label.SAME_STORY: 'same_story'>
    """
    known = [member.value for member in names]
    wanted = name.strip().replace("-", "_")
    if wanted not in known:
        raise ConfigError(unknown(place, what, name.strip(), known))
    return names(wanted)


def _bare(words: str) -> str:
    return " ".join(fold(words).split()).strip(_EDGES)
