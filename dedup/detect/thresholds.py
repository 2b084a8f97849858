"""Every number that the verdict turns on, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How much of what makes which label; `benchmarks/verdict.py` chose the defaults.

    Attributes:
        shingle_words: Tokens a shingle.
        permutations: Permutations of the MinHash signature.
        passage_words: Shortest common run of tokens that counts as a passage.
        near_identical_jaccard: Least Jaccard similarity of `near_identical`.
        same_story_containment: Least containment outside quotations of `same_story`.
        shared_passages_run: Least longest run outside quotations of `shared_passages`, in tokens.
        same_event_topic: Least topical likeness of `same_event`.
    """

    shingle_words: int = 5
    permutations: int = 128
    passage_words: int = 5
    near_identical_jaccard: float = 0.9
    same_story_containment: float = 0.4
    shared_passages_run: int = 12
    same_event_topic: float = 0.2
