"""E-mail messages (EML): body and headers, and each attachment read in turn."""

from __future__ import annotations

import posixpath
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from ..errors import ReadError
from ..model import Content, Layer, Place
from ..registry import Limits
from .builder import ContentBuilder
from .embedded import read_embedded
from .html import read_html
from .packages import DAMAGED

SHOWN = ("From", "To", "Cc", "Subject", "Date", "Reply-To")
TECHNICAL = ("content-", "mime-version", "dkim-", "arc-", "authentication-results", "x-ms-exchange-antispam")
MOST_PARTS = 1000


def read_eml(data: bytes, limits: Limits) -> Content:
    """Read an e-mail message.

    Args:
        data: the whole file.
        limits: how much text may be read, and how deeply attachments are.

    Returns:
        Subject, sender, recipients and body as visible; other headers as metadata; attachments as hidden.

    Raises:
        ReadError: it is no message.
    """
    message = BytesParser(policy=policy.default).parsebytes(data)
    if not isinstance(message, EmailMessage) or not (
        message.keys()
        and ({"from", "subject", "date", "mime-version", "content-type"} & {key.lower() for key in message})
    ):
        raise ReadError("its content is not what its suffix says; save it again in the right format or rename it")
    builder = ContentBuilder(limits)
    for key, value in message.items():
        if key.title() in SHOWN:
            builder.block(str(value), Place(part="message header"))
        elif not key.lower().startswith(TECHNICAL):
            builder.once(str(value), Place(part="message header"), Layer.METADATA)
    builder.found("eml.header")
    paragraph = attached = 0
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            raise ReadError("it holds more parts than the limit; save them as documents of their own")
        if part.is_multipart():
            continue
        kind, name = part.get_content_type(), part.get_filename() or ""
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            raise ReadError(DAMAGED)
        if part.get_content_disposition() != "attachment" and kind in ("text/plain", "text/html") and not name:
            if not payload.strip():
                continue
            if kind == "text/html":
                inner = read_html(payload, limits)
                for block in inner.blocks:
                    builder.block(inner.text[block.start : block.end], block.place, block.layer)
                for hidden in inner.hidden:
                    builder.found(hidden.name, count=hidden.count)
                continue
            for text in _text(part, payload).split("\n\n"):
                paragraph += bool(text.strip())
                builder.block(text.strip("\n"), Place(paragraph=paragraph))
        else:
            attached += 1
            builder.found("eml.attachment")
            builder.once(name, Place(part="attachment name"))
            suffix = posixpath.splitext(name)[1] or "." + kind.rpartition("/")[2].replace("plain", "txt")
            read_embedded(builder, payload, suffix, f"attachment {attached}")
    return builder.content()


def _text(part: EmailMessage, payload: bytes) -> str:
    try:
        return payload.decode(part.get_content_charset() or "utf-8").replace("\r\n", "\n")
    except (LookupError, UnicodeDecodeError):
        return payload.decode("cp1252", "replace").replace("\r\n", "\n")
