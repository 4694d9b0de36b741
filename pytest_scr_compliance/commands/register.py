"""``scr-compliance register``: the real names behind the pseudonyms, sealed with age."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from ..cases.find import case_of
from ..cases.load import load_case
from ..errors import ConfigError, RegisterError

TEMPLATE = """\
# The real names behind the pseudonyms of this review. This text is sealed when you save and close the editor.
# Keep the ids of the metadata. `other_names`: nicknames, names online. `terms`: addresses, schools, numbers.
version: 1
people:
{people}
terms: []
"""

folder_argument = click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
key_option = click.option(
    "--key-file", type=click.Path(path_type=Path), help="File with the key. Default: the variable SCR_REGISTER_KEY."
)


@click.group()
def register() -> None:
    """Make, seal, edit and check the register of real names."""


@register.command()
@folder_argument
@click.option("--key-file", type=click.Path(path_type=Path), required=True, help="Where to write the new key.")
def init(folder: Path, key_file: Path) -> int:
    """Make a key, and a sealed register to fill in for the case in FOLDER."""
    from ..identifiers.register import new_key, seal

    if case_of(key_file.parent) is not None:
        raise ConfigError("the key must not lie in a case folder; keep it where only its owner can read it")
    target = folder / "register.age"
    people = [person.get("id") for _, person in load_case(folder).items("people")]
    entries = "\n".join(f"  - {{id: {name}, names: [{name}], other_names: [], terms: []}}" for name in people if name)
    secret, public = new_key()
    _write_new(key_file, f"# public key: {public}\n{secret}\n".encode())
    _write_new(target, seal(TEMPLATE.format(people=entries or "  []"), secret))
    click.echo(f"Wrote the key and {target}. Next: add `register: register.age` to scr-case.yaml, then")
    click.echo(f"  scr-compliance register edit {folder} --key-file {key_file}")
    return 0


@register.command("seal")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("target", type=click.Path(path_type=Path))
@key_option
def seal_file(file: Path, target: Path, key_file: Path | None) -> int:
    """Seal the open register in FILE as TARGET."""
    from ..identifiers.register import read_key, seal

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RegisterError(f"the file cannot be read as UTF-8 ({type(error).__name__})") from None
    _replace(target, seal(text, read_key(str(key_file) if key_file else None)))
    click.echo(f"Sealed {target}. Now delete the open file, and empty the bin.")
    return 0


@register.command()
@folder_argument
@key_option
def edit(folder: Path, key_file: Path | None) -> int:
    """Open the register of the case in FOLDER in an editor, and seal it again.

    The text is on disk only while the editor is open: in memory (/dev/shm) where there is such a place, and in a file that
    only its owner can read.
    """
    from ..identifiers.register import read_key, seal, unseal

    key = read_key(str(key_file) if key_file else None)
    target = _register_path(folder)
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as place:
        draft = Path(place) / "register.yaml"
        draft.touch(mode=0o600)
        draft.write_text(unseal(_bytes(target), key), encoding="utf-8")
        click.edit(filename=str(draft))
        _replace(target, seal(draft.read_text(encoding="utf-8"), key))
    click.echo(f"Sealed {target}.")
    return 0


@register.command()
@folder_argument
@key_option
def check(folder: Path, key_file: Path | None) -> int:
    """Say whether the register of the case in FOLDER opens, and whom it leaves out; prints ids and numbers only."""
    from ..identifiers.register import parse, read_key, unseal

    opened = parse(unseal(_bytes(_register_path(folder)), read_key(str(key_file) if key_file else None)))
    terms = len(opened.terms) + sum(len(person.terms) for person in opened.people)
    click.echo(f"The register opens: {len(opened.people)} people, {terms} further terms.")
    known = {person.id for person in opened.people}
    declared = [str(person.get("id")) for _, person in load_case(folder).items("people")]
    missing = [name for name in declared if name not in known]
    if missing:
        click.echo(f"In the metadata and not in the register: {', '.join(missing)}")
    return 1 if missing else 0


def _register_path(folder: Path) -> Path:
    path = load_case(folder).get("register")
    if not isinstance(path, str):
        raise ConfigError("the metadata name no register; add `register: register.age` to scr-case.yaml")
    return folder / path


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RegisterError(f"the register cannot be read ({type(error).__name__})") from None


def _write_new(path: Path, data: bytes) -> None:
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
    except OSError as error:
        raise ConfigError(f"{path.name} cannot be written ({type(error).__name__}); nothing is overwritten") from None


def _replace(path: Path, data: bytes) -> None:
    """Write beside the target and move into place, so that a full disk cannot cost the old register."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(data)
        Path(file.name).replace(path)
    except OSError as error:
        raise ConfigError(f"{path.name} cannot be written ({type(error).__name__})") from None
