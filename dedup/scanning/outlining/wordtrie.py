"""Words that are looked for wherever they begin in a line: tries, and bytes that enter them.

A trie (Fredkin 1960, Trie memory) is walked along where three bytes are as some word begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Sorts of bytes that the beginnings of words are told by: white space, letters from this on, what
#: else is in a word, what is in none, and parts of characters beyond ASCII.
SORT_BITS = 5
SORTS = 1 << SORT_BITS
BLANK, SMALL_A, NOT_ASCII = 0, 1, SORTS - 1
#: Characters below this are a byte each.
ASCII = 0x80
#: Makes letters small; some other characters become the same, which does no harm.
FOLD = 0x20
#: Letters from the commonest to the rarest.
COMMON = "etaoinsrhldcumfpgwybvkxjqz"


class Trie(NamedTuple):
    """Finds words that begin where a walk along bytes does.

    Attributes:
        steps: The state that follows a state and a byte (by its `Screen.columns`), 0 where there
            is none; shape `(states, columns)`, uint16.
        silent: How many states, the first, are the end of no word.
        says: What the words say that end in a state, as bits; uint64.
    """

    steps: NDArray[np.uint16]
    silent: int
    says: NDArray[np.uint64]


def trie_of(words: Mapping[bytes, int], columns: NDArray[np.uint8]) -> Trie:
    """Return a trie of words.

    Args:
        words: What each says, as bits.
        columns: What stands for each byte in its steps; uint8, shape `(256,)`.
    """
    import numpy as np

    nodes: list[dict[int, int]] = [{}]
    says = [0]
    for word, said in words.items():
        state = 0
        for column in columns[list(word)].tolist():
            if column not in nodes[state]:
                nodes[state][column] = len(nodes)
                nodes.append({})
                says.append(0)
            state = nodes[state][column]
        says[state] |= said
    steps = np.zeros((len(nodes), int(columns.max()) + 1), dtype=np.uint16)
    for state, node in enumerate(nodes):
        steps[state, list(node)] = list(node.values())
    # States that say nothing come first: one comparison passes them over.
    masks = np.array(says, dtype=np.uint64)
    order = np.argsort(masks > 0, kind="stable")
    number = np.empty(len(order), dtype=np.uint16)
    number[order] = np.arange(len(order))
    return Trie(number[steps[order]], int(np.count_nonzero(masks == 0)), masks[order])


def sorts_of(words: Iterable[str]) -> NDArray[np.uint8]:
    """Return the sort of each byte, below `SORTS`: `BLANK`, a letter, another, or `NOT_ASCII`."""
    import numpy as np

    sorts = np.full(256, NOT_ASCII, dtype=np.uint8)
    sorts[:ASCII] = NOT_ASCII - 1  # stands in no word
    others = sorted(char for char in set("".join(words)) if char.isascii() and not char.isalpha())
    for rank, char in enumerate(others):
        sorts[ord(char)] = SMALL_A + len(COMMON) + rank % 3
    for code in range(ASCII):
        if chr(code).isspace():
            sorts[code] = BLANK
        elif chr(code).isalpha():
            sorts[code] = SMALL_A + (code | FOLD) - ord("a")
    return sorts


def starts_of(words: Iterable[str], sorts: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Return which three bytes a word may begin with: `Screen.starts`."""
    import numpy as np

    starts = np.zeros((SORTS, SORTS), dtype=np.uint32)
    for first, second, third in chain.from_iterable(_fronts(word, sorts) for word in words):
        for one in range(SORTS):
            for two in range(SORTS if first >> one & 1 else 0):
                starts[one, two] |= third * (second >> two & 1)
    return starts.reshape(-1)


def _fronts(word: str, sorts: NDArray[np.uint8]) -> Iterator[Sequence[int]]:
    """Yield the sorts that the first three bytes of a word may have in a text, a bit for each."""
    anything = [(1 << SORTS) - 1] * 3
    front: list[int] = []
    for place, char in enumerate(word[:3]):
        if char in " '" or not char.isascii():
            yield [*front, 1 << NOT_ASCII, *anything][:3]
        if not char.isascii():
            return
        front.append(1 << int(sorts[ord(char)]))
        if char == " " and place:  # more of them may follow; of those before a word the last counts
            break
    yield [*front, *anything][:3]
