"""Files within files: each is read in turn, to a depth limit."""

from __future__ import annotations

from dataclasses import replace

from ..errors import ReadError
from ..model import Place
from .builder import ContentBuilder
from .ocr import recognise

LEGIBLE = 300
"""Pixels: a picture that is smaller in one direction is a logo or an ornament."""


def read_embedded(builder: ContentBuilder, data: bytes, suffix: str, part: str) -> None:
    """Read a file that another one holds and add all of it as hidden; what cannot be read is a gap.

    Args:
        builder: of the outer file.
        data: the embedded file.
        suffix: of its name, with the dot; it may be wrong or empty.
        part: name of its place in the outer file, such as ``attachment 2``.
    """
    from . import built_in_readers, read

    if builder.limits.depth <= 0:
        builder.gap("files are embedded in it more deeply than the limit; remove them", Place(part=part))
        return
    limits = replace(builder.limits, depth=builder.limits.depth - 1)
    try:
        builder.include(read(data, suffix.lower(), built_in_readers(), limits), part)
    except ReadError:
        builder.gap("a file that is embedded in it cannot be read; remove it", Place(part=part))


def read_picture(builder: ContentBuilder, data: bytes, fmt: str, part: str, *, shown: bool = True) -> None:
    """Look into a picture that a document shows: what its file says about people and places.

    Its pixels are no gap, as those of a picture that is a document of its own are: logos are everywhere. A larger one
    is read by the extra ``ocr``, or a person has to look at it: class ``picture``.

    Args:
        builder: of the document.
        data: the picture.
        fmt: format of the document.
        part: name of the place of the picture.
        shown: readers of the document see it, as they do not see a preview of it.
    """
    from .images import note_picture

    inner = ContentBuilder(builder.limits)
    try:
        known = note_picture(data, inner)
    except ReadError:
        builder.gap("a picture in it is damaged or too large; replace it", Place(part=part))
        return
    if not known:  # a format that Pillow does not read, or none at all
        builder.found(f"{fmt}.picture")
    else:
        content = inner.content()
        if any(hidden.name != "img.exif_basic" for hidden in content.hidden):
            builder.found(f"{fmt}.image_metadata", Place(part=part))
        builder.include(content, part)
    if shown and hasattr(known, "size") and min(known.size) >= LEGIBLE:
        try:
            lines = recognise(known)
        except Exception:  # Pillow's plugins raise whatever a damaged file makes them raise
            builder.gap("a picture in it is damaged or too large; replace it", Place(part=part))
            return
        if lines is None:
            builder.found(f"{fmt}.picture")
        for text in lines or ():
            builder.block(text, Place(part=part))
