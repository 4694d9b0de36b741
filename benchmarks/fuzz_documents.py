"""A long fuzz run over the readers: every failure is printed with the seed that makes it again.

    python -m benchmarks.fuzz_documents [--runs 10000] [--seed 1] [--files FOLDER]

``--files`` takes real files from a folder besides the small ones that the tests make.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path

from pytest_scr_compliance.documents import built_in_readers
from pytest_scr_compliance.documents.isolation import CRASHED, TOO_SLOW, IsolatedReader
from pytest_scr_compliance.errors import ReadError
from pytest_scr_compliance.registry import Limits
from tests.document_files import mutated, samples

LARGEST = 300_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=Path)
    arguments = parser.parse_args()
    readers = built_in_readers()
    files = [(suffix, data) for suffix, data in samples().items()]
    if arguments.files:
        found = sorted(path for path in arguments.files.rglob("*") if path.suffix.lower() in readers)
        files += [(path.suffix.lower(), path.read_bytes()) for path in found if path.stat().st_size < LARGEST]
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    with IsolatedReader(readers, Limits(unpacked=50_000_000), seconds=30) as isolated:
        for run in range(arguments.runs):
            chance = random.Random(f"{arguments.seed}-{run}")
            suffix, data = chance.choice(files)
            data = mutated(data, chance)
            began = time.perf_counter()
            try:
                content = isolated.read(data, suffix)
                outcome = "read with gaps" if content.gaps else "read"
                if not content.text.strip() and not content.gaps:
                    outcome = "PASSED WITHOUT TEXT"
            except ReadError as error:
                outcome = "refused"
                if error.reason in (CRASHED, TOO_SLOW) or "its reader failed" in error.reason:
                    outcome = f"FAILED {error.reason}"
            except Exception as error:
                outcome = f"ESCAPED {type(error).__name__}"
            took = time.perf_counter() - began
            if took > 5:
                print(f"run {run} {suffix}: {took:.1f} s")
            slowest = max(slowest, took)
            outcomes[outcome] += 1
            if outcome.isupper() or outcome.split()[0].isupper():
                print(f"run {run} {suffix}: {outcome}")
    print(dict(outcomes.most_common()), f"slowest {slowest:.2f} s")


if __name__ == "__main__":
    main()
