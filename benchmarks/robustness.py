"""Big loads: many cases, many documents in one case, one big document. ``python -m benchmarks.robustness [--scale 0.1]``

Each load is checked twice, the second time with what the first one has left in the cache. For each run it prints the
time, the most memory, and whether the outcome is right; it exits with 1 if one is not.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytest_scr_compliance.testing import make_case, sample_text

AS_OF = "2011-06-01"
NAME = "Mrs Zebediah Quillfeather rang."
SENTENCE = "The family was known to services and moved twice in that year. "


WORDS = (
    "home visit school teacher nurse doctor meeting record plan agency worker family parent child concern referral strategy "
    "review conference health housing police station report letter telephone week month morning kitchen garden winter"
).split()


def own_text(number: int) -> str:
    """Ten sentences that no other number has, so that nothing found in one case serves another one."""
    chance = random.Random(number)
    sentences = (" ".join(["The", *chance.choices(WORDS, k=9)]) + "." for _ in range(10))
    return f"{' '.join(sentences)}\n"


def many_cases(folder: Path, scale: float) -> tuple[list[str], Callable[[Any], bool]]:
    """5,000 cases with the same texts, which are searched once; every hundredth leaks."""
    return _cases(folder, int(5000 * scale), lambda number: "")


def many_texts(folder: Path, scale: float) -> tuple[list[str], Callable[[Any], bool]]:
    """1,000 cases with texts of their own, each of which is searched; every hundredth leaks."""
    return _cases(folder, int(1000 * scale), own_text)


def _cases(folder: Path, count: int, text: Callable[[int], str]) -> tuple[list[str], Callable[[Any], bool]]:
    for number in range(count):
        summary = f"{sample_text('executive-summary.md')}\n{text(number)}" + f"\n{NAME}\n" * (number % 100 == 99)
        overview = f"{sample_text('overview-report.md')}\n{text(-1 - number)}"
        make_case(folder / f"{number:05}", files={"executive-summary.md": summary, "overview-report.md": overview})

    def right(report: Any) -> bool:
        failed = [case["folder"][-5:] for case in report["cases"] if not case["may_publish"]]
        return len(report["cases"]) == count and failed == [f"{n:05}" for n in range(99, count, 100)]

    return [], right


def many_documents(folder: Path, scale: float) -> tuple[list[str], Callable[[Any], bool]]:
    """2,000 public documents in one case; the last one leaks."""
    count = int(2000 * scale)
    changes, files = {}, {}
    for number in range(count):
        name = f"part-{number}"
        files[f"{name}.md"] = f"# Part\n\n{SENTENCE * 10}\n" + (f"\n{NAME}\n" if number == count - 1 else "")
        changes[f"documents[{3 + number}]"] = {"id": name, "path": f"{name}.md", "role": "other", "audience": "public"}
    make_case(folder / "case", changes, files)

    def right(report: Any) -> bool:
        found = [f for result in report["cases"][0]["results"] for f in result["findings"] if f["code"] == "SCR401"]
        return {finding["place"]["document"] for finding in found} == {f"part-{count - 1}"}

    return [], right


def big_document(folder: Path, scale: float) -> tuple[list[str], Callable[[Any], bool]]:
    """A document of 300 MB, which is more than the limits: it is refused with a reason, and not read."""
    make_case(folder / "case")
    with (folder / "case/executive-summary.md").open("w") as file:
        for _ in range(int(300_000_000 * scale / len(SENTENCE))):
            file.write(SENTENCE)

    def right(report: Any) -> bool:
        return "SCR001" in {f["code"] for result in report["cases"][0]["results"] for f in result["findings"]}

    return ["max_file_mb = 1\n"] if scale < 1 else [], right


LOADS = {make.__name__: make for make in (big_document, many_documents, many_cases, many_texts)}


def run(make: Callable[[Path, float], tuple[list[str], Callable[[Any], bool]]], scale: float) -> bool:
    """Make one load, check it twice in processes of their own, and print a line of the table for each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings, right = make(folder / "cases", scale)
        (folder / "scr-compliance.toml").write_text("".join(settings))
        results = [check(folder, right, f"{make.__name__} {scale:g}", again) for again in ("first", "second")]
        return all(results)


def check(folder: Path, right: Callable[[Any], bool], name: str, again: str) -> bool:
    """Check the cases below a folder, with a cache of their own, and print a line of the table."""
    outputs = folder / "stdout", folder / "stderr"
    command = [
        sys.executable,
        "-m",
        "pytest_scr_compliance.cli",
        "check",
        "cases",
        "--as-of",
        AS_OF,
        "--format",
        "json",
    ]
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    start = time.perf_counter()
    with outputs[0].open("wb") as stdout, outputs[1].open("wb") as stderr:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=stdout, stderr=stderr)
        _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    out, err = (path.read_text(encoding="utf-8") for path in outputs)
    good = os.waitstatus_to_exitcode(status) == 1 and right(json.loads(out)) and "Quillfeather" not in out + err
    print(
        f"{name:20} {again:6} run {seconds:8.1f} s {used.ru_maxrss / 1024:8.0f} MB  {'right' if good else 'WRONG'}",
        flush=True,
    )
    return good


def main() -> None:
    """Run all loads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="part of the full size; default 1")
    parser.add_argument("--only", choices=list(LOADS), help="one load; default all")
    arguments = parser.parse_args()
    loads = [LOADS[arguments.only]] if arguments.only else list(LOADS.values())
    results = [run(make, arguments.scale) for make in loads]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
