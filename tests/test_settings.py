"""Settings: one declaration for pytest's ini file, TOML files and command lines."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pytest_scr_compliance.errors import ConfigError
from pytest_scr_compliance.settings import Settings, make_settings, read_settings_file, settings_fields


def test_every_setting_has_a_help_text() -> None:
    assert all(field.metadata["help"] for field in settings_fields())


def test_the_last_layer_wins() -> None:
    settings = make_settings({"as_of": "2011-01-01", "min_words": 5}, {"as_of": "2012-02-29", "strict": "true"})
    assert settings == Settings(as_of=date(2012, 2, 29), min_words=5, strict=True)
    assert settings.today == date(2012, 2, 29)


def test_today_is_the_default() -> None:
    assert Settings().today == date.today()


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("as_off", "2011-01-01", "did you mean 'as_of'"),
        ("as_of", "1/1/2011", "such as 2011-03-01"),
        ("strict", "maybe", "true or false"),
        ("min_words", "-1", "above zero"),
        ("min_words", "0", "above zero"),
        ("min_words", True, "above zero"),
        ("extensions", [1], "list of strings"),
        ("policy", 3, "must be a string"),
    ],
)
def test_a_wrong_setting_says_what_to_write(name: str, value: object, reason: str) -> None:
    with pytest.raises(ConfigError, match=reason):
        make_settings({name: value})


def test_toml_files(tmp_path: Path) -> None:
    own, shared = tmp_path / "scr-compliance.toml", tmp_path / "pyproject.toml"
    own.write_text('min_words = 7\nextensions = ["a", "b"]\n')
    shared.write_text("[tool.scr-compliance]\nstrict = true\n[tool.other]\nx = 1\n")
    assert make_settings(read_settings_file(own), read_settings_file(shared)) == Settings(
        min_words=7, extensions=("a", "b"), strict=True
    )
    shared.write_text("[tool.other]\nx = 1\n")
    assert read_settings_file(shared) == {}


@pytest.mark.parametrize("data", [b"x = ", b"\xff\xfe", b"[tool]\nscr-compliance = 3\n"])
def test_a_toml_file_that_cannot_be_used(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match=r"pyproject\.toml"):
        read_settings_file(path)
