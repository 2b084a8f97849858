"""The names of the columns in which compiled functions write what they find of sheets and pairs.

Compiled functions and those who call them agree here.
"""

from __future__ import annotations

#: Arrays of a sheet, as in `packing.ARRAYS`.
TOKENS, PAGE, BREAKS, QUOTES, SINGLES, FURNITURE, LETTERS = range(7)
#: What is counted of a sheet: tokens of each of the four kinds (`windowkernel`), different windows
#: as it is and without furniture, and windows that are alike to an earlier one.
WORDS, OWN_WORDS, BARE_WORDS, BARE_OWN_WORDS, WINDOWS, BARE_WINDOWS, REPEATS = range(7)
COUNTS = 7
#: What is found of a pair, with furniture or without it: whether the texts are the same, the fewer
#: own words, the longest run of these and of all. And of both as they are: whether either has
#: furniture, whether both have and what they share reaches into it, and whether the pair is left
#: to `weigh`.
IDENTICAL, FEWEST_OWN, OWN_RUN, ANY_RUN, FURNISHED, TOUCHED, UNSURE = range(7)
COLUMNS = 7
#: Ratios of a pair: of the windows of both and of the fewer that are shared, of the words of the
#: longer that lie in passages, of the fewer own words that stand in wording of the other.
JACCARD, CONTAINMENT, COVERAGE, OWN_COVERAGE = range(4)
RATIOS = 4
#: What is told of tokens and windows by a byte is made and read so many at a time.
ROUND = 64
#: There is no such window, no such word; a sheet or topic was not looked at yet.
NONE = -1
