"""What every stage of a scan has at hand."""

from __future__ import annotations

from dataclasses import dataclass

from dedup.crew import Crew
from dedup.scanning.ingesting.intake import Plan
from dedup.scanning.watch import Watch


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works, by which plan, and who watches."""

    crew: Crew
    plan: Plan
    watch: Watch
