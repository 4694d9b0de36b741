"""Files within files: each is read in turn, to a depth limit."""

from __future__ import annotations

from dataclasses import replace

from ..errors import ReadError
from ..model import Place
from .builder import ContentBuilder


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


def read_picture(builder: ContentBuilder, data: bytes, fmt: str, part: str) -> None:
    """Look into a picture that a document shows: what its file says about people and places.

    Its pixels are not a gap, as those of a picture that is a document of its own are: logos are everywhere. A class
    ``picture`` says that they were not read.

    Args:
        builder: of the document.
        data: the picture.
        fmt: format of the document.
        part: name of the place of the picture.
    """
    from .images import note_picture

    inner = ContentBuilder(builder.limits)
    try:
        known = note_picture(data, inner)
    except ReadError:
        builder.gap("a picture in it is damaged or too large; replace it", Place(part=part))
        return
    if known:
        content = inner.content()
        if any(hidden.name != "img.exif_basic" for hidden in content.hidden):
            builder.found(f"{fmt}.image_metadata", Place(part=part))
        builder.include(content, part)
