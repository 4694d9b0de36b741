"""The command ``scr-compliance``, also the entry of the pre-commit hooks. It runs the gate without pytest."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import __version__
from .commands.accept import allow, baseline
from .commands.options import Exit, existing, settings_options
from .commands.record import sign, verify
from .commands.register import register
from .commands.writing import write_whole
from .errors import ConfigError, ScrError
from .quiet import guarded
from .terminal import check_values_may_show

if TYPE_CHECKING:
    from .app import Checker
    from .model import Report


def main() -> None:
    """Entry point: run the command and turn whatever goes wrong into an exit code, without quoting any text."""
    try:
        code = command.main(standalone_mode=False)
    except click.exceptions.Abort:
        code = Exit.INTERRUPTED
    except KeyboardInterrupt:
        code = Exit.INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = Exit.USAGE
    except ScrError as error:
        click.echo(str(error), err=True)
        code = Exit.USAGE
    except (Exception, SystemExit) as error:
        click.echo(f"Internal error: {type(error).__name__}; nothing was decided", err=True)
        code = Exit.INTERNAL_ERROR
    sys.exit(int(code or 0))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="scr-compliance")
def command() -> None:
    """The publication gate for serious case reviews.

    Exit codes: 0 clean, 1 findings, 2 interrupted, 3 internal error or crashed rule, 4 usage or configuration, 5 no case
    found.
    """


command.add_command(register)


@command.command()
@click.argument("paths", nargs=-1, required=True, type=existing(), metavar="PATH…")
@click.option(
    "--format", "format_", default="text", metavar="FORMAT", help="text (the default), json, or an extension's."
)
@click.option("--changed", is_flag=True, help="PATHs are changed files: check their cases, pass over all other files.")
@click.option("--metadata-only", is_flag=True, help="Check the metadata alone; opens no document.")
@click.option("--show-values", is_flag=True, help="Show what was found, to a person at a terminal; refused in CI.")
@click.option("--verbose", is_flag=True, help="Also list how each rule ended, on stderr.")
@click.option("--record", type=existing(), help="Write down which files passed which rules, for `verify`; one case.")
@click.option("--sign", "key", type=existing(), help="Sign the record with this private SSH key.")
@settings_options
def check(
    checker: Checker,
    paths: tuple[Path, ...],
    format_: str,
    changed: bool,
    metadata_only: bool,
    show_values: bool,
    verbose: bool,
    record: Path | None,
    key: Path | None,
) -> int:
    """Check the cases that PATHs name: case folders, folders above them, or files in them."""
    if show_values:
        check_values_may_show("--show-values", sys.stdout.isatty())
        checker.show_values = True
    if format_ not in checker.registry.reporters:
        known = ", ".join(checker.registry.reporters)
        raise ConfigError(f"there is no format {format_!r}; there are: {known}")
    if (key and not record) or (record and metadata_only):
        raise click.UsageError("--sign needs --record, and --record needs a whole check")
    try:
        report = (
            _check_one(checker, paths, record, key) if record else checker.check(paths, metadata_only=metadata_only)
        )
    except FileNotFoundError:
        raise click.BadParameter("one of the PATHs does not exist", param_hint="PATH") from None
    if not report.cases and changed:
        return Exit.CLEAN
    if verbose:
        for case in report.cases:
            for result in case.results:
                name = f"{result.code}[{result.document}]" if result.document else result.code
                because = f", see {result.because}" if result.because else ""
                click.echo(f"{case.folder}  {name}: {result.outcome}{because}", err=True)
    reporter = checker.registry.reporters[format_]
    click.echo(guarded(lambda: reporter(report, checker)), nl=False)
    return _exit_code(report)


def _check_one(checker: Checker, paths: tuple[Path, ...], record: Path, key: Path | None) -> Report:
    """Check the only case that paths name, and write its record."""
    import json

    from .cases.find import case_of, find_cases
    from .model import Report
    from .record import check_with_record

    found = find_cases(paths, checker.roots())
    if len(found) != 1:
        raise ConfigError(f"a record is of one case; the PATHs name {len(found)}")
    if case_of(record) is not None:
        raise ConfigError("a record must lie outside of the case folder")
    ((folder, asked),) = found.items()
    report, value = check_with_record(checker, folder, asked)
    write_whole(record, json.dumps(value, indent=2, ensure_ascii=False) + "\n")
    if key:
        sign(record, key)
    whole = Report((report,))
    checker.emit("check-finished", whole)
    return whole


def _exit_code(report: Report) -> Exit:
    if not report.cases:
        click.echo("No case found: none of the folders holds a scr-case.yaml.", err=True)
        return Exit.NO_CASE
    if any(finding.code == "SCR002" for case in report.cases for finding in case.findings):
        return Exit.INTERNAL_ERROR
    return Exit.CLEAN if report.may_publish else Exit.FINDINGS


@command.command()
@click.argument("files", nargs=-1, required=True, type=existing(), metavar="FILE…")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="Default: text.")
@click.option("--permitted", type=existing(), help="A file of permitted terms, one a line.")
@settings_options
def scan(checker: Checker, files: tuple[Path, ...], format_: str, permitted: Path | None) -> int:
    """Search FILEs for identifiers and hidden content, without a case."""
    from .scan import read_terms, scan_files, write_scan

    terms = read_terms(permitted) if permitted else ()
    scans = guarded(lambda: scan_files(files, checker, terms))
    click.echo(write_scan(scans, format_), nl=False)
    return Exit.CLEAN if all(scan.is_clean for scan in scans) else Exit.FINDINGS


@command.command()
@click.argument("code")
@settings_options
def explain(checker: Checker, code: str) -> int:
    """Print the page of the rule with this CODE (or name): why it matters, how to fix it, its source."""
    from .reports.pages import rule_page

    rules = checker.registry.rules.as_dict()
    found = next((rule for rule in rules.values() if code.upper() == rule.code or code == rule.name), None)
    if found is None:
        raise click.BadParameter("there is no such rule; `scr-compliance rules` lists them", param_hint="CODE")
    click.echo(rule_page(found))
    return Exit.CLEAN


@command.command()
@settings_options
def rules(checker: Checker) -> int:
    """List all rules."""
    from .reports.pages import rules_table

    click.echo(rules_table(checker.registry.rules.as_dict().values()))
    return Exit.CLEAN


@command.command()
@settings_options
def policy(checker: Checker) -> int:
    """Print the policy as a table: what it asks for, how strongly, and its source."""
    from .policy.table import policy_text

    click.echo(policy_text(checker.settings.policy), nl=False)
    return Exit.CLEAN


@command.command()
@click.option("--initiated", required=True, metavar="YYYY-MM-DD", help="The day on which the review was initiated.")
@click.option("--type", "review_type", default="serious-case-review", help="As in `review.type` of the metadata.")
@settings_options
def decide(checker: Checker, initiated: str, review_type: str) -> int:
    """Say what is published of a review that was initiated on a day, with the source."""
    from .model import parse_date
    from .policy.table import decide_text

    day = parse_date(initiated)
    if day is None:
        raise click.BadParameter("must be a date such as 2010-06-09", param_hint="--initiated")
    answer = decide_text(day, review_type, checker.settings.policy)
    if answer is None:
        click.echo("No policy fits this day and type of review.", err=True)
        return Exit.FINDINGS
    click.echo(answer, nl=False)
    return Exit.CLEAN


@command.command()
@click.argument("folder", type=existing())
def init(folder: Path) -> int:
    """Make a new case FOLDER with a commented scr-case.yaml."""
    from .cases.new import write_new_case

    path = write_new_case(folder)
    click.echo(f"Wrote {path}. Fill it in, put the documents beside it, then run: scr-compliance check {folder}")
    return Exit.CLEAN


@command.command()
@click.argument("name", required=False)
def schema(name: str | None) -> int:
    """Print the JSON Schema with this NAME, or list their names."""
    from .schemas import schema_names, schema_text

    if name is None:
        click.echo("\n".join(schema_names()))
        return Exit.CLEAN
    if name not in schema_names():
        raise click.BadParameter(f"there are: {', '.join(schema_names())}", param_hint="NAME")
    click.echo(schema_text(name), nl=False)
    return Exit.CLEAN


for part in (allow, baseline, verify):
    command.add_command(part)

if __name__ == "__main__":
    main()
