#!/usr/bin/env bash
# Set up the gate with what its tests need in .venv, and run the tests; arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x .venv/bin/python ] || "${PYTHON:-python3}" -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check -e '.[dev]'
exec .venv/bin/pytest -n 2 "$@"
