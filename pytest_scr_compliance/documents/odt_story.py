"""The text of an OpenDocument file: its paragraphs in reading order, each in its layer."""

from __future__ import annotations

import re

from ..model import Layer, Place
from .builder import ContentBuilder
from .links import is_local, is_mail
from .pieces import INSERTED, PLAIN, Look, Piece, emit, is_blank, is_white
from .xml import Element, all_text, attribute, local

HIDES = {"vanish": "odt.hidden_field", "tiny_text": "odt.tiny_text", "white_text": "odt.white_text"}
SHORT_CELL = 80
"""A row whose cells are all shorter is one block, so that a forename and a surname in two cells are found together."""
LOOKS = ("text", "paragraph", "table", "table-row", "table-cell", "graphic")
MOST_SPACES = 1000
POINTS = re.compile(r"^([\d.]+)(pt|in|cm|mm)$")
PER_UNIT = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835}
FIELDS = frozenset(["hidden-text", "hidden-paragraph", "conditional-text"])
STATED = ("string-value", "string-value-if-true", "string-value-if-false", "description", "formula")


class OdtStyles:
    """The styles of a document, by family and name.

    Args:
        roots: roots of ``styles.xml`` and ``content.xml``.
    """

    def __init__(self, roots: list[Element]) -> None:
        self._own: dict[tuple[str, str], tuple[Look, str | None]] = {}
        for root in roots:
            for style in root.iter("{*}style"):
                key = (attribute(style, "family") or "", attribute(style, "name") or "")
                self._own[key] = (_look(style), attribute(style, "parent-style-name"))

    def look(self, family: str, name: str | None) -> Look:
        """The look of a style with all that it inherits; plain for an unknown style."""
        look, seen = PLAIN, set()
        while name and name not in seen and (family, name) in self._own:
            seen.add(name)
            own, parent = self._own[family, name]
            look = look.over(own)
            name = parent
        return look


def _look(style: Element) -> Look:
    vanish = white = shaded = size = None
    for item in style.iter(*(f"{{*}}{name}-properties" for name in LOOKS)):
        for key, value in item.attrib.items():
            name = key.rpartition("}")[2]
            if name == "display" and local(item) == "text-properties":
                vanish = value == "none"
            elif name == "use-window-font-color" and value == "true":
                white = False
            elif name == "color" and local(item) == "text-properties":
                white = is_white(value.lstrip("#"))
            elif name in ("background-color", "fill-color") and value.startswith("#"):
                shaded = not is_white(value.lstrip("#"))
            elif name == "font-size" and (match := POINTS.match(value)):
                size = round(2 * float(match.group(1)) * PER_UNIT[match.group(2)])
    return Look(vanish, white, size, shaded)


class OdtStory:
    """Walks the elements of one story and adds its blocks.

    Args:
        builder: receives the blocks.
        styles: of the document.
        deletions: id of a recorded deletion → its text.
        insertions: ids of recorded insertions.
        part: name of the part for places, None for the body.
        layer: layer of its visible text.
    """

    def __init__(
        self,
        builder: ContentBuilder,
        styles: OdtStyles,
        deletions: dict[str, str],
        insertions: frozenset[str] = frozenset(),
        part: str | None = None,
        layer: Layer = Layer.VISIBLE,
    ) -> None:
        self._builder = builder
        self._styles = styles
        self._deletions = deletions
        self._insertions = insertions
        self._open_changes: set[str] = set()
        self._part = part
        self._layer = layer
        self._paragraph = self._tables = self._notes = 0
        self._background = PLAIN
        self._hidden = ""
        self._aside: list[tuple[Element, str, Layer]] = []

    def read(self, parent: Element) -> None:
        """Add everything in an element."""
        for child in parent:
            tag = local(child)
            if tag in ("p", "h"):
                pieces = self._pieces(child)
                place = Place(part=self._part, paragraph=self._paragraph)
                emit(self._builder, pieces, place, self._layer)
            elif tag == "table":
                self._table(child)
            elif tag == "section":
                self._section(child)
            elif tag == "annotation":
                self._annotation(child)
            elif tag in ("title", "desc"):
                self._alternative(child)
            elif tag and tag not in ("tracked-changes", "forms"):
                self.read(child)
            self._flush()

    def _section(self, section: Element) -> None:
        before = self._hidden
        if attribute(section, "display") in ("none", "condition"):
            self._builder.found("odt.hidden_section")
            self._hidden = "odt.hidden_section"
        self.read(section)
        self._hidden = before

    def _table(self, table: Element) -> None:
        self._tables += 1
        number = self._tables
        before = self._background
        ground = self._styles.look("table", attribute(table, "style-name")).over(before)
        rows = [row for row in table.iter("{*}table-row") if next(row.iterancestors("{*}table")) is table]
        for index, row in enumerate(rows, start=1):
            part = f"table {number} row {index}"
            self._background = self._styles.look("table-row", attribute(row, "style-name")).over(ground)
            cells = [cell for cell in row if local(cell) == "table-cell"]
            lists = [self._cell(cell) for cell in cells]
            place = Place(part=f"{self._part}, {part}" if self._part else part)
            if all(len(c) <= 1 and sum(len(t) for p in c for t, _ in p) <= SHORT_CELL for c in lists):
                joined: list[Piece] = []
                for cell in filter(None, lists):
                    joined += [("\t", ""), *cell[0]] if joined else cell[0]
                lists = [[joined]]
            for cell in lists:
                for pieces in cell:
                    emit(self._builder, pieces, place, self._layer)
            self._flush()
        self._background = before

    def _cell(self, cell: Element) -> list[list[Piece]]:
        before = self._background
        self._background = self._styles.look("table-cell", attribute(cell, "style-name")).over(before)
        found = []
        for child in cell.iter("{*}p", "{*}h", "{*}table"):
            owner = next((up for up in child.iterancestors() if local(up) in OWNERS), None)
            if owner is not cell:
                continue
            if local(child) == "table":
                self._table(child)
            else:
                found.append(self._pieces(child))
        self._background = before
        return [pieces for pieces in found if not is_blank(pieces)]

    def _pieces(self, paragraph: Element) -> list[Piece]:
        pieces: list[Piece] = []
        look = self._styles.look("paragraph", attribute(paragraph, "style-name")).over(self._background)
        self._inline(paragraph, look, self._hidden, pieces)
        self._paragraph += not is_blank(pieces)
        return pieces

    def _inline(self, parent: Element, look: Look, hidden: str, pieces: list[Piece]) -> None:
        def say(text: str | None, *, as_it_is: bool = False) -> None:
            if text:
                kind = hidden or (HIDES[look.hides] if look.hides else "")
                if not kind and self._open_changes & self._insertions:
                    kind = INSERTED
                pieces.append((text if as_it_is else " ".join(re.split(r"[ \t\r\n]+", text)), kind))

        say(parent.text)
        for child in parent:
            tag = local(child)
            if tag == "s":
                count = attribute(child, "c") or "1"
                say(" " * min(int(count) if count.isdigit() else 1, MOST_SPACES), as_it_is=True)
            elif tag in ("tab", "line-break"):
                pieces.append(("\t" if tag == "tab" else "\n", hidden))
            elif tag == "change":
                pieces.append((self._deletions.get(attribute(child, "change-id") or "", ""), "odt.track.deletion"))
            elif tag == "change-start":
                self._open_changes.add(attribute(child, "change-id") or "")
            elif tag == "change-end":
                self._open_changes.discard(attribute(child, "change-id") or "")
            elif tag == "annotation":
                self._annotation(child)
            elif tag == "note":
                self._note(child)
            elif tag in ("title", "desc"):
                self._alternative(child)
            elif tag in FIELDS:
                self._field(child, pieces)
            elif tag in ("text-box", "p", "h", "list", "table"):
                self._aside.append((child, "text box", Layer.HIDDEN if hidden else self._layer))
            elif tag:
                self._link(child, tag)
                own = self._styles.look("text", attribute(child, "style-name")) if tag == "span" else PLAIN
                inside = hidden
                if attribute(child, "display") == "none":
                    inside = "odt.hidden_field"
                    self._field(child, [])
                self._inline(child, own.over(look), inside, pieces)
            say(child.tail)

    def _field(self, field: Element, pieces: list[Piece]) -> None:
        name = "odt.hidden_text" if local(field) in FIELDS else "odt.hidden_field"
        if local(field) != "conditional-text":
            self._builder.found(name)
        else:
            pieces.append((all_text(field), ""))
        for key in STATED:
            value = attribute(field, key)
            if value and (key != "formula" or '"' in value):
                self._builder.once(value, Place(part="field"), Layer.HIDDEN)

    def _link(self, element: Element, tag: str) -> None:
        target = attribute(element, "href") or ""
        if tag.startswith("database-"):
            self._builder.found("odt.database_field")
            for key in ("database-name", "table-name", "column-name"):
                self._builder.once(attribute(element, key) or "", Place(part="mail merge"))
        elif target and not target.startswith(("#", "Pictures/", "./Object", "Object ", "./Pictures")):
            if is_mail(target) or is_local(target) or target.startswith("../"):
                self._builder.found("odt.local_link")
            self._builder.once(target, Place(part="link"))

    def _annotation(self, annotation: Element) -> None:
        self._builder.found("odt.annotation")
        number = self._notes = self._notes + 1
        for child in annotation:
            if local(child) in ("creator", "sender-initials", "creator-initials"):
                self._builder.once(all_text(child), Place(part="comment author"))
        self._aside.append((annotation, f"comment {number}", Layer.HIDDEN))

    def _note(self, note: Element) -> None:
        citation = next(note.iterfind("{*}note-citation"), None)
        kind = "endnote" if attribute(note, "note-class") == "endnote" else "footnote"
        number = all_text(citation).strip() if citation is not None else ""
        for body in note.iterfind("{*}note-body"):
            self._aside.append((body, f"{kind} {number}".strip(), self._layer))

    def _alternative(self, element: Element) -> None:
        if text := all_text(element).strip():
            self._builder.found("odt.alt_text")
            self._builder.once(text, Place(part="alternative text"), Layer.HIDDEN)

    def _flush(self) -> None:
        while self._aside:
            element, part, layer = self._aside.pop(0)
            inner = OdtStory(self._builder, self._styles, self._deletions, self._insertions, part, layer)
            inner._background = Look(shaded=True) if part == "text box" else PLAIN
            inner._notes = self._notes
            if local(element) in ("p", "h", "table"):
                inner.read([element])
            else:
                inner.read(element)


OWNERS = frozenset(["table-cell", "text-box", "annotation", "note-body", "covered-table-cell"])
