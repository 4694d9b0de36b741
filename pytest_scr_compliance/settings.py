"""Every option of the gate, declared once: pytest's ini file, TOML files and command lines all read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from .errors import ConfigError
from .model import parse_date


def option(default: Any, help: str) -> Any:
    """A field of :class:`Settings` with its help text."""
    return field(default=default, metadata={"help": help})


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can set. The prefix of each name outside of Python is ``scr_`` (ini) or ``--scr-`` (pytest)."""

    as_of: date | None = option(None, "the day on which to judge dates, YYYY-MM-DD; today if not given")
    strict: bool = option(False, "check every case as if its stage were `ready`")
    extensions: tuple[str, ...] = option((), "modules with a setup(app) function, loaded in this order")
    no_allow: bool = option(
        False, "ignore what people have accepted in scr-allow.yaml and in comments, and the baseline"
    )
    no_cache: bool = option(False, "search every document anew, and remember nothing of what was found")
    baseline: str = option(
        "", "a file of findings that were there before the gate, as `scr-compliance baseline` writes it"
    )
    roots: tuple[str, ...] = option(
        (), "folders below which every folder with files must be a case; one without metadata fails"
    )
    policy: str = option("england-working-together-2010", "name of the policy, or path of a policy file")
    model: str = option("", "name or path of another spaCy model; empty for the one that comes with the package")
    register_key: str = option("", "file with the key of the register; empty to take the variable SCR_REGISTER_KEY")
    without_register: bool = option(False, "check a case although its register cannot be opened")
    vocabulary: tuple[str, ...] = option((), "YAML files with a board's own permitted terms")
    min_words: int = option(50, "a public document with fewer visible words is not checkable")
    imr_words: int = option(30, "a public document may repeat at most this many words of an IMR in one passage")
    max_file_mb: int = option(200, "largest document that is read, in megabytes")
    max_text_mb: int = option(20, "most text that is read from one document, in millions of characters")
    max_seconds: int = option(60, "longest time that reading one document may take, in seconds")
    max_pages: int = option(5000, "most pages that are read from one document")

    @property
    def today(self) -> date:
        """The day on which dates are judged."""
        return self.as_of or date.today()


def settings_fields() -> tuple[Field[Any], ...]:
    """The fields of :class:`Settings`, for those who turn them into options."""
    return fields(Settings)


def parse_value(name: str, value: object) -> object:
    """A raw value (of a command line, ini file or TOML file) as the type of the setting called ``name``.

    Raises:
        ConfigError: the setting does not exist or the value does not fit; says what to write.
    """
    known = {item.name: item for item in fields(Settings)}
    if name not in known:
        from difflib import get_close_matches

        close = get_close_matches(name, known, n=1)
        raise ConfigError(f"there is no setting {name!r}" + (f"; did you mean {close[0]!r}?" if close else ""))
    default = known[name].default
    if name == "as_of":
        if value in (None, ""):
            return None
        day = value if isinstance(value, date) else parse_date(value)
        if day is None:
            raise ConfigError("as_of must be a date such as 2011-03-01")
        return day
    if isinstance(default, bool):
        return _parse_bool(name, value)
    if isinstance(default, int):
        return _parse_positive(name, value)
    if isinstance(default, tuple):
        values = value.split() if isinstance(value, str) else value
        if not isinstance(values, (list, tuple)) or not all(isinstance(item, str) for item in values):
            raise ConfigError(f"{name} must be a list of strings")
        return tuple(values)
    if not isinstance(value, str):
        raise ConfigError(f"{name} must be a string")
    return value


def _parse_bool(name: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false", "yes", "no", "1", "0"):
        return value.lower() in ("true", "yes", "1")
    raise ConfigError(f"{name} must be true or false")


def _parse_positive(name: str, value: object) -> int:
    if isinstance(value, (int, str)) and not isinstance(value, bool):
        text = str(value)
        if text.isascii() and text.isdigit() and 0 < int(text) < 10**9:
            return int(text)
    raise ConfigError(f"{name} must be a whole number above zero")


def make_settings(*layers: Mapping[str, object]) -> Settings:
    """Settings from raw values, the last layer winning.

    Raises:
        ConfigError: an unknown name or an unfit value.
    """
    values: dict[str, Any] = {}
    for layer in layers:
        values |= {name: parse_value(name, value) for name, value in layer.items()}
    return Settings(**values)


def read_settings_file(path: Path) -> dict[str, object]:
    """Raw settings of ``scr-compliance.toml``, or of ``[tool.scr-compliance]`` in a ``pyproject.toml``.

    Raises:
        ConfigError: the file cannot be read or is not TOML.
    """
    import tomllib

    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path.name} is not a readable TOML file ({type(error).__name__})") from None
    table = data.get("tool", {}).get("scr-compliance", {}) if path.name == "pyproject.toml" else data
    if not isinstance(table, dict):
        raise ConfigError(f"the settings in {path.name} must be a table")
    return table
