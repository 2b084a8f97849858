"""Many comparisons as one JUnit document: a suite a pair, an error where it is not compared."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from dedup.report.glyphs import printable
from dedup.report.junit import Suite, document, suite, total, unread
from dedup.report.pairs_build import PairLine, RunReport
from dedup.report.pairs_model import PairReport
from dedup.report.view import View


def part(pair: PairReport, line: PairLine, view: View) -> Suite:
    """Return the test suite of a pair."""
    if pair.comparison is None:
        return unread(printable(f"{pair.a} and {pair.b}"), pair.error or "")
    return suite(pair.comparison)


def whole(parts: Collection[Suite], run: RunReport, view: View) -> Iterator[str]:
    """Yield the document, piece by piece, with a line end after it."""
    yield from document(parts, total(parts))
