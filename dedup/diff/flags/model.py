"""What a flag is: a change that matters to an editor, of which kind, how grave, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from dedup.article import Span


class Severity(StrEnum):
    """How much a flag matters."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class FlagKind(StrEnum):
    """What changed; the first article is before, the second after."""

    QUOTE_ALTERED = "quote_altered"
    QUOTE_TRUNCATED = "quote_truncated"
    QUOTE_EXTENDED = "quote_extended"
    QUOTE_BRACKETED = "quote_bracketed"
    QUOTE_UNBALANCED = "quote_unbalanced"
    QUOTE_TURNED_INTO_PARAPHRASE = "quote_turned_into_paraphrase"
    PARAPHRASE_TURNED_INTO_QUOTE = "paraphrase_turned_into_quote"
    NUMBER_CHANGED = "number_changed"
    DATE_CHANGED = "date_changed"
    ATTRIBUTION_ADDED = "attribution_added"
    ATTRIBUTION_DROPPED = "attribution_dropped"
    ATTRIBUTION_MOVED = "attribution_moved"
    ATTRIBUTION_CHANGED = "attribution_changed"
    HEDGE_ADDED = "hedge_added"
    HEDGE_DROPPED = "hedge_dropped"
    NEGATION_CHANGED = "negation_changed"
    NAME_CHANGED = "name_changed"
    TITLE_CHANGED = "title_changed"
    PLACE_CHANGED = "place_changed"
    TENSE_CHANGED = "tense_changed"
    LEDE_REWRITTEN = "lede_rewritten"
    BURIED = "buried"
    RAISED = "raised"
    HEADLINE_CHANGED = "headline_changed"
    CORRECTION_ADDED = "correction_added"


#: How grave each kind is unless a settings file says otherwise; a kind that is not here is off.
DEFAULTS: Mapping[FlagKind, Severity] = MappingProxyType(
    {
        FlagKind.QUOTE_ALTERED: Severity.HIGH,
        FlagKind.QUOTE_TRUNCATED: Severity.MEDIUM,
        FlagKind.QUOTE_EXTENDED: Severity.MEDIUM,
        FlagKind.QUOTE_BRACKETED: Severity.LOW,
        FlagKind.QUOTE_UNBALANCED: Severity.MEDIUM,
        FlagKind.QUOTE_TURNED_INTO_PARAPHRASE: Severity.MEDIUM,
        FlagKind.PARAPHRASE_TURNED_INTO_QUOTE: Severity.HIGH,
        FlagKind.NUMBER_CHANGED: Severity.HIGH,
        FlagKind.DATE_CHANGED: Severity.MEDIUM,
        FlagKind.ATTRIBUTION_ADDED: Severity.LOW,
        FlagKind.ATTRIBUTION_DROPPED: Severity.HIGH,
        FlagKind.ATTRIBUTION_MOVED: Severity.LOW,
        FlagKind.ATTRIBUTION_CHANGED: Severity.HIGH,
        FlagKind.HEDGE_ADDED: Severity.MEDIUM,
        FlagKind.HEDGE_DROPPED: Severity.HIGH,
        FlagKind.NEGATION_CHANGED: Severity.HIGH,
        FlagKind.NAME_CHANGED: Severity.HIGH,
        FlagKind.TITLE_CHANGED: Severity.MEDIUM,
        FlagKind.PLACE_CHANGED: Severity.HIGH,
        FlagKind.TENSE_CHANGED: Severity.LOW,
        FlagKind.LEDE_REWRITTEN: Severity.MEDIUM,
        FlagKind.BURIED: Severity.MEDIUM,
        FlagKind.RAISED: Severity.LOW,
        FlagKind.HEADLINE_CHANGED: Severity.LOW,
        FlagKind.CORRECTION_ADDED: Severity.MEDIUM,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A change that a detector saw.

    Attributes:
        kind: What it is.
        link: Position of the link in the diff, or None where it concerns no link.
        a: Its place in the first article, or None; the words before are `text[start:end]`.
        b: Its place in the second article, or None.
    """

    kind: FlagKind
    link: int | None
    a: Span | None
    b: Span | None


@dataclass(frozen=True, slots=True)
class Flag:
    """A finding, and how much it matters.

    Attributes:
        kind: What it is.
        severity: How much it matters.
        link: Position of the link in the diff, or None where it concerns no link.
        a: Its place in the first article, or None where it has none.
        b: Its place in the second article, or None where it has none.
    """

    kind: FlagKind
    severity: Severity
    link: int | None
    a: Span | None
    b: Span | None


@dataclass(frozen=True, slots=True)
class FlagSettings:
    """Which kinds are raised, and how grave each is.

    Attributes:
        severities: By kind; a kind that is missing is off.
    """

    severities: Mapping[FlagKind, Severity] = field(default_factory=lambda: DEFAULTS)

    def __reduce__(self) -> tuple[type[FlagSettings], tuple[object, ...]]:
        # On its way to another process: a view of a mapping cannot be sent.
        return FlagSettings, (dict(self.severities),)
