"""What a Word document holds besides its text."""

from __future__ import annotations

from ..model import Layer, Place
from .builder import ContentBuilder
from .embedded import read_embedded
from .office_hidden import note_comments, note_package, note_properties
from .ooxml import Relationship, is_on
from .packages import Package
from .xml import Element, attribute, leaf_texts, local

TRACKED = {
    "ins": "docx.track.ins",
    "cellIns": "docx.track.ins",
    "del": "docx.track.del",
    "cellDel": "docx.track.del",
    "moveFrom": "docx.track.move",
    "moveTo": "docx.track.move",
    "rPrChange": "docx.track.format",
    "pPrChange": "docx.track.format",
    "sectPrChange": "docx.track.format",
    "tblPrChange": "docx.track.format",
    "tblPrExChange": "docx.track.format",
    "tcPrChange": "docx.track.format",
    "trPrChange": "docx.track.format",
    "tblGridChange": "docx.track.format",
    "numberingChange": "docx.track.format",
    "cellMerge": "docx.track.format",
}
DRAWN = ("docPr", "cNvPr", "shape", "rect", "oval", "line", "group", "imagedata", "roundrect")
FORM = ("alias", "tag", "listItem", "placeholder", "statusText", "helpText", "ffData")
CROPPED = ("l", "t", "r", "b")


def note_hidden(
    package: Package, builder: ContentBuilder, main: str, links: list[Relationship], stories: list[Element]
) -> None:
    """Add hidden content and metadata of a Word document to what was read of its text.

    Args:
        package: the document.
        builder: receives what is found.
        main: name of the part with the body.
        links: relationships of that part.
        stories: roots of the parts whose text was read.
    """
    for root in stories:
        _tracked(root, builder)
        _drawings(root, builder)
        _forms(root, builder)
        note_comments(root, builder, "docx")
    for item in links:
        if item.external or item.target not in package:
            continue
        if item.kind == "settings":
            _settings(package.xml(item.target), builder)
        elif item.kind == "glossaryDocument":
            builder.found("docx.glossary")
            text = "\n".join(leaf_texts(package.xml(item.target)))
            builder.block(text, Place(part="building blocks"), Layer.HIDDEN)
        elif item.kind == "people":
            for person in package.xml(item.target):
                builder.found("docx.people")
                builder.once(attribute(person, "author") or "", Place(part="people"))
        elif item.kind == "aFChunk":
            builder.found("docx.altchunk")
            suffix = "." + item.target.rpartition(".")[2].replace("mht", "eml").replace("xhtml", "html")
            read_embedded(builder, package.read(item.target), suffix, "embedded document")
    note_properties(package, builder, "docx")
    note_package(package, builder, "docx")


def _tracked(root: Element, builder: ContentBuilder) -> None:
    for change in root.iter(*(f"{{*}}{tag}" for tag in TRACKED)):
        author = attribute(change, "author")
        if author is not None:  # m:del and the like are mathematics
            builder.found(TRACKED[local(change)])
            builder.once(author, Place(part="tracked change author"))


def _drawings(root: Element, builder: ContentBuilder) -> None:
    for shape in root.iter(*(f"{{*}}{tag}" for tag in DRAWN)):
        for name in ("descr", "alt", "title"):
            value = shape.get(name)
            if value and not value.isspace():
                builder.found("docx.alt_text")
                builder.once(value, Place(part="alternative text"), Layer.HIDDEN)
    for crop in root.iter("{*}srcRect"):
        if any(_number(crop.get(side)) > 0 for side in CROPPED):
            builder.found("docx.cropped_image")
    for picture in root.iter("{*}imagedata"):
        if any(_number(picture.get(side)) > 0 for side in ("cropleft", "croptop", "cropright", "cropbottom")):
            builder.found("docx.cropped_image")


def _number(value: str | None) -> float:
    try:
        return float((value or "0").rstrip("f%"))
    except ValueError:
        return 0.0


def _forms(root: Element, builder: ContentBuilder) -> None:
    for item in root.iter(*(f"{{*}}{tag}" for tag in FORM)):
        for name in ("val", "displayText", "value"):
            value = attribute(item, name)
            if value and not value.isspace():
                builder.found("docx.form_field")
                builder.once(value, Place(part="form field"), Layer.HIDDEN)


def _settings(root: Element, builder: ContentBuilder) -> None:
    for item in root:
        tag = local(item)
        if tag == "docVars":
            for variable in item:
                builder.found("docx.docvars")
                builder.once(attribute(variable, "val") or "", Place(part="document variable"))
        elif tag == "mailMerge":
            builder.found("docx.mail_merge")
            for setting in item.iter():
                value = attribute(setting, "val") if isinstance(setting.tag, str) else None
                if value and any(mark in value for mark in "\\/=. "):
                    builder.once(value, Place(part="mail merge"))
        elif tag == "rsids":
            builder.found("docx.rsids")
        elif tag == "trackRevisions" and is_on(item):
            builder.found("docx.track_on")
        elif tag == "attachedTemplate":
            builder.found("docx.template_path")
