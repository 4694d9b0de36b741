"""Who is looking: whether the text behind a finding may be shown."""

from __future__ import annotations

import os

from .errors import ConfigError


def check_values_may_show(option: str, is_terminal: bool) -> None:
    """Refuse to show the text of documents to anyone but a person at a terminal.

    Args:
        option: the option that asked for it, for the message.
        is_terminal: whether the output is a terminal, and goes nowhere else.

    Raises:
        ConfigError: the output is no terminal, or ``CI`` is set in the environment: its log would keep the text.
    """
    if "CI" in os.environ:
        raise ConfigError(f"{option} is refused where CI is set: the log would keep what it shows")
    if not is_terminal:
        raise ConfigError(
            f"{option} is refused unless the output is a terminal: a file or pipe would keep what it shows"
        )
