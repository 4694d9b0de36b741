"""What a Word document holds besides its text."""

from __future__ import annotations

from .builder import ContentBuilder
from .ooxml import Relationship
from .packages import Package


def note_hidden(package: Package, builder: ContentBuilder, main: str, links: list[Relationship]) -> None:
    """Add hidden content and metadata of a Word document to what was read of its text."""
