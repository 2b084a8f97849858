"""The label of a pair, the evidence it rests on, and the rules that lead from one to the other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dedup.article import Span
from dedup.detect.thresholds import Thresholds


class Label(StrEnum):
    """What two articles are to each other."""

    IDENTICAL = "identical"
    NEAR_IDENTICAL = "near_identical"
    SAME_STORY = "same_story"
    SHARED_PASSAGES = "shared_passages"
    SAME_EVENT = "same_event"
    UNRELATED = "unrelated"


#: The labels that mean: versions of one article.
SAME_STORY_LABELS = frozenset({Label.IDENTICAL, Label.NEAR_IDENTICAL, Label.SAME_STORY})


@dataclass(frozen=True, slots=True)
class Run:
    """The longest passage that two articles share word for word.

    Attributes:
        words: Its length in tokens.
        a: Its place in the first article's text.
        b: Its place in the second's.
    """

    words: int
    a: Span
    b: Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two articles share, measured on the units that are compared.

    All ratios lie in 0 to 1. "Unquoted" figures leave out every token inside a quotation:
    independent reports of one event share long quotations.

    Attributes:
        minhash_jaccard: Jaccard similarity estimated from the MinHash signatures.
        jaccard: Exact Jaccard similarity of the shingle sets.
        containment: Shared shingles over those of the article that has fewer (Broder 1997).
        containment_unquoted: The same outside quotations.
        longest_run: Longest common run of tokens; None where no token is shared.
        longest_run_unquoted: The same outside quotations.
        passages: How many passages (maximal common runs of at least the minimum length) the
            articles share (greedy string tiling; Wise 1993).
        coverage_a: Share of the first article's tokens that lie in such passages.
        coverage_b: Share of the second's.
        identical: Whether both have the same tokens in the same order (and any at all).
        words_a: Tokens of the first article.
        words_b: Tokens of the second.
        unquoted_a: Tokens of the first article outside quotations.
        unquoted_b: Tokens of the second outside quotations.
        shared_unquoted: How many different shingles outside quotations both have.
        passages_unquoted: How many passages they share outside quotations.
        covered_unquoted: How many tokens those passages have.
        topic: Likeness of their telling words, quotations included (`topic.likeness`).
    """

    minhash_jaccard: float
    jaccard: float
    containment: float
    containment_unquoted: float
    longest_run: Run | None
    longest_run_unquoted: Run | None
    passages: int
    coverage_a: float
    coverage_b: float
    identical: bool
    words_a: int
    words_b: int
    unquoted_a: int
    unquoted_b: int
    shared_unquoted: int
    passages_unquoted: int
    covered_unquoted: int
    topic: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The label of a pair, with the evidence and the sentence that explains it."""

    label: Label
    evidence: Evidence
    reason: str

    @property
    def same_story(self) -> bool:
        """Whether the two are versions of one article."""
        return self.label in SAME_STORY_LABELS


def judge(evidence: Evidence, limits: Thresholds) -> Verdict:
    """Return the label that the evidence supports, and why."""
    run = evidence.longest_run_unquoted.words if evidence.longest_run_unquoted else 0
    share = f"{evidence.containment_unquoted:.0%} of the shorter text's wording outside quotations"
    figures = f"{share} is in the other; the longest common passage there has {run} words"
    if evidence.identical:
        return Verdict(Label.IDENTICAL, evidence, "The compared words are the same.")
    if evidence.jaccard >= limits.near_identical_jaccard:
        return Verdict(Label.NEAR_IDENTICAL, evidence, f"{figures}.")
    if evidence.containment_unquoted >= limits.same_story_containment:
        return Verdict(Label.SAME_STORY, evidence, f"{figures}.")
    if run >= limits.shared_passages_run:
        return Verdict(Label.SHARED_PASSAGES, evidence, f"{figures}.")
    if evidence.topic >= limits.same_event_topic:
        return Verdict(Label.SAME_EVENT, evidence, f"{figures}.")
    return Verdict(Label.UNRELATED, evidence, f"{figures}.")
