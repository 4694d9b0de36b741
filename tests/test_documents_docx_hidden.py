"""What a Word package holds besides its text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from PIL import Image

from pytest_scr_compliance.documents import built_in_readers, read
from pytest_scr_compliance.model import Content, Layer, Severity
from pytest_scr_compliance.registry import Limits

from .document_files import make_docx, make_picture, make_xlsx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAME = "Jordan Tremaine"


def load(data: bytes, suffix: str = ".docx") -> Content:
    return read(data, suffix, built_in_readers(), Limits())


def unseen(content: Content) -> str:
    return "\n".join(content.text[b.start : b.end] for b in content.blocks if b.layer is not Layer.VISIBLE)


def seen(content: Content) -> str:
    return "\n".join(content.text[b.start : b.end] for b in content.blocks if b.layer is Layer.VISIBLE)


def names(content: Content) -> set[str]:
    return {hidden.name for hidden in content.hidden}


def changed(
    replace: Mapping[str, tuple[str, str]] | None = None, add: Mapping[str, str | bytes] | None = None
) -> bytes:
    """A Word file with one piece of some parts replaced, and further parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(make_docx())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if replace and name in replace:
                before, after = replace[name]
                assert before.encode() in body, name
                body = body.replace(before.encode(), after.encode(), 1)
            new.writestr(name, body)
        for name, data in (add or {}).items():
            new.writestr(name, data)
    return out.getvalue()


def linked(kind: str, target: str, data: str | bytes | None = None, *, external: bool = False) -> bytes:
    """A Word file with one more relationship, and the part that it leads to."""
    mode = ' TargetMode="External"' if external else ""
    link = f'<Relationship Id="rId99" Type="{KIND}/{kind}" Target="{target}"{mode}/></Relationships>'
    add = {} if data is None else {f"word/{target}": data}
    return changed({"word/_rels/document.xml.rels": ("</Relationships>", link)}, add)


def in_settings(xml: str) -> bytes:
    return changed({"word/settings.xml": ("</w:settings>", f"{xml}</w:settings>")})


def in_body(xml: str) -> bytes:
    return changed({"word/document.xml": ("<w:body>", f"<w:body>{xml}")})


CASES = {
    "docx.template_path": linked("attachedTemplate", "file:///S:/Jordan Tremaine/report.dot", external=True),
    "docx.local_path_link": linked("hyperlink", "file:///S:/Jordan Tremaine/", external=True),
    "docx.mailto_link": linked("hyperlink", "mailto:Jordan Tremaine@example.org", external=True),
    "docx.external_link": linked("image", "http://example.org/Jordan Tremaine.png", external=True),
    "docx.people": linked(
        "people", "people.xml", f'<w15:people xmlns:w15="urn:x"><w15:person w15:author="{NAME}"/></w15:people>'
    ),
    "docx.glossary": linked(
        "glossaryDocument", "glossary.xml", f'<w:glossaryDocument xmlns:w="{W}"><w:t>{NAME}</w:t></w:glossaryDocument>'
    ),
    "docx.altchunk": linked("aFChunk", "chunk.html", f"<p>{NAME}</p>"),
    "docx.embedded_object": changed(add={"word/embeddings/notes.txt": NAME}),
    "docx.custom_xml": changed(add={"customXml/item9.xml": f"<a><b>{NAME}</b></a>"}),
    "docx.printer_settings": changed(add={"word/printerSettings/printerSettings1.bin": NAME.encode("utf-16-le")}),
    "docx.activex": changed(add={"word/activeX/activeX1.xml": f"<ax><p>{NAME}</p></ax>"}),
    "docx.docvars": in_settings(f'<w:docVars><w:docVar w:name="x" w:val="{NAME}"/></w:docVars>'),
    "docx.mail_merge": in_settings(f'<w:mailMerge><w:query w:val="{NAME}"/></w:mailMerge>'),
    "docx.field": in_body(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DOCPROPERTY "Jordan </w:instrText></w:r>'
        '<w:r><w:instrText>Tremaine" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    ),
    "docx.alt_text": in_body(f'<w:p><w:r><w:drawing><docPr descr="{NAME}"/></w:drawing></w:r></w:p>'),
    "docx.xml_comment": in_body(f"<!-- {NAME} -->"),
    "docx.form_field": in_body(f'<w:sdt><w:sdtPr><w:alias w:val="{NAME}"/></w:sdtPr><w:sdtContent/></w:sdt>'),
    "docx.track.format": in_body(f'<w:p><w:pPr><w:pPrChange w:author="{NAME}"/></w:pPr></w:p>'),
    "docx.track.move": in_body(f'<w:p><w:moveFrom w:author="X"><w:r><w:t>{NAME}</w:t></w:r></w:moveFrom></w:p>'),
    "zip.stray_part": changed(add={"word/old.xml": f"<a>{NAME}</a>"}),
}


@pytest.mark.parametrize("name", CASES)
def test_what_a_package_holds_is_found_and_read(name: str) -> None:
    content = load(CASES[name])
    assert name in names(content)
    assert NAME in unseen(content)
    assert NAME not in seen(content)


def test_macros_cropped_pictures_and_thumbnails() -> None:
    assert "docx.vba" in names(load(changed(add={"word/vbaProject.bin": b"x"}), ".docm"))
    assert "docx.cropped_image" in names(load(in_body('<w:p><srcRect l="4000"/></w:p>')))
    assert "docx.cropped_image" not in names(load(in_body('<w:p><srcRect l="0"/></w:p>')))
    assert "docx.thumbnail" in names(load(changed()))  # python-docx's template has one


def test_a_picture_in_a_document_is_looked_into() -> None:
    content = load(changed(add={"word/media/image1.jpg": make_picture()}))
    assert {"docx.image_metadata", "img.author"} <= names(content)
    assert "Zara Quill" in unseen(content)


@pytest.mark.parametrize(("size", "expected"), [((400, 500), True), ((400, 80), False)])
def test_a_large_picture_has_to_be_looked_at(
    size: tuple[int, int], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pytest_scr_compliance.documents.embedded.recognise", lambda image: None)
    stream = io.BytesIO()
    Image.new("RGB", size).save(stream, "PNG")
    assert ("docx.picture" in names(load(changed(add={"word/media/image1.png": stream.getvalue()})))) is expected


def test_an_embedded_workbook_is_read_in_turn() -> None:
    content = load(changed(add={"word/embeddings/book.xlsx": make_xlsx()}))
    assert {"docx.embedded_object", "xlsx.hidden_sheet", "xlsx.comment"} <= names(content)
    assert "Kayleigh\tMarlowe" in unseen(content)


def test_files_within_files_end_at_the_depth_limit() -> None:
    data = changed()
    for _ in range(6):
        data = changed(add={"word/embeddings/inner.docx": data})
    content = load(data)
    assert any("more deeply than the limit" in reason for _, reason in content.gaps)


def test_properties_name_people_and_programs_do_not() -> None:
    document = docx.Document()
    document.add_paragraph("Text")
    document.core_properties.author, document.core_properties.last_modified_by = "python-docx", "Zara Quill"
    document.core_properties.comments = ""
    stream = io.BytesIO()
    document.save(stream)
    content = load(stream.getvalue())
    assert "Zara Quill" in unseen(content)
    assert "python-docx" not in unseen(content)
    document.core_properties.last_modified_by = "LibreOffice"
    document.save(stream := io.BytesIO())
    severities = {hidden.name: hidden.severity for hidden in load(stream.getvalue()).hidden}
    assert severities["docx.core.author"] is Severity.NOTE


def test_black_highlighting_over_black_text_is_no_redaction() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Seen ")
    paragraph.add_run("Kayleigh").font.highlight_color = WD_COLOR_INDEX.BLACK
    stream = io.BytesIO()
    document.save(stream)
    content = load(stream.getvalue())
    assert seen(content).strip() == "Seen"
    assert "docx.blacked_out" in names(content)
    assert "Kayleigh" in unseen(content)


def test_a_second_version_of_a_drawing_that_says_more_is_hidden() -> None:
    def box(text: str) -> str:
        return f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"

    def both(one: str, other: str) -> bytes:
        choice = f'<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice>{box(one)}</mc:Choice>'
        return in_body(f"<w:p><w:r>{choice}<mc:Fallback>{box(other)}</mc:Fallback></mc:AlternateContent></w:r></w:p>")

    same = load(both("Shown", "Shown"))
    assert seen(same).count("Shown") == 1
    assert "docx.alternate_text" not in names(same)
    more = load(both("Shown", NAME))
    assert NAME in unseen(more)
    assert "docx.alternate_text" in names(more)
