"""Story → the formats that are text: Markdown as it is, plain text, HTML."""

from __future__ import annotations

from html import escape
from textwrap import fill

from .markup import Block, Bullets, Heading, Line, Paragraph, Story, Table, plain, tagged


def write_markdown(story: Story) -> bytes:
    """The story's own text."""
    return story.markdown.encode()


def write_text(story: Story) -> bytes:
    """A story as plain text in lines of 90 characters, its tables as lines of cells."""
    return ("\n\n".join(_text(block) for block in story.blocks) + "\n").encode()


def _text(block: Block) -> str:
    match block:
        case Heading(level, line):
            return plain(line).upper() if level == 1 else plain(line)
        case Paragraph(line):
            return fill(plain(line), 90)
        case Bullets(lines):
            items = (fill(plain(line), 88, subsequent_indent="  ") for line in lines)
            return "\n".join(f"- {item}" for item in items)
        case Table(rows):
            return "\n".join("  |  ".join(plain(cell) for cell in row) for row in rows)


def write_html(story: Story) -> bytes:
    """A story as a page of HTML without scripts or links."""
    body = "\n".join(_html(block) for block in story.blocks)
    head = f'<meta charset="utf-8">\n<title>{escape(story.title)}</title>'
    page = f"<head>\n{head}\n</head>\n<body>\n{body}\n</body>"
    return f'<!DOCTYPE html>\n<html lang="en-GB">\n{page}\n</html>\n'.encode()


def _html(block: Block) -> str:
    match block:
        case Heading(level, line):
            return f"<h{level}>{_inline(line)}</h{level}>"
        case Paragraph(line):
            return f"<p>{_inline(line)}</p>"
        case Bullets(lines):
            return "<ul>\n" + "\n".join(f"<li>{_inline(line)}</li>" for line in lines) + "\n</ul>"
        case Table(rows):
            cells = ["".join(f"<td>{_inline(cell)}</td>" for cell in row) for row in rows]
            return "<table>\n" + "\n".join(f"<tr>{row}</tr>" for row in cells) + "\n</table>"


def _inline(line: Line) -> str:
    return tagged(line, "strong", "em")
