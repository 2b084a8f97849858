"""rensa: sketches in bulk, then the deduplicator with LSH, which checks each match's similarity.

Follows https://pypi.org/project/rensa/, section "Usage" (`RMinHash.from_token_sets`,
`RMinHashDeduplicator(use_lsh=True).add_pairs`): a document is kept or is a duplicate of documents
kept before it (`get_duplicate_sets`).
"""

from __future__ import annotations

from itertools import islice

from clusters import arguments, components, grams, read, write
from rensa import RMinHash, RMinHashDeduplicator

BATCH = 10_000

corpus, output, threshold = arguments()
dedup = RMinHashDeduplicator(threshold=threshold, num_perm=128, use_lsh=True)
names: list[str] = []
rows: dict[str, int] = {}
pairs: list[tuple[int, int]] = []
articles = read(corpus)
while batch := list(islice(articles, BATCH)):
    rows |= {name: len(names) + i for i, (name, _) in enumerate(batch)}
    names += [name for name, _ in batch]
    sketches = RMinHash.from_token_sets([grams(text) for _, text in batch], 128, 42)
    named = [(name, sketch) for (name, _), sketch in zip(batch, sketches, strict=True)]
    kept = dedup.add_pairs(named)
    dropped = [entry for entry, keep in zip(named, kept, strict=True) if not keep]
    matches = dedup.get_duplicate_sets([sketch for _, sketch in dropped])
    for (name, _), others in zip(dropped, matches, strict=True):
        pairs += [(rows[name], rows[other]) for other in others]
write(output, names, components(len(names), pairs))
