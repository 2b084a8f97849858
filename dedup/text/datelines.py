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
_DATE = rf"(?:{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}}\.? (?:de )?{_MONTH}(?: (?:de )?\d{{4}})?|\d{{1,2}}/\d{{1,2}})"


#: Words in capitals before a dash that name no place.
_KICKER = re.compile(
    r"(?:DEVELOPING|UPDATED?|BREAKING|EXCLUSIVE|WATCH|VIDEO|PHOTOS?|OPINION|ANALYSIS|LIVE|FILE|CORRECTION|"
    r"EDITOR|NOTE|SPOILER|RELATED|MORE|WARNING|CAUTION|REVIEW|INTERVIEW|QUESTION|ANSWER|[QA]|I|A)\b"
)


@cache
def _pattern() -> re.Pattern[str]:
    word = rf"[{CAPITALS}][{CAPITALS}.’'ʼ-]*"
    place = rf"(?:\d+ )?{word}(?:[ /-](?:(?:de|do|da|du|di|del|la|le|am|an|der|на|sur|upon|and|y|e)[ -])?{word}){{0,4}}"
    region = rf",\s(?:[{CAPITALS}][\w.’'-]{{0,20}})(?:[ -](?:of |and |the |da |de )?[{CAPITALS}][\w.’'-]{{0,20}}){{0,3}}"
    mixed = rf"[{CAPITALS}][\w.’'-]{{1,20}}(?:[ /-][\w.’'-]{{1,20}}){{0,3}}"
    agency = rf"\((?:[^()\n]{{0,20}}(?:{agency_pattern()})[^()\n]{{0,20}})\)"
    any_source = rf"\([{CAPITALS}][\w .&/-]{{1,30}}\)"
    return re.compile(
        "|".join(
            (
                # KYIV, Ukraine (AP) — · WASHINGTON, Jan 5 (Reuters) - · WASHINGTON —
                rf"{place}(?:{region}){{0,2}}(?:,\s{_DATE})?(?:\s?{any_source}|\s/[^/\n]{{2,20}}/)?(?:{_DASH}|:?\s(?<=\):\s))",
                # London (Reuters) - · Berlin, 5. Januar (dpa) –
                rf"{mixed}(?:{region}){{0,2}}(?:,\s{_DATE})?\s{agency}\s?(?:{_DASH}|:\s)",
                # (AP) — · (ANSA) - ROMA, 05 GEN -
                rf"{agency}\s?{_DASH}(?:{place},\s{_DATE}{_DASH})?",
                # МОСКВА, 5 января. /ТАСС/. · Київ. 5 січня. ІНТЕРФАКС -
                rf"{mixed}[,.]\s{_DATE}\.?\s(?:/[^/\n]{{2,25}}/\.?\s?|(?:{agency_pattern()})[\w -]{{0,20}}{_DASH}|[-–—]\s(?:{agency_pattern()})\.\s)",
                rf"{place}[,.]\s{_DATE}\.?(?:\s/[^/\n]{{2,25}}/\.?\s?|{_DASH}(?:(?:{agency_pattern()})\.\s)?)",
                # 新华社北京1月5日电 · （新华社北京1月5日电）· 【ロンドン共同】· [東京 5日 ロイター] -
                r"[（(【]?[^\s，。、（）()【】]{2,20}\d{1,2}月\d{1,2}日(?:电|電|讯|訊)(?:\s?[（(](?:记者|記者)[^）)]{1,20}[）)])?[）)】]?\s*",
                rf"[【［\[][^】］\]\n]{{1,20}}(?:共同|時事|ロイター|AFP|＝|=)[^】］\]\n]{{0,15}}[】］\]]\s?[-－–—]?\s*",
                # القاهرة (رويترز) -
                rf"[\u0620-\u064a ،]{{2,40}}\s?(?:\([^()\n]{{2,20}}\)|[/-] ?(?:{agency_pattern()}))\s?[-–—:]\s",
            )
        )
    )


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
    if _KICKER.match(prefix):
        return 0
    if (
        sum(map(str.isalpha, prefix)) < 2
        or strict
        and "(" not in prefix
        and not any(map(str.isdigit, prefix))
    ):
        return 0
    return len(prefix)
