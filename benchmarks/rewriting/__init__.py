"""Articles whose sentences are changed in known ways, and how many of the changes are found."""
