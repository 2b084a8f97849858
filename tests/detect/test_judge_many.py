"""Many pairs judged at once get the labels that each gets alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedup.article import Span
from dedup.detect import Evidence, Label, Run, Thresholds, judge
from dedup.detect.verdict import Facts, judge_many

NOWHERE = Span(0, 0)
#: About every threshold, and on it.
RATIOS = st.sampled_from([0.0, 0.2, 0.21, 0.45, 0.46, 0.79, 0.8, 0.89, 0.9, 1.0])
WORDS = st.sampled_from([0, 1, 9, 10, 12, 13, 400])
RARELY = st.integers(0, 4).map(lambda number: number == 0)


@st.composite
def evidence(draw: st.DrawFn) -> Evidence:
    ratios = {
        name: draw(RATIOS)
        for name in (
            "minhash_jaccard",
            "jaccard",
            "containment",
            "containment_unquoted",
            "coverage_unquoted",
            "coverage_a",
            "coverage_b",
            "topic",
        )
    }
    counts = {
        name: draw(WORDS) for name in ("passages", "words_a", "words_b", "unquoted_a", "unquoted_b")
    }
    runs = {
        name: Run(words, NOWHERE, NOWHERE) if (words := draw(WORDS)) else None
        for name in ("longest_run", "longest_run_unquoted")
    }
    flags = {name: draw(RARELY) for name in ("identical", "same_page")}
    return Evidence(**ratios, **counts, **runs, **flags)


@given(st.lists(evidence(), max_size=8))
def test_each_pair_gets_the_label_that_it_gets_alone(found: list[Evidence]) -> None:
    facts = Facts(
        identical=np.array([one.identical for one in found], dtype=np.bool_),
        coverage=np.array([min(one.coverage_a, one.coverage_b) for one in found]),
        own_coverage=np.array([one.coverage_unquoted for one in found]),
        own_run=np.array([run.words if (run := one.longest_run_unquoted) else 0 for one in found]),
        own_words=np.array([min(one.unquoted_a, one.unquoted_b) for one in found]),
        run=np.array([run.words if (run := one.longest_run) else 0 for one in found]),
        containment=np.array([one.containment for one in found]),
        same_page=np.array([one.same_page for one in found], dtype=np.bool_),
        topic=np.array([one.topic for one in found]),
    )
    limits = Thresholds()
    labels = [tuple(Label)[place] for place in judge_many(facts, limits)]
    assert labels == [judge(one, limits).label for one in found]
