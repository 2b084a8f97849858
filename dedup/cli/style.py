"""`dedup style`: which rules of house style articles follow, and what the rules are."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dedup.cli.output import write
from dedup.cli.screen import screen as _screen
from dedup.cli.talk import answering
from dedup.report.view import View

if TYPE_CHECKING:
    from dedup.diff import Style


class Format(StrEnum):
    """How the result is written."""

    TERMINAL = "terminal"
    JSON = "json"


StyleFile = Annotated[
    Path | None,
    typer.Option(
        "--style", metavar="FILE", help="Your own rules on top of the built-in ones (TOML)."
    ),
]
ConfigFile = Annotated[
    Path | None, typer.Option(help="Read settings here, not in dedup.toml or pyproject.toml.")
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write to this file: whole, or not at all.")
]
Width = Annotated[
    int | None,
    typer.Option(min=30, metavar="N", help="Columns of the report. Default: the terminal's."),
]


def check(  # noqa: PLR0913, PLR0917 - a parameter is an option
    articles: Annotated[
        list[str],
        typer.Argument(metavar="A...", help="Articles: files, or - for standard input."),
    ],
    house: StyleFile = None,
    fail_on_breach: Annotated[
        bool,
        typer.Option("--fail-on-breach", help="Exit with 1 where a form is not the preferred one."),
    ] = False,
    format: Annotated[
        Format, typer.Option("--format", "-f", help="How to write the result.")
    ] = Format.TERMINAL,
    output: Output = None,
    config: ConfigFile = None,
    width: Width = None,
) -> None:
    """Which rules of house style does an article follow, mix or breach?

    A rule is followed where the article keeps to one form, mixed where it uses several, breached
    where a form is not the one that the house prefers (its own file says so: prefer = "British").

    \b
    Examples:
      dedup style check agency.txt
      dedup style check agency.txt daily.txt --format json
    """
    if articles.count("-") > 1:
        raise typer.BadParameter("standard input can be read only once", param_hint="A...")
    with answering():
        from dedup.reading import read_article
        from dedup.report import style_build, style_terminal
        from dedup.text import segment

        found, path = _style(house, config)
        documents = [segment(read_article(source)) for source in articles]
        report = style_build.build(documents, found, str(path) if path else None, fail_on_breach)
        if format is Format.JSON:
            write(style_build.to_json(report), output)
        else:
            view = _view(output, width)
            write(style_terminal.render(report, view), output, view.encoding)
    raise typer.Exit(report.exit_code)


def list_rules(
    house: StyleFile = None,
    output: Output = None,
    config: ConfigFile = None,
    width: Width = None,
) -> None:
    """Print the rules of house style that are on, with the forms of each.

    \b
    Examples:
      dedup style list
      dedup style list --width 100 --output rules.txt
    """
    with answering():
        from dedup.report import style_terminal

        found, _ = _style(house, config)
        view = _view(output, width)
        write(style_terminal.render_rules(found, view), output, view.encoding)


def _style(path: Path | None, config: Path | None) -> tuple[Style, Path | None]:
    """Return the rules that hold, and the house file that they are from."""
    from dedup.cli.settings import THRESHOLD_NAMES
    from dedup.config import load_config
    from dedup.diff.house import load_style

    path = path or load_config(path=config, threshold_names=THRESHOLD_NAMES).style
    return load_style(path), path


def _view(output: Path | None, width: int | None) -> View:
    shown = _screen(output is not None, width)
    return View(width=shown.width, color=shown.color, encoding=shown.encoding)
