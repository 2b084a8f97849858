"""A small scan made by hand: two stories, a digest, a single article, what was skipped."""

from __future__ import annotations

from dataclasses import replace

from columns_made import articles_of, pairs_of

from dedup.detect import Label, Thresholds
from dedup.detect.clusters import Choice
from dedup.reading.piece import BadRecord
from dedup.scanning import Apart, Mode, Pair, Role, Scan, Scanned


def article(id: str, cluster: str | None = None, **known: object) -> Scanned:
    """Return a single article, or a member of a story; `known` says more."""
    plain = Scanned(
        id=id,
        path="news.jsonl",
        place=1,
        title=None,
        outlet=None,
        date=None,
        url=None,
        language=None,
        words=100,
        role=Role.MEMBER if cluster else Role.SINGLE,
        cluster=cluster,
        representative=None,
        similarity=None,
        stories=(),
    )
    return replace(plain, **known)  # type: ignore[arg-type]


def pair(a: str, b: str, label: Label = Label.SAME_STORY, **found: object) -> Pair:
    """Return a verified pair that ties two articles together, unless `found` says otherwise."""
    same = label in (Label.IDENTICAL, Label.NEAR_IDENTICAL, Label.SAME_STORY)
    plain = Pair(a, b, label, same, 0.5, 0.75, 0.8, 120, same, None)
    return replace(plain, **found)  # type: ignore[arg-type]


BRIDGE = {"cluster": "b1", "representative": "b2"}
DAM = {"cluster": "d1", "representative": "d1"}

ARTICLES = [
    article(
        "b1", title="Port Hale shuts its bridge", outlet="Hale Post", date="2031-03-04",
        words=180, similarity=0.62, place=3, **BRIDGE,
    ),
    article(
        "b2", title="Old Wharf Bridge shut after divers find cracks", outlet="AP", words=420,
        date="2031-03-03T18:00:00Z", role=Role.REPRESENTATIVE, similarity=1.0, place=1,
        url="https://agency.example/bridge", language="en", **BRIDGE,
    ),
    article("b3", outlet="Nördlicher Bote", date="5 March", similarity=0.25, place=7, **BRIDGE),
    article("b4", title="=Bridge: what we know", outlet="Hale Post", similarity=0.5, **BRIDGE),
    article(
        "d1", title="Dam at Upper Hale holds", outlet="AP", role=Role.REPRESENTATIVE,
        similarity=1.0, words=300, **DAM,
    ),
    article("d2", title="Dam holds, engineers say", outlet="Vale Times", similarity=0.9, **DAM),
    article(
        "n1", title="News in brief", outlet="Hale Post", role=Role.DIGEST, stories=("b1", "d1"),
        date="2031-03-04", words=90,
    ),
    article("s1", title="Ferry runs again", outlet="Vale Times", path="other/s1.txt", place=0),
]  # fmt: skip

PAIRS = [
    pair("b1", "b2"),
    pair("b2", "b3", jaccard=0.25, containment=0.41, coverage_unquoted=0.52),
    pair("b3", "b4", Label.NEAR_IDENTICAL, jaccard=0.97, containment=0.99, coverage_unquoted=1.0),
    pair("b1", "n1", joined=False, apart=Apart.DIGEST, jaccard=0.1),
    pair("d1", "d2", Label.IDENTICAL, jaccard=1.0, containment=1.0, coverage_unquoted=1.0),
    pair("d2", "n1", joined=False, apart=Apart.DIGEST, jaccard=0.12),
    pair(
        "b4", "s1", Label.SHARED_PASSAGES, jaccard=0.02, containment=0.05, coverage_unquoted=0.1,
        longest_run_unquoted=14,
    ),
]  # fmt: skip

SKIPPED = (
    BadRecord("news.jsonl", 4, "is not valid JSON (column 17: Expecting value)"),
    BadRecord("news.jsonl", 9, 'the field "text" is empty', "x9"),
    BadRecord("news.jsonl", 11, "is not valid JSON (column 1: Extra data)"),
    BadRecord("old/page.html", None, "has no article in it; save the page whole"),
)

STAGES = {"read": 0.5, "find": 0.25, "verify": 1.25, "cluster": 0.002}


def made(**changes: object) -> Scan:
    """Return the scan, with some of its attributes as `changes` says."""
    articles = articles_of(changes.pop("articles", ARTICLES))  # type: ignore[arg-type]
    pairs = pairs_of(changes.pop("pairs", PAIRS), articles.names)  # type: ignore[arg-type]
    scan = Scan(
        mode=Mode.STORIES,
        threshold=None,
        thresholds=Thresholds(),
        choice=Choice.LONGEST,
        articles=articles,
        pairs=pairs,
        skipped=SKIPPED,
        stages=STAGES,
        engine="numpy",
        workers=2,
    )
    return replace(scan, **changes)  # type: ignore[arg-type]


def classic() -> Scan:
    """Return the same corpus as a threshold would have it."""
    pairs = [
        replace(found, label=None, coverage_unquoted=None, longest_run_unquoted=None)
        for found in PAIRS
    ]
    return made(mode=Mode.CLASSIC, threshold=0.7, pairs=pairs)


def empty() -> Scan:
    """Return the scan of a corpus without articles."""
    return made(articles=[], pairs=[], skipped=(), stages={})


def against() -> Scan:
    """Return a scan against an older corpus that has two of the articles already."""
    known = {"cluster": "old7", "representative": "old7"}
    articles = [
        article("n1", title="Bridge shut", outlet="Hale Post", similarity=0.8, **known),
        article("n2", title="Bridge is shut", similarity=0.6, **known),
        article("n3", title="Ferry runs again"),
    ]
    pairs = [pair("old7", "n1"), pair("old7", "n2", jaccard=0.6)]
    return made(articles=articles, pairs=pairs, skipped=())
