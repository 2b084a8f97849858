"""What is said at a place of a file: the list that GitHub's annotations and SARIF are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from dedup.diff.flags.model import Severity
from dedup.report.flagged import gravest_first, units_of
from dedup.report.flagwords import FLAGS, title
from dedup.report.glyphs import printable
from dedup.report.model import ComparisonReport, DocumentReport, FlagReport
from dedup.text.contrast import contrast
from dedup.text.places import Place, place_of

#: GitHub cuts a message at 4,096 characters; so many words are enough to find the place.
_LONGEST_WORDS = 600


class Level(StrEnum):
    """How grave an annotation is, as SARIF calls it."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


LEVELS: Mapping[Severity, Level] = MappingProxyType(
    {Severity.HIGH: Level.ERROR, Severity.MEDIUM: Level.WARNING, Severity.LOW: Level.NOTE}
)


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of an article.

    Attributes:
        document: The article.
        start: Where it begins; None where the lines of the text are not those of the file, or
            where the whole file is meant.
        end: Where it ends, exclusive; None likewise.
    """

    document: DocumentReport
    start: Place | None = None
    end: Place | None = None

    @property
    def name(self) -> str:
        """What to call the article."""
        return printable(self.document.path or self.document.title or self.document.id.upper())

    @property
    def path(self) -> str | None:
        """The file; None where it was read from no file."""
        return None if self.document.path in (None, "-") else self.document.path


@dataclass(frozen=True, slots=True)
class Annotation:
    """Something to be said at a place.

    Attributes:
        rule: The kind of the flag, or `verdict`, `expect`, `min_coverage`.
        level: An error where the policy fails on it, a note where it lets it pass, else by its
            severity.
        title: What it is, in a few words.
        message: What it is, line by line: what happened, what A has, what B has.
        region: Where: in B, or in A where B has no place for it.
        other: Its place in the other article, where it has one.
        allowed: Whether the policy lets it pass.
        words: What A and B have there; empty where they have nothing.
    """

    rule: str
    level: Level
    title: str
    message: str
    region: Region
    other: Region | None = None
    allowed: bool = False
    words: tuple[str, str] = ("", "")


def annotate(report: ComparisonReport) -> list[Annotation]:
    """Return what there is to say of a comparison, the gravest first."""
    found = [*_of_pair(report), *(_of_flag(flag, report) for flag in gravest_first(report.flags))]
    order = list(Level)
    return sorted(found, key=lambda annotation: order.index(annotation.level))


def _of_pair(report: ComparisonReport) -> Iterator[Annotation]:
    """Yield what the policy does not let pass of the two articles as a whole."""
    for failure in report.policy.failures:
        if failure.flag is None:
            rule = failure.conditions[0].partition(":")[0]
            told = f"{', '.join(failure.conditions)} is not met"
            if rule == "verdict":
                told = f"The verdict is {report.verdict.label}"
            region, other = Region(report.documents[1]), Region(report.documents[0])
            yield Annotation(rule, Level.ERROR, told, failure.message, region, other)


def _of_flag(flag: FlagReport, report: ComparisonReport) -> Annotation:
    broken = [
        condition
        for failure in report.policy.failures
        if failure.flag is not None and report.flags[failure.flag] is flag
        for condition in failure.conditions
    ]
    level = Level.ERROR if broken else Level.NOTE if flag.allowed else LEVELS[flag.severity]
    a, b = _regions(flag, report)
    fallback = Region(report.documents[1])
    return Annotation(
        rule=flag.kind,
        level=level,
        title=title(flag.kind),
        message="\n".join([FLAGS[flag.kind][1], *_told(flag, report), *_fate(flag, broken)]),
        region=b or a or fallback,
        other=a if b else None,
        allowed=flag.allowed,
        words=(flag.before or "", flag.after or ""),
    )


def _regions(flag: FlagReport, report: ComparisonReport) -> tuple[Region | None, Region | None]:
    """Return the places of a flag in A and in B: of its words, else of its link."""
    found: list[Region | None] = []
    for document, offsets, units in zip(
        report.documents, (flag.a, flag.b), units_of(flag, report), strict=True
    ):
        if offsets is not None:
            found.append(_region(document, *offsets))
        else:
            found.append(_region(document, units[0].start, units[-1].end) if units else None)
    return found[0], found[1]


def _region(document: DocumentReport, start: int, end: int) -> Region:
    if not document.verbatim:
        return Region(document)
    return Region(document, *(place_of(document.text, offset) for offset in (start, end)))


def _told(flag: FlagReport, report: ComparisonReport) -> Iterator[str]:
    """Yield what each article has: `agency.txt: 13`."""
    words = contrast(flag.before, flag.after, _LONGEST_WORDS)
    for document, told in zip(report.documents, words, strict=True):
        yield f"{Region(document).name}: {printable(told)}"


def _fate(flag: FlagReport, broken: list[str]) -> Iterator[str]:
    if broken:
        yield f"The policy fails on {', '.join(broken)}."
    elif flag.allowed:
        yield "The policy lets it pass."
