"""Accepted findings: who may accept what, until when, and how the gate tells that somebody did."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pytest_scr_compliance.allow import baseline_value, comments, new_entries
from pytest_scr_compliance.app import Checker
from pytest_scr_compliance.errors import ConfigError
from pytest_scr_compliance.fingerprint import with_fingerprints
from pytest_scr_compliance.model import CaseReport, Finding, Place, Severity
from pytest_scr_compliance.reports.json import write_json
from pytest_scr_compliance.reports.text import write_text
from pytest_scr_compliance.schemas import load_schema
from pytest_scr_compliance.settings import make_settings
from pytest_scr_compliance.testing import make_case, sample_text

from .conftest import AS_OF
from .forks import Forks

ADVICE = {
    "advice": [{"id": "counsel", "by": "Counsel", "on": "2011-02-01", "about": "law", "independent": True}],
    "decision.advice": "counsel",
}
REPORT = sample_text("overview-report.md")
ALLOW = {"reason": "The father consented in writing.", "approved_by": "Data protection officer", "until": "2011-12-31"}


def finding(**values: Any) -> Finding:
    return Finding("SCR401", "x", Severity.ERROR, "", Place(document="overview", paragraph=1), **values)


def leaky(folder: Path, name: str = "Zebediah Quillfeather", before: str = "", after: str = "") -> Path:
    text = f"{before}{REPORT}\n\nMrs {name} came to the house.\n{after}"
    return make_case(folder, ADVICE, {"overview-report.md": text})


def check(folder: Path, **settings: object) -> CaseReport:
    (case,) = Checker(make_settings({"as_of": AS_OF, **settings})).check([folder]).cases
    return case


def codes(case: CaseReport) -> Counter[str]:
    return Counter(finding.code for finding in case.findings if finding.severity is not Severity.NOTE)


def accept(folder: Path, **changes: object) -> None:
    """Accept all findings of SCR401 in a case, with changes to each entry."""
    entries = [
        {"code": found.code, "document": found.place.document, "fingerprint": found.fingerprint, **ALLOW, **changes}
        for found in check(folder, no_allow=True).findings
        if found.code == "SCR401"
    ]
    (folder / "scr-allow.yaml").write_text(yaml.safe_dump({"version": 1, "allows": entries}))


class TestFingerprint:
    def test_it_does_not_depend_on_the_name(self, tmp_path: Path) -> None:
        prints = [
            [found.fingerprint for found in check(leaky(tmp_path / name.split()[0], name)).findings]
            for name in ("Zebediah Quillfeather", "Balthasar Thornquillo")
        ]
        assert prints[0] == prints[1] != []

    def test_it_does_not_depend_on_edits_elsewhere(self, tmp_path: Path) -> None:
        plain = check(leaky(tmp_path / "a")).findings
        moved = check(leaky(tmp_path / "b", before="A new beginning of the report.\n\nAnd more of it.\n\n")).findings
        assert [found.fingerprint for found in plain] == [found.fingerprint for found in moved] != []
        assert [found.place for found in plain] != [found.place for found in moved]

    @given(st.lists(st.sampled_from(["person", "phone", ""]), max_size=8))
    def test_each_finding_has_its_own(self, kinds: list[str]) -> None:
        prints = [found.fingerprint for found in with_fingerprints(finding(kind=kind) for kind in kinds)]
        assert len(set(prints)) == len(kinds)

    def test_another_finding_in_the_paragraph_changes_it(self) -> None:
        (alone,) = with_fingerprints([finding(kind="person", start=1)])
        first, _ = with_fingerprints([finding(kind="person", start=1), finding(kind="phone", start=9)])
        assert alone.fingerprint != first.fingerprint


class TestAllowFile:
    def test_an_accepted_finding_passes_and_is_counted_everywhere(self, tmp_path: Path) -> None:
        folder = leaky(tmp_path / "case")
        assert codes(check(folder))["SCR401"]
        accept(folder)
        checker = Checker(make_settings({"as_of": AS_OF}))
        report = checker.check([folder])
        assert report.may_publish
        assert [found.accepted for found in report.cases[0].accepted] == ["until 2011-12-31"]
        assert "accepted by a person: SCR401 ×1" in write_text(report, checker)
        value = json.loads(write_json(report, checker))
        jsonschema.validate(value, load_schema("report"))
        assert [found["code"] for result in value["cases"][0]["results"] for found in result["accepted"]] == ["SCR401"]

    def test_it_can_be_switched_off(self, tmp_path: Path) -> None:
        folder = leaky(tmp_path)
        accept(folder)
        assert codes(check(folder, no_allow=True)) == {"SCR401": 1}

    @pytest.mark.parametrize(("today", "holds"), [("2011-12-31", True), ("2012-01-01", False)])
    def test_the_last_day_is_included(self, tmp_path: Path, today: str, holds: bool) -> None:
        folder = leaky(tmp_path)
        accept(folder)
        found = codes(check(folder, as_of=today))
        assert ("SCR401" not in found, "SCR007" not in found) == (holds, holds)

    @pytest.mark.parametrize("until", ["soon", "31/12/2031", "2031-02-30", "2031-12-31 00:00", 2031, True])
    def test_a_day_that_is_none_counts_as_expired(self, tmp_path: Path, until: object) -> None:
        folder = leaky(tmp_path)
        accept(folder, until=until)
        assert {"SCR007": 1, "SCR401": 1}.items() <= codes(check(folder)).items()

    @pytest.mark.parametrize(
        "changes",
        [
            {"reason": ""}, {"reason": "ok"}, {"reason": None}, {"approved_by": ""}, {"fingerprint": "x"}, {"code": 401},
            {"comment": "unknown key"}, {"document": None},
        ],
        ids=str,
    )  # fmt: skip
    def test_a_malformed_entry_accepts_nothing(self, tmp_path: Path, changes: dict[str, object]) -> None:
        folder = leaky(tmp_path)
        accept(folder, **changes)
        found = codes(check(folder))
        assert found["SCR401"] == 1
        assert found["SCR006"] >= 1

    @pytest.mark.parametrize("key", ["reason", "approved_by", "until", "fingerprint", "code"])
    def test_nothing_may_be_left_out(self, tmp_path: Path, key: str) -> None:
        folder = leaky(tmp_path)
        accept(folder)
        value = yaml.safe_load((folder / "scr-allow.yaml").read_text())
        del value["allows"][0][key]
        (folder / "scr-allow.yaml").write_text(yaml.safe_dump(value))
        assert {"SCR006", "SCR401"} <= set(codes(check(folder)))

    @pytest.mark.parametrize(
        "text", ["", "- a", "allows: [", "version: 1\nallows: 3\n", "version: 1\nallows: []\nx: 1\n"]
    )
    def test_a_malformed_file_is_a_finding(self, tmp_path: Path, text: str) -> None:
        folder = leaky(tmp_path)
        (folder / "scr-allow.yaml").write_text(text)
        case = check(folder)
        assert {"SCR006", "SCR401"} <= set(codes(case))
        places = [str(found.place) for found in case.findings if found.code == "SCR006"]
        assert all(place.startswith("scr-allow.yaml:") for place in places)

    def test_an_unused_entry_is_a_finding(self, tmp_path: Path) -> None:
        folder = leaky(tmp_path)
        accept(folder)
        (folder / "overview-report.md").write_text(REPORT)
        assert codes(check(folder)) == {"SCR008": 1}

    def test_it_does_not_accept_a_second_one(self, tmp_path: Path) -> None:
        folder = leaky(tmp_path)
        accept(folder)
        with (folder / "overview-report.md").open("a") as file:
            file.write("\n\nMrs Balthasar Thornquillo came to the house.\n")
        assert codes(check(folder))["SCR401"] >= 1

    def test_it_does_not_wander_to_another_paragraph(self, tmp_path: Path) -> None:
        folder = leaky(tmp_path)
        accept(folder)
        text = f"{REPORT}\n\nLater that day, Mrs Zebediah Quillfeather went away.\n"
        (folder / "overview-report.md").write_text(text)
        assert codes(check(folder)) == {"SCR401": 1, "SCR008": 1}

    def test_some_rules_accept_nothing(self, tmp_path: Path) -> None:
        folder = make_case(tmp_path, {"documents[2].audience": "public", **ADVICE})
        (found,) = (found for found in check(folder).findings if found.code == "SCR301")
        entry = {"code": "SCR301", "document": found.place.document, "fingerprint": found.fingerprint, **ALLOW}
        (folder / "scr-allow.yaml").write_text(yaml.safe_dump({"version": 1, "allows": [entry]}))
        assert {"SCR301", "SCR006"} <= set(codes(check(folder)))

    def test_it_needs_advice(self, tmp_path: Path) -> None:
        folder = make_case(tmp_path, files={"overview-report.md": f"{REPORT}\n\nMrs Zebediah Quillfeather came.\n"})
        accept(folder)
        assert codes(check(folder)) == {"SCR306": 1}

    def test_a_name_from_the_register_is_never_accepted(self, tmp_path: Path) -> None:
        folder = leaky(tmp_path)
        accept(folder)
        checker = Checker(make_settings({"as_of": AS_OF}))
        _, reading = checker.open(folder)
        (found,) = (found for found in check(folder, no_allow=True).findings if found.code == "SCR401")
        assert reading.allow_for(found)
        from dataclasses import replace

        assert not reading.allow_for(replace(found, detectors=("names", "register")))


COMMENT = "<!-- scr: allow SCR401 until {until} by data protection officer because consent was recorded -->"


class TestComments:
    def test_it_covers_its_own_line_and_the_next(self, tmp_path: Path) -> None:
        comment = COMMENT.format(until="2011-12-31")
        text = f"{REPORT}\n\n{comment}\n\nMrs Zebediah Quillfeather came to the house.\n"
        folder = make_case(tmp_path / "next", ADVICE, {"overview-report.md": text})
        assert check(folder).may_publish
        assert codes(check(folder, no_allow=True))["SCR401"] == 1
        text = f"{REPORT}\n\nMrs Zebediah Quillfeather came to the house. {comment}\n"
        assert check(make_case(tmp_path / "same", ADVICE, {"overview-report.md": text})).may_publish

    def test_it_covers_nothing_further(self, tmp_path: Path) -> None:
        text = f"{REPORT}\n\n{COMMENT.format(until='2011-12-31')}\n\nThe family.\n\nMrs Zebediah Quillfeather came.\n"
        assert codes(check(make_case(tmp_path, ADVICE, {"overview-report.md": text}))) == {"SCR401": 1, "SCR008": 1}

    def test_it_expires(self, tmp_path: Path) -> None:
        text = f"{REPORT}\n\n{COMMENT.format(until='2011-05-31')}\nMrs Zebediah Quillfeather came.\n"
        assert codes(check(make_case(tmp_path, ADVICE, {"overview-report.md": text}))) == {"SCR401": 1, "SCR007": 1}

    @pytest.mark.parametrize(
        "text",
        [
            "<!-- scr: allow SCR401 -->",
            "<!-- scr: allow SCR401 until 2031-12-31 because I say so myself -->",
            "<!-- scr: allow SCR401 until 2031-12-31 by me -->",
            "<!-- scr: allow all until 2031-12-31 by the chair because of consent -->",
        ],
    )
    def test_it_must_say_all(self, text: str) -> None:
        allows = comments(text, "overview")
        assert (allows.entries, len(allows.problems)) == ((), 1)


class TestCommand:
    def test_it_writes_an_entry_for_a_finding_that_it_shows(self, tmp_path: Path, forks: Forks) -> None:
        leaky(tmp_path / "case")

        def run(*arguments: str) -> Any:
            return forks.run("scr-compliance", *arguments, "--as-of", AS_OF, cwd=tmp_path)

        shown = run("allow", "case")
        assert "Quillfeather" not in shown.text
        fingerprint, code, *_ = shown.text.split()
        assert code == "SCR401"
        terms = ["--reason", 'Consent: "yes", in writing', "--by", "Data protection officer", "--until", "2011-06-01"]
        assert run("allow", "case", fingerprint).code == 4
        assert run("allow", "case", "0123456789abcdef", *terms).code == 4
        assert run("allow", "case", fingerprint, *terms[:-1], "2011-05-31").code == 4
        assert run("allow", "case", fingerprint, "--reason", "ok", *terms[2:]).code == 4
        assert not (tmp_path / "case/scr-allow.yaml").exists()
        assert run("allow", "case", fingerprint, *terms).code == 0
        assert run("check", "case").code == 0
        assert run("check", "case", "--no-allow").code == 1
        assert "no finding" in run("allow", "case").text
        passed = forks.run("pytest", "case", "--scr-as-of", AS_OF, cwd=tmp_path)
        assert (passed.code, "accepted by a person: 1" in passed.text) == (0, True)
        assert forks.run("pytest", "case", "--scr-as-of", AS_OF, "--scr-no-allow", cwd=tmp_path).code == 1

    def test_an_entry_is_added_to_those_that_are_there(self, tmp_path: Path) -> None:
        (found,) = with_fingerprints([finding(kind="person")])
        for count in (1, 2):
            text = new_entries(tmp_path, [found], **ALLOW)
            assert len(yaml.safe_load(text)["allows"]) == count
            (tmp_path / "scr-allow.yaml").write_text(text + "# a remark\n")
        assert text.count("# a remark") == 1

    def test_a_file_that_is_not_understood_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "scr-allow.yaml").write_text("allows: 3\nversion: 1\n")
        with pytest.raises(ConfigError):
            new_entries(tmp_path, with_fingerprints([finding(kind="person")]), **ALLOW)


class TestBaseline:
    def write(self, above: Path, *folders: Path) -> str:
        found = [(folder, [found for found in check(folder).findings if found.code == "SCR401"]) for folder in folders]
        path = above / "scr-baseline.yaml"
        path.write_text(yaml.safe_dump(baseline_value(found, above)))
        return str(path)

    def test_only_new_findings_fail(self, tmp_path: Path) -> None:
        one, two = leaky(tmp_path / "cases/one"), leaky(tmp_path / "cases/two")
        baseline = self.write(tmp_path, one)
        assert check(one, baseline=baseline).may_publish
        assert [found.accepted for found in check(one, baseline=baseline).accepted] == ["baseline"]
        assert codes(check(two, baseline=baseline)) == {"SCR401": 1}  # the same finding in another file
        leaky(one, after="\nMrs Balthasar Thornquillo came.\n")
        assert codes(check(one, baseline=baseline))["SCR401"] >= 1

    def test_a_stale_entry_is_a_finding(self, tmp_path: Path) -> None:
        folder = leaky(tmp_path / "case")
        baseline = self.write(tmp_path, folder)
        (folder / "overview-report.md").write_text(REPORT)
        assert codes(check(folder, baseline=baseline)) == {"SCR009": 1}

    def test_entries_of_a_folder_that_is_no_case_any_more_are_stale(self, tmp_path: Path, forks: Forks) -> None:
        folder = leaky(tmp_path / "cases/old")
        baseline = self.write(tmp_path, folder)
        folder.rename(tmp_path / "cases/new")
        make_case(tmp_path / "cases/other")
        checker = Checker(make_settings({"as_of": AS_OF, "baseline": baseline}))
        found = {Path(case.folder).name: codes(case) for case in checker.check([tmp_path / "cases"]).cases}
        assert found == {"new": {"SCR401": 1}, "old": {"SCR009": 1}, "other": {}}
        assert checker.check([tmp_path / "cases/other"]).may_publish  # a run on one case is not about the rest
        arguments = ["cases", "--scr-as-of", AS_OF, "--scr-baseline", baseline, "-k", "SCR100"]
        done = forks.run("pytest", *arguments, cwd=tmp_path)
        assert done.code == 1
        assert "scr-baseline.yaml:3:" in done.text
        assert "FAILED cases/old::SCR009 - stale-baseline" in done.text

    def test_a_folder_of_which_the_metadata_are_gone_is_stale_too(self, tmp_path: Path) -> None:
        folder = leaky(tmp_path / "cases/old")
        baseline = self.write(tmp_path, folder)
        (folder / "scr-case.yaml").unlink()
        report = Checker(make_settings({"as_of": AS_OF, "baseline": baseline})).check([tmp_path])
        assert [codes(case) for case in report.cases] == [{"SCR009": 1}]

    def test_no_allow_ignores_it(self, tmp_path: Path) -> None:
        folder = leaky(tmp_path / "case")
        assert codes(check(folder, baseline=self.write(tmp_path, folder), no_allow=True)) == {"SCR401": 1}

    @pytest.mark.parametrize("text", [None, "", "a: [", "version: 1\n", "version: 1\ncases: {x: [{code: SCR401}]}\n"])
    def test_a_baseline_that_is_none_is_an_error(self, tmp_path: Path, text: str | None) -> None:
        if text is not None:
            (tmp_path / "baseline.yaml").write_text(text)
        with pytest.raises(ConfigError):
            Checker(make_settings({"baseline": str(tmp_path / "baseline.yaml")}))

    def test_the_command_writes_it(self, tmp_path: Path, forks: Forks) -> None:
        make_case(
            leaky(tmp_path / "cases/one"), {**ADVICE, "documents[2].audience": "public"}, {"overview-report.md": None}
        )

        def run(*arguments: str) -> Any:
            return forks.run("scr-compliance", *arguments, "--as-of", AS_OF, cwd=tmp_path)

        leaky(tmp_path / "cases/two")
        assert run("baseline", "cases", "--output", "base.yaml").code == 0
        assert "SCR301" not in (tmp_path / "base.yaml").read_text()
        assert "Quillfeather" not in (tmp_path / "base.yaml").read_text()
        assert run("check", "cases/two", "--baseline", "base.yaml").code == 0
        assert run("check", "cases/one", "--baseline", "base.yaml").code == 1
        assert run("baseline", "cases", "--output", "base.yaml").code == 4
