"""The program's name, its version, its commands."""

from __future__ import annotations

from typing import Annotated

import typer

from dedup.cli.compare import compare
from dedup.cli.scan import scan
from dedup.cli.schema import schema
from dedup.cli.style import check, list_rules
from dedup.cli.why import why

_EXITS = """Exit codes: 0 done, 1 a condition that was set is not met, 2 usage or input error,
130 interrupted."""

# Rich would draw the help in boxes, and would cost every start its import.
app = typer.Typer(
    name="dedup",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    epilog=_EXITS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command(epilog=_EXITS)(compare)
app.command(epilog=_EXITS)(scan)
app.command(epilog=_EXITS)(why)

style = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
style.command(epilog=_EXITS)(check)
style.command("list", epilog=_EXITS)(list_rules)
app.add_typer(
    style,
    name="style",
    epilog=_EXITS,
    help="House style: check articles against it, list its rules.",
)
app.command(epilog=_EXITS)(schema)


def _version(wanted: bool) -> None:
    if wanted:
        from dedup import __version__

        typer.echo(f"dedup {__version__}")
        raise typer.Exit


@app.callback()
def dedup(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Find the versions of a wire story and say exactly what each outlet changed.

    \b
    Examples:
      dedup compare agency.txt daily.txt
      dedup scan news.jsonl
      dedup compare --help
    """


def run() -> None:
    """Parse the arguments of the process, run the command, leave with its exit code."""
    typer.main.get_command(app)(prog_name="dedup")
