"""The one definition of a word token, which every overlap figure rests on.

A token is a run of Unicode letters and digits, with the marks and invisible characters inside
it and with apostrophes between letters (`Putin’s`). Chinese and Japanese, which put no spaces
between words, give one token a character.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain

from dedup.article import Span
from dedup.text.normalize import APOSTROPHES, INVISIBLE, fold, fold_whole

#: Letters of scripts written without spaces that are taken one by one: kana, Han, half-width kana.
SINGLE = (
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u3096\u309d-\u309f\u30a1-\u30fa"
    "\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Word tokens of a stretch of text, in order, as three parallel tuples.

    Attributes:
        words: The tokens as they are compared (folded).
        starts: Where each begins in the text (code points).
        ends: Where each ends, exclusive.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)


@lru_cache(maxsize=64)
def _pattern(marks: str) -> re.Pattern[str]:
    """Compile the token pattern for texts that use the given combining marks.

    `re` has no class for marks, and a class of all 2,500 would slow down every text for the
    few that have any: the marks of the text at hand are put in.
    """
    letter = rf"[^\W_{SINGLE}]"
    inner = rf"[{INVISIBLE}{''.join(map(re.escape, marks))}]"
    apostrophe = rf"[{APOSTROPHES}](?={letter})"
    return re.compile(rf"{letter}+(?:(?:{inner}+|{apostrophe}){letter}*)*|[{SINGLE}]{inner}*")


_ASCII = re.compile(r"[a-zA-Z0-9]+(?:['`][a-zA-Z0-9]+)*")

#: Tokens of a text that was folded as a whole, and in which underscores were made spaces.
_FOLDED = re.compile(r"(\w+(?:'\w+)*)")


def token_pattern(text: str) -> re.Pattern[str]:
    """Return the pattern whose matches are the tokens of `text`."""
    if text.isascii():
        return _ASCII
    marks = sorted(c for c in set(text) if not c.isascii() and unicodedata.category(c)[0] == "M")
    return _pattern("".join(marks))


def tokenize(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Return the tokens of `text[start:end]`, with offsets into `text`.

    >>> tokenize("Xi’s visit: 1,000 miles").words
    ("xi's", 'visit', '1', '000', 'miles')
    >>> tokenize("東京で会談").words
    ('東', '京', 'で', '会', '談')
    """
    stop = len(text) if end is None else end
    folded = fold_whole(text[start:stop])
    if folded is None:
        return tokenize_plainly(text, start, stop)
    parts = _FOLDED.split(folded.replace("_", " "))
    edges = tuple(accumulate(map(len, parts), initial=start))
    return Tokens(tuple(parts[1::2]), edges[1:-1:2], edges[2::2])


def tokenize_plainly(text: str, start: int, stop: int) -> Tokens:
    """Return the same tokens as `tokenize`, word by word: of any text, by the definition."""
    matches = list(token_pattern(text).finditer(text, start, stop))
    return Tokens(
        tuple([fold(match[0]) for match in matches]),
        tuple([match.start() for match in matches]),
        tuple([match.end() for match in matches]),
    )


def tokens_within(text: str, spans: Iterable[Span]) -> Tokens:
    """Return the tokens that begin in one of the spans, which are in order and do not overlap.

    >>> tokens_within("One. Two. Three.", [Span(0, 4), Span(10, 16)]).words
    ('one', 'three')
    """
    every = tokenize(text)
    kept: list[slice] = []
    for span in spans:
        start = bisect_left(every.starts, span.start)
        stop = bisect_left(every.starts, span.end, start)
        if kept and kept[-1].stop == start:
            start = kept.pop().start
        kept.append(slice(start, stop))
    if len(kept) == 1:
        (part,) = kept
        return Tokens(every.words[part], every.starts[part], every.ends[part])
    return Tokens(
        tuple(chain.from_iterable([every.words[part] for part in kept])),
        tuple(chain.from_iterable([every.starts[part] for part in kept])),
        tuple(chain.from_iterable([every.ends[part] for part in kept])),
    )
