"""The compiled engine's outline of texts: where tokens, lines and quotation marks are.

One walk along the UTF-8 bytes says what `paragraphs`, `tokenize` and the cheap half of the rules
for lines say (`linescreen`), of all but a few texts: one with invisible characters or marks, or
with lines that may be wrapped, is `PLAIN`, and left to `text.outline`. `batchsheets` judges the
lines in doubt, and a second walk makes the sheets.
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0912, PLR0913, PLR0915, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.codepoints import ALONE, APOSTROPHE, LETTER
from dedup.detect.kernel import (
    EIGHT,
    FINAL,
    HALF,
    ONE,
    SHINGLE,
    U32,
    U64,
    ZERO,
    _code_point,
    _encoded,
    compiled,
)
from dedup.detect.tokenkernel import hash_tokens
from dedup.scanning.linescreen import (
    ASIDE,
    CODE_POINTS,
    FRONT,
    LINE_END,
    MARK,
    OPEN,
    SINGLE_MARK,
    SPACE,
    WIDENS,
    WORD,
)
from dedup.text.menus import MENU_LENGTH, MENU_LINES
from dedup.text.paragraphs import WRAP_COLUMNS
from dedup.text.rules import EDGE, LONGEST

#: What a text is: to be outlined plainly, or done, perhaps with a menu.
PLAIN, DONE, MENU = -1, 0, 1
LEAST_WRAPPED, MOST_WRAPPED = WRAP_COLUMNS.start, WRAP_COLUMNS.stop - 1
BLANK = U32(0x20)
SMALL_A, SMALL_Z = 0x61, 0x7A
FRONT_BYTE = FRONT[0]
LONGEST_TOKEN = 0xFFFF
#: Bits of a hash that choose a place in the filter of furniture.
FILTER_BITS = U64(14)
ALL_BITS = U64(0xFFFFFFFFFFFFFFFF)


@compiled
def _walk(data, at, end, classes, folds, screen, starts, letters, lines, asked, marks):
    """Find tokens, lines and quotation marks of `data[at:end]`.

    Returns:
        How many of each there are, and what the text is.
    """
    features, steps, silent, needed, opened, needless, openless, fits, open_end, wordless = screen
    tokens = count = marked = place = longest = short = 0
    kind = DONE
    inside = alone = waiting = False  # of the token
    start = 0
    first = stop = 0  # of the line
    begun = aside = worded = open_last = gap = False
    needs, opens = ZERO, ZERO
    state = 0
    was_word = doubtful = False  # of the character before, and of a single mark behind a letter
    while True:
        if inside and not alone and not waiting:
            # On through the small letters of a word, which are most of a text.
            while at < end and SMALL_A <= data[at] <= SMALL_Z:
                if place - first < LONGEST:
                    state = steps[state, data[at]]
                    if state >= silent:
                        needs |= needed[state]
                        opens |= opened[state]
                at += ONE
                place += 1
            stop = place
        code, width = U32(0x0A), ONE
        if at < end:
            byte = data[at]
            code = U32(byte)
            if byte >= 0x80:
                code, width = _code_point(data, at, byte)
        role = classes[code]
        what = features[code] if code < CODE_POINTS else OPEN
        word = LETTER <= role <= ALONE
        if role > ALONE and role != APOSTROPHE:
            return 0, 0, 0, PLAIN
        # Tokens.
        if role == LETTER and inside and not alone:
            waiting = False
        elif role == APOSTROPHE and inside and not alone and not waiting:
            waiting = True
        else:
            if inside:
                letters[tokens] = place - start - waiting
                tokens += 1
                inside = waiting = False
            if word:
                starts[tokens] = start = place
                inside, alone = True, role == ALONE
        # Quotation marks: a single one between two letters is none.
        if doubtful and word:
            marked -= 1
        doubtful = False
        if what & MARK:
            marks[marked, 0], marks[marked, 1] = place, count
            marked += 1
            doubtful = was_word and what & SINGLE_MARK != 0
        was_word = word
        # Lines.
        if what & LINE_END:
            if begun:
                length = stop - first
                longest = max(longest, length)
                short = short + 1 if length <= MENU_LENGTH else 0
                if short >= MENU_LINES:
                    kind = MENU
                found = (needs | needless) & (opens | openless)
                if not open_last:
                    found &= ~open_end
                if worded:
                    found &= ~wordless
                if aside:
                    found = ALL_BITS
                lines[count, 0], lines[count, 1] = first, stop
                asked[count] = found & fits[length] if length <= LONGEST else ZERO
                count += 1
            begun = False
            if at >= end:
                break
        elif what & SPACE:
            gap = begun
        else:
            if not begun:
                begun, first = True, place
                aside, worded, gap = what & ASIDE != 0, False, False
                needs = opens = ZERO
                state = steps[0, FRONT_BYTE]
            stop = place + 1
            worded |= what & WORD != 0
            open_last = what & OPEN != 0
            if what & WIDENS:
                aside = True
            if stop - first <= LONGEST:
                if gap:
                    state = steps[state, BLANK]
                    if state >= silent:
                        needs |= needed[state]
                        opens |= opened[state]
                    gap = False
                encoded, size = _encoded(folds[code])
                for _ in range(size):
                    state = steps[state, encoded & U64(0xFF)]
                    encoded >>= EIGHT
                if state >= silent:
                    needs |= needed[state]
                    opens |= opened[state]
        at += width
        place += 1
    if LEAST_WRAPPED <= longest <= MOST_WRAPPED:
        return 0, 0, 0, PLAIN
    return tokens, count, marked, kind


@compiled
def outline_rows(
    data, offsets, known, screen, stand, hashes, starts, letters, lines, asked, marks, ends, kinds
):
    """Find tokens, lines and quotation marks of texts, one text behind the other.

    Args:
        data: Texts end to end, and eight bytes more; uint8.
        offsets: Where each begins, and the last ends.
        known: Classes, folds, order and composition of characters (`codepoints.Tables`).
        screen: Of `linescreen.Screen` what `_walk` takes.
        stand: The rules that allow a place.
        hashes: Of tokens; uint64.
        starts: Where tokens begin, in characters; int32.
        letters: How many characters each has; int32.
        lines: Where lines begin and end; shape `(n, 2)`, int32.
        asked: The rules that may tell a line; uint64.
        marks: Where quotation marks stand, and in which line of their text; shape `(n, 2)`, int32.
        ends: How many tokens, lines and marks there are up to the end of a text; shape
            `(texts + 1, 3)`, int64.
        kinds: What each text is; int64.
    """
    classes, folds, _, _ = known
    ends[0] = 0
    for row in range(len(offsets) - 1):
        token, line, mark = ends[row]
        at, end = U64(offsets[row]), U64(offsets[row + 1])
        tokens, count, marked, kind = _walk(
            data,
            at,
            end,
            classes,
            folds,
            screen,
            starts[token:],
            letters[token:],
            lines[line:],
            asked[line:],
            marks[mark:],
        )
        if kind != PLAIN:
            hashed = hash_tokens(data, at, end, known, hashes[token:])
            if hashed != tokens:
                tokens = count = marked = 0
                kind = PLAIN
        for number in range(count):
            where = 0 if number < EDGE else 2 if number >= count - EDGE else 1
            asked[line + number] &= stand[where]
        kinds[row] = kind
        ends[row + 1, 0] = token + tokens
        ends[row + 1, 1] = line + count
        ends[row + 1, 2] = mark + marked


@compiled
def _before(starts, first, stop, place):
    """Return how many of the ascending `starts[first:stop]` are less than a place."""
    low, high = first, stop
    while low < high:
        middle = (low + high) // 2
        if starts[middle] < place:
            low = middle + 1
        else:
            high = middle
    return low - first


@compiled
def sheet_rows(
    hashes,
    starts,
    letters,
    lines,
    left_out,
    quotes,
    quote_at,
    ends,
    furniture,
    sieve,
    size,
    kept_hashes,
    kept_starts,
    kept_letters,
    breaks,
    quoted,
    pairs,
    inside,
    out,
):
    """Write the arrays of the sheets of texts, one text behind the other.

    Args:
        hashes: As `outline_rows` wrote it, and so the next three and `ends`.
        starts: Where tokens begin.
        letters: Their characters.
        lines: Where lines begin and end.
        left_out: Of each line, whether it is not compared; bool.
        quotes: Where quotations begin and end, in characters; shape `(n, 2)`, int64.
        quote_at: How many there are up to the end of each text; int64.
        ends: How many tokens and lines there are.
        furniture: Shingles of furniture, sorted; uint32.
        sieve: Whether any of them has the highest `FILTER_BITS` of a hash; bool.
        size: Words of such a shingle.
        kept_hashes: Of the tokens that are compared; uint64.
        kept_starts: Where these begin; int32.
        kept_letters: Their characters; uint16.
        breaks: As `Sheet.breaks`, and so the next three; int32.
        quoted: As `quotes`, in tokens.
        pairs: Single characters before another.
        inside: Tokens in furniture.
        out: How many tokens, breaks, quotations, pairs and tokens in furniture there are up to the
            end of each text; shape `(texts + 1, 5)`, int64.
    """
    drop = ONE
    for _ in range(size):
        drop *= SHINGLE
    out[0] = 0
    for row in range(len(ends) - 1):
        first, broken, quote, paired, furnished = out[row]
        count = first
        token, last = ends[row, 0], ends[row + 1, 0]
        open_break = False
        for line in range(ends[row, 1], ends[row + 1, 1]):
            if left_out[line]:
                if not open_break:
                    breaks[broken] = count - first
                    broken += 1
                    open_break = True
                while token < last and starts[token] < lines[line, 1]:
                    token += 1
                continue
            while token < last and starts[token] < lines[line, 1]:
                kept_hashes[count] = hashes[token]
                kept_starts[count] = starts[token]
                kept_letters[count] = min(letters[token], LONGEST_TOKEN)
                if (
                    letters[token] == 1
                    and count > first
                    and kept_letters[count - 1] == 1
                    and kept_starts[count - 1] + 1 == starts[token]
                ):
                    pairs[paired] = count - 1 - first
                    paired += 1
                count += 1
                token += 1
                open_break = False
        for number in range(quote_at[row], quote_at[row + 1]):
            for side in range(2):
                quoted[quote, side] = _before(kept_starts, first, count, quotes[number, side])
            quote += 1
        rolling = ZERO
        marked = first  # tokens before this are in furniture or are none
        for number in range(first, count if len(furniture) else first):
            rolling = rolling * SHINGLE + kept_hashes[number]
            if number - first >= size:
                rolling -= kept_hashes[number - size] * drop
            if number - first < size - 1:
                continue
            shingle = U32((rolling ^ (rolling >> HALF)) * FINAL >> HALF)
            if not sieve[shingle >> (U32(32) - U32(FILTER_BITS))]:
                continue
            place = np.searchsorted(furniture, shingle)
            if place == len(furniture) or furniture[place] != shingle:
                continue
            for within in range(max(marked, number - size + 1), number + 1):
                inside[furnished] = within - first
                furnished += 1
            marked = number + 1
        out[row + 1, 0], out[row + 1, 1], out[row + 1, 2] = count, broken, quote
        out[row + 1, 3], out[row + 1, 4] = paired, furnished
