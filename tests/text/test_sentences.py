"""Where sentences end: measured on a gold set of news English, and held to cases by language."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.article import Span
from dedup.text.data import table
from dedup.text.sentences import sentences

GOLD = Path(__file__).parent / "gold" / "sentences_en.txt"


def split(line: str, language: str = "en") -> list[str]:
    line = line.strip()
    return [line[s.start : s.end] for s in sentences(line, Span(0, len(line)), language)]


def boundary_f1(paragraphs: list[list[str]], language: str) -> float:
    """Score the ends of sentences inside paragraphs; the end of a paragraph counts for nothing."""
    right = found = wanted = 0
    for paragraph in paragraphs:
        line = " ".join(paragraph)
        gold = set()
        at = 0
        for sentence in paragraph[:-1]:
            at += len(sentence) + 1
            gold.add(at - 1)
        ours = {span.end for span in sentences(line, Span(0, len(line)), language)[:-1]}
        right += len(gold & ours)
        found += len(ours)
        wanted += len(gold)
    return 2 * right / (found + wanted)


def gold_paragraphs() -> list[list[str]]:
    blocks = GOLD.read_text(encoding="utf-8").strip().split("\n\n")
    return [[line.strip() for line in block.split("\n")] for block in blocks]


def test_gold_set_is_large_enough() -> None:
    assert sum(map(len, gold_paragraphs())) >= 150


def test_boundary_f1_on_news_english(floors: dict[str, Any]) -> None:
    assert boundary_f1(gold_paragraphs(), "en") >= floors["sentences"]["boundary_f1"]


CASES = {
    "en": [
        ["“I came.", "I saw,” he said."],
        ["“We won.", "He lost.”"],
        ["“Why?” he asked."],
        ["“Why?” Sen. Ann Moss asked."],
        ["“I left.” Moss said."],
        ["“I left.”", "Moss said he had not."],
        ["“It was bad,” he said.", "“I left.”"],
        ["He said: “Go!”", "Then he left."],
        ["It cost 3.5 million.", "Nobody paid."],
        ["1. Read the rules."],
        ["M. A. Majid left."],
        ["It ran until 6 a.m. Sundays."],
        ["Ald. Jason Orr spoke."],
        ["He moved to the U.S.", "The others stayed."],
        ["U.S. Secretary Dorn stayed."],
        ["“ We waited,” she said.", "“ Nobody came.”"],
        ["He waited. . . .", "And waited."],
        ["“They told us, ‘No.’", "We left.”"],
        ["He said it was over.’ ”", "She laughed."],
    ],
    "de": [
        ["„Wir haben gewonnen.", "Er hat verloren“, sagte Dr. Anna Moos."],
        ["Am 5. Januar kam der Minister nach Bergen.", "Die Fähre war weg."],
        ["Das kostet 3,5 Mio. Euro, z. B. für Diesel.", "Niemand zahlt."],
        ["»Warum?«, fragte sie.", "»Weil es so ist.«"],
    ],
    "fr": [
        ["« Nous avons gagné.", "Il a perdu », a dit M. Mousse.", "Puis il est parti."],
        ["« Pourquoi ? » a-t-il demandé.", "Personne n’a répondu."],
    ],
    "es": [
        ["¿Por qué?", "Nadie lo sabe.", "El Sr. Musgo salió de EE.UU. en mayo."],
        ["«Ganamos.", "Él perdió», dijo la Dra. Orr."],
    ],
    "it": [["Il dott. Muschio è partito.", "«Abbiamo vinto.", "Lui ha perso», ha detto."]],
    "pt": [["O Sr. Musgo saiu.", "“Ganhamos.", "Ele perdeu”, disse a Dra. Orr."]],
    "ru": [
        ["В 2020 г. порт закрыли.", "Он открылся в мае."],
        ["«Мы победили.", "Он проиграл», — сказал В. В. Мохов."],
    ],
    "uk": [
        ["У 2020 р. порт закрили.", "Він відкрився у травні."],
        ["«Ми перемогли», — сказав І. М. Мох."],
    ],
    "ar": [["غرقت العبارة يوم الاثنين.", "لماذا حدث ذلك؟", "لا أحد يعرف."]],
    "zh": [
        ["他说：“我们赢了。”", "会议随后结束。"],
        ["“我们输了。”他说。", "没有人说话。"],
        ["渡轮沉没了！", "谁的错？", "没人知道。"],
    ],
    "ja": [
        ["「勝った。", "負けた。」と話した。", "会議は終わった。"],
        ["フェリーが沈んだ。", "誰も知らない。"],
    ],
}


def _joined(parts: list[str], language: str) -> str:
    return ("" if language in ("zh", "ja") else " ").join(parts)


@pytest.mark.parametrize(
    ("language", "expected"), [(key, case) for key, cases in CASES.items() for case in cases]
)
def test_cases(language: str, expected: list[str]) -> None:
    assert split(_joined(expected, language), language) == expected


@pytest.mark.parametrize("title", table("sentences")["en"]["titles"])
def test_a_title_never_ends_a_sentence(title: str) -> None:
    assert len(split(f"They met {title}. Moss on Monday. He left.")) == 2


@pytest.mark.parametrize("word", table("sentences")["en"]["before_number"])
def test_ends_a_sentence_unless_a_number_follows(word: str) -> None:
    assert len(split(f"It was {word}. 5 that won.")) == 1
    assert len(split(f"It was {word}. Moss won.")) == 2


@pytest.mark.parametrize("word", table("sentences")["en"]["may_end"])
def test_ends_a_sentence_where_the_next_word_begins_one(word: str) -> None:
    assert len(split(f"It came from {word}. Moss and went.")) == 1
    assert len(split(f"It came from {word}. The others went.")) == 2


@pytest.mark.parametrize("word", table("sentences")["en"]["lettered"])
def test_a_letter_behind_these_is_no_initial(word: str) -> None:
    assert len(split(f"They came to {word} B. Moss was there.")) == 2
    assert len(split("They came to Jane B. Moss there.")) == 1


@pytest.mark.parametrize("word", table("sentences")["en"]["after_clock"])
def test_a_clock_time_goes_on_with_a_day_or_zone(word: str) -> None:
    assert len(split(f"The game will begin at 5 p.m. {word} in Bergen.")) == 1
    assert len(split("The game will begin at 5 p.m. Moss will play.")) == 2


@pytest.mark.parametrize("word", table("sentences")["en"]["speech"])
def test_an_attribution_stays_with_its_question(word: str) -> None:
    assert len(split(f"“Where is the ship?” Ann Moss {word}.")) == 1
    assert len(split("“Where is the ship?” Ann Moss sat down.")) == 2


@pytest.mark.parametrize("word", table("sentences")["en"]["starters"])
def test_words_that_begin_sentences(word: str) -> None:
    assert len(split(f"They left the U.S. {word.capitalize()} and so on.")) == 2


@pytest.mark.parametrize("word", table("sentences")["en"]["names"])
def test_function_words_that_may_be_names(word: str) -> None:
    assert len(split(f"They met Mr. T. {word.capitalize()} there.")) == 1


OTHER = [key for key in table("sentences") if key != "en"]


@pytest.mark.parametrize(
    ("language", "word"),
    [(key, word) for key in OTHER for word in table("sentences")[key]["titles"]],
)
def test_titles_of_other_languages(language: str, word: str) -> None:
    assert len(split(f"Abc {word}. Xyz abc.", language)) == 1


@pytest.mark.parametrize(
    ("language", "word"),
    [(key, word) for key in OTHER for word in table("sentences")[key]["may_end"]],
)
def test_abbreviations_of_other_languages(language: str, word: str) -> None:
    starter = table("sentences")[language]["starters"][0].capitalize()
    assert len(split(f"Abc abc {word}. Xyz abc.", language)) == 1
    assert len(split(f"Abc abc {word}. {starter} abc.", language)) == 2


NEWS_LIKE = st.lists(
    st.sampled_from(
        [
            *"“”\"'‘’.?!…()«»—,:;",
            " ",
            " ",
            " ",
            "Sen.",
            "U.S.",
            "p.m.",
            "said",
            "The",
            "Moss",
            "3.5",
            "J.",
            "。",
            "」",
            "\u200b",
            "\u00a0",
            "\u00ad",
            "\n",
            "é",
            "🚢",
        ]
    ),
    max_size=60,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), NEWS_LIKE), st.sampled_from([*CASES, "und"]))
def test_sentences_hold_every_character_once(text: str, language: str) -> None:
    line = text.strip()
    if not line:
        return
    spans = sentences(line, Span(0, len(line)), language)
    assert spans[0].start == 0
    assert spans[-1].end == len(line)
    for span in spans:
        piece = line[span.start : span.end]
        assert piece == piece.strip() != ""
    for before, after in pairwise(spans):
        assert before.end <= after.start
        assert line[before.end : after.start].strip("\u200b\u00ad\ufeff").strip() == ""
