"""A diff as one line of text, so that a test can say what it expects.

`[was→is]` is a replacement, `[was→is:rule]` one by house style, `{-gone}` and `{+new}` are a
deletion and an insertion, `{~moved}` a phrase that stood elsewhere.
"""

from dedup.article import Article, Kind, Unit
from dedup.diff import Diff, Link, Op, diff
from dedup.text import Document
from dedup.text.quotations import quotations
from dedup.text.tokens import Tokens, tokenize


def document(*sentences: str, language: str = "en") -> Document:
    """Return a document with one unit a sentence.

    `# …` is a headline, `@ …` a dateline, `! …` is not compared.
    """
    kinds = {"# ": Kind.HEADLINE, "@ ": Kind.DATELINE, "! ": Kind.FURNITURE}
    units, text = [], ""
    for number, sentence in enumerate(sentences, start=1):
        kind = kinds.get(sentence[:2], Kind.BODY)
        shown = sentence if kind is Kind.BODY else sentence[2:]
        start = len(text)
        text += shown + "\n"
        units.append(Unit(start, start + len(shown), kind, number, "given"))
    compared = [tokenize(text, unit.start, unit.end) for unit in units if unit.kind.compared]
    tokens = Tokens(
        tuple(word for part in compared for word in part.words),
        tuple(start for part in compared for start in part.starts),
        tuple(end for part in compared for end in part.ends),
    )
    return Document(
        Article(text),
        language,
        tuple(units),
        quotations(text, [unit.span for unit in units]),
        (),
        tokens,
    )


def marked(a: Document, b: Document, link: Link) -> str:
    """Return B's side of a link with the edits marked."""
    shown, place = [], b.units[link.b[0]].start
    for edit in link.edits:
        shown.append(b.text[place : edit.b.start])
        place = max(place, edit.b.end)
        was, now = a.text[edit.a.start : edit.a.end], b.text[edit.b.start : edit.b.end]
        rule = f":{edit.style}" if edit.style else ""
        shown.append(
            {
                Op.REPLACE: f"[{was}→{now}{rule}]",
                Op.DELETE: f"{{-{was}{rule}}}",
                Op.INSERT: f"{{+{now}{rule}}}",
                Op.MOVE: f"{{~{now}}}",
            }[edit.op]
        )
    shown.append(b.text[place : b.units[link.b[-1]].end])
    return " ".join("".join(shown).split())


def marked_pair(a: str, b: str, language: str = "en") -> str:
    """Return one sentence marked against another; they must be linked."""
    first, second = document(a, language=language), document(b, language=language)
    (link,) = diff(first, second).links
    return marked(first, second, link)


def linked(found: Diff) -> list[str]:
    """Return the links as text: `0→0`, `1→2,3 split`, `4→4 moved`."""
    return [
        ",".join(map(str, link.a))
        + "→"
        + ",".join(map(str, link.b))
        + ("" if link.shape == "1:1" else f" {link.shape}")
        + (" moved" if link.moved else "")
        for link in found.links
    ]
