"""Bytes to text: Unicode first, then what a page declares, then what fits the letters best."""

from __future__ import annotations

import codecs
import re

from dedup.errors import InputError
from dedup.reading.guess import guess

#: Byte order marks, longest first: that of UTF-16 LE begins that of UTF-32 LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: Of a text in UTF-16, at least this share of the code units is ASCII (spaces, line ends) and has
#: a zero byte on one side; a stray NUL in another text is less.
_ASCII_UNITS = 0.1

#: In UTF-16 with as many other bytes as this, few letters are Latin.
_FEWEST_OTHERS = 0.7

#: How ISO-2022-JP switches to kanji; it is made of ASCII bytes, so UTF-8 would fit it too.
_ISO_2022_JP = (b"\x1b$B", b"\x1b$@", b"\x1b$(D")

#: More control characters than this share, and it is no text.
_MOST_CONTROL = 0.02

#: More broken characters than this share, and the declared encoding is not the true one.
_MOST_BROKEN = 0.01

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

#: Where a page declares its encoding: `<meta charset=…>`, `<meta … content="…; charset=…">`,
#: `<?xml … encoding="…"?>`. Browsers look at the first 1,024 bytes; real pages come late.
_DECLARATION = re.compile(
    rb"""<meta\b[^>]{0,400}?\bcharset\s*=\s*["']?\s*([\w.:-]+)"""
    rb"""|<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 8192

#: Declared names that are taken at their word, as Python calls them.
_AS_NAMED = (
    "cp866 cp1250 cp1251 cp1253 cp1255 cp1256 cp1257 cp1258 euc_jp iso2022_jp koi8-r koi8-u "
    "mac-roman iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 "
    "iso8859-13 iso8859-14 iso8859-15 iso8859-16"
)

#: What a declared name means: pages that say ISO-8859-1 are windows-1252 (WHATWG Encoding
#: Standard). A name outside of this table counts as no declaration.
_MEANINGS = {
    **{name: name for name in _AS_NAMED.split()},
    **dict.fromkeys(("ascii", "iso8859-1", "cp1252"), "cp1252"),
    **dict.fromkeys(("iso8859-9", "cp1254"), "cp1254"),
    **dict.fromkeys(("iso8859-11", "tis-620", "cp874"), "cp874"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030"), "gb18030"),
    **dict.fromkeys(("big5", "big5hkscs", "cp950"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "cp932"), "cp932"),
    **dict.fromkeys(("euc_kr", "cp949"), "cp949"),
}


def decode(data: bytes, place: str, charset: str | None = None) -> str:
    """Return the text of `data`: without byte order mark, otherwise character for character.

    In this order: a byte order mark; UTF-16 told by its zero bytes; ISO-2022-JP told by its
    escapes; UTF-8, which no other text with more than a few accents fits by chance; `charset`, as
    a server declares it, or what a page declares; what a detector and the letters agree on.

    Raises:
        InputError: The bytes are no text, damaged, or of an encoding that nothing tells.

    >>> decode("Café".encode("utf-16"), "a.txt"), decode("Café".encode("utf-8-sig"), "b.txt")
    ('Café', 'Café')
    """
    text = _marked(data, place)
    if text is None:
        text = _told(data)
    if text is None:
        text = _declared(data, charset)
    if "\0" in text if text is not None else 0 in data:
        raise InputError(f"{place}: has NUL bytes, so it is not text; save it as plain text")
    if text is None:
        text = _damaged_utf8(data, place)
    if text is None:
        text = guess(data)
    if text is None:
        raise InputError(f"{place}: is not text in any known encoding; save it again as UTF-8")
    if len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text):
        raise InputError(f"{place}: is binary, not text; save it as plain text")
    return text


def _marked(data: bytes, place: str) -> str | None:
    """Return the text after a byte order mark; None where there is no mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise InputError(_damage(place, encoding, len(mark) + error.start)) from error
    return None


def _told(data: bytes) -> str | None:
    """Return the text in the first of the encodings that the bytes themselves tell."""
    for tell in (_utf16_by_zeros, _iso_2022_jp, _utf8):
        encoding = tell(data)
        if encoding:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    return None


def _utf8(_: bytes) -> str:
    """Try UTF-8 on everything: what it fits is hardly ever anything else."""
    return "utf-8"


def _utf16_by_zeros(data: bytes) -> str | None:
    """Tell UTF-16 without a mark: of each ASCII character one byte is zero, always the same one."""
    high, low = data[0:8192:2].count(0), data[1:8192:2].count(0)
    if bool(high) == bool(low) or (high + low) * 2 < _ASCII_UNITS * min(len(data), 8192):
        return None
    return None if _stray(data[:8192]) else "utf-16-be" if high else "utf-16-le"


def _stray(data: bytes) -> bool:
    """Whether the zero bytes stand in what is plain text without them.

    In UTF-16 they do not: of Latin letters every other byte is zero, and of other scripts the byte
    that names the script is a control character (Cyrillic 4, Greek 3, Arabic 6) or breaks UTF-8.
    """
    rest = data.replace(b"\0", b"")
    if len(rest) < _FEWEST_OTHERS * len(data):
        return False
    text = rest.decode("utf-8", "replace")
    broken = text.count("\ufffd") + len(_CONTROL.findall(text))
    return broken <= _MOST_CONTROL * len(text)


def _iso_2022_jp(data: bytes) -> str | None:
    if b"\x1b" not in data:
        return None
    return "iso2022_jp_ext" if any(escape in data for escape in _ISO_2022_JP) else None


def _declared(data: bytes, charset: str | None) -> str | None:
    """Return the text as a server, a page or XML declares it, unless that breaks too much of it.

    A few broken bytes become U+FFFD, as in a browser; many show that the declaration is wrong.
    """
    encoding = _meaning(charset) or _meaning(_declaration(data))
    if encoding is None:
        return None
    text = data.decode(encoding, "replace")
    return text if text.count("\ufffd") <= _MOST_BROKEN * len(text) else None


def _declaration(data: bytes) -> str | None:
    """Return the name of the encoding that a page or XML declares."""
    match = _DECLARATION.search(data, 0, _DECLARED_WITHIN)
    return (match[1] or match[2]).decode("ascii", "replace") if match else None


def _meaning(name: str | None) -> str | None:
    """Return the codec for the name of an encoding, if it is a usable one."""
    try:
        return _MEANINGS.get(codecs.lookup((name or "").lower()).name)
    except (LookupError, ValueError):  # a NUL in a name
        return None


def _damaged_utf8(data: bytes, place: str) -> str | None:
    """Tell UTF-8 with some bytes broken from text in another encoding.

    Accents of other encodings hardly ever form a sequence of UTF-8. A page is then read as
    browsers do, with U+FFFD for what is broken; a text is refused, since nobody would see it.
    """
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if sum(char > "\x7f" for char in text) < 2 * broken + 1:
        return None
    if data.lstrip().startswith(b"<"):
        return text
    start = len(text.partition("\ufffd")[0].encode())
    raise InputError(_damage(place, "utf-8", start))


def _damage(place: str, encoding: str, start: int) -> str:
    name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
    return f"{place}: is {name} but broken at byte {start + 1:,}; save it again as UTF-8"
