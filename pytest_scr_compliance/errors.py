"""Errors that a user can act on. Their messages never hold text of a document, a register or the metadata."""

from __future__ import annotations


class ScrError(Exception):
    """Base of all errors of this package, shown to the user as ``category: message``."""

    category = "Error"

    def __str__(self) -> str:
        return f"{self.category}: {super().__str__()}"


class ConfigError(ScrError):
    """A setting, an option or a policy file is wrong; the run ends with exit code 4."""

    category = "Configuration error"


class ExtensionError(ScrError):
    """An extension could not be loaded or registers a name twice; the run ends with exit code 4."""

    category = "Extension error"


class LoadError(ScrError):
    """The metadata of a case cannot be loaded.

    Args:
        reason: what is wrong and what to write instead; never a value of the file.
        line: 1-based line in the file, if it is known.
        column: 1-based column in the file, if it is known.
    """

    category = "Cannot load"

    def __init__(self, reason: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column


class ReadError(ScrError):
    """A document cannot be read.

    Args:
        reason: a sentence from this package's own code; never a library's message, which may quote the document.
    """

    category = "Cannot read"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Undecided(ScrError):
    """A rule lacks what it needs, and another rule reports why: the case does not pass, and the reason is told once.

    Args:
        because: the code of the rule that reports what is missing, such as ``SCR101``.
    """

    category = "Undecided"

    def __init__(self, because: str) -> None:
        super().__init__(f"not checked: see {because}")
        self.because = because


class ModelError(ScrError):
    """The statistical model for names is missing, damaged or not the one that was published."""

    category = "Model error"


class RegisterError(ScrError):
    """The register of real names cannot be opened, or what is in it is not a register; never quotes it."""

    category = "Register error"
