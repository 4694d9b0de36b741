"""PDF files: pages, paragraphs, reading order and what cannot be read."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pytest_scr_compliance.documents import built_in_readers, read
from pytest_scr_compliance.errors import ReadError
from pytest_scr_compliance.model import Content, Layer
from pytest_scr_compliance.registry import Limits


def made(draw: Callable[[Canvas], None], **options: object) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), **options)  # type: ignore[arg-type]
    draw(canvas)
    canvas.save()
    return stream.getvalue()


def load(data: bytes, **limits: int) -> Content:
    return read(data, ".pdf", built_in_readers(), Limits(**limits))


def texts(content: Content, layer: Layer = Layer.VISIBLE) -> list[str]:
    return [content.text[block.start : block.end] for block in content.blocks if block.layer is layer]


def write(canvas: Canvas, x: float, y: float, *lines: str) -> None:
    for number, line in enumerate(lines):
        canvas.drawString(x, y - 14 * number, line)


def test_pages_and_paragraphs() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 72, 700, "The mother, Kayleigh", "Marlowe, moved.")
        write(canvas, 72, 640, "Second paragraph.")
        canvas.showPage()
        write(canvas, 72, 700, "On page two.")

    content = load(made(draw))
    assert texts(content) == ["The mother, Kayleigh\nMarlowe, moved.", "Second paragraph.", "On page two."]
    assert [str(block.place) for block in content.blocks if block.layer is Layer.VISIBLE] == [
        "page 1, paragraph 1",
        "page 1, paragraph 2",
        "page 2, paragraph 1",
    ]


def test_a_hyphenated_name_keeps_its_hyphen_and_line_end() -> None:
    content = load(made(lambda canvas: write(canvas, 72, 700, "The mother, Kayleigh Mar-", "lowe, moved.")))
    assert texts(content) == ["The mother, Kayleigh Mar-\nlowe, moved."]


def test_columns_are_read_one_after_the_other_although_drawn_by_rows() -> None:
    left = [f"left column says line {n} here" for n in range(8)]
    right = [f"right column says line {n} here" for n in range(8)]

    def draw(canvas: Canvas) -> None:
        write(canvas, 72, 780, "A heading over both of the columns on this page, which is rather long")
        for number in range(8):
            write(canvas, 330, 700 - 14 * number, right[number])
            write(canvas, 72, 700 - 14 * number, left[number])

    assert texts(load(made(draw)))[1:] == ["\n".join(left + right)]


def test_a_sentence_that_ends_with_its_column_ends_the_paragraph() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 72, 700, *[f"the left column says line {n}." for n in range(5)])
        write(canvas, 330, 700, *[f"the right column says line {n}." for n in range(5)])

    left, right = texts(load(made(draw)))
    assert left.startswith("the left") and "right" not in left
    assert right.startswith("the right")


def test_cells_of_a_table_row_stay_together() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 72, 700, "Kayleigh", "Tyrone", "Zara")
        write(canvas, 200, 700, "Marlowe", "Pike", "Quill")

    assert texts(load(made(draw))) == ["Kayleigh\tMarlowe\nTyrone\tPike\nZara\tQuill"]


def test_a_page_that_is_a_picture_is_a_gap() -> None:
    from PIL import Image

    def draw(canvas: Canvas) -> None:
        write(canvas, 72, 700, "Text")
        canvas.showPage()
        canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "grey")), 0, 0, 595, 842)
        canvas.showPage()

    content = load(made(draw))
    assert [str(place) for place, _ in content.gaps] == ["page 2"]


def test_encrypted_damaged_and_long_files_are_refused() -> None:
    data = made(lambda canvas: write(canvas, 72, 700, "Text"))
    locked = made(lambda canvas: write(canvas, 72, 700, "Text"), encrypt="secret")
    with pytest.raises(ReadError, match="password"):
        load(locked)
    with pytest.raises(ReadError):
        load(data[: len(data) // 3])
    with pytest.raises(ReadError, match="pages"):
        load(made(lambda canvas: [canvas.showPage() for _ in range(4)] and None), pages=3)


def test_an_empty_page_is_a_document_without_text() -> None:
    assert load(made(lambda canvas: canvas.showPage())).gaps


def test_a_page_whose_fonts_hide_their_letters_is_a_gap() -> None:
    from pathlib import Path

    import pikepdf
    import reportlab
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    registerFont(TTFont("Vera", str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Vera", 12)
        write(canvas, 72, 700, "Kayleigh Marlowe lives here")

    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(made(draw))) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                private = b"beginbfrange <00> <ff> <e000> endbfrange"
                head = b"/CIDInit /ProcSet findresource begin begincmap "
                head += b"1 begincodespacerange <00> <ff> endcodespacerange 1 "
                item.ToUnicode = pdf.make_stream(head + private + b" endcmap end")
        pdf.save(stream)
    assert load(made(draw)).gaps == ()
    assert [str(place) for place, _ in load(stream.getvalue()).gaps] == ["page 1"]
