"""The classes of hidden content: one table, ``hidden.yaml``, that readers, rules, tests and the docs share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..model import Severity


@dataclass(frozen=True, slots=True)
class HiddenClass:
    """A class of hidden content.

    Args:
        name: such as ``docx.track.del``.
        rule: code of the rule that reports it.
        severity: what it means by itself.
        what: what it is, in a few words.
    """

    name: str
    rule: str
    severity: Severity
    what: str


@cache
def hidden_classes() -> dict[str, HiddenClass]:
    """Name → class, for every class that a reader may report."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    table = yaml.load(Path(__file__).with_name("hidden.yaml").read_text(encoding="utf-8"), loader)
    return {
        name: HiddenClass(name, rule, Severity(severity), what)
        for rule, classes in table.items()
        for name, (severity, what) in classes.items()
    }


def severity_of(name: str) -> Severity:
    """What a class means by itself; an unknown class is an error (fail closed)."""
    known = hidden_classes().get(name)
    return known.severity if known else Severity.ERROR
