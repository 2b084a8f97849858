"""Tell what is no text before anybody tries to read it, and say how to make a text of it."""

from __future__ import annotations

from dedup.errors import InputError

#: How a file begins, what it then is, and the mend.
SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "export its text first (for example with pdftotext)"),
    (b"PK\x03\x04", "a ZIP archive or an Office document", "unpack it, or save it as plain text"),
    (b"PK\x05\x06", "an empty ZIP archive", "name the article itself"),
    (b"\x1f\x8b", "compressed with gzip", "unpack it first (gunzip), or pipe it in with zcat"),
    (b"BZh", "compressed with bzip2", "unpack it first (bunzip2)"),
    (b"\xfd7zXZ\x00", "compressed with xz", "unpack it first (unxz)"),
    (b"\x28\xb5\x2f\xfd", "compressed with Zstandard", "unpack it first (unzstd)"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document", "save it as plain text"),
    (b"{\\rtf", "an RTF document", "save it as plain text"),
    (b"From: <Saved by ", "a page saved as one MHTML file", "save it as HTML"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", "type or OCR its text first"),
    (b"\xff\xd8\xff", "a JPEG picture", "type or OCR its text first"),
    (b"GIF87a", "a GIF picture", "type or OCR its text first"),
    (b"GIF89a", "a GIF picture", "type or OCR its text first"),
    (b"\x7fELF", "a program", "name a text"),
)


def refuse_binary(data: bytes, place: str) -> None:
    """Raise an InputError if the first bytes are those of a known format that is no text."""
    for start, what, mend in SIGNATURES:
        if data.startswith(start):
            raise InputError(f"{place}: is {what}; {mend}")
