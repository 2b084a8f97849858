"""A corpus as input, its stories as output: what joins `reading` and `detect` for `scan`.

The data's way, which `dedup.scan.scan` walks along:

| package     | takes                     | gives                                                 |
| ----------- | ------------------------- | ----------------------------------------------------- |
| `ingesting` | pieces of a corpus        | `Corpus`: what is known, and what finds its like      |
| `proposing` | signatures or samples     | `Links`: candidate pairs; the furniture of the corpus |
| `rereading` | rows of articles in pairs | their texts once more, or the sets of their shingles  |
| `outlining` | texts                     | `Sheet`: tokens, quotations, what is left out         |
| `comparing` | pairs of sheets           | what they share, and a label                          |
| `deciding`  | candidates                | `Articles` and `Pairs`: who belongs together, and why |

What is in none of them serves all: the results (`values`, `columns`, `result`; `rowlines` writes
them), the temporary folder (`spool`), the machine code (`warming`), the progress (`watch`).
"""

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
