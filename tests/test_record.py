"""The release record, and whether what is about to be published is what passed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pytest_scr_compliance.app import Checker
from pytest_scr_compliance.commands.record import is_signed, sign
from pytest_scr_compliance.errors import ConfigError
from pytest_scr_compliance.record import check_with_record, faults, read_record
from pytest_scr_compliance.rules.release import RELEASE_RULES
from pytest_scr_compliance.schemas import load_schema
from pytest_scr_compliance.settings import make_settings
from pytest_scr_compliance.testing import make_case

from .conftest import AS_OF
from .forks import Forks

POLICY = "england-working-together-2010"
TODAY = date.fromisoformat(AS_OF)


def recorded(folder: Path, **settings: object) -> dict[str, Any]:
    """The record of a case, through JSON as ``verify`` reads it."""
    _, record = check_with_record(Checker(make_settings({"as_of": AS_OF, **settings})), folder)
    jsonschema.validate(record, load_schema("record"))
    path = folder.parent / "record.json"
    path.write_text(json.dumps(record))
    return read_record(path)


def found(record: dict[str, Any], folder: Path, today: date = TODAY, policy: str = POLICY) -> str:
    return "; ".join(f"{fault.code} {fault.message}" for fault in faults(record, folder, policy, today))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A case that passed, and its record."""
    folder = make_case(tmp_path_factory.mktemp("record") / "case")
    return folder, recorded(folder)


@pytest.fixture
def case(original: tuple[Path, dict[str, Any]], tmp_path: Path) -> Path:
    return Path(shutil.copytree(original[0], tmp_path / "case"))


@pytest.fixture
def record(original: tuple[Path, dict[str, Any]]) -> dict[str, Any]:
    return original[1]


@pytest.fixture
def output(case: Path, tmp_path: Path) -> Path:
    """The folder with what is about to be published: the public documents alone."""
    folder = tmp_path / "output"
    folder.mkdir()
    for name in ("overview-report.md", "executive-summary.md"):
        shutil.copy(case / name, folder)
    return folder


def test_what_passed_may_be_published(record: dict[str, Any], case: Path, output: Path) -> None:
    assert found(record, case) == ""
    assert found(record, output) == ""


def test_the_record_says_what_was_checked_and_holds_no_text(record: dict[str, Any], case: Path) -> None:
    predicate = record["predicate"]
    assert predicate["result"] == "PASSED"
    assert {"SCR401[overview]", "SCR301"} <= {*predicate["passedTests"], *predicate["warnedTests"]}
    assert {item["name"] for item in predicate["configuration"]} == {"scr-case.yaml", "policy"}
    assert predicate["scr"]["tool"]["model"]["name"]
    text = json.dumps(record)
    words = {word for path in case.iterdir() for word in path.read_text().split() if len(word) > 9 and word.isalpha()}
    assert not [word for word in words if word in text]
    assert "imr-health" not in json.dumps(record["subject"])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "one bit": (lambda folder: flip(folder / "overview-report.md"), "SCR701 document 1 of the 2 in the record is not, byte"),
    "one byte more": (lambda folder: (folder / "executive-summary.md").open("a").write("\n"), "SCR701 document 2 of"),
    "one missing": (lambda folder: (folder / "executive-summary.md").unlink(), "SCR702 document 2 of the 2"),
    "renamed": (lambda f: (f / "executive-summary.md").rename(f / "summary.md"), "SCR703"),
    "one more": (lambda folder: (folder / ".hidden").touch(), "SCR703"),
    "one more below": (lambda f: ((f / "more").mkdir(), (f / "more/x.md").touch()), "SCR703"),
    "swapped": (
        lambda f: [(f / a).rename(f / b) for a, b in (
            ("overview-report.md", "x"), ("executive-summary.md", "overview-report.md"), ("x", "executive-summary.md"),
        )],
        "SCR701 document 2",
    ),
    "an IMR": (lambda folder: (folder / "imr.md").write_text("IMR"), "SCR703 1 "),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("which", ["case", "output"])
def test_anything_else_may_not(record: dict[str, Any], case: Path, output: Path, which: str, name: str) -> None:
    folder = case if which == "case" else output
    change, words = CHANGES[name]
    change(folder)
    assert words in found(record, folder)
    assert found(record, folder)


@pytest.mark.parametrize(("name", "codes"), [("scr-case.yaml", ["SCR701"]), ("imr-health.md", ["SCR703", "SCR702"])])
def test_the_rest_of_the_case_folder_counts_too(
    record: dict[str, Any], case: Path, name: str, codes: list[str]
) -> None:
    flip(case / name)
    assert [fault.code for fault in faults(record, case, POLICY, TODAY)] == codes


def test_a_copy_of_what_passed_under_another_name_is_one_file_too_many(record: dict[str, Any], case: Path) -> None:
    shutil.copy(case / "overview-report.md", case / "copy.md")
    assert found(record, case) == "SCR703 1 other files of the case folder were added or changed"


def test_a_pipe_in_the_folder_does_not_hang(record: dict[str, Any], output: Path) -> None:
    os.mkfifo(output / "pipe")
    with pytest.raises(ConfigError):
        found(record, output)


def test_the_whole_case_is_not_the_public_output(record: dict[str, Any], case: Path) -> None:
    (case / "scr-case.yaml").unlink()
    assert "1 files in the folder are not part of what passed" in found(record, case)


def test_every_release_rule_is_shown_by_a_test_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert [rule.code for rule in RELEASE_RULES if f'"{rule.code} ' not in text and f"✗ {rule.code} " not in text] == []


def test_a_document_behind_a_link_that_changed(record: dict[str, Any], output: Path, tmp_path: Path) -> None:
    (output / "executive-summary.md").rename(tmp_path / "summary.md")
    (output / "executive-summary.md").symlink_to(tmp_path / "summary.md")
    assert found(record, output) == ""
    flip(tmp_path / "summary.md")
    assert "not, byte for byte" in found(record, output)


def test_another_policy(record: dict[str, Any], case: Path, tmp_path: Path) -> None:
    from pytest_scr_compliance.policy.load import policy_bytes

    other = tmp_path / "newer.yaml"
    other.write_bytes(policy_bytes(POLICY) + b"# newer\n")
    assert "SCR705 the policy is not the one" in found(record, case, policy=str(other))
    changed = json.loads(json.dumps(record))
    changed["predicate"]["configuration"][-1]["digest"]["sha256"] = "0" * 64
    assert "SCR705 the policy is not the one" in found(changed, case)


def test_an_acceptance_that_has_run_out(record: dict[str, Any], case: Path) -> None:
    changed = json.loads(json.dumps(record))
    allow = {"code": "SCR401", "document": "overview", "fingerprint": "0" * 16, "accepted": "until 2011-12-31"}
    changed["predicate"]["scr"]["allows"] = [allow]
    assert found(changed, case, date(2011, 12, 31)) == ""
    assert "SCR704 a finding of SCR401 was accepted only until 2011-12-31" in found(changed, case, date(2012, 1, 1))


@pytest.mark.parametrize("changes", [{"stage": "drafting"}, {"documents[2].audience": "public"}])
def test_a_case_that_did_not_pass(tmp_path: Path, changes: dict[str, Any]) -> None:
    folder = make_case(tmp_path / "case", changes)
    record = recorded(folder)
    assert found(record, folder).startswith("SCR706 ")
    if record["predicate"]["result"] == "FAILED":
        assert "overview-report.md" not in json.dumps(record)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"_type": "https://in-toto.io/Statement/v1"}', "[" * 100_000])
def test_a_record_that_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "record.json").write_text(text)
    with pytest.raises(ConfigError):
        read_record(tmp_path / "record.json")


def test_files_that_change_while_they_are_checked(tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    checker = Checker(make_settings({"as_of": AS_OF}))
    checker.connect("findings-collected", lambda *_: (case / "executive-summary.md").open("a").write("x") and None)
    with pytest.raises(ConfigError, match="changed while"):
        check_with_record(checker, case)


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs OpenSSH")
def test_signatures(tmp_path: Path) -> None:
    record, signers = tmp_path / "record.json", tmp_path / "signers"
    record.write_text("{}")
    for name in ("ours", "other"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True)
    signers.write_text(f"officer@example.org {(tmp_path / 'ours.pub').read_text()}")
    assert not is_signed(record, signers)
    sign(record, tmp_path / "other")
    assert not is_signed(record, signers)
    sign(record, tmp_path / "ours")
    assert is_signed(record, signers)
    record.write_text("{ }")
    assert not is_signed(record, signers)
    with pytest.raises(ConfigError):
        sign(record, tmp_path / "signers")


def test_the_command(case: Path, output: Path, forks: Forks, tmp_path: Path) -> None:
    def run(*arguments: str | Path) -> Any:
        return forks.run("scr-compliance", *arguments, "--as-of", AS_OF, cwd=tmp_path)

    assert run("check", "case", "--record", "record.json").code == 0
    assert run("verify", "record.json", "output").code == 0
    assert run("verify", "record.json", "case").code == 0
    assert run("verify", "record.json", "output", "--allowed-signers", os.devnull).code == 1
    assert "✗ SCR707 " in run("verify", "record.json", "output", "--allowed-signers", os.devnull).text
    flip(output / "overview-report.md")
    done = run("verify", "record.json", "output")
    assert (done.code, "✗ SCR701 document 1 of the 2 in the record is not, byte for byte" in done.text) == (1, True)
    assert "`scr-compliance explain SCR701`" in done.text
    done = run("verify", "record.json", "output", "--format", "json")
    value = json.loads(done.stdout)
    assert (done.code, value["may_publish"], [item["code"] for item in value["findings"]]) == (1, False, ["SCR701"])
    assert run("verify", "record.json", "nowhere").code == 4
    assert run("verify", "nothing.json", "output").code == 4
    assert run("check", "case", "--record", "case/record.json").code == 4
    assert run("check", "case", "--record", "nowhere/record.json").code == 4
    make_case(tmp_path / "other")
    assert run("check", "case", "other", "--record", "record.json").code == 4
