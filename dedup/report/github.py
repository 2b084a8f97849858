"""Annotations for GitHub Actions: one workflow command a line, which the runner picks from a log.

The runner decodes `%25`, `%0D` and `%0A` in a message, and `%3A` and `%2C` too in a property; a
command begins its line. GitHub counts columns from 1; the last one is part of what is marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from dedup.report.annotations import Annotation, Level, annotate
from dedup.report.glyphs import printable
from dedup.report.model import ComparisonReport
from dedup.report.wording import count

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
    found = [annotation for report in reports for annotation in annotate(report)]
    levels = {level: [one for one in found if one.level is level] for level in Level}
    fits = all(len(level) <= SHOWN for level in levels.values())
    lines: list[str] = []
    left_out: list[str] = []
    for level, several in levels.items():
        # One place among the notices is kept for the line that says what is left out.
        shown = SHOWN if fits or level is not Level.NOTE else SHOWN - 1
        lines += [_command(one) for one in several[:shown]]
        if len(several) > shown:
            left_out.append(count(len(several) - shown, f"more {_COMMANDS[level]}"))
    if left_out:
        told = "GitHub shows ten of each kind; all of them are in the report."
        lines.append(f"::notice title={_property(', '.join(left_out))}::{told}")
    return "".join(f"{line}\n" for line in lines)


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
