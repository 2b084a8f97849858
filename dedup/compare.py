"""Compare two articles: are they the same wire story, and what did each outlet change?"""

from __future__ import annotations

from dataclasses import dataclass

from dedup.article import Article
from dedup.detect import Thresholds, Verdict, gather, judge
from dedup.diff import Diff, diff
from dedup.text import Document, segment


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two articles, the verdict on them, and what differs."""

    a: Document
    b: Document
    verdict: Verdict
    thresholds: Thresholds
    diff: Diff


def compare(a: Article, b: Article, thresholds: Thresholds | None = None) -> Comparison:
    """Decide whether two articles are the same wire story and align them sentence by sentence."""
    limits = thresholds or Thresholds()
    first, second = segment(a), segment(b)
    verdict = judge(gather(first, second, limits), limits)
    return Comparison(first, second, verdict, limits, diff(first, second))
