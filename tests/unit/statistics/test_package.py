"""The door of the package offers exactly what its modules define, and opens fast."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import mlgov.statistics as package

FOLDER = Path(package.__file__).parent
# Foundations: rules ask the functions built on them, not these.
INNER = {"beta", "chi_squared", "domain", "looks", "normal", "roots"}


def public_functions() -> set[str]:
    return {
        node.name
        for file in FOLDER.glob("*.py")
        if file.stem not in INNER | {"__init__"}
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }


def seen_by_type_checkers() -> set[str]:
    tree = ast.parse((FOLDER / "__init__.py").read_text(encoding="utf-8"))
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return {alias.name for node in imports for alias in node.names if str(node.module).startswith("mlgov.")}


def test_every_public_function_is_offered_to_readers_and_to_type_checkers() -> None:
    assert public_functions() <= set(package.__all__)
    assert set(package.__all__) == seen_by_type_checkers()
    assert dir(package) == sorted(package.__all__)
    for name in package.__all__:
        assert getattr(package, name) is not None


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        _ = package.nonsense  # type: ignore[attr-defined]


def test_import_loads_no_other_module() -> None:
    program = (
        "import sys, mlgov.statistics; print(*sorted(m for m in sys.modules if m.startswith('mlgov.statistics.')))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []


def test_modules_import_nothing_but_the_standard_library_and_each_other() -> None:
    for file in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                known = name.partition(".")[0] in sys.stdlib_module_names
                assert known or name.startswith("mlgov.statistics"), f"{file.name} imports {name}"
