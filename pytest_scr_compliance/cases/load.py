"""A case folder → Case."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import LoadError, ReadError
from ..model import Case, Document, Place, Problem, parse_date
from .find import CASE_FILE, case_files, folders_above
from .parse import MAX_BYTES, Parsed, parse_yaml
from .validate import schema_problems

DOCUMENT_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")


def load_case(folder: Path, companions: frozenset[str] = frozenset(), asked: Path | None = None) -> Case:
    """Load the metadata of a case folder. What is wrong with them becomes ``Case.problems``; nothing is raised.

    Args:
        folder: the case folder.
        companions: names of files in it that the caller vouches for and that need not be declared.
        asked: the path that named the case; the folders between the two can influence how it is checked.
    """
    folder = Path(os.path.abspath(folder))
    above = folders_above(folder, asked) if asked else ()
    try:
        parsed = parse_yaml(_read_metadata(folder))
    except LoadError as error:
        place = Place(line=error.line or 1, column=error.column or 1)
        return Case(
            folder, {}, problems=(Problem("unloadable", error.reason, place),), companions=companions, above=above
        )
    problems = tuple(
        Problem("schema", message, place) for message, place in schema_problems(parsed.value, "scr-case", parsed.places)
    )
    return Case(folder, parsed.value, _documents(parsed), parsed.places, problems, companions, above)


def _read_metadata(folder: Path) -> bytes:
    files = case_files(folder)
    if not files:
        raise LoadError(f"the folder has no {CASE_FILE}; `scr-compliance init` writes one")
    if len(files) > 1:
        raise LoadError(f"the folder has {len(files)} files of metadata; keep only {CASE_FILE}")
    if files[0].name != CASE_FILE:
        raise LoadError(f"the file of metadata must be called {CASE_FILE}; rename it")
    try:
        return read_regular_file(folder, CASE_FILE, MAX_BYTES + 1)
    except ReadError as error:
        raise LoadError(error.reason) from None


def _documents(parsed: Parsed) -> tuple[Document, ...]:
    entries = parsed.value.get("documents")
    documents: list[Document] = []
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        values: Mapping[str, Any] = entry if isinstance(entry, Mapping) else {}
        name = values.get("id")
        taken = {document.id for document in documents}
        if not isinstance(name, str) or not DOCUMENT_ID.fullmatch(name) or name in taken:
            name = f"document-{index + 1}"
            while name in taken:
                name += "x"
        documents.append(
            Document(
                id=name,
                index=index,
                path=_text(values.get("path")),
                role=_text(values.get("role")),
                audience=_text(values.get("audience")),
                route=_text(values.get("route")),
                publish_on=parse_date(values.get("publish_on")),
            )
        )
    return tuple(documents)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def path_fault(folder: Path, path: str) -> str | None:
    """Why a document's path may not be opened, or None: it must be relative and stay in the folder, symlinks followed.

    Args:
        folder: the case folder.
        path: as the metadata write it.
    """
    pure = PurePosixPath(path)
    if "\\" in path or re.match(r"[A-Za-z]:", path):
        return "the path must be written with `/` and without a drive letter"
    if pure.is_absolute() or path.startswith("~"):
        return "the path must be relative to the case folder"
    if ".." in pure.parts:
        return "the path must not hold `..`"
    if "\0" in path or any(ord(character) < 32 for character in path):
        return "the path holds a control character"
    try:
        inside = (folder / pure).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return "the path cannot be followed; is it a link that points to itself?"
    return (
        None if inside else "the path leads out of the case folder through a link; put the file itself into the folder"
    )


def read_regular_file(folder: Path, path: str, limit: int) -> bytes:
    """The bytes of a regular file in a case folder.

    Args:
        folder: the case folder.
        path: relative to it, already judged by :func:`path_fault`.
        limit: most bytes to read.

    Raises:
        ReadError: there is no such file, it is no regular file, it may not be read or it is too large.
    """
    fault = path_fault(folder, path)
    if fault:
        raise ReadError(fault)
    try:
        # O_NONBLOCK: a named pipe must not hang the gate.
        handle = os.open(
            folder.resolve() / path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
    except FileNotFoundError:
        raise ReadError("there is no such file in the case folder; correct `path`, or add the file") from None
    except OSError as error:
        raise ReadError(f"the file may not be opened ({type(error).__name__}); check its permissions") from None
    with os.fdopen(handle, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise ReadError("this is not a file (a folder, a device or a pipe)")
        if status.st_size > limit:
            raise ReadError(f"the file is larger than {limit // 1_000_000} MB (setting max_file_mb)")
        try:
            return stream.read(limit + 1)
        except OSError as error:
            raise ReadError(f"the file could not be read to its end ({type(error).__name__})") from None
