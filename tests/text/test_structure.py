"""What the pieces of an article are, and that text is not dropped."""
# ruff: noqa: E501 - the lines are the texts

from __future__ import annotations

import pytest

from dedup.article import Article, Kind
from dedup.text import segment

LEDE = "The ferry Marit sank off Bergen early on Monday, killing at least 14 people, police said."


def kinds(text: str, **known: str) -> list[tuple[str, str]]:
    document = segment(Article(text, **known))
    return [(unit.kind.value, document.text_of(unit)) for unit in document.units]


def kind_of(line: str, *, after: str = LEDE, before: str = LEDE) -> str:
    """Return the kind of a line that stands between others."""
    document = segment(Article(f"{after}\n{line}\n{before}", language="en"))
    (found,) = {unit.kind.value for unit in document.units if unit.paragraph == 2}
    return found


def test_headline_dateline_byline_and_text() -> None:
    text = f"Ferry sinks off Bergen, 14 dead\nBy ANN MOSS\nBERGEN, Norway (AP) — {LEDE}\nNobody knows why."
    assert kinds(text) == [
        ("headline", "Ferry sinks off Bergen, 14 dead"),
        ("byline", "By ANN MOSS"),
        ("dateline", "BERGEN, Norway (AP) —"),
        ("body", LEDE),
        ("body", "Nobody knows why."),
    ]


def test_the_title_is_the_headline_wherever_it_stands_at_the_top() -> None:
    text = f"World\nFerry sinks, 14 dead.\n{LEDE}"
    assert kinds(text, title="Ferry sinks, 14 dead. | Harbor News")[1] == (
        "headline",
        "Ferry sinks, 14 dead.",
    )


def test_a_first_sentence_is_no_headline() -> None:
    assert kinds(f"It rained.\n{LEDE}")[0][0] == "body"


def test_a_headline_may_ask_or_end_with_an_abbreviation() -> None:
    assert kinds(f"Who sank the Marit?\n{LEDE}")[0][0] == "headline"
    assert kinds(f"Ferry sinks in the U.S.\n{LEDE}")[0][0] == "headline"


def test_a_single_line_is_text() -> None:
    assert kinds("Ferry sinks off Bergen")[0][0] == "body"


def test_a_list_of_other_stories_ends_where_text_begins() -> None:
    text = f"{LEDE}\nRELATED STORIES:\nWhat the harbor knew\nThe captain’s last call\n{LEDE}\nIt rained."
    assert [kind for kind, _ in kinds(text)] == [
        "body",
        "teaser",
        "teaser",
        "teaser",
        "body",
        "body",
    ]


@pytest.mark.parametrize(
    "heading", ["Most read", "TRENDING NOW", "Popular stories", "You may also like", "Meistgelesen"]
)
def test_the_stories_below_any_heading_of_a_list_are_others(heading: str) -> None:
    text = f"{LEDE}\n{heading}\nFog closes the port\n5 things to know about the toll"
    assert [kind for kind, _ in kinds(text)] == ["body", "teaser", "teaser", "teaser"]


def test_times_and_advertisements_stand_between_the_stories_of_a_list() -> None:
    text = f"{LEDE}\nRelated stories\n2 hours ago\nFog closes the port\nAdvertisement\nWhat the harbor knew\n{LEDE}"
    assert [kind for kind, _ in kinds(text)] == [
        "body",
        "teaser",
        "furniture",
        "teaser",
        "furniture",
        "teaser",
        "body",
    ]


def test_a_picture_ends_a_list_of_other_stories() -> None:
    text = f"{LEDE}\nRelated stories\nFog closes the port\nPhoto: Ann Moss/AP\nWhat the divers saw\n{LEDE}"
    assert [kind for kind, _ in kinds(text)] == [
        "body",
        "teaser",
        "teaser",
        "caption",
        "body",
        "body",
    ]


def test_the_headline_below_the_name_of_a_section_is_the_articles() -> None:
    text = f"Trending now\nFerry sinks off Bergen, 14 dead\nBy Ann Moss\n{LEDE}"
    assert [kind for kind, _ in kinds(text)] == ["teaser", "headline", "byline", "body"]


def test_a_caption_stands_before_its_credit() -> None:
    text = (
        f"Captain Lars Lund and pilot Eva Stone stand before the ferry Marit.\n"
        f"Captain Lars Lund, left, and pilot Eva Stone at the ferry Marit in May.\n(Ann Moss / Associated Press)\n{LEDE}"
    )
    assert [kind for kind, _ in kinds(text)] == ["caption", "caption", "caption", "body"]


def test_text_before_a_credit_is_text() -> None:
    text = f"{LEDE}\n(Ann Moss / Associated Press)\nNobody knows why the ship went down."
    assert [kind for kind, _ in kinds(text)] == ["body", "caption", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Why?",
        "Nobody knows.",
        "“We were afraid.”",
        "He was 61.",
        "“Help!”",
        "Then came the storm",
        "A question of honor",
        "Lund, left, and Stone, right, did not speak at the hearing.",
        "The Associated Press reported the sale first.",
        "“I told the Associated Press all I know,” Moss said.",
        "The video shows the ship on its side.",
        "The union’s newsletter said so in May.",
        "She follows him on Twitter.",
        "Two men (one of them Stone) swam ashore.",
    ],
)
def test_short_but_real_paragraphs_are_text(line: str) -> None:
    assert kind_of(line) == "body"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Advertisement", "furniture"),
        ("Share via", "furniture"),
        ("Sign up for our newsletter", "furniture"),
        ("© 2021 Harbor News. All rights reserved.", "furniture"),
        ("Follow Ann Moss on Twitter @annmoss", "furniture"),
        ("Comments are moderated.", "furniture"),
        ("Read more: The captain’s last call", "teaser"),
        ("MORE FROM THE HARBOR", "teaser"),
        ("(Ann Moss / Associated Press)", "caption"),
        ("FILE - In this Jan. 5, 2021, photo, the ferry Marit leaves Bergen.", "caption"),
        ("The Associated Press contributed to this report.", "byline"),
        ("Publicité", "furniture"),
        ("Lesen Sie auch: Der letzte Anruf", "teaser"),
    ],
)
def test_lines_that_are_no_text(line: str, kind: str) -> None:
    assert kind_of(line) == kind


def test_every_unit_says_why() -> None:
    document = segment(
        Article(f"Ferry sinks\n{LEDE}\nAdvertisement\nRELATED: x\n(Ann Moss/AP)\nBy Ann Moss")
    )
    assert all(unit.reason for unit in document.units)
    assert document.units[2].reason == "page furniture: advertisement"
    assert {unit.kind for unit in document.units} == set(Kind) - {Kind.DATELINE}


LANGUAGES = {
    "en": "Ferry sinks off Bergen\nBERGEN (AP) — The ferry sank on Monday and the captain is missing. “We saw it,” said Ann Moss.\nAdvertisement",
    "de": "Fähre sinkt vor Bergen\nBerlin (dpa) - Die Fähre ist am Montag gesunken und der Kapitän wird vermisst. „Wir haben es gesehen“, sagte Anna Moos.\nAnzeige",
    "fr": "Un ferry coule au large\nPARIS, 3 mars (AFP) - Le ferry a coulé lundi et le capitaine est porté disparu. « Nous l’avons vu », a dit Anne Mousse.\nPublicité",
    "es": "Un ferry se hunde en la bahía\nMadrid, 5 ene (EFE).- El ferry se hundió el lunes y el capitán está desaparecido. «Lo vimos», dijo Ana Musgo.\nPublicidad",
    "it": "Affonda un traghetto nel golfo\nROMA, 5 gen (ANSA) - Il traghetto è affondato lunedì e il capitano è disperso. «Lo abbiamo visto», ha detto Anna Muschio.\nPubblicità",
    "pt": "Balsa afunda na baía\nSÃO PAULO (Reuters) - A balsa afundou na segunda-feira e o capitão está desaparecido. “Nós vimos”, disse Ana Musgo.\nPublicidade",
    "ru": "Паром затонул у берега\nМОСКВА, 5 января. /ТАСС/. Паром затонул в понедельник, и капитан не был найден. «Мы это видели», — сказала Анна Мохова.\nРеклама",
    "uk": "Пором затонув біля берега\nКИЇВ, 5 січня (Укрінформ) — Пором затонув у понеділок, і капітана не знайшли. «Ми це бачили», — сказала Ганна Мох.\nРеклама",
    "ar": "غرق عبارة قبالة الساحل\nالقاهرة (رويترز) - غرقت العبارة يوم الاثنين ولم يتم العثور على القبطان في الميناء. وقالت منى «لقد رأينا ذلك من بعيد».\nإعلان",
    "zh": "渡轮在海上沉没\n新华社北京1月5日电 一艘渡轮星期一在海上沉没，船长至今下落不明，搜救工作仍在继续。“我们看到了。”她说。\n广告",
    "ja": "フェリーが沖合で沈没\n【ロンドン共同】フェリーが月曜日に沖合で沈没し、船長は今も行方不明になっている。「私たちは見た」と彼女は話した。\n広告",
}
AGENCIES = {
    "en": "AP",
    "de": "dpa",
    "fr": "AFP",
    "es": "EFE",
    "it": "ANSA",
    "pt": "Reuters",
    "ru": "TASS",
} | {"uk": "Ukrinform", "ar": "Reuters", "zh": "Xinhua", "ja": "Kyodo"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_run_end_to_end(language: str) -> None:
    document = segment(Article(LANGUAGES[language]))
    assert document.language == language
    assert [unit.kind.value for unit in document.units] == [
        "headline",
        "dateline",
        "body",
        "body",
        "furniture",
    ]
    assert len(document.quotations) == 1
    assert [credit.agency for credit in document.credits] == [AGENCIES[language]]
    assert len(document.tokens) >= 15
