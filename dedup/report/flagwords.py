"""What each kind of flag is called when a person reads it, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dedup.diff.flags.model import FlagKind, Severity
from dedup.report.model import FlagReport

#: A short name, and a sentence that says what was seen; A is the first article, B the second.
FLAGS: Mapping[FlagKind, tuple[str, str]] = MappingProxyType(
    {
        FlagKind.QUOTE_ALTERED: (
            "quotation altered",
            "Words between quotation marks are not the same in both articles.",
        ),
        FlagKind.QUOTE_TRUNCATED: (
            "quotation cut short",
            "B leaves out words from the beginning or the end of a quotation in A.",
        ),
        FlagKind.QUOTE_EXTENDED: (
            "quotation made longer",
            "B quotes more words of a statement than A does.",
        ),
        FlagKind.QUOTE_BRACKETED: (
            "quotation bracketed",
            "Words in brackets inside a quotation came or went; what was said is the same.",
        ),
        FlagKind.QUOTE_UNBALANCED: (
            "quotation mark missing",
            "A quotation is opened and never closed, so that it is unclear what was said.",
        ),
        FlagKind.QUOTE_TURNED_INTO_PARAPHRASE: (
            "quotation paraphrased",
            "What A quotes, B tells without quotation marks.",
        ),
        FlagKind.PARAPHRASE_TURNED_INTO_QUOTE: (
            "paraphrase put in quotes",
            "What A tells in its own words, B puts between quotation marks.",
        ),
        FlagKind.NUMBER_CHANGED: (
            "number changed",
            "A number, a sum or a percentage is not the same in both articles.",
        ),
        FlagKind.DATE_CHANGED: (
            "date changed",
            "A day, a month or a time is not the same in both articles.",
        ),
        FlagKind.ATTRIBUTION_ADDED: (
            "attribution added",
            "B says who said it, where A does not.",
        ),
        FlagKind.ATTRIBUTION_DROPPED: (
            "attribution dropped",
            "A says who said it; B states it as a fact.",
        ),
        FlagKind.ATTRIBUTION_MOVED: (
            "attribution moved",
            "Who said it stands at another place of the sentence.",
        ),
        FlagKind.ATTRIBUTION_CHANGED: (
            "attribution changed",
            "B names another source than A.",
        ),
        FlagKind.HEDGE_ADDED: (
            "hedge added",
            "B makes a statement less certain than A does.",
        ),
        FlagKind.HEDGE_DROPPED: (
            "hedge dropped",
            "B leaves out a word such as alleged or reportedly, and is more certain than A.",
        ),
        FlagKind.NEGATION_CHANGED: (
            "negation changed",
            "A word such as not or never came or went, which may turn the meaning round.",
        ),
        FlagKind.NAME_CHANGED: (
            "name changed",
            "A name is not the same in both articles.",
        ),
        FlagKind.TITLE_CHANGED: (
            "title changed",
            "A person's office or title is not the same in both articles.",
        ),
        FlagKind.PLACE_CHANGED: (
            "place changed",
            "A place is not the same in both articles.",
        ),
        FlagKind.TENSE_CHANGED: (
            "tense changed",
            "A verb stands in another tense.",
        ),
        FlagKind.LEDE_REWRITTEN: (
            "lede rewritten",
            "What A tells first is told in other words in B, or not first.",
        ),
        FlagKind.BURIED: (
            "buried",
            "What stands at the top of A comes near the end of B.",
        ),
        FlagKind.RAISED: (
            "raised",
            "What stands near the end of A comes at the top of B.",
        ),
        FlagKind.HEADLINE_CHANGED: (
            "headline changed",
            "The headlines are not the same.",
        ),
        FlagKind.CORRECTION_ADDED: (
            "correction added",
            "B has a note of correction that A does not have.",
        ),
    }
)

#: A sign for each severity, so that colour need not tell it.
SIGNS: Mapping[Severity, str] = MappingProxyType(
    {Severity.HIGH: "!!!", Severity.MEDIUM: "!!", Severity.LOW: "!"}
)


def flag_name(flag: FlagReport) -> str:
    """Return the name of a flag's kind, and whether the flag is let pass."""
    return FLAGS[flag.kind][0] + (" (allowed)" if flag.allowed else "")


def title(kind: FlagKind) -> str:
    """Return the name of a kind as the title of an annotation.

    >>> title(FlagKind.QUOTE_ALTERED)
    'Quotation altered'
    """
    return FLAGS[kind][0].capitalize()
