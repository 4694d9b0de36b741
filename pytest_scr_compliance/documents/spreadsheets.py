"""Spreadsheets (XLSX): each row is a block; hidden sheets, rows and columns, comments and copied data are hidden."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ..model import Content, Layer, Place
from ..registry import Limits
from .builder import ContentBuilder
from .office_hidden import note_comments, note_package, note_properties
from .ooxml import Relationship, main_part, relationships
from .packages import Package
from .slides import drawn_text, note_drawing
from .xml import Element, all_text, attribute, leaf_texts, local

DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)])
DATE_CODE = re.compile(r"(?<![\\\"])[dmy]", re.IGNORECASE)
COLUMN = re.compile(r"[A-Z]+")
COPIES = {
    "pivotCacheDefinition": ("xlsx.pivot_cache", "pivot table"),
    "pivotCacheRecords": ("xlsx.pivot_cache", "pivot table"),
    "externalLink": ("xlsx.external_link", "external link"),
    "connections": ("xlsx.connections", "connection"),
    "queryTable": ("xlsx.connections", "connection"),
    "revisionHeaders": ("xlsx.track", "record of changes"),
    "revisionLog": ("xlsx.track", "record of changes"),
    "usernames": ("xlsx.track", "record of changes"),
}


def read_xlsx(data: bytes, limits: Limits) -> Content:
    """Read a workbook.

    Args:
        data: the whole file.
        limits: how much may be unpacked and collected.

    Returns:
        The cells of each row as one block, separated by tabs; places name sheet and row by number.

    Raises:
        ReadError: it is damaged, encrypted, too large or no workbook.
    """
    package = Package(data, limits)
    main = main_part(package, "xl/workbook.xml")
    builder = ContentBuilder(limits)
    links = relationships(package, main)
    workbook = package.xml(main)
    targets = {item.id: item.target for item in links if not item.external}
    cells = _Cells(package, links)
    for number, sheet in enumerate(workbook.iterfind("{*}sheets/{*}sheet"), start=1):
        target = targets.get(sheet.get(next((key for key in sheet.attrib if key.endswith("}id")), "")) or "")
        if target is None or target not in package:
            builder.gap("a sheet is missing; open the workbook and save it again", Place(part=f"sheet {number}"))
            continue
        _read_sheet(package, builder, cells, sheet, target, number)
    for name in workbook.iterfind("{*}definedNames/{*}definedName"):
        if name.get("hidden") in ("1", "true"):
            builder.found("xlsx.names")
        if '"' in (name.text or ""):
            builder.once(name.text or "", Place(part="name"), Layer.HIDDEN)
        builder.once(name.get("comment") or "", Place(part="name"), Layer.HIDDEN)
    _copies(package, builder)
    note_properties(package, builder, "xlsx")
    note_package(package, builder, "xlsx")
    return builder.content()


class _Cells:
    """Turns cells into text, with the shared strings and the formats of a workbook."""

    def __init__(self, package: Package, links: list[Relationship]) -> None:
        parts = {item.kind: item.target for item in links if item.target in package}
        self._strings: list[str] = []
        if "sharedStrings" in parts:
            self._strings = [_rich(item) for item in package.xml(parts["sharedStrings"]) if local(item) == "si"]
        self._dates: list[bool] = []
        if "styles" in parts:
            root = package.xml(parts["styles"])
            own = {
                item.get("numFmtId")
                for item in root.iterfind("{*}numFmts/{*}numFmt")
                if DATE_CODE.search(re.sub(r'"[^"]*"|\[[^\]]*\]', "", item.get("formatCode") or ""))
            }
            for item in root.iterfind("{*}cellXfs/{*}xf"):
                number = item.get("numFmtId") or "0"
                self._dates.append(number in own or (number.isdigit() and int(number) in DATE_FORMATS))

    def text(self, cell: Element) -> str:
        """What a cell shows."""
        kind = cell.get("t")
        if kind == "inlineStr":
            return "".join(_rich(item) for item in cell.iterfind("{*}is"))
        value = next((item.text or "" for item in cell.iterfind("{*}v")), "")
        if kind == "s":
            return self._strings[int(value)] if value.isdigit() and int(value) < len(self._strings) else ""
        style = cell.get("s") or "0"
        if kind in (None, "n") and style.isdigit() and int(style) < len(self._dates) and self._dates[int(style)]:
            return _day(value)
        return value


def _rich(element: Element) -> str:
    return "".join(item.text or "" for item in element.iter("{*}t"))


def _day(value: str) -> str:
    try:
        return (date(1899, 12, 30) + timedelta(days=int(float(value)))).strftime("%d/%m/%Y")
    except (ValueError, OverflowError):
        return value


def _read_sheet(
    package: Package, builder: ContentBuilder, cells: _Cells, sheet: Element, target: str, number: int
) -> None:
    root = package.xml(target)
    concealed = (sheet.get("state") or "visible") != "visible"
    layer = Layer.HIDDEN if concealed else Layer.VISIBLE
    part = f"sheet {number}"
    if concealed:
        builder.found("xlsx.hidden_sheet", Place(part=part))
    builder.block(sheet.get("name") or "", Place(part=part), layer)
    columns = [
        (int(item.get("min") or 1), int(item.get("max") or 1))
        for item in root.iterfind("{*}cols/{*}col")
        if item.get("hidden") in ("1", "true")
    ]
    for index, row in enumerate(root.iter("{*}row"), start=1):
        shown: list[str] = []
        unseen: list[str] = []
        away = row.get("hidden") in ("1", "true")
        for cell in row.iterfind("{*}c"):
            if text := cells.text(cell).strip():
                column = _column(cell.get("r") or "")
                (unseen if away or any(a <= column <= b for a, b in columns) else shown).append(text)
        place = Place(part=f"{part} row {row.get('r') or index}")
        builder.block("\t".join(shown), place, layer)
        if unseen:
            builder.found("xlsx.hidden_rows", Place(part=part))
            builder.block("\t".join(unseen), place, Layer.HIDDEN)
    for element in root.iter("{*}oddHeader", "{*}oddFooter", "{*}evenHeader", "{*}evenFooter", "{*}firstHeader"):
        builder.block(re.sub(r"&[A-Z]|&\"[^\"]*\"|&\d+", " ", element.text or ""), Place(part=f"{part} header"), layer)
    for element in root.iter("{*}dataValidation"):
        for key in ("prompt", "promptTitle", "error", "errorTitle"):
            builder.once(element.get(key) or "", Place(part=part), Layer.HIDDEN)
    note_comments(root, builder, "xlsx")
    for item in relationships(package, target):
        if not item.external and item.target in package:
            _read_companion(package, builder, item, part, layer)


def _column(reference: str) -> int:
    number = 0
    for letter in (COLUMN.match(reference) or [""])[0]:
        number = number * 26 + ord(letter) - 64
    return number


def _read_companion(package: Package, builder: ContentBuilder, item: Relationship, part: str, layer: Layer) -> None:
    """A part that belongs to one sheet: comments, drawings."""
    if item.kind in ("comments", "threadedComment"):
        root = package.xml(item.target)
        for author in root.iter("{*}author"):
            builder.once(author.text or "", Place(part="comment author"))
        for comment in root.iter("{*}comment", "{*}threadedComment"):
            builder.found("xlsx.comment", Place(part=part))
            builder.block(all_text(comment), Place(part=f"{part} comment"), Layer.HIDDEN)
    elif item.kind == "drawing":
        root = package.xml(item.target)
        builder.block(drawn_text(root), Place(part=f"{part} drawing"), layer)
        note_drawing(root, builder, "xlsx")
        for inner in relationships(package, item.target):
            if inner.kind in ("chart", "diagramData") and inner.target in package:
                builder.block(drawn_text(package.xml(inner.target)), Place(part=f"{part} diagram"), layer)


def _copies(package: Package, builder: ContentBuilder) -> None:
    """Copies of data that no sheet shows, and records of who changed what."""
    for listing in [name for name in package.names if name.endswith(".rels")]:
        folder, _, base = listing.rpartition("_rels/")
        for item in relationships(package, folder + base.removesuffix(".rels")):
            if item.external or item.target not in package:
                continue
            if item.kind in COPIES:
                name, part = COPIES[item.kind]
                builder.found(name)
                root = package.xml(item.target)
                values = [
                    value
                    for node in root.iter()
                    for key in ("v", "name", "connection", "command", "userName")
                    if isinstance(node.tag, str) and (value := node.get(key))
                ]
                builder.block("\n".join([*leaf_texts(root), *values]), Place(part=part), Layer.HIDDEN)
            elif item.kind == "person":
                for person in package.xml(item.target):
                    builder.found("xlsx.people")
                    builder.once(attribute(person, "displayName") or "", Place(part="people"))
