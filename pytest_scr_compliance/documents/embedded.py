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
