"""The machine fails: no space, no cache, few descriptors, two runs at once, a run that was killed. Big loads: benchmarks/."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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


@contextmanager
def mounted(*arguments: str | Path) -> Iterator[None]:
    """A mount for the time of a test, which only root may make."""
    target = arguments[-1]
    if os.geteuid() != 0 or subprocess.run(["mount", *arguments], capture_output=True).returncode != 0:
        pytest.skip("needs the right to mount")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", target], capture_output=True)


PROGRAMS = {
    "command": ["scr-compliance", "check", "--as-of", AS_OF],
    "pytest": ["pytest", "-p", "no:randomly", "--scr-as-of", AS_OF],
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_read_only_folder(cases: Path, forks: Forks, tmp_path: Path, program: str) -> None:
    (tmp_path / "ro").mkdir()
    with (
        mounted("--bind", cases / "cases", tmp_path / "ro"),
        mounted("-o", "remount,ro,bind", tmp_path / "ro"),
    ):
        everywhere = dict.fromkeys(("XDG_CACHE_HOME", "TMPDIR", "HOME"), str(tmp_path / "ro"))
        for path, code in (("good", 0), ("leak", 1)):
            done = forks.run(*PROGRAMS[program], path, cwd=tmp_path / "ro", **everywhere)
            assert done.code == code
            assert b"Quillfeather" not in done.output


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_full_disk_for_cache_and_temporary_files(cases: Path, forks: Forks, tmp_path: Path, program: str) -> None:
    full = tmp_path / "full"
    full.mkdir()
    with mounted("-t", "tmpfs", "-o", "size=16k", "tmpfs", full):
        (full / "cache/scr-compliance").mkdir(parents=True, mode=0o700)
        with suppress(OSError):
            (full / "filler").write_bytes(bytes(100_000))
        where = {"XDG_CACHE_HOME": str(full / "cache"), "TMPDIR": str(full), "HOME": str(full)}
        for path, code in (("cases/good", 0), ("cases/leak", 1)) * 2:
            assert forks.run(*PROGRAMS[program], path, cwd=cases, **where).code == code
        assert forks.run(*PROGRAMS["command"], "cases/good", "--record", full / "r.json", cwd=cases).code == 4
        assert not (full / "r.json").exists()
        # A cache that fills up on the way holds whole entries or none.
        (full / "filler").unlink()
        for path, code in (("cases/good", 0), ("cases/leak", 1)) * 2:
            assert forks.run(*PROGRAMS[program], path, cwd=cases, **where).code == code


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


def test_runs_after_some_that_were_killed_are_right(cases: Path, forks: Forks, tmp_path: Path) -> None:
    """Wherever a run was killed, also while it wrote the cache."""
    before = files_below(cases)
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path.parent / f"{tmp_path.name}-cache")}
    environment.pop("CI", None)
    for seconds in (0.3, 0.9, 1.5, 2.1, 2.7):
        run = subprocess.Popen(
            [*CHECK, "cases"], cwd=cases, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
        )
        time.sleep(seconds)
        run.send_signal(signal.SIGKILL)
        run.wait(60)
        assert files_below(cases) == before
    where = {"XDG_CACHE_HOME": environment["XDG_CACHE_HOME"]}
    for path, code in (("cases", 1), ("cases/good", 0), ("cases/leak", 1)):
        assert forks.run("scr-compliance", "check", path, "--as-of", AS_OF, cwd=cases, **where).code == code


def test_runs_at_once_share_a_cache(cases: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path.parent / f"{tmp_path.name}-cache")}
    environment.pop("CI", None)
    runs = [
        subprocess.Popen([*CHECK, "cases"], cwd=cases, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        for _ in range(3)
    ]
    outputs = {run.communicate(timeout=240) for run in runs}
    assert [run.returncode for run in runs] == [1, 1, 1]
    assert len(outputs) == 1
    assert not list(Path(environment["XDG_CACHE_HOME"]).rglob("*.new"))


def test_a_document_that_is_too_large_is_refused_unread(cases: Path, forks: Forks) -> None:
    with (cases / "cases/good/executive-summary.md").open("wb") as file:
        file.truncate(300_000_000)
    done = forks.run(*PROGRAMS["command"], "cases/good", cwd=cases)
    assert (done.code, "SCR001" in done.text, "larger than 200 MB" in done.text) == (1, True, True)


def test_a_crash_leaves_no_core_dump(cases: Path) -> None:
    """A core dump holds all that the process has read."""
    code = (
        "import os, resource; from pytest_scr_compliance.app import Checker; Checker();"
        "assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0; os.abort()"
    )
    done = subprocess.run(["bash", "-c", 'ulimit -c unlimited; exec "$@"', "-", sys.executable, "-c", code], cwd=cases)
    assert done.returncode == -signal.SIGABRT
    assert not list(cases.glob("core*"))
