"""Recognition of text in pictures, with the extra ``ocr``."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Any

from .pdf_layout import Line, paragraphs


def is_installed() -> bool:
    """Whether the extra ``ocr`` is there."""
    return find_spec("rapidocr") is not None


def recognise(image: Any) -> list[str] | None:
    """The paragraphs of text in a picture, in reading order.

    Args:
        image: a Pillow picture.

    Returns:
        The paragraphs, an empty list if there is no text, or None if the extra ``ocr`` is not installed.
    """
    if not is_installed():
        return None
    import numpy

    result = _engine()(numpy.asarray(image.convert("RGB")))
    lines = []
    for text, corners in zip(result.txts or (), () if result.boxes is None else result.boxes, strict=True):
        xs, ys = [float(x) for x, _ in corners], [-float(y) for _, y in corners]
        lines.append(Line(min(xs), min(ys), max(xs), max(ys), str(text).strip()))
    return paragraphs(lines, float(image.width))


@cache
def _engine() -> Any:
    import logging

    from rapidocr import RapidOCR

    engine = RapidOCR()
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    return engine
