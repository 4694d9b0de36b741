"""Nothing passes by accident: each way in which a check could go wrong ends in a failure with a clear reason."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_scr_compliance.app import Checker
from pytest_scr_compliance.errors import ExtensionError, ModelError
from pytest_scr_compliance.model import Case, CaseReport
from pytest_scr_compliance.settings import make_settings
from pytest_scr_compliance.testing import make_case

from .conftest import AS_OF, Run
from .forks import Done, Forks

LEAK = {"executive-summary.md": "The family was known to services. " * 12 + "\n\nMrs Zebediah Quillfeather rang.\n"}


def check(folder: Path, **settings: object) -> CaseReport:
    """The report on the only case in a folder."""
    (case,) = Checker(make_settings({"as_of": AS_OF, **settings})).check([folder]).cases
    return case


def reasons(case: CaseReport) -> dict[str, str]:
    """Code → message of the findings."""
    return {finding.code: finding.message for finding in case.findings}


def picture() -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(file, "PNG")
    return file.getvalue()


DOCUMENTS: dict[str, tuple[str, Callable[[], bytes], str, str]] = {
    "empty": ("summary.md", lambda: b"", "SCR001", "the file is empty"),
    "blank": ("summary.md", lambda: b" \n\n \t\n", "SCR004", "only 0 words"),
    "five words": ("summary.md", lambda: b"There is nothing here now.", "SCR004", "only 5 words"),
    "a picture": ("summary.png", picture, "SCR004", ""),
    "encrypted or damaged": ("summary.docx", lambda: b"PK\x03\x04...", "SCR001", ""),
    "another format": ("summary.pdf", lambda: b"PK\x03\x04...", "SCR001", ""),
    "no format": ("summary.xyz", lambda: b"text", "SCR001", "format"),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_that_cannot_be_checked(tmp_path: Path, name: str) -> None:
    file, data, code, words = DOCUMENTS[name]
    make_case(tmp_path, {"documents[1].path": file}, {"executive-summary.md": None, file: data()})
    case = check(tmp_path)
    assert not case.may_publish
    assert words in reasons(case)[code]


def test_a_folder_with_two_case_files(tmp_path: Path) -> None:
    make_case(tmp_path)
    (tmp_path / "scr-case.yml").write_bytes((tmp_path / "scr-case.yaml").read_bytes())
    case = check(tmp_path)
    assert "2 files of metadata" in reasons(case)["SCR100"]
    assert not case.may_publish


@pytest.mark.parametrize("key", ["ignore", "disable", "rules", "settings", "review.allow"])
def test_metadata_turn_off_no_rule(tmp_path: Path, key: str) -> None:
    case = check(make_case(tmp_path, {key: ["SCR401"]}, LEAK))
    assert {"SCR101", "SCR401"} <= set(reasons(case))


@pytest.mark.parametrize("error", [ModelError("the model is missing"), MemoryError(), SystemExit(0)])
def test_a_model_that_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    from pytest_scr_compliance.identifiers import names

    def load(model: str) -> None:
        raise error

    monkeypatch.setattr(names, "load", load)
    case = check(make_case(tmp_path))
    assert not case.may_publish
    assert any("SCR401" in finding.message for finding in case.findings if finding.code == "SCR002")


@pytest.mark.parametrize("change", [b"changed", None])
def test_a_model_other_than_the_one_pinned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: bytes | None
) -> None:
    from pytest_scr_compliance.identifiers import models

    read = Path.read_bytes

    def other(path: Path) -> bytes:
        if path.match("identifiers/model/ner/model"):
            if change is None:
                raise FileNotFoundError
            return change
        return read(path)

    models.load.cache_clear()
    monkeypatch.setattr(Path, "read_bytes", other)
    case = check(make_case(tmp_path))
    models.load.cache_clear()
    assert not case.may_publish
    assert "Model error" in reasons(case)["SCR002"]


def test_an_unreadable_register(tmp_path: Path) -> None:
    case = check(make_case(tmp_path, {"register": "register.age"}, {"register.age": "not sealed"}))
    assert not case.may_publish


@pytest.mark.parametrize(
    "text", ["raise SystemExit(0)", "1/0", "x = 1", "def setup(app): raise SystemExit(0)", "def ("]
)
def test_an_extension_that_cannot_be_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    module = f"broken_{abs(hash(text))}"
    (tmp_path / f"{module}.py").write_text(text + "\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ExtensionError, match=module):
        Checker(make_settings({"extensions": [module]}))


def test_a_callback_that_stops_when_a_case_is_loaded(tmp_path: Path) -> None:
    checker = Checker(make_settings({"as_of": AS_OF}))

    def stop(case: Case) -> None:
        raise ValueError(str(case.metadata))

    checker.connect("case-loaded", stop)
    (case,) = checker.check([make_case(tmp_path)]).cases
    assert not case.may_publish
    assert "a callback on case-loaded stopped with ValueError" in reasons(case)["SCR100"]


class TestRoots:
    """The setting ``roots``: folders below which every folder with files must be a case."""

    @pytest.fixture
    def tree(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.chdir(tmp_path)
        make_case(tmp_path / "cases/2011/good")
        (tmp_path / "cases/README.md").touch()
        (tmp_path / "cases/2011/.DS_Store").touch()
        return tmp_path

    def folders(self, path: str) -> dict[str, bool]:
        report = Checker(make_settings({"as_of": AS_OF, "roots": ["cases"]})).check([Path(path)], metadata_only=True)
        return {case.folder: case.may_publish for case in report.cases}

    def test_cases_and_files_beside_them_are_fine(self, tree: Path) -> None:
        assert self.folders("cases") == {"cases/2011/good": True}

    def test_a_folder_without_metadata_fails(self, tree: Path) -> None:
        (tree / "cases/2012/new/drafts").mkdir(parents=True)
        (tree / "cases/2012/new/drafts/report.docx").touch()
        expected = {"cases/2011/good": True, "cases/2012/new/drafts": False}
        assert self.folders("cases") == self.folders(".") == expected
        assert self.folders("cases/2012/new/drafts/report.docx") == {"cases/2012/new/drafts": False}
        assert self.folders("cases/2011") == {"cases/2011/good": True}

    def test_a_root_without_a_case_fails(self, tree: Path) -> None:
        (tree / "cases/2011/good/scr-case.yaml").unlink()
        assert self.folders("cases") == {"cases": False}

    def test_a_root_that_is_not_there_is_an_error(self, tree: Path, command: Run) -> None:
        (tree / "scr-compliance.toml").write_text('roots = ["case"]\n')
        done = command("check", "cases")
        assert (done.returncode, "roots" in done.stderr) == (4, True)

    def test_under_pytest(self, tree: Path, forks: Forks) -> None:
        (tree / "cases/2011/new").mkdir()
        (tree / "cases/2011/new/test_report.txt").write_text(">>> 1 / 0\n")
        (tree / "pytest.ini").write_text("[pytest]\nscr_roots = cases\n")
        done = forks.run("pytest", "cases", "-k", "SCR100", "--doctest-glob=*.txt", cwd=tree)
        assert done.code == 1
        assert "cases/2011/new/scr-case.yaml::SCR100" in done.text
        assert "the folder has no scr-case.yaml" in done.text


EVASIONS = {
    "skip": "import pytest\ndef pytest_collection_modifyitems(items):\n"
    "    for item in items: item.add_marker(pytest.mark.skip)\n",
    "xfail": "import pytest\ndef pytest_collection_modifyitems(items):\n"
    "    for item in items: item.add_marker(pytest.mark.xfail(run=False))\n",
    "skip in setup": "import pytest\ndef pytest_runtest_setup(item): pytest.skip('no')\n",
    "another runtest": "def pytest_collection_modifyitems(items):\n"
    "    for item in items: item.runtest = lambda: None\n",
    "no protocol": "def pytest_runtest_protocol(item): return True\n",
    "no loop": "def pytest_runtestloop(session): return True\n",
    "another outcome": "import pytest\n@pytest.hookimpl(wrapper=True, tryfirst=True)\n"
    "def pytest_runtest_makereport(item):\n    report = yield\n    report.outcome = 'passed'\n    return report\n",
    "another exit code": "def pytest_sessionfinish(session): session.exitstatus = 0\n",
    "an early end": "import pytest\ndef pytest_runtest_setup(item): pytest.exit('done', 0)\n",
}
TAKING_AWAY = {
    "deselect": "def pytest_collection_modifyitems(items):\n"
    "    items[:] = [item for item in items if 'SCR401' not in item.name and 'SCR3' not in item.name]\n",
    "all but one": "def pytest_collection_modifyitems(items): del items[1:]\n",
    "collect_ignore": "collect_ignore_glob = ['leak*']\n",
    "another collector": "import pytest\n@pytest.hookimpl(tryfirst=True)\n"
    "def pytest_ignore_collect(collection_path): return 'leak' in collection_path.name or None\n",
}


class TestConfigurationAboveTheCase:
    """Files between the path that was asked for and the case can change how tests run."""

    @pytest.fixture
    def tree(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.chdir(tmp_path)
        make_case(tmp_path / "cases/2011/good")
        return tmp_path

    @pytest.mark.parametrize(
        "name",
        [
            "conftest.py",
            "pytest.ini",
            "pyproject.toml",
            "sitecustomize.py",
            "tox.ini",
            "setup.cfg",
            "usercustomize.py",
            "scr-compliance.toml",
        ],
    )
    @pytest.mark.parametrize("folder", ["cases", "cases/2011", "cases/2011/good"])
    def test_it_fails(self, tree: Path, folder: str, name: str) -> None:
        (tree / folder / name).touch()
        (case,) = Checker(make_settings({"as_of": AS_OF})).check([Path("cases")]).cases
        assert name in reasons(case)["SCR005"]

    def test_what_lies_above_what_was_asked_for_is_the_repositorys_own(self, tree: Path) -> None:
        (tree / "conftest.py").touch()
        (tree / "cases/conftest.py").touch()
        for path in ("cases/2011", "cases/2011/good", "cases/2011/good/scr-case.yaml"):
            assert Checker(make_settings({"as_of": AS_OF})).check([Path(path)], metadata_only=True).may_publish
            assert check(Path(path)).may_publish
        (tree / "cases/conftest.py").unlink()
        assert check(Path()).may_publish

    @pytest.mark.parametrize("name", EVASIONS)
    def test_a_conftest_that_evades_the_gate(self, tree: Path, forks: Forks, name: str) -> None:
        make_case(tree / "cases/leak", files=LEAK)
        (tree / "conftest.py").write_text(EVASIONS[name])
        done = forks.run("pytest", "cases/leak", "--scr-as-of", AS_OF, cwd=tree)
        assert done.code == 1
        if name in ("no protocol", "no loop", "an early end"):
            assert "checks never ran, and yet the run ended well" in done.text
        elif name in ("another outcome", "another exit code"):
            assert "checks failed or were not decided, and yet the run ended well" in done.text
        else:
            assert "SCR401[summary]" in done.text
        assert "may be published" not in done.text

    @pytest.mark.parametrize("name", TAKING_AWAY)
    def test_a_conftest_between_that_takes_checks_away(self, tree: Path, forks: Forks, name: str) -> None:
        make_case(tree / "cases/leak", files=LEAK)
        (tree / "cases/conftest.py").write_text(TAKING_AWAY[name])
        done = forks.run("pytest", "cases", "--scr-as-of", AS_OF, "-p", "no:randomly", cwd=tree)
        assert done.code == 1
        assert "above the case holds a conftest.py" in done.text or "was not collected" in done.text

    def test_a_conftest_in_a_case_is_not_run(self, tree: Path, forks: Forks) -> None:
        make_case(tree / "cases/leak", files=LEAK)
        for folder in ("cases/leak", "cases/leak/drafts"):
            (tree / folder).mkdir(exist_ok=True)
            (tree / folder / "conftest.py").write_text("import os\nos._exit(0)\n")
        assert forks.run("pytest", "cases/leak/drafts", cwd=tree).code == 4
        for path in ("cases", "cases/leak", "cases/leak/scr-case.yaml"):
            done = forks.run("pytest", path, "--scr-as-of", AS_OF, cwd=tree)
            assert done.code == 1
            assert "the folder holds a conftest.py" in done.text

    @pytest.mark.parametrize("name", ["pytest.ini", "tox.ini", "setup.cfg", "pyproject.toml"])
    @pytest.mark.parametrize("folder", ["cases", "cases/leak"])
    def test_configuration_that_takes_checks_away(self, tree: Path, forks: Forks, folder: str, name: str) -> None:
        make_case(tree / "cases/leak", files=LEAK)
        section = {"setup.cfg": "tool:pytest", "pyproject.toml": "tool.pytest.ini_options"}.get(name, "pytest")
        quote = "'" if name == "pyproject.toml" else ""
        (tree / folder / name).write_text(f"[{section}]\naddopts = {quote}-k SCR100{quote}\n")
        done = forks.run("pytest", folder, "--scr-as-of", AS_OF, cwd=tree)
        assert done.code == 1
        assert "pytest takes its configuration from inside the case" in done.text
        assert f"holds a {name}" in done.text

    def test_the_command_takes_no_settings_from_a_case(self, tree: Path, command: Run, forks: Forks) -> None:
        leak = make_case(tree / "cases/leak", files=LEAK)
        (leak / "scr-compliance.toml").write_text("min_words = 1\n")
        done = forks.run("scr-compliance", "check", ".", cwd=leak)
        assert (done.code, "nothing in a case folder configures the gate" in done.text) == (4, True)
        done = forks.run("scr-compliance", "check", "cases/leak", cwd=tree)
        assert (done.code, "the folder holds a scr-compliance.toml" in done.text) == (1, True)

    def test_a_file_of_paths(self, tree: Path) -> None:
        (tree / "cases/2011/good/a.pth").write_text("import os; os._exit(0)\n")
        assert "(.pth)" in reasons(check(tree / "cases/2011/good"))["SCR005"]

    def test_setup_only_is_no_pass(self, tree: Path, forks: Forks) -> None:
        for option in ("--setup-only", "--setup-plan"):
            assert forks.run("pytest", "cases", option, cwd=tree).code == 4


class TestDeselection:
    """Under ``--scr-strict`` every check of a case that was asked for runs."""

    @pytest.fixture
    def run(self, tmp_path: Path, forks: Forks) -> Callable[..., Done]:
        make_case(tmp_path / "cases/one")
        return lambda *arguments: forks.run("pytest", "cases", "--scr-as-of", AS_OF, *arguments, cwd=tmp_path)

    @pytest.mark.parametrize(
        "arguments",
        [
            ["-k", "not SCR401"],
            ["-m", "not scr"],
            ["--deselect", "cases/one/scr-case.yaml::SCR401[overview]"],
            ["-k", "SCR301", "-n", "1"],
        ],
        ids=" ".join,
    )
    def test_it_fails_when_checks_are_taken_away(self, run: Callable[..., Done], arguments: list[str]) -> None:
        done = run("--scr-strict", *arguments)
        assert done.code == 1
        assert "of this case were deselected; --scr-strict runs all of them" in done.text

    @pytest.mark.parametrize("option", ["--lf", "--sw"])
    def test_what_failed_last_time_is_not_all(self, run: Callable[..., Done], tmp_path: Path, option: str) -> None:
        """A leak that comes with the mending of another finding must not hide behind the options that skip what passed."""
        order = ["-p", "no:randomly", option]
        make_case(tmp_path / "cases/one", files=LEAK)
        assert run(*order).code in (1, 2)
        make_case(tmp_path / "cases/one")
        done = run("--scr-strict", *order)
        assert done.code in (1, 2)
        assert "--scr-strict runs all of them" in done.text

    def test_a_node_id_is_a_part_of_a_case(self, tmp_path: Path, forks: Forks) -> None:
        make_case(tmp_path / "one")
        for options, code in (([], 0), (["--scr-strict"], 1)):
            done = forks.run("pytest", "one/scr-case.yaml::SCR100", "--scr-as-of", AS_OF, *options, cwd=tmp_path)
            assert done.code == code
            assert "not decided: 1 of" in done.text

    @pytest.mark.parametrize(
        "arguments", [["--ignore=cases/two"], ["--ignore-glob=*two"], ["-o", "norecursedirs=two"]], ids=" ".join
    )
    def test_a_case_that_is_passed_over_fails(
        self, run: Callable[..., Done], tmp_path: Path, arguments: list[str]
    ) -> None:
        make_case(tmp_path / "cases/two", files=LEAK)
        done = run("--scr-strict", *arguments)
        assert done.code == 1
        assert "cases/two::not-collected" in done.text
        assert run(*arguments).code == 0  # without --scr-strict a user may check a part

    @pytest.mark.parametrize("name", ["build", "dist", "venv", ".drafts"])
    def test_a_case_in_a_folder_that_pytest_never_enters(
        self, run: Callable[..., Done], tmp_path: Path, name: str
    ) -> None:
        make_case(tmp_path / "cases" / name / "two", files=LEAK)
        done = run()
        assert done.code == 1
        assert f"cases/{name}/two::not-collected" in done.text

    @pytest.mark.parametrize(
        "options", ["--co", "-k SCR100", "--deselect=cases/one", "-m not_scr", "--ignore=cases/one"]
    )
    def test_options_in_the_environment(self, tmp_path: Path, forks: Forks, options: str) -> None:
        make_case(tmp_path / "cases/one")
        done = forks.run("pytest", "cases", "--scr-as-of", AS_OF, "--scr-strict", cwd=tmp_path, PYTEST_ADDOPTS=options)
        assert done.code == (4 if options == "--co" else 1)

    def test_without_the_plugin_the_options_are_unknown(self, run: Callable[..., Done]) -> None:
        assert run("-p", "no:scr").code == 4

    def test_all_checks_pass(self, run: Callable[..., Done]) -> None:
        assert run("--scr-strict").code == 0

    def test_without_strict_a_part_may_run_and_is_called_undecided(self, run: Callable[..., Done]) -> None:
        done = run("-k", "SCR301")
        assert done.code == 0
        assert "not decided: 1 of" in done.text


SCENES: dict[str, tuple[dict[str, object], dict[str, str | bytes | None], str, str]] = {
    "empty": ({}, {"executive-summary.md": b""}, "SCR001", ""),
    "five words": ({}, {"executive-summary.md": "There is nothing here now."}, "SCR004", ""),
    "a picture": (
        {"documents[1].path": "s.png"}, {"executive-summary.md": None, "s.png": picture()}, "SCR004", "",
    ),
    "a register that does not open": ({"register": "r.age"}, {"r.age": "x"}, "SCR403", ""),
    "no such model": ({}, {}, "SCR002", 'model = "no-such-model"'),
    "an extension that is not there": ({}, {}, "Extension error", 'extensions = ["no_such_module"]'),
    "an extension that stops": ({}, {}, "Extension error", 'extensions = ["stops"]'),
    "a detector that stops": ({}, {}, "SCR002", 'extensions = ["detector_stops"]'),
    "a rule that stops": ({}, {}, "SCR002", 'extensions = ["rule_stops"]'),
    "a rule that applies to nothing it can say": ({}, {}, "SCR002", 'extensions = ["applies_stops"]'),
    "no such policy": ({}, {}, "Configuration error", 'policy = "no-such-policy"'),
    "no such vocabulary": ({}, {}, "SCR002", 'vocabulary = ["nowhere.yaml"]'),
    "a folder without metadata": ({}, {}, "SCR100", 'roots = ["cases"]'),
    "two case files": ({}, {"scr_case.yml": "version: 1\n"}, "SCR100", ""),
    "a key that turns off a rule": ({"disable": ["SCR401"]}, {}, "SCR101", ""),
    "an unknown setting": ({}, {}, "there is no setting 'ignore'", 'ignore = ["SCR401"]'),
    "a document that is a link out of the case": ({}, {"executive-summary.md": None}, "SCR103", ""),
}  # fmt: skip
RULE = (
    "from pytest_scr_compliance import DocumentRule\n"
    "class R(DocumentRule):\n    code, name, citation = 'TST001', 'a-b', 'c'\n"
)
MODULES = {
    "stops": "1 / 0\n",
    "detector_stops": "def setup(app): app.add_detector('x', lambda text: 1 / 0)\n",
    "rule_stops": f"{RULE}    def check(self, case, document, reading): yield 1 / 0\ndef setup(app): app.add_rule(R)\n",
    "applies_stops": f"{RULE}    def check(self, *_): yield 1 / 0\n    def applies(self, d): raise SystemExit(0)\n"
    "def setup(app): app.add_rule(R)\n",
}


@pytest.mark.parametrize("program", ["pytest", "scr-compliance"])
@pytest.mark.parametrize("name", SCENES)
def test_pytest_and_the_command_fail_alike(tmp_path: Path, forks: Forks, name: str, program: str) -> None:
    changes, files, words, setting = SCENES[name]
    case = make_case(tmp_path / "cases/one", changes, files)
    if "link" in name:
        (tmp_path / "elsewhere.md").write_text("The family was known to services. " * 12)
        (case / "executive-summary.md").symlink_to(tmp_path / "elsewhere.md")
    if "without" in name:
        (tmp_path / "cases/two").mkdir()
        (tmp_path / "cases/two/report.docx").touch()
    for module, text in MODULES.items():
        (tmp_path / f"{module}.py").write_text(text)
    if program == "pytest":
        ini = setting.replace('["', "").replace('"]', "").replace('"', "")
        (tmp_path / "pytest.ini").write_text(f"[pytest]\n{'scr_' + ini if ini else ''}\n")
        done = forks.run("pytest", "cases", "--scr-as-of", AS_OF, cwd=tmp_path)
    else:
        (tmp_path / "scr-compliance.toml").write_text(setting + "\n")
        done = forks.run("scr-compliance", "check", "cases", "--as-of", AS_OF, cwd=tmp_path)
    assert done.code in (1, 3, 4)
    assert words in done.text
    assert "cases/one: may be published" not in done.text or "without" in name
    assert "Traceback" not in done.text
