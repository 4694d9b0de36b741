"""Values of PDF objects as Python values: texts, lists, boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..errors import ReadError
from .pdf_visibility import Box

HIDDEN_FLAGS = 2 | 32
"""Hidden, NoView."""
FILLS = re.compile(rb"\bre\s+(?:W\*?\s+n\s+)?(?:f\*?|B\*?|b\*?)(?=\s|$)")


def is_container(item: Any) -> bool:
    """Whether an object holds other objects."""
    import pikepdf

    if isinstance(item, pikepdf.Array):
        return any(isinstance(child, pikepdf.Object) for child in item)
    return isinstance(item, pikepdf.Dictionary | pikepdf.Stream)


def is_dict(item: Any) -> bool:
    """Whether an object is a dictionary."""
    import pikepdf

    return isinstance(item, pikepdf.Dictionary)


def is_stream(item: Any) -> bool:
    """Whether an object is a stream."""
    import pikepdf

    return isinstance(item, pikepdf.Stream)


def entries(item: Any) -> Iterator[tuple[str, Any]]:
    """The keys and values of a dictionary; none of anything else."""
    yield from item.items() if is_dict(item) else ()


def items(item: Any) -> Iterator[Any]:
    """The items of an array; none of anything else."""
    import pikepdf

    yield from item if isinstance(item, pikepdf.Array) else ()


def text_of(value: Any) -> str:
    """A string or the text of a stream; empty for anything else."""
    import pikepdf

    if isinstance(value, pikepdf.Stream):
        return value.read_bytes()[: 2**20].decode("utf-8", "replace")
    return str(value) if isinstance(value, pikepdf.String | str) else ""


def texts_of(value: Any) -> Iterator[str]:
    """The strings in a value that is a string or a list of them."""
    import pikepdf

    if isinstance(value, pikepdf.Array):
        for item in value:
            yield from texts_of(item)
    else:
        yield text_of(value)


def file_name(value: Any) -> str:
    """The name in a file specification, which is a string or a dictionary."""
    if is_dict(value):
        return text_of(value.get("/UF")) or text_of(value.get("/F"))
    return text_of(value)


def unpacked(stream: Any, limit: int) -> bytes:
    """The bytes of a stream.

    Raises:
        ReadError: it is damaged, or unpacks to more than the limit.
    """
    try:
        data = bytes(stream.read_bytes())
    except Exception:
        raise ReadError("a part of it is damaged; export the document again") from None
    if len(data) > limit:
        raise ReadError("it unpacks to more than the limit; export it again without its attachments")
    return data


def cover(annotation: Any) -> Box | None:
    """The box of an annotation that hides what is under it, or None."""
    if not is_dict(annotation):
        return None
    flags = annotation.get("/F", 0)
    if isinstance(flags, int) and flags & HIDDEN_FLAGS:
        return None
    subtype = str(annotation.get("/Subtype", ""))
    opaque = False
    if subtype == "/Widget" and is_dict(annotation.get("/MK")):
        opaque = len(list(items(annotation.MK.get("/BG")))) > 0
    elif subtype in ("/Square", "/Polygon"):
        opaque = len(list(items(annotation.get("/IC")))) > 0 and float(annotation.get("/CA", 1)) > 0.95
    appearance = annotation.get("/AP")
    normal = appearance.get("/N") if is_dict(appearance) else None
    if not opaque and subtype in ("/Stamp", "/FreeText", "/Redact") and normal is not None and not is_dict(normal):
        opaque = bool(FILLS.search(normal.read_bytes()[: 2**16])) and float(annotation.get("/CA", 1)) > 0.95
    rect = [float(number) for number in items(annotation.get("/Rect"))]
    if not opaque or len(rect) != 4:
        return None
    return min(rect[0], rect[2]), min(rect[1], rect[3]), max(rect[0], rect[2]), max(rect[1], rect[3])
