"""The publication gate for serious case reviews: a pytest plugin, a pre-commit hook and a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .app import Checker, ExtensionMetadata
    from .model import Block, Case, Confidence, Content, Document, Finding, Place, Report, Severity, Span
    from .rules.base import CaseRule, DocumentRule, Rule
    from .settings import Settings

__version__ = "0.1.0"

_HOMES = {
    "Checker": "app", "ExtensionMetadata": "app", "Settings": "settings",
    "CaseRule": "rules.base", "DocumentRule": "rules.base", "Rule": "rules.base",
    "Block": "model", "Case": "model", "Confidence": "model", "Content": "model", "Document": "model",
    "Finding": "model", "Place": "model", "Report": "model", "Severity": "model", "Span": "model",
}  # fmt: skip
__all__ = [
    "Block", "Case", "CaseRule", "Checker", "Confidence", "Content", "Document", "DocumentRule", "ExtensionMetadata",
    "Finding", "Place", "Report", "Rule", "Settings", "Severity", "Span", "__version__",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: pytest imports this package in runs that have no case."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
