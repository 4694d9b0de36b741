"""The rooms of the house: who may import whom, and what is imported only when it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pytest_scr_compliance"
NAME = PACKAGE.name

# Data flows one way, and imports follow it: a room imports from those before it, never from those after it.
ORDER = [
    ("errors", "quiet", "schemas", "store", "terminal", "__init__"),
    ("model",),
    ("settings",),
    ("options",),
    ("cases",),
    ("allow", "fingerprint", "watch"),
    ("policy",),
    ("rules.base", "rules"),
    ("registry",),
    ("documents", "identifiers"),
    ("rules.*",),
    ("search",),
    ("reading",),
    ("app",),
    ("reports",),
    ("scan", "expectations", "record", "testing"),
    ("commands",),
    ("cli", "plugin"),
]
HEAVY = {
    "spacy",
    "lxml",
    "pypdfium2",
    "pikepdf",
    "PIL",
    "jsonschema",
    "numpy",
    "phonenumbers",
    "stdnum",
    "rapidfuzz",
    "pyrage",
}
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))


def room(module: str) -> str:
    first, _, rest = module.partition(".")
    if first == "rules" and rest:
        return "rules.base" if rest == "base" else "rules.*"
    return first or "__init__"


def level(module: str) -> int:
    return next(number for number, rooms in enumerate(ORDER) if room(module) in rooms)


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__") or "__init__"


def imports(path: Path, *, everywhere: bool) -> Iterator[str]:
    """Names of modules that a file imports, relative ones resolved; type-checking imports left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = (NAME, *path.relative_to(PACKAGE).parent.parts)
    nodes: list[ast.AST] = list(tree.body)
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            nodes += node.orelse
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            full = ".".join([*base, *([node.module] if node.module else [])])
            submodules = [
                alias.name
                for alias in node.names
                if (PACKAGE.parent.joinpath(*full.split("."), f"{alias.name}.py")).exists()
            ]
            yield from ([f"{full}.{name}" for name in submodules] or [full])
        elif everywhere or not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            nodes += ast.iter_child_nodes(node)


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_imports_follow_the_data(path: Path) -> None:
    own = module_name(path)
    for name in imports(path, everywhere=False):
        if name == NAME or name.startswith(f"{NAME}."):
            other = name.removeprefix(NAME).removeprefix(".") or "__init__"
            assert level(other) <= level(own), f"{own} imports {other}"


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_heavy_libraries_are_imported_in_functions(path: Path) -> None:
    assert not {name.partition(".")[0] for name in imports(path, everywhere=False)} & HEAVY


@pytest.mark.parametrize("path", [path for path in MODULES if path.name != "plugin.py"], ids=module_name)
def test_only_the_plugin_imports_pytest_and_nothing_imports_the_plugin(path: Path) -> None:
    names = list(imports(path, everywhere=True))
    assert not {name.partition(".")[0] for name in names} & {"pytest", "_pytest"}
    assert f"{NAME}.plugin" not in names


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_no_module_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def imported_by(code: str) -> set[str]:
    script = f"import sys; before = set(sys.modules); {code}; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_plugin_costs_little_in_a_run_without_a_case() -> None:
    extra = imported_by(f"import pytest; import {NAME}.plugin")
    assert not {name.partition(".")[0] for name in extra} & (HEAVY | {"yaml", "click"})


def test_checking_metadata_imports_no_model_and_no_reader() -> None:
    code = f"from {NAME}.app import Checker; from pathlib import Path; Checker().check([Path('tests')], metadata_only=True)"
    assert not {name.partition(".")[0] for name in imported_by(code)} & {"spacy", "numpy", "lxml", "pypdfium2"}
