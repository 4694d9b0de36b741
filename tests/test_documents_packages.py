"""Parts of packages that only some documents have: copied data, records of changes, macros, previews, properties."""

from __future__ import annotations

import base64
import io
import json
import sys
import zipfile
from collections.abc import Mapping
from types import SimpleNamespace

import pytest
from PIL import Image

from pytest_scr_compliance.documents import built_in_readers, read, worker
from pytest_scr_compliance.documents.wire import receive, send
from pytest_scr_compliance.errors import ReadError
from pytest_scr_compliance.model import Content, Layer
from pytest_scr_compliance.registry import Limits

from .document_files import make_docx, make_html, make_odt, make_picture, make_pptx, make_xlsx

KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAME = "Jordan Tremaine"
NAMES = f"<x><a>{NAME}</a></x>"


def load(data: bytes, suffix: str) -> Content:
    return read(data, suffix, built_in_readers(), Limits())


def texts(content: Content, *layers: Layer) -> str:
    return "\n".join(content.text[b.start : b.end] for b in content.blocks if b.layer in layers)


def unseen(content: Content) -> str:
    return texts(content, Layer.HIDDEN, Layer.METADATA)


def names(content: Content) -> set[str]:
    return {hidden.name for hidden in content.hidden}


def changed(data: bytes, replace: Mapping[str, tuple[str, str]], add: Mapping[str, str | bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name in replace:
                before, after = replace[name]
                assert before.encode() in body, name
                body = body.replace(before.encode(), after.encode(), 1)
            new.writestr(name, body)
        for name, body in (add or {}).items():
            new.writestr(name, body)
    return out.getvalue()


def linked(data: bytes, listing: str, kind: str, target: str, body: str | bytes, *, external: bool = False) -> bytes:
    """A package with one more relationship, and the part that it leads to beside the source."""
    mode = ' TargetMode="External"' if external else ""
    link = f'<Relationship Id="rId999" Type="{KIND}/{kind}" Target="{target}"{mode}/></Relationships>'
    folder = listing.rpartition("_rels/")[0]
    return changed(data, {listing: ("</Relationships>", link)}, {} if external else {folder + target: body})


BOOK = "xl/_rels/workbook.xml.rels"
SHOW = "ppt/_rels/presentation.xml.rels"
SLIDE = "ppt/slides/_rels/slide1.xml.rels"
DRAWN = f'<c xmlns:a="urn:a"><a:p><a:r><a:t>{NAME}</a:t></a:r></a:p></c>'

DEFINED = f'<definedNames><definedName hidden="1" comment="{NAME}">1</definedName></definedNames>'

WORKBOOKS = {
    "xlsx.pivot_cache": linked(make_xlsx(), BOOK, "pivotCacheDefinition", "pivot.xml", f'<p><s v="{NAME}"/></p>'),
    "xlsx.external_link": linked(make_xlsx(), BOOK, "externalLink", "link.xml", f"<p><v>{NAME}</v></p>"),
    "xlsx.connections": linked(make_xlsx(), BOOK, "connections", "connections.xml", f'<p connection="{NAME}"/>'),
    "xlsx.track": linked(make_xlsx(), BOOK, "usernames", "users.xml", f'<u name="{NAME}"/>'),
    "xlsx.people": linked(make_xlsx(), BOOK, "person", "persons.xml", f'<p><person displayName="{NAME}"/></p>'),
    "xlsx.local_path_link": linked(make_xlsx(), BOOK, "x", f"file:///S:/{NAME}.xlsx", "", external=True),
    "xlsx.names": changed(make_xlsx(), {"xl/workbook.xml": ("</sheets>", f"</sheets>{DEFINED}")}),
    "xlsx.vba": changed(make_xlsx(), {}, {"xl/vbaProject.bin": b"x", "customXml/item1.xml": NAMES}),
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_what_a_workbook_holds(name: str) -> None:
    content = load(WORKBOOKS[name], ".xlsx")
    assert name in names(content)
    assert NAME in unseen(content)


SHOWS = {
    "pptx.people": linked(make_pptx(), SHOW, "commentAuthors", "authors.xml", f'<a><cmAuthor name="{NAME}"/></a>'),
    "pptx.comment": linked(make_pptx(), SLIDE, "comments", "comment.xml", f"<a><cm><text>{NAME}</text></cm></a>"),
    "pptx.embedded_object": changed(make_pptx(), {}, {"ppt/embeddings/notes.txt": NAME}),
    "pptx.mailto_link": linked(make_pptx(), SLIDE, "hyperlink", f"mailto:{NAME}", "", external=True),
}


@pytest.mark.parametrize("name", SHOWS)
def test_what_slides_hold(name: str) -> None:
    content = load(SHOWS[name], ".pptx")
    assert name in names(content)
    assert NAME in unseen(content)


@pytest.mark.parametrize("kind", ["chart", "diagramData"])
def test_charts_and_diagrams_of_slides_and_documents_are_visible(kind: str) -> None:
    assert NAME in texts(load(linked(make_pptx(), SLIDE, kind, "c.xml", DRAWN), ".pptx"), Layer.VISIBLE)
    data = linked(make_docx(), "word/_rels/document.xml.rels", kind, "c.xml", DRAWN)
    assert NAME in texts(load(data, ".docx"), Layer.VISIBLE)


def test_a_table_and_a_cut_picture_on_a_slide() -> None:
    import pptx
    from pptx.util import Emu

    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    table = slide.shapes.add_table(1, 2, Emu(0), Emu(0), Emu(1_000_000), Emu(100_000)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "Jordan", "Tremaine"
    picture = slide.shapes.add_picture(io.BytesIO(make_picture()), Emu(0), Emu(0))
    picture.crop_left = 0.2
    stream = io.BytesIO()
    show.save(stream)
    content = load(stream.getvalue(), ".pptx")
    assert "Jordan\tTremaine" in texts(content, Layer.VISIBLE)
    assert names(content) >= {"pptx.cropped_image", "pptx.image_metadata", "img.author"}


def test_document_properties() -> None:
    app = (
        f"<Properties><Company>{NAME} Ltd</Company><Manager>M {NAME}</Manager><Template>{NAME}.dotm</Template>"
        f"<HyperlinkBase>file:///S:/{NAME}</HyperlinkBase></Properties>"
    )
    custom = f'<Properties><property name="Case"><x>{NAME} 12</x></property></Properties>'
    with zipfile.ZipFile(io.BytesIO(make_docx())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts |= {"docProps/app.xml": app.encode(), "docProps/custom.xml": custom.encode()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, body in parts.items():
            package.writestr(name, body)
        package.comment = b"packed by Zara Quill"
    content = load(out.getvalue() + b"and more", ".docx")
    assert names(content) >= {
        "docx.app.company", "docx.app.manager", "docx.app.template", "docx.custom_props", "docx.local_path_link",
        "zip.comment", "zip.stray_bytes",
    }  # fmt: skip
    for text in (f"{NAME} Ltd", f"M {NAME}", f"{NAME}.dotm", f"{NAME} 12", "packed by Zara Quill"):
        assert text in unseen(content)


def test_two_parts_of_one_name_are_a_gap() -> None:
    out = io.BytesIO(make_docx())
    with zipfile.ZipFile(out, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("word/document.xml", package.read("word/document.xml").replace(b"Child A", b"Kayleigh"))
    assert any("two parts of one name" in reason for _, reason in load(out.getvalue(), ".docx").gaps)


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(make_docx())
    position = data.find(b"PK\x01\x02")
    data[position + 8] |= 1
    with pytest.raises(ReadError, match="password"):
        load(bytes(data), ".docx")


def test_opendocument_members() -> None:
    members = {
        "META-INF/manifest.xml": '<m xmlns:m="urn:m"><m:file-entry m:full-path="content.xml"/></m>',
        "Basic/Standard/Module1.xml": "<x/>",
        "Thumbnails/thumbnail.png": "x",
        "Object 2": NAME,
        "Pictures/photo.jpg": "",
        "left/over.xml": NAMES,
        "styles.xml": "<s xmlns:style='urn:style' xmlns:text='urn:text'><style:master-page><style:header>"
        "<text:p>Top of page</text:p></style:header></style:master-page></s>",
    }
    content = load(make_odt("<text:p>Seen</text:p>", members=members), ".odt")
    assert names(content) >= {"odt.macro", "odt.thumbnail", "odt.embedded_object", "zip.stray_part"}
    assert "Top of page" in texts(content, Layer.VISIBLE)
    assert content.gaps


def test_opendocument_forms_text_boxes_and_cut_pictures() -> None:
    body = (
        f'<office:forms xmlns:form="urn:f"><form:text form:current-value="{NAME}"/></office:forms><text:p>Seen'
        "<draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame></text:p>"
    )
    style = '<style:style style:name="g" style:family="graphic"><style:graphic-properties fo:clip="rect(0.5in, 0in)"/>'
    content = load(make_odt(body, style + "</style:style>"), ".odt")
    assert "odt.cropped_image" in names(content)
    assert NAME in unseen(content)
    assert "In a box" in texts(content, Layer.VISIBLE)


def test_another_opendocument_format_is_refused() -> None:
    with pytest.raises(ReadError):
        load(make_odt(members={"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), ".odt")


def test_files_inside_of_a_page() -> None:
    picture = base64.b64encode(make_picture()).decode()
    text = base64.b64encode(NAME.encode()).decode()
    page = f'<p>Seen<img src="data:image/jpeg;base64,{picture}"><a href="data:text/plain;base64,{text}">x</a>'
    page += (
        "<style>p {background: url(data:image/png;base64,AAAA)}</style><script type='application/ld+json'>{}</script>"
    )
    content = load(page.encode(), ".html")
    assert names(content) >= {
        "html.data_uri_image",
        "html.data_uri",
        "html.image_metadata",
        "img.author",
        "html.script",
    }
    assert {"Zara Quill", NAME} <= set(unseen(content).split("\n"))
    assert "html.picture" in names(content)  # the picture of the style sheet is none


def test_drawings_that_are_no_pixels() -> None:
    drawing = b"\x01\x00\x00\x00" + NAME.encode("utf-16-le") + b"\x00\x00"
    vector = f"<svg><text>In a vector {NAME}</text></svg>"
    members = {"word/media/image1.emf": drawing, "word/media/image2.svg": vector}
    content = load(changed(make_docx(), {}, members), ".docx")
    assert "docx.picture" in names(content)
    assert {NAME, f"In a vector {NAME}"} <= set(unseen(content).split("\n"))


def test_a_page_without_a_known_encoding() -> None:
    with pytest.raises(ReadError):
        load(b"<p>\x81\x8d\x8f", ".html")
    assert "text.encoding" in names(load("<p>Zoë".encode("cp1252"), ".html"))


# Pictures -------------------------------------------------------------------------------------------------------------


def test_press_data_of_a_photograph() -> None:
    def record(number: int, text: bytes) -> bytes:
        return b"\x1c\x02" + bytes([number]) + len(text).to_bytes(2, "big") + text

    iptc = record(80, NAME.encode()) + record(120, b"Seen at the school")
    block = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + len(iptc).to_bytes(4, "big") + iptc + b"\x00" * (len(iptc) % 2)
    data = make_picture()
    data = data[:2] + b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block + data[2:]
    content = load(data, ".jpg")
    assert names(content) >= {"img.iptc", "img.author", "img.caption"}
    assert {NAME, "Seen at the school"} <= set(unseen(content).split("\n"))


def test_properties_of_a_format_whose_pixels_cannot_be_read() -> None:
    exif = Image.Exif()
    exif[0x013B], exif[0x9C9D] = NAME, "Zara Quill".encode("utf-16-le")
    data = b"\x00\x00\x00\x18ftypheic" + bytes(12) + exif.tobytes() + b"<x:xmpmeta><a title='At home'/></x:xmpmeta>"
    content = load(data, ".heic")
    assert names(content) >= {"img.author", "img.xmp", "img.caption"}
    assert NAME in unseen(content)
    assert content.gaps


@pytest.mark.parametrize("value", [b"ASCII\x00\x00\x00at home", b"UNICODE\x00" + "at home".encode("utf-16-le")])
def test_the_comment_of_a_camera(value: bytes) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9286] = value
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "JPEG", exif=exif)
    content = load(stream.getvalue(), ".jpg")
    assert "img.caption" in names(content)
    assert "at home" in unseen(content)


def test_further_frames_are_said() -> None:
    stream = io.BytesIO()
    frames = [Image.new("L", (9, 9), shade) for shade in (0, 90, 180)]
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:])
    assert {item.name: item.count for item in load(stream.getvalue(), ".gif").hidden}["img.extra_frames"] == 2


def test_recognition_puts_lines_in_reading_order(monkeypatch: pytest.MonkeyPatch) -> None:
    from pytest_scr_compliance.documents import ocr

    def box(x: float, y: float) -> list[tuple[float, float]]:
        return [(x, y), (x + 90, y), (x + 90, y + 20), (x, y + 20)]

    result = SimpleNamespace(txts=("Marlowe", "Kayleigh", "below"), boxes=[box(110, 0), box(10, 0), box(10, 26)])
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr, "_engine", lambda: lambda pixels: result)
    assert ocr.recognise(Image.new("RGB", (300, 60))) == ["Kayleigh Marlowe\nbelow"]


# The worker -----------------------------------------------------------------------------------------------------------


def test_the_worker_answers_each_order(monkeypatch: pytest.MonkeyPatch) -> None:
    orders, answers = io.BytesIO(), io.BytesIO()
    for suffix, name, data in (
        (".html", "read_html", make_html()),
        (".html", "read_html", b"<p>\x81"),
        (".x", "no", b"x"),
    ):
        order = {
            "suffix": suffix, "reader": ["pytest_scr_compliance.documents.html", name], "megabytes": 10**6,
            "limits": {"text": 10**6, "pages": 9, "unpacked": 10**6, "depth": 1},
        }  # fmt: skip
        send(orders, json.dumps(order).encode())
        send(orders, data)
    orders.seek(0)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=orders))
    monkeypatch.setattr(worker, "_limit_memory", lambda megabytes: None)
    monkeypatch.setattr(worker.os, "fdopen", lambda *_: answers)
    monkeypatch.setattr(worker.os, "dup", lambda _: 1)
    monkeypatch.setattr(worker.os, "dup2", lambda *_: None)
    worker.main()
    answers.seek(0)
    first, second, third = (json.loads(receive(answers)) for _ in range(3))
    assert "Kayleigh" in first["text"]
    assert "encoding" in second["error"]
    assert "AttributeError" in third["error"]
