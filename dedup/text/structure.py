"""What each piece of an article is: headline, dateline, body, caption, page furniture …

Whole lines are judged first, by the rules of `data/lines.toml` and by what stands next to them;
what is left is text, and is split into sentences. A sentence wrongly dropped is worse than
furniture kept: without a strong sign a line is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from dedup.article import Article, Kind, Span, Unit
from dedup.text.datelines import dateline_end
from dedup.text.menus import menus
from dedup.text.normalize import visible
from dedup.text.rules import CAPITALS, EDGE, INNER_STOP, Rule, is_bare_label, place_of, rule_for
from dedup.text.sentences import sentences
from dedup.text.tokens import tokenize

#: Words that a headline, a caption and a pointer to another story have at most.
HEADLINE_WORDS = 30
CAPTION_WORDS = 60
TEASER_WORDS = 25
#: Lines of text among which a dateline is looked for.
DATELINE_LINES = 4

_STOPPED = re.compile(r"[.,;:!?…。，：；؛،؟！？]['\"”’»)\]」』]*\Z")
#: The stops that a headline has not; it may end with a question or with `U.S.`
_HALTED = re.compile(r"(?:[,;:…。，：；؛،]|(?<!\b[A-Z]\.[A-Z])\.)['\"”’»)\]」』]*\Z")
_PLACES_PEOPLE = re.compile(
    r"(?:, |\()(?:(?:top |bottom |far |second from |third from |front |back |upper |lower )?"
    r"(?:left|right|center|centre|seated|standing|foreground|background|pictured|shown|above|below))[,).]|"
    r"\b(?:pictured|seen here|is shown|are shown|is seen|are seen|stands? in front|poses?|"
    r"waves? (?:to|at)|walks? |arrives? )"
)
_CAPITAL_WORD = re.compile(rf"\b[{CAPITALS}]\w+")
_SAID = re.compile(r"[“\"«„]|\b(?:said|says|told)\b")
_TITLE_TAIL = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}\Z")


@dataclass(slots=True)
class Line:
    """A paragraph while it is judged: what it says, and what it is so far found to be.

    Attributes:
        span: Its place in the text.
        text: What it says.
        rule: The rule that tells that it is no text, if one does.
        kind: What it is; None for text, which is split further.
        reason: Why it has that kind.
    """

    span: Span
    text: str
    rule: Rule | None
    kind: Kind | None = None
    reason: str = ""

    @property
    def is_text(self) -> bool:
        """Whether it is text, with or without a dateline before it."""
        return self.kind is None

    @property
    def compared(self) -> bool:
        """Whether every unit of the line takes part in verdict and diff."""
        return self.kind is None or self.kind.compared


def structure(article: Article, paragraphs: Sequence[Span], language: str) -> tuple[Unit, ...]:
    """Return the units of an article with their kinds, in order.

    Args:
        article: What was read.
        paragraphs: The paragraphs of its text, in order.
        language: ISO 639-1 code, or `und`.

    Returns:
        Units that hold every non-space character of the paragraphs, each exactly once.
        Linear in the length of the text.
    """
    lines = judge_lines(article, paragraphs)
    units: list[Unit] = []
    seen = 0
    for number, line in enumerate(lines, 1):
        if line.kind is not None:
            units.append(Unit(line.span.start, line.span.end, line.kind, number, line.reason))
            continue
        units += _text_units(article.text, line, number, language, first=seen < DATELINE_LINES)
        seen += 1
    return tuple(units)


def judge_lines(
    article: Article, paragraphs: Sequence[Span], told: Sequence[Rule | None] | None = None
) -> list[Line]:
    """Return the lines of an article with what each is as a whole, in order.

    This does not depend on the language. A line that is text is all compared, whether or not it
    has a dateline: what it is split into does not matter for what is compared.

    Args:
        article: What was read.
        paragraphs: The paragraphs of its text, in order.
        told: Of each the rule that tells that it is no text, where that is known.
    """
    lines = _judge(article.text, paragraphs, told)
    _mark_menus(lines)
    _mark_lists(lines)
    _mark_headline(lines, article.title)
    _mark_captions(lines)
    return lines


def tells_of_others(line: str, rule: Rule) -> bool:
    """Whether a line that a rule tells may say what a line next to it is.

    So do headings of lists and credits of pictures. Of a text without such lines, without a menu
    and without a line that is the title as well, the lines that rules tell, and they alone, are not
    compared.
    """
    return rule.credit or (rule.heads and is_bare_label(line))


def _judge(text: str, paragraphs: Sequence[Span], told: Sequence[Rule | None] | None) -> list[Line]:
    """Judge each line by itself."""
    lines = []
    for index, span in enumerate(paragraphs):
        line = text[span.start : span.end]
        rule = told[index] if told else rule_for(line, place_of(index, len(paragraphs)))
        kind, reason = (rule.kind, rule.reason) if rule is not None else (None, "")
        lines.append(Line(span, line, rule, kind, reason))
    return lines


def _mark_menus(lines: Sequence[Line]) -> None:
    """Mark the lines of menus."""
    for run in menus([line.text for line in lines]):
        for index in run:
            if lines[index].is_text:
                lines[index].kind, lines[index].reason = Kind.FURNITURE, "stands in a menu"


def _mark_lists(lines: Sequence[Line]) -> None:
    """Mark the headlines of other stories that stand below “Related stories”.

    A line that a rule tells, as a time or an advertisement, may stand between them. Where no text
    stands above the heading it may be the name of a section: the last headline is the article’s.
    """
    listing, below_text = False, False
    listed: list[Line] = []
    for line in lines:
        if line.rule is not None:
            heads = line.rule.heads and is_bare_label(line.text)
            listing = heads or (listing and line.rule.kind is not Kind.CAPTION)
        elif listing and is_listed(line.text):
            listed.append(line)
        else:
            _mark_listed(listed if below_text else listed[:-1])
            listing, below_text, listed = False, True, []
    _mark_listed(listed)


def _mark_listed(lines: Sequence[Line]) -> None:
    for line in lines:
        line.kind, line.reason = Kind.TEASER, "stands in a list of other stories"


def is_listed(line: str) -> bool:
    """Whether a line can be the headline of another story, below a heading of such."""
    return _is_headline(line, TEASER_WORDS) and not _SAID.search(line)


def _mark_headline(lines: Sequence[Line], title: str | None) -> None:
    """Mark the line that is the article's title, or the first if it has a headline's form."""
    top = lines[: 2 * EDGE]
    for line in top:
        if title and is_title(line.text, title):
            line.kind, line.reason = Kind.HEADLINE, "is the article’s title"
            return
    text = [line for line in top if line.is_text]
    if text and _leads(text[0].text) and any(map(partial(_is_longer, text[0].text), text[1:])):
        text[0].kind, text[0].reason = Kind.HEADLINE, "first line, short and without a full stop"


def is_title(line: str, title: str) -> bool:
    """Whether a line says what the title says, be it without the outlet’s name behind."""
    return len(line) <= 2 * len(title) and _words(line) in _titles(title)


@lru_cache(maxsize=16)
def _titles(title: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return _words(title), _words(_TITLE_TAIL.sub("", title))


def _leads(line: str) -> bool:
    """Whether a first line can be a headline: no kicker, dateline or start of a sentence."""
    return (
        _is_headline(line, HEADLINE_WORDS)
        and not line[0].islower()
        and len(_words(line)) > 1
        and dateline_end(line) == 0
        and INNER_STOP.search(line) is None
    )


def _is_longer(headline: str, line: Line) -> bool:
    """Whether a line is the text below a headline: longer, and ended as text is."""
    least = len(headline) if _is_wide(headline) else max(60, len(headline))
    if dateline_end(line.text):
        return True
    return len(line.text) > least and _STOPPED.search(line.text[-8:]) is not None


def _mark_captions(lines: Sequence[Line]) -> None:
    """Mark what stands before a picture's credit and describes the picture."""
    for index in range(1, len(lines)):
        credit, line = lines[index], lines[index - 1]
        if credit.rule is None or not credit.rule.credit or not line.is_text:
            continue
        if not _is_caption(line.text):
            continue
        line.kind, line.reason = Kind.CAPTION, "stands before a picture’s credit and describes it"
        above = lines[index - 2] if index > 1 else None
        if above is not None and above.is_text and _describes_same(above.text, line.text):
            above.kind, above.reason = (
                Kind.CAPTION,
                "describes the same picture as the caption below",
            )


def _is_caption(line: str) -> bool:
    words = len(line.split())
    return words <= CAPTION_WORDS and _PLACES_PEOPLE.search(line) is not None and "said" not in line


def _describes_same(above: str, caption: str) -> bool:
    """Whether a line names mostly what the caption names, in one short sentence."""
    names, known = _CAPITAL_WORD.findall(above), set(_CAPITAL_WORD.findall(caption))
    shared = sum(name in known for name in names)
    return len(above.split()) <= CAPTION_WORDS // 2 and shared >= 3 and shared >= 0.7 * len(names)


def _text_units(text: str, line: Line, number: int, language: str, *, first: bool) -> list[Unit]:
    """Split a line of text into its dateline, if it has one, and its sentences."""
    units: list[Unit] = []
    span = line.span
    end = dateline_end(line.text, strict=not first)
    if end:
        units.append(
            Unit(
                span.start,
                span.start + end,
                Kind.DATELINE,
                number,
                "place or agency before the text",
            )
        )
        rest = line.text[end:].lstrip()
        if not rest:
            return units
        span = Span(span.end - len(rest), span.end)
    units += [
        Unit(sentence.start, sentence.end, Kind.BODY, number, "sentence of the text")
        for sentence in sentences(text, span, language)
    ]
    return units


def _is_headline(line: str, most: int) -> bool:
    """Whether a line has a headline's form: short, and without a full stop at its end."""
    if len(line) > 12 * most or _HALTED.search(line[-12:]):
        return False
    return len(tokenize(line)) <= (3 * most if _is_wide(line) else most)


def _is_wide(line: str) -> bool:
    return any("\u3040" <= char <= "\u9fff" for char in line[:20])


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    return tokenize(visible(text)).words
