"""Report → text: one writer per format."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..app import Checker, ExtensionMetadata


def setup(app: Checker) -> ExtensionMetadata:
    """Register the report formats."""
    from .json import write_json
    from .text import write_text

    app.add_reporter("text", write_text)
    app.add_reporter("json", write_json)
    return {"version": "1"}
