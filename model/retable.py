"""Give a packed model the names that were added to the lists since: a new table of words, and no training.

python -m model.retable PACKED [--out FOLDER]

Training never sees the whole gazetteer (`vectors.LEFT_OUT`, `lexicon.listed_names`), so this makes the same files as
training anew with the longer lists.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from model.build import OUT


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()

    import spacy

    from model import folding, pack, train

    packed = spacy.load(arguments.packed)
    changed = folding.with_table(packed, *train.whole_table())
    for name, digest in pack.pack(changed, arguments.out, pack.described(packed.meta)).items():
        print(f"{digest}  {name}")


if __name__ == "__main__":
    main()
