"""Reading in a process of its own, so that no document can crash, hang or bloat the gate, or slip through it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from types import TracebackType

from ..errors import ReadError
from ..model import Content
from ..registry import Limits, Reader
from . import read
from .wire import from_wire, receive, send

TOO_SLOW = "reading it takes longer than the limit; save it again or split it, or raise the setting max_seconds"
CRASHED = "its reader crashed or needs more memory than the limit; open it, save it again, or split it"
LOOK = 0.05
"""Seconds between two looks at a worker."""
HARMLESS = "pytest_scr_compliance.documents.text"
"""The module whose readers use no native library and no recursion: they need no other process."""
START = "from pytest_scr_compliance.documents.worker import main; main()"


class IsolatedReader:
    """Reads documents in a worker process that is started when it is needed and replaced when it dies.

    Args:
        readers: suffix → reader. A reader that the worker cannot import by its name runs in this process,
            and so do those of plain text and Markdown.
        limits: how much a reader may do.
        seconds: longest time for one document; the worker is killed after that.
        megabytes: most memory of the worker, where the system can limit it (not on Windows and macOS).
    """

    def __init__(
        self, readers: Mapping[str, Reader], limits: Limits, seconds: float = 60, megabytes: int = 3000
    ) -> None:
        self._readers = readers
        self._limits = limits
        self._seconds = seconds
        self._megabytes = megabytes
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, data: bytes, suffix: str) -> Content:
        """Read a document.

        Args:
            data: the whole file.
            suffix: of its name, lower case, with the dot.

        Raises:
            ReadError: as :func:`..documents.read`, and if the reader crashes, or takes too long or too much memory.
        """
        reader = self._readers.get(suffix)
        if reader is None or not data or reader.__module__ == HARMLESS or not _is_importable(reader):
            return read(data, suffix, self._readers, self._limits)
        order = {
            "suffix": suffix,
            "reader": [reader.__module__, reader.__qualname__],
            "limits": asdict(self._limits),
            "megabytes": self._megabytes,
        }
        answer = self._ask(json.dumps(order).encode(), data)
        if "error" in answer:
            raise ReadError(str(answer["error"]))
        return from_wire(answer)

    def _ask(self, order: bytes, data: bytes) -> dict[str, object]:
        process = self._process = self._process or _start()
        assert process.stdin is not None and process.stdout is not None
        guard = _Guard(process, self._seconds, self._megabytes)
        try:
            send(process.stdin, order)
            send(process.stdin, data)
            answer = json.loads(receive(process.stdout))
        except (OSError, EOFError, ValueError):
            self.close()
            raise ReadError(guard.reason or CRASHED) from None
        except BaseException:
            self.close()
            raise
        finally:
            guard.end()
        if not isinstance(answer, dict):
            self.close()
            raise ReadError(CRASHED)
        return answer

    def close(self) -> None:
        """End the worker; the next document starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with suppress(OSError):
                        stream.close()
            process.wait()

    def __enter__(self) -> IsolatedReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()


class _Guard:
    """Kills a worker that takes too long or too much memory.

    Attributes:
        reason: why it killed, or empty.
    """

    def __init__(self, process: subprocess.Popen[bytes], seconds: float, megabytes: int) -> None:
        self.reason = ""
        self._process = process
        self._deadline = monotonic() + seconds
        self._megabytes = megabytes
        self._ended = Event()
        self._thread = Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._ended.wait(LOOK):
            if monotonic() > self._deadline:
                self.reason = TOO_SLOW
            elif _megabytes(self._process.pid) > self._megabytes:
                self.reason = CRASHED
            if self.reason:
                self._process.kill()
                return

    def end(self) -> None:
        """Stop watching."""
        self._ended.set()
        self._thread.join()


def _megabytes(pid: int) -> float:
    """Memory of a process where ``/proc`` tells it, else 0: not every system keeps the limit that a worker sets
    itself."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_bytes().split()[1]
    except (OSError, IndexError):
        return 0.0
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _start() -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.Popen(
        [sys.executable, "-c", START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a library's messages may quote the document
        env=environment,
    )


def _is_importable(reader: Reader) -> bool:
    module, name = getattr(reader, "__module__", ""), getattr(reader, "__qualname__", "<")
    return module != "__main__" and name.isidentifier() and getattr(sys.modules.get(module), name, None) is reader
