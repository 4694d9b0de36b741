"""Plain text, Markdown and HTML: offsets, encodings, layers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_scr_compliance.documents import built_in_readers, read
from pytest_scr_compliance.errors import ReadError
from pytest_scr_compliance.model import Content, Layer
from pytest_scr_compliance.registry import Limits


def load(data: bytes | str, suffix: str) -> Content:
    data = data.encode() if isinstance(data, str) else data
    return read(data, suffix, built_in_readers(), Limits())


def texts(content: Content, layer: Layer = Layer.VISIBLE) -> list[str]:
    return [content.text[block.start : block.end] for block in content.blocks if block.layer is layer]


def test_text_is_the_file_as_it_is_with_its_line_ends() -> None:
    content = load("First line\r\nstill first\r\n\r\n  Second\r\n", ".txt")
    assert content.text == "First line\r\nstill first\r\n\r\n  Second\r\n"
    assert texts(content) == ["First line\r\nstill first", "Second"]
    assert [(block.place.paragraph, block.place.line) for block in content.blocks] == [(1, 1), (2, 4)]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t"), min_size=1))
def test_blocks_of_a_text_cover_every_word_once(text: str) -> None:
    try:
        content = load(text, ".txt")
    except ReadError:
        return
    assert [block.start for block in content.blocks] == sorted(block.start for block in content.blocks)
    covered = "".join(texts(content))
    assert "".join(covered.split()) == "".join(content.text.split())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings(encoding: str) -> None:
    assert load("Zoë said “no”".encode(encoding), ".txt").text == "Zoë said “no”"


def test_windows_1252_is_read_and_said() -> None:
    content = load("Zoë – said “no” to them".encode("cp1252"), ".txt")
    assert content.text == "Zoë – said “no” to them"
    assert [hidden.name for hidden in content.hidden] == ["text.encoding"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"ab\x81\x8dc\xff",
        b"\x00\x01\x02binary",
        "no mark".encode("utf-16-le"),
        b"\x01\x02\x03\x04\x05\x06",
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError):
        load(data, ".txt")


@pytest.mark.parametrize("data", ["  \n\n", "\ufeff"])
def test_blank_text_is_a_gap(data: str) -> None:
    content = load(data, ".txt")
    assert content.gaps


def test_markdown_comments_are_hidden_in_place() -> None:
    text = "---\nauthor: Kayleigh Marlowe\n---\n# Report\n\nSeen <!-- Kayleigh\n\nMarlowe --> here.\n\n"
    text += "[//]: # (ask Tyrone)\n"
    content = load(text, ".md")
    assert content.text == text
    assert texts(content, Layer.HIDDEN) == ["<!-- Kayleigh\n\nMarlowe -->", "[//]: # (ask Tyrone)"]
    assert texts(content, Layer.METADATA) == ["---\nauthor: Kayleigh Marlowe\n---"]
    assert "Kayleigh" not in "".join(texts(content))
    assert [hidden.name for hidden in content.hidden] == ["md.front_matter", "md.comment", "md.comment"]
    lines = [block.place.line for block in content.blocks]
    assert lines == [1, 4, 6, 6, 8, 10]


def test_html_layers() -> None:
    page = """<html><head><title>Draft by K Marlowe</title><meta name="author" content="Tyrone Pike">
    <style>p {color: red}</style></head><body><h1>Overview</h1><p>Child <b>A</b>was <!-- Kayleigh -->born</p>
    <div style="display: none">Marlowe</div><input type="hidden" value="secret"><img src="x.png" alt="Photo of Zara">
    <table><tr><td>Fore</td><td>name</td></tr></table><p>one<br>two</p></body></html>"""
    content = load(page, ".html")
    assert texts(content) == ["Overview", "Child Awas born", "Fore\tname", "one\ntwo"]
    assert set(texts(content, Layer.HIDDEN)) == {"Kayleigh", "Marlowe", "secret", "Photo of Zara"}
    assert set(texts(content, Layer.METADATA)) >= {"Draft by K Marlowe", "Tyrone Pike"}
    assert {hidden.name for hidden in content.hidden} == {
        "html.meta",
        "html.comment",
        "html.hidden_element",
        "html.hidden_input",
        "html.alt_text",
    }


def test_html_white_text_on_a_dark_header_is_no_hidden_text() -> None:
    page = "<body><p style='color:white'>Kayleigh</p>"
    page += "<table style='background:#003'><tr><th style='color:#fff'>Role</th></table>"
    content = load(page, ".html")
    assert texts(content, Layer.HIDDEN) == ["Kayleigh"]
    assert texts(content) == ["Role"]


@pytest.mark.parametrize(
    "style", ["display: none", "visibility:hidden", "font-size:0", "font-size: 1px;", "opacity: 0"]
)
def test_html_hidden_by_style_or_style_sheet(style: str) -> None:
    inline = load(f"<p>Seen</p><p style='{style}'>Gone</p>", ".html")
    sheet = load(f"<style>/* x */ p.note, .other {{ {style} }}</style><p>Seen</p><p class='note'>Gone</p>", ".html")
    for content in (inline, sheet):
        assert texts(content) == ["Seen"]
        assert "Gone" in texts(content, Layer.HIDDEN)


@pytest.mark.parametrize(
    "style", ["font-size: 1em", "font-size:0.9em", "opacity: 0.5", "display: block", "font-size:10px"]
)
def test_html_that_is_only_small_is_visible(style: str) -> None:
    assert texts(load(f"<p style='{style}'>Seen</p>", ".html")) == ["Seen"]


@pytest.mark.parametrize(
    ("page", "severity"),
    [
        ("<p>Seen<div style='display:none'>gone</div>", "error"),
        ("<p>Seen<div style='display:none'> </div>", "note"),
        ("<p>Seen<a style='position:absolute; left:-9999px'>Skip to the text</a>", "review"),
        ("<p>Seen<span style='color:#000; background:#000'>gone</span>", "error"),
    ],
)
def test_html_hidden_elements_weigh_by_what_they_say(page: str, severity: str) -> None:
    assert [hidden.severity for hidden in load(page, ".html").hidden] == [severity]


def test_links_within_a_site_are_no_local_paths() -> None:
    links = "<a href='//example.org/x'>a</a><a href='/home/x.html'>b</a><a href='http://example.org/c:/x'>c</a>"
    assert not load(f"<p>{links}", ".html").hidden
    assert load("<p><a href='file:///S:/x.doc'>a</a>", ".html").hidden


def test_html_says_its_encoding() -> None:
    assert texts(load("<meta charset='iso-8859-1'><p>Zoë".encode("latin-1"), ".htm")) == ["Zoë"]


def test_html_nested_too_deeply_to_be_read_whole_is_refused() -> None:
    with pytest.raises(ReadError):
        load("<div>" * 5000 + "Kayleigh" + "</div>" * 5000, ".html")


def test_text_over_the_limit_is_refused() -> None:
    with pytest.raises(ReadError, match="max_text_mb"):
        read(b"word " * 100, ".txt", built_in_readers(), Limits(text=100))
