"""The release record: ``scr-compliance verify``, and signatures with an SSH key."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import ConfigError
from .options import Exit, existing, settings_options

if TYPE_CHECKING:
    from ..app import Checker
    from ..model import Finding

NAMESPACE = "scr-compliance"


def sign(record: Path, key: Path) -> Path:
    """Sign a record with an SSH key; the path of the signature, beside the record.

    Raises:
        ConfigError: ``ssh-keygen`` is missing or refuses.
    """
    signature = record.with_name(f"{record.name}.sig")
    signature.unlink(missing_ok=True)
    if _ssh("-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(key), str(record)) is None or not signature.is_file():
        raise ConfigError("the record could not be signed; is this a private SSH key, and does its agent hold it?")
    return signature


def is_signed(record: Path, allowed_signers: Path) -> bool:
    """Whether somebody whom a file of allowed signers (see ``ssh-keygen(1)``) names has signed a record as it is now.

    Raises:
        ConfigError: ``ssh-keygen`` is missing.
    """
    signature = str(record.with_name(f"{record.name}.sig"))
    names = _ssh("-Y", "find-principals", "-s", signature, "-f", str(allowed_signers), "-n", NAMESPACE)
    return any(
        _ssh("-Y", "verify", "-f", str(allowed_signers), "-I", name, "-n", NAMESPACE, "-s", signature, stdin=record)
        is not None
        for name in (names or "").splitlines()
    )


def _ssh(*arguments: str, stdin: Path | None = None) -> str | None:
    """What ``ssh-keygen`` prints, or None if it fails."""
    data = stdin.read_bytes() if stdin else b""
    try:
        done = subprocess.run(["ssh-keygen", *arguments], input=data, capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ConfigError(f"ssh-keygen cannot be run ({type(error).__name__}); install OpenSSH 8.1 or later") from None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


@click.command()
@click.argument("record", type=existing())
@click.argument("folder", type=existing())
@click.option("--allowed-signers", type=existing(), help="Also demand a signature by somebody whom this file names.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="Default: text.")
@settings_options
def verify(checker: Checker, record: Path, folder: Path, allowed_signers: Path | None, format_: str) -> int:
    """Say whether the files in FOLDER are exactly those that passed when RECORD was written.

    FOLDER is what is about to be published: the public documents and nothing else, or the whole case folder. RECORD is
    what `scr-compliance check --record` wrote.
    """
    from ..record import faults, read_record
    from ..rules.release import unsigned

    if not folder.is_dir():
        raise ConfigError("FOLDER must be a folder")
    settings = checker.settings
    found = list(faults(read_record(record), folder, settings.policy, settings.today))
    if allowed_signers is not None and not is_signed(record, allowed_signers):
        found.append(unsigned())
    click.echo(_written(found, format_))
    return Exit.FINDINGS if found else Exit.CLEAN


def _written(found: list[Finding], form: str) -> str:
    """The findings of ``verify`` for a person or a program."""
    if form == "json":
        from ..reports.json import finding_value

        return json.dumps({"may_publish": not found, "findings": list(map(finding_value, found))}, indent=2)
    if not found:
        return "✓ Exactly what passed."
    lines = [f"✗ {finding.code} {finding.message}" for finding in found]
    codes = ", ".join(f"`scr-compliance explain {code}`" for code in dict.fromkeys(finding.code for finding in found))
    return "\n".join([*lines, "Do not publish. Check the case again, and publish what passed.", f"More: {codes}"])
