"""RTF as tokens: groups, control words, bytes. Iterative, so that deep nesting costs no stack."""

from __future__ import annotations

import re
from collections.abc import Iterator

TOKEN = re.compile(
    rb"(?P<open>\{)|(?P<close>\})|\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<hex>[0-9A-Fa-f]{2})"
    rb"|\\(?P<symbol>[^A-Za-z'])|(?P<ends>[\r\n]+)|(?P<text>[^\\{}\r\n]+)|(?P<odd>\\)",
    re.DOTALL,
)
Token = tuple[str, bytes, int | None]
"""Kind (``open``, ``close``, ``word``, ``hex``, ``symbol``, ``text``, ``binary``), its bytes, its number."""


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of an RTF file; bytes after ``\\bin`` come as one token."""
    position, size = 0, len(data)
    while position < size:
        match = TOKEN.match(data, position)
        if match is None:  # cannot happen: the last branches take any byte
            return
        position = match.end()
        kind = match.lastgroup or ""
        if match.group("word") is not None:
            number = match.group("number")
            value = int(number) if number is not None else None
            if match.group("word") == b"bin" and value and value > 0:
                yield "binary", data[position : position + value], None
                position += value
            else:
                yield "word", match.group("word"), value
        elif kind not in ("ends", "odd"):
            yield kind, match.group(kind), None


CODE_PAGES = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238:
    "cp1250", 255: "cp437",
}  # fmt: skip
"""Windows' character sets of fonts → Python's names of code pages."""
