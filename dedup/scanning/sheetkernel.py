"""The compiled outline of texts: tokens, lines, quotations, and the lines that a rule may tell.

What is not known of such a line yet is asked in Python, once for each different line
(`lineverdicts`). `packkernel` writes the sheets that follow.
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917, SIM110

from __future__ import annotations

from dedup.detect.codepoints import PLAIN
from dedup.detect.kernel import HALF, ONE, U64, _eight, lean
from dedup.scanning.outlined import (
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
    UNKNOWN,
)
from dedup.scanning.outlinekernel import walk
from dedup.scanning.quotekernel import find_quotations
from dedup.scanning.rolekernel import UNSURE
from dedup.scanning.screenkernel import digest, find_anchors, rules_for
from dedup.text.menus import MENU_LENGTH, MENU_LINES
from dedup.text.paragraphs import WRAP_COLUMNS, WRAP_LINES
from dedup.text.rules import EDGE

LEAST_WRAPPED, MOST_WRAPPED = WRAP_COLUMNS.start, WRAP_COLUMNS.stop - 1
#: What stands in an article set aside before its title, its language and its address (`aside`).
TITLED, SPOKEN, PLACED = 0xFF, 0xFE, 0xFD
#: Where the words of a title are not counted yet.
UNKNOWN_WORDS = -2


@lean
def _last(data, begin, end, byte):
    """Return the place of the last byte of a kind before `end`; `end` where there is none."""
    at = end
    spread = U64(byte) * U64(0x0101010101010101)
    while at >= begin + U64(8):
        other = _eight(data, at - U64(8)) ^ spread
        if (other - U64(0x0101010101010101)) & ~other & U64(0x8080808080808080):
            break
        at -= U64(8)
    while at > begin:
        at -= ONE
        if data[at] == byte:
            return at
    return end


@lean
def _parts(data, begin, end):
    """Return where the text of an article ends that was set aside, and where its title lies."""
    spoken = _last(data, begin, _last(data, begin, end, PLACED), SPOKEN)
    titled = _last(data, begin, spoken, TITLED)
    return titled, min(titled + ONE, spoken), spoken


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
def outline_rows(data, starts, sizes, known, screen, signs, table, scratch, out, ends, kinds, done):
    """Outline articles that were set aside, as long as there is room.

    Args:
        data: What holds them; uint8.
        starts: Where each begins; int64.
        sizes: Bytes of each; int64.
        known: Classes and folds of characters (`codepoints.Tables`), and features.
        screen: All but the features of `linescreen.Screen`.
        signs: What `quotekernel.find_quotations` knows of marks, and of elisions.
        table: What is known of lines, by their digest (`remember_rows`); uint64.
        scratch: Marks of one text; edges of its tokens (`wordkernel.place_tokens`); its blocks
            (`find_anchors`); what stands open.
        out: Of all texts, one behind the other: hashes of tokens, their letters, lines, what is
            known of each line, its digest where that is nothing, quotations, single characters.
        ends: How many tokens, lines, quotations and single characters there are up to the end of
            a text; shape `(articles + 1, ENDS)`, int64.
        kinds: What each text is; int64.
        done: How many were outlined; int64.
    """
    classes, folds, features = known
    columns, beginnings, needs, wants, fits, stand, anchors, anchored = screen
    marks, edges, blocks, standing = scratch
    hashes, letters, lines, asked, digests, quotes, singles = out
    rules = columns, beginnings, needs, wants, fits, stand
    for column in range(ENDS):
        ends[0, column] = 0
    done[0] = 0
    for row in range(len(starts)):
        token, line, quote, single = ends[row, 0], ends[row, 1], ends[row, 2], ends[row, 3]
        most = sizes[row] // 2 + 2  # tokens, lines and so on of the text and its title
        room = min(len(hashes) - token, len(lines) - line, len(singles) - single)
        if room < most or len(quotes) - quote < 2 * most:
            return
        begin = U64(starts[row])
        end, title, title_end = _parts(data, begin, begin + U64(sizes[row]))
        own = lines[line:]
        tokens, count, marked, paired = walk(
            data,
            begin,
            end,
            classes,
            folds,
            features,
            edges,
            hashes[token:],
            letters[token:],
            own,
            marks,
            singles[single:],
        )
        kind, quoted = LEFT, UNSURE
        wrapped, menu = _is_odd(own, count)
        if tokens != PLAIN and not wrapped:
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
                quotes[quote:],
            )
        if quoted == UNSURE:
            tokens = count = quoted = paired = 0
        else:
            kind = MENU if menu else DONE
            find_anchors(data, begin, end, anchors, anchored, blocks)
        title_words = UNKNOWN_WORDS
        for number in range(count):
            asked[line + number] = TEXT
            if not rules_for(data, begin, own, number, count, folds, features, rules, blocks):
                continue
            where = 0 if number < EDGE else 2 if number >= count - EDGE else 1
            first, stop = begin + U64(own[number, FIRST]), begin + U64(own[number, STOP])
            key = digest(data, first, stop, where)
            found = _known(key, table)
            if found == TEXT:
                continue
            asked[line + number], digests[line + number] = found, key
            if number >= 2 * EDGE or title == title_end:
                continue
            if title_words == UNKNOWN_WORDS:
                title_words = walk(
                    data,
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
                    singles[single + paired :],
                )[0]
            before = own[number - 1, TOKENS] if number else 0
            if _is_begun(
                (title_words, hashes[token + tokens :]),
                hashes,
                token + before,
                token + own[number, TOKENS],
            ):
                asked[line + number] |= TITLE
        kinds[row] = kind
        ends[row + 1, 0], ends[row + 1, 1] = token + tokens, line + count
        ends[row + 1, 2], ends[row + 1, 3] = quote + quoted, single + paired
        done[0] = row + 1
