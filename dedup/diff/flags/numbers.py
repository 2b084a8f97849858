"""See where a number says something else than the number that it stands for.

Nothing is raised for figures that are equal: `13` and `thirteen`, `$5m` and `5 million dollars`,
`half` and `50 percent`, `5 miles` and `8 kilometers`, `two weeks` and `14 days`. "At least 12" and
"12" are one figure; "more than 40" and "43" are two. A figure that is only added or dropped is no
change, nor is one that gives way to a figure of another thing, or to a sum in another currency
(`£4m`, `$5m`: the rate of the day is not known). What is vague (`dozens`, `thousands`) is held
against what is vague alone. Dates and years are no numbers here, see `dates`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import eq

from dedup.article import Kind, Span
from dedup.diff.flags.amount_words import load
from dedup.diff.flags.amounts import Amount, Measure, amounts
from dedup.diff.flags.model import Finding, FlagKind
from dedup.diff.flags.moments import moments
from dedup.diff.flags.pair import Pair, inside
from dedup.diff.flags.ranges import joined
from dedup.diff.model import Edit, Link, Op
from dedup.diff.surface import surface_words
from dedup.text.document import Document
from dedup.text.language import stopwords

#: Two measures in different units are equal within so much: outlets round what they convert.
ROUNDING = 0.05
#: Units that differ by so much stand for each other: tons and tonnes.
NEARLY = 0.1
#: Telling words that may change together with a number, on each side, for it to be the same one.
AROUND = 3
#: A sentence of which more numbers changed is a table: a row gave way to another.
TABLE = 3
#: What stands between the columns of a table that was made one line.
COLUMNS = " | "


def find(pair: Pair) -> Iterator[Finding]:
    """Yield every number_changed: the number with its unit or noun, before and after.

    A time of day is read as a number, and raised as date_changed; in a quotation it is neither.
    """
    for place, link in enumerate(pair.diff.links):
        edits = [
            edit
            for edit in link.edits
            if edit.op in (Op.REPLACE, Op.MOVE)
            and _may_count(pair.a, edit.a)
            and _may_count(pair.b, edit.b)
        ]
        if not edits or not told_in_words(pair, link):
            continue
        found = list(changed(pair, link, edits))
        if len(found) > TABLE:
            continue
        figures = [(x.span, y.span) for x, y in found if x.measure is not Measure.CLOCK]
        for before, after in joined(pair, figures):
            yield Finding(FlagKind.NUMBER_CHANGED, place, before, after)
        for x, y in found:
            if x.measure is Measure.CLOCK and not inside(pair.quoted_a, x.span):
                yield Finding(FlagKind.DATE_CHANGED, place, x.span, y.span)


def told_in_words(pair: Pair, link: Link) -> bool:
    """Whether a link is one of sentences: figures of datelines and tables differ of themselves."""
    return pair.a.units[link.a[0]].kind is not Kind.DATELINE and not any(
        COLUMNS in document.text_of(document.units[unit])
        for document, units in ((pair.a, link.a), (pair.b, link.b))
        for unit in units
    )


def changed(pair: Pair, link: Link, edits: Sequence[Edit]) -> Iterator[tuple[Amount, Amount]]:
    """Yield the numbers of a link that say something else, paired by the edits they stand in.

    Both must count the same; or have the same neighbour and little else in their edit.
    """
    mine, other = _numbers(pair.a, link.a), _numbers(pair.b, link.b)
    in_place = list(_in_place(pair, link, edits, mine, other))
    yield from ((one, two) for one, two in in_place if comparable(one, two))
    mine = [number for number in mine if all(number is not one for one, _ in in_place)]
    other = [number for number in other if all(number is not two for _, two in in_place)]
    left_a, left_b = _without_equals(mine, other, edits)
    for edit in edits:
        here = [number for number in left_a if touches(number.span, edit.a)]
        there = [number for number in left_b if touches(number.span, edit.b)]
        if edit.op is Op.MOVE or not here or len(here) != len(there):
            continue
        for before, after in zip(here, there, strict=True):
            if not comparable(before, after):
                continue
            others = max(
                other_words(pair.a, link.a, edit.a, before.span),
                other_words(pair.b, link.b, edit.b, after.span),
            )
            near_a = beside(pair.a, before.span, load().qualifiers)
            near_b = beside(pair.b, after.span, load().qualifiers)
            same_place = others <= AROUND and any(map(eq, near_a, near_b))
            if same_place or _counts_the_same(before, after):
                yield before, after


def _in_place(
    pair: Pair, link: Link, edits: Sequence[Edit], mine: Sequence[Amount], other: Sequence[Amount]
) -> Iterator[tuple[Amount, Amount]]:
    """Yield the numbers that gave way to another between the same words, and nothing with them.

    They are told first: the one may well stand elsewhere in the sentence, where two figures have
    changed places. Those are two moves to a diff.
    """
    stop = stopwords(pair.b.language)
    bare_a = [n for edit in edits for n in _alone(pair.a, link.a, edit.a, mine)]
    bare_b = [n for edit in edits for n in _alone(pair.b, link.b, edit.b, other)]
    near_b = [beside(pair.b, number.span, stop) for number in bare_b]
    for one in bare_a:
        near = beside(pair.a, one.span, stop)
        same = [two for two, near_two in zip(bare_b, near_b, strict=True) if near == near_two]
        if len(same) == 1 and not equal(one, same[0]):
            yield one, same[0]


def _alone(
    document: Document, units: tuple[int, ...], edited: Span, numbers: Sequence[Amount]
) -> list[Amount]:
    """Return the number of an edit where that is all that it changes."""
    found = [number for number in numbers if touches(number.span, edited)]
    if len(found) == 1 and not other_words(document, units, edited, found[0].span):
        return found
    return []


def equal(a: Amount, b: Amount) -> bool:
    """Whether two numbers say the same."""
    if {a.measure, b.measure} == {Measure.PERCENT, Measure.FRACTION}:
        of_hundred, part = (a, b) if a.measure is Measure.PERCENT else (b, a)
        return abs(of_hundred.value / 100 - part.value) < 0.01
    plain = {Measure.COUNT, Measure.MONEY, Measure.PERCENT}
    if a.measure is not b.measure:
        # An outlet may leave a sign or unit to the sentence: "5 million" after "in dollars".
        return (
            Measure.COUNT in (a.measure, b.measure)
            and {a.measure, b.measure} <= plain
            and (a.value == b.value)
        )
    if a.measure is Measure.CLOCK:
        day = 1440 if a.unit and b.unit else 720
        return a.value % day == b.value % day
    if a.measure is Measure.MONEY:
        return a.value == b.value and a.unit == b.unit
    return _same_measure(a, b) if a.measure is Measure.COUNT else a.value == b.value


def comparable(a: Amount, b: Amount) -> bool:
    """Whether two numbers that are not equal are figures of one thing."""
    shares = {Measure.PERCENT, Measure.POINTS, Measure.FRACTION}
    if a.measure is not b.measure:
        return {a.measure, b.measure} <= shares
    if a.measure is Measure.MONEY:
        return a.unit == b.unit or a.value == b.value
    if a.measure is not Measure.COUNT or not a.unit or not b.unit:
        return True
    return _counts_the_same(a, b)


def _counts_the_same(a: Amount, b: Amount) -> bool:
    """Whether two numbers have one noun, or units of one dimension."""
    if not a.unit or not b.unit or a.measure is not b.measure:
        return False
    units = load().units
    first, second = units.get(a.unit), units.get(b.unit)
    if first and second:
        return first.of == second.of
    return a.unit.removesuffix("s") == b.unit.removesuffix("s")


def _same_measure(a: Amount, b: Amount) -> bool:
    """Whether two counts are equal, by conversion where their units differ."""
    units = load().units
    first, second = units.get(a.unit), units.get(b.unit)
    if not first or not second or (first.size, first.offset) == (second.size, second.offset):
        return a.value == b.value
    if first.of != second.of:
        return False
    one, other = (a.value - first.offset) * first.size, (b.value - second.offset) * second.size
    if a.value == b.value:  # a unit that was changed by mistake, unless it is nearly the same one
        return abs(one - other) <= NEARLY * max(abs(one), abs(other))
    coarse = max(first.size * _last_digit(a.value), second.size * _last_digit(b.value)) / 2
    return abs(one - other) <= max(ROUNDING * max(abs(one), abs(other)), coarse)


def _last_digit(value: float) -> float:
    """Return the worth of the last digit of a figure as it is written: 1, or 0.1 with decimals."""
    return 1.0 if value == int(value) else 0.1


def _numbers(document: Document, units: tuple[int, ...]) -> list[Amount]:
    """Return the numbers of some units that are no dates."""
    dates = [moment.span for moment in moments(document, units)]
    return [
        number
        for number in amounts(document, units)
        if not any(touches(number.span, date) for date in dates)
    ]


def _without_equals(
    mine: Sequence[Amount], other: Sequence[Amount], edits: Sequence[Edit]
) -> tuple[list[Amount], list[Amount]]:
    """Return the numbers inside edits that have no equal on the other side.

    What stands outside the edits is equal to what it is matched with, and taken first.
    """
    still_a = [n for n in mine if not any(touches(n.span, edit.a) for edit in edits)]
    still_b = [n for n in other if not any(touches(n.span, edit.b) for edit in edits)]
    left_a = [n for n in mine if n not in still_a]
    left_b = [n for n in other if n not in still_b]
    for number in still_a:
        twin = next((n for n in still_b if equal(number, n)), None)
        if twin is not None:
            still_b.remove(twin)
        else:
            twin = next((n for n in left_b if equal(number, n)), None)
            if twin is not None:
                left_b.remove(twin)
    unmatched = []
    for number in left_a:
        twin = next((n for n in left_b if equal(number, n)), None)
        if twin is not None:
            left_b.remove(twin)
            continue
        twin = next((n for n in still_b if equal(number, n)), None)
        if twin is not None:
            still_b.remove(twin)
            continue
        unmatched.append(number)
    return unmatched, left_b


def beside(document: Document, place: Span, skipped: frozenset[str]) -> tuple[str, str]:
    """Return the words before and behind a place, past those that are skipped."""
    words, starts = document.tokens.words, document.tokens.starts
    before = bisect_left(starts, place.start) - 1
    while before > 0 and words[before] in skipped:
        before -= 1
    behind = bisect_left(starts, place.end)
    while behind + 1 < len(words) and words[behind] in skipped:
        behind += 1
    return words[before] if before >= 0 else "", words[behind] if behind < len(words) else ""


def other_words(document: Document, units: tuple[int, ...], edited: Span, number: Span) -> int:
    """Count the telling words of an edit beside its number."""
    stop = stopwords(document.language)
    touched = [unit for unit in units if touches(document.units[unit].span, edited)]
    return sum(
        edited.start <= word.start < edited.end
        and not word.is_mark
        and word.key not in stop
        and not touches(word.span, number)
        for word in surface_words(document, touched)
    )


def _may_count(document: Document, span: Span) -> bool:
    """Whether there is a digit in a place, or a word that goes with numbers."""
    words = load()
    return any(
        word[0].isdigit() or word in words.hints or word in words.units
        for word in tokens_in(document, span)
    ) or any(sign in document.text[span.start : span.end] for sign in "%$€£¥")


def tokens_in(document: Document, span: Span) -> tuple[str, ...]:
    """Return the tokens that begin in a place."""
    starts = document.tokens.starts
    return document.tokens.words[bisect_left(starts, span.start) : bisect_left(starts, span.end)]


def touches(one: Span, other: Span) -> bool:
    """Whether two places have a character in common."""
    return one.start < other.end and other.start < one.end
