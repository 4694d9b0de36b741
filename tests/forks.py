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
    """How a run ended: its exit code (negative: killed by that signal) and all that it wrote to stdout and stderr."""

    code: int
    output: bytes

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
        self._output = home / "output"
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
        )

    def run(self, program: str, *arguments: str | Path, cwd: Path, **environment: str) -> Done:
        """Run ``pytest`` or ``scr-compliance`` in a folder, which is also where modules of extensions are found."""
        order = {
            "argv": [program, *map(str, arguments)],
            "cwd": str(cwd),
            "env": environment,
            "output": str(self._output),
        }
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Done(int(self._process.stdout.readline()), self._output.read_bytes())

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
    import pytest  # noqa: F401

    from pytest_scr_compliance import plugin  # noqa: F401
    from pytest_scr_compliance.cases.validate import schema_problems
    from pytest_scr_compliance.identifiers.names import make_detector

    list(make_detector()("The family was known to services."))
    list(schema_problems({}, "scr-case", {}))
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
        output = os.open(str(order["output"]), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for descriptor in (1, 2):
            os.dup2(output, descriptor)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.chdir(str(order["cwd"]))
        sys.path.insert(0, str(order["cwd"]))
        os.environ.update(order["env"])  # type: ignore[arg-type, call-overload]
        os.environ["PYTHONPATH"] = str(order["cwd"])  # for the workers of pytest-xdist
        sys.argv = list(order["argv"])  # type: ignore[call-overload]
        if sys.argv[0] == "pytest":
            import pytest

            code = int(pytest.main(sys.argv[1:]))
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
