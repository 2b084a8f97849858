"""What each piece of an article is: headline, dateline, body, page furniture …"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dedup.article import Article, Kind, Span, Unit
from dedup.text.sentences import sentences

_DATELINE = re.compile(
    r"(?:[A-Z][A-Z .,’'-]{2,40}(?:, [A-Z][\w. ]{1,25})?(?: \([A-Za-z .]{2,25}\))? ?(?:—|–|--|-) ?|\(A[FP]P?\) ?[—–-]+ ?)(?=[“\"A-Z])"
)
_FURNITURE = re.compile(
    r"(?:advertisement|share (?:this|via|on)\b.{0,40}|continue reading.{0,40}|story continues.{0,30}|©.*|copyright .*|all rights reserved\.?.*|click here.*)\Z",
    re.IGNORECASE,
)


def structure(article: Article, paragraphs: Sequence[Span], language: str) -> tuple[Unit, ...]:
    """Return the units of an article with their kinds."""
    units: list[Unit] = []
    text = article.text
    for number, paragraph in enumerate(paragraphs, 1):
        line = text[paragraph.start : paragraph.end]
        if _FURNITURE.match(line):
            units.append(
                Unit(paragraph.start, paragraph.end, Kind.FURNITURE, number, "page furniture")
            )
            continue
        if number == 1 and len(paragraphs) > 1 and len(line) < 160 and line[-1] not in ".!…:,;。":
            units.append(
                Unit(
                    paragraph.start,
                    paragraph.end,
                    Kind.HEADLINE,
                    number,
                    "short first line without a full stop",
                )
            )
            continue
        dateline = _DATELINE.match(line)
        if dateline:
            end = paragraph.start + len(dateline[0].rstrip())
            units.append(
                Unit(
                    paragraph.start, end, Kind.DATELINE, number, "place in capitals before the text"
                )
            )
            paragraph = Span(paragraph.start + dateline.end(), paragraph.end)
        units += [
            Unit(s.start, s.end, Kind.BODY, number, "sentence of the text")
            for s in sentences(text, paragraph, language)
        ]
    return tuple(units)
