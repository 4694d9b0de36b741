"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rt", "rtf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"BM", "bmp"),
)
"""First bytes of a format; ``BM`` is also how a text may begin, so it counts for images only."""

EXPECTED = {
    ".pdf": {"pdf"},
    ".docx": {"zip"},
    ".docm": {"zip"},
    ".dotx": {"zip"},
    ".xlsx": {"zip"},
    ".xlsm": {"zip"},
    ".pptx": {"zip"},
    ".pptm": {"zip"},
    ".odt": {"zip"},
    ".ods": {"zip"},
    ".odp": {"zip"},
    ".rtf": {"rtf"},
    ".jpg": {"jpeg"},
    ".jpeg": {"jpeg"},
    ".png": {"png"},
    ".gif": {"gif"},
    ".tif": {"tiff"},
    ".tiff": {"tiff"},
    ".bmp": {"bmp"},
    ".webp": {"webp"},
    ".heic": {"heif"},
    ".heif": {"heif"},
    ".avif": {"heif"},
    ".txt": {"text"},
    ".md": {"text"},
    ".markdown": {"text"},
    ".html": {"text"},
    ".htm": {"text"},
    ".eml": {"text"},
}
"""Suffix → what its files begin with."""


def sniff(data: bytes) -> str:
    """The kind of a file by its first bytes: ``pdf``, ``zip``, ``ole``, ``rtf``, an image format, or ``text``."""
    for magic, kind in MAGIC:
        if data.startswith(magic) and (kind != "bmp" or b"\x00" in data[:32]):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return "heif"
    if b"%PDF-" in data[:1024] and b"\x00" in data:
        return "pdf"
    return "rtf" if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rt") else "text"


def mismatch(data: bytes, suffix: str) -> str | None:
    """A sentence that says why a file is not what its suffix says, or None."""
    expected = EXPECTED.get(suffix)
    kind = sniff(data)
    if expected is None or kind in expected:
        return None
    if kind == "ole" and expected == {"zip"}:
        return "it is encrypted or in an old Office format; remove its password, or save it again as a current format"
    if suffix == ".pdf" and b"%PDF-" in data[:1024]:
        return None
    return f"its content is not what the suffix {suffix} says; save it again in the right format or rename it"
