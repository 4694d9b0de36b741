"""The machine fails: no space, no cache, few descriptors, two runs at once, a run that was killed. Big loads: benchmarks/."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pytest_scr_compliance.testing import make_case

from .canaries import files_below
from .conftest import AS_OF
from .forks import Forks

CHECK = [sys.executable, "-m", "pytest_scr_compliance.cli", "check", "--as-of", AS_OF]
LEAK = {"executive-summary.md": "The family was known to services. " * 12 + "\n\nMrs Zebediah Quillfeather rang.\n"}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX faults")


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    make_case(tmp_path / "cases/good")
    make_case(tmp_path / "cases/leak", files=LEAK)
    return tmp_path


def test_no_home_no_cache_no_temporary_folder(cases: Path, forks: Forks) -> None:
    nowhere = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "TMPDIR"), "/proc/none")
    before = files_below(cases)
    for path, code in (("cases/good", 0), ("cases/leak", 1)):
        assert forks.run("scr-compliance", "check", path, "--as-of", AS_OF, cwd=cases, **nowhere).code == code
    assert files_below(cases) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("case", ["good", "leak"])
def test_a_full_disk_is_no_pass(cases: Path, case: str) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run([*CHECK, f"cases/{case}"], cwd=cases, stdout=full, stderr=subprocess.PIPE, timeout=120)
    assert done.returncode != 0
    assert b"Quillfeather" not in done.stderr


def test_a_record_that_cannot_be_written_is_no_pass(cases: Path, forks: Forks) -> None:
    arguments = ["check", "cases/good", "--as-of", AS_OF, "--record", "/proc/none/record.json"]
    assert forks.run("scr-compliance", *arguments, cwd=cases).code == 4


def test_few_file_descriptors_and_two_runs_at_once(cases: Path) -> None:
    command = ["bash", "-c", 'ulimit -n 64; exec "$@"', "-", *CHECK, "cases"]
    runs = [subprocess.Popen(command, cwd=cases, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    outputs = [run.communicate(timeout=240) for run in runs]
    assert [run.returncode for run in runs] == [1, 1]
    assert outputs[0] == outputs[1]


def test_a_run_after_one_that_was_killed_is_right(cases: Path, forks: Forks) -> None:
    before = files_below(cases)
    run = subprocess.Popen([*CHECK, "cases"], cwd=cases, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.5)
    run.send_signal(signal.SIGKILL)
    run.wait(60)
    assert files_below(cases) == before
    assert forks.run("scr-compliance", "check", "cases", "--as-of", AS_OF, cwd=cases).code == 1
    assert forks.run("scr-compliance", "check", "cases/good", "--as-of", AS_OF, cwd=cases).code == 0
