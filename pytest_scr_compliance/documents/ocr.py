"""Recognition of text in pictures, with the extra ``ocr``."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Any


def is_installed() -> bool:
    """Whether the extra ``ocr`` is there."""
    return find_spec("rapidocr") is not None


def recognise(image: Any) -> list[str] | None:
    """The lines of text in a picture from top to bottom.

    Args:
        image: a Pillow picture.

    Returns:
        The lines, an empty list if there are none, or None if the extra ``ocr`` is not installed.
    """
    if not is_installed():
        return None
    import numpy

    result = _engine()(numpy.asarray(image.convert("RGB")))
    return [str(text) for text in result.txts or ()]


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR()
