"""Many runs of pytest and of the command, each in a process of its own, that load the model once.

Run as a script it is a server: it loads what takes long, then forks for each order that it reads, so that a run costs a
fraction of a second. Used by the tests of leaks, which need dozens of whole runs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType


@dataclass(frozen=True)
class Done:
    """How a run ended: its exit code (negative: killed by that signal) and what it wrote to stdout and stderr."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def output(self) -> bytes:
        return self.stdout + b"\n" + self.stderr

    @property
    def text(self) -> str:
        return self.output.decode("utf-8", "replace")


class Forks:
    """The server, from the tests' side.

    Args:
        home: folder for all that the runs may write outside of their working folder.
    """

    def __init__(self, home: Path) -> None:
        for name in ("home", "tmp"):
            (home / name).mkdir(parents=True, exist_ok=True)
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
        environment |= {"HOME": str(home / "home"), "TMPDIR": str(home / "tmp"), "XDG_CACHE_HOME": str(home / "home")}
        environment |= {"OMP_NUM_THREADS": "1", "NO_COLOR": "1", "COLUMNS": "200", "PYTHONDONTWRITEBYTECODE": "1"}
        environment.pop("CI", None)
        self.home = home
        self._environment = environment
        self._outputs = [home / "stdout", home / "stderr"]
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
        )

    def environment(self, cwd: Path, **more: str) -> dict[str, str]:
        """That of the runs, for a process of one's own."""
        return {**self._environment, "PYTHONPATH": str(cwd), **more}

    def run(self, program: str, *arguments: str | Path, cwd: Path, **environment: str) -> Done:
        """Run ``pytest`` or ``scr-compliance`` in a folder, which is also where modules of extensions are found."""
        order = {
            "argv": [program, *map(str, arguments)],
            "cwd": str(cwd),
            "env": environment,
            "outputs": list(map(str, self._outputs)),
        }
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Done(int(self._process.stdout.readline()), *(path.read_bytes() for path in self._outputs))

    def __enter__(self) -> Forks:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)


def serve() -> None:
    """Read orders from stdin, one a line; answer each with an exit code."""
    import pytest

    from pytest_scr_compliance import plugin  # noqa: F401
    from pytest_scr_compliance.app import Checker
    from pytest_scr_compliance.cases.validate import schema_problems
    from pytest_scr_compliance.identifiers import Permitted, identify
    from pytest_scr_compliance.quiet import quiet
    from pytest_scr_compliance.testing import sample_text

    detectors = Checker().registry.detectors.as_dict()
    identify(sample_text("overview-report.md"), detectors, Permitted.build([], []))
    list(schema_problems({}, "scr-case", {}))
    with quiet():
        pytest.main(["--collect-only", os.devnull])  # loads the plugins that are installed
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(order)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _run(order: dict[str, object]) -> None:
    code = 99
    try:
        for descriptor, path in enumerate(order["outputs"], 1):  # type: ignore[call-overload]
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.chdir(str(order["cwd"]))
        sys.path.insert(0, str(order["cwd"]))
        os.environ.update(order["env"])  # type: ignore[arg-type, call-overload]
        os.environ["PYTHONPATH"] = str(order["cwd"])  # for the workers of pytest-xdist
        sys.argv = list(order["argv"])  # type: ignore[call-overload]
        if sys.argv[0] == "pytest":
            import pytest

            # The server has loaded the plugin already, of which pytest would warn.
            code = int(pytest.main(["-W", "ignore::pytest.PytestAssertRewriteWarning", *sys.argv[1:]]))
        else:
            from pytest_scr_compliance import cli

            cli.main()
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 98
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


if __name__ == "__main__":
    serve()
