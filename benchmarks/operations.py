"""Score the alignment on articles that were changed in known ways, beside prosediff.

    python benchmarks/operations.py DATA [--articles N] [--prosediff PYTHON] [--plateau]

DATA is a folder with `us11.jsonl.gz` and `basil.jsonl.gz` (one JSON article a line: `id`, `date`,
`text`). Each article's sentences are cut, moved, split, merged, reworded and put into another house
style, and sentences of other articles of the same day are inserted; the links are known. A link
counts as found when all its sentences on both sides are right; a cut or inserted sentence, when it
is left unlinked. A wrong link counts against every operation that its sentences underwent.

Articles of the first half (by order of id) are for choosing constants (`--half choose`), the
figures of a report come from the other half.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import subprocess
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from rewriting.cases import Case, make_case
from rewriting.scoring import Align, Score, document, ours, score

from dedup.article import Article, Kind
from dedup.diff import diff
from dedup.diff.align import LIMITS

PROSEDIFF = Path(__file__).resolve().parent / "peers" / "prosediff_runner.py"


def read(path: Path) -> list[dict[str, str]]:
    """Return the records of a compressed JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def sentences_of(text: str) -> list[str]:
    """Return the body sentences of an article, without repeats."""
    from dedup.text import segment

    whole = segment(Article(text))
    body = (whole.text_of(unit) for unit in whole.units if unit.kind is Kind.BODY)
    return list(dict.fromkeys(" ".join(sentence.split()) for sentence in body))


def cases_of(data: Path, count: int, half: str, seed: int = 20) -> list[Case]:
    """Return cases from the articles of one half of the data ("choose" or "report")."""
    records = [
        record
        for name in ("us11.jsonl.gz", "basil.jsonl.gz")
        for record in read(data / name)
        if 2_000 <= len(record["text"]) <= 9_000
    ]
    records.sort(key=lambda record: record["id"])
    records = records[0::2] if half == "choose" else records[1::2]
    rng = random.Random(f"{seed} {half}")
    days: dict[str, list[dict[str, str]]] = defaultdict(list)
    for record in records:
        days[record["date"]].append(record)
    cases = []
    for record in rng.sample(records, len(records)):
        others = [other for other in days[record["date"]] if other["id"] != record["id"]]
        if not others:
            continue
        stranger = rng.choice(others)
        words, other_words = set(record["text"].split()), set(stranger["text"].split())
        if len(words & other_words) > 0.45 * min(len(words), len(other_words)):
            continue  # it may tell the same story
        cases.append(make_case(sentences_of(record["text"]), sentences_of(stranger["text"]), rng))
        if len(cases) == count:
            break
    return cases


def prosediff(python: str, cases: Sequence[Case]) -> Align:
    """Return an aligner that answers with what prosediff found for the cases."""
    found = json.loads(
        subprocess.run(
            [python, str(PROSEDIFF)],
            input=json.dumps([[case.a, case.b] for case in cases]),
            capture_output=True,
            check=True,
            text=True,
        ).stdout
    )
    links = {
        (case.a, case.b): [((i,), (j,)) for i, j in pairs]
        for case, pairs in zip(cases, found, strict=True)
    }
    return lambda a, b: links[tuple(a), tuple(b)]


def show(title: str, scores: dict[str, Score]) -> None:
    """Print a table of scores."""
    print(f"\n{title}\n{'operation':16} {'true':>6} {'wrong':>6} {'missed':>6} {'F1':>7}")
    for name in sorted(scores, key=lambda name: (name == "all", name)):
        entry = scores[name]
        count = entry.found + entry.missed
        print(f"{name:16} {count:6} {entry.wrong:6} {entry.missed:6} {entry.f1:7.4f}")


def plateau(cases: Sequence[Case]) -> None:
    """Print the F1 over all, and of the worst operation, as each constant of align varies."""
    for name, values in {
        "body": (0.16, 0.20, 0.24, 0.28, 0.32, 0.34, 0.36, 0.40, 0.44),
        "part_found": (0.2, 0.3, 0.4, 0.5, 0.6, 0.7),
        "part_of_whole": (0.02, 0.04, 0.08, 0.12, 0.16, 0.20),
        "candidates": (3, 5, 8, 12),
    }.items():
        print(f"\n{name} (chosen: {getattr(LIMITS, name)})")
        for value in values:
            scores = score(cases, partial(ours, limits=replace(LIMITS, **{name: value})))
            worst = min(scores, key=lambda operation: scores[operation].f1)
            print(f"  {value:5} all {scores['all'].f1:.4f}  {worst} {scores[worst].f1:.4f}")


def long_texts(cases: Sequence[Case], words: int) -> None:
    """Print the time that a whole diff takes on two texts of so many words."""
    a: list[str] = []
    b: list[str] = []
    for case in cases:
        if sum(len(sentence.split()) for sentence in a) > words:
            break
        a += case.a
        b += case.b
    first, second = document(a), document(b)
    start = time.perf_counter()
    found = diff(first, second)
    taken = time.perf_counter() - start
    sizes = f"{len(first.tokens)} and {len(second.tokens)} words"
    print(f"\n{sizes}: {len(found.links)} links in {taken:.2f} s")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, metavar="DATA")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--half", choices=("choose", "report"), default="report")
    parser.add_argument("--prosediff", metavar="PYTHON", help="a Python that has prosediff")
    parser.add_argument("--plateau", action="store_true")
    options = parser.parse_args()
    if not (options.data / "us11.jsonl.gz").exists():
        raise SystemExit(f"{options.data}: no us11.jsonl.gz here: give the folder that has it")
    cases = cases_of(options.data, options.articles, options.half)
    done = Counter(op for case in cases for op in case.links.values())
    print(f"{len(cases)} articles, half {options.half!r}; links made: {dict(done)}")
    show("dedup", score(cases, ours))
    if options.prosediff and Path(options.prosediff).exists():
        show("prosediff", score(cases, prosediff(options.prosediff, cases)))
    else:
        print("\nprosediff: left out (--prosediff PYTHON names a Python that has it)")
    if options.plateau:
        plateau(cases)
    long_texts(cases, 20_000)


if __name__ == "__main__":
    main()
