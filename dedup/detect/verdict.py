"""The label of a pair, the evidence it rests on, and the rules that lead from one to the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from dedup.article import Span
from dedup.detect.thresholds import Thresholds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    #: A figure of one pair, or one of each of many.
    Figure: TypeAlias = float | NDArray[np.int64] | NDArray[np.float64]
    Flag: TypeAlias = bool | NDArray[np.bool_]


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
        coverage_unquoted: Of the article that has fewer tokens outside quotations, the share of
            these that stand in a shingle outside quotations that the other has too.
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
        topic: Likeness of their telling words, quotations included (`topic.likeness`).
        same_page: Whether both are known to be published at one address (`address.same_page`).
    """

    minhash_jaccard: float
    jaccard: float
    containment: float
    containment_unquoted: float
    coverage_unquoted: float
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
    topic: float
    same_page: bool = False


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


class Facts(NamedTuple):
    """What the rules ask for: of one pair, or of many pairs as arrays.

    Attributes:
        identical: As in `Evidence`.
        coverage: The lower of `coverage_a` and `coverage_b`.
        own_coverage: `coverage_unquoted`.
        own_run: Words of `longest_run_unquoted`.
        own_words: The lower of `unquoted_a` and `unquoted_b`.
        run: Words of `longest_run`; asked for only where `own_words` are few.
        containment: As in `Evidence`, and so the next two.
        same_page: Whether both stand at one address.
        topic: Asked for only where no other rule holds.
    """

    identical: Flag
    coverage: Figure
    own_coverage: Figure
    own_run: Figure
    own_words: Figure
    run: Figure
    containment: Figure
    same_page: Flag
    topic: Figure


@dataclass(frozen=True, slots=True)
class Rule:
    """A label, when it holds, and the sentence that says why."""

    label: Label
    holds: Callable[[Facts, Thresholds], Flag]
    reason: Callable[[Evidence], str]


def judge(evidence: Evidence, limits: Thresholds) -> Verdict:
    """Return the label that the evidence supports, with a sentence that says why.

    The first rule that holds decides:

    1. `identical`: the same tokens in the same order.
    2. `near_identical`: nearly all of each article lies in passages that both share.
    3. `same_story`: they share a long run outside quotations, and enough of the words that the
       shorter has outside quotations stand in wording of the other. Two reporters quote the same
       statement; what an article says in its own words tells where it comes from.
    4. `same_story` as well: an article has hardly a word outside quotations to go by, and nearly
       all of the shorter is in the other, quotations included.
    5. `same_story` as well: they share a long run outside quotations and stand at one address:
       two states of a page that was written through.
    6. `shared_passages`: they share a long run outside quotations.
    7. `same_event`: their telling words are alike.
    8. `unrelated`.
    """
    facts = Facts(
        identical=evidence.identical,
        coverage=min(evidence.coverage_a, evidence.coverage_b),
        own_coverage=evidence.coverage_unquoted,
        own_run=_length(evidence.longest_run_unquoted),
        own_words=min(evidence.unquoted_a, evidence.unquoted_b),
        run=_length(evidence.longest_run),
        containment=evidence.containment,
        same_page=bool(evidence.same_page),
        topic=evidence.topic,
    )
    for rule in RULES:
        if rule.holds(facts, limits):
            return Verdict(rule.label, evidence, rule.reason(evidence))
    return Verdict(Label.UNRELATED, evidence, f"They share little: {_own_words(evidence)}.")


def judge_many(facts: Facts, limits: Thresholds) -> NDArray[np.int8]:
    """Return what `judge` calls each of many pairs, as an index into the members of `Label`.

    >>> import numpy as np
    >>> no, low, high = np.array([False, False]), np.array([0.0, 0.1]), np.array([0.5, 0.1])
    >>> facts = Facts(no, low, high, np.array([40, 9]), np.array([99, 99]), low, low, no, low)
    >>> [tuple(Label)[place].value for place in judge_many(facts, Thresholds())]
    ['same_story', 'unrelated']
    """
    import numpy as np

    order = tuple(Label)
    labels = np.full(np.shape(facts.identical), order.index(Label.UNRELATED), dtype=np.int8)
    for rule in reversed(RULES):  # the first that holds has the last word
        np.putmask(labels, np.asarray(rule.holds(facts, limits)), order.index(rule.label))
    return labels


def _copied(facts: Facts, limits: Thresholds) -> Flag:
    return facts.own_run >= limits.shared_passages_run


def _wording(found: Evidence) -> str:
    return (
        f"{found.coverage_unquoted:.0%} of the shorter text's words outside quotations stand in "
        "wording that the other has too; the longest common passage there has "
        f"{_words(_length(found.longest_run_unquoted))}."
    )


#: In this order; each is written so that it holds of arrays as of single figures.
RULES = (
    Rule(
        Label.IDENTICAL,
        lambda facts, _: facts.identical,
        lambda found: f"Word for word the same, {_words(found.words_a)} long.",
    ),
    Rule(
        Label.NEAR_IDENTICAL,
        lambda facts, limits: facts.coverage >= limits.near_identical_coverage,
        lambda found: (
            f"{found.coverage_a:.0%} of the first text and {found.coverage_b:.0%} of the second "
            "lie in passages that both share."
        ),
    ),
    Rule(
        Label.SAME_STORY,
        lambda facts, limits: (
            _copied(facts, limits) & (facts.own_coverage >= limits.same_story_coverage)
        ),
        _wording,
    ),
    Rule(
        Label.SAME_STORY,
        lambda facts, limits: (
            (facts.own_words < limits.own_words)
            & (facts.run >= limits.shared_passages_run)
            & (facts.containment >= limits.quoted_containment)
        ),
        lambda found: (
            f"{found.containment:.0%} of the shorter text's wording is in the other, and one of "
            "the two is nearly all quotation."
        ),
    ),
    Rule(
        Label.SAME_STORY,
        lambda facts, limits: _copied(facts, limits) & facts.same_page,
        lambda found: f"Two states of one page, published at the same address. {_wording(found)}",
    ),
    Rule(Label.SHARED_PASSAGES, _copied, _wording),
    Rule(
        Label.SAME_EVENT,
        lambda facts, limits: facts.topic >= limits.same_event_topic,
        lambda found: f"They tell of the same in their own words: {_own_words(found)}.",
    ),
)


def _own_words(found: Evidence) -> str:
    return (
        "the longest common passage outside quotations has "
        f"{_words(_length(found.longest_run_unquoted))}, and their telling words are alike to "
        f"{found.topic:.0%}"
    )


def _length(run: Run | None) -> int:
    return run.words if run else 0


def _words(count: int) -> str:
    return "1 word" if count == 1 else f"{count:,} words"
