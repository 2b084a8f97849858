"""The reports that a comparison leaves: refused before the work where they cannot be, then written.

Each is written whole or not at all, once all of them are made.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.cli.output import check_writable, write
from dedup.cli.screen import Screen
from dedup.config import unknown
from dedup.errors import ConfigError, OutputError, one_line
from dedup.report.view import View

if TYPE_CHECKING:
    from dedup.report.model import ComparisonReport

#: What stands for standard output.
STDOUT = "-"


class Format(StrEnum):
    """How a result is written."""

    TERMINAL = "terminal"
    JSON = "json"
    MARKDOWN = "markdown"
    GITHUB = "github"
    JUNIT = "junit"
    SARIF = "sarif"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report that is asked for.

    Attributes:
        format: How it is written.
        path: Where to; None for standard output.
        option: How it was asked for, for messages.
    """

    format: Format
    path: Path | None
    option: str


@dataclass(frozen=True, slots=True)
class Made:
    """A report as it is to be written: where to, and in which encoding."""

    text: str
    path: Path | None
    encoding: str


def wanted(
    format: Format | None, output: Path | None, reports: Iterable[str], quiet: bool
) -> list[Wanted]:
    """Return the reports that `--format`, `--output` and each `--report FORMAT=PATH` ask for.

    Without `--format` and `--output` the terminal's is written to standard output, unless another
    takes that. `quiet` leaves out what would go there.

    Raises:
        ConfigError: A `--report` is not FORMAT=PATH, or its format is unknown.
    """
    found = [_parsed(report) for report in reports]
    taken = any(report.path is None for report in found)
    if format is not None or output is not None or not taken:
        option = "--output" if output else "--format"
        found.insert(0, Wanted(format or Format.TERMINAL, output, option))
    return [report for report in found if report.path is not None or not quiet]


def _parsed(written: str) -> Wanted:
    name, equals, path = written.partition("=")
    if not equals or not path:
        raise ConfigError(f"--report {one_line(written)}: write it as FORMAT=PATH")
    if name not in _NAMES:
        raise ConfigError(unknown("--report", "format", name, _NAMES))
    return Wanted(Format(name), None if path == STDOUT else Path(path), "--report")


_NAMES = tuple(format.value for format in Format)


def check_places(reports: Sequence[Wanted], inputs: Iterable[str]) -> None:
    """Find out before the work whether every report can be written.

    Raises:
        OutputError: A place is not writable, two reports go to one, or an article is there.
    """
    to_files = any(report.path is not None for report in reports)
    articles = {os.path.realpath(path) for path in inputs if to_files and path != STDOUT}
    taken: dict[str, Wanted] = {}
    for report in reports:
        path = report.path
        place = "standard output" if path is None else one_line(str(path))
        real = STDOUT if path is None else os.path.realpath(path)
        if real in taken:
            raise OutputError(f"{report.option} {place}: takes two reports; name another file")
        if path is None or path.is_file() or not path.exists():  # a device may be named twice
            taken[real] = report
        if path is not None:
            if real in articles:
                raise OutputError(
                    f"{report.option} {place}: is one of the articles, which would be lost; "
                    "name another file"
                )
            check_writable(path)


def make_reports(
    reports: Sequence[Wanted],
    comparisons: Sequence[ComparisonReport],
    view: View,
    screen: Callable[[bool], Screen],
) -> list[Made]:
    """Return every report as it is to be written.

    Args:
        reports: What is asked for.
        comparisons: What they are about.
        view: What of it is shown.
        screen: Says what a file (True) or standard output (False) can show.
    """
    made = []
    for report in reports:
        seen = fitted(report, view, screen)
        text = _render(report.format, comparisons, seen)
        made.append(Made(text, report.path, seen.encoding))
    return made


def fitted(report: Wanted, view: View, screen: Callable[[bool], Screen]) -> View:
    """Return the view as the report's place can show it; what programs read is in UTF-8."""
    found = screen(report.path is not None)
    encoding = found.encoding if report.format is Format.TERMINAL else "utf-8"
    return replace(view, width=found.width, color=found.color, encoding=encoding)


def write_reports(made: Iterable[Made]) -> None:
    """Write each report whole.

    Raises:
        OutputError: One cannot be written.
    """
    for report in made:
        write(report.text, report.path, report.encoding)


def _render(format: Format, comparisons: Sequence[ComparisonReport], view: View) -> str:
    if format is Format.GITHUB:
        from dedup.report import github

        return github.render(comparisons)
    if format is Format.JUNIT:
        from dedup.report import junit

        return junit.render(comparisons)
    if format is Format.SARIF:
        from dedup.report import sarif

        return sarif.render(comparisons)
    (report,) = comparisons
    if format is Format.JSON:
        from dedup.report.json import to_json

        return to_json(report)
    if format is Format.MARKDOWN:
        from dedup.report import markdown

        return markdown.render(report, view)
    from dedup.report import terminal

    return terminal.render(report, view)
