"""Word documents: every part that bears text, in its layer and place."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor

from pytest_scr_compliance.documents import built_in_readers, read
from pytest_scr_compliance.errors import ReadError
from pytest_scr_compliance.model import Content, Layer
from pytest_scr_compliance.registry import Limits


def saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def load(document: docx.document.Document | bytes, **limits: int) -> Content:
    data = document if isinstance(document, bytes) else saved(document)
    return read(data, ".docx", built_in_readers(), Limits(**limits))


def texts(content: Content, layer: Layer = Layer.VISIBLE) -> list[str]:
    return [content.text[block.start : block.end] for block in content.blocks if block.layer is layer]


def places(content: Content, layer: Layer = Layer.VISIBLE) -> dict[str, str]:
    return {content.text[b.start : b.end]: str(b.place) for b in content.blocks if b.layer is layer}


def names(content: Content) -> set[str]:
    return {hidden.name for hidden in content.hidden}


def edited(data: bytes, part: str, change: dict[str, str]) -> bytes:
    """The package with pieces of one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            body = old.read(item.filename)
            if item.filename == part:
                text = body.decode()
                for before, after in change.items():
                    assert before in text
                    text = text.replace(before, after)
                body = text.encode()
            new.writestr(item.filename, body)
    return out.getvalue()


def add(paragraph: docx.text.paragraph.Paragraph, xml: str) -> None:
    xml = re.sub(r"^<w:(\w+)", rf"<w:\1 {nsdecls('w')}", xml)
    paragraph._p.append(parse_xml(xml))


def test_text_split_over_runs_is_joined() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Kay")
    paragraph.add_run("le").bold = True
    paragraph.add_run("igh Marlowe")
    assert texts(load(document)) == ["Kayleigh Marlowe"]


def test_every_part_that_bears_text_is_read() -> None:
    document = docx.Document()
    document.add_paragraph("Body text")
    document.sections[0].header.paragraphs[0].text = "Header text"
    document.sections[0].footer.paragraphs[0].text = "Footer text"
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Kayleigh", "Marlowe"
    box = document.add_paragraph("Beside a box")
    add(
        box,
        "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent><w:p><w:r>"
        "<w:t>Box text</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
    )
    run = document.add_paragraph("").add_run("Commented")
    document.add_comment(run, "Ask Tyrone", author="Tyrone Pike", initials="TP")
    content = load(document)
    assert set(texts(content)) == {
        "Body text",
        "Header text",
        "Footer text",
        "Kayleigh\tMarlowe",
        "Beside a box",
        "Box text",
        "Commented",
    }
    where = places(content)
    assert where["Kayleigh\tMarlowe"] == "table 1 row 1"
    assert where["Box text"].startswith("text box")
    assert where["Header text"].startswith("header")
    assert texts(content, Layer.HIDDEN) == ["Ask Tyrone"]
    assert places(content, Layer.HIDDEN)["Ask Tyrone"] == "comment 1, paragraph 5"
    assert "Tyrone Pike" in texts(content, Layer.METADATA)
    assert "docx.comment" in names(content)


def test_footnotes_and_endnotes_are_visible() -> None:
    data = saved(docx.Document())
    namespace = nsdecls("w")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            body = old.read(item.filename)
            if item.filename == "word/_rels/document.xml.rels":
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
                more = f'<Relationship Id="n1" Type="{kind}footnotes" Target="footnotes.xml"/>'
                more += f'<Relationship Id="n2" Type="{kind}endnotes" Target="endnotes.xml"/></Relationships>'
                body = body.replace(b"</Relationships>", more.encode())
            new.writestr(item.filename, body)
        for name in ("footnote", "endnote"):
            note = f"<w:{name} w:id='2'><w:p><w:r><w:t>In a {name}</w:t></w:r></w:p></w:{name}>"
            new.writestr(f"word/{name}s.xml", f"<w:{name}s {namespace}>{note}</w:{name}s>")
    assert set(places(load(out.getvalue())).items()) == {
        ("In a footnote", "footnote 2, paragraph 1"),
        ("In a endnote", "endnote 2, paragraph 1"),
    }


def test_tracked_changes_have_their_layers_and_whole_words() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Then ")
    add(paragraph, "<w:ins w:id='1' w:author='Tyrone Pike'><w:r><w:t>Child A</w:t></w:r></w:ins>")
    add(paragraph, "<w:del w:id='2' w:author='Tyrone Pike'><w:r><w:delText>Kayle</w:delText></w:r></w:del>")
    add(paragraph, "<w:r><w:t>igh's mother left</w:t></w:r>")
    content = load(document)
    assert texts(content) == ["Then Child Aigh's mother left"]
    assert texts(content, Layer.HIDDEN) == ["Kayleigh's"]


def test_hidden_white_and_tiny_text() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Seen ")
    paragraph.add_run("gone ").font.hidden = True
    paragraph.add_run("pale ").font.color.rgb = RGBColor(255, 255, 255)
    paragraph.add_run("small ").font.size = Pt(1)
    lit = paragraph.add_run("lit")
    lit.font.color.rgb, lit.font.highlight_color = RGBColor(255, 255, 255), WD_COLOR_INDEX.BLUE
    content = load(document)
    assert texts(content) == ["Seen lit"]
    assert texts(content, Layer.HIDDEN) == ["gone ", "pale ", "small "]
    assert names(content) >= {"docx.vanish", "docx.white_text", "docx.tiny_text"}


def test_white_text_on_a_shaded_table_header_is_visible() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].add_run("Role").font.color.rgb = RGBColor(255, 255, 255)
    cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:shd {nsdecls('w')} w:val='clear' w:fill='1F3864'/>"))
    content = load(document)
    assert texts(content) == ["Role"]
    assert "docx.white_text" not in names(content)


def test_pages_are_counted_where_word_has_noted_its_breaks() -> None:
    document = docx.Document()
    document.add_paragraph("One")
    add(document.add_paragraph(), "<w:r><w:lastRenderedPageBreak/><w:t>Two</w:t></w:r>")
    document.add_paragraph("Still two")
    content = load(document)
    assert places(content)["Still two"] == "page 2, paragraph 3"


@pytest.mark.parametrize("cut", [30, 200, 5000])
def test_a_file_that_is_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(ReadError):
        load(saved(docx.Document())[:cut])


def test_a_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 50_000_000)
    with pytest.raises(ReadError, match="unpacks"):
        load(out.getvalue())
    with pytest.raises(ReadError, match="unpacks"):
        load(saved(docx.Document()), unpacked=1000)


def test_entities_are_neither_fetched_nor_expanded_and_said() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><w:document'
    document = docx.Document()
    document.add_paragraph("Before MARK after")
    data = edited(saved(document), "word/document.xml", {"<w:document": bomb, "MARK": "&b;&f;"})
    content = load(data)
    assert texts(content) == ["Before  after"]
    assert "entities" in content.gaps[0][1]


def test_another_format_under_this_suffix_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("anything.xml", "<x/>")
    for data in (out.getvalue(), b"%PDF-1.7 x", b"plain", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)):
        with pytest.raises(ReadError):
            load(data)
