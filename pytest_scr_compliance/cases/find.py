"""Paths → case folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

CASE_FILE = "scr-case.yaml"
CASE_NAMES = frozenset({CASE_FILE, "scr-case.yml", "scr-case.json", "scr_case.yaml", "scr_case.yml"})
SKIPPED_FOLDERS = frozenset({".git", ".hg", ".svn", ".tox", ".venv", "__pycache__", "node_modules"})


def case_files(folder: Path) -> list[Path]:
    """The files of a folder that look like its metadata: ``scr-case.yaml``, and other spellings of that name.

    A misspelt name (``scr-case.yml``, ``SCR-Case.yaml``) still makes the folder a case, which then fails with advice:
    if it did not, the folder would be passed over without a word.
    """
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries]
    except OSError:
        return []
    looks = [name for name in names if name.lower() in CASE_NAMES]
    return [folder / name for name in sorted(looks, key=lambda name: (name != CASE_FILE, name))]


def is_case(folder: Path) -> bool:
    """Whether a folder is a case."""
    return bool(case_files(folder))


def case_of(path: Path) -> Path | None:
    """The case folder that a file or folder lies in, the outermost one if they are nested; None if there is none."""
    path = Path(os.path.abspath(path))
    folders = [folder for folder in (path, *path.parents) if folder.is_dir() and is_case(folder)]
    return folders[-1] if folders else None


def cases_below(folder: Path) -> Iterator[Path]:
    """The case folders below a folder, in order of their paths. Symlinked folders are not entered."""
    for parent, names, _ in os.walk(folder):
        names.sort()
        if is_case(Path(parent)):
            names.clear()
            yield Path(parent)
        else:
            names[:] = [name for name in names if name not in SKIPPED_FOLDERS]


def find_cases(paths: Iterable[Path]) -> list[Path]:
    """The case folders that the paths name: the case that a path lies in, or else all cases below it; each once.

    Raises:
        FileNotFoundError: a path does not exist.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(path)
        case = case_of(path)
        for folder in [case] if case else cases_below(Path(os.path.abspath(path))):
            found[folder] = None
    return list(found)
