"""Recipes → case folders. ``cases.yaml`` lists the cases, ``stories/`` holds their texts and metadata."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from .docx_writer import embed, write_docx
from .faults import add_members, alter, revise_pdf
from .markup import Story, read_story
from .pdf_writer import write_covered, write_pdf, write_picture
from .text_writers import write_html, write_markdown, write_text

HERE = Path(__file__).parent
REPOSITORY = HERE.parent.parent
WRITERS: Mapping[str, Callable[[Story], bytes]] = {
    ".docx": write_docx,
    ".pdf": write_pdf,
    ".html": write_html,
    ".txt": write_text,
    ".md": write_markdown,
}
MODELINE = "# yaml-language-server: $schema=../../../schemas/scr-case.schema.json\n"
METADATA = "scr-case.yaml"


def build(into: Path) -> int:
    """Write all cases into a folder, in place of its ``compliant`` and ``non_compliant``; return a count.

    Raises:
        ValueError: a recipe does not fit its story; says which.
    """
    recipes = read_recipes()
    for kind in ("compliant", "non_compliant"):
        shutil.rmtree(into / kind, ignore_errors=True)
    for name, recipe in recipes.items():
        for path, data in make_case(name, recipe).items():
            target = into / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    (into / "README.md").write_text(_readme(recipes), encoding="utf-8")
    return len(recipes)


def read_recipes() -> dict[str, Mapping[str, Any]]:
    """Name of a case → its recipe."""
    recipes = yaml.safe_load((HERE / "cases.yaml").read_text(encoding="utf-8"))
    return {name: recipe for name, recipe in recipes.items() if not name.startswith("_")}


def make_case(name: str, recipe: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of one case, path in its folder → bytes.

    Args:
        name: the case's folder, ``compliant/…`` or ``non_compliant/CODE-…``.
        recipe: ``story``; ``files``; ``edits`` (source → text → new text, each text there exactly once);
            ``add`` (path → source, ``scan`` for a scanned page, or ``{text: …}``); ``embed`` (Word file →
            source of the Word file in it); ``truncate`` (paths); ``fails`` and ``why``, the expectation.
    """
    folder = HERE / "stories" / recipe["story"]
    edits = recipe.get("edits", {})
    sources = {
        path.name: edited(path.read_text(encoding="utf-8"), edits.get(path.name, {}), name) for path in folder.iterdir()
    }
    if unknown := edits.keys() - sources.keys():
        raise ValueError(f"{name}: edits of {sorted(unknown)}, which {recipe['story']} does not have")
    files = {METADATA: (MODELINE + sources[METADATA]).encode()}
    wanted = {path: f"{PurePosixPath(path).stem}.md" for path in recipe["files"]} | recipe.get("add", {})
    for path, source in wanted.items():
        files[path] = _added(path, source, sources)
    for path, source in recipe.get("embed", {}).items():
        files[path] = embed(files[path], write_docx(read_story(sources[source])))
    for path, changes in recipe.get("alter", {}).items():
        files[path] = alter(files[path], changes)
    for path, members in recipe.get("members", {}).items():
        files[path] = add_members(files[path], members)
    for path in recipe.get("revise", ()):
        files[path] = revise_pdf(files[path])
    for path in recipe.get("truncate", ()):
        files[path] = files[path][: len(files[path]) // 2]
    if name.startswith("non_compliant/"):
        files["expected.yaml"] = _expectation(recipe)
    return files


def edited(text: str, changes: Mapping[str, str], name: str) -> str:
    """A text after the changes of a recipe.

    Raises:
        ValueError: a text to change is not there, or more than once.
    """
    for old, new in changes.items():
        if text.count(old) != 1:
            raise ValueError(f"{name}: {old!r} occurs {text.count(old)} times")
        text = text.replace(old, new)
    return text


def render(path: str, source: str) -> bytes:
    """A story in the format that a path's suffix names."""
    return WRITERS[PurePosixPath(path).suffix](read_story(source))


def _added(path: str, source: str | Mapping[str, str], sources: Mapping[str, str]) -> bytes:
    if isinstance(source, Mapping):
        return source["text"].encode()
    if source == "scan":
        return write_picture(HERE / "assets" / "scan.jpg", "Action plan")
    if source == "sealed":
        return (HERE / "assets" / "register.age").read_bytes()
    if source == "covered":
        return write_covered("Action plan")
    return render(path, sources[source])


def _expectation(recipe: Mapping[str, Any]) -> bytes:
    text = "# Exactly these rules must fail, and no others; see sample_cases/README.md.\n"
    expected = {"fails": recipe["fails"], "why": recipe["why"]}
    return (text + yaml.safe_dump(expected, sort_keys=False, width=200, default_flow_style=None)).encode()


def _readme(recipes: Mapping[str, Mapping[str, Any]]) -> str:
    text = (HERE / "README.template.md").read_text(encoding="utf-8")
    for kind, key in (("compliant", "shows"), ("non_compliant", "why")):
        names = [name for name in recipes if name.startswith(f"{kind}/")]
        rows = [f"| [{name.partition('/')[2]}]({name}) | {recipes[name][key]} |" for name in names]
        text = text.replace(f"{{{kind}}}", "\n".join(rows))
    return text
