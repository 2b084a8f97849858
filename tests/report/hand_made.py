"""A comparison made by hand from the contracts: every shape, kind and edit that a report shows."""

from __future__ import annotations

from dataclasses import dataclass, field

from dedup.article import Article, Kind, Span, Unit
from dedup.compare import Comparison
from dedup.detect import Evidence, Label, Run, Thresholds, Verdict
from dedup.diff import Diff, Edit, Link, LinkKind, Op, Shape
from dedup.diff.flags import DEFAULTS, Flag, FlagKind
from dedup.text import Credit, CreditPlace, Document
from dedup.text.tokens import Tokens, tokenize

AGENCY = [
    (Kind.HEADLINE, "Port Hale shuts its oldest bridge"),
    (Kind.DATELINE, "PORT HALE (AP) —"),
    (
        Kind.BODY,
        "The city of Port Hale shut the Old Wharf Bridge to traffic on Monday after divers found "
        "cracks in two piers.",
    ),
    (Kind.BODY, "Mayor Ines Calder said repairs would cost $12 million."),
    (Kind.BODY, "They would take 14 months, she said."),
    (Kind.CAPTION, "A ferry passes under the bridge. (Tom Reyes / Associated Press)"),
    (Kind.BODY, "“We will not gamble with lives,” Calder told reporters."),
    (Kind.BODY, "The bridge, built in 1931, carries 9,000 cars a day."),
    (Kind.BODY, "Ferries will run every 20 minutes until it reopens."),
    (Kind.BODY, "A similar closing in 2009 lasted two years."),
    (Kind.BODY, "It cost two mayors their office."),
    (Kind.FURNITURE, "Advertisement"),
]

DAILY = [
    (Kind.HEADLINE, "Cracks close Old Wharf Bridge"),
    (Kind.BODY, "Built in 1931, the bridge carries some 9,000 cars a day."),
    (
        Kind.BODY,
        "Port Hale shut the Old Wharf Bridge on Monday to all traffic after divers found cracks "
        "in two piers.",
    ),
    (Kind.BODY, "Mayor Inés Calder said repairs would cost 12 million dollars and last 14 months."),
    (Kind.BODY, "“We will not gamble with lives,” Calder told reporters."),
    (Kind.BODY, "Ferries will run until it reopens."),
    (Kind.BODY, "They will leave every 20 minutes."),
    (Kind.BODY, "Shop owners on the north bank fear for their trade."),
    (Kind.FURNITURE, "Sign up for our newsletter"),
]


@dataclass(frozen=True)
class Joined:
    """A link in words: positions from 1, and edits as (operation, A's words, B's words)."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    kind: LinkKind
    edits: tuple[tuple[Op, str, str], ...] = ()
    moved: bool = False
    similarity: float = 0.8
    styles: dict[str, str] = field(default_factory=dict)


LINKS = [
    Joined(
        (3,),
        (3,),
        LinkKind.REWORDED,
        (
            (Op.DELETE, "The city of", ""),
            (Op.MOVE, "to traffic", "to all traffic"),
        ),
    ),
    Joined(
        (4, 5),
        (4,),
        LinkKind.REWORDED,
        (
            (Op.REPLACE, "Ines", "Inés"),
            (Op.REPLACE, "$12 million", "12 million dollars"),
            (Op.REPLACE, "They would take", "and last"),
            (Op.DELETE, ", she said", ""),
        ),
        styles={"Ines": "spelling of names", "$12 million": "currency"},
    ),
    Joined((7,), (5,), LinkKind.IDENTICAL, similarity=1.0),
    Joined(
        (8,),
        (2,),
        LinkKind.REWORDED,
        (
            (Op.REPLACE, "The bridge, built", "Built"),
            (Op.INSERT, "", "the bridge"),
            (Op.INSERT, "", "some"),
        ),
        moved=True,
    ),
    Joined(
        (9,),
        (6, 7),
        LinkKind.PARTIAL,
        ((Op.DELETE, "every 20 minutes", ""), (Op.INSERT, "", "They will leave every 20 minutes")),
    ),
]  # fmt: skip


@dataclass(frozen=True)
class Raised:
    """A flag in words: its kind, the position of its link from 1, A's words, B's words."""

    kind: FlagKind
    link: int | None
    before: str = ""
    after: str = ""


FLAGS = [
    Raised(FlagKind.HEADLINE_CHANGED, None, AGENCY[0][1], DAILY[0][1]),
    Raised(FlagKind.ATTRIBUTION_DROPPED, 2, "she said", ""),
    Raised(FlagKind.HEDGE_ADDED, 4, "", "some"),
    Raised(FlagKind.RAISED, 4, AGENCY[7][1], DAILY[1][1]),
]


def document(
    lines: list[tuple[Kind, str]], path: str, credits: tuple[Credit, ...] = ()
) -> Document:
    """Return a document with one unit a line and two lines a paragraph of the body."""
    text = "\n".join(line for _, line in lines)
    units = []
    start = 0
    for number, (kind, line) in enumerate(lines, start=1):
        units.append(Unit(start, start + len(line), kind, number, f"made as a {kind}"))
        start += len(line) + 1
    found = [tokenize(text, u.start, u.end) for u in units if u.kind.compared]
    tokens = Tokens(
        tuple(word for part in found for word in part.words),
        tuple(start for part in found for start in part.starts),
        tuple(end for part in found for end in part.ends),
    )
    return Document(Article(text, path=path), "en", tuple(units), (), credits, tokens)


def link(joined: Joined, a: Document, b: Document) -> Link:
    """Return a link, its edits found by their words in order of B."""
    left = Span(a.units[joined.a[0] - 1].start, a.units[joined.a[-1] - 1].end)
    right = Span(b.units[joined.b[0] - 1].start, b.units[joined.b[-1] - 1].end)
    edits = []
    for op, before, after in joined.edits:
        at_a = a.text.index(before, left.start, left.end) if before else left.start
        at_b = b.text.index(after, right.start, right.end) if after else right.start
        if op is Op.DELETE:  # its place in B is before the word that follows it in A
            follows = a.text[at_a + len(before) :].split()[0].rstrip(".")
            at_b = max(b.text.find(follows, right.start, right.end), right.start)
        where = Span(at_a, at_a + len(before)), Span(at_b, at_b + len(after))
        edits.append(Edit(op, *where, joined.styles.get(before)))
    shape = {
        (False, False): Shape.ONE,
        (True, False): Shape.MERGE,
        (False, True): Shape.SPLIT,
        (True, True): Shape.MANY,
    }[len(joined.a) > 1, len(joined.b) > 1]
    return Link(
        tuple(n - 1 for n in joined.a),
        tuple(n - 1 for n in joined.b),
        shape,
        joined.kind,
        joined.moved,
        joined.similarity,
        tuple(sorted(edits, key=lambda edit: edit.b)),
    )


def flag(raised: Raised, links: tuple[Link, ...], a: Document, b: Document) -> Flag:
    """Return a flag, its words found in its link, or anywhere where it concerns none."""
    joined = None if raised.link is None else links[raised.link - 1]
    spans = []
    for words, side, places in (
        (raised.before, a, joined.a if joined else ()),
        (raised.after, b, joined.b if joined else ()),
    ):
        at = side.text.index(words, side.units[places[0]].start if places else 0)
        spans.append(Span(at, at + len(words)) if words else None)
    where = None if raised.link is None else raised.link - 1
    return Flag(raised.kind, DEFAULTS[raised.kind], where, *spans)


def verdict(label: Label = Label.SAME_STORY, run: Run | None = None) -> Verdict:
    """Return a verdict with figures of its own."""
    evidence = Evidence(
        minhash_jaccard=0.31,
        jaccard=0.3,
        containment=0.52,
        containment_unquoted=0.49,
        coverage_unquoted=0.6,
        longest_run=run,
        longest_run_unquoted=None,
        passages=4,
        coverage_a=0.55,
        coverage_b=0.7,
        identical=False,
        words_a=70,
        words_b=60,
        unquoted_a=62,
        unquoted_b=52,
        topic=0.8,
    )
    return Verdict(label, evidence, "They share 60% of their own words.")


def comparison(
    agency: list[tuple[Kind, str]] | None = None,
    daily: list[tuple[Kind, str]] | None = None,
    links: list[Joined] | None = None,
    label: Label = Label.SAME_STORY,
    flags: list[Raised] | None = None,
) -> Comparison:
    """Return the comparison of two lists of lines, joined and flagged as told."""
    lines = agency or AGENCY
    text = "\n".join(line for _, line in lines)
    credit = text.find("AP")
    credits = (Credit("AP", CreditPlace.DATELINE, credit, credit + 2),) if credit >= 0 else ()
    a = document(lines, "agency.txt", credits)
    b = document(daily or DAILY, "daily.txt")
    found = tuple(link(joined, a, b) for joined in (LINKS if links is None else links))
    linked_a = {index for one in found for index in one.a}
    linked_b = {index for one in found for index in one.b}
    quote = "“We will not gamble with lives,” Calder told reporters"
    run = None
    if quote in a.text and quote in b.text:
        at_a, at_b = a.text.index(quote), b.text.index(quote)
        run = Run(9, Span(at_a, at_a + len(quote)), Span(at_b, at_b + len(quote)))
    return Comparison(
        a,
        b,
        verdict(label, run),
        Thresholds(),
        Diff(
            found,
            tuple(i for i, u in enumerate(a.units) if u.kind.compared and i not in linked_a),
            tuple(i for i, u in enumerate(b.units) if u.kind.compared and i not in linked_b),
        ),
        flags=tuple(flag(raised, found, a, b) for raised in flags or ()),
    )
