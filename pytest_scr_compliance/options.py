"""The gate's options as pytest's: flags of its command line and keys of its configuration. Imports no pytest."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from .settings import Settings, make_settings, parse_value, settings_fields

if TYPE_CHECKING:
    import pytest

EXPECTATIONS_INI = "scr_expectations"
FLAGS = ("as_of", "policy", "baseline")
SWITCHES = ("strict", "without_register", "no_allow", "no_cache")
SHOW_VALUES = "--scr-show-values"


def add_options(parser: pytest.Parser) -> None:
    """Declare every setting as a key of pytest's configuration, and some as flags."""
    group = parser.getgroup("scr", "SCR compliance")
    for field in settings_fields():
        name, text = field.name, field.metadata["help"]
        flag, dest = f"--scr-{name.replace('_', '-')}", f"scr_{name}"
        if name in FLAGS:
            group.addoption(flag, dest=dest, default=None, help=text)
        if name in SWITCHES:
            group.addoption(flag, dest=dest, action="store_const", const=True, default=None, help=text)
        kind = {bool: "bool", tuple: "args"}.get(type(field.default), "string")
        parser.addini(f"scr_{name}", text, type=kind, default=None)  # type: ignore[arg-type]
    group.addoption(
        SHOW_VALUES,
        dest="scr_show_values",
        action="store_true",
        help="show what was found, to a person at a terminal; refused in CI",
    )
    parser.addini(
        EXPECTATIONS_INI,
        "folders whose sample cases are judged by their expected.yaml (only for the samples of a test suite)",
        type="paths",
        default=[],
    )


def settings_of(config: pytest.Config) -> Settings:
    """The settings that pytest's configuration and command line give.

    Raises:
        ConfigError: an unfit value, or a key that is misspelt: pytest would only warn of it.
    """
    known = {f"scr_{field.name}" for field in settings_fields()} | {EXPECTATIONS_INI}
    written = getattr(config, "_inicfg", None)  # where pytest 9 keeps it; the public name warns since then
    for key in config.inicfg if written is None else written:
        if key.startswith("scr_") and key not in known:
            parse_value(key.removeprefix("scr_"), None)
    ini = {field.name: config.getini(f"scr_{field.name}") for field in settings_fields()}
    flags = {name: config.getoption(f"scr_{name}") for name in (*FLAGS, *SWITCHES)}
    return make_settings(
        {name: value for name, value in ini.items() if value not in (None, "", [])},
        {name: value for name, value in flags.items() if value is not None},
    )


def writes_to_a_terminal_alone(config: pytest.Config) -> bool:
    """Whether what pytest prints goes to a terminal and is not kept: by workers, by a paste service or a debug log."""
    elsewhere = ("numprocesses", "pastebin", "debug")
    return sys.stdout.isatty() and not any(config.getoption(name, None) for name in elsewhere)
