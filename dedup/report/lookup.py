"""Find two articles and what was verified of them in the files that a scan left."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dedup.errors import InputError, one_line
from dedup.report.scan_model import ArticleReport, PairReport
from dedup.report.stored import read_report, read_rows
from dedup.report.tables import ENDINGS
from dedup.report.why import Answer, explain


def look_up(ids: tuple[str, str], source: Path, pairs: Path | None = None) -> Answer:
    """Return why two articles of a scan are together, or are not.

    Args:
        ids: The articles.
        source: What `dedup scan --output` wrote.
        pairs: What `--pairs` wrote; None to look in the report itself (`.json`), or beside a
            table `scan.csv` for `scan.pairs.csv`, `scan.pairs.jsonl` or `scan.pairs.parquet`.

    Rows are read one by one: memory does not grow with a table, but does with a `.json` report.

    Raises:
        InputError: A file cannot be read or is none of a scan, or an article is not in it.
        MissingExtraError: A file is Parquet, and pyarrow is not installed.
    """
    known: Iterable[PairReport] | None = None
    if source.suffix.lower() == ".json":
        report = read_report(source)
        articles: Iterable[ArticleReport] = report.articles
        known = report.pairs
        skipped = {bad.id: bad.reason for bad in report.skipped if bad.id is not None}
    else:
        articles, skipped = read_rows(source, ArticleReport), {}
        pairs = pairs or beside(source)
    if pairs is not None:
        known = read_rows(pairs, PairReport)
    found = _both(articles, ids)
    answer = explain(ids, found.get(ids[0]), found.get(ids[1]), known)
    for id in ids:
        # An article of an older corpus has no row: it is known by its pairs and its story alone.
        if id not in found and not (found and (answer.pairs or answer.relation.together)):
            told = f"; it was skipped: {skipped[id]}" if id in skipped else "; check the id"
            raise InputError(f"{one_line(str(source))}: has no article {one_line(id)}{told}")
    return answer


def beside(source: Path) -> Path | None:
    """Return the file of pairs that lies beside a table, by its name; None if there is none."""
    if not source.name:  # the current folder, or the root
        return None
    endings = (source.suffix.lower(), *ENDINGS)
    names = (source.with_name(f"{source.stem}.pairs{ending}") for ending in endings)
    return next((path for path in names if path.is_file()), None)


def _both(articles: Iterable[ArticleReport], ids: tuple[str, str]) -> dict[str, ArticleReport]:
    found: dict[str, ArticleReport] = {}
    for article in articles:
        if article.id in ids:
            found[article.id] = article
            if len(found) == len(set(ids)):
                break
    return found
