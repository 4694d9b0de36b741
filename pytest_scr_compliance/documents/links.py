"""What an address tells besides where it leads: a mailbox, a user's folder, a server's name."""

from __future__ import annotations

import re
from urllib.parse import unquote

from ..model import Layer, Place
from .builder import ANYWHERE, ContentBuilder

LOCAL = re.compile(r"^(?:file:|[A-Za-z]:[\\/]|\\\\|smb:|/[A-Za-z]:/)", re.IGNORECASE)


def is_local(target: str) -> bool:
    """Whether an address leads to a file on somebody's computer or server."""
    return bool(LOCAL.search(target.strip()))


def is_mail(target: str) -> bool:
    """Whether an address is a mailbox."""
    return target.strip().lower().startswith("mailto:")


def note_link(builder: ContentBuilder, target: str, fmt: str, place: Place = ANYWHERE) -> None:
    """Add an address to layer metadata, and its class where it leads to a mailbox or a local file."""
    shown = unquote(target).strip()
    if not shown or shown.startswith("#"):
        return
    if is_mail(shown):
        builder.found(f"{fmt}.mailto_link", place)
    elif is_local(shown):
        builder.found(f"{fmt}.local_path_link", place)
    builder.once(shown, Place(part="link", page=place.page), Layer.METADATA)
