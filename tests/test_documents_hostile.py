"""Files that are built to do harm end within their limits, as an error or a gap, and never as a pass."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pytest

from pytest_scr_compliance.documents import built_in_readers
from pytest_scr_compliance.documents.isolation import CRASHED, TOO_SLOW, IsolatedReader
from pytest_scr_compliance.errors import ReadError
from pytest_scr_compliance.registry import Limits

from .document_files import make_docx, make_odt, zipped

MEGABYTE = 2**20


def pdf(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of raw objects, numbered from 1."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root %d 0 R >>\n" % (len(objects) + 1, root)
    return out + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(out)


def page(more: bytes = b"") -> bytes:
    return b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] " + more + b" >>"


def stream(data: bytes) -> bytes:
    packed = zlib.compress(data, 9)
    return b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)


def many_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 50_003))
    pages = [page()] * 50_000
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 50000 /Kids [%s] >>" % kids, *pages)


def cyclic_pages() -> bytes:
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 9 /Kids [2 0 R 1 0 R] >>")


def content_bomb() -> bytes:
    pages = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", pages, page(b"/Contents 4 0 R"), stream(b"q " * (100 * MEGABYTE)))


def nested_arrays() -> bytes:
    pages = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    return pdf(b"<< /Type /Catalog /Pages 2 0 R /X " + b"[" * 50_000 + b"]" * 50_000 + b" >>", pages, page())


def form_in_itself() -> bytes:
    pages = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    holder = page(b"/Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >>")
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >> /Length 5 >>"
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>", pages, holder, stream(b"/F Do"), form + b"\nstream\n/F Do\nendstream"
    )


def huge_page() -> bytes:
    pages = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    text = b"BT /F1 9 Tf 1 g 50 50 Td (Kayleigh) Tj ET"
    fonts = b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    wide = page(b"/Contents 4 0 R " + fonts).replace(b"0 0 595 842", b"0 0 14400000 14400000")
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", pages, wide, stream(text))


def zip_bomb() -> bytes:
    return zipped({"word/document.xml": b"<a>" + b" " * (60 * MEGABYTE)})


def many_members() -> bytes:
    return zipped({f"{number}.xml": "" for number in range(25_000)})


def zip_in_zip() -> bytes:
    data = make_docx()
    for _ in range(8):
        out = io.BytesIO(data)
        with zipfile.ZipFile(out, "a") as package:
            package.writestr(f"word/embeddings/inner{len(data)}.docx", data)
        data = out.getvalue()
    return data


def billion_laughs() -> bytes:
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    kind = f'<!DOCTYPE x [<!ENTITY e0 "ha">{names}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    with zipfile.ZipFile(io.BytesIO(make_odt("<text:p>Text &e11; &f;</text:p>"))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return zipped({**parts, "content.xml": kind.encode() + parts["content.xml"]})


def deep_xml() -> bytes:
    return make_odt("<text:span>" * 20_000 + "deep" + "</text:span>" * 20_000)


def many_attributes() -> bytes:
    return make_odt("<text:p " + " ".join(f'a{n}="x"' for n in range(3_000)) + ">Text</text:p>")


def path_separators() -> bytes:
    return make_odt(members={"../../etc/passwd": "x", "..\\..\\x.xml": "<a>x</a>", "/absolute": "y"})


def picture_bomb() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("1", (40_000, 40_000)).save(out, "PNG")
    return out.getvalue()


HOSTILE: list[tuple[str, Callable[[], bytes]]] = [
    (".pdf", many_pages), (".pdf", cyclic_pages), (".pdf", content_bomb), (".pdf", nested_arrays),
    (".pdf", form_in_itself), (".pdf", huge_page), (".docx", zip_bomb), (".docx", many_members), (".docx", zip_in_zip),
    (".odt", billion_laughs), (".odt", deep_xml), (".png", picture_bomb),
    (".html", lambda: b"<b>" * 300_000), (".html", lambda: b"<p " + b"a" * (30 * MEGABYTE)),
    (".md", lambda: b"[//]: # (" * 100_000), (".txt", lambda: b"a\n" * 15_000_000),
    (".eml", lambda: b"Content-Type: multipart/mixed; boundary=b\nSubject: x\n\n" + b"--b\n\nx\n" * 5_000),
    (".rtf", lambda: b"{\\rtf1 " + b"{\\*\\x" * 150_000),
]  # fmt: skip


@pytest.fixture(scope="module")
def isolated() -> Iterator[IsolatedReader]:
    with IsolatedReader(built_in_readers(), Limits(), seconds=60, megabytes=2500) as reader:
        yield reader


@pytest.mark.parametrize(("suffix", "make"), HOSTILE, ids=lambda item: getattr(item, "__name__", item))
def test_it_ends_as_an_error_or_a_gap(isolated: IsolatedReader, suffix: str, make: Callable[[], bytes]) -> None:
    try:
        content = isolated.read(make(), suffix)
    except ReadError as error:
        assert "its reader failed" not in error.reason
        assert make is content_bomb or error.reason not in (CRASHED, TOO_SLOW)  # PDFium itself unpacks pages
    else:
        assert content.gaps


@pytest.mark.parametrize("make", [many_attributes, path_separators])
def test_it_is_only_strange(isolated: IsolatedReader, make: Callable[[], bytes]) -> None:
    assert isolated.read(make(), ".odt").text.strip()
