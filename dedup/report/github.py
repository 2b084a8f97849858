"""Annotations for GitHub Actions: one workflow command a line, which the runner picks from a log.

The runner decodes `%25`, `%0D` and `%0A` in a message, and `%3A` and `%2C` too in a property; a
command begins its line. GitHub counts columns from 1; the last one is part of what is marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from dedup.report.annotations import Annotation, Level, annotate
from dedup.report.glyphs import printable
from dedup.report.model import ComparisonReport
from dedup.report.quantities import count

#: How many annotations of a kind GitHub shows of a step.
SHOWN = 10

_COMMANDS: Mapping[Level, str] = MappingProxyType(
    {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}
)


def render(reports: Sequence[ComparisonReport]) -> str:
    """Return the ten worst annotations of each kind as workflow commands, one a line.

    Where there are more, the last notice says how many; a comparison without any gives nothing.

    >>> from dedup import Article, compare
    >>> from dedup.report.build import build
    >>> same = compare(Article("The bridge is shut."), Article("The bridge is shut."))
    >>> render([build(same)])
    ''
    """
    return "".join(merged(commands(annotate(report)) for report in reports))


@dataclass(slots=True)
class Commands:
    """Workflow commands of one kind.

    Attributes:
        lines: The first of them, as many as GitHub shows.
        count: How many there are.
    """

    lines: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, other: Commands) -> None:
        """Take in more of them."""
        self.lines = [*self.lines, *other.lines][:SHOWN]
        self.count += other.count


def commands(found: Iterable[Annotation]) -> dict[Level, Commands]:
    """Return annotations as workflow commands, by how grave they are."""
    made = {level: Commands() for level in Level}
    for annotation in found:
        of_level = made[annotation.level]
        line = [_command(annotation)] if of_level.count < SHOWN else []
        of_level.add(Commands(line, 1))
    return made


def told(level: Level, title: str, message: str) -> dict[Level, Commands]:
    """Return the workflow command that says something of no file."""
    line = f"::{_COMMANDS[level]} title={_property(title)}::{_data(message)}"
    return {level: Commands([line], 1)}


def merged(parts: Iterable[Mapping[Level, Commands]]) -> Iterator[str]:
    """Yield ten lines of each kind, and where there are more, one that says how many."""
    levels = {level: Commands() for level in Level}
    for part in parts:
        for level, several in part.items():
            levels[level].add(several)
    fits = all(several.count <= SHOWN for several in levels.values())
    left_out: list[str] = []
    for level, several in levels.items():
        # One place among the notices is kept for the line that says what is left out.
        shown = SHOWN if fits or level is not Level.NOTE else SHOWN - 1
        yield from (f"{line}\n" for line in several.lines[:shown])
        if several.count > shown:
            left_out.append(count(several.count - shown, f"more {_COMMANDS[level]}"))
    if left_out:
        rest = told(
            Level.NOTE,
            ", ".join(left_out),
            "GitHub shows ten of each kind; all of them are in the report.",
        )
        yield f"{rest[Level.NOTE].lines[0]}\n"


def _command(annotation: Annotation) -> str:
    properties = ",".join(f"{key}={_property(value)}" for key, value in _properties(annotation))
    return f"::{_COMMANDS[annotation.level]} {properties}::{_data(annotation.message)}"


def _properties(annotation: Annotation) -> Iterator[tuple[str, str]]:
    region = annotation.region
    if region.path is not None:
        yield "file", region.path
        if region.start and region.end:
            yield "line", str(region.start.line)
            yield "endLine", str(region.end.line)
            if region.start.line == region.end.line:  # else the runner takes no columns
                yield "col", str(region.start.column)
                yield "endColumn", str(max(region.start.column, region.end.column - 1))
    yield "title", annotation.title


def _data(text: str) -> str:
    """Return a message as the runner decodes it, its line ends kept.

    >>> _data("80% of\\nit")
    '80%25 of%0Ait'
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Return the value of a property as the runner decodes it.

    >>> _property("C:\\\\a,b 5%.txt")
    'C%3A\\\\a%2Cb 5%25.txt'
    """
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")
