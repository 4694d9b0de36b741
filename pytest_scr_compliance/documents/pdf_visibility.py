"""Which characters of a PDF page a reader can see.

Cheap facts about the page's objects (render mode, colour, bounds, paint order) name the suspects; on pages that have
some, the page is painted with and without them, and a character whose absence changes no pixel is hidden. So white
text on a dark header, drop shadows and highlighting are no false alarms, and hatched boxes, pictures over text and
clipping are found.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in PDF points."""

Colour = tuple[int, int, int, int]
"""Red, green, blue and opacity, each of 255."""

TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5
INVISIBLE_MODES = (3, 7)
WHITE = 0xF0
TINY = 1.6
"""Points: smaller text cannot be read."""
MANY = 40_000
"""More comparisons of texts with boxes than this are not made: then every text on the page is a suspect."""
MOST_DEPTH = 8
MOST_GROUNDS = 300
SCALE = 2.0
FAINT = 20
"""Differences below this, of 255, cannot be seen."""


@dataclass(slots=True)
class _Text:
    address: int
    box: Box
    order: int
    known: str = ""
    suspect: str = ""


def hidden_characters(page: Any, textpage: Any, covers: Sequence[Box], render_limit: int) -> dict[int, str]:
    """Character index → class of hidden content, for each character that cannot be seen.

    Args:
        page: of pypdfium2.
        textpage: of the same page.
        covers: boxes of opaque annotations on the page.
        render_limit: most pixels that may be painted.
    """
    from pypdfium2 import raw

    texts = _suspects(page, covers)
    if not texts:
        return {}
    known = {text.address: text.known for text in texts if text.known}
    suspects = {text.address: text for text in texts if text.suspect}
    changed = _Painting(page, suspects, render_limit) if suspects else None
    found: dict[int, str] = {}
    for index in range(textpage.count_chars()):
        handle = raw.FPDFText_GetTextObject(textpage, index)
        address = ctypes.cast(handle, ctypes.c_void_p).value or 0
        if address in known:
            found[index] = known[address]
        elif address in suspects and changed is not None:
            box = textpage.get_charbox(index)
            if any(_inside(box, cover) for cover in covers):
                found[index] = "pdf.text.covered"
            elif not changed.at(box):
                found[index] = suspects[address].suspect
    return found


def picture_share(page: Any) -> float:
    """How much of the page its largest picture covers, from 0 to 1."""
    left, bottom, right, top = _page_box(page)
    area = max((right - left) * (top - bottom), 1.0)
    shares = (_area(_overlap(box, (left, bottom, right, top))) for kind, _, box, _ in _objects(page) if kind == IMAGE)
    return max(shares, default=0.0) / area


def _objects(page: Any) -> Iterator[tuple[int, Any, Box, Box]]:
    """Kind, handle, box of the outermost object that it is in, and own box, in paint order."""
    from pypdfium2 import raw

    for index in range(raw.FPDFPage_CountObjects(page)):
        handle = raw.FPDFPage_GetObject(page, index)
        box = _bounds(handle)
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == FORM:
            yield from _inner(handle, box, MOST_DEPTH)
        else:
            yield kind, handle, box, box


def _inner(form: Any, box: Box, depth: int) -> Iterator[tuple[int, Any, Box, Box]]:
    from pypdfium2 import raw

    for index in range(raw.FPDFFormObj_CountObjects(form)):
        handle = raw.FPDFFormObj_GetObject(form, index)
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == FORM and depth:
            yield from _inner(handle, box, depth - 1)
        else:
            yield kind, handle, box, (0.0, 0.0, 0.0, 0.0)


def _bounds(handle: Any) -> Box:
    from pypdfium2 import raw

    values = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(handle, *values):
        return 0.0, 0.0, 0.0, 0.0
    return values[0].value, values[1].value, values[2].value, values[3].value


def _page_box(page: Any) -> Box:
    left, bottom, right, top = page.get_cropbox()
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _suspects(page: Any, covers: Sequence[Box]) -> list[_Text]:
    """The texts of a page that are hidden for sure, or may be."""
    from pypdfium2 import raw

    texts: list[_Text] = []
    painted: list[tuple[int, Box]] = []
    grounds: list[tuple[Box, Colour | None]] = []
    frame = _page_box(page)
    for order, (kind, handle, box, own) in enumerate(_objects(page)):
        if kind == TEXT:
            text = _Text(ctypes.cast(handle, ctypes.c_void_p).value or 0, box, order)
            _judge(text, handle, own, frame, grounds)
            texts.append(text)
        elif min(box[2] - box[0], box[3] - box[1]) > 4 and (kind in (IMAGE, SHADING) or _is_filled(kind, handle)):
            painted.append((order, box))
            if kind == PATH and own[2] > own[0]:
                grounds.append((own, _box_colour(handle)))
    many = len(texts) * len(painted) > MANY
    later = [order for order, _ in painted]
    for text in texts:
        if text.known or text.suspect:
            continue
        if any(_area(_overlap(text.box, cover)) for cover in covers) or (
            later
            and later[-1] > text.order
            and (many or any(_hides(box, text.box) for order, box in painted if order > text.order))
        ):
            text.suspect = "pdf.text.covered"
        elif _is_clipped(raw, text):
            text.suspect = "pdf.text.clipped"
    return [text for text in texts if text.known or text.suspect]


def _judge(text: _Text, handle: Any, own: Box, frame: Box, grounds: Sequence[tuple[Box, Colour | None]]) -> None:
    """What an object says of itself; ``own`` is all zeros for an object within a form, whose space is its own."""
    from pypdfium2 import raw

    mode = raw.FPDFTextObj_GetTextRenderMode(handle)
    if mode in INVISIBLE_MODES:
        text.known = "pdf.text.invisible_tr3"
        return
    if own[2] > own[0]:
        if not _overlap(own, frame):
            text.known = "pdf.text.offpage"
            return
        if max(own[3] - own[1], 0.0) < TINY and own[2] - own[0] > 0 and _size(handle) < TINY:
            text.known = "pdf.text.tiny"
            return
    colour = _colour(handle, stroked=mode in (1, 5))
    if colour is None:
        return
    if colour[3] < 12:
        text.known = "pdf.text.transparent"
    elif _is_lost(colour, own if own[2] > own[0] else text.box, grounds):
        text.suspect = "pdf.text.white" if min(colour[:3]) >= WHITE else "pdf.text.covered"


def _size(handle: Any) -> float:
    """The size of the letters as they are painted, in points."""
    from pypdfium2 import raw

    size, matrix = ctypes.c_float(), raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(handle, size)
    raw.FPDFPageObj_GetMatrix(handle, matrix)
    return float(abs(size.value) * (matrix.c**2 + matrix.d**2) ** 0.5)


def _is_filled(kind: int, handle: Any) -> bool:
    from pypdfium2 import raw

    mode, stroke = ctypes.c_int(), ctypes.c_int()
    return kind == PATH and bool(raw.FPDFPath_GetDrawMode(handle, mode, stroke) and mode.value)


def _colour(handle: Any, *, stroked: bool = False) -> Colour | None:
    """The colour that an object is painted with; None for a pattern."""
    from pypdfium2 import raw

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    getter = raw.FPDFPageObj_GetStrokeColor if stroked else raw.FPDFPageObj_GetFillColor
    if not getter(handle, red, green, blue, alpha):
        return None
    return red.value, green.value, blue.value, alpha.value


def _box_colour(handle: Any) -> Colour | None:
    """The colour of a filled path that is a rectangle and opaque, else None."""
    from pypdfium2 import raw

    colour = _colour(handle)
    return colour if colour and colour[3] == 255 and raw.FPDFPath_CountSegments(handle) <= 6 else None


def _is_lost(colour: Colour, text: Box, grounds: Sequence[tuple[Box, Colour | None]]) -> bool:
    """Whether a text may have the colour of what it lies on: of the last box painted under it, or of the paper."""
    for box, ground in reversed(grounds[-MOST_GROUNDS:]):
        if _overlap(box, text):
            inside = box[0] <= text[0] and box[1] <= text[1] and box[2] >= text[2] and box[3] >= text[3]
            if ground is None or not inside:
                return min(colour[:3]) >= WHITE
            return max(abs(one - other) for one, other in zip(colour[:3], ground[:3], strict=True)) < FAINT
    return min(colour[:3]) >= WHITE


def _is_clipped(raw: Any, text: _Text) -> bool:
    """Whether a clip path leaves a part of a text outside; paths are taken for their boxes."""
    handle = ctypes.cast(text.address, raw.FPDF_PAGEOBJECT)
    clip = raw.FPDFPageObj_GetClipPath(handle)
    if not clip:
        return False
    left, bottom, right, top = text.box
    for path in range(max(raw.FPDFClipPath_CountPaths(clip), 0)):
        xs, ys = [], []
        for index in range(min(max(raw.FPDFClipPath_CountPathSegments(clip, path), 0), 64)):
            x, y = ctypes.c_float(), ctypes.c_float()
            if raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, path, index), x, y):
                xs.append(x.value)
                ys.append(y.value)
        if xs and (left < min(xs) - 2 or right > max(xs) + 2 or bottom < min(ys) - 2 or top > max(ys) + 2):
            return True
    return False


def _overlap(one: Box, other: Box) -> Box | None:
    left, bottom, right, top = (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )
    return (left, bottom, right, top) if left < right and bottom < top else None


def _area(box: Box | None) -> float:
    return (box[2] - box[0]) * (box[3] - box[1]) if box else 0.0


def _hides(cover: Box, text: Box) -> bool:
    """Whether a box lies over a good part of a text's height."""
    shared = _overlap(cover, text)
    return bool(shared) and shared is not None and shared[3] - shared[1] > 0.4 * (text[3] - text[1])


def _inside(box: Box, cover: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return cover[0] <= x <= cover[2] and cover[1] <= y <= cover[3]


class _Painting:
    """The page painted with and without the suspects."""

    def __init__(self, page: Any, suspects: dict[int, _Text], limit: int) -> None:
        from PIL import ImageChops
        from pypdfium2 import raw

        width, height = page.get_size()
        scale = min(SCALE, (limit / max(width * height, 1.0)) ** 0.5)
        before = page.render(scale=scale, grayscale=True).to_pil()
        handles = [ctypes.cast(address, raw.FPDF_PAGEOBJECT) for address in suspects]
        modes = [raw.FPDFTextObj_GetTextRenderMode(handle) for handle in handles]
        for handle in handles:
            raw.FPDFTextObj_SetTextRenderMode(handle, 3)
        after = page.render(scale=scale, grayscale=True).to_pil()
        for handle, mode in zip(handles, modes, strict=True):
            raw.FPDFTextObj_SetTextRenderMode(handle, mode)
        self._page = page
        self._changes = ImageChops.difference(before, after)

    def at(self, box: Box) -> bool:
        """Whether the suspects show at a place of the page."""
        from pypdfium2 import raw

        corners = []
        for x, y in ((box[0], box[1]), (box[2], box[3])):
            column, row = ctypes.c_int(), ctypes.c_int()
            raw.FPDF_PageToDevice(self._page, 0, 0, *self._changes.size, 0, x, y, column, row)
            corners.append((column.value, row.value))
        (x0, y0), (x1, y1) = corners
        left, right, upper, lower = min(x0, x1), max(x0, x1) + 1, min(y0, y1), max(y0, y1) + 1
        if right <= 0 or lower <= 0 or left >= self._changes.width or upper >= self._changes.height:
            return False
        return bool(self._changes.crop((left, upper, right, lower)).getextrema()[1] >= FAINT)  # type: ignore[operator]
