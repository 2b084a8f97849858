"""How the generated news comes about: words, stories, edits, pages, days; and how it is scored."""
