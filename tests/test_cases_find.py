"""Paths → case folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_scr_compliance.cases.find import find_cases


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("b/one", "b/two", "a", "node_modules/three"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "scr-case.yaml").touch()
    (tmp_path / "b/one/inner").mkdir()
    (tmp_path / "b/one/inner/scr-case.yaml").touch()
    (tmp_path / "b/two/report.md").touch()
    (tmp_path / "other.md").touch()
    (tmp_path / "b/link").symlink_to(tmp_path / "a")
    return tmp_path


def names(tree: Path, *paths: str) -> list[str]:
    return [folder.relative_to(tree).as_posix() for folder in find_cases([tree / path for path in paths])]


def test_a_folder_means_all_cases_below_it(tree: Path) -> None:
    assert names(tree, ".") == ["a", "b/one", "b/two"]


@pytest.mark.parametrize("path", ["b/two", "b/two/scr-case.yaml", "b/two/report.md", "b/../b/two"])
def test_a_case_and_the_files_in_it_mean_the_case(tree: Path, path: str) -> None:
    assert names(tree, path) == ["b/two"]


def test_a_case_within_a_case_belongs_to_the_outer_one(tree: Path) -> None:
    assert names(tree, "b/one/inner/scr-case.yaml") == ["b/one"]


def test_each_case_is_found_once(tree: Path) -> None:
    assert names(tree, "b/two/report.md", "b", "b/two") == ["b/two", "b/one"]


def test_a_file_outside_of_any_case_means_none(tree: Path) -> None:
    assert names(tree, "other.md") == []


def test_a_misspelt_name_still_makes_a_case(tree: Path) -> None:
    (tree / "new").mkdir()
    (tree / "new/SCR-Case.yml").touch()
    assert names(tree, "new") == ["new"]


def test_a_missing_path_is_an_error(tree: Path) -> None:
    with pytest.raises(FileNotFoundError):
        names(tree, "missing")
