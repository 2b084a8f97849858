"""Every number that the verdict turns on, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How much of what makes which label; `benchmarks/verdict.py` chooses the defaults.

    Attributes:
        shingle_words: Tokens a shingle.
        permutations: Permutations of the MinHash signature.
        passage_words: Shortest common run of tokens that counts as a passage.
        near_identical_coverage: `near_identical`: least share of the tokens of each article, 0 to
            1, that lies in common passages.
        same_story_coverage: `same_story`: of the article that has fewer words outside quotations,
            least share of them, 0 to 1, in wording that the other has too.
        shared_passages_run: `same_story` and `shared_passages`: fewest tokens of the longest
            common run outside quotations.
        same_event_topic: `same_event`: least likeness of the telling words, 0 to 1.
        own_words: Fewest tokens outside quotations that a verdict can rest on; where one article
            has fewer, its quotations have to count.
        quoted_containment: `same_story` where quotations have to count: least containment with
            them, 0 to 1.
    """

    shingle_words: int = 5
    permutations: int = 128
    passage_words: int = 5
    near_identical_coverage: float = 0.9
    same_story_coverage: float = 0.46
    shared_passages_run: int = 13
    same_event_topic: float = 0.23
    own_words: int = 25
    quoted_containment: float = 0.8
