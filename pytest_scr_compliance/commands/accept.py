"""Commands with which people accept findings: one by one with a reason, or all that were there before the gate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import ConfigError
from .options import Exit, existing, settings_options
from .writing import write_whole

if TYPE_CHECKING:
    from ..app import Checker
    from ..model import Finding


@click.command()
@click.argument("folder", type=existing())
@click.argument("fingerprints", nargs=-1, metavar="[FINGERPRINT]…")
@click.option("--reason", help="Why it may be published; without the name.")
@click.option("--by", "approved_by", help="Who approved it, by role.")
@click.option("--until", metavar="YYYY-MM-DD", help="The last day on which it holds.")
@settings_options
def allow(
    checker: Checker,
    folder: Path,
    fingerprints: tuple[str, ...],
    reason: str | None,
    approved_by: str | None,
    until: str | None,
) -> int:
    """List the findings of the case in FOLDER that a person can accept, or accept those with these FINGERPRINTs.

    Accepting needs --reason, --by and --until; it writes scr-allow.yaml into the folder.
    """
    from ..allow import ALLOW_FILE, new_entries
    from ..cases.find import case_of

    case = case_of(folder)
    if case is None:
        raise ConfigError("this folder is no case and lies in none")
    findings = _acceptable(checker, case)
    if not fingerprints:
        _show(findings)
        return Exit.CLEAN
    chosen = [finding for finding in findings if finding.fingerprint in fingerprints]
    if len({finding.fingerprint for finding in chosen}) < len(set(fingerprints)):
        raise ConfigError("the case has no finding with such a fingerprint that can be accepted; nothing was written")
    if not (reason and approved_by and until):
        raise click.UsageError("--reason, --by and --until are needed to accept a finding")
    if until < checker.settings.today.isoformat():
        raise ConfigError("the last day is over already; nothing was written")
    text = new_entries(case, chosen, reason, approved_by, until)
    write_whole(case / ALLOW_FILE, text)
    _show(chosen)
    click.echo(f"Accepted until {until}: {len(chosen)} findings, in {ALLOW_FILE}. Take independent advice if in doubt.")
    return Exit.CLEAN


def _acceptable(checker: Checker, case: Path) -> list[Finding]:
    from ..allow import is_of_register

    rules = checker.registry.rules
    findings = checker.check_case(case).findings
    return [
        finding
        for finding in findings
        if finding.code in rules and rules[finding.code].allowable and not is_of_register(finding)
    ]


def _show(findings: list[Finding]) -> None:
    from ..reports.text import finding_line

    for finding in findings:
        click.echo(f"{finding.fingerprint}  {finding.code} {finding_line(finding)}")
    if not findings:
        click.echo("There is no finding that a person can accept.")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=existing(), metavar="PATH…")
@click.option("--output", required=True, type=existing(), help="The file to write; it must not be there yet.")
@settings_options
def baseline(checker: Checker, paths: tuple[Path, ...], output: Path) -> int:
    """Write down the findings of the cases that PATHs name, so that only new ones fail.

    Findings of rules that nobody can accept stay out of it. Name the file in the setting `baseline`.
    """
    import yaml

    from ..allow import baseline_value
    from ..cases.find import find_cases

    if output.exists():
        raise ConfigError("the file of the baseline is there already; move it away, and compare the two afterwards")
    found = [(folder, _acceptable(checker, folder)) for folder in find_cases(paths, checker.roots())]
    value = baseline_value(found, output.absolute().parent)
    write_whole(output, yaml.safe_dump(value, sort_keys=False, allow_unicode=True))
    click.echo(f"Wrote {sum(len(findings) for _, findings in found)} findings of {len(found)} cases.")
    return Exit.CLEAN
