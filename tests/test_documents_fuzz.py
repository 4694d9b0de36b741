"""Damaged files of every format end as a document or as a clear error: no crash, no hang, no other exception."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from pytest_scr_compliance.documents import built_in_readers
from pytest_scr_compliance.documents.isolation import CRASHED, TOO_SLOW, IsolatedReader
from pytest_scr_compliance.errors import ReadError
from pytest_scr_compliance.registry import Limits

from .document_files import mutated, samples

SEED = 20110610
RUNS = 40


@pytest.fixture(scope="module")
def isolated() -> Iterator[IsolatedReader]:
    with IsolatedReader(built_in_readers(), Limits(unpacked=50_000_000), seconds=30) as reader:
        yield reader


@pytest.mark.parametrize("suffix", samples())
def test_the_undamaged_file_is_read(isolated: IsolatedReader, suffix: str) -> None:
    content = isolated.read(samples()[suffix], suffix)
    assert content.text.strip()
    assert suffix in (".jpg", ".png", ".tif") or not content.gaps


@pytest.mark.parametrize("suffix", samples())
def test_damage_ends_as_a_document_or_an_error(isolated: IsolatedReader, suffix: str) -> None:
    chance = random.Random(f"{SEED}{suffix}")
    for run in range(RUNS):
        data = mutated(samples()[suffix], chance)
        try:
            content = isolated.read(data, suffix)
        except ReadError as error:
            assert error.reason not in (CRASHED, TOO_SLOW), f"run {run}"
            assert "its reader failed" not in error.reason, f"run {run}: {error.reason}"
        else:
            assert content.text.strip() or content.gaps, f"run {run}"
            ends = [(block.start, block.end) for block in content.blocks]
            assert ends == sorted(ends)
            assert all(0 <= start < end <= len(content.text) for start, end in ends)


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".pdf", ".rtf", ".xlsx", ".pptx"])
def test_a_file_that_is_cut_off_never_passes(isolated: IsolatedReader, suffix: str) -> None:
    data = samples()[suffix]
    for share in (0.1, 0.5, 0.9, 0.97):
        try:
            content = isolated.read(data[: int(len(data) * share)], suffix)
        except ReadError:
            continue
        assert content.gaps, f"{share:.0%} of it"
