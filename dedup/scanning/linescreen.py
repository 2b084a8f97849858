"""Which lines the rules for lines may tell at all, as tables that the compiled engine walks.

Of ten lines nine are text, and each rule is tried on them in vain. What a rule asks for can be seen
on the way through a text: how a line begins, which words are in it, how long it is, where it
stands and how it ends. All the beginnings and words make one automaton (Aho and Corasick 1975,
Efficient string matching), which takes a step a byte. A line that it lets pass is told by no rule;
the others are asked about (`rules.rule_for`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dedup.text.paragraphs import LINE_ENDS
from dedup.text.quotations import DOUBLE, SINGLE
from dedup.text.rules import AROUND, LONGEST, Place, Rule, is_open, phrase_key, rules

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: What a character is to a line, as bits; all such characters are below this.
CODE_POINTS = 0x10000
SPACE, LINE_END, MARK, SINGLE_MARK, ASIDE, WIDENS, WORD, OPEN = (1 << bit for bit in range(8))
#: What stands before a line for the automaton: a byte that no line holds.
FRONT = b"\n"
#: Characters of a beginning that are looked for; what follows would make the automaton large.
PHRASE_LETTERS = 10


@dataclass(frozen=True, slots=True)
class Screen:
    """What the compiled engine needs to know of the rules, a bit for each in words of 64.

    Attributes:
        features: What each character is to a line; shape `(CODE_POINTS,)`, uint8.
        steps: The state that follows a state and a byte; shape `(states, 256)`, uint16.
        silent: How many states, the first, are the end of no word.
        needed: The rules that need a word which ends in a state; uint64.
        opened: Those that want a beginning which ends there; uint64.
        needless: Those that need no word.
        openless: Those that want no beginning.
        fits: Those that allow lines of each length up to `rules.LONGEST`; uint64.
        stand: Those that allow a place, in order of `Place`; uint64.
        open_end: Those that want a line to end with a letter, a digit, `_` or `&`.
        wordless: Those that want no letter.
    """

    features: NDArray[np.uint8]
    steps: NDArray[np.uint16]
    silent: int
    needed: NDArray[np.uint64]
    opened: NDArray[np.uint64]
    needless: int
    openless: int
    fits: NDArray[np.uint64]
    stand: NDArray[np.uint64]
    open_end: int
    wordless: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one bit stands for: the pattern of a rule, or its phrases."""

    rule: Rule
    opens: tuple[str, ...]
    needs: tuple[str, ...] = ("",)
    unstopped: bool = False
    wordless: bool = False


def _all_asked() -> Iterator[_Asked]:
    for rule in rules():
        if phrases := (*map(phrase_key, rule.lines), *rule.starts, *rule.labels):
            yield _Asked(rule, phrases)
        if rule.pattern:
            yield _Asked(rule, rule.opens, rule.needs, rule.unstopped, rule.wordless)


@lru_cache(maxsize=1)
def screen() -> Screen:
    """Return the tables, built at the first call of the process (some 30 ms)."""
    import numpy as np

    asked = list(_all_asked())
    assert len(asked) <= 64
    words: dict[bytes, list[int]] = {}  # of each, the rules that need it, and those that it opens
    for bit, one in enumerate(asked):
        for word in filter(None, one.needs):
            words.setdefault(word.encode(), [0, 0])[0] |= 1 << bit
        for opening in filter(None, one.opens):
            front = FRONT + opening[:PHRASE_LETTERS].encode()
            words.setdefault(front, [0, 0])[1] |= 1 << bit
    steps, found = _automaton(words)

    def bits(holds: Iterator[bool]) -> int:
        return sum(1 << bit for bit, yes in enumerate(holds) if yes)

    fits = [bits(length <= one.rule.longest for one in asked) for length in range(LONGEST + 1)]
    stand = [
        bits(not one.rule.places or place in one.rule.places for one in asked) for place in Place
    ]
    return Screen(
        _features(),
        steps,
        int(np.count_nonzero(~found.any(axis=1))),
        found[:, 0].copy(),
        found[:, 1].copy(),
        bits("" in one.needs for one in asked),
        bits("" in one.opens for one in asked),
        np.array(fits, dtype=np.uint64),
        np.array(stand, dtype=np.uint64),
        bits(one.unstopped for one in asked),
        bits(one.wordless for one in asked),
    )


def _automaton(
    words: dict[bytes, list[int]],
) -> tuple[NDArray[np.uint16], NDArray[np.uint64]]:
    """Return the steps of an automaton that finds words, and what is said of those it is behind."""
    import numpy as np

    nodes: list[dict[int, int]] = [{}]
    said = [[0, 0]]
    for word, says in words.items():
        state = 0
        for byte in word:
            if byte not in nodes[state]:
                nodes[state][byte] = len(nodes)
                nodes.append({})
                said.append([0, 0])
            state = nodes[state][byte]
        said[state] = [one | two for one, two in zip(said[state], says, strict=True)]
    steps = np.zeros((len(nodes), 256), dtype=np.uint16)
    falls = [0] * len(nodes)
    waiting = deque([0])
    while waiting:
        state = waiting.popleft()
        back = falls[state]
        said[state] = [one | two for one, two in zip(said[state], said[back], strict=True)]
        if state:
            steps[state] = steps[back]
        for byte, following in nodes[state].items():
            falls[following] = int(steps[back, byte]) if state else 0
            steps[state, byte] = following
            waiting.append(following)
    # States that say nothing come first: one comparison passes them over.
    masks = np.array(said, dtype=np.uint64)
    order = np.argsort(masks.any(axis=1), kind="stable")
    number = np.empty(len(order), dtype=np.uint16)
    number[order] = np.arange(len(order))
    return number[steps[order]], masks[order]


def _features() -> NDArray[np.uint8]:
    import numpy as np

    out = np.zeros(CODE_POINTS, dtype=np.uint8)
    for code in range(CODE_POINTS):
        char = chr(code)
        out[code] = (
            SPACE * char.isspace()
            | WIDENS * (len(char.casefold()) > 1)
            | WORD * char.isalnum()
            | OPEN * is_open(char)
        )
    for chars, feature in (
        (LINE_ENDS, LINE_END),
        (DOUBLE + SINGLE, MARK),
        ("'‘’‛", SINGLE_MARK),
        (AROUND, ASIDE),
    ):
        out[list(map(ord, chars))] |= feature
    return out
