"""From whatever a corpus is given as to its columns: each article is read and digested once."""
