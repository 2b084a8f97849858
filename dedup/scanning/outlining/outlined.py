"""What the compiled outline of texts writes down, and what it has to know of quotation marks.

Compiled functions and those who call them agree here on columns and codes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dedup.detect.room import own_room
from dedup.text.quotations import ALWAYS_OPEN, CLOSERS, DOUBLE, ELIDED, SINGLE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Of a line: where it begins and ends, in bytes; where it begins and how long it is, in characters;
#: tokens up to its end; whether it has a character that only Python knows well enough, as one that
#: changes its length when it is folded; tokens before it that are compared.
FIRST, STOP, PLACE, LENGTH, TOKENS, WIDE, KEPT = range(7)
LINE_COLUMNS = 7
#: Of a mark: where it stands, in bytes; its character; its line; tokens that begin before it.
AT, CODE, LINE, BEFORE_IT = range(4)
MARK_COLUMNS = 4
#: Of a quotation: tokens before its begin, the line of that, and the same of its end.
BEGIN, BEGIN_LINE, END, END_LINE = range(4)
QUOTE_COLUMNS = 4
#: Of a quotation that stands open: its mark (a row of `signs`), its number, whether it leads a
#: paragraph.
SIGN_OF, NUMBER, LEADS = range(3)
OPEN_COLUMNS = 3
#: Of each mark that there is: its character, which of them close it (a bit for each), whether it
#: only ever opens, whether it is a single one.
SIGN, CLOSED_BY, ONLY_OPENS, IS_SINGLE = range(4)
#: What a text is: left to `text.outline`, or done, perhaps with a menu.
LEFT, DONE, MENU = -1, 0, 1
#: What is known of a line: no rule tells it; one does, and says nothing of its neighbours; one
#: does, and may; nothing. It may be the title as well.
TEXT, TOLD, TELLING, UNKNOWN, TITLE = 0, 1, 2, 3, 4
KNOWN = 3
#: How many there are up to the end of a text: tokens, lines, quotations, single characters.
ENDS = 4
#: Bytes in which the anchors of rules are looked for at once, as a power of two.
BLOCK_BITS = 6


class Outlined(NamedTuple):
    """What was found in some texts, one behind the other; more than is filled.

    Attributes:
        hashes: Of tokens; uint64.
        letters: How many characters each has; uint16.
        lines: Columns as above; int32.
        asked: What is known of each line; uint8.
        digests: Of each line of which nothing is known; uint64.
        rules: Which rules may tell it, a bit for each (`linescreen.rules_of`); uint64.
        quotes: Columns as above; int32.
        singles: Tokens that stand, one character long, right before another such; int32.
    """

    hashes: NDArray[np.uint64]
    letters: NDArray[np.uint16]
    lines: NDArray[np.int32]
    asked: NDArray[np.uint8]
    digests: NDArray[np.uint64]
    rules: NDArray[np.uint64]
    quotes: NDArray[np.int32]
    singles: NDArray[np.int32]


def make_room(tokens: int, others: int) -> Outlined:
    """Return room for so many tokens, and so many lines, quotations and single characters.

    It is this thread's, and goes to whoever asks next.
    """
    import numpy as np

    take = own_room().take
    return Outlined(
        take("outlined hashes", np.uint64, tokens),
        take("outlined letters", np.uint16, tokens),
        take("outlined lines", np.int32, others, LINE_COLUMNS),
        take("outlined asked", np.uint8, others),
        take("outlined digests", np.uint64, others),
        take("outlined rules", np.uint64, others),
        take("outlined quotes", np.int32, 2 * others, QUOTE_COLUMNS),
        take("outlined singles", np.int32, others),
    )


@lru_cache(maxsize=1)
def mark_tables() -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Return what is known of each mark, columns as above, and the words of `quotations.ELIDED`.

    A word is the number that its letters are as bytes, the first the lowest.
    """
    import numpy as np

    marks = DOUBLE + SINGLE
    signs = np.zeros((len(marks), 4), dtype=np.int64)
    for row, char in enumerate(marks):
        closers = sum(1 << marks.index(closer) for closer in CLOSERS.get(char, ""))
        signs[row] = ord(char), closers, char in ALWAYS_OPEN, char in SINGLE
    elided = [int.from_bytes(word.encode(), "little") for word in ELIDED]
    return signs, np.array(elided, dtype=np.uint64)
