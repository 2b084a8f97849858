"""Many comparisons as one SARIF log: the results of all pairs in one run."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from dedup.report.annotations import Level, annotate
from dedup.report.pairs_build import PairLine, RunReport
from dedup.report.pairs_model import PairReport
from dedup.report.sarif import Json, log, notification, results
from dedup.report.view import View


@dataclass(frozen=True, slots=True)
class Part:
    """The results of a pair, and why there are none."""

    results: tuple[Json, ...]
    error: str | None = None


def part(pair: PairReport, line: PairLine, view: View) -> Part:
    """Return the results of a pair; all say whether they are suppressed, where some may be."""
    found = pair.comparison
    if found is None:
        return Part((), f"{pair.a} and {pair.b} are not compared: {pair.error}")
    return Part(tuple(results(annotate(found), allowing=bool(found.policy.allow))))


def whole(parts: Collection[Part], run: RunReport, view: View) -> Iterator[str]:
    """Yield the log, piece by piece, with a line end after the last brace."""
    errors = [notification(Level.ERROR, part.error) for part in parts if part.error]
    alone = [
        notification(Level.NOTE, f"{path} has no partner")
        for path in (*run.unmatched.a, *run.unmatched.b)
    ]
    done: Json = {
        "executionSuccessful": not errors,
        "exitCode": run.policy.exit_code,
    }
    if errors or alone:
        done["toolExecutionNotifications"] = errors + alone
    yield from log(run.tool, (result for part in parts for result in part.results), done)
