"""Tell the forms of one English verb, so that "will open" and "opened" are seen to be one verb."""

from __future__ import annotations

from functools import lru_cache

from dedup.diff.flags.lexicon import word_table


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """Return what the forms of an English word have in common; no word by itself.

    Irregular verbs come from a list, the rest by their endings (after Porter, 1980, much reduced).

    >>> stem("closes") == stem("closed") == stem("closing") == stem("close")
    True
    >>> stem("took") == stem("takes") == stem("taken"), stem("carried") == stem("carry")
    (True, True)
    """
    word = _bases().get(word, word).removesuffix("'s")
    for ending, least in (("ing", 5), ("ied", 4), ("ies", 4), ("ed", 4), ("s", 4)):
        if word.endswith(ending) and len(word) >= least and not word.endswith(("ss", "eed")):
            word = word.removesuffix(ending) + ("y" if ending in ("ied", "ies") else "")
            break
    word = word.removesuffix("e")
    doubled = len(word) > 2 and word[-1] == word[-2] and word[-1] not in "aeiou"
    return word[:-1] if doubled else word


def is_past(word: str) -> bool:
    """Whether a word has the form of a past tense or participle.

    >>> is_past("opened"), is_past("took"), is_past("opens"), is_past("put")
    (True, True, False, False)
    """
    return word in _pasts() or (len(word) > 3 and word.endswith("ed") and not word.endswith("eed"))


@lru_cache(maxsize=1)
def _pasts() -> frozenset[str]:
    """Return the past forms that are no present forms too ("put")."""
    forms = word_table("verbs", "irregular")
    return frozenset(form for base, pasts in forms.items() for form in pasts if form != base)


@lru_cache(maxsize=1)
def _bases() -> dict[str, str]:
    tables = word_table("verbs", "irregular"), word_table("verbs", "forms")
    return {form: base for table in tables for base, forms in table.items() for form in forms}
