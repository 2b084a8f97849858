"""The prefix of a story's first line that says where, when and by which agency it was filed."""

from __future__ import annotations

import re
from functools import cache

from dedup.text.agencies import agency_pattern
from dedup.text.rules import CAPITALS

#: Longer prefixes are no dateline.
LONGEST = 110

_DASH = r"(?:\s*(?:—|–|--|−|―)\s*|\s+-\s+|\s*\.-\s*)"
_MONTH = r"[^\W\d]{3,10}\.?"
_DATE = (
    rf"(?:{_MONTH} \d{{1,2}}(?:, \d{{4}})?|"
    rf"\d{{1,2}}\.? (?:de )?{_MONTH}(?: (?:de )?\d{{4}})?|\d{{1,2}}/\d{{1,2}})"
)
#: A place in capitals (RIO DE JANEIRO), its region (Ukraine), a place as it is written (Berlin).
_CAPS = rf"[{CAPITALS}][{CAPITALS}.’'ʼ-]*"
_SMALL = "(?:de|do|da|du|di|del|la|le|am|an|der|на|sur|upon|and|y|e)[ -]"
_PLACE = rf"(?:\d+ )?{_CAPS}(?:[ /-](?:{_SMALL})?{_CAPS}){{0,4}}"
_NAME = rf"[{CAPITALS}][\w.’'-]{{0,20}}"
_REGION = rf",\s{_NAME}(?:[ -](?:of |and |the |da |de )?{_NAME}){{0,3}}"
_MIXED = rf"[{CAPITALS}][\w.’'-]{{1,20}}(?:[ /-][\w.’'-]{{1,20}}){{0,3}}"
_BRACKETED = rf"\([{CAPITALS}][\w .&/-]{{1,30}}\)"
_SLASHED = r"/[^/\n]{2,25}/"

#: Words in capitals before a dash that name no place.
_KICKER = re.compile(
    r"(?:DEVELOPING|UPDATED?|BREAKING|EXCLUSIVE|WATCH|VIDEO|PHOTOS?|OPINION|ANALYSIS|LIVE|FILE|"
    r"CORRECTION|EDITOR|NOTE|SPOILER|RELATED|MORE|WARNING|CAUTION|REVIEW|INTERVIEW|QUESTION|ANSWER|"
    r"[QA]|I|A)\b"
)


@cache
def _pattern() -> re.Pattern[str]:
    names = f"(?:{agency_pattern()})"
    agency = rf"\([^()\n]{{0,20}}{names}[^()\n]{{0,20}}\)"
    start = rf"(?:{_REGION}){{0,2}}(?:,\s{_DATE})?"
    forms = (
        # KYIV, Ukraine (AP) — · WASHINGTON, Jan 5 (Reuters) - · WASHINGTON —
        rf"{_PLACE}{start}(?:\s?{_BRACKETED}|\s{_SLASHED})?(?:{_DASH}|:?\s(?<=\):\s))",
        # London (Reuters) - · Berlin, 5. Januar (dpa) –
        rf"{_MIXED}{start}\s{agency}\s?(?:{_DASH}|:\s)",
        # (AP) — · (ANSA) - ROMA, 05 GEN -
        rf"{agency}\s?{_DASH}(?:{_PLACE},\s{_DATE}{_DASH})?",
        # Киев. 5 января. Интерфакс-Украина -
        rf"{_MIXED}[,.]\s{_DATE}\.?\s"
        rf"(?:{_SLASHED}\.?\s?|{names}[\w -]{{0,20}}{_DASH}|[-–—]\s{names}\.\s)",
        # МОСКВА, 5 января. /ТАСС/.
        rf"{_PLACE}[,.]\s{_DATE}\.?(?:\s{_SLASHED}\.?\s?|{_DASH}(?:{names}\.\s)?)",
        # 新华社北京1月5日电 · （新华社北京1月5日电）
        r"[（(【]?[^\s，。、（）()【】]{2,20}\d{1,2}月\d{1,2}日(?:电|電|讯|訊)"
        r"(?:\s?[（(](?:记者|記者)[^）)]{1,20}[）)])?[）)】]?\s*",
        # 【ロンドン共同】· [東京 5日 ロイター] -
        r"[【［\[][^】］\]\n]{1,20}(?:共同|時事|ロイター|AFP|＝|=)[^】］\]\n]{0,15}[】］\]]\s?[-－–—]?\s*",
        # القاهرة (رويترز) -
        rf"[\u0620-\u064a ،]{{2,40}}\s?(?:\([^()\n]{{2,20}}\)|[/-] ?{names})\s?[-–—:]\s",
    )
    return re.compile("|".join(forms))


def dateline_end(line: str, *, strict: bool = False) -> int:
    """Return how long the dateline is that a line begins with; 0 where it has none.

    Args:
        line: A line of text.
        strict: Ask for an agency or a date, not only for a place in capitals.

    >>> line = "KYIV, Ukraine (AP) — The bridge is closed."
    >>> line[:dateline_end(line)]
    'KYIV, Ukraine (AP) —'
    >>> dateline_end("The bridge — closed on Monday — is open.")
    0
    """
    match = _pattern().match(line[:LONGEST])
    if match is None:
        return 0
    prefix = match[0].rstrip()
    says_more = "(" in prefix or any(map(str.isdigit, prefix))
    if _KICKER.match(prefix) or sum(map(str.isalpha, prefix)) < 2 or (strict and not says_more):
        return 0
    return len(prefix)
