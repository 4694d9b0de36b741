"""Train, pack and measure the model with one command, run from the top of the repository:

python -m model.build --data DATA [--out FOLDER] [--seed N]
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

OUT = Path("pytest_scr_compliance/identifiers/model")


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, required=True, help="development data: ofsted/, tab/, presidio/, handmade/"
    )
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--epochs", type=int, default=None)
    parser.add_argument("--per-epoch", type=int, default=None)
    arguments = parser.parse_args()
    if os.environ.get("PYTHONHASHSEED") != "0" or os.environ.get("OMP_NUM_THREADS") != "1":
        # Both must be set before Python and BLAS start.
        os.environ |= {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        os.execv(sys.executable, [sys.executable, "-m", "model.build", *sys.argv[1:]])

    from thinc.api import NumpyOps, set_current_ops

    from model import evaluate, folding, pack, train
    from pytest_scr_compliance.identifiers.models import lean

    set_current_ops(NumpyOps(use_blis=False))  # numpy's OpenBLAS is three times as fast as blis where AVX-512 is
    changes = {"seed": arguments.seed, "epochs": arguments.epochs, "templates_per_epoch": arguments.per_epoch}
    recipe = train.Recipe(**{k: v for k, v in changes.items() if v is not None})
    print(recipe, flush=True)
    texts = evaluate.sets(arguments.data)
    watched = texts["development, passages"]

    def check(nlp: object) -> str:
        return evaluate.measure(evaluate.predictor(nlp), watched).row()

    began = time.monotonic()
    nlp = train.train(recipe, arguments.data, lambda line: print(line, flush=True), check)
    print(f"trained in {time.monotonic() - began:.0f} s")
    train.complete(nlp)
    train.split_joined_cells(nlp)
    meta = {
        "name": "scr_identifiers",
        "version": "1.0.0",
        "license": "MIT",
        "spacy_version": ">=3.8.0,<3.9.0",
        "author": "pytest-scr-compliance",
        "description": "People, smaller places and local organisations in British safeguarding prose",
        "lean": train.LEAN,
        "summed": True,
    }
    for name, digest in pack.pack(lean(folding.fold(nlp), train.LEAN), arguments.out, meta).items():
        print(f"{digest}  {name}")
    evaluate.print_table(arguments.out, texts)


if __name__ == "__main__":
    main()
