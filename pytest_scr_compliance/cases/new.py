"""A new case folder to start from."""

from __future__ import annotations

from pathlib import Path

from ..errors import ConfigError
from ..schemas import schema_folder
from .find import CASE_FILE, case_of

TEMPLATE = Path(__file__).with_name("scr-case.template.yaml")


def write_new_case(folder: Path) -> Path:
    """Write a commented ``scr-case.yaml`` into a folder, which is made if needed; the path of the file.

    Raises:
        ConfigError: the folder lies in a case already, or the file cannot be written. Nothing is ever overwritten.
    """
    if case_of(folder) is not None:
        raise ConfigError("this folder lies in a case already; nothing was written")
    path = folder / CASE_FILE
    schema = (schema_folder() / "scr-case.schema.json").resolve().as_uri()
    text = TEMPLATE.read_text(encoding="utf-8").replace("{schema}", schema).replace("{folder}", folder.as_posix())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise ConfigError(f"the file cannot be written ({type(error).__name__})") from None
    return path
