"""XML parsing that fetches nothing, expands nothing and refuses what is built to blow up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..errors import ReadError
from .encodings import decode

Element = Any
"""An lxml element; lxml ships no types."""

DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
DOCTYPE = re.compile(r"<!DOCTYPE(?:[^\[\]<>'\"]|'[^']*'|\"[^\"]*\")*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)[^;\s<&]{0,200};?")
XML_ENCODING = re.compile(rb"^[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})")


def declares_entities(data: bytes) -> bool:
    """Whether a part has a document type declaration, which no office program writes."""
    return bool(DECLARATION.search(data.replace(b"\x00", b"") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data))


def parse_xml(data: bytes, *, recover: bool = False) -> Element:
    """The root element of an XML part; a document type declaration is cut off, and its entities are left out.

    Args:
        data: the part.
        recover: read what can be read of a damaged part, for parts that hold no text of the document.

    Raises:
        ReadError: it is not well-formed XML.
    """
    from lxml import etree

    if declares_entities(data):
        data = _without_entities(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=False,
        recover=recover,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise ReadError("a part of it is not well-formed XML; open it and save it again") from None
    if root is None:
        raise ReadError("a part of it is not well-formed XML; open it and save it again")
    return root


def _without_entities(data: bytes) -> bytes:
    named = XML_ENCODING.search(data[:200])
    text, _ = decode(data, named.group(1).decode("ascii") if named else None)
    text = ENTITY.sub("", DOCTYPE.sub("", text, count=1))
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode("utf-8")


def local(element: Element) -> str:
    """The tag without its namespace; empty for a comment or a processing instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if key == name or key.endswith("}" + name):
            return str(value)
    return None


def all_text(element: Element) -> str:
    """All character data of an element, comments left out."""
    return "".join(str(piece) for piece in element.itertext() if isinstance(piece, str))


def leaf_texts(element: Element) -> Iterator[str]:
    """The non-blank text of each element that has no children, and of each stretch between children."""
    for node in element.iter():
        if isinstance(node.tag, str):
            if node.text and not node.text.isspace():
                yield node.text
            if node.tail and node is not element and not node.tail.isspace():
                yield node.tail


def comments(element: Element) -> list[str]:
    """The text of each comment in a part."""
    from lxml import etree

    return [str(node.text) for node in element.iter(etree.Comment) if node.text and not node.text.isspace()]
