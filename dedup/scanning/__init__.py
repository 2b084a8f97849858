"""A corpus as input, its stories as output: what joins `reading` and `detect` for `scan`."""

from dedup.detect.clusters import Choice
from dedup.scanning.columns import Articles, Pairs
from dedup.scanning.result import Scan
from dedup.scanning.values import (
    Apart,
    Cluster,
    Counts,
    Mode,
    Pair,
    Role,
    Scanned,
)

__all__ = [
    "Apart",
    "Articles",
    "Choice",
    "Cluster",
    "Counts",
    "Mode",
    "Pair",
    "Pairs",
    "Role",
    "Scan",
    "Scanned",
]
