"""The process that reads documents for the gate. It gets orders on its standard input and never speaks to a
terminal."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module

from ..errors import ReadError
from ..registry import Limits
from . import read
from .wire import receive, send, to_wire


def main() -> None:
    """Read documents until the standard input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with the answers
    orders = sys.stdin.buffer
    limited = False
    while True:
        try:
            order = json.loads(receive(orders))
            data = receive(orders)
        except EOFError:
            return
        if not limited:
            _limit_memory(order["megabytes"])
            limited = True
        try:
            module, name = order["reader"]
            reader = getattr(import_module(module), name)
            content = read(data, order["suffix"], {order["suffix"]: reader}, Limits(**order["limits"]))
            answer = json.dumps(to_wire(content))
        except ReadError as error:
            answer = json.dumps({"error": error.reason})
        except Exception as error:
            reason = f"its reader failed ({type(error).__name__}); open it and save it again"
            answer = json.dumps({"error": reason})
        send(answers, answer.encode("utf-8", "surrogatepass"))


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold the document
    except (ValueError, OSError):
        return
