"""Packing: the trained pipeline as a folder for a plain `spacy.load`, and the fingerprints of its files."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import Any

#: Beside the folder, not in it: `<folder>.fingerprints.yaml`.
SUFFIX = ".fingerprints.yaml"


def pack(nlp: Any, folder: Path, meta: dict[str, Any]) -> dict[str, str]:
    """Write the pipeline and its fingerprints; return them.

    Args:
        nlp: tokenizer and `ner`.
        folder: where to; replaced file by file.
        meta: added to the pipeline's `meta.json` (name, version, licence, description).
    """
    nlp.meta.update(meta)
    nlp.config["nlp"]["batch_size"] = 128  # texts in `pipe`: more repeat more words, which the first layer reads once
    folder.mkdir(parents=True, exist_ok=True)
    # The string store is not needed: words are found by hash and labels stand in the transition table.
    nlp.to_disk(folder)
    (folder / "vocab" / "strings.json").write_text("[]\n", encoding="utf-8")
    prints = fingerprints(folder)
    lines = ["# SHA-256 of each file of the packed model; written by model/pack.py\n"]
    lines += [f"{name}: {digest}\n" for name, digest in prints.items()]
    folder.with_name(folder.name + SUFFIX).write_text("".join(lines), encoding="utf-8")
    return prints


def described(meta: dict[str, Any]) -> dict[str, Any]:
    """What :func:`pack` was told to add to a pipeline's `meta.json`."""
    known = ("name", "version", "license", "spacy_version", "author", "description", "lean", "summed")
    return {key: meta[key] for key in known}


def fingerprints(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder, by its path in it with `/`."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def main() -> None:
    """Print the fingerprints of a packed model."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path)
    for name, digest in fingerprints(parser.parse_args().folder).items():
        print(f"{name}: {digest}")


if __name__ == "__main__":
    main()
