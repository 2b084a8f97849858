"""Verdict: what two articles are to each other, case by case."""

import subprocess
import sys

import pytest

from dedup.article import Article, Span
from dedup.detect import Evidence, Label, Run, Thresholds, Verdict, gather, judge
from dedup.text import segment

WIRE = """Fire guts historic grain mill in Harlow Falls

HARLOW FALLS (AP) — A fire that started in a storage shed destroyed the oldest grain mill in the
Orrin Valley early Sunday, forcing forty families from their homes and closing the only bridge
across the river for most of the day.

Flames were visible from more than ten miles away, and ash fell on cars as far as the county seat,
according to the sheriff's office.

“We lost the heart of this town in two hours,” Mayor Denise Okafor told reporters on the steps of
the fire station. “Everybody here has a grandfather who worked in that building.”

The mill was built in 1887 and ground flour for three generations before it was turned into a
museum. Its wooden machinery, which had been restored by volunteers, could not be saved.

Investigators are looking at an electrical fault in the shed, where a battery charger had been left
running overnight. No one was hurt, though two firefighters were treated for breathing smoke.

The state promised money for the families on Sunday evening. The bridge reopened to one lane of
traffic shortly before dark, and engineers will inspect its pillars this week.
"""

CUT = """Blaze destroys 1887 mill

HARLOW FALLS — A fire that started in a storage shed destroyed the oldest grain mill in the Orrin
Valley early Sunday, forcing forty families from their homes.

Flames were visible from more than ten miles away, and ash fell on cars as far as the county seat.

The mill was built in 1887 and ground flour for three generations before it was turned into a
museum.

Investigators are looking at an electrical fault in the shed. No one was hurt, though two
firefighters were treated for breathing smoke.
"""

OTHER_HEADLINE = WIRE.replace(
    "Fire guts historic grain mill in Harlow Falls", "‘The heart of this town’: old mill burns down"
)

REWORDED = """Historic mill lost in Harlow Falls fire

A fire which began in a storage shed destroyed the oldest grain mill in the Orrin Valley early
Sunday, driving forty families from their homes and closing the only bridge across the river for
much of the day.

Flames could be seen from more than ten miles away, and ash fell on cars as far as the county seat,
the sheriff's office said.

Built in 1887, the mill ground flour for three generations before it was turned into a museum. The
wooden machinery, which volunteers had restored, could not be saved.

Investigators are looking at an electrical fault in the shed, where somebody had left a battery
charger running overnight. No one was hurt, though two firefighters were treated for smoke.
"""

OWN_REPORT = """Orrin Valley mourns its mill

Nothing but blackened stone remained on Monday of the museum that drew school classes from three
counties. Neighbours had watched from the opposite bank while crews pumped water out of the river.

“We lost the heart of this town in two hours,” Mayor Denise Okafor told reporters on the steps of
the fire station. “Everybody here has a grandfather who worked in that building.”

Harlow Falls has asked the governor for help, and a collection for those who cannot return to their
houses raised nine thousand dollars within a day. What set off the blaze is not known for certain;
the fire marshal mentioned wiring near a charger.
"""

STAFF_WITH_AGENCY = """State weighs new rules for museums after mill fire

Lawmakers in the capital want every museum that is housed in a timber building to have sprinklers
within five years. A bill was introduced on Thursday by members of both parties, who spoke of three
losses since spring. Curators fear the cost, and their association asked for a public fund.

The debate follows the loss of a landmark last weekend. The mill was built in 1887 and ground flour
for three generations before it was turned into a museum. Experts say that older houses of worship
and theatres would be next, and insurers have begun to ask for inspections of their own.

A hearing is planned for October. The governor has not said whether she would sign the bill, and a
spokesman for her office would only repeat that safety comes first for all visitors.
"""

STRANGER = """Ilves takes chess title at nineteen

Marta Ilves beat the defending champion with the black pieces on Saturday and became the youngest
winner in the history of the national tournament. The last game went on for seven hours.

Her trainer said that she had studied endgames every evening since the winter. She receives a
trophy and a place on the Olympic team.
"""

STATEMENT = (
    "“It is with great sadness that I step down today. For eleven years this company was my life, "
    "and I leave it in good hands. I made mistakes over the pension plan, and I apologise to every "
    "worker who was hurt by them. I shall cooperate with the inquiry in every way I can, and I ask "
    "for patience until its findings are known,” "
)
RESIGNED = (
    f"Chief executive quits\n\n{STATEMENT}Olav Renn said.\n\nShares of Nordhaven rose slightly."
)
QUITS = f"Renn leaves Nordhaven\n\nOlav Renn is out. {STATEMENT}he wrote to the staff on Monday."

INTERVIEW = (
    "“I began to paint when I was six, on the back of old sea charts. My father was a pilot in the "
    "harbour, and he brought the charts home when they were out of date. There was never any other "
    "paper in the house.”\n\n“Later I was told that nobody paints on charts. That made me do it "
    "more. A chart has lines and depths already, so that you are never afraid of an empty sheet, "
    "and the sea is always there under the colours.”\n\n“What I paint now is smaller. My hands "
    "shake, but the lines are the same ones, and they still hold me.”"
)
INTERVIEW_CUT = "Lines on paper\n\n" + INTERVIEW.rpartition("\n\n")[0]

CHINESE = (
    "湖城市政府星期二宣布，将在三年内重建去年被洪水冲毁的老石桥。这座桥建于一八八七年，曾是两岸居民"
    "每天上班和上学的必经之路。工程师认为，新桥应当保留原来的五个石拱，同时加高桥面。市长表示，工程所需"
    "资金一半来自省里，另一半由市民捐款筹集。"
)
CHINESE_CUT = (
    "湖城市政府星期二宣布，将在三年内重建去年被洪水冲毁的老石桥。工程师认为，新桥应当保留原来的五个石拱，"
    "同时加高桥面。"
)
CHINESE_STRANGER = "国家象棋锦标赛周六结束，十九岁的选手伊尔维斯夺得冠军，成为历史上最年轻的得主。"
JAPANESE = (
    "湖の町の石橋が三年かけて再建されることになった。昨年の洪水で流された橋は一八八七年に造られ、"
    "住民が毎日渡っていた。技師は五つの石のアーチを残し、橋を高くするべきだと話している。"
)
JAPANESE_CUT = (
    "湖の町の石橋が三年かけて再建されることになった。技師は五つの石のアーチを残し、橋を高くするべきだと"
    "話している。"
)

CASES = {
    "the same text": (WIRE, WIRE, Label.IDENTICAL),
    "other apostrophes, spaces and a soft hyphen": (
        WIRE,
        WIRE.replace("sheriff's", "sheriff’s")
        .replace("museum", "mu\u00adseum")
        .replace(" (AP)", "\u00a0(AP)"),
        Label.IDENTICAL,
    ),
    "only the headline changed": (WIRE, OTHER_HEADLINE, Label.NEAR_IDENTICAL),
    "a reprint with cuts": (WIRE, CUT, Label.SAME_STORY),
    "a brief in a longer version": (
        "A fire that started in a storage shed destroyed the oldest grain mill in the Orrin Valley "
        "early Sunday. No one was hurt.",
        WIRE,
        Label.SAME_STORY,
    ),
    "light rewording throughout": (WIRE, REWORDED, Label.SAME_STORY),
    "two reporters quote the same words": (WIRE, OWN_REPORT, Label.SAME_EVENT),
    "two reporters print the same statement": (RESIGNED, QUITS, Label.SAME_EVENT),
    "an agency's background in a report of something else": (
        WIRE,
        STAFF_WITH_AGENCY,
        Label.SHARED_PASSAGES,
    ),
    "strangers": (WIRE, STRANGER, Label.UNRELATED),
    "one sentence, the same": ("The mill burned down.", "The mill burned down!", Label.IDENTICAL),
    "one sentence, other words": ("The mill burned.", "Snow is expected.", Label.UNRELATED),
    "all quotation, cut": (INTERVIEW, INTERVIEW_CUT, Label.SAME_STORY),
    "all quotation, strangers": (INTERVIEW, f"{STATEMENT}he said.", Label.UNRELATED),
    "Chinese, cut": (CHINESE, CHINESE_CUT, Label.SAME_STORY),
    "Chinese, strangers": (CHINESE, CHINESE_STRANGER, Label.UNRELATED),
    "Japanese, cut": (JAPANESE, JAPANESE_CUT, Label.SAME_STORY),
}


def verdict(a: str, b: str, limits: Thresholds | None = None) -> Verdict:
    limits = limits or Thresholds()
    return judge(gather(segment(Article(a)), segment(Article(b)), limits), limits)


@pytest.mark.parametrize(("a", "b", "label"), CASES.values(), ids=CASES)
def test_tricky_cases(a: str, b: str, label: Label) -> None:
    found = verdict(a, b)
    assert found.label == label, found
    assert verdict(b, a).label == label


def evidence(**figures: object) -> Evidence:
    """Evidence of two long articles that have nothing in common but what is said."""
    nothing: dict[str, object] = dict.fromkeys(Evidence.__slots__, 0.0)
    nothing |= {"longest_run": None, "longest_run_unquoted": None, "identical": False}
    nothing |= {"words_a": 500, "words_b": 400, "unquoted_a": 450, "unquoted_b": 350}
    return Evidence(**(nothing | figures))  # type: ignore[arg-type]


def run(words: int) -> Run:
    return Run(words, Span(0, 5 * words), Span(0, 5 * words))


LIMITS = Thresholds()
LONG = run(LIMITS.shared_passages_run)
LESS = run(LIMITS.shared_passages_run - 1)
ENOUGH = LIMITS.same_story_coverage
ALL_QUOTED = {"unquoted_a": LIMITS.own_words - 1, "longest_run": LONG}

EDGES = [
    ({}, Label.UNRELATED),
    ({"topic": LIMITS.same_event_topic}, Label.SAME_EVENT),
    ({"topic": LIMITS.same_event_topic - 0.001}, Label.UNRELATED),
    ({"longest_run_unquoted": LONG}, Label.SHARED_PASSAGES),
    ({"longest_run_unquoted": LONG, "same_page": True}, Label.SAME_STORY),
    ({"longest_run_unquoted": LESS, "same_page": True}, Label.UNRELATED),
    ({"longest_run_unquoted": LESS}, Label.UNRELATED),
    ({"longest_run_unquoted": LONG, "coverage_unquoted": ENOUGH}, Label.SAME_STORY),
    ({"longest_run_unquoted": LONG, "coverage_unquoted": ENOUGH - 0.001}, Label.SHARED_PASSAGES),
    ({"longest_run_unquoted": LESS, "coverage_unquoted": 0.8}, Label.UNRELATED),
    ({"coverage_a": 0.9, "coverage_b": 0.9}, Label.NEAR_IDENTICAL),
    ({"coverage_a": 1.0, "coverage_b": 0.89}, Label.UNRELATED),
    ({"longest_run": LONG, "containment": 1.0}, Label.UNRELATED),
    ({**ALL_QUOTED, "containment": LIMITS.quoted_containment}, Label.SAME_STORY),
    ({**ALL_QUOTED, "containment": LIMITS.quoted_containment - 0.001}, Label.UNRELATED),
    ({**ALL_QUOTED, "containment": 1.0, "longest_run": LESS}, Label.UNRELATED),
    ({"identical": True}, Label.IDENTICAL),
]


@pytest.mark.parametrize(("figures", "label"), EDGES)
def test_each_rule_holds_from_its_threshold_on(figures: dict[str, object], label: Label) -> None:
    assert judge(evidence(**figures), LIMITS).label == label


def test_a_threshold_can_be_moved() -> None:
    assert verdict(WIRE, CUT, Thresholds(same_story_coverage=1)).label == Label.SHARED_PASSAGES
    assert verdict(WIRE, STRANGER, Thresholds(same_event_topic=0)).label == Label.SAME_EVENT


def test_the_first_three_labels_mean_the_same_story() -> None:
    same = [label for label in Label if Verdict(label, evidence(), "because").same_story]
    assert same == list(Label)[:3]


REASONS = [
    ({"identical": True}, "Word for word the same, 500 words long."),
    (
        {"coverage_a": 0.934, "coverage_b": 1.0},
        "93% of the first text and 100% of the second lie in passages that both share.",
    ),
    (
        {"coverage_unquoted": 0.623, "longest_run_unquoted": run(41)},
        "62% of the shorter text's words outside quotations stand in wording that the other has "
        "too; the longest common passage there has 41 words.",
    ),
    (
        {"unquoted_b": 0, "containment": 0.95, "longest_run": run(60)},
        "95% of the shorter text's wording is in the other, and one of the two is nearly all "
        "quotation.",
    ),
    (
        {"coverage_unquoted": 0.2, "longest_run_unquoted": run(20), "same_page": True},
        "Two states of one page, published at the same address. 20% of the shorter text's words "
        "outside quotations stand in wording that the other has too; the longest common passage "
        "there has 20 words.",
    ),
    (
        {"topic": 0.4, "longest_run_unquoted": run(1)},
        "They tell of the same in their own words: the longest common passage outside quotations "
        "has 1 word, and their telling words are alike to 40%.",
    ),
    (
        {"topic": 0.05},
        "They share little: the longest common passage outside quotations has 0 words, and their "
        "telling words are alike to 5%.",
    ),
]


@pytest.mark.parametrize(("figures", "reason"), REASONS)
def test_the_reason_is_a_sentence_with_the_figures_it_rests_on(
    figures: dict[str, object], reason: str
) -> None:
    assert judge(evidence(**figures), LIMITS).reason == reason


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, dedup.detect; print({'numpy', 'datasketch', 'scipy'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"
