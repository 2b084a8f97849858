"""A pair reduced to what the wanted reports show of it, in the process that compared it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, cast

from dedup.pairs import ComparedPair
from dedup.policy import Policy
from dedup.report.pairs_build import PairLine, RunReport, line_of, pair_report
from dedup.report.pairs_model import PairReport
from dedup.report.view import View


class Layout(Protocol):
    """How a format writes many comparisons: its module, whose part of a pair is of its own kind."""

    def part(self, pair: PairReport, line: PairLine, view: View) -> Any:
        """Return what the report needs of a pair: it is sent from process to process."""

    def whole(self, parts: Collection[Any], run: RunReport, view: View) -> Iterator[str]:
        """Yield the report, piece by piece, from the parts of all pairs in order."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with each pair.

    Attributes:
        policy: What it is held against.
        reports: The formats that are wanted, by name, and what each shows.
    """

    policy: Policy
    reports: tuple[tuple[str, View], ...]


def layout(format: str) -> Layout:
    """Return how a format (`terminal`, `json`, `junit` …) writes many comparisons."""
    return cast(Layout, import_module(f"dedup.report.pairs_{format}"))


def reduce(job: Job, pair: ComparedPair) -> tuple[PairLine, tuple[Any, ...]]:
    """Return what a run keeps of a pair, and its part of each report."""
    report = pair_report(pair, job.policy)
    line = line_of(report)
    return line, tuple(layout(name).part(report, line, view) for name, view in job.reports)
