"""Datelines, in the forms of the agencies of eleven languages."""

from __future__ import annotations

import pytest

from dedup.text.datelines import dateline_end


@pytest.mark.parametrize(
    "dateline",
    [
        "KYIV, Ukraine —",
        "KYIV, Ukraine (AP) —",
        "LONDON (Reuters) -",
        "(AP) —",
        "(Reuters) -",
        "WASHINGTON —",
        "WASHINGTON, Jan 5 (Reuters) -",
        "WASHINGTON, Jan. 5 (UPI) --",
        "RIO DE JANEIRO (AP) —",
        "ST. LOUIS —",
        "WINSTON-SALEM, N.C. (AP) —",
        "SÃO PAULO (Reuters) -",
        "Berlin (dpa) -",
        "Moskau/Kiew (dpa) –",
        "Berlin, 5. Januar (dpa) –",
        "PARIS, 3 mars (AFP) -",
        "Paris (AFP) –",
        "Madrid, 5 ene (EFE).-",
        "Roma, 5 gen. (ANSA) -",
        "(ANSA) - ROMA, 05 GEN -",
        "BRASÍLIA (Reuters) -",
        "МОСКВА, 5 января. /ТАСС/.",
        "Киев. 5 января. Интерфакс-Украина -",
        "КИЇВ, 5 січня —",
        "新华社北京1月5日电",
        "（新华社北京1月5日电）",
        "中新网北京1月5日电（记者 张三）",
        "【ロンドン共同】",
        "［東京　５日　ロイター］ -",
        "القاهرة (رويترز) -",
    ],
)
@pytest.mark.parametrize("text", ["The bridge is closed.", "“No,” she said."])
def test_is_a_dateline(dateline: str, text: str) -> None:
    line = f"{dateline} {text}"
    assert line[: dateline_end(line)] == dateline


@pytest.mark.parametrize(
    "line",
    [
        "The bridge — closed on Monday — is open.",
        "Moss — the captain — left.",
        "U.S. officials said no.",
        "NATO said it would help.",
        "A man — tall and thin — ran.",
        "I — for one — agree.",
        "DEVELOPING — A fire broke out.",
        "London is calling (again) - and loud.",
        "Berlin (am Meer) - das wäre schön.",
        "MOSS: I never said that.",
        "He left (AP) early.",
        "2016-17 season",
        "Monday, 5 January was cold.",
        "北京今天下雨。",
        "القاهرة مدينة كبيرة.",
    ],
)
def test_is_no_dateline(line: str) -> None:
    assert dateline_end(line) == 0


def test_deeper_in_the_text_a_place_alone_is_no_dateline() -> None:
    assert dateline_end("IRELAND — A country.") > 0
    assert dateline_end("IRELAND — A country.", strict=True) == 0
    assert dateline_end("DUBLIN (AP) — A city.", strict=True) > 0


@pytest.mark.parametrize(
    "line", ["A" * 10**6, "A " * 10**5, "A, " * 10**5, "(" * 10**5, "ا " * 10**5]
)
def test_hostile_lines_are_read_quickly(line: str) -> None:
    assert dateline_end(line) == 0
