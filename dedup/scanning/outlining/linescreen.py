"""Which lines the rules for lines may tell at all, as tables that the compiled engine walks.

Of ten lines nine are text, and each rule is tried on them in vain. What a rule asks for can be seen
on the way through a text: how a line begins, which words are in it, how long it is, where it
stands and how it ends. Words are found by a trie (Fredkin 1960, Trie memory), which is entered
where three bytes are as some word begins. A line that is let pass is told by no rule; the others
are asked about (`rules.rule_for`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dedup.scanning.outlining.wordtrie import (
    ASCII,
    COMMON,
    FOLD,
    Trie,
    sorts_of,
    starts_of,
    trie_of,
)
from dedup.text.paragraphs import LINE_ENDS
from dedup.text.quotations import BEFORE_OPEN, DOUBLE, SINGLE
from dedup.text.rules import (
    AROUND,
    LONGEST,
    NAME_FRONT,
    NAME_MARKS,
    Able,
    Place,
    Rule,
    phrase_key,
    rules,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: What a character is to a line or a quotation, as bits; all such characters are below this.
CODE_POINTS = 0x10000
SPACE, LINE_END, MARK, SINGLE_MARK, ASIDE, WIDENS, WORD, IN_NAME = (1 << bit for bit in range(8))
#: More of them: `str.isdigit`; `str.isdecimal`; may stand before a mark that opens; begins a name.
DIGIT, DECIMAL, BEFORE, NAMES = (1 << bit for bit in range(8, 12))
#: Characters of a beginning that are looked for; what follows would make the trie large.
PHRASE_LETTERS = 10
#: Longer lines are most of a text. Few rules may tell one however it begins, and what these need is
#: looked for by its rarest letters, many bytes at a time, before the trie is.
SHORT_LINE = 120
#: Rules that need no word, that want no beginning, that want a name at the end, that want no
#: letter, that may tell a line however it begins and ends, whose words have anchors, whose words
#: stand alone, and whose beginnings stand alone.
NEEDLESS, OPENLESS, NAMED, WORDLESS, USUAL, ANCHORED, WHOLE_WORDS, WHOLE_OPENS = range(8)
#: Letters of a word that are looked for then.
ANCHOR_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Screen:
    """What the compiled engine needs to know of the rules, a bit for each in words of 64.

    Attributes:
        features: What each character is; shape `(CODE_POINTS,)`, uint16.
        columns: What stands for each byte in the steps of both tries; uint8, shape `(256,)`.
        beginnings: Says which rules want a line to begin so.
        needs: Says which rules need a word.
        sorts: Of each byte, as above; uint8, shape `(256,)`.
        starts: Of the sorts of any two bytes, those of a third with which one of these words may
            begin, a bit for each: first of the words of `USUAL` rules, then of all; uint32, shape
            `(2, SORTS * SORTS)`.
        wants: The rules of each kind, from `NEEDLESS` to `WHOLE_OPENS`; uint64.
        fits: Those that allow lines of each length up to `rules.LONGEST`; uint64.
        stand: Those that allow a place, in order of `Place`; uint64.
        anchors: Bytes of which a line has some, as `FOLD` makes them, where it has a word that such
            a rule needs; shape `(n, ANCHOR_LETTERS)`, uint8, and 0 for any.
        anchored: The rules that each stands for; uint64.
    """

    features: NDArray[np.uint16]
    columns: NDArray[np.uint8]
    beginnings: Trie
    needs: Trie
    sorts: NDArray[np.uint8]
    starts: NDArray[np.uint32]
    wants: NDArray[np.uint64]
    fits: NDArray[np.uint64]
    stand: NDArray[np.uint64]
    anchors: NDArray[np.uint8]
    anchored: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one bit stands for: the pattern of a rule, its long phrases, or its short ones."""

    rule: Rule
    opens: tuple[str, ...]
    by_pattern: bool = False
    needs: tuple[str, ...] = ("",)
    named: bool = False
    wordless: bool = False
    whole: bool = False
    short: bool = False

    @property
    def is_anchored(self) -> bool:
        """Whether its words are looked for by their anchors: it may tell most lines."""
        return self.is_usual and self.rule.longest > SHORT_LINE and "" not in self.needs

    @property
    def is_usual(self) -> bool:
        """Whether it may tell a line however this begins and ends."""
        return "" in self.opens and not (self.named or self.wordless)


@lru_cache(maxsize=1)
def _all_asked() -> tuple[_Asked, ...]:
    asked = list[_Asked]()
    for one in rules():
        phrases = {*map(phrase_key, one.lines), *one.starts, *one.labels}
        short = {phrase for phrase in phrases if _is_short(phrase)}
        if short:
            asked.append(_Asked(one, (*sorted(short),), short=True))
        if phrases - short:
            asked.append(_Asked(one, (*sorted(phrases - short),)))
        if one.pattern:
            asked.append(
                _Asked(one, one.opens, True, one.needs, one.named, one.wordless, one.whole)
            )
    return tuple(asked)


def _is_short(phrase: str) -> bool:
    """Say whether a phrase is looked for to its end, behind which it wants no letter."""
    return len(phrase) <= PHRASE_LETTERS and phrase[-1].isascii()


@lru_cache(maxsize=256)
def rules_of(bits: int) -> Able:
    """Return the rules of which the screen says by some bits that they may tell a line."""
    able = [one for bit, one in enumerate(_all_asked()) if bits >> bit & 1]
    patterns = [one.rule for one in able if one.by_pattern]
    return Able(len(patterns) < len(able), tuple(patterns))


@lru_cache(maxsize=1)
def screen() -> Screen:
    """Return the tables, built at the first call of the process (some 30 ms)."""
    import numpy as np

    asked = list(_all_asked())
    assert len(asked) <= 64
    needs: dict[bytes, int] = {}  # of each word, the rules that need it
    opens: dict[bytes, int] = {}
    for bit, one in enumerate(asked):
        for word in filter(None, one.needs):
            needs[word.encode()] = needs.get(word.encode(), 0) | 1 << bit
        for opening in filter(None, one.opens):
            front = opening[:PHRASE_LETTERS].encode()
            opens[front] = opens.get(front, 0) | 1 << bit
    columns = np.zeros(256, dtype=np.uint8)  # 0 for bytes that are in no word
    for column, byte in enumerate(sorted(set(b"".join([*needs, *opens]))), 1):
        columns[byte] = column

    def bits(holds: Iterator[bool]) -> int:
        return sum(1 << bit for bit, yes in enumerate(holds) if yes)

    fits = [bits(length <= one.rule.longest for one in asked) for length in range(LONGEST + 1)]
    stand = [
        bits(not one.rule.places or place in one.rule.places for one in asked) for place in Place
    ]
    words = {word for one in asked for word in one.needs if word}
    usual = {word for one in asked if one.is_usual for word in one.needs if word}
    sorts = sorts_of(words)
    wants = (
        bits("" in one.needs for one in asked),
        bits("" in one.opens for one in asked),
        bits(one.named for one in asked),
        bits(one.wordless for one in asked),
        bits(one.is_usual for one in asked),
        bits(one.is_anchored for one in asked),
        bits(one.whole for one in asked),
        bits(one.short for one in asked),
    )
    anchors: dict[bytes, int] = {}
    for bit, one in enumerate(asked):
        for anchor in map(_anchor, one.needs if one.is_anchored else ()):
            anchors[anchor] = anchors.get(anchor, 0) | 1 << bit
    return Screen(
        _features(),
        columns,
        trie_of(opens, columns),
        trie_of(needs, columns),
        sorts,
        np.stack([starts_of(some, sorts) for some in (usual, words)]),
        np.array(wants, dtype=np.uint64),
        np.array(fits, dtype=np.uint64),
        np.array(stand, dtype=np.uint64),
        np.array([*map(list, anchors)], dtype=np.uint8),
        np.array([*anchors.values()], dtype=np.uint64),
    )


def _anchor(word: str) -> bytes:
    r"""Return bytes that are in each line with a word: what is no letter in it, or rare letters.

    A line may have other white space within a word than the word has, so none is among them.

    >>> _anchor("rights reserved"), _anchor("(photo")
    (b'rved', b'(\x00\x00\x00')
    """
    odd = [char for char in word if char.isascii() and not (char.isalnum() or char.isspace())]
    pieces = [
        piece[at : at + ANCHOR_LETTERS]
        for piece in word.split()
        for at in range(max(1, len(piece) - ANCHOR_LETTERS + 1))
    ]
    best = odd[0] if odd else max(pieces, key=lambda one: (len(one), sum(map(COMMON.index, one))))
    return bytes(byte | FOLD for byte in best.encode()).ljust(ANCHOR_LETTERS, b"\0")


def _features() -> NDArray[np.uint16]:
    import numpy as np

    codes = np.arange(CODE_POINTS, dtype=np.uint32)
    chars = codes.view("U1")
    folded = np.array([char.casefold() for char in map(chr, codes.tolist())])
    ascii_only = folded.view(np.uint32).reshape(CODE_POINTS, -1)[:, 0] < ASCII
    words = np.char.isalnum(chars)
    out = np.zeros(CODE_POINTS, dtype=np.uint16)
    for feature, has in (
        (SPACE, np.char.isspace(chars)),
        (WIDENS, (np.char.str_len(folded) > 1) | (ascii_only & (codes >= ASCII))),
        (WORD | IN_NAME, words),
        (DIGIT, np.char.isdigit(chars)),
        (DECIMAL, np.char.isdecimal(chars)),
    ):
        out[has] |= feature
    for marks, feature in (
        (LINE_ENDS, LINE_END),
        (DOUBLE + SINGLE, MARK),
        ("'‘’‛", SINGLE_MARK),
        (AROUND, ASIDE),
        (BEFORE_OPEN, BEFORE),
        (NAME_MARKS, IN_NAME),
        (NAME_FRONT.findall("".join(map(chr, codes.tolist()))), NAMES),
    ):
        out[list(map(ord, marks))] |= feature
    return out
