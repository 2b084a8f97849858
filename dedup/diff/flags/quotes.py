"""See where a quotation says something else, less or more than the same quotation before.

What a standards editor lets pass raises nothing: quote marks and other punctuation, the case of
letters, house style (`13` and `thirteen`), names in two transliterations, `[W]e` for “we”, masked
oaths, an ellipsis in the middle where words are left out, a sentence split by its attribution or
joined again, a quotation that only one article has. Names and titles of works (“Rivers of Home”)
are no speech. Of a quotation that is never closed nobody knows where it ends: that is all that is
said of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dedup.article import Span
from dedup.diff.flags.alignment import Change, align, in_order_of, is_style, settled
from dedup.diff.flags.model import Finding, FlagKind
from dedup.diff.flags.pair import Pair
from dedup.diff.flags.paraphrases import Outcome, find_paraphrases
from dedup.diff.flags.speeches import Speech, Speeches, links_of, pair_speeches
from dedup.diff.flags.spoken import Spoken, spoken
from dedup.diff.model import Op
from dedup.diff.surface import Word
from dedup.text.document import Document

#: A quotation of so many words that takes the place of another one is the same, altered.
SHORT = 4
#: By so many words they may differ in length.
UNEVEN = 2


def find(pair: Pair) -> Iterator[Finding]:
    """Yield what became of the quotations of two articles.

    Kinds: quote_altered, quote_truncated, quote_extended, quote_bracketed, quote_unbalanced,
    quote_turned_into_paraphrase, paraphrase_turned_into_quote. One finding of a kind for each
    sentence of a quotation at most, but for brackets.
    """
    if not pair.quoted_a and not pair.quoted_b:
        return
    found = pair_speeches(pair)
    link_a, link_b = links_of(pair)
    for mine, other in found.same:
        link = link_b.get(other[0].units[0], link_a.get(mine[0].units[0]))
        for kind, a, b in _differences(pair, mine, other):
            yield Finding(kind, link, a, b)
    swapped = dict(_replaced(pair, found))
    for mine_alone, other_alone in swapped.items():
        link = link_b.get(other_alone.units[0])
        yield Finding(FlagKind.QUOTE_ALTERED, link, mine_alone.span, other_alone.span)
    left = Speeches(
        (),
        tuple(one for one in found.only_a if one not in swapped),
        tuple(one for one in found.only_b if one not in swapped.values()),
    )
    yield from find_paraphrases(pair, left)


def _differences(pair: Pair, mine: Sequence[Speech], other: Sequence[Speech]) -> Iterator[Outcome]:
    """Yield what differs between speeches of A and the same of B."""
    if len(other) > 1:
        other = in_order_of(mine, other)
    elif len(mine) > 1:
        mine = in_order_of(other, mine)
    a, b = spoken(pair.a, mine), spoken(pair.b, other)
    if not a.words or not b.words:
        return
    matches, changes = align(a, b)
    closed_a, closed_b = all(one.closed for one in mine), all(one.closed for one in other)
    if not closed_a or not closed_b:
        doubled = any(_doubled(pair.a, one) for one in mine) or any(
            _doubled(pair.b, one) for one in other
        )
        if closed_a != closed_b and matches and not doubled:
            i, j = matches[-1]
            yield FlagKind.QUOTE_UNBALANCED, a.sentences[i], b.sentences[j]
        return
    yield from _put_in_brackets(pair, a, b, matches, changes)
    seen: dict[FlagKind, list[tuple[Span, Span]]] = {}
    for change in (settled(a, b, change) for change in changes):
        if is_style(pair, a, b, change):
            continue
        yield from _bracketed(a, b, change)
        kind = _kind_of(a, b, change)
        if kind is not None:
            seen.setdefault(kind, []).append(_sentences_around(a, b, change))
    altered = list(_merged(seen.pop(FlagKind.QUOTE_ALTERED, [])))
    for place in altered:
        yield FlagKind.QUOTE_ALTERED, *place
    for kind, places in seen.items():
        for first, second in _merged(places):
            # An altered sentence is shown in full: that it lost words besides is seen there.
            if not any(_overlap(first, x) and _overlap(second, y) for x, y in altered):
                yield kind, first, second


def _doubled(document: Document, speech: Speech) -> bool:
    """Whether two single marks stand for a double one, which may well be its end."""
    text = document.text[speech.span.start : speech.span.end]
    return "''" in text or "’’" in text


def _bracketed(a: Spoken, b: Spoken, change: Change) -> Iterator[Outcome]:
    """Yield brackets that came or went, with the words that they stand for."""
    here = _brackets(a, change.i, change.i_end)
    there = _brackets(b, change.j, change.j_end)
    if not here and not there:
        return
    before = Span(here[0].start, here[-1].end) if here else _span(a.words[change.i : change.i_end])
    after = (
        Span(there[0].start, there[-1].end) if there else _span(b.words[change.j : change.j_end])
    )
    yield FlagKind.QUOTE_BRACKETED, before, after


def _put_in_brackets(
    pair: Pair, a: Spoken, b: Spoken, matches: Sequence[tuple[int, int]], changes: Sequence[Change]
) -> Iterator[Outcome]:
    """Yield square brackets that stand around the same words on one side alone."""
    told = {span for x in changes for span in _brackets(a, x.i, x.i_end)}
    told.update(span for x in changes for span in _brackets(b, x.j, x.j_end))
    held: dict[tuple[Span | None, Span | None], tuple[Span, Span]] = {}
    for i, j in matches:
        x, y = a.brackets[i], b.brackets[j]
        if (x is None) == (y is None) or x in told or y in told:
            continue
        if (x and pair.a.text[x.start] == "[") or (y and pair.b.text[y.start] == "["):
            here, there = held.get((x, y), (a.words[i], b.words[j]))
            held[x, y] = (
                x or Span(here.start, a.words[i].end),
                y or Span(there.start, b.words[j].end),
            )
    for before, after in held.values():
        yield FlagKind.QUOTE_BRACKETED, before, after


def _brackets(said: Spoken, start: int, end: int) -> list[Span]:
    return [bracket for bracket in said.brackets[start:end] if bracket is not None]


def _span(words: Sequence[Word]) -> Span | None:
    return Span(words[0].start, words[-1].end) if words else None


def _kind_of(a: Spoken, b: Spoken, change: Change) -> FlagKind | None:
    """Return what a change is, or None where it is done openly."""
    gone = sum(one is None for one in a.brackets[change.i : change.i_end])
    came = sum(one is None for one in b.brackets[change.j : change.j_end])
    if _brackets(b, change.j, change.j_end) and not came:
        return None  # brackets stand for the words that went
    if _brackets(a, change.i, change.i_end) and not gone:
        return None
    if gone and came:
        return FlagKind.QUOTE_ALTERED
    if gone:
        kind, said, start, end = FlagKind.QUOTE_TRUNCATED, a, change.i, change.i_end
        other, place = b, change.j
    elif came:
        kind, said, start, end = FlagKind.QUOTE_EXTENDED, b, change.j, change.j_end
        other, place = a, change.i
    else:
        return None
    if _at_edge(other, place):
        whole = _at_edge(said, start) and _at_edge(said, end)
        return None if whole else kind  # a quotation that is cut whole is no truncation
    return None if place in other.ellipses else FlagKind.QUOTE_ALTERED


def _at_edge(said: Spoken, number: int) -> bool:
    """Whether a speech begins or ends before a word."""
    if number in (0, len(said.words)):
        return True
    return said.speech[number - 1] != said.speech[number]


def _sentences_around(a: Spoken, b: Spoken, change: Change) -> tuple[Span, Span]:
    """Return the sentences of a change on both sides; of words cut or added, with what stayed."""
    if change.i < change.i_end and change.j < change.j_end:
        return _reach(a, change.i, change.i_end), _reach(b, change.j, change.j_end)
    cut = change.i < change.i_end
    said, start, end = (a, change.i, change.i_end) if cut else (b, change.j, change.j_end)
    other, place = (b, change.j) if cut else (a, change.i)
    before = start > 0 and place > 0 and said.speech[start - 1] == said.speech[start]
    after = (
        end < len(said.words)
        and place < len(other.words)
        and said.speech[end - 1] == said.speech[end]
    )
    if before and after:
        # Words of one sentence need no more than that; whole sentences need what stood around.
        within = said.sentences[start - 1] == said.sentences[start]
        if within or said.sentences[end - 1] == said.sentences[end]:
            before, after = within, not within
        elif _at_edge(other, place):
            after = False
    return (
        _reach(a, change.i - before, change.i_end + after),
        _reach(b, change.j - before, change.j_end + after),
    )


def _reach(said: Spoken, start: int, end: int) -> Span:
    first = said.sentences[start]
    last = said.sentences[max(start, end - 1)]
    return Span(min(first.start, last.start), max(first.end, last.end))


def _merged(places: Sequence[tuple[Span, Span]]) -> Iterator[tuple[Span, Span]]:
    """Yield the places, those that overlap on a side as one."""
    kept: list[tuple[Span, Span]] = []
    for a, b in places:
        if kept and (a.start < kept[-1][0].end or b.start < kept[-1][1].end):
            old_a, old_b = kept.pop()
            a = Span(min(old_a.start, a.start), max(old_a.end, a.end))  # noqa: PLW2901
            b = Span(min(old_b.start, b.start), max(old_b.end, b.end))  # noqa: PLW2901
        kept.append((a, b))
    yield from kept


def _replaced(pair: Pair, found: Speeches) -> Iterator[tuple[Speech, Speech]]:
    """Yield short speeches of which one takes the place of the other in a sentence."""
    mine = [one for one in found.only_a if _is_short(one)]
    other = [one for one in found.only_b if _is_short(one)]
    if not mine or not other:
        return
    replaced = [edit for _, _, edit in pair.edits() if edit.op is Op.REPLACE]
    for one in mine:
        for two in other:
            if abs(len(one.words) - len(two.words)) <= UNEVEN and any(
                _overlap(edit.a, one.span) and _overlap(edit.b, two.span) for edit in replaced
            ):
                yield one, two
                other.remove(two)
                break


def _is_short(speech: Speech) -> bool:
    return speech.closed and len(speech.pieces) == 1 and len(speech.words) <= SHORT


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
