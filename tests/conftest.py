"""Fixtures for all tests."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from secrets import token_hex

import pytest
from hypothesis import settings

from .forks import Forks

pytest_plugins = ["pytester"]

settings.register_profile("suite", deadline=None)  # the first example compiles the forms: no test is a benchmark
settings.load_profile("suite")

REPOSITORY = Path(__file__).parent.parent
AS_OF = "2011-06-01"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test remembers for itself what was found, and the user's own cache is left alone."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "caches" / token_hex(8)))


@pytest.fixture(scope="session")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    """Whole runs of pytest and of the command, without the time that loading the model takes."""
    with Forks(tmp_path_factory.mktemp("forks")) as forks:
        yield forks


@pytest.fixture
def command(tmp_path: Path, forks: Forks) -> Run:
    """Run ``scr-compliance`` with arguments in ``tmp_path``, as a user does."""

    def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        done = forks.run("scr-compliance", *arguments, cwd=tmp_path, **environment)
        return subprocess.CompletedProcess(arguments, done.code, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture(scope="session", autouse=True)
def _model_loaded() -> None:
    """Load spaCy before any test.

    Pytester puts ``sys.modules`` back after a run in this process: were spaCy first imported in one, it would be
    imported again after it, and its compiled halves would not know its new classes.
    """
    from pytest_scr_compliance.identifiers.names import make_detector

    list(make_detector()("Nobody."))
