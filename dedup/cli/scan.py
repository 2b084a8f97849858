"""`dedup scan`: a corpus in, its stories out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dedup.cli.output import write
from dedup.cli.saving import Saving
from dedup.cli.screen import screen
from dedup.cli.talk import Talk, answering
from dedup.errors import InputError
from dedup.report.view import View

if TYPE_CHECKING:
    from dedup import Scan, Thresholds
    from dedup.reading.piece import Piece
    from dedup.report.forecast import Forecast

#: Stories that are listed unless another limit is asked for.
STORIES_SHOWN = 10


class Representative(StrEnum):
    """Which version stands for its story."""

    LONGEST = "longest"
    EARLIEST = "earliest"
    CENTRAL = "central"


class Keep(StrEnum):
    """Which version of a story is kept."""

    REPRESENTATIVE = "representative"
    LONGEST = "longest"
    EARLIEST = "earliest"


class Engine(StrEnum):
    """What hashes the articles."""

    AUTO = "auto"
    NUMPY = "numpy"
    NUMBA = "numba"


class CorpusFormat(StrEnum):
    """What the files of a corpus are read as."""

    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    PARQUET = "parquet"
    WARC = "warc"
    TEXT = "text"
    HTML = "html"


def scan(  # noqa: PLR0913, PLR0917 - a parameter is an option
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Files, folders, patterns such as 'news/*.jsonl.gz', or - for standard input.",
        ),
    ],
    threshold: Annotated[
        float | None,
        typer.Option(
            "--threshold",
            "-t",
            min=0.01,
            max=1,
            metavar="T",
            help="Find near-duplicates of at least this Jaccard similarity, not versions.",
        ),
    ] = None,
    against: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATH",
            help="Find only what an older corpus has already; may be repeated.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Write a row an article (.jsonl, .csv, .parquet), or the whole result (.json).",
        ),
    ] = None,
    pairs: Annotated[
        Path | None,
        typer.Option(help="Write the verified pairs with their evidence (.jsonl, .csv, .parquet)."),
    ] = None,
    keep: Annotated[
        Keep | None,
        typer.Option(
            help="Write to --output the corpus without copies, its records as they are: of each "
            "story the representative, the longest or the earliest version."
        ),
    ] = None,
    representative: Annotated[
        Representative | None,
        typer.Option(help="Which version stands for its story. Default: longest."),
    ] = None,
    limit: Annotated[
        int, typer.Option(min=0, metavar="N", help="List the N largest stories.")
    ] = STORIES_SHOWN,
    fail_on_duplicates: Annotated[
        bool, typer.Option("--fail-on-duplicates", help="Exit with 1 if any story is there twice.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Say what would be read, how, and about how long it takes."),
    ] = False,
    input_format: Annotated[
        CorpusFormat | None,
        typer.Option(help="Read every file as this, whatever its name says."),
    ] = None,
    text_field: Annotated[
        str | None, typer.Option(metavar="NAME", help="The field of a record that has the text.")
    ] = None,
    id_field: Annotated[
        str | None, typer.Option(metavar="NAME", help="The field with its id.")
    ] = None,
    title_field: Annotated[
        str | None, typer.Option(metavar="NAME", help="The field with its headline.")
    ] = None,
    outlet_field: Annotated[
        str | None, typer.Option(metavar="NAME", help="The field with its outlet.")
    ] = None,
    date_field: Annotated[
        str | None, typer.Option(metavar="NAME", help="The field with its date.")
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(help="Read thresholds here, not in dedup.toml or pyproject.toml."),
    ] = None,
    errors: Annotated[
        Path | None,
        typer.Option(help="Write the records that cannot be used, and why (.jsonl)."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 2 if a record cannot be used.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Processes. Default: one for each processor."),
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help="What hashes the articles; numba needs dedup[fast].")
    ] = Engine.AUTO,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No report and no progress: files and exit code.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say on standard error what is done.")
    ] = False,
) -> None:
    """Which articles of a corpus are versions of one story, and which of them stands for it?

    PATH is a folder of articles, a file of records (.jsonl, .csv, .parquet, .json), a web archive
    (.warc), each as it is or packed (.gz, .zst), or - for standard input. Fields are found by
    their usual names.

    \b
    Examples:
      dedup scan news.jsonl
      dedup scan news.jsonl --output scan.json
      dedup scan news.jsonl --threshold 0.7 --output near.csv --pairs near.pairs.csv
      dedup scan news.jsonl --keep longest --output clean.jsonl
      dedup scan today.jsonl --against news.jsonl --quiet --output known.jsonl
      dedup scan articles --limit 3
      cat news.jsonl | dedup scan - --input-format jsonl --dry-run

    \b
    Columns of --output, one row an article:
      id, cluster, role (representative, member, single, digest), representative,
      similarity (to the representative), stories (of a digest), path, place, title,
      outlet, date, url, language, words
    """
    if keep and output is None:
        raise typer.BadParameter("name a file for the corpus without copies: --output FILE")
    if [*paths, *(against or ())].count("-") > 1:
        raise typer.BadParameter("standard input can be read only once", param_hint="PATH")
    chosen = _chosen(keep, representative)
    talk = Talk(verbose)
    with answering():
        from dedup import scan as find_stories
        from dedup.progress import choose_progress
        from dedup.reading.corpus import find_pieces
        from dedup.reading.piece import Fields

        fields = Fields(text_field, id_field, title_field, outlet_field, date_field)
        format = input_format and input_format.value
        pieces = find_pieces(paths, fields=fields, format=format)
        saving = Saving(output, pairs, errors, keep=keep is not None)
        saving.check(pieces)
        run = partial(
            find_stories,
            threshold=threshold,
            fields=fields,
            input_format=format,
            representative=chosen,
            thresholds=_limits(config, talk) if threshold is None else None,
            engine=engine.value,
        )
        if dry_run:
            from dedup.report.forecast import forecast

            old = find_pieces(against, fields=fields, format=format) if against else []
            judge = partial(
                forecast, scan=run, engine=engine.value, workers=workers, stories=threshold is None
            )
            _show(partial(_plan, pieces, old, judge), quiet)
            return
        found = run(
            pieces,
            against=against,
            workers=workers,
            progress=choose_progress(sys.stderr, quiet),
        )
        _tell(found, talk)
        saving.write_errors(found)
        if found.skipped and (strict or not len(found.articles)):
            from dedup.report.stories import refusal

            raise InputError(refusal(found))
        saving.write(found, pieces)
        _show(partial(_report, found, limit, saving.trace), quiet)
    if fail_on_duplicates and found.counts.clusters:
        from dedup.report.stories import accusation

        sys.stderr.write(f"dedup: {accusation(found)}\n")
        raise typer.Exit(1)


def _chosen(keep: Keep | None, representative: Representative | None) -> str:
    """Return who stands for a story; what is kept may say so as well."""
    if keep is None or keep is Keep.REPRESENTATIVE:
        return (representative or Representative.LONGEST).value
    if representative is not None and representative.value != keep.value:
        raise typer.BadParameter(
            f"--keep {keep} and --representative {representative} name different versions; "
            "use --keep representative"
        )
    return keep.value


def _limits(config: Path | None, talk: Talk) -> Thresholds:
    from dedup.cli.settings import THRESHOLD_NAMES, thresholds_from
    from dedup.config import load_config

    settings = load_config(path=config, threshold_names=THRESHOLD_NAMES)
    if settings.path is not None:
        talk.say(f"settings from {settings.path}")
    return thresholds_from(settings.thresholds, ())


def _plan(
    pieces: Sequence[Piece], old: Sequence[Piece], judge: Callable[..., Forecast], view: View
) -> str:
    from dedup.report import plan

    return plan.render(plan.plan(pieces, judge(pieces, against=old), old), view)


def _report(found: Scan, limit: int, trace: str | None, view: View) -> str:
    from dedup.report import scan_terminal

    return scan_terminal.render(found, view, limit, trace)


def _show(render: Callable[[View], str], quiet: bool) -> None:
    if not quiet:
        found = screen(to_file=False)
        view = View(width=found.width, color=found.color, encoding=found.encoding)
        write(render(view), None, found.encoding)


def _tell(found: Scan, talk: Talk) -> None:
    limits = asdict(found.thresholds) if found.threshold is None else {}
    talk.say(f"mode {found.mode}; {', '.join(f'{k}={v}' for k, v in limits.items())}")
    for stage, seconds in found.stages.items():
        talk.say(f"{stage}: {seconds * 1000:,.0f} ms")
