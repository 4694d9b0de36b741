"""Real git, real pre-commit: a leaking case is blocked and a clean one is committed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from pytest_scr_compliance.testing import make_case, sample_text

from .conftest import REPOSITORY

LEAK = sample_text("overview-report.md") + "\n2.3 Mrs Zebediah Quillfeather rang 01632 960123.\n"
HOOKS = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text())


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(folder.parent / "pre-commit-home"),
    }
    return subprocess.run(["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=600)


def make_repository(folder: Path, repos: list[dict[str, Any]]) -> Path:
    """A repository of documents with pre-commit installed."""
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "user.name", "Test")
    git(folder, "config", "user.email", "test@example.org")
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": repos}))
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Configure")
    done = subprocess.run([sys.executable, "-m", "pre_commit", "install"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def gate(tmp_path: Path) -> tuple[Path, str]:
    """This checkout, with what is not committed yet, as a repository that pre-commit can clone; and its revision."""
    folder = tmp_path / "gate"
    listed = git(REPOSITORY, "ls-files", "-co", "--exclude-standard", "-z").stdout.split("\0")
    for name in filter(None, listed):
        if (REPOSITORY / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPOSITORY / name, folder / name)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "user.name", "Test")
    git(folder, "config", "user.email", "test@example.org")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Checkout")
    return folder, git(folder, "rev-parse", "HEAD").stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the hooks of this checkout, run from the environment of the tests."""
    hooks = [{**hook, "language": "system"} for hook in HOOKS]
    return make_repository(tmp_path / "documents", [{"repo": "local", "hooks": hooks}])


def commit(repository: Path) -> subprocess.CompletedProcess[str]:
    git(repository, "add", ".")
    return git(repository, "commit", "-m", "Add documents")


def test_a_leaking_case_is_blocked_and_a_clean_one_is_committed(gate: tuple[Path, str], tmp_path: Path) -> None:
    """As in a board's own repository: pre-commit clones the gate and builds its environment."""
    folder, revision = gate
    hooks = [{"id": hook["id"]} for hook in HOOKS]
    repository = make_repository(tmp_path / "documents", [{"repo": str(folder), "rev": revision, "hooks": hooks}])
    case = make_case(repository / "cases" / "one", files={"overview-report.md": LEAK})
    blocked = commit(repository)
    output = blocked.stdout + blocked.stderr
    assert blocked.returncode == 1
    assert "✗ cases/one (ready): must not be published: SCR401" in output
    assert "Quillfeather" not in output
    assert git(repository, "log", "--oneline").stdout.count("\n") == 1

    make_case(case)
    done = commit(repository)
    assert done.returncode == 0, done.stdout + done.stderr
    assert git(repository, "log", "--oneline").stdout.count("\n") == 2


def test_a_commit_that_touches_no_case_is_left_alone(repository: Path) -> None:
    (repository / "notes.txt").write_text("Mrs Zebediah Quillfeather")
    assert commit(repository).returncode == 0


def test_the_schema_hook_catches_a_misspelt_key(repository: Path) -> None:
    make_case(repository / "case", {"decision.decidedon": "2011-02-14"})
    blocked = commit(repository)
    assert blocked.returncode == 1
    assert "did you mean `decided_on`?" in blocked.stdout + blocked.stderr


@pytest.mark.parametrize(
    ("path", "matches"),
    [
        ("scr-case.yaml", True),
        ("cases/one/scr-case.yaml", True),
        ("cases/one/scr-case.yml", True),
        ("cases/one/my-scr-case.yaml", False),
        ("cases/one/overview.md", False),
    ],
)
def test_files_of_the_schema_hook(path: str, matches: bool) -> None:
    hook = next(hook for hook in HOOKS if hook["id"] == "scr-case-schema")
    assert bool(re.search(hook["files"], path)) is matches
