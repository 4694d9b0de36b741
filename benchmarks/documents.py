"""Recall of hidden content by class, and errors on control files, against a labelled set of real files.

    python benchmarks/documents.py /work/shared/data/hidden [--verbose]

The set has a ``manifest.csv`` with the columns ``path, format, role, classes, unsure, benign`` (DESIGN §7).
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter
from pathlib import Path

from pytest_scr_compliance.documents import built_in_readers, read
from pytest_scr_compliance.errors import ReadError
from pytest_scr_compliance.model import Severity
from pytest_scr_compliance.registry import Limits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--verbose", action="store_true", help="show what was missed and what was found besides, by file"
    )
    arguments = parser.parse_args()
    readers = built_in_readers()
    wanted: Counter[str] = Counter()
    got: Counter[str] = Counter()
    extra: Counter[str] = Counter()
    bad_controls = controls = 0
    slowest = (0.0, "")
    with (arguments.folder / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        path = arguments.folder / row["path"]
        labelled = set(filter(None, row["classes"].split(";")))
        ignored = {name.lstrip("?") for name in (row["unsure"] + ";" + row["benign"]).split(";")}
        began = time.perf_counter()
        try:
            content = read(path.read_bytes(), path.suffix.lower(), readers, Limits())
        except ReadError as error:
            found, errors = set(), {f"unreadable: {error.reason}"}
        else:
            found = {hidden.name for hidden in content.hidden}
            errors = {hidden.name for hidden in content.hidden if hidden.severity is Severity.ERROR}
        slowest = max(slowest, (time.perf_counter() - began, path.name))
        wanted.update(labelled)
        got.update(labelled & found)
        extra.update(found - labelled - ignored)
        if row["role"] == "control":
            controls += 1
            bad_controls += bool(errors)
        if arguments.verbose:
            missed, besides = sorted(labelled - found), sorted(found - labelled - ignored)
            wrong = sorted(errors) if row["role"] == "control" else [name for name in errors if name.startswith("unr")]
            if missed or besides or wrong:
                print(f"{row['role']:8} {path.name}: missed {missed}, besides {besides}, errors {wrong}")
    for name in sorted(wanted):
        print(f"{name:28} {got[name]:3} of {wanted[name]:3}")
    print(f"all classes: {got.total()} of {wanted.total()} ({got.total() / wanted.total():.1%})")
    print(f"mean over classes: {sum(got[name] / wanted[name] for name in wanted) / len(wanted):.1%}")
    print(f"control files with an error: {bad_controls} of {controls}")
    print(f"found besides the labels: {dict(extra.most_common())}")
    print(f"slowest: {slowest[0]:.2f} s, {slowest[1]}")


if __name__ == "__main__":
    main()
