"""Paths → case folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

CASE_FILE = "scr-case.yaml"
CASE_NAMES = frozenset({CASE_FILE, "scr-case.yml", "scr-case.json", "scr_case.yaml", "scr_case.yml"})
SKIPPED_FOLDERS = frozenset(".git .hg .svn .tox .venv __pycache__ node_modules site-packages".split())


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


def folders_without_case(root: Path) -> Iterator[Path]:
    """The folders below a root that should be cases and are not: they hold files, and no case lies in or above them.

    A root without any case is such a folder itself. Files beside cases, such as a README, make no case.

    Args:
        root: a folder that holds cases, in folders of it or deeper.
    """
    root = Path(os.path.abspath(root))
    cases = set(cases_below(root))
    above = {folder for case in cases for folder in case.parents}
    for parent, names, files in os.walk(root):
        folder = Path(parent)
        names[:] = sorted(name for name in names if name not in SKIPPED_FOLDERS)
        if folder in cases:
            names.clear()
        elif folder not in above and (folder == root or any(not name.startswith(".") for name in files)):
            names.clear()
            yield folder


def folders_above(case: Path, asked: Path) -> tuple[Path, ...]:
    """The folders above a case up to the one that was asked for, nearest first.

    The working directory and what is above it are left out: a repository's own configuration lies there.
    """
    here, asked = Path.cwd(), Path(os.path.abspath(asked))
    return tuple(folder for folder in case.parents if folder.is_relative_to(asked) and not here.is_relative_to(folder))


def find_cases(paths: Iterable[Path], roots: Iterable[Path] = ()) -> dict[Path, Path]:
    """The case folders that the paths name: the case that a path lies in, or else all cases below it; each once.

    Args:
        paths: files and folders.
        roots: folders below which every folder with files must be a case, or is reported as one without metadata.

    Returns:
        Case folder → the path that named it.

    Raises:
        FileNotFoundError: a path does not exist.
    """
    missing = [folder for root in roots for folder in folders_without_case(root)]
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(path)
        asked = Path(os.path.abspath(path))
        case = case_of(path)
        named = [case] if case else list(cases_below(asked))
        named += [folder for folder in missing if folder.is_relative_to(asked) or asked.is_relative_to(folder)]
        for folder in named:
            found.setdefault(folder, asked)
    return found
