"""What is found, and flagged by mistake, in plain sentences with lists put into them (`tests/data/sentences`).

    python -m benchmarks.sentences [KIND…] [--show]

Each value stands in every sentence of its group: some six thousand texts a kind. Found counts errors and review; of a decoy,
flagged is what touches it.
"""

from __future__ import annotations

import argparse
from collections import Counter

from pytest_scr_compliance import Checker, Settings, identifiers
from tests.sentences import kinds, sentences


def main() -> None:
    """Print a row for each group."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", nargs="*", default=kinds())
    parser.add_argument("--show", action="store_true", help="print what is missed, and what is flagged by mistake")
    arguments = parser.parse_args()
    detectors = Checker(Settings()).registry.detectors.as_dict()
    permitted = identifiers.Permitted.build()
    for kind in arguments.kind:
        rows: dict[tuple[bool, str], Counter[str]] = {}
        for sentence in sentences(kind, every=True):
            spans = identifiers.identify(sentence.text, detectors, permitted)
            is_found = sentence.is_found(spans)
            row = rows.setdefault((sentence.is_hit, sentence.group), Counter())
            row.update(all=1, found=is_found, sure=sentence.is_found(s for s in spans if s.confidence.rank > 0))
            if arguments.show and is_found is not sentence.is_hit:
                print("   ", "missed:" if sentence.is_hit else "flagged:", sentence.text.split("\n\n")[1])
        for is_hit in (True, False):
            total: Counter[str] = sum((row for (hit, _), row in rows.items() if hit is is_hit), Counter())
            _print(f"{kind}: {'identifiers' if is_hit else 'decoys'}", total)
            for (hit, group), row in rows.items():
                if hit is is_hit:
                    _print(f"    {group}", row)


def _print(name: str, row: Counter[str]) -> None:
    if row["all"]:
        print(f"{name[:100]:100} {row['all']:6} {row['found'] / row['all']:7.1%} {row['sure'] / row['all']:7.1%}")


if __name__ == "__main__":
    main()
