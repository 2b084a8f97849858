"""Are two articles about the same thing, whatever their wording? How alike their telling words."""

from __future__ import annotations

from collections import Counter
from math import log, sqrt

from dedup.text.document import Document

#: Tokens up to this length are mostly grammar; each letter beyond it makes a word more telling.
GRAMMAR_LETTERS = 3
#: What a pair of adjacent one-character tokens weighs: in Chinese and Japanese it is a word.
PAIR_WEIGHT = 2.0


def topic_vector(document: Document) -> dict[str, float]:
    """Return the telling words of a document with their weights, as a vector of length one.

    There is no corpus to say how rare a word is, and none to ship for every language. The length
    of a word stands in for it (Zipf 1935: frequent words are short): a word weighs its letters
    beyond three, times one plus the logarithm of its count. Of one-character tokens without a
    space between them (Chinese, Japanese), each adjacent pair is a word.

    Empty where no word is long enough. O(tokens).

    >>> from dedup.article import Article
    >>> from dedup.text import segment
    >>> vector = topic_vector(segment(Article("The reservoir fell. The reservoir is low.")))
    >>> max(vector, key=vector.get)
    'reservoir'
    """
    tokens = document.tokens
    counts = Counter(tokens.words)
    weights = {
        word: (len(word) - GRAMMAR_LETTERS) * (1 + log(count))
        for word, count in counts.items()
        if len(word) > GRAMMAR_LETTERS
    }
    pairs = Counter(
        first + second
        for first, second, end, start in zip(
            tokens.words, tokens.words[1:], tokens.ends, tokens.starts[1:], strict=False
        )
        if end == start and len(first) == len(second) == 1
    )
    weights.update((pair, PAIR_WEIGHT * (1 + log(count))) for pair, count in pairs.items())
    norm = sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / norm for word, weight in weights.items()}


def likeness(a: dict[str, float], b: dict[str, float]) -> float:
    """Return the cosine of two vectors of length one: 0 (no telling word in common) to 1.

    >>> likeness({"dam": 1.0}, {"dam": 0.6, "levee": 0.8})
    0.6
    """
    few, many = sorted((a, b), key=len)
    product = sum(weight * many[word] for word, weight in few.items() if word in many)
    return min(1.0, product)
