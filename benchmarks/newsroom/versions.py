"""Are planted versions like real ones? How much two versions share, and how it lies in them.

Real pairs were labelled by a reader; planted ones are what `newsroom/kept.py` says. Of each range
of Jaccard similarity the same figures stand side by side: what matters to a detector is not how
alike versions are, but what else is true of those that are little alike.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

from dedup.article import Article
from dedup.detect import Thresholds, gather, judge
from dedup.text import Document, segment
from dedup.text.tokens import tokenize
from newsroom.kept import PASSAGE, VERSION
from newsroom.resemblance import Words, grams, jaccard, quantiles
from newsroom.truth import BINS, NEVER, Truth, read_truth

#: Planted pairs to look at, of each kind and range of Jaccard; and of one event, so that a story
#: that 300 print does not stand for all.
SAMPLE, PER_EVENT = 150, 3
#: Share of a sentence's word pairs that another sentence has too: touched, rewritten.
TOUCHED, REWRITTEN = 0.6, 0.2
#: Quantiles that are printed.
SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
TREATMENTS = ("kept", "touched", "rewritten", "new")

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Figures:
    """What is measured of a pair.

    Attributes:
        jaccard: Of the word 3-grams of the whole pages.
        coverage: Share of the shorter's words outside quotations in wording that both have.
        ratio: Words of the shorter over those of the longer.
        run: Words of the longest common run outside quotations.
        same: Whether the verdict is that they are one story.
        short: How each sentence of the shorter was treated, with its words.
        long: The same of the longer.
    """

    jaccard: float
    coverage: float
    ratio: float
    run: int
    same: bool
    short: tuple[tuple[str, int], ...]
    long: tuple[tuple[str, int], ...]


def labelled(path: Path, versions: Path | None = None) -> dict[str, list[Pair]]:
    """Return the pairs of each label.

    Args:
        path: A JSON list of objects with `a`, `b` and `label`.
        versions: A JSON list of pairs that are the same story too.
    """
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for a, b in json.loads(versions.read_text("utf-8")) if versions else ():
        pairs["same_story"].append((a, b))
    for row in json.loads(path.read_text("utf-8")):
        pairs[row["label"]].append((row["a"], row["b"]))
    return dict(pairs)


def planted(corpus: Path) -> dict[str, list[Pair]]:
    """Return a sample of the planted pairs by the label that they would be given."""
    truth = read_truth(corpus)
    chosen: dict[str, list[Pair]] = {}
    for label, rows in _kinds(corpus, truth).items():
        chosen[label] = []
        shuffled = Random(1).sample(rows, len(rows))
        for low, high in zip(BINS, (*BINS[1:], NEVER), strict=True):
            taken: Counter[int] = Counter()
            for row in shuffled:
                a, b = truth.pairs[row].tolist()
                if not low <= truth.jaccard[row] < high or taken[truth.stories[a]] >= PER_EVENT:
                    continue
                taken[truth.stories[a]] += 1
                chosen[label].append((truth.names[a], truth.names[b]))
                if taken.total() == SAMPLE:
                    break
    return chosen


def _kinds(corpus: Path, truth: Truth) -> dict[str, list[int]]:
    with corpus.with_suffix(".truth.jsonl").open(encoding="utf-8") as lines:
        roles = [record["role"] for record in map(json.loads, lines)]
    kinds: dict[str, list[int]] = {
        "same_story": [],
        "through a third": [],
        "shared_passages": [],
        "same_event": [],
    }
    for row, (a, b) in enumerate(truth.pairs.tolist()):
        if truth.apart[a] or truth.apart[b]:
            continue
        if truth.stories[a] == truth.stories[b]:
            kinds["same_story" if truth.shared[row] >= VERSION else "through a third"].append(row)
        elif "excerpt" in (roles[a], roles[b]):
            if 0 < truth.shared[row] < PASSAGE:
                kinds["shared_passages"].append(row)
        else:
            kinds["same_event"].append(row)
    return kinds


def beside(
    sources: Mapping[str, tuple[Mapping[str, str], Mapping[str, Sequence[Pair]]]],
) -> str:
    """Return the figures of several collections, by label and range of Jaccard, as a table.

    Args:
        sources: Of each collection the texts by id and the pairs by label.
    """
    measured = {
        name: {label: measure(texts, pairs) for label, pairs in labels.items()}
        for name, (texts, labels) in sources.items()
    }
    labels = dict.fromkeys(label for found in measured.values() for label in found)
    rows = [f"quantiles at {', '.join(map(str, SHARES))}; shares of words {'/'.join(TREATMENTS)}"]
    for label in labels:
        for low, high in zip(BINS, (*BINS[1:], NEVER), strict=True):
            for name, found in measured.items():
                inside = [one for one in found.get(label, ()) if low <= one.jaccard < high]
                if inside:
                    rows += [f"\n{label}, J {low:g} to {min(high, 1):g}, {name}", *_show(inside)]
    return "\n".join(rows)


def _show(found: Sequence[Figures]) -> Iterator[str]:
    same = sum(one.same for one in found)
    yield f"  {len(found)} pairs, called one story {same} ({same / len(found):.2f})"
    for name in ("coverage", "ratio", "run"):
        values = quantiles((getattr(one, name) for one in found), SHARES)
        yield f"  {name:9}" + "".join(f"{value:7.3g}" for value in values)
    for name in ("short", "long"):
        sides = [getattr(one, name) for one in found if getattr(one, name)]
        total = [sum(words for _, words in side) for side in sides]
        shares = [
            sum(
                sum(words for kind, words in side if kind == treatment) / every
                for side, every in zip(sides, total, strict=True)
            )
            / len(sides)
            for treatment in TREATMENTS
        ]
        yield f"  {name:9}" + "".join(f"{share:7.2f}" for share in shares) + _clumps(sides)


def _clumps(sides: Iterable[Sequence[tuple[str, int]]]) -> str:
    """Say how much oftener than any sentence one is kept that follows a kept one."""
    taken = [[kind in ("kept", "touched") for kind, _ in side] for side in sides]
    pairs = [pair for side in taken for pair in pairwise(side)]
    after = [now for before, now in pairs if before]
    if not after:
        return ""
    return f"; kept {sum(now for _, now in pairs) / len(pairs):.2f}, after a kept one " + (
        f"{sum(after) / len(after):.2f}"
    )


def measure(texts: Mapping[str, str], pairs: Iterable[Pair]) -> list[Figures]:
    """Return the figures of pairs of articles; 10 ms each."""
    limits = Thresholds()
    document = cache(lambda name: segment(Article(texts[name], language="en")))
    found = []
    for one, other in pairs:
        a, b = document(one), document(other)
        evidence = gather(a, b, limits)
        if evidence.unquoted_a > evidence.unquoted_b:
            a, b = b, a
        words = [tokenize(side.text).words for side in (a, b)]
        run = evidence.longest_run_unquoted
        sizes = sorted((evidence.words_a, evidence.words_b))
        found.append(
            Figures(
                jaccard(grams(words[0], 3), grams(words[1], 3)),
                evidence.coverage_unquoted,
                sizes[0] / (sizes[1] or 1),
                run.words if run else 0,
                judge(evidence, limits).same_story,
                tuple(_treatments(a, b)),
                tuple(_treatments(b, a)),
            )
        )
    return found


def _treatments(one: Document, other: Document) -> Iterator[tuple[str, int]]:
    """Yield for each sentence what became of it in the other article, and its words."""
    known = _sentences(other)
    whole, parts = set(known), [grams(words, 2) for words in known]
    for words in _sentences(one):
        pairs = grams(words, 2)
        near = max((len(pairs & part) for part in parts), default=0) / (len(pairs) or 1)
        if words in whole:
            yield "kept", len(words)
        elif near >= REWRITTEN:
            yield "touched" if near >= TOUCHED else "rewritten", len(words)
        else:
            yield "new", len(words)


def _sentences(document: Document) -> list[Words]:
    units = (unit for unit in document.units if unit.kind.compared)
    found = (tokenize(document.text, unit.start, unit.end).words for unit in units)
    return [words for words in found if words]
