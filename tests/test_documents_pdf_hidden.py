"""What a PDF hides: text that cannot be seen, and what its objects and earlier versions say."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from reportlab.lib.colors import Color, black, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pytest_scr_compliance.documents import built_in_readers, read
from pytest_scr_compliance.model import Content, Layer
from pytest_scr_compliance.registry import Limits

Draw = Callable[[Canvas], None]
NAME = "Kayleigh Marlowe"


def made(draw: Draw) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    canvas.drawString(72, 780, "This can be seen.")
    draw(canvas)
    canvas.save()
    return stream.getvalue()


def load(data: bytes) -> Content:
    return read(data, ".pdf", built_in_readers(), Limits())


def texts(content: Content, layer: Layer) -> str:
    return "\n".join(content.text[block.start : block.end] for block in content.blocks if block.layer is layer)


def names(content: Content) -> set[str]:
    return {hidden.name for hidden in content.hidden}


def texts_hidden(content: Content) -> set[str]:
    """The classes of text that cannot be seen."""
    return {name for name in names(content) if name.startswith("pdf.text")}


def box(canvas: Canvas, fill: Color = black) -> None:
    canvas.setFillColor(fill)
    canvas.rect(70, 696, 200, 16, stroke=0, fill=1)


def covered(canvas: Canvas) -> None:
    canvas.drawString(72, 700, NAME)
    box(canvas)


def under_white_box(canvas: Canvas) -> None:
    canvas.drawString(72, 700, NAME)
    box(canvas, white)


def under_hatching(canvas: Canvas) -> None:
    canvas.drawString(72, 700, NAME)
    box(canvas, white)
    for x in range(70, 270, 3):
        canvas.line(x, 696, x, 712)


def under_picture(canvas: Canvas) -> None:
    from PIL import Image

    canvas.drawString(72, 700, NAME)
    canvas.drawImage(ImageReader(Image.effect_noise((200, 16), 90)), 70, 696, 200, 16)


def black_on_black(canvas: Canvas) -> None:
    box(canvas)
    canvas.drawString(72, 700, NAME)


def white_on_paper(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    canvas.drawString(72, 700, NAME)


def nearly_white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.985, 0.985, 0.985)
    canvas.drawString(72, 700, NAME)


def invisible(canvas: Canvas) -> None:
    text = canvas.beginText(72, 700)
    text.setTextRenderMode(3)
    text.textLine(NAME)
    canvas.drawText(text)


def tiny(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 1)
    canvas.drawString(72, 700, NAME)


def off_page(canvas: Canvas) -> None:
    canvas.drawString(700, 700, NAME)


def transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(72, 700, NAME)


def clipped(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(300, 300, 50, 50)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(72, 700, NAME)


def in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("inner")
    canvas.drawString(72, 700, NAME)
    box(canvas)
    canvas.endForm()
    canvas.doForm("inner")


HIDING: dict[str, list[Draw]] = {
    "pdf.text.covered": [covered, under_white_box, under_hatching, under_picture, black_on_black, in_a_form],
    "pdf.text.white": [white_on_paper, nearly_white],
    "pdf.text.invisible_tr3": [invisible],
    "pdf.text.tiny": [tiny],
    "pdf.text.offpage": [off_page],
    "pdf.text.transparent": [transparent],
    "pdf.text.clipped": [clipped],
}


@pytest.mark.parametrize(
    ("name", "draw"),
    [(name, draw) for name, draws in HIDING.items() for draw in draws],
    ids=lambda x: getattr(x, "__name__", x),
)
def test_text_that_cannot_be_seen_is_hidden(name: str, draw: Draw) -> None:
    content = load(made(draw))
    assert texts(content, Layer.VISIBLE) == "This can be seen."
    assert texts(content, Layer.HIDDEN) == NAME
    assert texts_hidden(content) == {name}


def white_on_dark(canvas: Canvas) -> None:
    box(canvas, Color(0, 0.2, 0.4))
    canvas.setFillColor(white)
    canvas.drawString(72, 700, NAME)


def with_shadow(canvas: Canvas) -> None:
    canvas.setFillColor(Color(0.7, 0.7, 0.7))
    canvas.drawString(73, 699, NAME)
    canvas.setFillColor(black)
    canvas.drawString(72, 700, NAME)


def twice_for_bold(canvas: Canvas) -> None:
    canvas.drawString(72, 700, NAME)
    canvas.drawString(72, 700, NAME)


def highlighted(canvas: Canvas) -> None:
    canvas.drawString(72, 700, NAME)
    canvas.setFillColor(Color(1, 1, 0, alpha=0.4))
    canvas.rect(70, 696, 200, 16, stroke=0, fill=1)


def underlined(canvas: Canvas) -> None:
    canvas.drawString(72, 700, NAME)
    canvas.rect(72, 698, 90, 0.7, stroke=0, fill=1)


def on_a_picture(canvas: Canvas) -> None:
    from PIL import Image

    canvas.drawImage(ImageReader(Image.new("RGB", (10, 10), "#336699")), 70, 696, 200, 16)
    canvas.setFillColor(white)
    canvas.drawString(72, 700, NAME)


@pytest.mark.parametrize("draw", [white_on_dark, with_shadow, twice_for_bold, highlighted, underlined, on_a_picture])
def test_design_is_no_false_alarm(draw: Draw) -> None:
    content = load(made(draw))
    assert NAME in texts(content, Layer.VISIBLE)
    assert not texts_hidden(content)


def test_only_the_covered_words_of_a_line_are_hidden() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "The mother is XXXXXXXXXX and lives there.")
        canvas.setFillColor(black)
        start = 72 + canvas.stringWidth("The mother is ")
        canvas.rect(start, 697, canvas.stringWidth("XXXXXXXXXX"), 12, stroke=0, fill=1)

    content = load(made(draw))
    assert texts(content, Layer.HIDDEN) == "XXXXXXXXXX"
    assert "The mother is" in texts(content, Layer.VISIBLE)
    assert "and lives there." in texts(content, Layer.VISIBLE)


def changed(change: Callable[[pikepdf.Pdf], None], draw: Draw = lambda canvas: None) -> bytes:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(made(draw))) as pdf:
        change(pdf)
        pdf.save(stream)
    return stream.getvalue()


def annotate(pdf: pikepdf.Pdf, **entries: object) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[70, 690, 300, 715], **entries)
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))


def attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["notes.txt"] = pikepdf.AttachedFileSpec(
        pdf, b"The mother is Kayleigh Marlowe", filename="notes.txt"
    )


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS='app.alert("Kayleigh Marlowe")')


def redact(pdf: pikepdf.Pdf) -> None:
    annotate(pdf, Subtype=pikepdf.Name.Redact, OverlayText="Kayleigh Marlowe")


def comment(pdf: pikepdf.Pdf) -> None:
    annotate(pdf, Subtype=pikepdf.Name.Text, Contents="Is this Kayleigh Marlowe?", T="Zara Quill")


def launch(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="C:\\Kayleigh Marlowe.exe")
    annotate(pdf, Subtype=pikepdf.Name.Link, A=action)


def mailto(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="mailto:Kayleigh Marlowe <k@example.org>")
    annotate(pdf, Subtype=pikepdf.Name.Link, A=action)


def info(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = pdf.docinfo["/Company"] = "Kayleigh Marlowe"


def private(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PieceInfo = pikepdf.Dictionary(Editor=pikepdf.Dictionary(Private=1))
    annotate(pdf, Subtype=pikepdf.Name.Link, Contents="Kayleigh Marlowe")


def layer_off(pdf: pikepdf.Pdf) -> None:
    group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Kayleigh Marlowe"))
    usual = pikepdf.Dictionary(OFF=[group])
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[group], D=usual)


def xfa(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"<xdp><name>Kayleigh Marlowe</name></xdp>")
    pdf.Root.AcroForm = pikepdf.Dictionary(XFA=form, Fields=[])


def alternative(pdf: pikepdf.Pdf) -> None:
    element = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Figure, Alt="Kayleigh Marlowe")
    pdf.Root.StructTreeRoot = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=pdf.make_indirect(element))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (attach, {"pdf.attachment"}),
        (script, {"pdf.javascript"}),
        (redact, {"pdf.redact_annot"}),
        (comment, {"pdf.annotation"}),
        (launch, {"pdf.launch"}),
        (mailto, {"pdf.mailto_or_file_link"}),
        (info, {"pdf.info.author", "pdf.info.custom"}),
        (private, {"pdf.pieceinfo"}),
        (layer_off, {"pdf.ocg_off"}),
        (xfa, {"pdf.form.xfa"}),
        (alternative, {"pdf.struct.alt"}),
    ],
)
def test_what_objects_say_is_found_and_read(change: Callable[[pikepdf.Pdf], None], expected: set[str]) -> None:
    content = load(changed(change))
    assert names(content) >= expected
    unseen = texts(content, Layer.HIDDEN) + texts(content, Layer.METADATA)
    assert "Kayleigh Marlowe" in unseen
    assert "Kayleigh" not in texts(content, Layer.VISIBLE)


def test_text_under_an_opaque_annotation_is_covered() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        annotate(pdf, Subtype=pikepdf.Name.Square, IC=[0, 0, 0])

    content = load(changed(change, lambda canvas: canvas.drawString(72, 700, NAME)))
    assert "pdf.text.covered" in names(content)
    assert texts(content, Layer.HIDDEN) == NAME


def test_an_earlier_version_is_opened_and_compared() -> None:
    first = made(lambda canvas: canvas.drawString(72, 700, NAME))
    page = pikepdf.open(io.BytesIO(first))
    number = page.pages[0].Contents.objgen[0]
    start = len(first) + 1
    body = b"BT /F1 12 Tf 72 780 Td (This can be seen.) Tj ET"
    added = b"\n%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (number, len(body), body)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, start)
    before = first.rpartition(b"startxref\n")[2].split()[0]
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %s >>\n" % (
        len(page.objects) + 1,
        page.Root.objgen[0],
        before,
    )
    data = first + added + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (len(first) + len(added))
    content = load(data)
    assert NAME not in texts(content, Layer.VISIBLE)
    assert NAME in texts(content, Layer.HIDDEN)
    assert names(content) >= {"pdf.incremental", "pdf.revision_text"}


def test_a_scan_with_recognised_text_is_a_gap() -> None:
    from PIL import Image

    def draw(canvas: Canvas) -> None:
        canvas.showPage()
        canvas.drawImage(ImageReader(Image.effect_noise((60, 80), 90)), 0, 0, 595, 842)
        invisible(canvas)

    content = load(made(draw))
    assert {"pdf.ocr_layer", "pdf.text.invisible_tr3"} <= names(content)
    assert texts(content, Layer.HIDDEN) == NAME
    assert [place.page for place, _ in content.gaps] == [2]


def photograph(canvas: Canvas) -> None:
    from PIL import Image

    canvas.drawImage(ImageReader(Image.effect_noise((60, 60), 90)), 100, 100, 300, 300)


def test_a_large_picture_on_a_page_of_text_has_to_be_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytest_scr_compliance.documents.pdf.is_installed", lambda: False)
    content = load(made(photograph))
    assert "pdf.picture" in names(content)
    assert not content.gaps


def test_recognised_text_of_a_picture_is_visible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytest_scr_compliance.documents.pdf.is_installed", lambda: True)
    monkeypatch.setattr("pytest_scr_compliance.documents.pdf.recognise", lambda image: [NAME])
    content = load(made(photograph))
    assert NAME in texts(content, Layer.VISIBLE)
    assert "pdf.picture" not in names(content)


def test_a_logo_is_no_picture_to_look_at() -> None:
    from PIL import Image

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.effect_noise((60, 60), 90)), 400, 760, 120, 50)

    assert "pdf.picture" not in names(load(made(draw)))


def test_text_that_a_page_gives_to_those_who_copy_from_it() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        body = b"/Span << /ActualText (Kayleigh Marlowe) >> BDC BT /F1 12 Tf 72 700 Td (Child A) Tj ET EMC"
        pdf.pages[0].contents_add(pdf.make_stream(body))

    content = load(changed(change))
    assert "pdf.struct.alt" in names(content)
    assert NAME in texts(content, Layer.HIDDEN)
    assert "Child A" in texts(content, Layer.VISIBLE)


def fields(pdf: pikepdf.Pdf) -> None:
    field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="Name", V="Shown value", TU="Kayleigh Marlowe", Opt=["a", "b"])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[pdf.make_indirect(field)])


def bookmarks(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Kayleigh Marlowe", 0))


def xmp(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as data:
        data["dc:creator"] = ["Kayleigh Marlowe"]
        data["dc:title"] = "Draft"
        data["pdfx:Reviewer"] = "Zara Quill"


def preview(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Thumb = pdf.make_stream(b"x")
    annotate(pdf, Subtype=pikepdf.Name.FreeText, Contents="Shown", F=2, T="Kayleigh Marlowe")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (fields, {"pdf.form_field"}),
        (bookmarks, {"pdf.bookmark"}),
        (xmp, {"pdf.xmp.author", "pdf.xmp.title", "pdf.xmp.other"}),
        (preview, {"pdf.thumbnail", "pdf.annotation", "pdf.annotation_hidden"}),
    ],
)
def test_forms_bookmarks_properties_and_previews(change: Callable[[pikepdf.Pdf], None], expected: set[str]) -> None:
    content = load(changed(change))
    assert names(content) >= expected
    assert NAME in texts(content, Layer.HIDDEN) + texts(content, Layer.METADATA)


def test_text_that_nothing_refers_to_any_more() -> None:
    data = made(lambda canvas: None)
    number, body = 90, b"BT /F1 12 Tf (Kayleigh Marlowe) Tj ET "
    added = b"\n%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (number, len(body), body)
    before = data.rpartition(b"startxref\n")[2].split()[0]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root.objgen[0]
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size 91 /Root %d 0 R /Prev %s >>\n" % (
        number, len(data) + 1, root, before,
    )  # fmt: skip
    content = load(data + added + table + b"startxref\n%d\n%%%%EOF\n" % (len(data) + len(added)))
    assert "pdf.unreferenced" in names(content)
    assert NAME in texts(content, Layer.HIDDEN)


def test_camera_data_of_a_picture_in_a_page() -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x013B] = NAME
    jpeg = io.BytesIO()
    Image.new("RGB", (30, 30)).save(
        jpeg, "JPEG", exif=exif, xmp=b"<x:xmpmeta xmlns:x='u'><a title='At home'/></x:xmpmeta>"
    )

    def change(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(
            jpeg.getvalue(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=30, Height=30,
            ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(Im1=image)

    content = load(changed(change))
    assert names(content) >= {"pdf.image_exif", "pdf.image_xmp", "img.author"}
    assert NAME in texts(content, Layer.METADATA)


def test_what_a_stamp_shows_is_visible() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        fonts = pikepdf.Dictionary(
            F1=pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        look = pdf.make_stream(
            b"BT /F1 12 Tf 5 5 Td (Approved by Kayleigh Marlowe) Tj ET", Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form, BBox=[0, 0, 230, 25], Resources=pikepdf.Dictionary(Font=fonts),
        )  # fmt: skip
        annotate(pdf, Subtype=pikepdf.Name.Stamp, AP=pikepdf.Dictionary(N=look), F=4)

    content = load(changed(change))
    assert "Approved by Kayleigh Marlowe" in texts(content, Layer.VISIBLE)
    assert texts(content, Layer.VISIBLE).count("This can be seen.") == 1


def test_a_bookmark_that_repeats_a_heading_is_not_said_twice() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root += [pikepdf.OutlineItem("This  can be seen.", 0), pikepdf.OutlineItem(NAME, 0)]

    content = load(changed(change))
    assert texts(content, Layer.HIDDEN) == NAME
    assert {item.name: item.count for item in content.hidden}["pdf.bookmark"] == 2
