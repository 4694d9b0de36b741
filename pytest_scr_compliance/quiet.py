"""Silence around everything that sees the text of a document: readers, detectors, rules, extensions and their libraries.

Any of them may print, log or warn with a piece of text in the message, and the terminal, the CI log, pytest's capture and
the junit file would keep it. What a rule has to say, it says by a finding.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout, suppress
from io import FileIO, TextIOWrapper
from typing import Any, TypeVar

T = TypeVar("T")


class _Nowhere(TextIOWrapper):
    """A stream that discards what is written to it, known by its type."""

    def __init__(self) -> None:
        super().__init__(FileIO(os.devnull, "wb"), encoding="utf-8", errors="replace")


@contextmanager
def quiet() -> Iterator[None]:
    """Discard what is printed, logged or warned meanwhile, by Python, by C libraries and by child processes.

    May be nested. It holds for the whole process, so nothing else should write at the same time.
    """
    if isinstance(sys.stdout, _Nowhere):
        yield
        return
    hooks = sys.unraisablehook, threading.excepthook
    disabled = logging.root.manager.disable
    with ExitStack() as stack:
        null = stack.enter_context(_Nowhere())
        for descriptor in (1, 2):
            stack.enter_context(_discard(descriptor, null.fileno()))
        stack.enter_context(redirect_stdout(null))
        stack.enter_context(redirect_stderr(null))
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        logging.disable(sys.maxsize)
        sys.unraisablehook = threading.excepthook = _nothing
        try:
            yield
        finally:
            sys.unraisablehook, threading.excepthook = hooks
            logging.disable(disabled)


@contextmanager
def _discard(descriptor: int, null: int) -> Iterator[None]:
    """Send a file descriptor of the process to nowhere, and back."""
    try:
        saved = os.dup(descriptor)
    except OSError:  # it is closed: nothing can be written to it
        yield
        return
    _flush()
    os.dup2(null, descriptor)
    try:
        yield
    finally:
        _flush()
        os.dup2(saved, descriptor)
        os.close(saved)


def _flush() -> None:
    """Write out what waits in Python's own streams while they still lead where it was meant to go."""
    for stream in (sys.__stdout__, sys.__stderr__):
        with suppress(OSError, ValueError):
            if stream is not None:
                stream.flush()


def _nothing(_: Any) -> None:
    """A hook that does nothing."""


def no_core_dump() -> None:
    """Keep this process, and those that it starts, from leaving its memory on the disk when it crashes."""
    try:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    except (ImportError, ValueError, OSError):  # Windows, or a system without this limit
        return


def guarded(function: Callable[[], T]) -> T:
    """Call a function in silence; whatever else than an interrupt it raises is an ``Exception``.

    ``SystemExit`` and the like, with which an extension could end the run as a success or print a text, become
    :class:`Stopped`. An interrupt is raised anew: pytest shows the arguments of the frames that it passed through.

    Raises:
        Stopped: in place of what is no ``Exception``.
        KeyboardInterrupt: the user interrupted.
    """
    stopped = ""
    with quiet():
        try:
            return function()
        except Exception:
            raise
        except BaseException as error:
            stopped = type(error).__name__
    if stopped == "KeyboardInterrupt":
        raise KeyboardInterrupt
    raise Stopped(stopped)


class Stopped(Exception):
    """Code of an extension tried to end the process.

    Args:
        name: type of what it raised.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name
