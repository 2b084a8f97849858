"""Many comparisons in one run: which articles go together, and each pair compared, in parallel."""

from dedup.pairs.comparing import ComparedPair, How, compare_pairs, each_pair
from dedup.pairs.folders import MatchedFolders, match_folders
from dedup.pairs.listed import read_pairs

__all__ = [
    "ComparedPair",
    "How",
    "MatchedFolders",
    "compare_pairs",
    "each_pair",
    "match_folders",
    "read_pairs",
]
