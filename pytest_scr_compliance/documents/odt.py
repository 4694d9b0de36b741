"""OpenDocument text (ODT)."""

from __future__ import annotations

import posixpath
import re

from ..errors import ReadError
from ..model import Content, Layer, Place, Severity
from ..registry import Limits
from .builder import ContentBuilder
from .embedded import read_embedded, read_picture
from .odt_story import OdtStory, OdtStyles
from .office_hidden import PICTURES, SOFTWARE, note_comments, note_container
from .packages import ENCRYPTED, Package
from .xml import Element, all_text, attribute, leaf_texts, local

NUMBER = re.compile(r"\d+(?:\.\d+)?")
KINDS = ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template")
CHANGES = {
    "insertion": "odt.track.insertion",
    "deletion": "odt.track.deletion",
    "format-change": "odt.track.format",
}
AUTHOR = frozenset(["initial-creator", "creator", "printed-by"])
TITLE = frozenset(["title", "subject", "keyword", "keywords", "description"])
OWN = frozenset(["mimetype", "content.xml", "styles.xml", "meta.xml", "settings.xml", "manifest.rdf", "layout-cache"])


def read_odt(data: bytes, limits: Limits) -> Content:
    """Read an OpenDocument text.

    Args:
        data: the whole file.
        limits: how much may be unpacked and collected.

    Returns:
        Body, tables, text boxes, notes, headers and footers as visible; comments, recorded deletions and hidden text,
        fields and sections as hidden; properties as metadata.

    Raises:
        ReadError: it is damaged, encrypted, too large or no OpenDocument text.
    """
    package = Package(data, limits)
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise ReadError(ENCRYPTED)
    if "mimetype" in package and package.read("mimetype").decode("ascii", "replace").strip() not in KINDS:
        raise ReadError("its content is not what its suffix says; save it again in the right format or rename it")
    builder = ContentBuilder(limits)
    content = package.xml("content.xml")
    looks = package.xml("styles.xml") if "styles.xml" in package else None
    styles = OdtStyles([root for root in (looks, content) if root is not None])
    body = next(content.iter("{*}body"), None)
    if body is None:
        raise ReadError("a part that it needs is missing; open it and save it again")
    inserted = {attribute(item.getparent(), "id") or "" for item in content.iter("{*}insertion")}
    OdtStory(builder, styles, _deletions(content, builder), frozenset(inserted)).read(body)
    for page in looks.iter("{*}master-page") if looks is not None else ():
        for part in page:
            name = "header" if local(part).startswith("header") else "footer"
            OdtStory(builder, styles, {}, part=name).read(part)
    _forms(content, builder)
    for properties in content.iter("{*}graphic-properties"):
        if any(float(number) > 0 for number in NUMBER.findall(attribute(properties, "clip") or "")):
            builder.found("odt.cropped_image")
    for root in filter(lambda root: root is not None, (content, looks)):
        note_comments(root, builder, "odt")
    if "meta.xml" in package:
        _properties(package.xml("meta.xml"), builder)
    if "settings.xml" in package:
        _settings(package.xml("settings.xml"), builder)
    _members(package, builder)
    note_container(package, builder)
    return builder.content()


def _deletions(content: Element, builder: ContentBuilder) -> dict[str, str]:
    """Id → text of each recorded deletion; the changes themselves are noted."""
    found = {}
    for region in content.iter("{*}changed-region"):
        for change in region:
            if name := CHANGES.get(local(change)):
                builder.found(name)
            for info in change.iter("{*}creator"):
                builder.once(all_text(info), Place(part="tracked change author"))
            if local(change) == "deletion":
                paragraphs = (all_text(item) for item in change.iter("{*}p", "{*}h"))
                found[attribute(region, "id") or ""] = "\n".join(paragraphs)
    used = {attribute(mark, "change-id") for mark in content.iter("{*}change")}
    for name, text in found.items():
        if name not in used:
            builder.block(text, Place(part="tracked deletion"), Layer.HIDDEN)
    return found


def _forms(content: Element, builder: ContentBuilder) -> None:
    for forms in content.iter("{*}forms"):
        for item in forms.iter():
            for key in ("value", "current-value", "label", "title", "help-message"):
                if isinstance(item.tag, str) and (value := attribute(item, key)):
                    builder.once(value, Place(part="form field"), Layer.HIDDEN)


def _properties(root: Element, builder: ContentBuilder) -> None:
    for item in root.iter():
        tag, text = local(item), all_text(item).strip() if isinstance(item.tag, str) else ""
        if tag == "template":
            builder.found("odt.meta.template")
            for key in ("href", "title"):
                builder.once(attribute(item, key) or "", Place(part="property"))
        elif not text:
            continue
        elif tag in AUTHOR and SOFTWARE.match(text):
            builder.found("odt.meta.author", severity=Severity.NOTE)
        elif tag in AUTHOR:
            builder.found("odt.meta.author")
            builder.once(text, Place(part="property"))
        elif tag in TITLE:
            builder.found("odt.meta.title")
            builder.once(text, Place(part="property"))
        elif tag == "user-defined":
            builder.found("odt.meta.user_defined")
            builder.once(text, Place(part="property"))


def _settings(root: Element, builder: ContentBuilder) -> None:
    for item in root.iter("{*}config-item"):
        name, text = attribute(item, "name"), (item.text or "").strip()
        if not text:
            continue
        if name == "PrinterName":
            builder.found("odt.printer_name")
            builder.once(text, Place(part="printer settings"))
        elif name in ("CurrentDatabaseDataSource", "CurrentDatabaseCommand"):
            builder.found("odt.database_field")
            builder.once(text, Place(part="mail merge"))


def _members(package: Package, builder: ContentBuilder) -> None:
    """Parts beside the text: macros, objects, pictures, and those that nothing declares."""
    listed = set()
    if "META-INF/manifest.xml" in package:
        for entry in package.xml("META-INF/manifest.xml"):
            listed.add((attribute(entry, "full-path") or "").lstrip("./"))
    for number, name in enumerate(package.names, start=1):
        folder, base = posixpath.split(name)
        suffix = posixpath.splitext(base)[1].lower()
        place = Place(part=f"embedded file {number}")
        if folder.startswith(("Basic", "Scripts")) and "-lb" not in base and "-lc" not in base:
            builder.found("odt.macro")
        elif folder == "Thumbnails":
            builder.found("odt.thumbnail")
        elif folder.startswith("Object") and base == "content.xml":
            builder.found("odt.embedded_object")
            builder.block("\n".join(leaf_texts(package.xml(name))), place, Layer.HIDDEN)
        elif name.startswith("Object ") and "/" not in name:
            builder.found("odt.embedded_object")
            read_embedded(builder, package.read(name), suffix, place.part or "")
        elif suffix in PICTURES and folder in ("Pictures", "media"):
            read_picture(builder, package.read(name), "odt", f"picture {number}")
        elif (
            name not in OWN
            and name not in listed
            and not folder.startswith(("META-INF", "Configurations2", "Object", "Basic", "Scripts", "Pictures"))
        ):
            builder.found("zip.stray_part", Place(part="stray part"))
            read_embedded(builder, package.read(name), suffix.replace(".xml", ".html"), "stray part")
