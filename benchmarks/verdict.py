"""Choose the thresholds of the verdict on labelled pairs, and say how far they can be trusted.

    python benchmarks/verdict.py DATA [--folds 5] [--repeats 5] [--resamples 1000] [--seed 1]
                                      [--shingles 3 4 5 6 7 8]

DATA holds labelled news: `us11.jsonl.gz` with `us11_labels.json` and `us11_versions.json`, and
`basil.jsonl.gz`. The pairs:

- labels: pairs across outlets that one reader called same_story, shared_passages or same_event,
  with confidence high or low;
- versions: the same page on two days: same_story;
- events: three outlets' reports of one event: same_event, but for the pairs that share copy
  (`SHARE_COPY`), which are shared_passages;
- strangers: two articles of different months, drawn at random from those in no other pair:
  unrelated.

Each threshold is the middle of the widest range over which the F1 of its question stays within
one point of the best. Cross-validation holds out whole stories: pairs that are linked by an
article or an event stay in one fold, and the thresholds that judge a fold are chosen on the
others. Intervals resample whole stories too. `--shingles` scores other shingle lengths as well.
Takes a quarter of a minute; each article is segmented once.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from dedup.article import Article
from dedup.detect import Evidence, Label, Thresholds, gather, judge
from dedup.text import Document, segment

STRANGERS = 400
TOLERANCE = 0.01
FILES = ("us11.jsonl.gz", "us11_labels.json", "us11_versions.json", "basil.jsonl.gz")

#: Pairs of one event that are no independent reports: part of one is taken from the other or
#: from a common source, outside quotations. Found by reading every pair with a long common run.
SHARE_COPY = {
    ("basil-19", "basil-21"): "the one prints an excerpt of the other",
    ("basil-23", "basil-24"): "sentences of one agency on the resolution in both",
    ("basil-32", "basil-33"): "lede and sentences of one agency in both, reworded",
}

LEVEL = {
    Label.IDENTICAL: 3,
    Label.NEAR_IDENTICAL: 3,
    Label.SAME_STORY: 3,
    Label.SHARED_PASSAGES: 2,
    Label.SAME_EVENT: 1,
    Label.UNRELATED: 0,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles, what they are to each other, and the evidence on them."""

    a: str
    b: str
    truth: Label
    source: str
    sure: bool
    story: str
    evidence: Evidence

    @property
    def level(self) -> int:
        """How much the two share in truth: 3 the story, 2 passages, 1 the event, 0 nothing."""
        return LEVEL[self.truth]


#: The ids of two articles, the truth, the source of the pair, and whether its reader was sure.
Labelled = tuple[str, str, Label, str, bool]
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A threshold, the figure it is held against, and the level that it decides about."""

    threshold: str
    level: int
    figure: Callable[[Evidence], float]


def _run(evidence: Evidence) -> int:
    run = evidence.longest_run_unquoted
    return run.words if run else 0


QUESTIONS = (
    Question("same_story_coverage", 3, lambda evidence: evidence.coverage_unquoted),
    Question("shared_passages_run", 2, _run),
    Question("same_event_topic", 1, lambda evidence: evidence.topic),
)


# --- the pairs ---------------------------------------------------------------------------------


def load(folder: Path, seed: int) -> tuple[dict[str, Document], list[Labelled]]:
    """Return the articles that are in a pair, segmented, and every pair."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise SystemExit(f"{folder}: no {', '.join(missing)}: give the folder of labelled news")
    pages, labels, versions, reports = (folder / name for name in FILES)
    articles = {row["id"]: row for path in (pages, reports) for row in _rows(path)}
    found: list[Labelled] = [
        (row["a"], row["b"], Label(row["label"]), "labels", row["confidence"] == "high")
        for row in json.loads(labels.read_text(encoding="utf-8"))
    ]
    found += [
        (a, b, Label.SAME_STORY, "versions", True)
        for a, b in json.loads(versions.read_text(encoding="utf-8"))
    ]
    found += _events(articles.values())
    paired = {name for a, b, *_ in found for name in (a, b)}
    found += _strangers([row for name, row in articles.items() if name not in paired], seed)
    documents = {
        name: segment(Article(articles[name]["text"], language="en", url=articles[name].get("url")))
        for name in {name for a, b, *_ in found for name in (a, b)}
    }
    return documents, found


def measure(
    documents: dict[str, Document], found: Sequence[Labelled], limits: Thresholds
) -> list[Pair]:
    """Return the pairs with the evidence on each."""
    story = _stories((a, b) for a, b, *_ in found)
    return [
        Pair(a, b, truth, source, sure, story[a], gather(documents[a], documents[b], limits))
        for a, b, truth, source, sure in found
    ]


def _rows(path: Path) -> Iterable[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _events(rows: Iterable[Row]) -> Iterable[Labelled]:
    reports: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if "event" in row:
            reports[row["event"]].append(row["id"])
    for names in reports.values():
        for a, b in itertools.combinations(names, 2):
            truth = Label.SHARED_PASSAGES if (a, b) in SHARE_COPY else Label.SAME_EVENT
            yield a, b, truth, "events", True


def _strangers(rows: Sequence[Row], seed: int) -> Iterable[Labelled]:
    """Yield pairs of different months, no article twice."""
    shuffled = random.Random(seed).sample(rows, len(rows))
    apart = (
        (one["id"], other["id"], Label.UNRELATED, "strangers", True)
        for one, other in zip(shuffled[::2], shuffled[1::2], strict=False)
        if one["date"][:7] != other["date"][:7]
    )
    return itertools.islice(apart, STRANGERS)


def _stories(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for every article one article that stands for all it is linked with."""
    parent: dict[str, str] = {}

    def find(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for a, b in pairs:
        parent[find(a)] = find(b)
    return {name: find(name) for name in parent}


# --- choosing ----------------------------------------------------------------------------------


def f1(called: np.ndarray, true: np.ndarray) -> float:
    """Return the F1 of calling `called` what is `true`; both boolean."""
    total = int(called.sum() + true.sum())
    return 2 * int((called & true).sum()) / total if total else 1.0


def plateau(figures: np.ndarray, true: np.ndarray) -> tuple[float, float]:
    """Return the widest range of thresholds whose F1 is within `TOLERANCE` of the best."""
    values = np.unique(figures)
    cuts = (values[1:] + values[:-1]) / 2
    scores = np.array([f1(figures >= cut, true) for cut in cuts])
    good = scores >= scores.max() - TOLERANCE
    ranges = [
        (cuts[run[0]], cuts[run[-1]])
        for holds, group in itertools.groupby(range(len(cuts)), key=lambda place: good[place])
        if holds
        for run in [list(group)]
    ]
    low, high = max(ranges, key=lambda ends: ends[1] - ends[0])
    return float(low), float(high)


def plateaus(pairs: Sequence[Pair]) -> dict[str, tuple[float, float]]:
    """Return the plateau of every threshold on these pairs."""
    level = np.array([pair.level for pair in pairs])
    return {
        question.threshold: plateau(
            np.array([question.figure(pair.evidence) for pair in pairs]), level >= question.level
        )
        for question in QUESTIONS
    }


def choose(pairs: Sequence[Pair]) -> Thresholds:
    """Return the thresholds in the middle of their plateaus; a number of words is rounded."""
    middle = {name: (low + high) / 2 for name, (low, high) in plateaus(pairs).items()}
    run = round(middle.pop("shared_passages_run"))
    return replace(Thresholds(), shared_passages_run=run, **middle)


def cross_validate(
    pairs: Sequence[Pair], folds: int, seed: int
) -> tuple[list[Label], list[Thresholds]]:
    """Return the label of every pair by thresholds chosen without its story, and those."""
    stories = sorted({pair.story for pair in pairs})
    random.Random(seed).shuffle(stories)
    fold = {story: place % folds for place, story in enumerate(stories)}
    chosen = [
        choose([pair for pair in pairs if fold[pair.story] != held_out])
        for held_out in range(folds)
    ]
    return [judge(pair.evidence, chosen[fold[pair.story]]).label for pair in pairs], chosen


# --- scores ------------------------------------------------------------------------------------


def score(called: np.ndarray, true: np.ndarray) -> tuple[float, float, float]:
    """Return precision, recall and F1; 1 where there is nothing to get wrong."""
    hits = int((called & true).sum())
    precision = hits / int(called.sum()) if called.any() else 1.0
    recall = hits / int(true.sum()) if true.any() else 1.0
    return precision, recall, f1(called, true)


def interval(
    called: np.ndarray, true: np.ndarray, stories: np.ndarray, resamples: int, seed: int
) -> tuple[float, float]:
    """Return the 95 % interval of F1, by resampling whole stories with replacement."""
    _, story = np.unique(stories, return_inverse=True)
    counts = np.stack(
        [np.bincount(story, weights=what) for what in (called & true, called, true)], axis=1
    )
    rng = np.random.default_rng(seed)
    drawn = rng.integers(0, len(counts), size=(resamples, len(counts)))
    hits, calls, trues = counts[drawn].sum(axis=1).T
    total = calls + trues
    scores = np.where(total > 0, 2 * hits / np.maximum(total, 1), 1.0)
    low, high = np.quantile(scores, [0.025, 0.975])
    return float(low), float(high)


def report(pairs: Sequence[Pair], labels: Sequence[Label], resamples: int, seed: int) -> None:
    """Print precision, recall and F1 of every label, the confusion, and every error."""
    true = np.array([pair.level for pair in pairs])
    called = np.array([LEVEL[label] for label in labels])
    stories = np.array([pair.story for pair in pairs])
    labelled = np.array([pair.source == "labels" for pair in pairs])
    sure = np.array([pair.sure for pair in pairs])
    views = {
        "labels, high confidence": labelled & sure,
        "labels, all": labelled,
        "everything": np.ones(len(pairs), dtype=bool),
    }
    names = {3: "same_story", 2: "shared_passages", 1: "same_event", 0: "unrelated"}
    for view, rows in views.items():
        print(f"\n{view}: {rows.sum()} pairs of {len(set(stories[rows]))} stories")
        for level, name in names.items():
            if not (true[rows] == level).any():
                continue
            is_called, is_true = called[rows] == level, true[rows] == level
            precision, recall, both = score(is_called, is_true)
            low, high = interval(is_called, is_true, stories[rows], resamples, seed)
            print(
                f"  {name:16} precision {precision:.3f}  recall {recall:.3f}  "
                f"F1 {both:.3f} [{low:.3f}, {high:.3f}]  of {is_true.sum()}"
            )

    print("\nconfusion (rows: truth by source; columns: called)")
    table = Counter(
        (f"{pair.source}: {names[pair.level]}", label)
        for pair, label in zip(pairs, labels, strict=True)
    )
    print(f"  {'':26}" + "".join(f"{label:>16}" for label in Label))
    for row in sorted({row for row, _ in table}):
        print(f"  {row:26}" + "".join(f"{table[row, label]:16}" for label in Label))

    independent = true == 1
    false = int((independent & (called == 3)).sum())
    print(
        f"\nindependent reports called same_story: {false} of {independent.sum()} "
        f"({false / independent.sum():.2%}; at most 1 in 200 is wanted)"
    )
    print("\nerrors (strangers and events taken for each other are counted above, not listed)")
    for pair, label in zip(pairs, labels, strict=True):
        if LEVEL[label] != pair.level and max(LEVEL[label], pair.level) > 1:
            found = pair.evidence
            print(
                f"  {pair.a:10} {pair.b:10} {pair.source} {pair.truth} "
                f"({'high' if pair.sure else 'low'}) called {label}: "
                f"coverage {found.coverage_unquoted:.2f}, run {_run(found)}, "
                f"containment {found.containment_unquoted:.2f}, jaccard {found.jaccard:.2f}, "
                f"unquoted {found.unquoted_a}/{found.words_a} and "
                f"{found.unquoted_b}/{found.words_b}, topic {found.topic:.2f}"
            )


def stability(pairs: Sequence[Pair], folds: int, seeds: Iterable[int]) -> list[Thresholds]:
    """Print F1 of same_story for several cross-validations; return all thresholds they chose."""
    true = np.array([pair.level == 3 for pair in pairs])
    labelled = np.array([pair.source == "labels" for pair in pairs])
    sure = labelled & np.array([pair.sure for pair in pairs])
    everything = []
    for seed in seeds:
        labels, chosen = cross_validate(pairs, folds, seed)
        called = np.array([LEVEL[label] == 3 for label in labels])
        print(
            f"  seed {seed}: high confidence {f1(called[sure], true[sure]):.4f}, "
            f"all {f1(called[labelled], true[labelled]):.4f}"
        )
        everything += chosen
    return everything


def main() -> None:
    """Choose on everything, judge by cross-validation, and hold the defaults against both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, metavar="DATA", help="folder of labelled news")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--repeats", type=int, default=5, help="cross-validations, reshuffled")
    parser.add_argument("--resamples", type=int, default=1000, help="for the intervals")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shingles", type=int, nargs="*", default=[], metavar="WORDS")
    options = parser.parse_args()
    seeds = range(options.seed, options.seed + options.repeats)

    limits = Thresholds()
    documents, found = load(options.data, options.seed)
    pairs = measure(documents, found, limits)
    print(
        ", ".join(f"{count} {source}" for source, count in Counter(row[3] for row in found).items())
    )
    for (a, b), why in SHARE_COPY.items():
        print(f"share copy: {a} {b}: {why}")

    labels, _ = cross_validate(pairs, options.folds, options.seed)
    print(f"\n=== {options.folds}-fold cross-validation, whole stories held out ===")
    report(pairs, labels, options.resamples, options.seed)

    print("\n=== F1 of same_story on the labels, cross-validated again and again ===")
    chosen = stability(pairs, options.folds, seeds)

    print("\n=== thresholds ===")
    best = choose(pairs)
    for name, (low, high) in plateaus(pairs).items():
        default, values = getattr(limits, name), [getattr(fold, name) for fold in chosen]
        print(
            f"  {name}: plateau {low:.3f} to {high:.3f}, chosen {getattr(best, name):.3f} "
            f"(folds {min(values):.3f} to {max(values):.3f}); default {default:g} "
            f"{'lies in the plateau' if low <= default <= high else 'LIES OUTSIDE THE PLATEAU'}"
        )

    print("\n=== the defaults, on the pairs they were chosen on ===")
    own = [judge(pair.evidence, limits).label for pair in pairs]
    report(pairs, own, options.resamples, options.seed)

    for size in options.shingles:
        print(f"\n=== {size} words a shingle ===")
        other = measure(documents, found, replace(limits, shingle_words=size))
        stability(other, options.folds, seeds)
        low, high = plateaus(other)["same_story_coverage"]
        print(f"  same_story_coverage: plateau {low:.3f} to {high:.3f}")


if __name__ == "__main__":
    main()
