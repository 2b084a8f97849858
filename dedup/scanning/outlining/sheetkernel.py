"""The compiled outline of texts: tokens, lines, quotations, and the lines that a rule may tell.

Where nothing is left to ask, the sheet is written (`packkernel`) while all of this is at hand. What
is not known of a line yet is asked in Python, once for each different line (`lineverdicts`).
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917, SIM110

from __future__ import annotations

from dedup.detect.codepoints import PLAIN
from dedup.detect.kernel import HALF, ONE, U64, lean
from dedup.scanning.ingesting.linekernel import SPOKEN, TITLED
from dedup.scanning.outlining.outlined import (
    DONE,
    ENDS,
    FIRST,
    LEFT,
    LENGTH,
    MENU,
    STOP,
    TEXT,
    TITLE,
    TOKENS,
    TOLD,
    UNKNOWN,
)
from dedup.scanning.outlining.outlinekernel import walk
from dedup.scanning.outlining.packkernel import pack_row
from dedup.scanning.outlining.quotekernel import find_quotations
from dedup.scanning.outlining.rolekernel import UNSURE
from dedup.scanning.outlining.screenkernel import digest, find_anchors, rules_for
from dedup.text.menus import MENU_LENGTH, MENU_LINES
from dedup.text.paragraphs import WRAP_COLUMNS, WRAP_LINES
from dedup.text.rules import EDGE

LEAST_WRAPPED, MOST_WRAPPED = WRAP_COLUMNS.start, WRAP_COLUMNS.stop - 1
#: Where the words of a title are not counted yet.
UNKNOWN_WORDS = -2


@lean
def _title(tails, begin, end):
    """Return where the title lies in a tail, which it begins: from a place up to another."""
    if begin == end or tails[begin] != TITLED:
        return begin, begin
    stop = begin
    while stop < end and tails[stop] != SPOKEN:
        stop += ONE
    return begin + ONE, stop


@lean
def _is_odd(lines, count):
    """Say whether lines may be wrapped, and whether a menu may be among them."""
    longest = short = 0
    menu = False
    for line in range(count):
        length = lines[line, LENGTH]
        longest = max(longest, length)
        short = short + 1 if length <= MENU_LENGTH else 0
        menu |= short >= MENU_LINES
    return count > WRAP_LINES and LEAST_WRAPPED <= longest <= MOST_WRAPPED, menu


@lean
def _is_begun(title, hashes, first, stop):
    """Say whether a line's tokens `hashes[first:stop]` are the first of a title's.

    Where the title was not read, they may be.
    """
    words, title_hashes = title
    if words < 0:
        return True
    if stop - first > words:
        return False
    for number in range(stop - first):
        if hashes[first + number] != title_hashes[number]:
            return False
    return True


@lean
def _known(key, table):
    """Return what is known of a line with a digest."""
    place = (key >> HALF) & U64(len(table) - 1)
    while table[place]:
        if table[place] & ~U64(3) == key:
            return int(table[place] & U64(3)) - 1
        place = (place + ONE) & U64(len(table) - 1)
    return UNKNOWN


@lean
def remember_rows(keys, found, table):
    """Write down what was found of lines with some digests, where there is room."""
    for number in range(len(keys)):
        place = (keys[number] >> HALF) & U64(len(table) - 1)
        while table[place] and table[place] & ~U64(3) != keys[number]:
            place = (place + ONE) & U64(len(table) - 1)
        table[place] = keys[number] | U64(found[number] + 1)


@lean
def _find(data, begin, end, known, signs, scratch, out, at):
    """Find what there is in a text, and write it down from `at` on.

    Returns what the text is, and how many tokens, lines, quotations and single characters it has.
    """
    classes, folds, features = known
    marks, edges, _, standing = scratch
    hashes, letters, lines, _, _, _, quotes, singles = out
    own = lines[at[1] :]
    tokens, count, marked, paired = walk(
        data,
        begin,
        end,
        classes,
        folds,
        features,
        edges,
        hashes[at[0] :],
        letters[at[0] :],
        own,
        marks,
        singles[at[3] :],
    )
    if tokens == PLAIN:
        return LEFT, (0, 0, 0, 0)
    wrapped, menu = _is_odd(own, count)
    if wrapped:
        return LEFT, (0, 0, 0, 0)
    quoted = find_quotations(
        data,
        begin,
        end,
        own,
        count,
        marks,
        marked,
        features,
        signs[0],
        signs[1],
        standing,
        quotes[at[2] :],
    )
    if quoted == UNSURE:
        return LEFT, (0, 0, 0, 0)
    return MENU if menu else DONE, (tokens, count, quoted, paired)


@lean
def _screen(data, begin, tail, known, screen, table, scratch, out, at, sizes):
    """Write down what is known of each line of a text; say whether that is all there is to know.

    `tail` is what its title lies in, and where; `at` and `sizes` say where in `out` the text is.
    """
    classes, folds, features = known
    columns, beginnings, needs, wants, fits, stand, _, _ = screen
    rules = columns, beginnings, needs, wants, fits, stand
    marks, edges, blocks, _ = scratch
    hashes, letters, lines, asked, digests, able, _, singles = out
    token, line, tokens, count = at[0], at[1], sizes[0], sizes[1]
    own = lines[line:]
    tails, title, title_end = tail
    title_words = UNKNOWN_WORDS
    is_all = True
    for number in range(count):
        asked[line + number] = TEXT
        may = rules_for(data, begin, own, number, count, folds, features, rules, blocks)
        if not may:
            continue
        where = 0 if number < EDGE else 2 if number >= count - EDGE else 1
        first, stop = begin + U64(own[number, FIRST]), begin + U64(own[number, STOP])
        key = digest(data, first, stop, where)
        found = _known(key, table)
        if found == TEXT:
            continue
        asked[line + number], digests[line + number], able[line + number] = found, key, may
        is_all &= found == TOLD
        if number >= 2 * EDGE or title == title_end:
            continue
        if title_words == UNKNOWN_WORDS:
            title_words = walk(
                tails,
                title,
                title_end,
                classes,
                folds,
                features,
                edges,
                hashes[token + tokens :],
                letters[token + tokens :],
                lines[line + count :],
                marks,
                singles[at[3] + sizes[3] :],
            )[0]
        before = own[number - 1, TOKENS] if number else 0
        if _is_begun(
            (title_words, hashes[token + tokens :]),
            hashes,
            token + before,
            token + own[number, TOKENS],
        ):
            asked[line + number] |= TITLE
            is_all = False
    return is_all


@lean
def outline_rows(
    texts,
    tails,
    pages,
    known,
    screen,
    signs,
    table,
    scratch,
    out,
    furniture,
    sheets,
    begins,
    ends,
    kinds,
    rest,
    done,
):
    """Write the sheets of articles, as long as there is room; of some only what is found in them.

    These have lines of which more is to be known.

    Args:
        texts: What the texts lie in (uint8), where each begins, and the bytes of each (int64).
        tails: The same of tails (`aside`).
        pages: Digests of the pages that they stand at, 0 for unknown; uint64.
        known: Classes and folds of characters (`codepoints.Tables`), and features.
        screen: All but the features of `linescreen.Screen`.
        signs: What `quotekernel.find_quotations` knows of marks, and of elisions.
        table: What is known of lines, by their digest (`remember_rows`); uint64.
        scratch: Marks of one text; edges of its tokens (`wordkernel.place_tokens`); its blocks
            (`find_anchors`); what stands open.
        out: Of what has no sheet yet, one text behind the other: hashes of tokens, their letters,
            lines, what is known of each line, its digest where that is nothing and the rules that
            may tell it, quotations, single characters.
        furniture: As `packkernel.pack_row` takes it, and so the next.
        sheets: See there.
        begins: Where each sheet begins, in bytes; int64.
        ends: How many tokens, lines, quotations and single characters there are in `out` up to the
            end of a text; shape `(articles + 1, ENDS)`, int64.
        kinds: What each text there is; int64.
        rest: Which article it is of; int64.
        done: To be written: how many articles were looked at, how many have no sheet yet, and where
            the last sheet ends, in eights of bytes; this is where the first begins; int64.
    """
    data, starts, sizes = texts
    hashes, _, lines, asked, _, _, quotes, singles = out
    for column in range(ENDS):
        ends[0, column] = 0
    left = 0
    done[0] = done[1] = 0
    for row in range(len(starts)):
        at = ends[left, 0], ends[left, 1], ends[left, 2], ends[left, 3]
        most = max(sizes[row], tails[2][row]) // 2 + 2  # tokens, lines and so on
        room = min(len(hashes) - at[0], len(lines) - at[1], len(singles) - at[3])
        if room < 2 * most or len(quotes) - at[2] < 2 * most:
            return
        begin, tail = U64(starts[row]), U64(tails[1][row])
        end = begin + U64(sizes[row])
        title, title_end = _title(tails[0], tail, tail + U64(tails[2][row]))
        kind, found = _find(data, begin, end, known, signs, scratch, out, at)
        is_all = False
        if kind != LEFT:
            find_anchors(data, begin, end, screen[-2], screen[-1], scratch[2])
            where = tails[0], title, title_end
            is_all = _screen(data, begin, where, known, screen, table, scratch, out, at, found)
        behind = at[0] + found[0], at[1] + found[1], at[2] + found[2], at[3] + found[3]
        if is_all and kind == DONE:
            begins[row] = done[2] << 3
            done[2] = pack_row(out, at, behind, asked, pages[row], furniture, sheets, done[2])
        else:
            kinds[left], rest[left] = kind, row
            left += 1
            ends[left, 0], ends[left, 1], ends[left, 2], ends[left, 3] = behind
        done[0], done[1] = row + 1, left
