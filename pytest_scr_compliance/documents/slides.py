"""Presentations (PPTX)."""

from __future__ import annotations

from .xml import Element


def drawn_text(root: Element) -> str:
    """The text of a diagram, chart or slide, one line for each paragraph or value."""
    lines = []
    for item in root.iter("{*}p", "{*}v"):
        if isinstance(item.tag, str):
            runs = item.iter("{*}t", "{*}v") if item.tag.endswith("}p") else [item]
            lines.append("".join(run.text or "" for run in runs))
    return "\n".join(line for line in lines if line.strip())
