"""Turn what holds an article (a text, a saved page, a JSON record, a pipe) into an `Article`."""

from dedup.reading.files import MAX_BYTES, read_article

__all__ = ["MAX_BYTES", "read_article"]
