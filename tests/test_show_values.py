"""``--show-values``: the text behind a finding, for a person at a terminal and nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pytest_scr_compliance.app import Checker
from pytest_scr_compliance.errors import ConfigError
from pytest_scr_compliance.reports.text import write_text
from pytest_scr_compliance.settings import make_settings
from pytest_scr_compliance.terminal import check_values_may_show
from pytest_scr_compliance.testing import make_case

from .conftest import AS_OF
from .forks import Forks

pty = pytest.importorskip("pty")
LEAK = {"executive-summary.md": "The family was known to services. " * 12 + "\n\nMrs Zebediah Quillfeather rang.\n"}
RUNS = {
    "command": ["pytest_scr_compliance.cli", "check", "case", "--as-of", AS_OF, "--show-values"],
    "pytest": ["pytest", "-p", "no:randomly", "case", "--scr-as-of", AS_OF, "--scr-show-values", "--junitxml=r.xml"],
}


def at_a_terminal(folder: Path, arguments: list[str], **environment: str) -> tuple[int, str]:
    """Exit code and output of a run whose stdout is a terminal."""
    ours, theirs = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name != "CI"}
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments], cwd=folder, stdout=theirs, stderr=theirs, env={**clean, **environment}
    )
    os.close(theirs)
    output = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other side is closed
            break
        if not piece:
            break
        output += piece
    os.close(ours)
    return process.wait(60), output.decode("utf-8", "replace")


@pytest.mark.parametrize("program", RUNS)
def test_a_person_at_a_terminal_sees_the_text(tmp_path: Path, program: str) -> None:
    make_case(tmp_path / "case", files=LEAK)
    code, output = at_a_terminal(tmp_path, RUNS[program])
    assert code == 1
    assert "Quillfeather" in output
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".md"]
    assert not [path for path in kept if b"Quillfeather" in path.read_bytes()]
    assert program != "pytest" or (tmp_path / "r.xml") in kept


@pytest.mark.parametrize("program", RUNS)
def test_it_is_refused_where_ci_is_set(tmp_path: Path, program: str) -> None:
    make_case(tmp_path / "case", files=LEAK)
    code, output = at_a_terminal(tmp_path, RUNS[program], CI="false")
    assert (code, "is refused where CI is set" in output) == (4, True)


def test_it_is_refused_unless_the_output_is_a_terminal(tmp_path: Path, forks: Forks) -> None:
    make_case(tmp_path / "case", files=LEAK)
    for program, *arguments in (("scr-compliance", *RUNS["command"][1:]), RUNS["pytest"]):
        done = forks.run(program, *arguments, cwd=tmp_path)
        assert (done.code, "is refused unless the output is a terminal" in done.text) == (4, True)


def test_ci_counts_even_when_it_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    check_values_may_show("--show-values", True)
    monkeypatch.setenv("CI", "")
    with pytest.raises(ConfigError):
        check_values_may_show("--show-values", True)


@pytest.mark.parametrize("name", ["show_values", "scr_show_values"])
def test_no_file_can_turn_it_on(name: str) -> None:
    with pytest.raises(ConfigError):
        make_settings({name: True})


def test_what_is_shown_cannot_move_the_cursor(tmp_path: Path) -> None:
    text = LEAK["executive-summary.md"].replace("Zebediah ", "Zebediah\N{NO-BREAK SPACE}")
    make_case(tmp_path, files={"executive-summary.md": text})
    checker = Checker(make_settings({"as_of": AS_OF}), show_values=True)
    shown = write_text(checker.check([tmp_path]), checker)
    assert "Zebediah Quillfeather" in shown
    checker = Checker(make_settings({"as_of": AS_OF}))
    assert "Quillfeather" not in write_text(checker.check([tmp_path]), checker)
