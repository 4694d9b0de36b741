"""What Office Open XML packages of all kinds hold besides their text."""

from __future__ import annotations

import posixpath
import re

from ..errors import ReadError
from ..model import Layer, Place, Severity
from .builder import ContentBuilder
from .embedded import read_embedded, read_picture
from .links import note_link
from .ooxml import properties, relationships
from .packages import ENTITIES, Package
from .xml import Element, comments, leaf_texts

SOFTWARE = re.compile(
    r"^(?:python-docx|python-pptx|openpyxl|Apache POI|docx4j|LibreOffice.*|OpenOffice.*|Microsoft Office( Word)?|"
    r"Microsoft Office User|Word|Excel|PowerPoint|Unknown|Un-named|pandoc)$",
    re.IGNORECASE,
)
"""What programs write where an author's name belongs."""
AUTHOR = ("creator", "lastModifiedBy")
TITLE = ("title", "subject", "keywords", "description", "category", "contentStatus")
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".webp")
DRAWINGS = (".emf", ".wmf", ".wdp")
UTF16_WORDS = re.compile(rb"(?:[\x20-\x7e]\x00){4,}")


def note_properties(package: Package, builder: ContentBuilder, fmt: str) -> None:
    """Document properties: who made and edited it, for whom, from which template.

    Args:
        package: the document.
        builder: receives what is found.
        fmt: first word of the classes, such as ``docx``.
    """
    parts = {item.kind: item.target for item in relationships(package, "") if not item.external}
    core = properties(package, parts.get("core-properties", "docProps/core.xml"))
    app = properties(package, parts.get("extended-properties", "docProps/app.xml"))
    custom = properties(package, parts.get("custom-properties", "docProps/custom.xml"))
    for name, value in core:
        software = bool(SOFTWARE.match(value))
        if name in AUTHOR:
            builder.found(f"{fmt}.core.author", severity=Severity.NOTE if software else None)
        elif name in TITLE:
            builder.found(f"{fmt}.core.title")
        if name in AUTHOR + TITLE and not software:
            builder.once(value, Place(part="property"))
    for name, value in app:
        if name in ("Company", "Manager"):
            builder.found(f"{fmt}.app.{name.lower()}")
            builder.once(value, Place(part="property"))
        elif name == "Template" and fmt == "docx" and not value.lower().startswith("normal"):
            builder.found("docx.app.template")
            builder.once(value, Place(part="property"))
        elif name == "HyperlinkBase":
            note_link(builder, value, fmt)
    for _, value in custom:
        builder.found(f"{fmt}.custom_props")
        builder.once(value, Place(part="property"))


def note_package(package: Package, builder: ContentBuilder, fmt: str) -> None:
    """Everything in a package that is no part of the text: links, attachments, macros, stray parts.

    To be called last: parts that nobody has read by then, and that nothing refers to, are strays.
    """
    referred = _follow_relationships(package, builder, fmt)
    pictures = 0
    for name in package.names:
        lower = name.lower()
        folder, base = posixpath.split(lower)
        if base == "vbaproject.bin":
            builder.found(f"{fmt}.vba")
        elif "/embeddings/" in lower:
            builder.found(f"{fmt}.embedded_object")
            _read_member(package, builder, name, "embedded file")
        elif "/activex/" in lower and base.endswith(".xml") and fmt == "docx":
            builder.found("docx.activex")
            _texts(package, builder, name, "control")
        elif "/printersettings/" in lower:
            builder.found(f"{fmt}.printer_settings")
            for words in UTF16_WORDS.findall(package.read(name)):
                builder.once(words.decode("utf-16-le"), Place(part="printer settings"))
        elif base.startswith("thumbnail.") and "/media" not in folder:
            builder.found(f"{fmt}.thumbnail")
            read_picture(builder, package.read(name), fmt, "thumbnail", shown=False)
        elif folder == "customxml" and base.startswith("item") and not base.startswith("itemprops"):
            builder.found(f"{fmt}.custom_xml")
            _texts(package, builder, name, "custom XML")
        elif base.endswith(PICTURES) and "/media" in folder:
            pictures += 1
            read_picture(builder, package.read(name), fmt, f"picture {pictures}")
        elif base.endswith(".svg") and "/media" in folder:
            read_embedded(builder, package.read(name), ".html", f"picture {pictures}")
        elif base.endswith(DRAWINGS) and "/media" in folder:
            builder.found(f"{fmt}.picture")
            for words in UTF16_WORDS.findall(package.read(name)):
                builder.once(words.decode("utf-16-le"), Place(part="drawing"), Layer.HIDDEN)
        elif name not in referred and name not in package.read_names and not lower.endswith(".rels"):
            _stray(package, builder, name)
    note_container(package, builder)


def note_container(package: Package, builder: ContentBuilder) -> None:
    """What a ZIP file holds outside of its members, and declarations that no program writes."""
    for text in (package.comment, *package.member_comments):
        if text:
            builder.found("zip.comment")
            builder.once(text.decode("utf-8", "replace"), Place(part="package comment"), Layer.HIDDEN)
    if package.stray_bytes:
        builder.found("zip.stray_bytes")
    if package.duplicates:
        builder.found("zip.stray_part", Place(part="stray part"), len(package.duplicates))
        builder.gap("the package holds two parts of one name; open it and save it again")
    if package.declares_entities:
        builder.gap(ENTITIES)


def note_comments(root: Element, builder: ContentBuilder, fmt: str) -> None:
    """Comments in the markup of a part."""
    for text in comments(root):
        builder.found(f"{fmt}.xml_comment")
        builder.once(text, Place(part="markup comment"), Layer.HIDDEN)


def _follow_relationships(package: Package, builder: ContentBuilder, fmt: str) -> set[str]:
    """Note where a document links to; the names of all parts that something refers to."""
    referred = {"[Content_Types].xml"}
    for listing in [name for name in package.names if name.endswith(".rels")]:
        folder, _, base = listing.rpartition("_rels/")
        for item in relationships(package, folder + base.removesuffix(".rels")):
            if not item.external:
                referred.add(package.find(item.target) or item.target)
                continue
            if item.kind == "attachedTemplate":
                builder.found("docx.template_path")
            elif item.kind in ("image", "oleObject", "frame", "subDocument", "aFChunk"):
                builder.found("docx.external_link" if fmt == "docx" else f"{fmt}.local_path_link")
            note_link(builder, item.target, fmt)
    return referred


def _read_member(package: Package, builder: ContentBuilder, name: str, part: str) -> None:
    try:
        read_embedded(builder, package.read(name), posixpath.splitext(name)[1], part)
    except ReadError:
        builder.gap("a file that is embedded in it cannot be read; remove it", Place(part=part))


def _texts(package: Package, builder: ContentBuilder, name: str, part: str) -> None:
    """All text of an XML part, as hidden."""
    try:
        root = package.xml(name)
    except ReadError:
        builder.gap("data attached to it cannot be read; remove them", Place(part=part))
        return
    builder.block("\n".join(leaf_texts(root)), Place(part=part), Layer.HIDDEN)


def _stray(package: Package, builder: ContentBuilder, name: str) -> None:
    place = Place(part="stray part")
    builder.found("zip.stray_part", place)
    if local_name := posixpath.splitext(name)[1].lower():
        if local_name in (".xml", ".vml"):
            _texts(package, builder, name, "stray part")
        else:
            _read_member(package, builder, name, "stray part")
