"""The sealed register: its commands, and the rules that use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_scr_compliance.app import Checker
from pytest_scr_compliance.identifiers.register import new_key, seal
from pytest_scr_compliance.model import CaseReport
from pytest_scr_compliance.settings import make_settings
from pytest_scr_compliance.testing import make_case, sample_text

from .conftest import AS_OF, Run

SECRET = "Zebedora Quillfeather"
TEXT = f"version: 1\npeople:\n  - {{id: child-a, names: [{SECRET}], other_names: [Zebby]}}\nterms: [Larkmeadow]\n"


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> str:
    secret, _ = new_key()
    monkeypatch.setenv("SCR_REGISTER_KEY", secret)
    return secret


def check(folder: Path, **settings: object) -> CaseReport:
    (case,) = Checker(make_settings({"as_of": AS_OF, **settings})).check([folder]).cases
    return case


def registered(folder: Path, key: str, changes: dict[str, object] | None = None, **files: str) -> Path:
    documents = {name.replace("_", "-") + ".md": text for name, text in files.items()}
    pseudonym = {"people[0].pseudonym": "Child B"}
    make_case(folder, {"register": "register.age", **pseudonym, **(changes or {})}, documents)
    (folder / "register.age").write_bytes(seal(TEXT, key))
    return folder


def codes(case: CaseReport) -> set[str]:
    return {finding.code for finding in case.findings if finding.severity != "note"}


def test_a_case_with_a_register_passes(tmp_path: Path, key: str) -> None:
    text = sample_text("overview-report.md").replace("Child A", "Child B")
    summary = sample_text("executive-summary.md").replace("Child A", "Child B")
    case = check(registered(tmp_path, key, overview_report=text, executive_summary=summary))
    assert codes(case) == set()


@pytest.mark.parametrize(
    "form", ["Zebedora", "QUILLFEATHER, Zebedora", "zebby", "Quillfether", "larkmeadow", "Zebedora's"]
)
def test_every_form_of_a_registered_name_is_certain(tmp_path: Path, key: str, form: str) -> None:
    text = sample_text("overview-report.md") + f"\nThe note said {form} had been there.\n"
    case = check(registered(tmp_path, key, overview_report=text))
    found = [finding for finding in case.findings if "register" in finding.detectors]
    assert found
    assert {finding.confidence for finding in found} == {"certain"}


def test_a_declared_pseudonym_does_not_hide_a_registered_name(tmp_path: Path, key: str) -> None:
    text = sample_text("overview-report.md") + "\nZebedora was seen at home.\n"
    case = check(registered(tmp_path, key, {"fictional_names": ["Zebedora"]}, overview_report=text))
    assert {"SCR401", "SCR406"} <= codes(case)


@pytest.mark.parametrize("fault", ["no key", "another key", "damaged", "missing", "not sealed"])
def test_a_register_that_cannot_be_opened_is_a_failure(
    tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    folder = registered(tmp_path / "case", key)
    register = folder / "register.age"
    if fault == "no key":
        monkeypatch.delenv("SCR_REGISTER_KEY")
    elif fault == "another key":
        monkeypatch.setenv("SCR_REGISTER_KEY", new_key()[0])
    elif fault == "damaged":
        register.write_bytes(register.read_bytes()[:-5] + b"xxxxx")
    elif fault == "missing":
        register.unlink()
    else:
        register.write_text(TEXT)
    assert "SCR403" in codes(check(folder))
    assert ("SCR404" in codes(check(folder))) == (fault == "not sealed")
    assert "SCR403" not in codes(check(folder, without_register=True))


def test_a_key_file_is_taken(tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = registered(tmp_path / "case", key)
    monkeypatch.delenv("SCR_REGISTER_KEY")
    (tmp_path / "key.txt").write_text(f"# mine\n{key}\n")
    assert "SCR403" not in codes(check(folder, register_key=str(tmp_path / "key.txt")))


def test_a_register_in_the_open_is_a_finding(tmp_path: Path) -> None:
    make_case(tmp_path, files={"names.yaml": TEXT})
    case = check(tmp_path)
    assert codes(case) == {"SCR003", "SCR404"}
    assert SECRET not in "".join(finding.message for finding in case.findings)


@pytest.mark.parametrize(
    ("pseudonym", "tells"), [("Child Z", True), ("Child ZQ", True), ("Zara", True), ("Child B", False)]
)
def test_a_pseudonym_that_tells(tmp_path: Path, key: str, pseudonym: str, tells: bool) -> None:
    case = check(registered(tmp_path, key, {"people[0].pseudonym": pseudonym}))
    assert ("SCR405" in codes(case)) == tells


def test_a_real_name_in_the_metadata(tmp_path: Path, key: str) -> None:
    case = check(registered(tmp_path, key, {"sign_off.anonymisation[0].by": f"Aunt of {SECRET}"}))
    (finding,) = [finding for finding in case.findings if finding.code == "SCR406"][:1]
    assert finding.place.key == "sign_off.anonymisation[0].by"
    assert SECRET not in repr(case)


def test_the_commands(command: Run, tmp_path: Path) -> None:
    case = make_case(tmp_path / "case", {"register": "register.age"})
    key_file = tmp_path / "key.txt"
    made = command("register", "init", case, "--key-file", key_file)
    assert made.returncode == 0, made.stderr
    assert key_file.stat().st_mode & 0o077 == 0
    assert b"child-a" not in (case / "register.age").read_bytes()
    assert command("register", "init", case, "--key-file", tmp_path / "other.txt").returncode == 4
    assert command("register", "init", case, "--key-file", case / "key.txt").returncode == 4

    editor = tmp_path / "editor.sh"
    editor.write_text(f"#!/bin/sh\ncat > \"$1\" <<'END'\n{TEXT}END\n")
    editor.chmod(0o755)
    edited = command("register", "edit", case, "--key-file", key_file, EDITOR=str(editor), VISUAL=str(editor))
    assert edited.returncode == 0, edited.stderr
    checked = command("register", "check", case, "--key-file", key_file)
    assert checked.returncode == 1
    assert "1 people, 1 further terms" in checked.stdout
    assert "sibling-1, mother" in checked.stdout
    assert command("register", "check", case).returncode == 4

    (tmp_path / "open.yaml").write_text(TEXT)
    sealed = command("register", "seal", tmp_path / "open.yaml", case / "register.age", "--key-file", key_file)
    assert sealed.returncode == 0
    for done in (made, edited, checked, sealed):
        assert "Quillfeather" not in done.stdout + done.stderr
