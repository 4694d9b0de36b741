"""Story → PDF, with reportlab: no author, no dates, no compression, the same bytes each time."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, SimpleDocTemplate, Spacer, TableStyle
from reportlab.platypus import Paragraph as PdfParagraph
from reportlab.platypus import Table as PdfTable

from .markup import Block, Bullets, Heading, Line, Paragraph, Story, Table, plain, tagged

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=7)
CELL = ParagraphStyle("cell", BODY, fontSize=9.5, leading=12, spaceAfter=0)
BULLET = ParagraphStyle("bullet", BODY, leftIndent=16, bulletIndent=4, spaceAfter=3)
TITLE = ParagraphStyle("title", BODY, fontName="Helvetica-Bold", fontSize=19, leading=24, spaceAfter=14)
SECTION = ParagraphStyle("section", TITLE, fontSize=14, leading=18, spaceBefore=12, spaceAfter=7, keepWithNext=1)
PART = ParagraphStyle("part", SECTION, fontSize=11.5, leading=15, spaceBefore=6)
HEADINGS = {1: TITLE, 2: SECTION, 3: PART}
GRID = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
        ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
)
WIDTH = A4[0] - 5 * cm


def write_pdf(story: Story) -> bytes:
    """A story as a PDF whose only property is its title."""
    rl_config.useA85 = 0
    file = io.BytesIO()
    sides = dict.fromkeys(["leftMargin", "rightMargin", "topMargin", "bottomMargin"], 2.5 * cm)
    unnamed = dict.fromkeys(["author", "subject", "creator", "producer"], "")
    template = SimpleDocTemplate(
        file, pagesize=A4, title=story.title, invariant=1, pageCompression=0, **sides, **unnamed
    )

    def decorate(canvas: Canvas, _: object) -> None:
        canvas.setFont("Helvetica", 8.5)
        canvas.drawString(2.5 * cm, A4[1] - 1.5 * cm, story.options.get("header", ""))
        canvas.drawString(2.5 * cm, 1.3 * cm, story.options.get("footer", ""))
        canvas.drawRightString(A4[0] - 2.5 * cm, 1.3 * cm, f"Page {canvas.getPageNumber()}")

    flowables = [flowable for block in story.blocks for flowable in _flowables(block)]
    template.build(flowables, onFirstPage=decorate, onLaterPages=decorate)
    return _without_advertisement(file.getvalue())


def write_picture(picture: Path, title: str) -> bytes:
    """A PDF of one page that is a picture, as a scanner makes it."""
    rl_config.useA85 = 0
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, pageCompression=0, invariant=1)
    canvas.setTitle(title)
    for clear in (canvas.setAuthor, canvas.setSubject, canvas.setCreator, canvas.setProducer):
        clear("")
    # As a reader, not as a path: reportlab would name the picture by a hash of its path.
    canvas.drawImage(ImageReader(str(picture)), 0, 0, *A4)
    canvas.save()
    return _without_advertisement(file.getvalue())


COVERED = (
    "Action plan of the Eastmarsh Safeguarding Children Board",
    "",
    "1. The board will agree with its partners how missed appointments of children are recorded",
    "and followed up, and will say so in its procedures.",
    "2. Health visitors will be told of every missed appointment within two working days.",
    "3. The board will ask its partners after six months what has changed, and will publish",
    "what it was told.",
    "4. The lead officer of this action is the service manager for early help in the north area.",
    "5. The board will review this plan at each of its meetings until every action is done.",
)
BOX = (208, 682, 240, 15)


def write_covered(title: str) -> bytes:
    """A PDF of one page, in which a black box was drawn over words that are still there."""
    rl_config.useA85 = 0
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, pageCompression=0, invariant=1)
    canvas.setTitle(title)
    for clear in (canvas.setAuthor, canvas.setSubject, canvas.setCreator, canvas.setProducer):
        clear("")
    canvas.setFont("Times-Roman", 11)
    for number, line in enumerate(COVERED):
        canvas.drawString(72, 770 - 12 * number, line)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.rect(*BOX, stroke=0, fill=1)
    canvas.save()
    return _without_advertisement(file.getvalue())


def _without_advertisement(pdf: bytes) -> bytes:
    """The file without reportlab's comments about itself, which change with its version."""
    bare = re.sub(rb"(?m)^(%\S{4}) ReportLab .*$", rb"\1", pdf, count=1)
    moved = len(pdf) - len(bare)
    body, start, table = bare.rpartition(b"\nxref\n")
    table = re.sub(rb"\d{10}(?= 00000 n)", lambda offset: b"%010d" % (int(offset[0]) - moved), table)
    table = re.sub(rb"(?<=startxref\n)\d+", lambda offset: b"%d" % (int(offset[0]) - moved), table)
    return body + start + re.sub(rb"(?m)^% ReportLab .*\n", b"", table)


def _flowables(block: Block) -> list[Flowable]:
    match block:
        case Heading(level, line):
            return [PdfParagraph(_html(line), HEADINGS[level])]
        case Paragraph(line):
            return [PdfParagraph(_html(line), BODY)]
        case Bullets(lines):
            return [PdfParagraph(_html(line), BULLET, bulletText="•") for line in lines] + [Spacer(1, 6)]
        case Table(rows):
            return [_table(rows), Spacer(1, 10)]


def _table(rows: tuple[tuple[Line, ...], ...]) -> Any:
    head, *body = [[_html(cell) for cell in row] for row in rows]
    texts = [[f"<b>{cell}</b>" for cell in head], *body]
    cells = [[PdfParagraph(text, CELL) for text in row] for row in texts]
    return PdfTable(cells, colWidths=_widths(rows), style=GRID, repeatRows=1)


def _widths(rows: tuple[tuple[Line, ...], ...]) -> list[float]:
    """Each column has room for its longest word; what is left is shared out by the longest cell."""
    columns = [[plain(cell) for cell in column] for column in zip(*rows, strict=True)]
    words = [
        max(stringWidth(word, "Times-Bold", 9.5) for text in column for word in text.split()) for column in columns
    ]
    least = [width + 14 for width in words]
    wanted = [min(60, max(map(len, column))) for column in columns]
    spare = WIDTH - sum(least)
    return [width + spare * share / sum(wanted) for width, share in zip(least, wanted, strict=True)]


def _html(line: Line) -> str:
    return tagged(line, "b", "i")
