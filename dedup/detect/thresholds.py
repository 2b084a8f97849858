"""Every number that the verdict turns on, in one place.

Those that labelled pairs can decide were chosen by `benchmarks/verdict.py`: each is the middle of
the widest range over which the F1 of its question stays within one point of the best. The others
are definitions.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from dedup.errors import ConfigError

#: Least value of each count, in tokens or permutations; every other threshold is a ratio, 0 to 1.
LEAST = {
    "shingle_words": 1,
    "permutations": 1,
    "passage_words": 1,
    "shared_passages_run": 1,
    "own_words": 0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """How much of what makes which label.

    A word is a token: in Chinese and Japanese a character.

    Attributes:
        shingle_words: Words a shingle. Of 3 to 8, all but 3 score alike.
        permutations: Length of the MinHash signature. The estimate of a Jaccard similarity J has
            a standard error of sqrt(J(1 - J) / permutations): at most 0.044 with 128.
        passage_words: Fewest words of a common run that counts as a passage.
        near_identical_coverage: `near_identical`: least share of the words of each article that
            lie in common passages. A definition: what differs may be a headline, a house style,
            a sentence.
        same_story_coverage: `same_story`: of the article that has fewer words outside quotations,
            least share of these in wording that the other has too. Plateau 0.41 to 0.51.
        shared_passages_run: `same_story` and `shared_passages`: fewest words of the longest
            common run outside quotations. Plateau 11 to 16; names, titles and set phrases make
            runs of up to 10 in independent reports.
        same_event_topic: `same_event`: least likeness of the telling words. Plateau 0.17 to 0.25.
        own_words: Fewest words outside quotations that tell where an article comes from; with
            fewer, quotations have to count. A definition: more than a headline.
        quoted_containment: `same_story` where quotations have to count: least containment,
            quotations included. A definition: far above what a shared statement explains.

    Raises:
        ConfigError: A count is below its least value or no whole number, or a ratio lies outside
            0 to 1.

    >>> Thresholds(same_story_coverage=46)
    Traceback (most recent call last):
    dedup.errors.ConfigError: threshold same_story_coverage: 46 is no ratio; give 0 to 1
    """

    shingle_words: int = 5
    permutations: int = 128
    passage_words: int = 5
    near_identical_coverage: float = 0.9
    same_story_coverage: float = 0.46
    shared_passages_run: int = 13
    same_event_topic: float = 0.21
    own_words: int = 10
    quoted_containment: float = 0.8

    @property
    def passage_shingles(self) -> int:
        """Shingles of the shortest common run that decides anything; 1 at least."""
        return max(1, self.shared_passages_run - self.shingle_words + 1)

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            least = LEAST.get(field.name)
            if least is None and not 0 <= value <= 1:
                raise ConfigError(f"threshold {field.name}: {value} is no ratio; give 0 to 1")
            if least is not None and not (isinstance(value, int) and value >= least):
                raise ConfigError(
                    f"threshold {field.name}: {value} is no count; give a whole number from {least}"
                )
