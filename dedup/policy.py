"""What a newsroom asks of a comparison, and what of it is not met.

`dedup.conditions` says how it is written. What a newsroom lets pass fails nothing, whatever the
condition; it is reported all the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.conditions import Allowance, Condition, written
from dedup.detect.verdict import Label
from dedup.diff.flags.model import Flag, FlagKind, Severity
from dedup.errors import ConfigError, one_line
from dedup.text.contrast import NONE, contrast
from dedup.text.places import place_of

if TYPE_CHECKING:
    from dedup.article import Span
    from dedup.compare import Comparison
    from dedup.text.document import Document

_GRAVITY = {severity: rank for rank, severity in enumerate(Severity)}
_CLOSENESS = {label: rank for rank, label in enumerate(Label)}

#: Words of A and B that are longer than this are cut in a message.
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Policy:
    """What is asked of a comparison; without anything, every comparison will do.

    Attributes:
        fail_on: What must not be: flags and verdicts.
        allow: Flags that are let pass.
        min_coverage: The share of A's words, 0 to 1, that must lie in passages which B has too.
        expect: The label that the verdict must have; a closer one will do as well.

    Raises:
        ConfigError: `min_coverage` is no share.
    """

    fail_on: tuple[Condition, ...] = ()
    allow: tuple[Allowance, ...] = ()
    min_coverage: float | None = None
    expect: Label | None = None

    def __post_init__(self) -> None:
        share = self.min_coverage
        if share is not None and not (math.isfinite(share) and 0 <= share <= 1):
            raise ConfigError(f"min-coverage must be a share from 0 to 1, not {share}")


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that the policy does not let pass.

    Attributes:
        conditions: The conditions that are not met, as they are written; at least one.
        message: What and where, on one line.
        flag: Position of the flag in the comparison; None where it is no flag.
    """

    conditions: tuple[str, ...]
    message: str
    flag: int | None = None

    def __str__(self) -> str:
        return f"{self.message} [{', '.join(self.conditions)}]"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A comparison held against a policy.

    Attributes:
        policy: The policy.
        failures: What it does not let pass: verdict and coverage first, then flags in order.
        allowed: Positions of the flags that it lets pass.
    """

    policy: Policy = Policy()
    failures: tuple[Failure, ...] = ()
    allowed: frozenset[int] = frozenset()

    @property
    def exit_code(self) -> int:
        """0 where the policy is met, else 1."""
        return int(bool(self.failures))


def check(comparison: Comparison, policy: Policy) -> Outcome:
    """Return what of a comparison a policy does not let pass. Linear in the flags.

    >>> from dedup import Article, compare
    >>> same = compare(Article("The bridge is shut."), Article("The bridge is shut."))
    >>> check(same, Policy(fail_on=(Label.UNRELATED,))).exit_code
    0
    >>> [str(failure) for failure in check(same, Policy(fail_on=(Label.IDENTICAL,))).failures]
    ['A and B: identical. Word for word the same, 4 words long. [verdict:identical]']
    """
    words = [_words(comparison, flag) for flag in comparison.flags]
    allowed = frozenset(
        place
        for place, (flag, (before, after)) in enumerate(zip(comparison.flags, words, strict=True))
        if any(allowance.covers(flag.kind, before, after) for allowance in policy.allow)
    )
    failures = [*_pair_failures(comparison, policy)]
    for place, flag in enumerate(comparison.flags):
        broken = tuple(written(c) for c in policy.fail_on if _meets(flag, c))
        if broken and place not in allowed:
            failures.append(Failure(broken, _told(comparison, flag, *words[place]), place))
    return Outcome(policy, tuple(failures), allowed)


def _pair_failures(comparison: Comparison, policy: Policy) -> Iterator[Failure]:
    """Yield what concerns the two articles as a whole."""
    verdict, a, b = comparison.verdict, _name(comparison.a, "A"), _name(comparison.b, "B")
    told = one_line(f"{a} and {b}: {verdict.label}. {verdict.reason}")
    if verdict.label in policy.fail_on:
        yield Failure((written(verdict.label),), told)
    if policy.expect and _CLOSENESS[verdict.label] > _CLOSENESS[policy.expect]:
        yield Failure((f"expect:{policy.expect}",), told)
    covered = verdict.evidence.coverage_a
    if policy.min_coverage is not None and covered < policy.min_coverage:
        # Rounded down: what misses a limit by little must not look as if it met it.
        share = math.floor(covered * 1000) / 10
        told = f"{share:g}% of the words of {a} stand in passages that {b} has too"
        yield Failure((f"min_coverage:{policy.min_coverage:g}",), told)


def _meets(flag: Flag, condition: Condition) -> bool:
    if isinstance(condition, FlagKind):
        return flag.kind is condition
    if isinstance(condition, Severity):
        return _GRAVITY[flag.severity] <= _GRAVITY[condition]
    return False


def _words(comparison: Comparison, flag: Flag) -> tuple[str, str]:
    """Return the words of a flag in A and in B, empty where it has none."""
    sides = ((comparison.a, flag.a), (comparison.b, flag.b))
    before, after = (doc.text[span.start : span.end] if span else "" for doc, span in sides)
    return before, after


def _told(comparison: Comparison, flag: Flag, before: str, after: str) -> str:
    shown = contrast(before, after, _LONGEST)
    sides = [
        f"{_where(document, span, side)} {_quoted(words)}"
        for document, span, side, words in (
            (comparison.a, flag.a, "A", shown[0]),
            (comparison.b, flag.b, "B", shown[1]),
        )
        if span is not None
    ]
    kind = f"{flag.kind} ({flag.severity})"
    return f"{kind}: {' -> '.join(sides) or _name(comparison.b, 'B')}"


def _where(document: Document, span: Span, side: str) -> str:
    """Return file, line and column; the paragraph where the text is not the file's own."""
    name = _name(document, side)
    if document.article.verbatim:
        return f"{name}:{place_of(document.text, span.start)}"
    paragraph = next((u.paragraph for u in document.units if span.start < u.end), None)
    return name if paragraph is None else f"{name} paragraph {paragraph}"


def _name(document: Document, side: str) -> str:
    article = document.article
    return one_line(article.path or article.title or side)


def _quoted(words: str) -> str:
    return words if words == NONE else f'"{one_line(words)}"'
