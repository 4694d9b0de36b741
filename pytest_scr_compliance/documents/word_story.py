"""One story of a Word document (body, header, footnote, comment …): its paragraphs in reading order, each in its
layer."""

from __future__ import annotations

from dataclasses import replace

from ..model import Layer, Place
from .builder import ANYWHERE, ContentBuilder
from .pieces import INSERTED, PARTS, PLAIN, Look, Piece, emit, is_blank
from .word_fields import Fields
from .word_styles import Styles, look_of
from .xml import Element, all_text, attribute, local

BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
SHORT_CELL = 80
"""A row whose cells are all shorter is one block, so that a forename and a surname in two cells are found together."""


class Story:
    """Walks the elements of one story and adds its blocks.

    Args:
        builder: receives the blocks.
        styles: of the document.
        fields: receives field instructions.
        anchors: receives the place of each comment, by the comment's id.
        part: name of the part for places, None for the body.
        layer: layer of its visible text.
        place: where the story itself belongs, such as the paragraph that a comment is about.
    """

    def __init__(
        self,
        builder: ContentBuilder,
        styles: Styles,
        fields: Fields,
        anchors: dict[str, Place],
        part: str | None = None,
        layer: Layer = Layer.VISIBLE,
        place: Place = ANYWHERE,
    ) -> None:
        self._builder = builder
        self._styles = styles
        self._fields = fields
        self._anchors = anchors
        self._part = part
        self._layer = layer
        self._base = place
        self._page: int | None = None
        self._paragraph = 0
        self._tables = 0
        self._boxes: list[tuple[Element, Layer]] = []
        self._background = PLAIN

    def read(self, root: Element) -> None:
        """Add everything in the story."""
        if self._part is None and next(root.iter("{*}lastRenderedPageBreak"), None) is not None:
            self._page = 1
        self._blocks(root)

    def _blocks(self, parent: Element) -> None:
        for child in parent:
            tag = local(child)
            if tag == "p":
                pieces, place = self._paragraph_pieces(child)
                emit(self._builder, pieces, place, self._layer)
            elif tag == "tbl":
                self._table(child)
            elif tag and tag not in ("sectPr", "tblPr", "sdtPr", "background"):
                self._blocks(child)
            self._flush_boxes()

    def _table(self, table: Element) -> None:
        self._tables += 1
        number, before = self._tables, self._background
        style = next(table.iterfind("{*}tblPr/{*}tblStyle"), None)
        if style is not None and attribute(style, "val") in self._styles.shading_tables:
            self._background = Look(shaded=True)
        rows = [row for row in table.iter("{*}tr") if next(row.iterancestors("{*}tbl")) is table]
        for index, row in enumerate(rows, start=1):
            self._row(row, f"table {number} row {index}")
        self._background = before

    def _row(self, row: Element, part: str) -> None:
        cells = [cell for cell in row.iter("{*}tc") if next(cell.iterancestors("{*}tr")) is row]
        gathered: list[list[list[Piece]]] = []
        place = Place(part=self._named(part), page=self._page)
        for cell in cells:
            before = self._background
            for properties in cell.iterfind("{*}tcPr"):
                self._background = look_of(properties).over(before)
            paragraphs = []
            boxes: list[Element | None] = [None, *cell.iterancestors("{*}txbxContent")]
            for child in cell.iter("{*}p", "{*}tbl"):
                if next(child.iterancestors("{*}tc"), None) is not cell:
                    continue
                if local(child) == "tbl":
                    self._table(child)
                elif next(child.iterancestors("{*}txbxContent"), None) in boxes:
                    paragraphs.append(self._paragraph_pieces(child)[0])
            gathered.append([pieces for pieces in paragraphs if not is_blank(pieces)])
            self._background = before
        if all(
            len(cell) <= 1 and sum(len(text) for pieces in cell for text, _ in pieces) <= SHORT_CELL
            for cell in gathered
        ):
            joined: list[Piece] = []
            for cell in filter(None, gathered):
                joined += [("\t", ""), *cell[0]] if joined else cell[0]
            emit(self._builder, joined, place, self._layer)
        else:
            for cell in gathered:
                for pieces in cell:
                    emit(self._builder, pieces, place, self._layer)
        self._flush_boxes()

    def _named(self, part: str) -> str:
        return f"{self._part}, {part}" if self._part else part

    def _paragraph_pieces(self, paragraph: Element) -> tuple[list[Piece], Place]:
        page = self._page
        pieces: list[Piece] = []
        style = next(paragraph.iterfind("{*}pPr/{*}pStyle"), None)
        name = attribute(style, "val") if style is not None else self._styles.default_paragraph
        look = self._styles.look(name).over(self._background)
        for properties in paragraph.iterfind("{*}pPr"):
            look = replace(look_of(properties).over(look), vanish=look.vanish)
        self._inline(paragraph, look, "", pieces)
        if not is_blank(pieces):
            self._paragraph += 1
        place = replace(self._base, part=self._part, paragraph=self._paragraph or None)
        place = replace(place, page=page) if page else place
        if self._base.paragraph is not None:
            place = replace(self._base, part=self._part)
        return pieces, place

    def _inline(self, parent: Element, look: Look, hidden: str, pieces: list[Piece]) -> None:
        """Add the pieces of an element; ``hidden`` is the class of all in it, or empty."""
        for child in parent:
            tag = local(child)
            if tag in ("t", "delText"):
                kind = "docx.track.del" if tag == "delText" else hidden
                if kind in ("", INSERTED):
                    kind = f"docx.{look.hides}" if look.hides else kind
                pieces.append((child.text or "", kind))
            elif tag == "r":
                own = next(child.iterfind("{*}rPr"), None)
                self._inline(child, look if own is None else self._run_look(own, look), hidden, pieces)
            elif tag in BREAKS:
                # the page after a manual break has its own lastRenderedPageBreak
                pieces.append((BREAKS[tag], hidden))
            elif tag == "lastRenderedPageBreak":
                self._page = (self._page or 1) + 1
            elif tag in ("instrText", "delInstrText", "fldChar"):
                self._fields.piece(child, self._base)
            elif tag in ("rPr", "pPr", "sdtPr", "rPrChange", ""):
                continue
            elif tag in ("ins", "moveTo") and not hidden:
                self._inline(child, look, INSERTED, pieces)
            elif tag in ("del", "moveFrom"):
                self._inline(child, look, "docx.track.del" if tag == "del" else "docx.track.move", pieces)
            elif tag == "txbxContent":
                self._boxes.append((child, Layer.HIDDEN if hidden in PARTS else self._layer))
            elif tag == "AlternateContent":
                self._alternate(child, look, hidden, pieces)
            elif tag == "textpath":
                pieces.append((attribute(child, "string") or "", hidden))
            elif tag in ("commentRangeStart", "commentReference"):
                place = Place(page=self._page, paragraph=self._paragraph + 1)
                self._anchors.setdefault(attribute(child, "id") or "", place)
            elif tag == "sym":
                pieces.append(("\N{BULLET}", hidden))
            else:
                if tag == "fldSimple":
                    self._fields.instruction(attribute(child, "instr") or "", self._base)
                self._inline(child, look, hidden, pieces)

    def _run_look(self, properties: Element, look: Look) -> Look:
        style = next(properties.iterfind("{*}rStyle"), None)
        if style is not None:
            look = self._styles.look(attribute(style, "val")).over(look)
        return look_of(properties).over(look)

    def _alternate(self, element: Element, look: Look, hidden: str, pieces: list[Piece]) -> None:
        """Markup in two versions, of which a program shows one: the second counts as hidden where it says more."""
        versions = [child for child in element if local(child) in ("Choice", "Fallback")]
        shown = ""
        for index, version in enumerate(versions):
            if index == 0:
                self._inline(version, look, hidden, pieces)
                shown = all_text(version)
            elif "".join(all_text(version).split()) not in "".join(shown.split()):
                self._builder.found("docx.alternate_text", Place(part=self._part, page=self._page))
                self._boxes.append((version, Layer.HIDDEN))

    def _flush_boxes(self) -> None:
        while self._boxes:
            box, layer = self._boxes.pop(0)
            shaded = Look(shaded=True)  # a shape's fill is not resolved: white text in it is taken for a design
            inner = Story(
                self._builder,
                self._styles,
                self._fields,
                self._anchors,
                self._named("text box"),
                layer,
                Place(page=self._page),
            )
            inner._background = shaded
            inner._blocks(box)
