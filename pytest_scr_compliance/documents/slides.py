"""Presentations (PPTX): slides in order, with what lies beside them, notes and comments."""

from __future__ import annotations

from ..model import Content, Layer, Place
from ..registry import Limits
from .builder import ContentBuilder
from .office_hidden import note_comments, note_package, note_properties
from .ooxml import main_part, relationships
from .packages import Package
from .xml import Element, all_text, attribute, local

COMMENTS = frozenset(["comments", "comment"])
SPOKEN = ("descr", "title")


def read_pptx(data: bytes, limits: Limits) -> Content:
    """Read a presentation.

    Args:
        data: the whole file.
        limits: how much may be unpacked and collected.

    Returns:
        The text of each slide as visible; hidden slides, text beside a slide, notes and comments as hidden. The page
        of a place is the number of the slide.

    Raises:
        ReadError: it is damaged, encrypted, too large or no presentation.
    """
    package = Package(data, limits)
    main = main_part(package, "ppt/presentation.xml")
    builder = ContentBuilder(limits)
    show = package.xml(main)
    links = relationships(package, main)
    targets = {item.id: item.target for item in links if not item.external}
    size = next(show.iterfind("{*}sldSz"), None)
    frame = (_number(size, "cx"), _number(size, "cy")) if size is not None else (0, 0)
    listed = list(show.iterfind("{*}sldIdLst/{*}sldId"))
    for number, item in enumerate(listed, start=1):
        name = next((value for key, value in item.attrib.items() if key.endswith("}id")), "")
        target = targets.get(name, "")
        if target not in package:
            builder.gap("a slide is missing; open the presentation and save it again", Place(page=number))
            continue
        _read_slide(package, builder, target, number, frame)
    for kind in ("slideMaster", "slideLayout", "notesMaster", "handoutMaster"):
        for name in package.names:
            if f"/{kind}s/" in name and name.endswith(".xml"):
                _read_master(package.xml(name), builder, kind)
    for item in links:
        if item.kind in ("commentAuthors", "authors") and item.target in package:
            for author in package.xml(item.target):
                builder.found("pptx.people")
                builder.once(attribute(author, "name") or "", Place(part="comment author"))
    note_properties(package, builder, "pptx")
    note_package(package, builder, "pptx")
    return builder.content()


def _number(element: Element, key: str) -> int:
    value = element.get(key) or "0"
    return int(value) if value.lstrip("-").isdigit() else 0


def _read_slide(package: Package, builder: ContentBuilder, target: str, number: int, frame: tuple[int, int]) -> None:
    root = package.xml(target)
    concealed = root.get("show") in ("0", "false")
    if concealed:
        builder.found("pptx.hidden_slide", Place(page=number))
    layer = Layer.HIDDEN if concealed else Layer.VISIBLE
    paragraph = 0
    for shape in root.iter("{*}sp", "{*}graphicFrame", "{*}cxnSp"):
        beside = _is_beside(shape, frame)
        if beside and drawn_text(shape):
            builder.found("pptx.off_slide", Place(page=number))
        for text in _paragraphs(shape):
            paragraph += 1
            place = Place(page=number, paragraph=paragraph)
            builder.block(text, place, Layer.HIDDEN if beside else layer)
    note_drawing(root, builder, "pptx")
    note_comments(root, builder, "pptx")
    for item in relationships(package, target):
        if item.external or item.target not in package:
            continue
        if item.kind == "notesSlide":
            notes = package.xml(item.target)
            text = "\n".join(
                text for shape in notes.iter("{*}sp") if not _is_number(shape) for text in _paragraphs(shape)
            )
            if text.strip():
                builder.found("pptx.notes", Place(page=number))
                builder.block(text, Place(part="notes", page=number), Layer.HIDDEN)
        elif item.kind in COMMENTS:
            for comment in package.xml(item.target):
                builder.found("pptx.comment", Place(page=number))
                builder.block(all_text(comment), Place(part="comment", page=number), Layer.HIDDEN)
        elif item.kind in ("chart", "diagramData"):
            builder.block(drawn_text(package.xml(item.target)), Place(part="diagram", page=number), layer)


def _paragraphs(shape: Element) -> list[str]:
    """The paragraphs of a shape; a table's row is one, its cells separated by tabs."""
    rows = list(shape.iter("{*}tr"))
    if rows:
        return ["\t".join(drawn_text(cell) for cell in row.iterfind("{*}tc")) for row in rows]
    return [text for item in shape.iter("{*}p") if (text := _runs(item)).strip()]


def _runs(paragraph: Element) -> str:
    pieces = []
    for item in paragraph.iter("{*}t", "{*}br", "{*}tab"):
        pieces.append(item.text or "" if local(item) == "t" else "\n" if local(item) == "br" else "\t")
    return "".join(pieces)


def _is_number(shape: Element) -> bool:
    """Whether a shape of a notes page holds only the number of the slide."""
    holder = next(shape.iter("{*}ph"), None)
    return holder is not None and holder.get("type") in ("sldNum", "sldImg", "dt")


def _is_beside(shape: Element, frame: tuple[int, int]) -> bool:
    place = next(shape.iter("{*}xfrm"), None)
    offset = next(place.iterfind("{*}off"), None) if place is not None else None
    extent = next(place.iterfind("{*}ext"), None) if place is not None else None
    if offset is None or extent is None or not all(frame):
        return False
    x, y, width, height = (
        _number(offset, "x"),
        _number(offset, "y"),
        _number(extent, "cx"),
        _number(extent, "cy"),
    )
    return x >= frame[0] or y >= frame[1] or x + width <= 0 or y + height <= 0


def _read_master(root: Element, builder: ContentBuilder, kind: str) -> None:
    """Text that a master or layout shows on every slide; its placeholders are prompts."""
    for shape in root.iter("{*}sp"):
        if next(shape.iter("{*}ph"), None) is None:
            builder.once(drawn_text(shape), Place(part="master"), Layer.VISIBLE)
    note_drawing(root, builder, "pptx")


def note_drawing(root: Element, builder: ContentBuilder, fmt: str) -> None:
    """Alternative texts and cut pictures of a drawing."""
    for shape in root.iter("{*}cNvPr", "{*}docPr"):
        for key in SPOKEN:
            if (value := shape.get(key)) and value.strip():
                builder.found(f"{fmt}.alt_text")
                builder.once(value, Place(part="alternative text"), Layer.HIDDEN)
    for crop in root.iter("{*}srcRect"):
        if any(_number(crop, side) > 0 for side in "ltrb"):
            builder.found(f"{fmt}.cropped_image")


def drawn_text(root: Element) -> str:
    """The text of a diagram, chart or shape, one line for each paragraph or value."""
    lines = []
    for item in root.iter("{*}p", "{*}v"):
        lines.append(_runs(item) if item.tag.endswith("}p") else item.text or "")
    return "\n".join(line for line in lines if line.strip())
