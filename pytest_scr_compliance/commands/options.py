"""What the commands of ``scr-compliance`` share: exit codes and the options that make settings."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from functools import wraps
from pathlib import Path
from typing import Any

import click


class Exit(IntEnum):
    """Exit codes, the same as pytest's."""

    CLEAN = 0
    FINDINGS = 1
    INTERRUPTED = 2
    INTERNAL_ERROR = 3
    USAGE = 4
    NO_CASE = 5


def existing() -> click.Path:
    """A path as an argument."""
    return click.Path(path_type=Path)


def settings_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options from which the command makes its settings, and ``checker`` as the command's first argument."""

    @click.option("--as-of", metavar="YYYY-MM-DD", help="The day on which to judge dates; today if not given.")
    @click.option("--strict", is_flag=True, default=None, help="Check every case as if its stage were `ready`.")
    @click.option(
        "--without-register", is_flag=True, default=None, help="Check a case although its register cannot be opened."
    )
    @click.option("--no-allow", is_flag=True, default=None, help="Ignore what people have accepted.")
    @click.option("--no-cache", is_flag=True, default=None, help="Search every document anew, and remember nothing.")
    @click.option("--baseline", metavar="FILE", help="Findings that were there before the gate.")
    @click.option("--policy", help="Name of the policy, or path of a policy file.")
    @click.option(
        "--config", type=existing(), help="A TOML file with settings. Default: scr-compliance.toml, or pyproject.toml."
    )
    @wraps(function)
    def wrapper(config: Path | None, **arguments: Any) -> Any:
        from ..app import Checker
        from ..cases.find import case_of
        from ..errors import ConfigError
        from ..settings import make_settings, read_settings_file

        file = config or next(
            (path for path in map(Path, ("scr-compliance.toml", "pyproject.toml")) if path.is_file()), None
        )
        flags = {
            name: arguments.pop(name)
            for name in ("as_of", "strict", "without_register", "no_allow", "no_cache", "baseline", "policy")
        }
        if file and not config and case_of(Path.cwd()) is not None:
            raise ConfigError(
                f"nothing in a case folder configures the gate; move {file.name}, or run from above the case"
            )
        given = {name: value for name, value in flags.items() if value is not None}
        return function(Checker(make_settings(read_settings_file(file) if file else {}, given)), **arguments)

    return wrapper
