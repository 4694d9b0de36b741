"""``python -m tools.make_samples [FOLDER]``: write all sample cases."""

from __future__ import annotations

import argparse
from pathlib import Path

from .build import REPOSITORY, build

TEXT = "Write all sample cases."

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tools.make_samples", description=TEXT)
    parser.add_argument("folder", nargs="?", type=Path, default=REPOSITORY / "sample_cases", help="where to")
    print(f"{build(parser.parse_args().folder)} cases written")
