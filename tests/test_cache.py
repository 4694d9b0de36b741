"""What was found is remembered between runs, in the user's own cache folder: never trusted without proof, never a leak."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from pytest_scr_compliance import search
from pytest_scr_compliance.app import Checker
from pytest_scr_compliance.errors import ModelError
from pytest_scr_compliance.identifiers import names
from pytest_scr_compliance.identifiers.register import new_key, seal
from pytest_scr_compliance.model import CaseReport, Confidence, Span
from pytest_scr_compliance.record import check_with_record
from pytest_scr_compliance.settings import make_settings
from pytest_scr_compliance.store import Store, cache_folder
from pytest_scr_compliance.testing import make_case

from .canaries import Canaries, files_below, traces
from .conftest import AS_OF
from .forks import Forks

NAMES = Canaries()
LEAK = {
    "executive-summary.md": f"{'The family was known to services. ' * 12}\n\nMrs {NAMES.name('body')} rang.\n",
    "overview-report.md": None,
    f"{NAMES.name('file').replace(' ', '-')}.md": "The family was known to services, which visited them often. " * 12,
}
CHANGES = {"documents[0].path": f"{NAMES.name('file').replace(' ', '-')}.md"}


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CI", raising=False)
    return make_case(tmp_path / "case", CHANGES, LEAK)


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Counts how often texts are really searched."""
    counts: Counter[str] = Counter()
    for name in ("identify", "spread"):

        def counted(*arguments: object, name: str = name, real: object = getattr(search, name)) -> object:
            counts[name] += 1
            return real(*arguments)  # type: ignore[operator]

        monkeypatch.setattr(search, name, counted)
    return counts


def check(folder: Path, **settings: object) -> CaseReport:
    (case,) = Checker(make_settings({"as_of": AS_OF, **settings})).check([folder]).cases
    return case


def kept() -> Path:
    folder = cache_folder()
    assert folder is not None
    return folder


def entries() -> list[Path]:
    return [path for path in kept().iterdir() if path.name not in ("key", "pruned")]


class TestSecondRun:
    def test_it_searches_nothing_and_finds_the_same(self, case: Path, searches: Counter[str]) -> None:
        first = check(case)
        assert searches["identify"] >= 3
        searches.clear()
        assert check(case) == first
        assert not first.may_publish
        assert searches == {}

    def test_it_loads_no_model(self, case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        first = check(case)

        def load(model: str) -> None:
            raise ModelError("not needed")

        monkeypatch.setattr(names, "load", load)
        assert check(case) == first
        assert check(case, no_cache=True) != first

    def test_an_edited_document_is_searched_and_the_others_are_not(self, case: Path, searches: Counter[str]) -> None:
        check(case)
        with (case / "executive-summary.md").open("a") as file:
            file.write("\nMrs Balthasar Thornquillo called.\n")
        searches.clear()
        report = check(case)
        assert searches["identify"] == 3  # the document, and the names of the two public files
        assert len([found for found in report.findings if found.code == "SCR401"]) >= 2

    @pytest.mark.parametrize("program", ["pytest", "scr-compliance"])
    def test_whole_runs(self, case: Path, forks: Forks, tmp_path: Path, program: str) -> None:
        where = {"XDG_CACHE_HOME": str(tmp_path / "caches")}
        arguments = (
            ["check", "case", "--as-of"] if program != "pytest" else ["-p", "no:randomly", "case", "-q", "--scr-as-of"]
        )
        outputs = [forks.run(program, *arguments, AS_OF, cwd=tmp_path, **where).stdout for _ in range(2)]
        assert outputs[0].partition(b" in ")[0] == outputs[1].partition(b" in ")[0]
        assert list((tmp_path / "caches/scr-compliance").iterdir())


class TestNothingElseIsTrusted:
    """Another version, model, setting, register or vocabulary is another search."""

    def searched(self, counts: Counter[str], folder: Path, **settings: object) -> bool:
        counts.clear()
        check(folder, **settings)
        return counts["identify"] > 0

    def test_another_version(self, case: Path, searches: Counter[str], monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.searched(searches, case)
        assert not self.searched(searches, case)
        monkeypatch.setattr(search, "program", lambda: b"another version")
        assert self.searched(searches, case)

    def test_each_file_of_the_program_counts_and_so_do_libraries(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        package = shutil.copytree(Path(search.__file__).parent, tmp_path / "package")
        monkeypatch.setattr(search, "__file__", str(package / "search.py"))
        fresh = search.program.__wrapped__
        seen = {fresh()}
        for name in ("identifiers/model/ner/model", "identifiers/vocabulary/permitted.yaml", "identifiers/cues.py"):
            data = bytearray((package / name).read_bytes())
            data[-1] ^= 1
            (package / name).write_bytes(data)
            seen.add(fresh())
        (package / "identifiers/model/meta.json").unlink()
        seen.add(fresh())
        monkeypatch.setattr(search, "LIBRARIES", (*search.LIBRARIES, "no-such-library"))
        seen.add(fresh())
        assert len(seen) == 6

    def test_permitted_terms(self, case: Path, searches: Counter[str]) -> None:
        first = check(case)
        files = {path.name: path.read_bytes() for path in case.iterdir() if path.name != "scr-case.yaml"}
        make_case(case, {**CHANGES, "fictional_names": [NAMES.name("body")]}, {**files, "overview-report.md": None})
        assert check(case).findings != first.findings
        assert [found.code for found in check(case).findings if found.code == "SCR401"] == []

    def test_a_vocabulary(self, case: Path, searches: Counter[str], tmp_path: Path) -> None:
        words = tmp_path / "words.yaml"
        words.write_text(yaml.safe_dump([{"reason": "Ours.", "terms": ["Ourtown"]}]))
        assert self.searched(searches, case, vocabulary=[str(words)])
        assert not self.searched(searches, case, vocabulary=[str(words)])
        words.write_text(yaml.safe_dump([{"reason": "Ours.", "terms": ["Othertown"]}]))
        assert self.searched(searches, case, vocabulary=[str(words)])
        assert self.searched(searches, case)

    def test_the_register(self, case: Path, searches: Counter[str], monkeypatch: pytest.MonkeyPatch) -> None:
        secret, _ = new_key()
        monkeypatch.setenv("SCR_REGISTER_KEY", secret)
        metadata = yaml.safe_load((case / "scr-case.yaml").read_text())
        (case / "scr-case.yaml").write_text(yaml.safe_dump({**metadata, "register": "register.age"}))
        sealed = "version: 1\npeople:\n  - {{id: child-a, names: [{0}], other_names: [], terms: []}}\nterms: []\n"
        (case / "register.age").write_bytes(seal(sealed.format("Balthasar Thornquillo"), secret))
        assert self.searched(searches, case)
        assert not self.searched(searches, case)
        (case / "register.age").write_bytes(seal(sealed.format("Child Services"), secret))
        assert self.searched(searches, case)
        monkeypatch.setenv("SCR_REGISTER_KEY", new_key()[0])
        assert self.searched(searches, case)
        assert "SCR403" in {found.code for found in check(case).findings}

    def test_another_model_or_detector_is_never_remembered(self, case: Path, searches: Counter[str]) -> None:
        assert self.searched(searches, case)
        assert not search.may_remember(make_settings({"model": "en_core_web_sm"}), Checker().registry)
        for _ in range(2):
            checker = Checker(make_settings({"as_of": AS_OF}))
            checker.add_detector("mine", lambda text: [Span("person", 0, 3, Confidence.CERTAIN, ("mine",))])
            searches.clear()
            (report,) = checker.check([case]).cases
            assert searches["identify"]
            assert any("mine" in found.detectors for found in report.findings)

    def test_it_can_be_switched_off(
        self, case: Path, searches: Counter[str], forks: Forks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for _ in range(2):
            assert self.searched(searches, case, no_cache=True)
        assert not kept().exists()
        for arguments in (["scr-compliance", "check", "case", "--no-cache"], ["pytest", "case", "--scr-no-cache"]):
            forks.run(*arguments, cwd=tmp_path, XDG_CACHE_HOME=str(tmp_path / "caches"))
            assert not (tmp_path / "caches").exists()
        monkeypatch.setenv("CI", "true")  # the folder may come from another job
        assert self.searched(searches, case)
        assert not kept().exists()

    def test_a_record_rests_on_no_cache(self, case: Path, searches: Counter[str]) -> None:
        check(case)
        searches.clear()
        check_with_record(Checker(make_settings({"as_of": AS_OF})), case)
        assert searches["identify"]


class TestTampering:
    def test_what_somebody_else_wrote_is_ignored(self, case: Path, searches: Counter[str]) -> None:
        first = check(case)
        originals = {path: path.read_bytes() for path in entries()}
        empty = b"[]"

        def damage(name: str, change: object) -> None:
            for path, data in originals.items():
                path.write_bytes(change(data))  # type: ignore[operator]
            searches.clear()
            assert check(case) == first, name
            assert searches["identify"], name

        damage("no proof", lambda data: empty)
        damage("an old proof", lambda data: data[:32] + empty)
        damage("nothing", lambda data: b"")
        damage("half", lambda data: data[: len(data) // 2])
        damage("one bit", lambda data: data[:-1] + bytes([data[-1] ^ 1]))
        longest = max(originals.values(), key=len)
        shortest = min(originals.values(), key=len)
        damage("the entry of another text", lambda data: shortest if data != shortest else longest)

    def test_another_key_makes_all_entries_void(self, case: Path, searches: Counter[str]) -> None:
        first = check(case)
        for key in (os.urandom(32), b"", b"short"):
            (kept() / "key").write_bytes(key)
            searches.clear()
            assert check(case) == first
            assert searches["identify"]
        assert len((kept() / "key").read_bytes()) == 32

    def test_an_entry_that_is_proven_and_nonsense(self, tmp_path: Path) -> None:
        for data in (b"", b"{}x", b"[1]", b'[["person", 1, 2, "sure", []]]', b'[["person", 1]]', b"7"):
            assert search.from_plain(data) is None
        assert search.from_plain(b"[]") == ()

    @pytest.mark.skipif(not hasattr(os, "geteuid"), reason="POSIX rights")
    def test_a_folder_or_key_that_others_can_use_is_not_used(self, case: Path, searches: Counter[str]) -> None:
        check(case)
        (kept() / "key").chmod(0o644)
        old = (kept() / "key").read_bytes()
        searches.clear()
        check(case)
        assert searches["identify"]
        assert (kept() / "key").read_bytes() != old
        kept().chmod(0o777)
        searches.clear()
        check(case)
        assert searches["identify"]
        assert Store.open(kept()) is None

    @pytest.mark.parametrize("what", ["file", "loop", "pipe", "nowhere", "entries"])
    def test_a_folder_that_is_none(self, case: Path, what: str) -> None:
        first = check(case, no_cache=True)
        kept().parent.mkdir(parents=True, exist_ok=True)
        if what == "file":
            kept().write_text("x")
        if what == "loop":
            kept().symlink_to(kept())
        if what == "pipe":
            kept().mkdir()
            os.mkfifo(kept() / "key")
        if what == "nowhere":
            kept().symlink_to("/proc/none")
        if what == "entries":
            check(case)
            for path in entries():
                path.unlink()
                os.mkfifo(path)
        assert check(case) == first

    def test_nothing_is_written_into_a_case(self, case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(case))
        before = files_below(case)
        check(case)
        assert files_below(case) == before
        assert not kept().exists()

    def test_what_nobody_uses_is_removed(self, case: Path) -> None:
        check(case)
        (kept() / "left.new").write_text("x")
        old = time.time() - 40 * 86_400
        used, *unused = entries()
        for path in [*unused, kept() / "pruned", kept() / "left.new"]:
            os.utime(path, (old, old))
        Store.open(kept())
        assert entries() == [used]


class TestItIsNoLeak:
    def test_it_holds_no_text(self, case: Path) -> None:
        check(case)
        assert entries()
        for path, data in files_below(kept()).items():
            assert traces(data, NAMES) == []
            assert traces(path.name.encode(), NAMES) == []
            assert path.stat().st_mode & 0o077 == 0
            if path.name not in ("key", "pruned"):
                for kind, start, end, confidence, detectors in json.loads(data[32:]):
                    words = [kind, confidence, *detectors]
                    assert all(isinstance(number, int) for number in (start, end))
                    assert all(word.replace("-", "").isalpha() and word.islower() for word in words)

    def test_a_short_text_is_not_kept_and_a_name_not_by_itself(self, tmp_path: Path, case: Path) -> None:
        """Whoever has the folder has the key, and could try out what a short text may be."""
        _, reading = Checker(make_settings({"as_of": AS_OF})).open(case)
        searching = reading._search
        searching.document("Mrs Zebediah Quillfeather")
        assert entries() == []
        check(case)
        count = len(entries())
        searching.name("overview report", "", 10_000)  # the same name beside no documents is another entry
        assert len(entries()) == count + 1
