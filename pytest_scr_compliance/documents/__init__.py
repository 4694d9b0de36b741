"""Bytes → blocks: one reader per format.

``read`` is the only door: it checks that a file is what its suffix says, and turns everything that a reader raises
into a ``ReadError`` with a sentence of our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import ReadError
from ..model import Block, Content, Layer, Place
from .sniff import mismatch

if TYPE_CHECKING:
    from ..app import Checker, ExtensionMetadata
    from ..registry import Limits, Reader


def built_in_readers() -> dict[str, Reader]:
    """Suffix → reader, for all formats of this package."""
    from .docx import read_docx
    from .html import read_html
    from .images import read_image
    from .mail import read_eml
    from .odt import read_odt
    from .pdf import read_pdf
    from .rtf import read_rtf
    from .slides import read_pptx
    from .spreadsheets import read_xlsx
    from .text import read_markdown, read_text

    return {
        ".docx": read_docx,
        ".docm": read_docx,
        ".odt": read_odt,
        ".pdf": read_pdf,
        ".rtf": read_rtf,
        ".eml": read_eml,
        **dict.fromkeys((".xlsx", ".xlsm"), read_xlsx),
        **dict.fromkeys((".pptx", ".pptm"), read_pptx),
        ".md": read_markdown,
        ".markdown": read_markdown,
        ".txt": read_text,
        ".html": read_html,
        ".htm": read_html,
        **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".webp"), read_image),
        **dict.fromkeys((".heic", ".heif", ".avif"), read_image),
    }


def setup(app: Checker) -> ExtensionMetadata:
    """Register the readers of this package."""
    for suffix, reader in built_in_readers().items():
        app.add_reader(suffix, reader)
    return {"version": "1.0"}


def read(data: bytes, suffix: str, readers: Mapping[str, Reader], limits: Limits) -> Content:
    """Read a document in this process.

    Args:
        data: the whole file.
        suffix: of its name, lower case, with the dot.
        readers: suffix → reader.
        limits: how much a reader may do.

    Returns:
        What the document holds; a document without any text has at least one gap.

    Raises:
        ReadError: it is empty, of an unknown format, not what its suffix says, or its reader failed. The reason is a
            sentence of this package, never a library's message.
    """
    if not data:
        raise ReadError("the file is empty; put the document in its place")
    reader = readers.get(suffix)
    if reader is None:
        raise ReadError(f"its format cannot be read; save it as one of {', '.join(sorted(readers))}")
    if reason := mismatch(data, suffix):
        raise ReadError(reason)
    try:
        content = reader(data, limits)
    except ReadError:
        raise
    except (MemoryError, RecursionError):
        raise ReadError("it needs more memory than the limit, or is nested too deeply; save it again") from None
    except Exception as error:
        raise ReadError(f"its reader failed ({type(error).__name__}); open it and save it again") from None
    starts = [block.start for block in content.blocks]
    if starts != sorted(starts):  # an extension's reader may bring headers last
        content = replace(content, blocks=tuple(sorted(content.blocks, key=lambda block: block.start)))
    if len(content.text) > limits.text:
        raise ReadError("it holds more text than the limit; split it, or raise the setting max_text_mb")
    if not content.gaps and not any(_is_seen(content, block) for block in content.blocks):
        gap = (Place(), "it shows no text that could be checked; put the finished document in its place")
        content = replace(content, gaps=(gap,))
    return content


def _is_seen(content: Content, block: Block) -> bool:
    return block.layer is Layer.VISIBLE and not content.text[block.start : block.end].isspace()
