"""Word documents (DOCX, DOCM): every part that bears text, each in its layer."""

from __future__ import annotations

from ..model import Content, Layer, Place
from ..registry import Limits
from .builder import ANYWHERE, ContentBuilder
from .docx_hidden import note_hidden
from .ooxml import Relationship, main_part, relationships
from .packages import Package
from .slides import drawn_text
from .word_fields import Fields
from .word_story import Story
from .word_styles import Styles
from .xml import Element, attribute, local

NOTES = {"footnotes": "footnote", "endnotes": "endnote"}


def read_docx(data: bytes, limits: Limits) -> Content:
    """Read a Word document.

    Args:
        data: the whole file.
        limits: how much may be unpacked and collected.

    Returns:
        Body, tables, text boxes, headers, footers and notes as visible; comments, deletions and hidden text as hidden;
        properties as metadata. Places have paragraph numbers, and pages where Word has noted its page breaks.

    Raises:
        ReadError: it is damaged, encrypted, too large or no Word document.
    """
    package = Package(data, limits)
    main = main_part(package, "word/document.xml")
    builder = ContentBuilder(limits)
    links = relationships(package, main)
    styles = next((item.target for item in links if item.kind == "styles" and item.target in package), None)
    reader = _Reader(package, builder, Styles(package.xml(styles) if styles else None))
    stories = [package.xml(main)]
    reader.story(stories[0])
    for kind in ("header", "footer"):
        for item in _parts(links, kind, package):
            stories.append(package.xml(item.target))
            reader.story(stories[-1], kind)
    for kind, name in NOTES.items():
        for item in _parts(links, kind, package):
            stories.append(package.xml(item.target))
            for note in stories[-1]:
                if local(note) == name:
                    reader.story(note, f"{name} {attribute(note, 'id')}")
    for item in _parts(links, "comments", package):
        stories.append(package.xml(item.target))
        reader.comments(stories[-1])
    for kind in ("diagramData", "chart"):
        for item in _parts(links, kind, package):
            builder.block(drawn_text(package.xml(item.target)), Place(part="diagram"))
    note_hidden(package, builder, main, links, stories)
    return builder.content()


def _parts(links: list[Relationship], kind: str, package: Package) -> list[Relationship]:
    """The parts of a kind that are in the package, each once."""
    found = {item.target: item for item in links if item.kind == kind and item.target in package}
    return list(found.values())


class _Reader:
    def __init__(self, package: Package, builder: ContentBuilder, styles: Styles) -> None:
        self._package = package
        self._builder = builder
        self._styles = styles
        self._fields = Fields(builder)
        self._anchors: dict[str, Place] = {}

    def story(
        self, root: Element, part: str | None = None, layer: Layer = Layer.VISIBLE, place: Place = ANYWHERE
    ) -> None:
        Story(self._builder, self._styles, self._fields, self._anchors, part, layer, place).read(root)

    def comments(self, root: Element) -> None:
        for number, comment in enumerate((item for item in root if local(item) == "comment"), start=1):
            anchor = self._anchors.get(attribute(comment, "id") or "", Place())
            place = Place(part=f"comment {number}", page=anchor.page, paragraph=anchor.paragraph)
            self._builder.found("docx.comment", place)
            for name in ("author", "initials"):
                self._builder.once(attribute(comment, name) or "", Place(part="comment author"))
            self.story(comment, place.part, Layer.HIDDEN, place)
