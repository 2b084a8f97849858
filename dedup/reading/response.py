"""A web server's response as it was sent: the page in it, unpacked and decoded."""

from __future__ import annotations

import re
import zlib

from dedup.errors import InputError, one_line
from dedup.reading.decode import decode
from dedup.reading.jsonl import MAX_BYTES

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
#: How zlib is told of a format: by its own header, of gzip or zlib; or without one, as some
#: servers send.
_BY_HEADER, _BARE = 47, -15
_FORMS = {"gzip": (_BY_HEADER,), "x-gzip": (_BY_HEADER,), "deflate": (_BY_HEADER, _BARE)}
#: What is in the first bytes of a page and not, but by chance, of packed data.
_START = 1 << 12
_PAGE = re.compile(
    rb"\A[\s\x00\xef\xbb\xbf\xff\xfe]*<|<(?:!doctype|html|head|body|meta|title|div|!--)",
    re.IGNORECASE,
)
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"(?:\r\n)?([0-9A-Fa-f]{1,8})[^\r\n]{0,1000}\r\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


def page_of(response: bytes) -> str | None:
    """Return the page that was sent; None for an error, a picture and all else that is none.

    Raises:
        InputError: It is no text in any known encoding, or packed in a way that is not known.

    >>> page_of(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n<p>Dam holds.")
    '<p>Dam holds.'
    """
    head, body = _split(response)
    fields = headers(head)
    kind = fields.get("content-type", "")
    if not _is_found(head) or not kind.lower().startswith(_PAGE_TYPES):
        return None
    charset = _CHARSET.search(kind)
    return decode(_plain(body, fields), "", charset[1] if charset else None)


def headers(head: bytes) -> dict[str, str]:
    """Return the named fields of a head, names in lower case; the first line is none of them.

    >>> headers(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n")
    {'content-type': 'text/html'}
    """
    lines = head.decode("utf-8", "replace").splitlines()[1:]
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}


def _split(response: bytes) -> tuple[bytes, bytes]:
    """Return the head and the body of a response; without a blank line, it is all head."""
    blank = _BLANK_LINE.search(response)
    return (response[: blank.start()], response[blank.end() :]) if blank else (response, b"")


def _is_found(head: bytes) -> bool:
    """Return whether the first line of a response says 200."""
    words = head.split(b"\n", 1)[0].split()
    return len(words) > 1 and words[0].startswith(b"HTTP/") and words[1] == b"200"


def _plain(body: bytes, fields: dict[str, str]) -> bytes:
    """Return a response's body without the transfer's chunks and compression.

    Raises:
        InputError: It cannot be unpacked.
    """
    if fields.get("transfer-encoding", "").lower() == "chunked":
        body = _joined(body)
    packing = fields.get("content-encoding", "").lower()
    return body if packing in {"", "identity"} else _unpacked(body, packing)


def _unpacked(body: bytes, packing: str) -> bytes:
    """Return a body without its compression, which many archives take off but leave in the head.

    Raises:
        InputError: It is packed as nothing here unpacks, or damaged: what looks like no page.
    """
    for form in _FORMS.get(packing, ()):
        try:
            return zlib.decompressobj(form).decompress(body, MAX_BYTES)
        except zlib.error:
            if _PAGE.search(body[:_START]):
                break
    if body and not _PAGE.search(body[:_START]):
        raise InputError(
            f": came packed ({one_line(packing)[:20]}) and cannot be unpacked; "
            "archive pages as gzip or as they are"
        )
    return body


def _joined(chunks: bytes) -> bytes:
    """Return the body that was sent in chunks; as it is if it was stored in one."""
    body: list[bytes] = []
    position = 0
    while match := _CHUNK.match(chunks, position):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(body)
        body.append(chunks[match.end() : match.end() + size])
        position = match.end() + size
    return b"".join(body) if body else chunks
