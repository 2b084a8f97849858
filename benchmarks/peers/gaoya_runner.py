"""gaoya: index and query in bulk on all cores, each match filtered by its estimated similarity.

Follows https://github.com/serega/gaoya/blob/master/py-gaoya/examples, "Document Deduplication
with Gaoya" (`par_bulk_insert_docs`, then a query for every document), with the built-in word
shingles and the bands that the library computes from the number of hashes; `vec` buckets, which
its documentation recommends where nothing is removed.
"""

from __future__ import annotations

from clusters import arguments, components, read, write
from gaoya.minhash import MinHashStringIndex

corpus, output, threshold = arguments()
names, texts = map(list, zip(*read(corpus), strict=True))
rows = list(range(len(names)))
index = MinHashStringIndex(
    hash_size=32,
    jaccard_threshold=threshold,
    num_bands=None,
    band_size=None,
    num_hashes=128,
    analyzer="word",
    lowercase=True,
    ngram_range=(3, 3),
    id_container="vec",
)
index.par_bulk_insert_docs(rows, texts)
found = index.par_bulk_query(texts)
pairs = ((row, other) for row, others in zip(rows, found, strict=True) for other in others)
write(output, names, components(len(names), pairs))
