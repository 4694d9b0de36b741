"""Faults of a finished file that no story can hold: parts of a package, and an older version of a PDF."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping


def alter(file: bytes, changes: Mapping[str, str]) -> bytes:
    """A text file with pieces of it replaced.

    Raises:
        ValueError: a piece is not there, or more than once.
    """
    text = file.decode()
    for old, new in changes.items():
        if text.count(old) != 1:
            raise ValueError(f"{old!r} occurs {text.count(old)} times")
        text = text.replace(old, new)
    return text.encode()


def add_members(package: bytes, members: Mapping[str, str | bytes]) -> bytes:
    """A Word file with further parts in its package."""
    file = io.BytesIO(package)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_STORED) as archive:
        for name, body in members.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), body)
    return file.getvalue()


def revise_pdf(pdf: bytes) -> bytes:
    """A PDF that was saved once more at its end: the version before is still in it."""
    root = re.search(rb"/Root (\d+ 0 R)", pdf)
    size = re.search(rb"/Size (\d+)", pdf)
    before = re.findall(rb"startxref\s+(\d+)", pdf)
    if not root or not size or not before:
        raise ValueError("no trailer")
    number = int(size[1])
    start = len(pdf) + 1
    body = b"\n%d 0 obj\n<< /Note (saved again) >>\nendobj\n" % number
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, start)
    trailer = b"trailer\n<< /Size %d /Root %s /Prev %s >>\n" % (number + 1, root[1], before[-1])
    return pdf + body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (len(pdf) + len(body))
