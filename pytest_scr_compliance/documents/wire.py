"""What goes between the gate and the worker that reads for it: bytes with their length, and documents as JSON."""

from __future__ import annotations

import struct
from dataclasses import asdict
from typing import Any, BinaryIO

from ..model import Block, Content, Hidden, Layer, Place, Severity

LENGTH = struct.Struct(">Q")


def send(stream: BinaryIO | Any, data: bytes) -> None:
    """Write bytes, their length first."""
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: BinaryIO | Any) -> bytes:
    """Read bytes that :func:`send` wrote.

    Raises:
        EOFError: the other side has ended.
    """
    (length,) = LENGTH.unpack(_exactly(stream, LENGTH.size))
    return _exactly(stream, length)


def _exactly(stream: BinaryIO | Any, length: int) -> bytes:
    pieces = []
    while length:
        piece = stream.read(min(length, 2**20))
        if not piece:
            raise EOFError
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)


def to_wire(content: Content) -> dict[str, object]:
    """A document as plain lists and dicts."""
    return {
        "text": content.text,
        "blocks": [[block.start, block.end, _place(block.place), block.layer] for block in content.blocks],
        "hidden": [[item.name, _place(item.place), item.count, item.severity] for item in content.hidden],
        "gaps": [[_place(place), reason] for place, reason in content.gaps],
    }


def from_wire(answer: Any) -> Content:
    """The document that :func:`to_wire` was given."""
    return Content(
        answer["text"],
        tuple(Block(start, end, Place(**place), Layer(layer)) for start, end, place, layer in answer["blocks"]),
        tuple(
            Hidden(name, Place(**place), count, Severity(severity)) for name, place, count, severity in answer["hidden"]
        ),
        tuple((Place(**place), reason) for place, reason in answer["gaps"]),
    )


def _place(place: Place) -> dict[str, object]:
    return {key: value for key, value in asdict(place).items() if value is not None}
