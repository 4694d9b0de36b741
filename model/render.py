"""The template language: `{SLOT}` is filled by the scene, `[a|b|c]` is one of its alternatives."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from model.scene import DATE, Scene

TEMPLATES = Path(__file__).parent / "templates"
_SLOT = re.compile(r"(\{[A-Z0-9]+\})")
_ALTERNATIVES = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")


@dataclass(frozen=True)
class Template:
    """One sentence, line, field or paragraph; `style` is the file it is from; a decoy holds no identifier."""

    text: str
    style: str
    decoy: bool


@dataclass(frozen=True)
class Record:
    """A text and its identifiers as (start, end, label), character offsets into `text`."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


@cache
def read_templates() -> tuple[Template, ...]:
    """All templates, in the order of file names. A line that starts with `0 ` is a decoy.

    `\\n` and `\\t` are escapes.
    """
    found = []
    for path in sorted(TEMPLATES.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line or line.startswith("#"):
                continue
            decoy = line.startswith("0 ")
            text = line.removeprefix("0 ").replace("\\n", "\n").replace("\\t", "\t")
            found.append(Template(text, path.stem, decoy))
    return tuple(found)


def choose(rng: random.Random, text: str) -> str:
    """`text` with every `[a|b]` replaced by one of its alternatives, innermost first."""
    while match := _ALTERNATIVES.search(text):
        text = text[: match.start()] + rng.choice(match.group(1).split("|")) + text[match.end() :]
    return text


def render(scene: Scene, template: Template) -> Record:
    """One text from a template, with the spans of its identifiers."""
    text = ""
    spans: list[tuple[int, int, str]] = []
    for part in _SLOT.split(choose(scene.rng, template.text)):
        if not _SLOT.fullmatch(part):
            text += part
            continue
        for piece in scene.fill(part[1:-1]):
            if piece.label and not (template.decoy and piece.label == DATE):  # one of an office
                spans.append((len(text), len(text) + len(piece.text), piece.label))
            text += piece.text
    starts_with_name = any(start == 0 for start, _, _ in spans)
    if (
        text[:1].islower()
        and not starts_with_name
        and template.style not in ("chat", "informal")
        and scene.rng.random() < 0.9
    ):
        text = text[0].upper() + text[1:]
    return Record(text, tuple(spans))
