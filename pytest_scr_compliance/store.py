"""Small values that are kept between runs in the user's own cache folder, and never trusted without proof.

An entry is found and proven by keyed hashes (HMAC) under a key that lies in the same folder: without the key nobody can
tell from an entry what it is about, or make one up. Whatever is wrong with the folder, the key or an entry, it is as if
there were no entry. The folder is only used if nobody else can write to it.
"""

from __future__ import annotations

import hmac
import os
import secrets
import stat
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from io import BufferedReader
from pathlib import Path

KEY_BYTES = 32
PROOF_BYTES = 32
LARGEST = 10_000_000
"""Bytes of an entry; a larger one is no entry."""
DAY = 86_400
KEPT_FOR = 30 * DAY
"""Seconds after which an entry that nobody used is removed."""


def cache_folder() -> Path | None:
    """The folder in which this program may keep things for the user; None if there is none."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if given and Path(given).is_absolute():
        return Path(given) / "scr-compliance"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        return Path(local) / "scr-compliance" if local else None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "scr-compliance"


class Store:
    """Values by what they are about.

    Args:
        folder: where they lie.
        key: the secret under which they are hashed.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key

    @classmethod
    def open(cls, folder: Path | None) -> Store | None:
        """The store in a folder, which is made if needed; None if it cannot be used, or others can write to it."""
        if folder is None:
            return None
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_ours(folder, 0o022):
                return None
            store = cls(folder, _key(folder / "key"))
            store._prune()
        except (OSError, ValueError):
            return None
        return store

    def read(self, about: Iterable[bytes]) -> bytes | None:
        """The value that was written about something; None if there is none, or it is not as it was written."""
        name = self._name(about)
        path = self._folder / name
        try:
            with open_regular(path) as file:
                data = file.read(LARGEST + 1)
            proof, value = data[:PROOF_BYTES], data[PROOF_BYTES:]
            if len(data) > LARGEST or not hmac.compare_digest(proof, self._proof(name, value)):
                return None
            if path.stat().st_mtime < time.time() - DAY:
                os.utime(path)
        except OSError:
            return None
        return value

    def write(self, about: Iterable[bytes], value: bytes) -> None:
        """Keep a value, whole or not at all; where that cannot be done nothing happens."""
        name = self._name(about)
        with suppress(OSError):
            _write_whole(self._folder / name, self._proof(name, value) + value)

    def _name(self, about: Iterable[bytes]) -> str:
        digest = hmac.new(self._key, b"name", sha256)
        for part in about:  # with their lengths, so that no two lists are the same bytes
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
        return digest.hexdigest()

    def _proof(self, name: str, value: bytes) -> bytes:
        return hmac.digest(self._key, b"value" + name.encode() + value, "sha256")

    def _prune(self) -> None:
        """Once a day, remove what nobody has used for long, and what killed runs have left."""
        stamp, now = self._folder / "pruned", time.time()
        with suppress(OSError):
            if stamp.stat().st_mtime > now - DAY:
                return
        with suppress(OSError):
            stamp.touch(mode=0o600)
        for path in self._folder.iterdir():
            age = now - path.stat().st_mtime
            if path.name not in ("key", "pruned") and age > (DAY if path.suffix == ".new" else KEPT_FOR):
                path.unlink(missing_ok=True)


def _is_ours(path: Path, forbidden: int) -> bool:
    """Whether a file or folder belongs to this user, and others lack the rights to it."""
    status = path.stat()
    return not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & forbidden)


def _key(path: Path) -> bytes:
    """The key in a file that is made if it is missing, or not a key that only this user can read."""
    for _ in range(2):
        with suppress(FileNotFoundError):
            if path.is_file() and _is_ours(path, 0o077) and len(key := path.read_bytes()) == KEY_BYTES:
                return key
            path.unlink()
        fresh = path.with_name(f"{secrets.token_hex(8)}.new")
        _create(fresh, secrets.token_bytes(KEY_BYTES))
        try:
            with suppress(FileExistsError):  # another run was faster: its key is as good
                path.hardlink_to(fresh)
        finally:
            fresh.unlink(missing_ok=True)
    raise ValueError


def _write_whole(path: Path, data: bytes) -> None:
    new = path.with_name(f"{secrets.token_hex(8)}.new")
    try:
        _create(new, data)
        new.replace(path)
    except OSError:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise


def _create(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def open_regular(path: Path) -> BufferedReader:
    """A regular file, open for reading; a named pipe must not hang the gate.

    Raises:
        OSError: it cannot be opened, or is no regular file.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError
    return os.fdopen(handle, "rb")
