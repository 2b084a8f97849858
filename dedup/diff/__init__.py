"""What one version of a story changed against another: links between units, and word edits."""

from dedup.diff.build import diff
from dedup.diff.model import Diff, Edit, Link, LinkKind, Op, Shape
from dedup.diff.rules import Style
from dedup.diff.words import apply_edits

__all__ = ["Diff", "Edit", "Link", "LinkKind", "Op", "Shape", "Style", "apply_edits", "diff"]
