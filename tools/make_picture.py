"""Draw ``docs/output.svg``, the picture of the README, from what the command prints: ``python -m tools.make_picture``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
SAMPLE = "sample_cases/non_compliant/SCR401-name-in-the-body"


def main() -> None:
    """Run the command on a sample and write the picture."""
    from rich.console import Console
    from rich.text import Text

    done = subprocess.run(
        [sys.executable, "-m", "pytest_scr_compliance.cli", "check", SAMPLE],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    console = Console(record=True, width=112, file=sys.stderr)
    console.print(Text(f"$ scr-compliance check {SAMPLE}", style="bold"))
    for line in done.stdout.splitlines():
        style = "red" if line.startswith("✗") else "green" if line.startswith("✓") else ""
        console.print(Text(line, style=style))
    console.save_svg(str(REPOSITORY / "docs" / "output.svg"), title="scr-compliance", unique_id="scr")


if __name__ == "__main__":
    main()
