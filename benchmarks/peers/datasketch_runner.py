"""datasketch: one MinHash an article by `update_batch`, inserted into MinHashLSH and queried.

Follows https://ekzhu.com/datasketch/minhash.html (`update_batch`; a fast `hashfunc` in place of
SHA-1, as it advises) and https://ekzhu.com/datasketch/lsh.html (query before insertion; matches
checked with `jaccard`, as the page says of false positives).
"""

from __future__ import annotations

from clusters import arguments, components, grams, read, write
from datasketch import MinHash, MinHashLSH
from xxhash import xxh32_intdigest

corpus, output, threshold = arguments()
lsh = MinHashLSH(threshold=threshold, num_perm=128)
names: list[str] = []
sketches: list[MinHash] = []
pairs: list[tuple[int, int]] = []
empty = MinHash(num_perm=128, hashfunc=xxh32_intdigest)
for row, (name, text) in enumerate(read(corpus)):
    sketch = empty.copy()
    sketch.update_batch([gram.encode() for gram in grams(text)])
    found = (other for other in lsh.query(sketch) if sketch.jaccard(sketches[other]) >= threshold)
    pairs.extend((row, other) for other in found)
    lsh.insert(row, sketch, check_duplication=False)
    names.append(name)
    sketches.append(sketch)
write(output, names, components(len(names), pairs))
