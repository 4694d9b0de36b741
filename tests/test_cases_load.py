"""A case folder → Case: schema messages, places, paths."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pytest_scr_compliance.cases.load import load_case, path_fault
from pytest_scr_compliance.testing import REMOVE, make_case


def problems(folder: Path) -> list[tuple[str, str]]:
    return [(str(problem.place), problem.message) for problem in load_case(folder).problems]


def write(folder: Path, text: str) -> Path:
    (folder / "scr-case.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_sample_case_has_no_problem(tmp_path: Path) -> None:
    case = load_case(make_case(tmp_path))
    assert case.problems == ()
    assert [document.id for document in case.documents] == ["overview", "summary", "imr-health"]
    assert [document.is_public for document in case.documents] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("2010-6-31", "leading zero"),
        ("2010-06-31", "does not have"),
        ("10/06/2010", "year first"),
        ("10.6.10", "year first"),
        ("2010-06-10 00:00:00", "leave out the time"),
        ("2010-06-10T09:30:00Z", "leave out the time"),
        ("June 2010", "not a date"),
        ("20100610", "a whole number"),
        ('"20100610"', "not a date"),
        ("2010-W23-4", "not a date"),
    ],
)
def test_a_wrong_date_says_what_to_write(tmp_path: Path, text: str, advice: str) -> None:
    path = make_case(tmp_path) / "scr-case.yaml"
    lines = path.read_text().splitlines()
    number = next(index for index, line in enumerate(lines) if "initiated_on" in line)
    lines[number] = f"  initiated_on: {text}"
    path.write_text("\n".join(lines))
    ((place, message),) = problems(tmp_path)
    assert place == f"scr-case.yaml:{number + 1}:3 review.initiated_on"
    assert advice in message or (advice == "a whole number" and "must be text" in message)
    assert text.strip('"') not in message


def test_an_unknown_key_gets_a_suggestion_and_is_not_echoed(tmp_path: Path) -> None:
    make_case(tmp_path, {"decision.decidedon": "2011-02-14", "decision.Zebediah Quill": 1})
    found = problems(tmp_path)
    assert any("did you mean `decided_on`?" in message for _, message in found)
    assert all(place.endswith(" decision") for place, _ in found)
    assert all("Zebediah" not in place + message and "decidedon" not in message for place, message in found)


def test_a_wrong_word_gets_a_suggestion(tmp_path: Path) -> None:
    make_case(tmp_path, {"documents[0].role": "overview_report"})
    ((place, message),) = problems(tmp_path)
    assert place.endswith("documents[0].role")
    assert "did you mean `overview-report`?" in message


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    make_case(tmp_path, {"restrictions": REMOVE})
    assert [message for _, message in problems(tmp_path)] == ["the key `restrictions` is missing"]


@pytest.mark.parametrize("value", [None, 7, "x", [], {"a": 1}, [[1]], True, 1.5])
@pytest.mark.parametrize("key", ["review", "documents", "people", "decision", "documents[0].path", "stage", "version"])
def test_a_value_of_a_wrong_shape_is_a_problem_and_no_crash(tmp_path: Path, key: str, value: object) -> None:
    make_case(tmp_path, {key: value})
    case = load_case(tmp_path)
    if not (key in ("people",) and value == []) and not (key.endswith("path") and value == "x"):
        assert case.problems
    assert case.is_loaded


@pytest.mark.parametrize("name", ["Overview", "a b", "9a", "", "a" * 41, 5, None])
def test_a_malformed_id_is_replaced_by_a_number(tmp_path: Path, name: object) -> None:
    case = load_case(make_case(tmp_path, {"documents[0].id": name}))
    assert case.documents[0].id == "document-1"
    assert case.problems


def test_equal_ids_are_told_apart(tmp_path: Path) -> None:
    case = load_case(make_case(tmp_path, {"documents[1].id": "overview", "documents[0].id": "document-2"}))
    assert len({document.id for document in case.documents}) == 3


def test_folders_without_good_metadata(tmp_path: Path) -> None:
    assert "init" in problems(tmp_path)[0][1]
    (tmp_path / "scr-case.yml").write_text("version: 1")
    assert "rename" in problems(tmp_path)[0][1]
    (tmp_path / "scr-case.yaml").write_text("version: 1")
    assert "2 files" in problems(tmp_path)[0][1]


def test_metadata_that_are_a_pipe_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "scr-case.yaml")
    assert "not a file" in problems(tmp_path)[0][1]


@pytest.mark.parametrize(
    "path",
    [
        "../x.md",
        "a/../../x.md",
        "/etc/passwd",
        "C:/x.md",
        "a\\b.md",
        "~/x.md",
        "a\nb",
        "link.md",
        "folder/x.md",
        "loop",
        "..",
        "a/..",
    ],
)
def test_a_path_may_not_leave_the_folder(tmp_path: Path, path: str) -> None:
    case = tmp_path / "case"
    case.mkdir()
    (tmp_path / "x.md").write_text("outside")
    (case / "link.md").symlink_to(tmp_path / "x.md")
    (case / "folder").symlink_to(tmp_path)
    (case / "loop").symlink_to(case / "loop")
    assert path_fault(case, path)


@pytest.mark.parametrize("path", ["x.md", "a/b/x.md", "inner.md", "missing.docx", "..x.md", "a..b/x"])
def test_a_path_within_the_folder_is_fine(tmp_path: Path, path: str) -> None:
    (tmp_path / "x.md").write_text("inside")
    (tmp_path / "inner.md").symlink_to(tmp_path / "x.md")
    assert path_fault(tmp_path, path) is None
