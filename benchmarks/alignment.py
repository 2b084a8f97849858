"""Score the alignment on news at three reading levels, with paragraphs aligned by hand.

    python benchmarks/alignment.py DATA [--plateau] [--wrong]

DATA is a folder with `onestopqa.jsonl.gz` (OneStopQA, Berzak et al. 2020: `advanced`,
`intermediate` and `elementary`, each a list of paragraphs; the k-th of each tells the same thing).
For each pair of levels: how many pairs of linked sentences stay in the paragraph that they should,
and how many sentences of the simpler side are linked at all.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from dedup.article import Article
from dedup.diff.align import LIMITS, Limits, align
from dedup.text import Document, segment

LEVELS = ("advanced", "intermediate", "elementary")


@dataclass(slots=True)
class Tally:
    """Counts of one pair of levels."""

    right: int = 0
    linked: int = 0
    sentences: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)

    def __str__(self) -> str:
        pairs = self.right + len(self.wrong)
        return (
            f"{self.right / pairs:7.4f} of {pairs} linked pairs in the right paragraph, "
            f"{self.linked / self.sentences:7.4f} of {self.sentences} sentences linked"
        )


def read(path: Path) -> Iterator[dict[str, Document]]:
    """Yield each article's document at every level; a line of its text is a paragraph."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield {
                level: segment(Article("\n".join(" ".join(p.split()) for p in record[level])))
                for level in LEVELS
            }


def tally(pairs: list[tuple[Document, Document]], limits: Limits = LIMITS) -> Tally:
    """Align each pair and count."""
    counts = Tally()
    for a, b in pairs:
        counts.sentences += sum(unit.kind.compared for unit in b.units)
        for pairing in align(a, b, limits):
            counts.linked += len(pairing.b)
            for i in pairing.a:
                for j in pairing.b:
                    first, second = a.units[i], b.units[j]
                    if first.paragraph == second.paragraph:
                        counts.right += 1
                    else:
                        counts.wrong.append((a.text_of(first), b.text_of(second)))
    return counts


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, metavar="DATA")
    parser.add_argument("--plateau", action="store_true", help="vary the least score of a link")
    parser.add_argument("--wrong", action="store_true", help="print the links that went astray")
    options = parser.parse_args()
    path = options.data / "onestopqa.jsonl.gz"
    if not path.exists():
        raise SystemExit(f"{path}: not here: give the folder that holds it")
    articles = list(read(path))
    pairs = {
        levels: [(article[levels[0]], article[levels[1]]) for article in articles]
        for levels in combinations(LEVELS, 2)
    }
    for levels, documents in pairs.items():
        counts = tally(documents)
        print(f"{' - '.join(levels):26} {counts}")
        for first, second in counts.wrong if options.wrong else ():
            print(f"    {first}\n    {second}\n")
    if options.plateau:
        for least in (0.20, 0.24, 0.28, 0.32, 0.36, 0.40, 0.44):
            print(f"\nbody {least} (chosen: {LIMITS.body})")
            for levels, documents in pairs.items():
                print(f"  {' - '.join(levels):26} {tally(documents, Limits(body=least))}")


if __name__ == "__main__":
    main()
