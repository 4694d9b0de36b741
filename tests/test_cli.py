"""The command, run in a process of its own as users and CI run it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from pytest_scr_compliance.schemas import load_schema, schema_names
from pytest_scr_compliance.testing import make_case, sample_text

from .conftest import AS_OF, Run

NAME = "Zebediah Quillfeather"
TEXT = f"# Notes\n\nMrs {NAME} rang 01632 960123 about the boy.\n"
LEAK = sample_text("overview-report.md") + f"\n2.3 Mrs {NAME} rang 01632 960123.\n"


def check(command: Run, *arguments: str | Path):  # type: ignore[no-untyped-def]
    return command("check", "--as-of", AS_OF, *arguments)


def test_a_clean_case(command: Run, tmp_path: Path) -> None:
    make_case(tmp_path / "case")
    done = check(command, "case")
    assert done.returncode == 0
    assert "✓ case (ready): may be published" in done.stdout
    assert "needs a human reader" in done.stdout


def test_findings(command: Run, tmp_path: Path) -> None:
    make_case(tmp_path / "case", files={"overview-report.md": LEAK})
    done = check(command, "case")
    assert done.returncode == 1
    assert "✗ case (ready): must not be published: SCR401 ×" in done.stdout
    assert "Quillfeather" not in done.stdout + done.stderr


def test_json_follows_its_schema_and_holds_no_text(command: Run, tmp_path: Path) -> None:
    make_case(tmp_path / "case", files={"overview-report.md": LEAK, "secret.md": "x"})
    done = check(command, "case", "--format", "json")
    report = json.loads(done.stdout)
    jsonschema.validate(report, load_schema("report"))
    assert report["may_publish"] is False
    assert report["as_of"] == AS_OF
    assert {finding["code"] for result in report["cases"][0]["results"] for finding in result["findings"]} == {
        "SCR003",
        "SCR401",
    }
    assert "Quillfeather" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["check", "empty"], 5, "No case found"),
        (["check", "missing"], 4, "does not exist"),
        (["check"], 4, "Missing argument"),
        (["check", "empty", "--format", "pdf"], 4, "there is no format 'pdf'; there are: text, json"),
        (["check", "empty", "--as-of", "soon"], 4, "as_of must be a date"),
        (["check", "--changed", "other.txt"], 0, ""),
        (["explain", "SCR999"], 4, "no such rule"),
        (["schema", "nothing"], 4, "scr-case"),
        (["frobnicate"], 4, "No such command"),
        (["check", "empty", "--config", "bad.toml"], 4, "not a readable TOML file"),
        (["check", "empty", "--config", "typo.toml"], 4, "did you mean 'strict'"),
        (["check", "empty", "--config", "crash.toml"], 4, "could not be loaded"),
    ],
)
def test_exit_codes(command: Run, tmp_path: Path, arguments: list[str], code: int, words: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "other.txt").touch()
    (tmp_path / "bad.toml").write_text("x")
    (tmp_path / "typo.toml").write_text("stric = true")
    (tmp_path / "crash.toml").write_text('extensions = ["no.such.module"]')
    done = command(*arguments)
    assert done.returncode == code, done.stderr
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_crashed_rule_exits_with_3(command: Run, tmp_path: Path) -> None:
    (tmp_path / "crasher.py").write_text(
        "from pytest_scr_compliance import CaseRule\n"
        "class Crash(CaseRule):\n"
        "    code, name, citation = 'TST103', 'crash', 'test'\n"
        "    def check(self, case, reading):\n"
        "        raise RuntimeError(str(case.metadata))\n"
        "def setup(app):\n"
        "    app.add_rule(Crash)\n"
        "    return {'version': '2'}\n"
    )
    (tmp_path / "scr-compliance.toml").write_text('extensions = ["crasher"]\n')
    make_case(tmp_path / "case")
    done = command("check", "case", "--as-of", AS_OF, PYTHONPATH=str(tmp_path))
    assert done.returncode == 3
    assert "rule TST103: stopped with RuntimeError" in done.stdout
    assert "NSCB" not in done.stdout + done.stderr
    report = json.loads(command("check", "case", "--format", "json", PYTHONPATH=str(tmp_path)).stdout)
    assert report["tool"]["extensions"] == {"crasher": "2"}


def test_an_expected_yaml_means_nothing_to_the_command(command: Run, tmp_path: Path) -> None:
    make_case(tmp_path / "case", files={"overview-report.md": LEAK, "expected.yaml": "fails: [SCR401]"})
    done = check(command, "case")
    assert done.returncode == 1
    assert "SCR003 ×1, SCR401" in done.stdout


def test_metadata_only(command: Run, tmp_path: Path) -> None:
    make_case(tmp_path / "case", {"review.outcome": "unclear"}, {"overview-report.md": TEXT})
    done = check(command, "case/scr-case.yaml", "--metadata-only", "--changed")
    assert done.returncode == 1
    assert "SCR101 ×1" in done.stdout
    assert "SCR401" not in done.stdout


class TestScan:
    """``scan``, whose JSON benchmarks and other programs read."""

    def test_offsets_are_into_the_decoded_file(self, command: Run, tmp_path: Path) -> None:
        text = "Überblick\r\n\r\nThe family was visited at home.\r\nMrs Zebediah Quillfeather rang 01632 960123.\r\n"
        (tmp_path / "notes.txt").write_bytes(text.encode())
        done = command("scan", "notes.txt", "--format", "json")
        (document,) = json.loads(done.stdout)["documents"]
        assert done.returncode == 1
        assert set(document) >= {"path", "readable", "words", "text_sha256", "spans", "hidden"}
        assert document["path"] == "notes.txt"
        assert document["readable"] is True
        assert document["words"] == len(text.split())
        found = {text[span["start"] : span["end"]]: span for span in document["spans"]}
        phone = found["01632 960123"]
        assert phone["confidence"] in ("certain", "likely")
        assert phone["layer"] == "visible"
        assert set(phone) == {"kind", "confidence", "start", "end", "layer", "page", "paragraph", "detectors"}
        assert any("Quillfeather" in words for words in found)
        assert "Quillfeather" not in done.stdout

    def test_permitted_terms(self, command: Run, tmp_path: Path) -> None:
        (tmp_path / "notes.md").write_text(TEXT)
        (tmp_path / "terms.txt").write_text(f"# declared\n{NAME}\n01632 960123\n")
        assert command("scan", "notes.md").returncode == 1
        done = command("scan", "notes.md", "--permitted", "terms.txt", "--format", "json")
        assert json.loads(done.stdout)["documents"][0]["spans"] == []
        assert done.returncode == 0

    def test_a_file_that_cannot_be_read_is_no_pass(self, command: Run, tmp_path: Path) -> None:
        (tmp_path / "damaged.docx").write_bytes(b"PK\x03\x04 not really")
        done = command("scan", "damaged.docx", "missing.pdf", "--format", "json")
        assert done.returncode == 1
        assert [document["readable"] for document in json.loads(done.stdout)["documents"]] == [False, False]

    def test_text_output_masks(self, command: Run, tmp_path: Path) -> None:
        (tmp_path / "notes.md").write_text(TEXT)
        done = command("scan", "notes.md")
        assert "0█" in done.stdout
        assert "960123" not in done.stdout


def test_explain_rules_and_schema(command: Run) -> None:
    page = command("explain", "SCR401").stdout
    assert page.startswith("# SCR401 identifier-in-public-output")
    assert all(heading in page for heading in ("## Why it matters", "## How to fix", "## Source"))
    assert command("explain", "identifier-in-public-output").stdout == page
    assert "SCR301" in command("rules").stdout
    assert command("schema").stdout.split() == schema_names()
    assert json.loads(command("schema", "scr-case").stdout)["title"]


def test_policy_and_decide(command: Run) -> None:
    table = command("policy")
    assert table.returncode == 0
    assert "10 June 2010" in table.stdout
    before, after = (command("decide", "--initiated", day) for day in ("2010-06-09", "2010-06-10"))
    assert (before.returncode, after.returncode) == (0, 0)
    assert "publish-both" not in before.stdout.splitlines()[0]
    assert before.stdout != after.stdout.replace("2010-06-10", "2010-06-09")
    assert "Kent Safeguarding Children Board" in after.stdout
    assert command("decide", "--initiated", "1/6/2010").returncode == 4
    nothing = command("decide", "--initiated", "2005-01-01", "--type", "domestic-homicide-review")
    assert nothing.returncode == 1
    assert "No policy fits" in nothing.stderr


def test_init_writes_a_case_to_fill_in(command: Run, tmp_path: Path) -> None:
    done = command("init", "new/case")
    path = tmp_path / "new/case/scr-case.yaml"
    assert done.returncode == 0
    text = path.read_text()
    assert text.startswith("# yaml-language-server: $schema=file:")
    assert "#" in text
    assert Path(text.splitlines()[0].partition("file://")[2]).is_file()
    asked = check(command, "new/case")
    assert asked.returncode == 1
    assert "SCR101" in asked.stdout
    assert "scr-case.yaml:8:3 review.reference" in asked.stdout
    assert command("init", "new/case").returncode == 4
    assert path.read_text() == text


def test_scan_tells_the_place_in_the_file_and_no_case(command: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Nothing here.\n\nShe told Mrs Featherby of it.\n", encoding="utf-8")
    done = command("scan", "letter.txt")
    assert "line 3: " in done.stdout
    assert "scr-case.yaml" not in done.stdout
