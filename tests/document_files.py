"""A small real file of each format, and ways to break them."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from functools import cache

ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"'
)
SENTENCES = ["Child A was born in the spring.", "The health visitor saw the mother, Kayleigh Marlowe, twice."]


def make_docx() -> bytes:
    """Word: paragraphs, a table, a header, a comment."""
    import docx

    document = docx.Document()
    for sentence in SENTENCES:
        run = document.add_paragraph().add_run(sentence)
    document.add_comment(run, "Ask Tyrone", author="Zara Quill", initials="ZQ")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "Kayleigh", "Marlowe"
    document.sections[0].header.paragraphs[0].text = "Draft"
    return _saved(document.save)


def make_odt(body: str = "", styles: str = "", meta: str = "", members: Mapping[str, str] | None = None) -> bytes:
    """OpenDocument: a body, automatic styles, properties, and further members."""
    paragraphs = body or "".join(f"<text:p>{sentence}</text:p>" for sentence in SENTENCES)
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{paragraphs}</office:text></office:body></office:document-content>"
    )
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content,
        "meta.xml": f"<office:document-meta {ODF}><office:meta>{meta}</office:meta></office:document-meta>",
        **(members or {}),
    }
    return zipped(parts)


def make_pdf() -> bytes:
    """PDF: two pages, a link, a bookmark."""
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream)
    for sentence in SENTENCES:
        canvas.drawString(72, 700, sentence)
        canvas.bookmarkPage(sentence)
        canvas.addOutlineEntry(sentence, sentence)
        canvas.linkURL("mailto:zara@example.org", (72, 600, 200, 620))
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def make_rtf() -> bytes:
    """RTF: properties, a comment, hidden text."""
    return (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\author Zara Quill}{\title Draft}}\pard "
        rb"Child A was born in the spring.\par The mother, Kayl\'e9a {\v hidden} {\deleted gone} "
        rb"{\*\annotation Ask Tyrone}\u8212?twice.\par}"
    )


def make_html() -> bytes:
    """HTML: a comment, a hidden element, a table."""
    rows = "<table><tr><td>Kayleigh</td><td>Marlowe</td></tr></table>"
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    page = f"<title>Draft</title>{text}{rows}<!-- Ask Tyrone --><div hidden>gone</div>"
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{page}</body></html>".encode()


def make_xlsx() -> bytes:
    """Excel: rows, a hidden sheet, a comment."""
    import openpyxl
    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    book.active.append(["Kayleigh", "Marlowe", 12])
    book.active["A1"].comment = Comment("Ask Tyrone", "Zara Quill")
    book.create_sheet("Secret")["A1"] = "gone"
    book["Secret"].sheet_state = "hidden"
    return _saved(book.save)


def make_pptx() -> bytes:
    """PowerPoint: a slide with notes."""
    import pptx

    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = SENTENCES
    slide.notes_slide.notes_text_frame.text = "Ask Tyrone"
    return _saved(show.save)


def make_eml() -> bytes:
    """E-mail: a body and an attachment."""
    message = EmailMessage()
    message["From"], message["Subject"] = "zara@example.org", "Draft"
    message.set_content("\n\n".join(SENTENCES))
    message.add_attachment(b"Ask Tyrone", maintype="text", subtype="plain", filename="notes.txt")
    return message.as_bytes()


def make_picture(kind: str = "JPEG") -> bytes:
    """A picture with a comment and an author."""
    from PIL import Image

    exif = Image.Exif()
    exif[0x013B] = "Zara Quill"
    stream = io.BytesIO()
    Image.effect_noise((64, 48), 50).save(stream, kind, exif=exif)
    return stream.getvalue()


@cache
def samples() -> dict[str, bytes]:
    """Suffix → a small file of that format."""
    text = "\n\n".join(SENTENCES).encode()
    return {
        ".docx": make_docx(),
        ".odt": make_odt(),
        ".pdf": make_pdf(),
        ".rtf": make_rtf(),
        ".html": make_html(),
        ".md": b"---\ntitle: Draft\n---\n" + text + b"\n<!-- Ask Tyrone -->\n",
        ".txt": text,
        ".xlsx": make_xlsx(),
        ".pptx": make_pptx(),
        ".eml": make_eml(),
        ".jpg": make_picture(),
        ".png": make_picture("PNG"),
        ".tif": make_picture("TIFF"),
    }


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A package."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return stream.getvalue()


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A file with damage; in a package, often of one part, which is packed again so that the damage is reached."""
    if data[:2] == b"PK" and chance.random() < 0.7:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                parts = {name: package.read(name) for name in package.namelist()}
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return _damaged(data, chance)
        names = [name for name in parts if name.endswith((".xml", ".rels"))] or list(parts)
        if names:
            name = chance.choice(names)
            parts[name] = _damaged(parts[name], chance)
        return zipped(parts)
    return _damaged(data, chance)


def _damaged(data: bytes, chance: random.Random) -> bytes:
    body = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        if not body:
            break
        start = chance.randrange(len(body))
        end = min(len(body), start + chance.choice((1, 4, 32, 256)))
        match chance.randrange(7):
            case 0:
                body[start] ^= 1 << chance.randrange(8)
            case 1:
                del body[start:end]
            case 2:
                body[start:start] = body[start:end]
            case 3:
                body[start:end] = chance.randbytes(end - start)
            case 4:
                del body[start:]
            case 5:
                body[start:start] = chance.choice(NASTY)
            case 6:
                body[start:end] = body[start:end] * chance.choice((2, 50))
    return bytes(body)


NASTY = (
    b"\x00", b"\xff\xff\xff\xff", b"-1", b"99999999999999", b"%n", b"{", b"}", b"<", b">", b"<!--", b"&a;", b"../..",
    b"<w:p>", b"\\u-1", b"\\bin99999 ", b"\\'zz", b"(", b"stream", b"endobj", b"<<", b"]",
    b"/Kids [1 0 R]", b"\xed\xa0\x80",
)  # fmt: skip
