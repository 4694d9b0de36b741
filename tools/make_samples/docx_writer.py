"""Story → DOCX, with python-docx.

python-docx starts from a template with properties, a thumbnail and 800 kB of styles. A draft cleaned by
Word's "Inspect document" has none of the first two, so they are taken out, and so is all that is unused.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Cm
from lxml import etree

from .markup import Block, Bullets, Heading, Line, Paragraph, Story, Table

KEPT_STYLES = {
    "Normal", "Title", "TitleChar", "Heading1", "Heading1Char", "Heading2", "Heading2Char", "Heading3",
    "Heading3Char", "ListBullet", "Header", "HeaderChar", "Footer", "FooterChar", "DefaultParagraphFont",
    "TableNormal", "TableGrid", "NoList", "CommentText", "CommentTextChar", "CommentReference",
}  # fmt: skip
DROPPED_PARTS = ("docProps/", "customXml/", "word/stylesWithEffects.xml", "word/webSettings.xml")
EPOCH = "2012-01-01T00:00:00Z"


def write_docx(story: Story) -> bytes:
    """A story as a Word document that names no author: changes and comments are by "Author", as in Word."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.header.paragraphs[0].text = story.options.get("header", "")
    _add_footer(section.footer.paragraphs[0], story.options.get("footer", ""))
    for block in story.blocks:
        _add_block(document, block)
    file = io.BytesIO()
    document.save(file)
    return _clean(file.getvalue())


def embed(package: bytes, attached: bytes) -> bytes:
    """A Word document with another one embedded in it, as "Insert object" does."""
    document = Document(io.BytesIO(package))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    name = PackURI("/word/embeddings/Microsoft_Word_Document1.docx")
    link = document.part.relate_to(Part(name, kind, attached, document.part.package), RELATIONSHIP_TYPE.PACKAGE)
    shown = parse_xml(
        f'<w:object {nsdecls("w", "r")} xmlns:o="urn:schemas-microsoft-com:office:office">'
        f'<o:OLEObject Type="Embed" ProgID="Word.Document.12" DrawAspect="Icon" ObjectID="_1" r:id="{link}"/>'
        "</w:object>"
    )
    document.add_paragraph().add_run()._r.append(shown)
    file = io.BytesIO()
    document.save(file)
    return _clean(file.getvalue())


def _add_block(document: Any, block: Block) -> None:
    match block:
        case Heading(level, line):
            _add_line(document, document.add_heading(level=level - 1), line)
        case Paragraph(line):
            _add_line(document, document.add_paragraph(), line)
        case Bullets(lines):
            for line in lines:
                _add_line(document, document.add_paragraph(style="List Bullet"), line)
        case Table(rows):
            table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, line in zip(row.cells, cells, strict=True):
                    _add_line(document, cell.paragraphs[0], line)
            for cell in table.rows[0].cells:
                for run in cell.paragraphs[0].runs:
                    run.bold = True
            document.add_paragraph()


def _add_line(document: Any, paragraph: Any, line: Line) -> None:
    for number, run in enumerate(line):
        match run.mark:
            case "inserted" | "deleted":
                paragraph._p.append(_tracked(run.text, run.mark, number))
            case "comment":
                document.add_comment(paragraph.runs[-1:], text=run.text, author="Author", initials="A")
            case mark:
                added = paragraph.add_run(run.text)
                added.bold, added.italic = mark == "bold" or None, mark == "italic" or None


def _tracked(text: str, mark: str, number: int) -> Any:
    change = OxmlElement("w:ins" if mark == "inserted" else "w:del")
    change.set(qn("w:id"), str(900 + number))
    change.set(qn("w:author"), "Author")
    change.set(qn("w:date"), EPOCH)
    run = OxmlElement("w:r")
    content = OxmlElement("w:t" if mark == "inserted" else "w:delText")
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    content.text = text
    run.append(content)
    change.append(run)
    return change


def _add_footer(paragraph: Any, text: str) -> None:
    paragraph.add_run(f"{text}    Page " if text else "Page ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run, content = OxmlElement("w:r"), OxmlElement("w:t")
    content.text = "1"
    run.append(content)
    field.append(run)
    paragraph._p.append(field)


def _clean(package: bytes) -> bytes:
    """The package without properties and unused styles, stored as it is, since zlib versions differ."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            if not name.startswith(DROPPED_PARTS):
                part = _clean_part(old.read(name)) if is_xml(name) else old.read(name)
                new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part)
    return file.getvalue()


def is_xml(name: str) -> bool:
    """Whether a part of a package is XML."""
    return name.endswith((".xml", ".rels"))


def _clean_part(part: bytes) -> bytes:
    root = etree.fromstring(part)
    _drop(root.iter("{*}Relationship"), lambda item: _is_dropped(item.get("Target")))
    _drop(root.iter("{*}Override"), lambda item: _is_dropped(item.get("PartName")))
    _drop(root.iter(qn("w:style")), lambda item: item.get(qn("w:styleId")) not in KEPT_STYLES)
    _drop(root.iter(qn("w:latentStyles"), qn("w:rsids"), "{*}docId"), lambda item: True)
    for item in root.iter():
        for key in [key for key in item.keys() if key.startswith(qn("w:rsid"))]:  # noqa: SIM118 (lxml)
            del item.attrib[key]
        if item.tag == qn("w:comment"):
            item.set(qn("w:date"), EPOCH)
    cleaned: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return cleaned


def _is_dropped(target: str) -> bool:
    return target.lstrip("./").startswith(("docProps/", "customXml/")) or target.endswith(
        ("stylesWithEffects.xml", "webSettings.xml")
    )


def _drop(items: Iterable[Any], unwanted: Any) -> None:
    for item in [item for item in items if unwanted(item)]:
        item.getparent().remove(item)
