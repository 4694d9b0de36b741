"""The pytest plugin, as its users see it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pytest_scr_compliance.testing import REMOVE, make_case, sample_text

from .conftest import AS_OF
from .forks import Forks

NAME = "Zebediah Quillfeather"
LEAK = {"overview-report.md": sample_text("overview-report.md") + f"\n2.3 Mrs {NAME} rang 01632 960123.\n"}


@pytest.fixture
def run(pytester: pytest.Pytester, forks: Forks):  # type: ignore[no-untyped-def]
    """Run pytest in a fresh process on paths below the pytester's folder."""

    def run(*arguments: str) -> pytest.RunResult:
        done = forks.run("pytest", "-p", "no:randomly", "--scr-as-of", AS_OF, *arguments, cwd=pytester.path)
        return pytest.RunResult(
            done.code, done.stdout.decode().splitlines(), done.stderr.decode().splitlines(), duration=0
        )

    return run


@pytest.fixture
def good(pytester: pytest.Pytester) -> Path:
    return make_case(pytester.path / "cases" / "good")


@pytest.fixture
def leaking(pytester: pytest.Pytester) -> Path:
    return make_case(pytester.path / "cases" / "leaking", files=LEAK)


@pytest.fixture
def broken(pytester: pytest.Pytester) -> Path:
    folder = make_case(pytester.path / "cases" / "broken")
    (folder / "scr-case.yaml").write_text("a: 1\na: 2\n")
    return folder


def test_a_good_case_passes(run, good: Path) -> None:
    result = run("cases")
    assert result.ret == 0
    result.stdout.fnmatch_lines(["*serious case reviews*", "✓ cases/good: may be published"])
    result.stdout.fnmatch_lines(["*needs a human reader*"])


def test_a_leak_fails_and_is_not_repeated(run, leaking: Path) -> None:
    result = run("cases", "-vv", "-l", "--tb=long", "--full-trace", "-rA")
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        [
            "*SCR401 identifier-in-public-output: *",
            "*overview *: likely person*",
            "*Why it matters: *",
            "*How to fix: *",
            "*Source: *",
            "✗ cases/leaking: must not be published: SCR401 ×*",
        ]
    )
    assert "FAILED cases/leaking/scr-case.yaml::SCR401[overview]" in result.stdout.str()
    output = result.stdout.str() + result.stderr.str()
    assert "Zebediah" not in output
    assert "Quillfeather" not in output
    assert "Traceback" not in output
    assert "960123" not in output


def test_one_bad_case_hides_no_other(run, good: Path, leaking: Path, broken: Path) -> None:
    result = run("cases")
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        [
            "✗ cases/broken: must not be published: SCR100 ×1",
            "✓ cases/good: may be published",
            "✗ cases/leaking: must not be published: SCR401*",
        ]
    )


def test_metadata_that_do_not_load_skip_the_other_rules_with_the_reason(run, broken: Path) -> None:
    result = run("cases", "-rs")
    result.stdout.fnmatch_lines(["*scr-case.yaml:2:1: this key is written twice*", "*not checked: see SCR100*"])
    assert result.parseoutcomes()["failed"] == 1
    assert result.parseoutcomes()["skipped"] > 5


@pytest.mark.parametrize(
    "argument",
    ["cases/good", "cases/good/", "cases/good/scr-case.yaml", "cases/good/scr-case.yaml::SCR301"],
)
def test_a_folder_a_file_and_a_node_id_are_accepted(run, good: Path, leaking: Path, argument: str) -> None:
    result = run(argument)
    assert result.ret == 0
    assert "leaking" not in result.stdout.str()


def test_every_node_id_can_be_pasted_back(run, good: Path) -> None:
    listed = [line for line in run("cases", "--collect-only", "-q").outlines if "::" in line]
    assert "cases/good/scr-case.yaml::SCR401[overview]" in listed
    assert "cases/good/scr-case.yaml::SCR301" in listed
    assert len(listed) == len(set(listed))
    assert run(*listed).parseoutcomes() == {"passed": len(listed)}


def test_k_and_m_and_x(run, good: Path, leaking: Path, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_other="def test_it():\n    pass\n")
    assert run("-m", "scr", "-k", "SCR301").parseoutcomes() == {
        "passed": 2,
        "deselected": run().parseoutcomes()["passed"] - 1,
    }
    assert run("-k", "test_it").parseoutcomes()["passed"] == 1
    assert run("-x", "cases/leaking").parseoutcomes()["failed"] == 1


def test_a_case_of_which_only_a_part_ran_is_not_called_publishable(run, good: Path) -> None:
    run("cases", "-k", "SCR301").stdout.fnmatch_lines(["✗ cases/good: not decided: 1 of * rules ran"])


def test_lf_runs_what_failed(run, good: Path, leaking: Path) -> None:
    first = run("cases")
    second = run("cases", "--lf")
    assert second.parseoutcomes()["failed"] == first.parseoutcomes()["failed"]
    assert "passed" not in second.parseoutcomes()


def test_xdist_gives_the_same_outcome(run, good: Path, leaking: Path, broken: Path) -> None:
    alone, together = run("cases"), run("cases", "-n", "2")
    assert together.parseoutcomes() == alone.parseoutcomes()
    summary = [line for line in alone.outlines if line.startswith(("✓", "✗"))]
    assert summary
    assert [line for line in together.outlines if line.startswith(("✓", "✗"))] == summary


def test_junit_xml_holds_no_text_of_a_document(run, leaking: Path, pytester: pytest.Pytester) -> None:
    run("cases", "--junitxml=report.xml")
    xml = (pytester.path / "report.xml").read_text()
    assert "SCR401[overview]" in xml
    assert "Zebediah" not in xml


def test_drafts_are_not_collected_by_other_plugins(run, good: Path, pytester: pytest.Pytester) -> None:
    (good / "test_x.py").write_text("raise SystemExit('executed')\n")
    (good / "test_notes.txt").write_text(">>> 1 / 0\n")
    result = run("cases", "--doctest-glob=*.txt")
    assert "executed" not in result.stdout.str()
    result.stdout.fnmatch_lines(["✗ cases/good: must not be published: SCR003 ×2"])


def test_review_findings_fail_from_stage_ready_on(run, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        reviewer="""
        from pytest_scr_compliance import CaseRule, Place, Severity

        class NeedsAPerson(CaseRule):
            '''A person has to decide.'''

            code, name, citation, severity = "TST101", "needs-a-person", "test", Severity.REVIEW

            def check(self, case, reading):
                yield self.finding("please decide", Place())

        def setup(app):
            app.add_rule(NeedsAPerson)
            return {"version": "1"}
        """
    )
    pytester.makeini("[pytest]\nscr_extensions = reviewer\npythonpath = .\n")
    make_case(pytester.path / "draft", {"stage": "drafting"})
    make_case(pytester.path / "ready")
    result = run("draft", "ready")
    result.stdout.fnmatch_lines(
        [
            "✓ draft: passes as a draft; not yet cleared for publication (to review: TST101 ×1)",
            "✗ ready: must not be published: TST101 ×1",
        ]
    )
    assert run("draft", "--scr-strict").ret == 1


CRASH = """
from pytest_scr_compliance import DocumentRule

class Crash(DocumentRule):
    '''It crashes.'''

    code, name, citation = "TST102", "crash", "test"

    def check(self, case, document, reading):
        raise ValueError(reading.content(document).text)

def setup(app):
    app.add_rule(Crash)
    app.add_detector("crash", crash)
    return {}

def crash(text):
    raise ValueError(text)
"""


def test_a_rule_and_a_detector_that_crash_fail_without_a_word_of_the_text(run, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(crasher=CRASH)
    pytester.makeini("[pytest]\nscr_extensions = crasher\npythonpath = .\n")
    make_case(pytester.path / "case", files=LEAK)
    result = run("case", "-vv", "-l", "--full-trace")
    result.stdout.fnmatch_lines(
        [
            "*SCR002 crashed-rule: *",
            "*rule TST102: stopped with ValueError*",
            "✗ case: must not be published: SCR002 ×*",
        ]
    )
    assert "SCR401: stopped with ValueError" in result.stdout.str()
    assert "Zebediah" not in result.stdout.str()


def test_a_wrong_setting_is_a_usage_error(run, good: Path, pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_subprocess("cases", "--scr-as-of", "1/2/2011")
    assert result.ret == 4
    result.stderr.fnmatch_lines(["*as_of must be a date such as 2011-03-01*"])


def test_an_extension_that_cannot_be_loaded_is_a_usage_error(run, good: Path, pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nscr_extensions = no_such_module\n")
    result = run("cases")
    assert result.ret == 4
    result.stderr.fnmatch_lines(["*no_such_module could not be loaded (ModuleNotFoundError)*"])


def test_no_case_is_no_pass(run, pytester: pytest.Pytester) -> None:
    pytester.mkdir("empty")
    assert run("empty").ret == 5


class TestExpectations:
    """Samples that are meant to fail, by ``expected.yaml``, only where the repository's configuration names them."""

    @pytest.fixture
    def sample(self, pytester: pytest.Pytester) -> Path:
        return make_case(pytester.path / "samples" / "leak", files={**LEAK, "expected.yaml": "fails: [SCR401]\n"})

    @pytest.fixture
    def named(self, pytester: pytest.Pytester) -> None:
        pytester.makeini("[pytest]\nscr_expectations = samples\n")

    def test_the_expected_failure_passes(self, run, sample: Path, named: None) -> None:
        result = run("samples")
        assert result.ret == 0
        assert result.parseoutcomes()["xfailed"] == 1
        result.stdout.fnmatch_lines(["1 sample cases were judged by their expected.yaml*"])

    def test_it_can_be_seen_failing_for_real(self, run, sample: Path, named: None) -> None:
        result = run("-o", "scr_expectations=", "samples")
        assert result.ret == 1
        result.stdout.fnmatch_lines(["✗ samples/leak: must not be published: SCR003 ×1, SCR401*"])

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("fails: [SCR301, SCR401]\n", "*expected to fail and did not: SCR301*"),
            ("fails: [SCR301]\n", "*failed and was not expected to: SCR401*"),
            ("fails: []\n", "*must hold `fails:`*"),
            ("fails: SCR401\n", "*must hold `fails:`*"),
            ("a: [\n", "*must hold `fails:`*"),
        ],
    )
    def test_it_is_strict(self, run, sample: Path, named: None, text: str, reason: str) -> None:
        (sample / "expected.yaml").write_text(text)
        result = run("samples")
        assert result.ret == 1
        result.stdout.fnmatch_lines([reason])

    def test_it_counts_nowhere_else(self, run, named: None, pytester: pytest.Pytester) -> None:
        make_case(pytester.path / "cases" / "leak", files={**LEAK, "expected.yaml": "fails: [SCR401]\n"})
        result = run("cases")
        assert result.ret == 1
        result.stdout.fnmatch_lines(["✗ cases/leak: must not be published: SCR003 ×1, SCR401*"])

    def test_an_ini_file_beside_the_case_is_a_finding(self, run, pytester: pytest.Pytester) -> None:
        folder = make_case(pytester.path / "cases" / "leak", files={**LEAK, "expected.yaml": "fails: [SCR401]\n"})
        (folder / "pytest.ini").write_text("[pytest]\nscr_expectations = .\n")
        result = run("cases/leak")
        assert result.ret == 1
        assert "SCR005" in result.stdout.str()


def test_the_stage_is_strict_when_it_is_missing(run, pytester: pytest.Pytester) -> None:
    make_case(pytester.path / "case", {"stage": REMOVE})
    result = run("case")
    assert result.ret == 1
    assert "the key `stage` is missing" in result.stdout.str()


def test_reports_are_plain_values(pytester: pytest.Pytester, good: Path) -> None:
    reports = [
        report.scr
        for report in pytester.inline_run("cases", "-p", "no:randomly", "--scr-as-of", AS_OF).getreports(
            "pytest_runtest_logreport"
        )
        if hasattr(report, "scr")
    ]
    assert reports
    assert json.loads(json.dumps(reports)) == reports


def test_a_case_is_let_go_when_its_last_item_has_run(tmp_path: Path, pytester: pytest.Pytester) -> None:
    """A session may have thousands of cases; what it holds of their documents must not grow with them."""
    for name in ("one", "two", "three"):
        make_case(pytester.path / name)
    pytester.makeconftest(
        """
        import pytest
        def pytest_sessionfinish(session):
            for item in session.items:
                assert not item.parent.reading._kept
            print("all let go", len({item.parent for item in session.items}))
        """
    )
    result = pytester.runpytest("-s", "--scr-as-of", "2011-06-01", "-p", "no:randomly", "one", "two", "three")
    result.stdout.fnmatch_lines(["*all let go 3*"])
    assert result.ret == 0
