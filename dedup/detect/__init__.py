"""Are two articles versions of one story? Signatures, exact evidence, and the verdict on them."""

from dedup.detect.overlap import gather
from dedup.detect.thresholds import Thresholds
from dedup.detect.verdict import Evidence, Label, Run, Verdict, judge

__all__ = ["Evidence", "Label", "Run", "Thresholds", "Verdict", "gather", "judge"]
