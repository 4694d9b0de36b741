"""Pictures: what their files say about people and places, and their text where the extra ``ocr`` is installed."""

from __future__ import annotations

import re
import warnings
from io import BytesIO
from typing import Any

from ..errors import ReadError
from ..model import Content, Layer, Place
from ..registry import Limits
from .builder import ContentBuilder
from .ocr import recognise
from .packages import DAMAGED
from .xml import parse_xml

UNREAD = "text in a picture cannot be checked; replace it by text, or install the extra ocr"
MOST_PIXELS = 250_000_000
CLASSES = {
    # EXIF, IFD 0 and Exif IFD
    0x010E: "caption", 0x013B: "author", 0x013C: "author", 0x8298: "author", 0x9C9B: "caption", 0x9C9C: "caption",
    0x9C9D: "author", 0x9C9E: "caption", 0x9C9F: "caption", 0x9286: "caption", 0xA430: "author", 0xA431: "serial",
    0xA435: "serial", 0xC62F: "serial", 0x0320: "caption", 0xA433: "", 0xA434: "", 0x010F: "", 0x0110: "", 0x0131: "",
}  # fmt: skip
IPTC_AUTHOR = frozenset((80, 85, 110, 115, 116, 118, 122))
IPTC_CAPTION = frozenset((5, 25, 105, 120, 90, 92, 95, 101, 103, 40))
XMP_CLASSES = (
    (
        re.compile(r"creator|author|rights|owner|artist|credit|CaptionWriter|personInImage|copyright", re.I),
        "author",
    ),
    (
        re.compile(r"description|title|subject|headline|keyword|UserComment|caption|city|location|event", re.I),
        "caption",
    ),
    (re.compile(r"serial", re.I), "serial"),
    (re.compile(r"gps", re.I), "gps"),
)
XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>|<rdf:RDF.*?</rdf:RDF>", re.DOTALL)
RAW_EXIF = re.compile(rb"Exif\x00\x00(?=II\*\x00|MM\x00\*)")
PRINTABLE = re.compile(r"[^\W_]")


def read_image(data: bytes, limits: Limits) -> Content:
    """Read a picture.

    Args:
        data: the whole file.
        limits: how much text may be read.

    Returns:
        Its text as the extra ``ocr`` recognises it, or a gap; its properties as metadata.

    Raises:
        ReadError: it is damaged or too large.
    """
    builder = ContentBuilder(limits)
    image = note_picture(data, builder, whole=True)
    try:
        lines = recognise(image) if image else None
    except Exception:
        raise ReadError(DAMAGED) from None
    if lines is None:
        builder.gap(UNREAD)
    else:
        for text in lines:
            builder.block(text, Place(part="picture"))
    return builder.content()


def note_picture(data: bytes, builder: ContentBuilder, *, whole: bool = False) -> Any:
    """Note what a picture's file says besides its pixels.

    Args:
        data: the whole file.
        builder: receives what is found.
        whole: the picture is a document of its own, so that damage is an error.

    Returns:
        The opened picture; None for one whose pixels cannot be decoded here (HEIC), or a damaged one in a document.

    Raises:
        ReadError: it is damaged or too large.
    """
    image = None if data[4:8] == b"ftyp" else _opened(data, whole=whole)
    try:
        _exif(data, image, builder)
        _xmp(data, image, builder)
        if image is not None:
            _iptc(image, builder)
            _chunks(image, builder)
            _trailing(data, image, builder)
    except ReadError:
        raise
    except Exception:  # Pillow's plugins raise whatever a damaged file makes them raise
        raise ReadError(DAMAGED) from None
    return image if image is not None or data[4:8] != b"ftyp" else (None if whole else True)


def _opened(data: bytes, *, whole: bool) -> Any:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(BytesIO(data))
    except Image.DecompressionBombError:
        raise ReadError("it is a picture with more points than the limit; make it smaller") from None
    except Exception:
        if whole:
            raise ReadError(DAMAGED) from None
        return None
    if image.width * image.height > MOST_PIXELS:
        raise ReadError("it is a picture with more points than the limit; make it smaller")
    return image


def _exif(data: bytes, image: Any, builder: ContentBuilder) -> None:
    from PIL import Image

    exif = Image.Exif()
    try:
        if image is not None:
            exif = image.getexif()
        elif raw := RAW_EXIF.search(data):
            exif.load(data[raw.start() : raw.start() + 2**20])
    except Exception:
        builder.gap("properties of a picture are damaged; save it again without them", Place(part="picture property"))
        return
    values = dict(exif)
    located = False
    for pointer in (0x8769, 0x8825):
        try:
            inner = exif.get_ifd(pointer)
        except Exception:
            continue
        if pointer == 0x8825:
            located = any(tag in inner for tag in (1, 2, 3, 4, 27, 28))
            values |= {tag: value for tag, value in inner.items() if tag in (27, 28)}
        else:
            values |= inner
    if located:
        builder.found("img.gps")
    if any(tag in CLASSES for tag in values):
        builder.found("img.exif_basic")
    for tag, value in values.items():
        text = _decoded(value, wide=0x9C9B <= tag <= 0x9C9F)
        if tag in CLASSES and CLASSES[tag] and PRINTABLE.search(text):
            builder.found(f"img.{CLASSES[tag]}")
            builder.once(text, Place(part="picture property"))
    try:
        thumbnail = exif.get_ifd(1)
    except Exception:
        thumbnail = {}
    if 0x0201 in thumbnail or 0x0111 in thumbnail:
        builder.found("img.embedded_thumbnail")


def _decoded(value: Any, *, wide: bool = False) -> str:
    """A property's value as text, whatever way it was packed."""
    if isinstance(value, tuple) and wide and all(isinstance(item, int) and item < 256 for item in value):
        value = bytes(value)
    if isinstance(value, bytes):
        if wide:
            return str(value.decode("utf-16-le", "replace")).strip("\x00 ")
        if value[:8] == b"UNICODE\x00":
            order = "utf-16-be" if value[8:9] == b"\x00" else "utf-16-le"
            return str(value[8:].decode(order, "replace")).strip("\x00 ")
        value = value[8:] if value[:8] in (b"ASCII\x00\x00\x00", bytes(8)) else value
        return str(value.decode("utf-8", "replace")).strip("\x00 ")
    return value.strip("\x00 ") if isinstance(value, str) else ""


def _xmp(data: bytes, image: Any, builder: ContentBuilder) -> None:
    packets = {bytes(match.group()) for match in XMP.finditer(data)}
    inside = (getattr(image, "info", None) or {}).get("xmp") or (getattr(image, "info", None) or {}).get(
        "XML:com.adobe.xmp"
    )
    if inside:
        inside = inside.encode() if isinstance(inside, str) else inside
        packets |= {bytes(match.group()) for match in XMP.finditer(inside)} or {bytes(inside)}
    for packet in packets:
        builder.found("img.xmp")
        for name, text in xmp_values(packet):
            for pattern, kind in XMP_CLASSES:
                if pattern.search(name):
                    builder.found(f"img.{kind}")
                    break
            builder.once(text, Place(part="picture property"))


def xmp_values(packet: bytes) -> list[tuple[str, str]]:
    """Property name and text of each value in an XMP packet that says something in words; empty if it is damaged."""
    try:
        root = parse_xml(packet.strip(b"\x00 \r\n\t"), recover=True)
    except ReadError:
        return []
    found = []
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        path = node.tag.rpartition("}")[2]
        if path in ("li", "Alt", "Seq", "Bag", "Description", "value"):
            named = (up.tag.rpartition("}")[2] for up in node.iterancestors() if isinstance(up.tag, str))
            path = next((name for name in named if name not in ("li", "Alt", "Seq", "Bag", "Description")), path)
        if node.text and node.text.strip():
            found.append((path, node.text.strip()))
        for key, value in node.attrib.items():
            name = key.rpartition("}")[2]
            if name not in ("about", "lang", "xmptk", "parseType", "resource") and value.strip():
                found.append((name, value.strip()))
    return found


def _iptc(image: Any, builder: ContentBuilder) -> None:
    from PIL import IptcImagePlugin

    try:
        records = IptcImagePlugin.getiptcinfo(image) or {}
    except Exception:
        records = {}
    for (record, number), value in records.items():
        texts = [_decoded(item) for item in (value if isinstance(value, list) else [value])]
        if record != 2 or number == 0 or not any(texts):
            continue
        builder.found("img.iptc")
        if number in IPTC_AUTHOR:
            builder.found("img.author")
        elif number in IPTC_CAPTION:
            builder.found("img.caption")
        for text in texts:
            builder.once(text, Place(part="picture property"))
    resources = image.info.get("photoshop") or {}
    if isinstance(resources, dict) and (0x040C in resources or 0x0409 in resources):
        builder.found("img.embedded_thumbnail")


def _chunks(image: Any, builder: ContentBuilder) -> None:
    comment = image.info.get("comment")
    if comment and (text := _decoded(comment)):
        builder.found("img.comment")
        builder.once(text, Place(part="picture comment"))
    chunks = dict(getattr(image, "text", None) or {}) if image.format == "PNG" else {}
    for name, value in chunks.items():
        if name.lower() not in (
            "software",
            "xml:com.adobe.xmp",
            "date:create",
            "date:modify",
            "creation time",
        ):
            builder.found("img.text_chunk")
            builder.once(str(value), Place(part="picture property"))
            if name.lower() in ("author", "copyright"):
                builder.found("img.author")
            elif name.lower() in ("title", "description", "comment"):
                builder.found("img.comment" if name.lower() == "comment" else "img.caption")
    if getattr(image, "n_frames", 1) > 1:
        builder.found("img.extra_frames", count=image.n_frames - 1)


def _trailing(data: bytes, image: Any, builder: ContentBuilder) -> None:
    """Bytes after the end of the picture: another program may have put a file there."""
    end = {"JPEG": b"\xff\xd9", "PNG": b"IEND\xaeB`\x82"}.get(image.format)
    if end is None:
        return
    position = data.rfind(end)
    rest = data[position + len(end) :] if position >= 0 else b""
    if len(rest.strip(b"\x00 \r\n")) > 8:
        builder.found("img.trailing_bytes")
        for words in re.findall(rb"[\x20-\x7e]{6,}", rest[: 2**20]):
            builder.block(words.decode("ascii"), Place(part="after the end"), Layer.HIDDEN)
