"""The little Markdown that the stories are written in: text → blocks of runs.

Headings, paragraphs, bullets and pipe tables; in a line ``**bold**``, ``*italic*`` and, as in CriticMarkup,
``{++inserted++}``, ``{--deleted--}`` and ``{>>comment<<}``, which become tracked changes and comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import Literal

import yaml

Mark = Literal["", "bold", "italic", "inserted", "deleted", "comment"]

MARKS: dict[str, tuple[Mark, int]] = {
    "**": ("bold", 2),
    "{++": ("inserted", 3),
    "{--": ("deleted", 3),
    "{>>": ("comment", 3),
    "*": ("italic", 1),
}
MARKED = re.compile(r"(\*\*.+?\*\*|\*[^*]+?\*|\{\+\+.+?\+\+\}|\{--.+?--\}|\{>>.+?<<\})")


@dataclass(frozen=True)
class Run:
    """Text with at most one mark."""

    text: str
    mark: Mark = ""


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title of the document."""

    level: int
    line: Line


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    line: Line


@dataclass(frozen=True)
class Bullets:
    """A bulleted list."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """A table; its first row is the heading."""

    rows: tuple[tuple[Line, ...], ...]


Block = Heading | Paragraph | Bullets | Table


@dataclass(frozen=True)
class Story:
    """One document before it has a format.

    Args:
        markdown: its text, without the front matter.
        options: the front matter: ``header`` and ``footer`` of each page.
    """

    markdown: str
    options: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The document's blocks in order."""
        return tuple(parse(self.markdown))

    @property
    def title(self) -> str:
        """The text of the first heading."""
        return self.markdown.split("\n", 1)[0].lstrip("# ")


def read_story(source: str) -> Story:
    """A story from the text of its file: Markdown, after a YAML front matter if there is one."""
    if not source.startswith("---\n"):
        return Story(source)
    _, front, body = source.split("---\n", 2)
    return Story(body.lstrip("\n"), yaml.safe_load(front))


def parse(markdown: str) -> Iterator[Block]:
    """The blocks of a Markdown text. Blank lines part them; lines without a sign are joined."""
    for chunk in re.split(r"\n\s*\n", markdown.strip()):
        for kind, lines in groupby(chunk.split("\n"), _kind):
            yield from _blocks(kind, list(lines))


def _kind(line: str) -> str:
    return next((kind for kind in ("#", "- ", "|") if line.startswith(kind)), "")


def _blocks(kind: str, lines: list[str]) -> Iterator[Block]:
    match kind:
        case "#":
            for line in lines:
                hashes, _, text = line.partition(" ")
                yield Heading(len(hashes), parse_line(text))
        case "- ":
            yield Bullets(tuple(parse_line(line[2:]) for line in lines))
        case "|":
            rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines]
            rows = [row for row in rows if set("".join(row)) != {"-"}]
            yield Table(tuple(tuple(parse_line(cell) for cell in row) for row in rows))
        case _:
            yield Paragraph(parse_line(" ".join(lines)))


def parse_line(text: str) -> Line:
    """The runs of one line."""
    return tuple(_run(part) for part in MARKED.split(text) if part)


def _run(part: str) -> Run:
    if MARKED.fullmatch(part):
        for sign, (mark, width) in MARKS.items():
            if part.startswith(sign):
                return Run(part[width:-width], mark)
    return Run(part)


def plain(line: Line) -> str:
    """The text of a line without its marks."""
    return "".join(run.text for run in line)


def tagged(line: Line, bold: str, italic: str) -> str:
    """A line as HTML, with the names of the tags for bold and italic text."""
    tags = {"bold": bold, "italic": italic}
    parts = [(escape(run.text), tags.get(run.mark)) for run in line]
    return "".join(f"<{tag}>{text}</{tag}>" if tag else text for text, tag in parts)
