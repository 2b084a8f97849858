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
    """Return the label that the evidence supports, with a sentence that says why.

    The first rule that holds decides:

    1. `identical`: the same tokens in the same order.
    2. `near_identical`: nearly all of either article lies in passages that both share.
    3. `same_story`: they share a long run outside quotations, and enough of the wording that the
       shorter has outside quotations is in the other. Two reporters quote the same statement;
       what an article says in its own words tells where it comes from. An article with hardly a
       word outside quotations has no wording of its own: then quotations count as well, and far
       more of the shorter has to be in the other.
    4. `shared_passages`: they share a long run outside quotations.
    5. `same_event`: their telling words are alike.
    6. `unrelated`.
    """
    label = _label(evidence, limits)
    return Verdict(label, evidence, _reason(label, evidence, limits))


def _label(found: Evidence, limits: Thresholds) -> Label:
    if found.identical:
        return Label.IDENTICAL
    if min(found.coverage_a, found.coverage_b) >= limits.near_identical_coverage:
        return Label.NEAR_IDENTICAL
    copied = _length(found.longest_run_unquoted) >= limits.shared_passages_run
    if copied and found.containment_unquoted >= limits.same_story_containment:
        return Label.SAME_STORY
    if (
        _all_quoted(found, limits)
        and _length(found.longest_run) >= limits.shared_passages_run
        and found.containment >= limits.quoted_containment
    ):
        return Label.SAME_STORY
    if copied:
        return Label.SHARED_PASSAGES
    if found.topic >= limits.same_event_topic:
        return Label.SAME_EVENT
    return Label.UNRELATED


def _reason(label: Label, found: Evidence, limits: Thresholds) -> str:
    run = _length(found.longest_run_unquoted)
    wording = f"{found.containment_unquoted:.0%} of the shorter text's wording outside quotations"
    passage = f"the longest common passage there has {_words(run)}"
    telling = f"their telling words are alike to {found.topic:.2f} of 1"
    match label:
        case Label.IDENTICAL:
            return f"All {_words(found.words_a)} are the same."
        case Label.NEAR_IDENTICAL:
            return (
                f"{found.coverage_a:.0%} of the first text and {found.coverage_b:.0%} of the "
                "second lie in passages that both share."
            )
        case Label.SAME_STORY if _all_quoted(found, limits):
            return (
                f"{found.containment:.0%} of the shorter text's wording is in the other, and "
                "nearly all of it is quotation."
            )
        case Label.SAME_STORY | Label.SHARED_PASSAGES:
            return f"{wording} is in the other; {passage}."
        case Label.SAME_EVENT:
            return f"They tell it in their own words: {passage}, while {telling}."
        case Label.UNRELATED:
            return f"They share little: {passage}, and {telling}."


def _all_quoted(found: Evidence, limits: Thresholds) -> bool:
    return min(found.unquoted_a, found.unquoted_b) < limits.own_words


def _length(run: Run | None) -> int:
    return run.words if run else 0


def _words(count: int) -> str:
    return f"{count:,} word" if count == 1 else f"{count:,} words"
