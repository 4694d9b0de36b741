"""No document can crash, hang or bloat the gate, or slip through it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator

import pytest

from pytest_scr_compliance.documents import built_in_readers, read
from pytest_scr_compliance.documents.isolation import IsolatedReader
from pytest_scr_compliance.errors import ReadError
from pytest_scr_compliance.model import Block, Content
from pytest_scr_compliance.registry import Limits


def crash(data: bytes, limits: Limits) -> Content:
    os.abort()


def hang(data: bytes, limits: Limits) -> Content:
    time.sleep(600)
    raise AssertionError


def bloat(data: bytes, limits: Limits) -> Content:
    hoard = [bytearray(2**26) for _ in range(1000)]
    raise AssertionError(len(hoard))


def chatter(data: bytes, limits: Limits) -> Content:
    print("Kayleigh Marlowe")
    os.write(1, b"Kayleigh Marlowe")
    return Content("Child A", (Block(0, 7),))


def fail(data: bytes, limits: Limits) -> Content:
    raise ValueError("Kayleigh Marlowe")


@pytest.fixture
def isolated() -> Iterator[IsolatedReader]:
    readers = {**built_in_readers(), ".crash": crash, ".hang": hang, ".bloat": bloat, ".talk": chatter, ".fail": fail}
    with IsolatedReader(readers, Limits(), seconds=4, megabytes=600) as reader:
        yield reader


def test_a_document_comes_back_whole(isolated: IsolatedReader) -> None:
    data = b"---\nauthor: Zara\n---\nChild A <!-- Kayleigh --> was seen.\n\nEnd \xf0\x9f\x98\x80"
    assert isolated.read(data, ".md") == read(data, ".md", built_in_readers(), Limits())


@pytest.mark.parametrize(
    "suffix",
    [
        ".crash",
        ".hang",
        pytest.param(
            ".bloat",
            marks=pytest.mark.skipif(
                not sys.platform.startswith("linux"), reason="memory can be limited on Linux only"
            ),
        ),
    ],
)
def test_a_reader_that_dies_is_an_error_and_the_next_document_is_read(isolated: IsolatedReader, suffix: str) -> None:
    with pytest.raises(ReadError):
        isolated.read(b"data", suffix)
    assert isolated.read(b"<p>Child A was seen.", ".html").text.strip() == "Child A was seen."


def test_what_a_reader_prints_goes_nowhere(isolated: IsolatedReader, capfd: pytest.CaptureFixture[str]) -> None:
    assert isolated.read(b"data", ".talk").text == "Child A"
    out, err = capfd.readouterr()
    assert "Kayleigh" not in out + err


def test_an_exception_is_an_error_without_its_message(isolated: IsolatedReader) -> None:
    with pytest.raises(ReadError) as error:
        isolated.read(b"data", ".fail")
    assert "ValueError" in str(error.value)
    assert "Kayleigh" not in str(error.value)


def test_unknown_formats_and_empty_files_are_errors(isolated: IsolatedReader) -> None:
    for data, suffix in ((b"data", ".xyz"), (b"", ".txt")):
        with pytest.raises(ReadError):
            isolated.read(data, suffix)


def test_a_reader_that_no_other_process_can_import_is_used_here() -> None:
    with IsolatedReader({".x": lambda data, limits: Content("here", (Block(0, 4),))}, Limits()) as reader:
        assert reader.read(b"x", ".x").text == "here"
