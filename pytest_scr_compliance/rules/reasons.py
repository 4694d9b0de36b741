"""When a written reason counts as one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


def empty_reason(reason: str) -> str | None:
    """Why what a board wrote as its reason is none, or None if it may be one.

    Args:
        reason: in the board's own words.
    """
    test, flat = _reasons(), _flat(reason)
    words = flat.split()
    if not words:
        return "no reason is given"
    if any(re.search(rf"\b{re.escape(_flat(phrase))}\b", flat) for phrase in test["boilerplate"]):
        return "the reason is a placeholder"
    if len(words) < test["least_words"]:
        return f"the reason has {len(words)} words; fewer than {test['least_words']} cannot be weighed"
    own = {word for word in words if word not in test["stock_words"].split() and len(word) > 2}
    if len(own) < test["least_own_words"]:
        return "the reason repeats the words of the guidance and says nothing about this case"
    return None


@cache
def _reasons() -> Mapping[str, Any]:
    """What ``reasons.yaml`` says."""
    import yaml

    reasons: Mapping[str, Any] = yaml.safe_load((files(__package__) / "reasons.yaml").read_text(encoding="utf-8"))
    return reasons


def _flat(text: str) -> str:
    """The words of a text in lower case, with one space between them."""
    return " ".join(re.findall(r"[\w']+", text.lower().replace("’", "'")))
