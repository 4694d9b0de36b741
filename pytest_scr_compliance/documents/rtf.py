"""Rich Text Format: visible text, hidden and deleted text, comments, properties and embedded objects."""

from __future__ import annotations

import re
from binascii import unhexlify
from dataclasses import dataclass, replace

from ..errors import ReadError
from ..model import Content, Layer, Place, Severity
from ..registry import Limits
from .builder import ContentBuilder
from .embedded import read_embedded, read_picture
from .links import note_link
from .packages import DAMAGED
from .pieces import INSERTED, Piece, emit
from .rtf_tokens import CODE_PAGES, tokens

MOST_GROUPS = 100_000
SYMBOLS = {b"~": "\N{NO-BREAK SPACE}", b"_": "-", b"-": "", b"\n": "\n", b"\r": "\n"}
WORDS = {
    b"tab": "\t", b"line": "\n", b"lbr": "\n", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"emspace": " ", b"enspace": " ", b"qmspace": " ",
}  # fmt: skip
SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet listtable listoverridetable rsidtbl generator xmlnstbl themedata colorschememapping "
    b"latentstyles datafield pgptbl mmathPr ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn pntext blipuid blipuid "
    b"panose falt defchp defpap oldcprops oldpprops oldtprops oldsprops filetbl atrfstart atrfend "
    b"atnref atndate atntime bkmkend atnparent pn pnseclvl listname pgdsctbl".split()
)
STORIES = {
    b"header": "header", b"headerl": "header", b"headerr": "header", b"headerf": "header", b"footer": "footer",
    b"footerl": "footer", b"footerr": "footer", b"footerf": "footer", b"footnote": "footnote", b"shptxt": "text box",
}  # fmt: skip
TRANSPARENT = frozenset(b"shpinst shprslt nesttableprops do sn sv picprop shppict".split())
"""Starred destinations whose groups hold running text or further destinations."""
AUTHOR = frozenset([b"author", b"operator", b"manager", b"company"])
TITLE = frozenset([b"title", b"subject", b"keywords", b"doccomm", b"category", b"comment"])
VALUES = {
    b"template": "rtf.template_path", b"docvar": "rtf.docvars", b"atnauthor": "", b"atnid": "", b"hlinkbase": "",
    b"fldinst": "", b"nextfile": "rtf.local_path_link", b"objclass": "", b"sp": "", b"bkmkstart": "", b"ud": "",
    b"xe": "", b"tc": "",
}  # fmt: skip
FIELD = re.compile(
    r"^\s*(AUTHOR|FILENAME|LASTSAVEDBY|MERGEFIELD|TEMPLATE|USER\w+|DOCPROPERTY|COMMENTS|INFO)\b",
    re.IGNORECASE,
)
SHAPE = re.compile(r"^(?:wzName|wzDescription|wzTooltip|pibName|gtextUNICODE)(.*)", re.DOTALL)
QUOTED = re.compile(r'"([^"]*)"')
EMBEDDED = (
    (b"PK\x03\x04", ".docx"),
    (b"%PDF-", ".pdf"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG", ".png"),
    (b"{\\rtf", ".rtf"),
)
TINY = 4


@dataclass(slots=True)
class _State:
    """What holds in a group, inherited by the groups in it."""

    destination: bytes = b""
    codec: str = "cp1252"
    skip: int = 1
    hidden: bool = False
    deleted: bool = False
    inserted: bool = False
    tiny: bool = False
    starred: bool = False


def read_rtf(data: bytes, limits: Limits) -> Content:
    """Read an RTF file.

    Args:
        data: the whole file.
        limits: how much text may be read.

    Returns:
        Body, headers, footers, notes and text boxes as visible; comments, deleted and hidden text as hidden;
        properties as metadata.

    Raises:
        ReadError: it is cut off or nested too deeply.
    """
    builder = ContentBuilder(limits)
    _Reader(builder).read(data.lstrip(b"\xef\xbb\xbf \r\n\t"))
    return builder.content()


class _Reader:
    def __init__(self, builder: ContentBuilder) -> None:
        self._builder = builder
        self._state = _State()
        self._stack: list[_State] = []
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._pending = bytearray()
        self._to_skip = 0
        self._fresh = False
        self._paragraph = 0
        self._comments = 0
        self._notes = 0
        self._values: list[tuple[int, bytes, list[str]]] = []
        self._stories: list[tuple[int, str, Layer, list[Piece]]] = [(0, "", Layer.VISIBLE, [])]

    def read(self, data: bytes) -> None:
        """Add all of the file."""
        ended = False
        for kind, body, number in tokens(data):
            if ended:
                if body.strip(b"\x00 \r\n\t"):
                    self._builder.found("rtf.trailing_bytes")
                    break
                continue
            if kind not in ("hex", "text") and self._pending:
                self._flush_bytes()
            fresh, self._fresh = self._fresh, kind == "open"
            if kind == "open":
                self._open()
            elif kind == "close":
                if not self._stack:
                    raise ReadError(DAMAGED)
                self._close()
                ended = not self._stack
            elif kind == "word":
                self._word(body, number)
            elif kind == "symbol":
                self._symbol(body, fresh=fresh)
            elif kind == "binary":
                self._object_bytes(body)
            else:
                self._bytes(unhexlify(body) if kind == "hex" else body, one=kind == "hex")
        if not ended:
            raise ReadError(DAMAGED)
        self._end_paragraph()

    def _open(self) -> None:
        if len(self._stack) > MOST_GROUPS:
            raise ReadError("it is nested too deeply; open it and save it again")
        self._stack.append(self._state)
        self._state = replace(self._state, starred=False)

    def _close(self) -> None:
        depth = len(self._stack)
        if self._values and self._values[-1][0] == depth:
            _, name, texts = self._values.pop()
            self._value(name, "".join(texts))
        if len(self._stories) > 1 and self._stories[-1][0] == depth:
            self._end_paragraph()
            self._stories.pop()
        self._state = self._stack.pop()
        self._to_skip = 0

    def _symbol(self, body: bytes, *, fresh: bool) -> None:
        if body == b"*":
            self._state.starred = fresh  # some programs star a word that begins no group
        elif body in SYMBOLS:
            if body in (b"\n", b"\r"):
                self._end_paragraph()
            else:
                self._say(SYMBOLS[body])
        elif body in (b"\\", b"{", b"}"):
            self._bytes(body, one=True)

    def _bytes(self, body: bytes, *, one: bool) -> None:
        if self._to_skip:
            if one:
                self._to_skip -= 1
                return
            taken = min(self._to_skip, len(body))
            self._to_skip -= taken
            body = body[taken:]
        self._pending += body

    def _flush_bytes(self) -> None:
        text = bytes(self._pending).decode(self._state.codec, "replace")
        self._pending.clear()
        self._say(text)

    def _say(self, text: str) -> None:
        state = self._state
        if state.destination in SKIPPED:
            return
        if self._values:
            self._values[-1][2].append(text)
            return
        if state.destination == b"ignored":
            return
        kind = ""
        if state.deleted:
            kind = "rtf.track.deletion"
        elif state.hidden or state.tiny:
            kind = "rtf.hidden_text"
        elif state.inserted:
            kind = INSERTED
        self._stories[-1][3].append((text, kind))

    def _word(self, word: bytes, number: int | None) -> None:
        state = self._state
        on = number is None or number != 0
        if word == b"u" and number is not None:
            self._unicode(number)
        elif word == b"uc":
            state.skip = min(max(number or 0, 0), 8)
        elif word in (b"par", b"sect", b"page", b"row"):
            if not self._values:
                self._end_paragraph()
        elif word in (b"cell", b"nestcell"):
            self._say("\t")
        elif word in WORDS:
            self._say(WORDS[word])
        elif word in (b"v", b"deleted", b"revised"):
            name = {b"v": "hidden", b"deleted": "deleted", b"revised": "inserted"}[word]
            setattr(state, name, on)
            if on and word != b"v":
                self._builder.found("rtf.track.deletion" if word == b"deleted" else "rtf.track.insertion")
        elif word == b"plain":
            state.hidden = state.deleted = state.inserted = state.tiny = False
        elif word == b"fs":
            state.tiny = number is not None and 0 < number <= TINY
        elif word in (b"f", b"fcharset", b"ansicpg", b"mac", b"pc", b"pca", b"cpg"):
            self._encoding(word, number)
        else:
            self._destination(word)

    def _unicode(self, number: int) -> None:
        code = number + 0x10000 if number < 0 else number
        self._say(chr(code) if 0 < code < 0x110000 else "")
        self._to_skip = self._state.skip

    def _encoding(self, word: bytes, number: int | None) -> None:
        if word == b"f":
            self._font = number or 0
            self._state.codec = self._fonts.get(self._font, self._fonts.get(-1, "cp1252"))
        elif word == b"fcharset" and self._state.destination == b"fonttbl":
            if number not in (0, 1, 2):
                self._fonts[self._font] = CODE_PAGES.get(number or 0, "cp1252")
        elif word == b"ansicpg" and number:
            self._fonts[-1] = self._state.codec = _codec(f"cp{number}")
        elif word in (b"mac", b"pc", b"pca"):
            self._state.codec = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}[word]

    def _destination(self, word: bytes) -> None:
        state, depth = self._state, len(self._stack)
        if state.destination in SKIPPED:
            return
        if word in SKIPPED or word in (b"revtbl", b"datastore"):
            state.destination = b"fonttbl" if word == b"fonttbl" else b"generator"
            if word == b"rsidtbl":
                self._builder.found("rtf.rsids")
            elif word == b"datastore":
                self._builder.found("rtf.datastore")
            elif word == b"revtbl":
                state.destination = b"revtbl"
                self._values.append((depth, word, []))
        elif word in STORIES and depth > 1:
            self._notes += word == b"footnote"
            part = f"footnote {self._notes}" if word == b"footnote" else STORIES[word]
            self._stories.append((depth, part, Layer.VISIBLE, []))
        elif word == b"annotation":
            self._comments += 1
            self._builder.found("rtf.annotation")
            self._stories.append((depth, f"comment {self._comments}", Layer.HIDDEN, []))
        elif word in AUTHOR | TITLE and self._in_info():
            self._values.append((depth, word, []))
        elif word == b"info":
            state.destination = b"info"
        elif word == b"userprops":
            self._values.append((depth, word, []))
        elif word in (b"objdata", b"pict", b"result") or word in VALUES:
            if word == b"result":
                return
            self._values.append((depth, word, []))
        elif word in (b"object", b"objemb"):
            if word == b"object":
                self._builder.found("rtf.embedded_object")
        elif word in (b"mailmerge", b"mmconnectstr", b"mmquery"):
            self._builder.found("rtf.mail_merge")
        elif state.starred and word not in TRANSPARENT:
            self._values.append((depth, b"unknown", []))
        state.starred = False

    def _in_info(self) -> bool:
        return self._state.destination == b"info"

    def _value(self, name: bytes, text: str) -> None:
        """A destination that is no running text has ended."""
        text = text.strip()
        part = Place(part="property")
        if name in (b"objdata", b"pict"):
            self._hex(name, text)
        elif name == b"userprops":
            self._builder.found("rtf.user_props", severity=None if text else Severity.NOTE)
            self._builder.once(text, part)
        elif not text:
            return
        elif name in AUTHOR:
            self._builder.found("rtf.info.author")
            self._builder.once(text, part)
        elif name in TITLE:
            self._builder.found("rtf.info.title")
            self._builder.once(text, part)
        elif name == b"revtbl":
            people = [person.strip() for person in text.split(";") if person.strip() not in ("", "Unknown")]
            for person in people:
                self._builder.found("rtf.revtbl")
                self._builder.once(person, Place(part="tracked change author"))
        elif name == b"fldinst":
            self._field(text)
        elif name in (b"atnauthor", b"atnid"):
            self._builder.once(text, Place(part="comment author"))
        elif name == b"sp":
            if shape := SHAPE.match(text):
                self._builder.once(shape.group(1), Place(part="shape property"), Layer.HIDDEN)
        elif name == b"ud":
            self._builder.once(text, Place(part="text"), Layer.HIDDEN)
        elif name == b"bkmkstart":
            self._builder.once(text, Place(part="bookmark"))
        elif name == b"unknown":
            if re.search(r"[^\W\d_]{3}", text) and not re.fullmatch(r"[0-9a-fA-F\s]+", text):
                self._builder.once(text, Place(part="unknown group"), Layer.HIDDEN)
        else:
            if VALUES.get(name):
                self._builder.found(VALUES[name])
            self._builder.once(text, part)

    def _field(self, text: str) -> None:
        if FIELD.match(text):
            self._builder.found("rtf.field")
        for quoted in QUOTED.findall(text):
            note_link(self._builder, quoted.replace("\\\\", "\\"), "rtf")

    def _hex(self, name: bytes, text: str) -> None:
        """An embedded object or a picture, written in hexadecimal digits."""
        digits = re.sub(r"[^0-9A-Fa-f]", "", text)
        self._embedded(name, unhexlify(digits[: len(digits) // 2 * 2]))

    def _object_bytes(self, body: bytes) -> None:
        name = self._values[-1][1] if self._values else b""
        if name in (b"objdata", b"pict"):
            self._embedded(name, body)

    def _embedded(self, name: bytes, data: bytes) -> None:
        if name == b"pict":
            read_picture(self._builder, data, "rtf", "picture")
            return
        for magic, suffix in EMBEDDED:
            position = data.find(magic)
            if position >= 0:
                read_embedded(self._builder, data[position:], suffix, "embedded file")
                return
        words = re.findall(rb"[\x20-\x7e]{6,}|(?:[\x20-\x7e]\x00){6,}", data)
        texts = [word.decode("utf-16-le" if word[1:2] == b"\x00" else "ascii", "replace") for word in words]
        self._builder.block("\n".join(texts), Place(part="embedded file"), Layer.HIDDEN)

    def _end_paragraph(self) -> None:
        _, part, layer, pieces = self._stories[-1]
        if any(text.strip() for text, _ in pieces):
            self._paragraph += not part
            place = Place(part=part) if part else Place(paragraph=self._paragraph)
            emit(self._builder, _trimmed(pieces), place, layer)
        pieces.clear()


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without the tabs after the last cell of a row."""
    found = list(pieces)
    while found and not found[-1][0].strip():
        found.pop()
    return found


def _codec(name: str) -> str:
    import codecs

    try:
        return codecs.lookup({"cp65001": "utf-8", "cp10000": "mac_roman"}.get(name, name)).name
    except LookupError:
        return "cp1252"
