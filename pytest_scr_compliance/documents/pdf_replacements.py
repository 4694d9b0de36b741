"""Replacement texts (``/ActualText``) in the content of PDF pages: what those who copy get instead of what is drawn.

PDFium gives the replacement and not what is drawn. Both have to be read, so they are taken out of a copy of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from ..errors import ReadError
from .pdf_values import entries, is_dict, is_stream, items, text_of, unpacked

KEY = b"/ActualText"
NO_KEY = b"/ActualTe_t"
INLINE = re.compile(rb"/ActualText\s*(?:\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]*)>)", re.DOTALL)
MOST_DEPTH = 8


def take_out_replacements(pdf: Any) -> tuple[list[tuple[int, str]], bytes | None]:
    """Take the replacement texts out of the content of all pages.

    Args:
        pdf: of pikepdf; it is changed.

    Returns:
        Page number and text of each replacement, and the changed file; None instead of it if there were none.
    """
    found: list[tuple[int, str]] = []
    changed = False
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, start=1):
        for part in _parts(page.obj, seen, MOST_DEPTH):
            if is_stream(part):
                try:
                    data = unpacked(part, 2**26)
                except ReadError:
                    continue
                if KEY in data:
                    changed = True
                    found += [(number, text) for text in map(_inline, INLINE.findall(data))]
                    part.write(data.replace(KEY, NO_KEY))
            elif "/ActualText" in part:
                changed = True
                found.append((number, text_of(part.get("/ActualText"))))
                del part["/ActualText"]
    if not changed:
        return [], None
    out = BytesIO()
    pdf.save(out)
    return found, out.getvalue()


def _parts(holder: Any, seen: set[tuple[int, int]], depth: int) -> Iterator[Any]:
    """The content streams of a page or form, of the forms in it, and its lists of properties."""
    contents = holder.get("/Contents")
    streams = [contents] if is_stream(contents) else list(items(contents))
    yield from (stream for stream in streams if is_stream(stream))
    resources: Any = holder.get("/Resources")
    if not is_dict(resources):
        return
    yield from (value for _, value in entries(resources.get("/Properties")) if is_dict(value))
    for _, form in entries(resources.get("/XObject")):
        if depth and is_stream(form) and str(form.get("/Subtype", "")) == "/Form" and form.objgen not in seen:
            seen.add(form.objgen)
            yield form
            yield from _parts(form, seen, depth - 1)


def _inline(groups: tuple[bytes, bytes]) -> str:
    literal, digits = groups
    packed = re.sub(rb"\s", b"", digits)
    raw = bytes.fromhex(packed[: len(packed) // 2 * 2].decode("ascii")) or literal
    return raw[2:].decode("utf-16-be", "replace") if raw[:2] == b"\xfe\xff" else raw.decode("latin-1")
