"""What all Office Open XML packages share: relationships between parts, and document properties."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from ..errors import ReadError
from .packages import Package
from .xml import attribute, local


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another, or to the outside.

    Args:
        id: its identifier within the source part.
        kind: last segment of its type, such as ``header`` or ``hyperlink``.
        target: name of the target part, or an address if ``external``.
        external: whether it leads out of the package (it is never fetched).
    """

    id: str
    kind: str
    target: str
    external: bool


def relationships(package: Package, part: str) -> list[Relationship]:
    """The relationships of a part; of the package itself for the empty name.

    Raises:
        ReadError: the list is there and cannot be read.
    """
    folder, name = posixpath.split(part)
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    if listing not in package:
        return []
    found = []
    for item in package.xml(listing):
        if local(item) != "Relationship":
            continue
        kind = (item.get("Type") or "").rstrip("/").rpartition("/")[2]
        target = item.get("Target") or ""
        external = item.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        found.append(Relationship(item.get("Id") or "", kind, target, external))
    return found


def main_part(package: Package, fallback: str) -> str:
    """The name of the part that holds the document itself.

    Raises:
        ReadError: there is none.
    """
    for item in relationships(package, ""):
        if item.kind == "officeDocument" and item.target in package:
            return item.target
    if fallback in package:
        return fallback
    raise ReadError("its content is not what its suffix says; save it again in the right format or rename it")


def properties(package: Package, part: str) -> list[tuple[str, str]]:
    """Name and value of each non-blank property in a core, app or custom properties part; empty if it is not there.

    Raises:
        ReadError: the part is there and cannot be read.
    """
    if part not in package:
        return []
    found = []
    for item in package.xml(part):
        name = item.get("name") or local(item)
        text = " ".join("".join(item.itertext()).split())
        if name and text:
            found.append((name, text))
    return found


def is_on(element: object) -> bool:
    """Whether a switch such as ``w:vanish`` is on; a missing value means on."""
    return element is not None and (attribute(element, "val") or "true").lower() not in (
        "0",
        "false",
        "off",
        "none",
    )
