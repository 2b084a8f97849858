"""Which program wrote a report: the same in every one, and quick to import."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal


@dataclass(frozen=True, slots=True)
class ToolReport:
    """The program that wrote the report.

    Attributes:
        name: Always `dedup`.
        version: Its version.
    """

    name: Literal["dedup"]
    version: str


@lru_cache(maxsize=1)
def this_tool() -> ToolReport:
    """Return this program and its version, which takes longer to find than a report to build."""
    from importlib.metadata import version

    return ToolReport("dedup", version("dedup"))
