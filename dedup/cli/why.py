"""`dedup why`: two articles of a scan in, what ties them together out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dedup.cli.output import write
from dedup.cli.screen import screen
from dedup.cli.talk import answering
from dedup.report.view import View


def why(
    a: Annotated[str, typer.Argument(metavar="ID1", help="The id of an article.")],
    b: Annotated[str, typer.Argument(metavar="ID2", help="The id of another.")],
    source: Annotated[
        Path,
        typer.Option(
            "--from",
            metavar="FILE",
            help="What dedup scan --output wrote: .json, .jsonl, .csv or .parquet.",
        ),
    ],
    pairs: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="What dedup scan --pairs wrote. Default: in a .json file the pairs in it; beside "
            "scan.csv the file scan.pairs.csv, .jsonl or .parquet.",
        ),
    ] = None,
) -> None:
    """Why are two articles of a scan together, or why are they not?

    Shows what the two share; or the chain of verified pairs that joined them; or what keeps them
    apart: one is a digest, they were compared and share too little, or nothing hinted at more.

    \b
    Examples:
      dedup scan news.jsonl --quiet --output scan.json && dedup why n1 n2 --from scan.json
      dedup scan news.jsonl -q -o s.csv --pairs s.pairs.csv && dedup why n1 n3 --from s.csv
    """
    if a == b:
        raise typer.BadParameter("name two different articles", param_hint="ID1 and ID2")
    with answering():
        from dedup.report import why_terminal
        from dedup.report.lookup import look_up

        answer = look_up((a, b), source, pairs)
        view = screen(to_file=False)
        shown = View(width=view.width, color=view.color, encoding=view.encoding)
        write(why_terminal.render(answer, shown), None, view.encoding)
