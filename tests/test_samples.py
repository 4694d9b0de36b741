"""The samples are what their script makes, and every rule has one that keeps it and one that breaks it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from pytest_scr_compliance.app import Checker
from pytest_scr_compliance.model import Outcome
from pytest_scr_compliance.rules.release import RELEASE_RULES
from pytest_scr_compliance.settings import make_settings
from tools.make_samples.build import build, read_recipes

REPOSITORY = Path(__file__).parent.parent
SAMPLES = REPOSITORY / "sample_cases"
COMPLIANT = sorted((SAMPLES / "compliant").iterdir())
NON_COMPLIANT = sorted((SAMPLES / "non_compliant").iterdir())

# A crashed rule and a stale baseline cannot be shown by the files of a case: the rules' own tests make them. What an opened
# register finds takes its key, which no repository should hold: tests/test_register.py shows it.
WITHOUT_SAMPLE = {"SCR002", "SCR009", "SCR405", "SCR406"}
# Rules on the release compare a folder with a record, and are no part of the check of a case: tests/test_record.py.
WITHOUT_SAMPLE |= {rule.code for rule in RELEASE_RULES}


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@cache
def checker() -> Checker:
    return Checker(make_settings())


def expected(folder: Path) -> list[str]:
    codes: list[str] = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))["fails"]
    return codes


def rule_codes() -> set[str]:
    return set(checker().registry.rules.as_dict()) - WITHOUT_SAMPLE


def test_samples_are_what_the_script_makes(tmp_path: Path) -> None:
    build(tmp_path)
    made, kept = files_below(tmp_path), files_below(SAMPLES)
    assert made.keys() == kept.keys()
    assert [name for name in made if made[name] != kept[name]] == []


def test_every_recipe_has_its_folder() -> None:
    folders = {path.relative_to(SAMPLES).as_posix() for path in [*COMPLIANT, *NON_COMPLIANT]}
    assert folders == set(read_recipes())
    assert len(COMPLIANT) >= 6


@pytest.mark.parametrize("folder", NON_COMPLIANT, ids=lambda folder: folder.name)
def test_expectation_is_well_formed_and_named_by_the_folder(folder: Path) -> None:
    expectation = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))
    assert set(expectation) == {"fails", "why"}
    assert set(expectation["fails"]) <= rule_codes()
    assert folder.name.split("-")[0] in expectation["fails"]
    assert re.fullmatch(r"[A-Z0-9].+\.", expectation["why"])


@pytest.mark.parametrize("folder", COMPLIANT, ids=lambda folder: folder.name)
def test_compliant_case_expects_nothing(folder: Path) -> None:
    assert not (folder / "expected.yaml").exists()


def test_every_rule_has_a_sample_that_breaks_it() -> None:
    assert rule_codes() - {code for folder in NON_COMPLIANT for code in expected(folder)} == set()


def test_every_rule_has_a_sample_that_keeps_it() -> None:
    report = checker().check(COMPLIANT)
    passed = {result.code for case in report.cases for result in case.results if result.outcome is Outcome.PASSED}
    assert rule_codes() - passed == set()


def test_word_and_pdf_samples_name_no_author() -> None:
    from io import BytesIO
    from zipfile import ZipFile

    from pypdfium2 import PdfDocument

    for name, data in files_below(SAMPLES).items():
        if name.endswith(".docx") and "damaged" not in name:
            parts = ZipFile(BytesIO(data)).namelist()
            assert [part for part in parts if part.startswith(("docProps/", "customXml/"))] == [], name
        if name.endswith(".pdf"):
            properties = PdfDocument(data).get_metadata_dict(skip_empty=True)
            assert set(properties) <= {"Title", "CreationDate", "ModDate"}, name


def test_metadata_start_with_the_modeline_that_finds_the_schema() -> None:
    for folder in [*COMPLIANT, *NON_COMPLIANT]:
        first = (folder / "scr-case.yaml").read_text(encoding="utf-8").split("\n", 1)[0]
        start = "# yaml-language-server: $schema="
        assert first.startswith(start)
        assert (folder / first.removeprefix(start)).resolve().is_file()
