"""Bytes → text by a stated rule, never by a guess that nobody hears of."""

from __future__ import annotations

import codecs

from ..errors import ReadError

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\r\f\v") | {0x7F}


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Decode a text file.

    The rule: a byte order mark decides; then the encoding that the file declares; then UTF-8, if the bytes are valid
    UTF-8; then Windows-1252, if they are valid in it and hold no control characters.

    Args:
        data: the whole file.
        declared: an encoding that the file itself names, such as HTML's ``charset``.

    Returns:
        The text without the byte order mark, line ends as they are, and the name of the encoding.

    Raises:
        ReadError: none of these fits.
    """
    for bom, name in BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], name), name
    if declared:
        try:
            codec = codecs.lookup(declared).name
            # HTML 5: a page that calls itself Latin-1 or ASCII is Windows-1252
            codec = "cp1252" if codec in ("iso8859-1", "ascii") else codec
            return data.decode(codec), codec
        except (LookupError, UnicodeError):
            pass
    if b"\x00" in data:
        raise ReadError("it is not plain text, or UTF-16 without a mark; save it again as UTF-8")
    try:
        text, name = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, name = _strict(data, "cp1252"), "cp1252"
    if any(byte in CONTROLS for byte in set(data)) and sum(byte in CONTROLS for byte in data) > len(data) // 200:
        raise ReadError("it holds control characters and is not plain text; save it again as UTF-8")
    return text, name


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        raise ReadError("its encoding is not UTF-8, UTF-16 or Windows-1252; save it again as UTF-8") from None
