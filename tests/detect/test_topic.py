"""Topic: articles about the same thing have telling words in common, whatever their wording."""

import pytest

from dedup.article import Article
from dedup.detect.topic import likeness, topic_vector
from dedup.text import segment

FERRY = """The ferry Saint Olaf ran aground off Vardholm on Tuesday with 212 passengers on board.
Rescue boats brought everybody ashore before nightfall, the coast guard said. Investigators want
to know why the ferry had left the marked channel."""
FERRY_TOO = """All 212 people aboard the Saint Olaf are safe, according to the coast guard. The
vessel hit a sandbank near Vardholm outside the marked channel. An inquiry will look at the
navigation of the ferry, investigators said."""
CHESS = """Marta Ilves, nineteen, won the national chess championship after a final round that
lasted seven hours. She is the youngest champion since the tournament began. The trophy was handed
over by the minister of sport."""
JAPANESE = "渡り鳥の調査が今年も霧島湖で始まった。専門家によると白鳥の数は増えている。"
JAPANESE_TOO = "霧島湖の白鳥が増えていると、渡り鳥を数える専門家が明らかにした。"
JAPANESE_OTHER = "市議会は新しい図書館の建設費を承認した。開館は再来年の春になる。"


def alike(one: str, other: str) -> float:
    first, second = (topic_vector(segment(Article(text))) for text in (one, other))
    assert likeness(first, second) == likeness(second, first)
    return likeness(first, second)


@pytest.mark.parametrize(
    ("one", "same", "other"),
    [(FERRY, FERRY_TOO, CHESS), (JAPANESE, JAPANESE_TOO, JAPANESE_OTHER)],
    ids=["English", "Japanese"],
)
def test_reports_of_one_event_are_far_more_alike_than_strangers(
    one: str, same: str, other: str
) -> None:
    assert alike(one, same) > 0.3
    assert alike(one, other) < 0.1
    assert alike(one, one) == pytest.approx(1)


def test_a_vector_has_length_one() -> None:
    vector = topic_vector(segment(Article(FERRY)))
    assert sum(weight * weight for weight in vector.values()) == pytest.approx(1)


@pytest.mark.parametrize("text", ["It is so.", "“”", "7"])
def test_a_text_without_a_telling_word_is_like_nothing(text: str) -> None:
    assert topic_vector(segment(Article(text))) == {}
    assert alike(text, FERRY) == 0


def test_grammar_weighs_nothing_and_repeated_long_words_most() -> None:
    vector = topic_vector(segment(Article("The investigators met the mayor. Investigators left.")))
    assert set(vector) == {"investigators", "mayor", "left"}
    assert max(vector, key=lambda word: vector[word]) == "investigators"
