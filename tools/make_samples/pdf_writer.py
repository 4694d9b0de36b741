"""Story → PDF, with reportlab: no author, no dates, no compression, the same bytes each time."""

from __future__ import annotations

import io
from html import escape
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, SimpleDocTemplate, Spacer, TableStyle
from reportlab.platypus import Paragraph as PdfParagraph
from reportlab.platypus import Table as PdfTable

from .markup import Block, Bullets, Heading, Line, Paragraph, Story, Table

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=7, alignment=TA_LEFT)
CELL = ParagraphStyle("cell", BODY, fontSize=9.5, leading=12, spaceAfter=0)
BULLET = ParagraphStyle("bullet", BODY, leftIndent=16, bulletIndent=4, spaceAfter=3)
HEADINGS = {
    1: ParagraphStyle("title", BODY, fontName="Helvetica-Bold", fontSize=19, leading=24, spaceAfter=14),
    2: ParagraphStyle("h1", BODY, fontName="Helvetica-Bold", fontSize=14, leading=18, spaceBefore=12, keepWithNext=1),
    3: ParagraphStyle("h2", BODY, fontName="Helvetica-Bold", fontSize=11.5, leading=15, spaceBefore=6, keepWithNext=1),
}
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
    template = SimpleDocTemplate(
        file, pagesize=A4, leftMargin=2.5 * cm, rightMargin=2.5 * cm, topMargin=2.5 * cm, bottomMargin=2.3 * cm,
        title=story.title, author="", subject="", creator="", producer="", invariant=1, pageCompression=0,
    )  # fmt: skip

    def decorate(canvas: Canvas, _: object) -> None:
        canvas.setFont("Helvetica", 8.5)
        canvas.drawString(2.5 * cm, A4[1] - 1.5 * cm, story.options.get("header", ""))
        canvas.drawString(2.5 * cm, 1.3 * cm, story.options.get("footer", ""))
        canvas.drawRightString(A4[0] - 2.5 * cm, 1.3 * cm, f"Page {canvas.getPageNumber()}")

    flowables = [flowable for block in story.blocks for flowable in _flowables(block)]
    template.build(flowables, onFirstPage=decorate, onLaterPages=decorate)
    return file.getvalue()


def write_picture(picture: Path, title: str) -> bytes:
    """A PDF of one page that is a picture, as a scanner makes it."""
    rl_config.useA85 = 0
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, pageCompression=0, invariant=1)
    canvas.setTitle(title)
    for clear in (canvas.setAuthor, canvas.setSubject, canvas.setCreator, canvas.setProducer):
        clear("")
    canvas.drawImage(str(picture), 0, 0, *A4)
    canvas.save()
    return file.getvalue()


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
    weights = [max(8, min(60, max(len(_plain(row[column])) for row in rows))) for column in range(len(rows[0]))]
    widths = [WIDTH * weight / sum(weights) for weight in weights]
    cells = [[PdfParagraph(f"<b>{_html(cell)}</b>" if not number else _html(cell), CELL) for cell in row]
             for number, row in enumerate(rows)]  # fmt: skip
    return PdfTable(cells, colWidths=widths, style=GRID, repeatRows=1)


def _plain(line: Line) -> str:
    return "".join(run.text for run in line)


def _html(line: Line) -> str:
    tags = {"bold": "b", "italic": "i"}
    return "".join(
        f"<{tags[run.mark]}>{escape(run.text)}</{tags[run.mark]}>" if run.mark in tags else escape(run.text) for run in line
    )
