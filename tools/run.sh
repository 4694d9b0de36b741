#!/usr/bin/env bash
# Set up the gate in .venv and run it on the sample cases; arguments replace `sample_cases/`.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x .venv/bin/python ] || "${PYTHON:-python3}" -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check -e .
exec .venv/bin/pytest "${@:-sample_cases/}"
