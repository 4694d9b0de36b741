"""OpenDocument, RTF, spreadsheets, slides, e-mail and pictures: text by layer, and what they hide."""

from __future__ import annotations

import io
from email.message import EmailMessage

import openpyxl
import pptx
import pytest
from PIL import Image, PngImagePlugin
from pptx.util import Emu

from pytest_scr_compliance.documents import built_in_readers, read
from pytest_scr_compliance.errors import ReadError
from pytest_scr_compliance.model import Content, Layer, Severity
from pytest_scr_compliance.registry import Limits

from .document_files import make_odt, make_picture, make_pptx, make_xlsx

NAME = "Kayleigh Marlowe"


def load(data: bytes | str, suffix: str) -> Content:
    return read(data if isinstance(data, bytes) else data.encode(), suffix, built_in_readers(), Limits())


def texts(content: Content, layer: Layer) -> list[str]:
    return [content.text[block.start : block.end] for block in content.blocks if block.layer is layer]


def unseen(content: Content) -> str:
    return "\n".join(texts(content, Layer.HIDDEN) + texts(content, Layer.METADATA))


def names(content: Content) -> set[str]:
    return {hidden.name for hidden in content.hidden}


# OpenDocument -------------------------------------------------------------------------------------------------------

VANISH = '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
WHITE = '<style:style style:name="T2" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>'
TRACKED = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><dc:creator>Zara Quill</dc:creator>'
    "<text:p>Kayleigh</text:p></text:deletion></text:changed-region></text:tracked-changes>"
)
ODT = {
    "odt.track.deletion": make_odt(f'{TRACKED}<text:p>The <text:change text:change-id="c1"/> Marlowe</text:p>'),
    "odt.annotation": make_odt(f"<text:p>x<office:annotation><text:p>{NAME}</text:p></office:annotation></text:p>"),
    "odt.hidden_field": make_odt(f'<text:p>x<text:span text:style-name="T1">{NAME}</text:span></text:p>', VANISH),
    "odt.white_text": make_odt(f'<text:p>x<text:span text:style-name="T2">{NAME}</text:span></text:p>', WHITE),
    "odt.hidden_text": make_odt(f'<text:p>x<text:hidden-text text:string-value="{NAME}"/></text:p>'),
    "odt.hidden_section": make_odt(f'<text:section text:display="none"><text:p>{NAME}</text:p></text:section>'),
    "odt.alt_text": make_odt(f"<text:p>x<draw:frame><svg:desc>{NAME}</svg:desc></draw:frame></text:p>"),
    "odt.database_field": make_odt(f'<text:p>x<text:database-display text:table-name="{NAME}"/></text:p>'),
    "odt.local_link": make_odt(f'<text:p><text:a xlink:href="mailto:{NAME}@example.org">x</text:a></text:p>'),
    "odt.meta.author": make_odt("<text:p>x</text:p>", meta=f"<dc:creator>{NAME}</dc:creator>"),
    "odt.meta.user_defined": make_odt(
        "<text:p>x</text:p>", meta=f'<meta:user-defined meta:name="x">{NAME}</meta:user-defined>'
    ),
    "odt.meta.template": make_odt("<text:p>x</text:p>", meta=f'<meta:template xlink:title="{NAME}"/>'),
    "odt.embedded_object": make_odt("<text:p>x</text:p>", members={"Object 1/content.xml": f"<x><y>{NAME}</y></x>"}),
    "odt.xml_comment": make_odt(f"<text:p>x</text:p><!-- {NAME} -->"),
    "odt.printer_name": make_odt(
        "<text:p>x</text:p>",
        members={"settings.xml": f'<s xmlns:c="urn:c"><c:config-item c:name="PrinterName">{NAME}</c:config-item></s>'},
    ),
}


@pytest.mark.parametrize("name", ODT)
def test_what_an_opendocument_text_hides(name: str) -> None:
    content = load(ODT[name], ".odt")
    assert name in names(content)
    assert NAME.split()[0] in unseen(content)
    assert "Kayleigh" not in "".join(texts(content, Layer.VISIBLE))


def test_an_opendocument_text_in_its_order() -> None:
    table = "<table:table><table:table-row><table:table-cell><text:p>Kay</text:p></table:table-cell>"
    table += "<table:table-cell><text:p>leigh</text:p></table:table-cell></table:table-row></table:table>"
    note = '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
    note += "<text:p>In a note</text:p></text:note-body></text:note>"
    content = load(make_odt(f'<text:p>One<text:s text:c="2"/>two{note}</text:p>{table}<text:h>End</text:h>'), ".odt")
    assert texts(content, Layer.VISIBLE) == ["One  two", "In a note", "Kay\tleigh", "End"]
    assert [str(block.place) for block in content.blocks] == [
        "paragraph 1", "footnote 1, paragraph 1", "table 1 row 1", "paragraph 4"
    ]  # fmt: skip


def test_a_deleted_word_is_not_joined_with_the_inserted_one() -> None:
    changes = TRACKED.replace(
        "</text:tracked-changes>",
        '<text:changed-region text:id="c2"><text:insertion/></text:changed-region></text:tracked-changes>',
    )
    body = '<text:p>See <text:change-start text:change-id="c2"/>Child A<text:change-end text:change-id="c2"/>'
    content = load(make_odt(f'{changes}{body}<text:change text:change-id="c1"/> now</text:p>'), ".odt")
    assert texts(content, Layer.VISIBLE) == ["See Child A now"]
    assert texts(content, Layer.HIDDEN) == ["Kayleigh"]


def test_an_encrypted_opendocument_text_is_refused() -> None:
    manifest = '<m xmlns:m="urn:m"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m>'
    with pytest.raises(ReadError, match="password"):
        load(make_odt(members={"META-INF/manifest.xml": manifest}), ".odt")


# RTF ----------------------------------------------------------------------------------------------------------------

RTF = {
    "rtf.track.deletion": r"\pard x {\deleted Kayleigh Marlowe}",
    "rtf.hidden_text": r"\pard x {\v Kayleigh Marlowe}",
    "rtf.annotation": r"\pard x {\*\annotation Kayleigh Marlowe}",
    "rtf.info.author": r"{\info{\operator Kayleigh Marlowe}}\pard x",
    "rtf.info.title": r"{\info{\doccomm Kayleigh Marlowe}}\pard x",
    "rtf.user_props": r"{\*\userprops{\propname x}\proptype30{\staticval Kayleigh Marlowe}}\pard x",
    "rtf.template_path": r"{\*\template S:\\Kayleigh Marlowe\\x.dot}\pard x",
    "rtf.revtbl": r"{\*\revtbl{Unknown;}{Kayleigh Marlowe;}}\pard x",
    "rtf.docvars": r"{\*\docvar {x}{Kayleigh Marlowe}}\pard x",
    "rtf.field": r"\pard {\field{\*\fldinst DOCPROPERTY " + '"Kayleigh Marlowe"' + r"}{\fldrslt x}}",
    "rtf.mailto_link": r"\pard {\field{\*\fldinst HYPERLINK " + '"mailto:Kayleigh Marlowe"' + r"}{\fldrslt x}}",
    "rtf.embedded_object": r"\pard x {\object\objemb{\*\objdata " + NAME.encode().hex() + r"}}",
}


@pytest.mark.parametrize("name", RTF)
def test_what_rtf_hides(name: str) -> None:
    content = load(r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}" + RTF[name] + r"\par}", ".rtf")
    assert name in names(content)
    assert NAME in unseen(content)
    assert "".join(texts(content, Layer.VISIBLE)).strip() == "x"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"Zo\'eb", "Zoë"),
        (r"\uc1 Zo\u235?", "Zoë"),
        (r"\uc2 Zo\u235\'00\'00", "Zoë"),
        (r"\lquote no\rquote\~way", "‘no’\N{NO-BREAK SPACE}way"),
        (r"Kay\b leigh\b0  M", "Kayleigh M"),
        (r"a\tab b\line c", "a\tb\nc"),
        (r"\{a\\b\}", r"{a\b}"),
        (r"{\f1 \'c8}", "Č"),
        (r"a{\*\unknown gone}b", "ab"),
        (r"a\*\cs7 b", "ab"),
    ],
)
def test_rtf_text(source: str, text: str) -> None:
    content = load(r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 A;}{\f1\fcharset238 B;}}\pard " + source + "}", ".rtf")
    assert texts(content, Layer.VISIBLE) == [text]


def test_rtf_that_is_not_closed_or_closed_twice() -> None:
    with pytest.raises(ReadError):
        load(r"{\rtf1 text", ".rtf")
    assert "rtf.trailing_bytes" in names(load(r"{\rtf1 text}{more}", ".rtf"))
    with pytest.raises(ReadError):
        load("{\\rtf1 " + "{" * 200_000, ".rtf")


def test_deeply_nested_rtf_is_read() -> None:
    assert "deep" in load("{\\rtf1 " + "{" * 5000 + "deep" + "}" * 5001, ".rtf").text


# Spreadsheets and slides --------------------------------------------------------------------------------------------


def test_a_workbook_by_sheet_and_row() -> None:
    content = load(make_xlsx(), ".xlsx")
    assert "Kayleigh\tMarlowe\t12" in texts(content, Layer.VISIBLE)
    assert {"gone", "Ask Tyrone", "Secret"} <= set(texts(content, Layer.HIDDEN))
    assert names(content) >= {"xlsx.hidden_sheet", "xlsx.comment"}
    assert "Zara Quill" in unseen(content)


def test_dates_hidden_rows_and_hidden_columns() -> None:
    from datetime import date

    book = openpyxl.Workbook()
    book.active.append(["born", date(2003, 5, 2), "aside"])
    book.active.append(["below"])
    book.active.column_dimensions["C"].hidden = True
    book.active.row_dimensions[2].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    content = load(stream.getvalue(), ".xlsx")
    assert "born\t02/05/2003" in texts(content, Layer.VISIBLE)
    assert {"aside", "below"} <= set(texts(content, Layer.HIDDEN))
    assert "xlsx.hidden_rows" in names(content)


def test_slides_notes_and_what_lies_beside() -> None:
    content = load(make_pptx(), ".pptx")
    assert "Ask Tyrone" in texts(content, Layer.HIDDEN)
    assert "pptx.notes" in names(content)
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Shown"
    slide.shapes.add_textbox(Emu(-3_000_000), Emu(0), Emu(1_000_000), Emu(10_000)).text_frame.text = NAME
    away = show.slides.add_slide(show.slide_layouts[5])
    away.shapes.title.text = "Away"
    away._element.set("show", "0")
    stream = io.BytesIO()
    show.save(stream)
    content = load(stream.getvalue(), ".pptx")
    assert texts(content, Layer.VISIBLE) == ["Shown"]
    assert {NAME, "Away"} <= set(texts(content, Layer.HIDDEN))
    assert names(content) >= {"pptx.off_slide", "pptx.hidden_slide"}


# E-mail -------------------------------------------------------------------------------------------------------------


def test_a_message_its_headers_and_its_attachments() -> None:
    message = EmailMessage()
    message["From"], message["Subject"], message["X-Mailer-User"] = "zara@example.org", "Draft", "S Quill"
    message.set_content("First.\n\nSecond.")
    message.add_alternative("<p>First.</p><!-- aside -->", subtype="html")
    message.add_attachment(NAME.encode(), maintype="text", subtype="plain", filename="notes.txt")
    content = load(message.as_bytes(), ".eml")
    assert {"Draft", "First.", "Second."} <= set(texts(content, Layer.VISIBLE))
    assert NAME in texts(content, Layer.HIDDEN)
    assert {"S Quill", "notes.txt"} <= set(texts(content, Layer.METADATA))
    assert names(content) >= {"eml.attachment", "html.comment"}


def test_what_is_no_message_is_refused() -> None:
    with pytest.raises(ReadError):
        load("Only a text.\n", ".eml")


# Pictures -----------------------------------------------------------------------------------------------------------


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def plain() -> Image.Image:
    return Image.new("RGB", (40, 30), "grey")


def exif(tag: int, value: object, ifd: int | None = None) -> Image.Exif:
    data = Image.Exif()
    if ifd:
        data.get_ifd(ifd)[tag] = value
    else:
        data[tag] = value
    return data


def chunks(key: str, value: str) -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text(key, value)
    return info


XMP = (
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    f'xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description><dc:creator><rdf:Seq><rdf:li>{NAME}</rdf:li>'
    "</rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
).encode()


@pytest.mark.parametrize(
    ("data", "suffix", "expected"),
    [
        (saved(plain(), "JPEG", exif=exif(0x013B, NAME)), ".jpg", {"img.author"}),
        (saved(plain(), "JPEG", exif=exif(0x010E, NAME)), ".jpg", {"img.caption"}),
        (saved(plain(), "JPEG", comment=NAME.encode()), ".jpg", {"img.comment"}),
        (saved(plain(), "JPEG", xmp=XMP), ".jpg", {"img.xmp", "img.author"}),
        (saved(plain(), "PNG", pnginfo=chunks("Comment", NAME)), ".png", {"img.comment", "img.text_chunk"}),
        (saved(plain(), "WEBP", exif=exif(0x8298, NAME)), ".webp", {"img.author"}),
        (saved(plain(), "TIFF", description=NAME), ".tif", {"img.caption"}),
        (saved(plain(), "JPEG") + b"PK" + NAME.encode(), ".jpg", {"img.trailing_bytes"}),
    ],
)
def test_what_a_picture_says(data: bytes, suffix: str, expected: set[str]) -> None:
    content = load(data, suffix)
    assert names(content) >= expected
    assert NAME in unseen(content)


def test_the_place_of_a_photograph_is_an_error() -> None:
    data = Image.Exif()
    data.get_ifd(0x8825).update({1: "N", 2: (51.0, 16.0, 3.0)})
    content = load(saved(plain(), "JPEG", exif=data), ".jpg")
    assert {item.name: item.severity for item in content.hidden}["img.gps"] is Severity.ERROR


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_a_picture_without_recognition_is_a_gap(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytest_scr_compliance.documents.images.recognise", lambda image: None)
    content = load(make_picture("PNG" if suffix == ".png" else "JPEG"), suffix)
    assert content.gaps


def test_recognised_text_of_a_picture_is_visible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytest_scr_compliance.documents.images.recognise", lambda image: [NAME])
    content = load(make_picture(), ".jpg")
    assert texts(content, Layer.VISIBLE) == [NAME]
    assert not content.gaps


def test_a_picture_of_too_many_points_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytest_scr_compliance.documents.images.MOST_PIXELS", 100)
    with pytest.raises(ReadError, match="points"):
        load(make_picture(), ".jpg")


# All of them --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".pdf", ".rtf", ".xlsx", ".pptx", ".jpg", ".png"])
def test_another_format_under_a_suffix_is_refused(suffix: str) -> None:
    for data in (b"plain text", make_odt(), make_picture("GIF")):
        if suffix == ".odt" and data[:2] == b"PK":
            continue
        with pytest.raises(ReadError):
            load(data, suffix)


def test_a_reader_that_fails_says_so_without_its_message() -> None:
    def fail(data: bytes, limits: Limits) -> Content:
        raise RuntimeError(NAME)

    with pytest.raises(ReadError) as error:
        read(b"data", ".x", {".x": fail}, Limits())
    assert NAME not in str(error.value)
    assert error.value.__suppress_context__
