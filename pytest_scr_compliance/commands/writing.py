"""Files that commands write: whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import ConfigError


def write_whole(path: Path, text: str) -> None:
    """Write a text file so that nobody ever finds a half of it.

    Raises:
        ConfigError: it cannot be written; what was there before is unchanged.
    """
    new = path.with_name(f".{path.name}.new")
    try:
        try:
            with new.open("w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise ConfigError(f"{path.name} cannot be written ({type(error).__name__}); nothing was changed") from None
