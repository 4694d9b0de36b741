"""Big loads: many cases, many documents in one case, one big document. ``python -m benchmarks.robustness [--scale 0.1]``

For each it prints the time, the most memory, and whether the outcome is right; it exits with 1 if one is not.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytest_scr_compliance.testing import make_case

AS_OF = "2011-06-01"
NAME = "Mrs Zebediah Quillfeather rang."
SENTENCE = "The family was known to services and moved twice in that year. "


def many_cases(folder: Path, scale: float) -> tuple[list[str], Callable[[Any], bool]]:
    """5,000 cases; every hundredth leaks."""
    count = int(5000 * scale)
    for number in range(count):
        leak = {"executive-summary.md": f"{SENTENCE * 10}\n\n{NAME}\n"} if number % 100 == 99 else {}
        make_case(folder / f"{number:05}", files=leak)

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


def run(make: Callable[[Path, float], tuple[list[str], Callable[[Any], bool]]], scale: float) -> bool:
    """Make one load, check it in a process of its own, and print a line of the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings, right = make(folder / "cases", scale)
        (folder / "scr-compliance.toml").write_text("".join(settings))
        command = [sys.executable, "-m", "pytest_scr_compliance.cli", "check", "cases", "--as-of", AS_OF]
        start = time.perf_counter()
        done = subprocess.run([*command, "--format", "json"], cwd=folder, capture_output=True, text=True)
        seconds = time.perf_counter() - start
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        good = (
            done.returncode == 1 and right(json.loads(done.stdout)) and "Quillfeather" not in done.stdout + done.stderr
        )
        print(
            f"{make.__name__:16} {seconds:8.1f} s {memory:8.0f} MB so far  {'right' if good else 'WRONG'}", flush=True
        )
        return good


def main() -> None:
    """Run all loads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="part of the full size; default 1")
    scale = parser.parse_args().scale
    results = [run(make, scale) for make in (big_document, many_documents, many_cases)]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
