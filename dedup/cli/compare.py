"""`dedup compare`: two articles in, or many pairs, what each outlet changed out."""

from __future__ import annotations

import sys
from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dedup.cli.reports import (
    Format,
    check_places,
    fitted,
    make_reports,
    wanted,
    write_reports,
)
from dedup.cli.screen import screen
from dedup.cli.talk import Talk, answering
from dedup.progress import choose_progress
from dedup.report.view import View

if TYPE_CHECKING:
    from dedup import Article, Comparison
    from dedup.cli.settings import Rules
    from dedup.pairs import How


class Order(StrEnum):
    """Whose order the changes are told in."""

    A = "a"
    B = "b"


class Color(StrEnum):
    """When colour is used."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class InputFormat(StrEnum):
    """What an input is read as."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"


def compare(  # noqa: PLR0913, PLR0917 - a parameter is an option
    a: Annotated[
        str | None,
        typer.Argument(
            metavar="A",
            help="The first article: a file, or - for standard input; or a folder of them.",
            show_default=False,
        ),
    ] = None,
    b: Annotated[
        str | None,
        typer.Argument(metavar="B", help="The second article, likewise.", show_default=False),
    ] = None,
    pairs: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Compare the pairs of this table, two files a line."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="N", help="Processes for many pairs. Default: one for each processor."
        ),
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="How to write the result. Default: terminal."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write to this file: whole, or not at all."),
    ] = None,
    report: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMAT=PATH", help="Write one report more, - for standard output; repeatable."
        ),
    ] = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONDITIONS",
            help="Exit with 1 where one is met; commas between, repeatable; see above.",
        ),
    ] = None,
    allow: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FLAGS",
            help="Let flags pass: kinds, KIND:WORDS or KIND:BEFORE->AFTER; repeatable.",
        ),
    ] = None,
    min_coverage: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            metavar="SHARE",
            help="Exit with 1 where B has less of A's words.",
        ),
    ] = None,
    expect: Annotated[
        str | None,
        typer.Option(
            metavar="VERDICT", help="Exit with 1 where the verdict is neither this nor closer."
        ),
    ] = None,
    only_changes: Annotated[
        bool, typer.Option("--only-changes", help="Leave out what is the same in both.")
    ] = False,
    context: Annotated[
        int | None,
        typer.Option(
            min=0, metavar="N", help="Leave out what is the same, but for N sentences at a change."
        ),
    ] = None,
    summary: Annotated[bool, typer.Option("--summary", help="Verdict and counts only.")] = False,
    show_skipped: Annotated[
        bool, typer.Option("--show-skipped", help="List what was not compared, and why.")
    ] = False,
    quiet: Annotated[
        bool,
        typer.Option("--quiet", "-q", help="No report on standard output: the exit code, and why."),
    ] = False,
    order: Annotated[Order, typer.Option(help="Whose order to tell the changes in.")] = Order.A,
    threshold: Annotated[
        list[str] | None,
        typer.Option(
            "--threshold", "-t", metavar="NAME=VALUE", help="Set a threshold; may be repeated."
        ),
    ] = None,
    style: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="House style: your own rules on top of the built-in ones."
        ),
    ] = None,
    ignore_style: Annotated[
        bool, typer.Option("--ignore-style", help="Leave out what differs by house style alone.")
    ] = False,
    config: Annotated[
        Path | None,
        typer.Option(help="Read settings here, not in dedup.toml or pyproject.toml."),
    ] = None,
    input_format: Annotated[
        InputFormat | None,
        typer.Option(help="Read both inputs as this, whatever their names say."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Language of both articles, such as en; else recognised.")
    ] = None,
    max_bytes: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Refuse a larger input. Default: 50 MiB.")
    ] = None,
    width: Annotated[
        int | None,
        typer.Option(min=30, metavar="N", help="Columns of the report. Default: the terminal's."),
    ] = None,
    color: Annotated[
        Color, typer.Option(help="When to use colour; auto heeds NO_COLOR.")
    ] = Color.AUTO,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say on standard error what is done.")
    ] = False,
) -> None:
    """Are two articles versions of one story, and what did each outlet change?

    A and B are texts (.txt, .md), saved pages (.html), records (.json) or - for standard input.
    Of two folders the files of one name are compared, whatever their endings; --pairs takes a
    CSV file with columns a and b, or two files a line. Many pairs make one report, and exit with 2
    where one of them cannot be read, else with 1 where one fails.

    \b
    Examples:
      dedup compare agency.txt daily.txt
      dedup compare agency.txt daily.txt --only-changes --order b
      dedup compare agency.txt daily.html --format markdown --output comment.md
      cat daily.txt | dedup compare agency.txt - --format json
      dedup compare agency.txt daily.txt --ignore-style --only-changes
      dedup compare agency.txt daily.txt --summary --threshold passage_words=8
      dedup compare agency.txt daily.txt --fail-on quote_altered,verdict:unrelated
      dedup compare agency.txt daily.txt --fail-on number_changed --allow "number_changed:13->12"
      dedup compare agency.txt daily.txt --expect shared_passages --min-coverage 0.3
      dedup compare agency.txt daily.txt --report json=all.json --report sarif=dedup.sarif
      dedup compare wire published --fail-on verdict:unrelated
      dedup compare --pairs pairs.csv --report junit=pairs.xml --report markdown=pairs.md

    \b
    Conditions of --fail-on:
      quote_altered, number_changed  a flag of this kind (a wrong name lists them all)
      severity:high|medium|low       a flag as grave as this or graver
      any                            any flag
      verdict:unrelated              this verdict and no other

    \b
    Marks inside a sentence:
      [-words of A alone-]   {+words of B alone+}
      [~moved, in A~]        {~moved, in B~}
      [=house style of A=]   {=house style of B=}
    Flags: !!! high, !! medium, ! low
    """
    if pairs is None and (a is None or b is None):
        raise typer.BadParameter("name two articles, two folders, or a table with --pairs FILE")
    if pairs is not None and a is not None:
        raise typer.BadParameter("--pairs names the articles; leave A and B out", param_hint="A")
    if a == b == "-":
        raise typer.BadParameter("standard input can be read only once", param_hint="A and B")
    talk = Talk(verbose)
    with answering():
        from dedup.cli.many import Assignment, compare_many, many_of
        from dedup.cli.rules import read_settings, rules_from
        from dedup.cli.settings import policy_from
        from dedup.config import PolicySettings
        from dedup.policy import check

        reports = wanted(format, output, report or (), quiet)
        many = many_of(a, b, pairs)
        check_places(reports, many.inputs if many else filter(None, (a, b)))
        settings = read_settings(config, talk)
        rules = rules_from(settings, threshold or (), style, talk)
        typed = PolicySettings(fail_on, allow, min_coverage, expect)
        policy = policy_from(settings, typed, rules.flags)
        largest = max_bytes or settings.max_bytes
        view = View(
            order=order.value,
            context=0 if only_changes and context is None else context,
            summary=summary,
            show_skipped=show_skipped,
            ignore_style=ignore_style or settings.ignore_style,
        )
        look = partial(screen, width=width, color=color.value)
        if many:
            how = _how(rules, input_format, largest, language)
            seen = [(report, fitted(report, view, look)) for report in reports]
            work = Assignment(many, how, policy, seen, workers)
            raise typer.Exit(compare_many(work, choose_progress(sys.stderr, quiet)))
        first, second = (
            _read(source, input_format, largest, language, talk) for source in (a, b) if source
        )
        comparison = _compare(first, second, rules, talk)
        outcome = check(comparison, policy)
        if reports:
            from dedup.report.build import build

            with talk.stage("report"):
                made = make_reports(reports, [build(comparison, outcome)], view, look)
            write_reports(made)
    for failure in outcome.failures:
        sys.stderr.write(f"dedup: {failure}\n")
    raise typer.Exit(outcome.exit_code)


def _how(
    rules: Rules, format: InputFormat | None, largest: int | None, language: str | None
) -> How:
    from dedup.pairs import How
    from dedup.reading import MAX_BYTES

    how = How(rules.thresholds, rules.style, rules.flags, format and format.value, language)
    return replace(how, max_bytes=largest or MAX_BYTES)


def _read(
    source: str, format: InputFormat | None, largest: int | None, language: str | None, talk: Talk
) -> Article:
    from dedup.reading import MAX_BYTES, read_article

    with talk.stage(f"read {source}"):
        article = read_article(
            source, format=format and format.value, max_bytes=largest or MAX_BYTES
        )
    return replace(article, language=language) if language else article


def _compare(a: Article, b: Article, rules: Rules, talk: Talk) -> Comparison:
    if talk.verbose:
        from dedup.cli.stages import compare_aloud

        return compare_aloud(a, b, rules, talk)
    from dedup import compare

    return compare(a, b, rules.thresholds, style=rules.style, flags=rules.flags)
