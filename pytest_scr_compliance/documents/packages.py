"""ZIP packages (DOCX, ODT, XLSX, PPTX), opened with an eye to their size."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from ..errors import ReadError
from ..registry import Limits
from .xml import Element, declares_entities, parse_xml

MOST_MEMBERS = 20_000
MOST_RATIO = 500
"""A part that unpacks to more than this many times its size (and more than a megabyte) is a bomb: XML reaches 50."""

DAMAGED = "it is damaged or cut off; open it and save it again"
ENTITIES = "it declares XML entities, which may hide text and which no office program writes; save it again"
ENCRYPTED = "it is encrypted; remove its password and save it again"


class Package:
    """A ZIP package in memory.

    Args:
        data: the whole file.
        limits: how many bytes all its parts together may unpack to.

    Raises:
        ReadError: it is damaged, encrypted, or unpacks to more than the limit.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            self._zip = ZipFile(BytesIO(data))
            members = self._zip.infolist()
        except (BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError, EOFError):
            raise ReadError(DAMAGED) from None
        if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > limits.unpacked:
            raise ReadError("it unpacks to more than the limit; save it again without its attachments")
        self._left = limits.unpacked
        self._members: dict[str, ZipInfo] = {}
        self.duplicates: list[str] = []
        for member in members:
            if member.flag_bits & 0x1:
                raise ReadError(ENCRYPTED)
            if member.file_size > max(2**20, MOST_RATIO * member.compress_size):
                raise ReadError("it unpacks to more than the limit; save it again without its attachments")
            name = member.filename.replace("\\", "/").lstrip("/")
            if name.endswith("/"):
                continue
            if name in self._members and self._members[name].CRC != member.CRC:
                self.duplicates.append(name)
            self._members[name] = member
        self.raw_names = [member.filename for member in members]
        self.comment = self._zip.comment
        self.member_comments = [member.comment for member in members if member.comment]
        self._folded = {name.lower(): name for name in self._members}
        self.read_names: set[str] = set()
        self.declares_entities = False
        self.stray_bytes = _stray_bytes(data, members, self._zip)

    @property
    def names(self) -> list[str]:
        """Names of all parts, in the order of the package."""
        return list(self._members)

    def find(self, name: str) -> str | None:
        """The name as the package spells it, or None; Office programs ignore case."""
        name = name.lstrip("/")
        return name if name in self._members else self._folded.get(name.lower())

    def __contains__(self, name: str) -> bool:
        return self.find(name) is not None

    def size(self, name: str) -> int:
        """Unpacked size of a part in bytes, 0 when it is not there."""
        found = self.find(name)
        return self._members[found].file_size if found else 0

    def read(self, name: str) -> bytes:
        """A part, unpacked.

        Raises:
            ReadError: there is no such part, or it is damaged or larger than it says.
        """
        found = self.find(name)
        if found is None:
            raise ReadError("a part that it needs is missing; open it and save it again")
        member = self._members[found]
        try:
            with self._zip.open(member) as part:
                data = part.read(min(member.file_size, self._left) + 1)
        except (BadZipFile, OSError, ValueError, zlib.error, NotImplementedError, RuntimeError, EOFError):
            raise ReadError(DAMAGED) from None
        if len(data) != member.file_size:
            raise ReadError(DAMAGED)
        self._left -= len(data)
        self.read_names.add(found)
        return data

    def xml(self, name: str) -> Element:
        """The root element of an XML part.

        Raises:
            ReadError: as :meth:`read`, or it is not XML.
        """
        data = self.read(name)
        self.declares_entities |= declares_entities(data)
        return parse_xml(data)


def _stray_bytes(data: bytes, members: list[ZipInfo], archive: ZipFile) -> int:
    """How many bytes lie before the first member or after the end record."""
    end = data.rfind(b"PK\x05\x06")
    after = len(data) - (end + 22 + len(archive.comment)) if end >= 0 else 0
    before = min((member.header_offset for member in members), default=0)
    return max(after, 0) + before
