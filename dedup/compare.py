"""Compare two articles: are they the same wire story, and what did each outlet change?"""

from __future__ import annotations

from dataclasses import dataclass

from dedup.article import Article
from dedup.detect import Thresholds, Verdict, gather, judge
from dedup.diff import Diff, Style, diff
from dedup.diff.flags import Flag, FlagSettings, raise_flags
from dedup.text import Document, segment


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two articles, the verdict on them, what differs, and what of it matters to an editor."""

    a: Document
    b: Document
    verdict: Verdict
    thresholds: Thresholds
    diff: Diff
    flags: tuple[Flag, ...]


def compare(
    a: Article,
    b: Article,
    thresholds: Thresholds | None = None,
    *,
    style: Style | None = None,
    flags: FlagSettings | None = None,
) -> Comparison:
    """Decide whether two articles are the same wire story and align them sentence by sentence.

    What `style` (default: the built-in rules of house style) takes for one way of writing is told
    as such, and not as a change of words.
    """
    limits = thresholds or Thresholds()
    first, second = segment(a), segment(b)
    verdict = judge(gather(first, second, limits), limits)
    found = diff(first, second, style)
    raised = raise_flags(first, second, found, flags, style)
    return Comparison(first, second, verdict, limits, found, raised)
