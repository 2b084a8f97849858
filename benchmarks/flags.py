"""Show what each kind of flag says of real versions of a story, to be read by eye and counted.

    python benchmarks/flags.py DATA [--kind KIND ...] [--context 80] [--versions] [--counts]

DATA holds labelled news: `us11.jsonl.gz` with `us11_labels.json` and `us11_versions.json`. The
pairs are those of different outlets that a reader called same_story or shared_passages;
`--versions` adds the same page on two days. For each flag the words before and after stand between
`«` and `»`, with the text around them; at the end the number of flags by kind, in how many pairs.
The precision of a kind on real text is the share of its flags that a reader calls right.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dedup import Article, Comparison, compare
from dedup.article import Span
from dedup.diff.flags import DEFAULTS, Flag, FlagKind, FlagSettings, Severity

FILES = ("us11.jsonl.gz", "us11_labels.json", "us11_versions.json")
LABELS = frozenset({"same_story", "shared_passages"})


def pairs(folder: Path, *, versions: bool) -> Iterator[tuple[str, str]]:
    """Yield the ids of the articles of each pair."""
    for row in json.loads((folder / FILES[1]).read_text(encoding="utf-8")):
        if row["label"] in LABELS:
            yield row["a"], row["b"]
    if versions:
        yield from json.loads((folder / FILES[2]).read_text(encoding="utf-8"))


def articles(folder: Path) -> dict[str, Article]:
    """Return every article by its id."""
    with gzip.open(folder / FILES[0], "rt", encoding="utf-8") as lines:
        rows = map(json.loads, lines)
        return {
            row["id"]: Article(
                row["text"], outlet=row["outlet"], date=row["date"], url=row["url"], language="en"
            )
            for row in rows
        }


def shown(text: str, span: Span | None, context: int) -> str:
    """Return the words of a flag with the text around them, on one line."""
    if span is None:
        return "–"
    before, after = text[max(0, span.start - context) : span.start], text[span.end :][:context]
    return " ".join(f"{before}«{text[span.start : span.end]}»{after}".split())


def show(found: Comparison, flag: Flag, names: str, context: int) -> None:
    """Print one flag."""
    print(f"{flag.kind} {names} link {flag.link}")
    print(f"  - {shown(found.a.text, flag.a, context)}")
    print(f"  + {shown(found.b.text, flag.b, context)}")


def main() -> None:
    """Compare every pair and print its flags."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, metavar="DATA", help="folder of labelled news")
    parser.add_argument("--kind", nargs="*", type=FlagKind, default=list(FlagKind))
    parser.add_argument("--context", type=int, default=80, help="characters around the words")
    parser.add_argument("--versions", action="store_true", help="the same page on two days too")
    parser.add_argument("--counts", action="store_true", help="print only how many of each kind")
    options = parser.parse_args()
    missing = [name for name in FILES if not (options.data / name).is_file()]
    if missing:
        raise SystemExit(f"{options.data}: no {', '.join(missing)}: give the folder of them")
    # Kinds that are off by default are asked for too: this is where they earn their place.
    settings = FlagSettings({kind: DEFAULTS.get(kind, Severity.LOW) for kind in options.kind})
    known = articles(options.data)
    flags: Counter[FlagKind] = Counter()
    in_pairs: Counter[FlagKind] = Counter()
    number = 0
    for a, b in pairs(options.data, versions=options.versions):
        found = compare(known[a], known[b], flags=settings)
        number += 1
        flags.update(flag.kind for flag in found.flags)
        in_pairs.update({flag.kind for flag in found.flags})
        for flag in () if options.counts else found.flags:
            show(found, flag, f"{a} {b}", options.context)
    print(f"\n{number} pairs")
    for kind in options.kind:
        print(f"  {kind:30} {flags[kind]:5} flags in {in_pairs[kind]:4} pairs")


if __name__ == "__main__":
    main()
