"""Flag claims that lost, gained, changed or moved the words that say who makes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from dedup.article import Span
from dedup.diff.flags.claims import Attribution, Place, attributions
from dedup.diff.flags.lexicon import word_set
from dedup.diff.flags.model import Finding, FlagKind
from dedup.diff.flags.pair import Pair
from dedup.diff.flags.sides import Side, around, counterpart
from dedup.diff.flags.sources import same_source
from dedup.diff.flags.speakers import is_capital
from dedup.text.language import stopwords

#: Least share of a claim's telling words that the other side must have kept.
KEPT = 0.7
#: And the least number of them, where the claim has so many.
FEWEST = 3
#: Least share of the telling words of the shorter of two claims that are one.
SHARED = 0.4
#: And the share that is enough where the claims begin otherwise.
MOST = 0.6
#: Telling words at the front of a claim, half of which must be kept: its subject and verb.
HEAD = 4
#: Most words between a verb of speech and the name of who speaks.
NEAR = 6
#: Most marks around the words of a quotation.
MARKS = 3
_ENDS = {Place.FRONT, Place.END}


@dataclass(frozen=True, slots=True)
class _View:
    """A link, seen from one of its sides."""

    pair: Pair
    place: int
    of_a: bool

    @property
    def sides(self) -> tuple[Side, Side]:
        """The near side and the far one."""
        a, b = self.pair.sides(self.place)
        return (a, b) if self.of_a else (b, a)

    def beside(self) -> Iterator[Side]:
        """Yield the sentences around the far side."""
        link = self.pair.diff.links[self.place]
        document, units = (self.pair.b, link.b) if self.of_a else (self.pair.a, link.a)
        for unit in (units[0] - 2, units[0] - 1, units[-1] + 1, units[-1] + 2):
            if 0 <= unit < len(document.units):
                yield self.pair.alone(unit, of_a=not self.of_a)


def find(pair: Pair) -> Iterator[Finding]:
    """Yield the attributions that were added, dropped, changed or moved, in English articles.

    A source that still speaks in the link has not been dropped, nor has one whose claim went too.
    """
    if not pair.english:
        return
    for place in pair.reworded():
        a, b = pair.sides(place)
        yield from _in_link(pair, place, (a, b), (_said(a), _said(b)))


def _said(side: Side) -> list[Attribution]:
    """Return the attributions of a side; what may be none only where its verb is new."""
    plain = word_set("speech", "plain")
    return [
        one
        for one in attributions(side)
        if one.sure or side.twins[one.verb] < 0 or side.words[one.verb] in plain
    ]


def _in_link(
    pair: Pair,
    place: int,
    sides: tuple[Side, Side],
    said: tuple[Sequence[Attribution], Sequence[Attribution]],
) -> Iterator[Finding]:
    (a, b), (said_a, said_b) = sides, said
    alike = [
        (x, y)
        for x in said_a
        for y in said_b
        if same_source(pair, x.source, y.source) or _names(a, x, b, y) or _names(b, y, a, x)
    ]
    for x, y in _moved(a, b, alike):
        yield Finding(FlagKind.ATTRIBUTION_MOVED, place, _span(a, x), _span(b, y))
    firm = [(x, y) for x, y in alike if _vouches(a, b, x, y)]
    left_a, left_b = _without(said_a, {x for x, _ in firm}), _without(said_b, {y for _, y in firm})
    put = [
        (x, y) for x in left_a for y in left_b if (x, y) not in alike and _is_one_claim(a, b, x, y)
    ]
    taken: set[Attribution] = set()
    for x, y in put:
        if taken.isdisjoint((x, y)):
            taken.update((x, y))
            if x.sure and y.sure:
                yield Finding(FlagKind.ATTRIBUTION_CHANGED, place, _span(a, x), _span(b, y))
    kept = taken.union(*alike)
    for x in _lost(_View(pair, place, of_a=True), said, firm, kept):
        yield Finding(FlagKind.ATTRIBUTION_DROPPED, place, _span(a, x), _hole(a, b, x))
    turned = [(y, x) for x, y in firm]
    for y in _lost(_View(pair, place, of_a=False), (said_b, said_a), turned, kept):
        yield Finding(FlagKind.ATTRIBUTION_ADDED, place, _hole(b, a, y), _span(b, y))


def _names(here: Side, one: Attribution, there: Side, other: Attribution) -> bool:
    """Whether a description beside one source has the other's name: "one of the authors, Ruud"."""
    beside = (word for word in here.words[one.start : one.end] if word not in one.source)
    own = {word.removesuffix("'s") for word in beside}
    name = set(other.source) - word_set("speech", "light")
    capital = any(is_capital(there, i) for i in range(other.start, other.end))
    return capital and bool(name) and name <= own | {*one.source} and not name.isdisjoint(own)


def _lost(
    view: _View,
    said: tuple[Sequence[Attribution], Sequence[Attribution]],
    firm: Sequence[tuple[Attribution, Attribution]],
    kept: Set[Attribution],
) -> Iterator[Attribution]:
    """Yield the attributions of the first side that the second has not, though it has the claim.

    Sources that vouch for each other's words ("Ruud said, the agency reported") do not make up
    for one another.
    """
    for one in _without(said[0], kept):
        claimed = set(one.claimed)
        nested = {other for mine, other in firm if not claimed.isdisjoint(mine.claimed)}
        others = [other for other in said[1] if other not in nested]
        if _is_gone(*view.sides, one, others) and not _quoted_nearby(view, one):
            yield one


def _without(every: Sequence[Attribution], some: Set[Attribution]) -> list[Attribution]:
    return [one for one in every if one not in some and one.source]


def _moved(
    a: Side, b: Side, alike: Sequence[tuple[Attribution, Attribution]]
) -> list[tuple[Attribution, Attribution]]:
    """Return the attributions of one claim that lead it on one side and end it on the other."""
    one_claim = [(x, y) for x, y in alike if x.sure and y.sure and _vouches(a, b, x, y)]
    stayed = [(x, y) for x, y in one_claim if x.place is y.place]
    still_a, still_b = {x.start for x, _ in stayed}, {y.start for _, y in stayed}
    return [
        (x, y)
        for x, y in one_claim
        if {x.place, y.place} == _ENDS
        and not _is_vague(x, y)
        and x.start not in still_a
        and y.start not in still_b
    ]


def _is_vague(x: Attribution, y: Attribution) -> bool:
    """Whether a pronoun speaks on one side, and the other is no speech: "according to"."""
    return not (x.spoken and y.spoken) and (x.is_anybody or y.is_anybody)


def _vouches(a: Side, b: Side, x: Attribution, y: Attribution) -> bool:
    """Whether both vouch for the same words, in part."""
    return bool(_shared(a, b, x, y))


def _shared(a: Side, b: Side, x: Attribution, y: Attribution) -> int:
    """Return how many telling words both claim."""
    claimed = set(y.claimed)
    return sum(_tells(a, i) and counterpart(a, b, i) in claimed for i in x.claimed)


def _is_one_claim(a: Side, b: Side, x: Attribution, y: Attribution) -> bool:
    """Whether both vouch for one claim: most of the shorter, or much and how both begin."""
    telling_a = [i for i in x.claimed if _tells(a, i)]
    telling_b = [j for j in y.claimed if _tells(b, j)]
    shortest, shared = min(len(telling_a), len(telling_b)), _shared(a, b, x, y)
    if shared < max(min(FEWEST, shortest), SHARED * shortest, 1):
        return False
    begins_alike = _begins_alike(a, b, telling_a) and _begins_alike(b, a, telling_b)
    return begins_alike or shared >= MOST * shortest


def _begins_alike(here: Side, there: Side, telling: Sequence[int]) -> bool:
    """Whether half of the first telling words of a claim stand on the other side."""
    head = telling[:HEAD]
    return 2 * sum(counterpart(here, there, i) >= 0 for i in head) >= len(head)


def _is_gone(here: Side, there: Side, one: Attribution, others: Sequence[Attribution]) -> bool:
    """Whether a claim stands on the other side, and nobody new vouches for it there."""
    if not one.sure or _is_kept(here, one) or _is_named(here, there, one):
        return False
    if _still_speaks(here, there, one):
        return False
    telling = [i for i in one.claimed if _tells(here, i)]
    twins = [counterpart(here, there, i) for i in telling]
    kept = {j for j in twins if j >= 0}
    if not _begins_alike(here, there, telling) or not kept:
        return False
    if len(kept) < max(min(FEWEST, len(telling)), KEPT * len(telling)):
        return False
    if there.is_quoted(min(kept)) and any(":" in there.gap(k) for k in range(1, min(kept) + 1)):
        return False  # "The answer was swift: “…”"
    return all(kept.isdisjoint(y.claimed) for y in others)


def _is_kept(here: Side, one: Attribution) -> bool:
    """Whether the very words stand on the other side, where no rule has read them."""
    light = word_set("speech", "light")
    span = range(one.start, one.end)
    return all(here.twins[i] >= 0 for i in span if here.words[i] not in light)


def _still_speaks(here: Side, there: Side, one: Attribution) -> bool:
    """Whether the name of a source stands near a verb of speech: "said one of them, Ann Ruud"."""
    plain = word_set("speech", "plain")
    verbs = [j for j, word in enumerate(there.words) if word in plain and not there.is_quoted(j)]
    name = [
        here.twins[i]
        for i in range(one.start, one.end)
        if is_capital(here, i) and here.words[i] in one.source and i not in here.units
    ]
    return bool(name) and all(
        j >= 0 and any(abs(j - verb) <= NEAR and _together(there, verb, j) for verb in verbs)
        for j in name
    )


def _together(side: Side, i: int, j: int) -> bool:
    """Whether two words stand in one sentence."""
    return side.unit_of(i) == side.unit_of(j)


def _is_named(here: Side, there: Side, one: Attribution) -> bool:
    """Whether the other side names the source in new words: it may speak in another way."""
    names = {w for w in one.source if w not in stopwords("en")} - word_set("speech", "light")
    return any(there.twins[j] < 0 and word in names for j, word in enumerate(there.words))


def _tells(side: Side, i: int) -> bool:
    return side.words[i] not in stopwords("en")


def _quoted_nearby(view: _View, one: Attribution) -> bool:
    """Whether the claim is a quotation, and what is near it on the other side can say whose."""
    here, there = view.sides
    claimed = list(one.claimed)
    kept = [j for i in claimed if (j := here.twins[i]) >= 0]
    quoted = sum(map(here.is_quoted, claimed)) > len(claimed) / 2
    if not quoted and sum(map(there.is_quoted, kept)) <= len(kept) / 2:
        return False
    return any(_runs_on(there, j) for j in kept) or any(
        same_source(view.pair, one.source, other.source)
        for side in view.beside()
        for other in attributions(side)
    )


def _runs_on(side: Side, i: int) -> bool:
    """Whether a word is quoted, and the quotation begins before this side or ends behind it.

    Whoever speaks in a quotation of several sentences is named beside one of them.
    """
    place, first, last = side.starts[i], side.starts[0] - MARKS, side.ends[-1] + MARKS
    return any(
        quotation.start <= place < quotation.end
        and (quotation.start < first or quotation.end > last)
        for quotation in side.quoted
    )


def _span(side: Side, one: Attribution) -> Span:
    return side.span(one.start, one.end)


def _hole(here: Side, there: Side, one: Attribution) -> Span:
    """Return the empty place on the other side where the attribution would stand."""
    at, _ = around(here, there, one.start)
    return there.span(at, at)
