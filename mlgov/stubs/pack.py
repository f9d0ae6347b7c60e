"""The beginning of a pack: an installable package with room for rules and adapters, and a test that runs their examples."""

from pathlib import Path

from mlgov.stubs import Files, module_name


def pack_files(folder: Path, name: str) -> Files:
    """The project that an organisation keeps its own rules in. name: of the distribution."""
    module = module_name(name, "pack")
    package = folder / "src" / f"{module}_rules"
    formats = folder / "src" / f"{module}_formats"
    return {
        folder / "pyproject.toml": _pyproject(name, module),
        folder / "README.md": _readme(name),
        package / "__init__.py": '"""Rules of our own; one folder for each family, one module for each rule."""\n',
        package / "py.typed": "",
        formats / "__init__.py": '"""Adapters of our own; one module for each format."""\n',
        formats / "py.typed": "",
        folder / "tests" / "test_rules.py": _test(module),
    }


def _pyproject(name: str, module: str) -> str:
    return f"""\
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "{name}"
version = "0.1.0"
requires-python = ">=3.11"
dependencies = ["mlgov"]

[project.entry-points."mlgov.rules"]
{module} = "{module}_rules"

[project.entry-points."mlgov.formats"]
{module} = "{module}_formats"

[dependency-groups]
dev = ["pytest>=8"]

[tool.hatch.build.targets.wheel]
packages = ["src/{module}_rules", "src/{module}_formats"]

[tool.pytest.ini_options]
testpaths = ["tests"]
pythonpath = ["src"]
addopts = ["--import-mode=importlib"]
"""


def _readme(name: str) -> str:
    return f"""\
# {name}

Rules and adapters of our own for [mlgov](https://github.com/mlgov/mlgov).

```sh
mlgov new rule house/stale-approval      # here: a rule with its examples, red until it is written
mlgov new adapter scorecard --pattern '*.scorecard'
pytest                                   # runs the examples of every rule
pip install .                            # beside mlgov
```

Repositories that use it name it in their settings:

```toml
# .mlgov.toml
plugins = ["{name}"]
```
"""


def _test(module: str) -> str:
    return f'''\
"""Every example in the docstring of every rule is run."""

import {module}_rules
import pytest

from mlgov.catalogue import rules_of
from mlgov.rule import Rule
from mlgov.testkit import problems


@pytest.mark.parametrize("rule", list(rules_of({module}_rules)), ids=lambda rule: f"{{rule.code}}-{{rule.name}}")
def test_examples_behave_as_their_sections_say(rule: Rule) -> None:
    assert problems(rule) == []
'''
