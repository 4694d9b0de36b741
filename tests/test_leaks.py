"""The gate never leaks: whatever is run, and whatever goes wrong in it, no text of a case is written anywhere.

Every part of the cases holds names of its own ("canaries"). Each test runs the gate in one way, and looks for them, and for
any five letters in a row of them, in all output and in every file that was written.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from pytest_scr_compliance.app import Checker
from pytest_scr_compliance.testing import make_case

from .canaries import Canaries, files_below, traces
from .conftest import AS_OF
from .forks import Done, Forks

pytestmark = pytest.mark.skipif(not hasattr(sys.modules["os"], "fork"), reason="the runs are forked")

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/{{kind}}" Target="{{target}}"/>{{more}}</Relationships>'
)


def word_file(names: Canaries) -> bytes:
    """A Word file with a name in its body, a comment, a tracked change, hidden text, a header and its properties."""

    def run(part: str, properties: str = "", tag: str = "t") -> str:
        return f"<w:r><w:rPr>{properties}</w:rPr><w:{tag}>Mrs {escape(names.name(part))} came.</w:{tag}></w:r>"

    author = f'w:id="1" w:author="{names.name("docx author")}" w:date="2011-01-01T00:00:00Z"'
    paragraphs = [
        run("docx body"),
        run("docx vanish", "<w:vanish/>"),
        f"<w:del {author}>{run('docx deleted', tag='delText')}</w:del>",
        f"<w:ins {author}>{run('docx inserted')}</w:ins>",
        f"<w:r><w:t>{'The family was known to services. ' * 10}</w:t></w:r>",
    ]
    body = "".join(f"<w:p>{paragraph}</w:p>" for paragraph in paragraphs)
    comment = f"<w:comment {author}><w:p>{run('docx comment')}</w:p></w:comment>"
    comments = f'<Relationship Id="r2" Type="{OFFICE}/comments" Target="comments.xml"/>'
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS.format(kind="officeDocument", target="word/document.xml", more=""),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/comments.xml": f'<w:comments xmlns:w="{W}">{comment}</w:comments>',
        "word/_rels/document.xml.rels": RELS.format(kind="header", target="header1.xml", more=comments),
        "word/header1.xml": f'<w:hdr xmlns:w="{W}"><w:p>{run("docx header")}</w:p></w:hdr>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{core}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>{names.name('docx creator')}</dc:creator></cp:coreProperties>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return file.getvalue()


EXTENSION = '''
import logging, os, signal, sys, threading, time, warnings
from pytest_scr_compliance import DocumentRule

MODE = os.environ.get("GO_WRONG", "")

def go_wrong(text):
    if MODE == "raise":
        raise ValueError(text)
    if MODE == "be loud":
        warnings.warn(text)
        print(text)
        print(text, file=sys.stderr)
        print(text, file=sys.__stdout__)
        os.write(1, text.encode())
        os.system("cat *.md */*.md */*/*.md")
        logging.getLogger("library").debug(text)
        logging.getLogger("library").critical(text)
        threading.Thread(target=lambda: 1 / int(text)).start()
    if MODE == "exit":
        sys.exit(text)
    if MODE == "exit well":
        sys.exit(0)
    if MODE == "interrupt":
        interrupt(text)
    if MODE == "kill" and "PYTEST_XDIST_WORKER" in os.environ:
        os.kill(os.getpid(), signal.SIGKILL)
    if MODE == "abort":
        os.abort()
    if MODE == "wait":
        mine = text
        open("waiting", "w").close()
        time.sleep(30)
    if MODE == "recurse":
        go_wrong(text + text[:1])
    if MODE == "skip":
        import pytest
        pytest.skip(text)
    if MODE == "finish":
        import pytest
        pytest.exit(text, 0)
    return ()

def interrupt(text):
    raise KeyboardInterrupt(text)

class Stumbles(DocumentRule):
    """It stumbles."""

    code, name, citation = "TST111", "stumbles", "test"

    def check(self, case, document, reading):
        yield from go_wrong(reading.content(document).text)

def setup(app):
    part = os.environ["PART"]
    if part == "detector":
        app.add_detector("stumbles", go_wrong)
    if part == "rule":
        app.add_rule(Stumbles)
    if part == "reader":
        app.add_reader(".note", lambda data, limits: go_wrong(data.decode("utf-8", "replace")))
    if part in ("case-loaded", "findings-collected"):
        app.connect(part, lambda case, *rest: go_wrong(str(case.metadata)))
    if part == "setup":
        go_wrong(open("cases/leaky/executive-summary.md").read())
    return {"version": "1"}
'''


@dataclass(frozen=True)
class Scene:
    """A folder with leaky cases, and the means to run the gate on them."""

    folder: Path
    names: Canaries
    forks: Forks
    before: dict[Path, bytes]

    def run(self, program: str, *arguments: str | Path, **environment: str) -> Done:
        """Run the gate; fail if a canary is seen, or if anything that was there has changed."""
        return self.looked_through(self.forks.run(program, *arguments, cwd=self.folder, **environment))

    def looked_through(self, done: Done) -> Done:
        """A run in which no canary is seen, and after which all that was there is as it was."""
        assert self.names.traces_in_new_lines(done.output) == []
        after = files_below(self.folder, self.forks.home)
        assert {path: after.get(path) for path in self.before} == self.before
        for path, data in after.items():
            if path not in self.before:
                assert self.names.traces_in_new_lines(data) == [], path.name
                assert traces(str(path).encode(), self.names) == [], path.name
        return done

    def process(self, *command: str, kill: signal.Signals | None = None, **environment: str) -> Done:
        """A new process of Python, in which all is loaded under its options; a signal is sent once an extension
        waits, to it and to its own processes, as a terminal does."""
        waiting = self.folder / "waiting"
        waiting.unlink(missing_ok=True)
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=self.folder,
            env=self.forks.environment(self.folder, **environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        if kill is not None:
            while process.poll() is None and not waiting.exists():
                time.sleep(0.02)
            os.killpg(process.pid, kill)
        output = process.communicate(timeout=60)
        return self.looked_through(Done(process.returncode, *output))

    def pytest(self, *arguments: str | Path, **environment: str) -> Done:
        where = () if any("cases/" in str(argument) for argument in arguments) else ("cases",)
        return self.run("pytest", "-p", "no:randomly", "--scr-as-of", AS_OF, *where, *arguments, **environment)

    def check(self, *arguments: str | Path, **environment: str) -> Done:
        return self.run("scr-compliance", "check", "--as-of", AS_OF, *arguments, **environment)


@pytest.fixture(scope="module")
def scene(forks: Forks, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    root = tmp_path_factory.mktemp("leaks")
    names = Canaries()
    folder = root / "work"
    cases = folder / "cases"
    summary = (
        f"---\nauthor: {names.name('front matter')}\n---\n\n# Summary\n\n{'The family was known to services. ' * 10}\n\n"
        f"Mrs {names.name('body')} said that her son, {names.name('other body')}, lives at 12 {names.name('street')} Road.\n"
        f"NHS number 999 012 3457, telephone 01632 960123, {names.name('mail').replace(' ', '.').lower()}@example.org\n\n"
        f"<!-- ask {names.name('comment')} -->\n"
    )
    named = names.name("file name").replace(" ", "-")
    make_case(
        cases / "leaky",
        {
            "review.reference": names.name("reference"),
            "review.board": names.name("board"),
            "people[1].pseudonym": names.name("pseudonym"),
            "officials[0].name": names.name("official"),
            "decision.decided_by": names.name("decider"),
            "documents[0].path": f"{named}.docx",
            "documents[3]": {"id": "damaged", "path": "damaged.docx", "role": "other", "audience": "public"},
            "documents[4]": {"id": "notes", "path": "notes.note", "role": "other", "audience": "restricted"},
            "documents[5]": {
                "id": "gone",
                "path": f"{names.name('missing')}.pdf",
                "role": "other",
                "audience": "public",
            },
            "register": "register.age",
        },
        {
            f"{named}.docx": word_file(names),
            "overview-report.md": None,
            "executive-summary.md": summary,
            "imr-health.md": f"# Health review\n\nNurse {names.name('restricted')} visited.\n" * 3,
            "damaged.docx": b"PK\x03\x04" + names.name("damaged").encode() * 5,
            "notes.note": names.name("note"),
            f"{names.name('undeclared')}.txt": names.name("undeclared text"),
            f"{names.name('subfolder')}/x.md": "x",
            "register.age": f"name: {names.name('register')}\n",
            "scr-allow.yaml": f"version: 1\nallows:\n  - reason: {names.name('reason')}\n    code: {names.name('code')}\n"
            f"    approved_by: {names.name('approver')}\n    until: {names.name('until')}\n",
        },
    )
    (cases / "malformed").mkdir()
    (cases / "malformed/scr-case.yaml").write_text(
        f"version: 1\nreview: {{reference: '{names.name('yaml')}\n  {names.name('line')}: [\n"
    )
    make_case(
        cases / "misfit",
        {
            "review.initiated_on": names.name("date"),
            "review.type": names.name("type"),
            names.name("key"): names.name("value"),
            "people[0]": {names.name("person key"): 1},
            "documents[0].id": names.name("document id"),
            "documents[1].path": f"../{names.name('outside')}.md",
            "restrictions": [{"kind": names.name("restriction")}],
        },
    )
    twice = names.name("twice")
    make_case(cases / "twice")
    (cases / "twice/scr-case.yaml").write_text(f"{twice}: 1\n{twice}: 2\n")
    (folder / "stumbles.py").write_text(EXTENSION)
    (folder / "extension.toml").write_text('extensions = ["stumbles"]\n')
    (folder / "extension.ini").write_text("[pytest]\nscr_extensions = stumbles\n")
    (folder / "bad-policy.yaml").write_text(
        f"version: 1\nname: {names.name('policy')}\n{names.name('policy key')}: [1]\n"
    )
    (folder / "worse-policy.yaml").write_text(f"a: [{names.name('worse policy')}\n b: {{")
    (folder / "bad-terms.yaml").write_text(f"terms: {{{names.name('terms')}: [\n")
    (folder / "bad-terms.toml").write_text('vocabulary = ["bad-terms.yaml"]\n')
    return Scene(folder, names, forks, files_below(folder))


def test_the_search_finds_a_fragment_in_every_form() -> None:
    names = Canaries()
    word = names.name("x").split()[0]
    fragment = word[1:8]
    hidden = {
        "plain": fragment.encode(),
        "capitals": fragment.upper().encode(),
        "UTF-16": fragment.encode("utf-16"),
        "hex": f"aa{fragment.encode().hex()}bb".encode(),
        "percent": "".join(f"%{byte:02X}" for byte in fragment.encode()).encode(),
        "JSON": json.dumps(word[2:]).encode(),
        **{f"base64 {n}": base64.b64encode(b"-" * n + fragment.encode() + b"...") for n in range(3)},
    }
    assert [form for form, data in hidden.items() if not traces(b"before " + data + b" after", names)] == []
    assert traces(f"{word[:4]} {word[0]}█████".encode(), names) == []
    assert traces(hashlib.sha256(word.encode()).hexdigest().encode(), names) == []


def test_the_gate_sees_the_canaries(scene: Scene) -> None:
    """Otherwise it would be no wonder that it keeps silent about them."""
    report = json.loads(scene.check("cases/leaky", "--format", "json").output)
    findings = [finding for result in report["cases"][0]["results"] for finding in result["findings"]]
    identifiers = [finding for finding in findings if finding["code"] == "SCR401"]
    assert len({finding["place"]["document"] for finding in identifiers}) == 2
    assert len(identifiers) >= 8
    assert {"SCR001", "SCR003", "SCR402"} <= {finding["code"] for finding in findings}


PYTEST_MODES = {
    "all shown": ["-vv", "-l", "--tb=long", "--full-trace", "-rA", "-s", "--durations=0", "--setup-show"],
    "all kept": [
        "--tb=native", "--showlocals", "--junitxml=report.xml", "-o", "junit_logging=all", "--debug=debug.log",
        "-o", "junit_log_passing_tests=true", "--log-level=DEBUG", "--log-cli-level=DEBUG", "--log-file=log.txt",
    ],
    "workers": ["-n", "2", "-vv", "-l", "-W", "error::DeprecationWarning"],
    "last failed": ["--lf", "--tb=short", "-p", "no:logging", "-o", "cache_dir=last-failed"],
    "no cache": ["-x", "-p", "no:cacheprovider"],
    "samples": ["-o", "scr_expectations=cases", "--scr-strict"],
    "traced": ["--trace", "--trace-config", "--capture=no", "-o", "log_cli=true"],
    "debug": ["--debug", "--tb=line", "--show-capture=all", "--color=yes", "--verbosity=3"],
    "capture": ["--capture=tee-sys", "-rA", "--tb=auto", "-o", "console_output_style=classic", "--stepwise"],
    "doctests": ["--doctest-modules", "--doctest-glob=*.md", "--doctest-glob=*.txt", "--doctest-continue-on-failure"],
}  # fmt: skip


@pytest.mark.parametrize("mode", PYTEST_MODES)
def test_pytest(scene: Scene, mode: str) -> None:
    if "--lf" in PYTEST_MODES[mode]:
        scene.pytest(*PYTEST_MODES[mode])  # which fills a cache of its own, whatever ran before this test
    done = scene.pytest(*PYTEST_MODES[mode])
    assert done.code == (2 if "--stepwise" in PYTEST_MODES[mode] else 1)
    assert "SCR" in done.text
    assert "INTERNALERROR" not in done.text


def test_a_draft_that_is_named_is_no_doctest(scene: Scene) -> None:
    done = scene.pytest("cases/leaky/executive-summary.md", "--doctest-glob=*.md")
    assert done.code == 4


def test_pytest_lists_only_ids(scene: Scene) -> None:
    done = scene.pytest("--collect-only", "-q")
    assert "leaky/scr-case.yaml::SCR401[overview]" in done.text


def test_pdb_is_refused(scene: Scene) -> None:
    done = scene.pytest("--pdb")
    assert done.code == 4
    assert "--pdb is refused" in done.text


@pytest.mark.parametrize("form", list(Checker().registry.reporters))
def test_every_report_format(scene: Scene, form: str) -> None:
    assert scene.check("cases", "--format", form).code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan", "cases/leaky/executive-summary.md", "cases/leaky/damaged.docx", "--format", "json"],
        ["scan", "cases/leaky/executive-summary.md", "cases/leaky/notes.note"],
        ["check", "cases", "--metadata-only"],
        ["check", "cases", "--verbose"],
        ["allow", "cases/leaky"],
        ["baseline", "cases", "--output", "written.yaml"],
        ["check", "cases/leaky", "--baseline", "bad-policy.yaml"],
        ["check", "cases/leaky", "--record", "record.json"],
        ["check", "cases", "--policy", "bad-policy.yaml"],
        ["check", "cases", "--policy", "worse-policy.yaml"],
        ["check", "cases", "--config", "bad-terms.toml"],
        ["check", "cases", "--config", "bad-policy.yaml"],
        ["scan", "cases/leaky/executive-summary.md", "--permitted", "cases/leaky/damaged.docx"],
    ],
    ids=lambda arguments: " ".join(arguments[-3:]),
)
def test_the_command(scene: Scene, arguments: list[str]) -> None:
    assert scene.run("scr-compliance", *arguments).code in (
        (0,) if arguments[0] in ("allow", "baseline") else (1, 3, 4)
    )


@pytest.mark.parametrize(
    ("part", "mode"),
    [
        ("detector", "raise"), ("detector", "be loud"), ("detector", "finish"), ("rule", "skip"), ("reader", "raise"),
        ("setup", "raise"), ("case-loaded", "raise"),
    ],
)  # fmt: skip
def test_an_extension_that_goes_wrong_under_pytest(scene: Scene, part: str, mode: str) -> None:
    options = [
        "cases/leaky",
        "-c",
        "extension.ini",
        "--rootdir=.",
        "-l",
        "--full-trace",
        "-rA",
        "--log-cli-level=DEBUG",
        "-s",
    ]
    done = scene.pytest(*options, PART=part, GO_WRONG=mode)
    assert done.code == (4 if part == "setup" else 1)
    if mode != "be loud" and part != "setup":
        assert {"reader": "SCR001", "case-loaded": "SCR100"}.get(part, "SCR002") in done.text


@pytest.mark.parametrize(
    ("part", "mode", "code"),
    [
        ("detector", "raise", 3), ("detector", "be loud", 1), ("detector", "exit well", 3), ("detector", "recurse", 3),
        ("reader", "exit", 3), ("rule", "raise", 3), ("setup", "exit", 4), ("setup", "be loud", 1),
        ("case-loaded", "exit well", 1), ("findings-collected", "raise", 3),
    ],
)  # fmt: skip
def test_an_extension_that_goes_wrong_under_the_command(scene: Scene, part: str, mode: str, code: int) -> None:
    done = scene.check("cases/leaky", "--config", "extension.toml", PART=part, GO_WRONG=mode)
    assert done.code == code


@pytest.mark.parametrize("program", ["pytest", "check"])
def test_an_interrupt(scene: Scene, program: str) -> None:
    if program == "pytest":
        options = ["cases/leaky", "-c", "extension.ini", "--rootdir=.", "-l", "--full-trace", "-vv"]
        done = scene.pytest(*options, PART="detector", GO_WRONG="interrupt")
        assert "KeyboardInterrupt" in done.text
    else:
        done = scene.check("cases/leaky", "--config", "extension.toml", PART="detector", GO_WRONG="interrupt")
    assert done.code == 2


def test_a_killed_worker(scene: Scene) -> None:
    options = ["cases/leaky", "-c", "extension.ini", "--rootdir=.", "-l", "-n", "1", "--max-worker-restart=0"]
    done = scene.pytest(*options, PART="detector", GO_WRONG="kill")
    assert done.code != 0
    assert "crashed" in done.text


@pytest.mark.parametrize("program", ["pytest", "check"])
def test_a_crash_of_the_interpreter(scene: Scene, program: str) -> None:
    environment = {"PART": "detector", "GO_WRONG": "abort", "PYTHONFAULTHANDLER": "1"}
    if program == "pytest":
        done = scene.pytest("cases/leaky", "-c", "extension.ini", "--rootdir=.", **environment)
    else:
        done = scene.check("cases/leaky", "--config", "extension.toml", **environment)
    assert done.code < 0


COMMAND = ["-m", "pytest_scr_compliance.cli", "check", "cases/leaky", "--as-of", AS_OF]
STRICT_PYTHON = {"PYTHONWARNINGS": "error", "PYTHONFAULTHANDLER": "1", "PYTHONDEVMODE": "1"}


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 2), (signal.SIGTERM, -signal.SIGTERM)])
def test_a_signal_while_the_command_runs(scene: Scene, number: signal.Signals, code: int) -> None:
    """It comes while a text is in the frames."""
    environment = {"PART": "detector", "GO_WRONG": "wait", "PYTHONFAULTHANDLER": "1"}
    done = scene.process(*COMMAND, "--config", "extension.toml", kill=number, **environment)
    assert (scene.folder / "waiting").exists()
    assert done.code == code
    assert done.stdout == b""


def test_the_command_where_python_tells_all(scene: Scene) -> None:
    """In Python's own development mode, which shows what is ignored elsewhere, with every warning an error."""
    done = scene.process("-X", "dev", "-W", "error", *COMMAND, **STRICT_PYTHON)
    assert done.code == 1
    assert "SCR401" in done.text
    assert done.stderr == b""
