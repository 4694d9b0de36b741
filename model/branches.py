"""Several ends of one training, side by side, and their mean.

Networks that part late stay close enough for the mean of their weights to be a network, too, and a better one than each:
Wortsman et al., "Model soups" (2022); Frankle et al., "Linear mode connectivity and the lottery ticket hypothesis" (2020).
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any


def side_by_side(work: Callable[[int], bytes], count: int) -> list[bytes]:
    """What ``work`` returns for each number below ``count``, each in a process that goes on from here.

    Raises:
        EOFError: one of them failed, and printed why; the others are stopped.
    """
    context = multiprocessing.get_context("fork")  # the others would have to begin anew
    ends: list[tuple[Any, Connection]] = []

    def run(number: int, send: Connection) -> None:
        send.send_bytes(work(number))

    for number in range(count):
        receive, send = context.Pipe(duplex=False)
        process = context.Process(target=run, args=(number, send))
        process.start()
        send.close()
        ends.append((process, receive))
    try:
        return [receive.recv_bytes() for _, receive in ends]
    except EOFError:
        for process, _ in ends:
            process.terminate()  # nobody would read what it sends
        raise
    finally:
        for process, _ in ends:
            process.join()


def average(model: Any, states: Sequence[bytes]) -> None:
    """Give a network of thinc's the mean of the weights in some states of it."""
    sums: dict[tuple[int, str], Any] = {}
    for state in states:
        model.from_bytes(state)
        for number, node in enumerate(model.walk()):
            for name in node.param_names:
                if node.has_param(name):
                    sums[number, name] = sums.get((number, name), 0) + node.get_param(name) / len(states)
    for number, node in enumerate(model.walk()):
        for name in node.param_names:
            if node.has_param(name):
                node.set_param(name, sums[number, name])
