"""The beginning of an adapter: a module that recognises nothing yet, its four fixtures, and the test that runs them."""

from mlgov.stubs import Files, module_name
from mlgov.stubs.home import Home

FIXTURES = {
    "real": "what the real tool wrote",
    "minimal": "the least that is of the format",
    "broken": "of the format, but cut off or spoilt",
    "near_miss": "looks like it, and is something else",
}


def adapter_files(home: Home, name: str, pattern: str) -> Files:
    """The module, its fixtures and its test; and a fragment where the project keeps them. pattern: of file names."""
    module = module_name(name, "adapter")
    tests = home.root / "tests" / "unit" / "formats" if home.is_ours else home.root / "tests"
    file = pattern.replace("*", "example").rpartition("/")[2]
    files: Files = {
        home.package / f"{module}.py": _adapter(module, pattern),
        tests / f"test_{module}.py": _test(home, module),
    }
    for kind, words in FIXTURES.items():
        files[tests / "fixtures" / module / kind / file] = f"{words}\n"
    if (home.root / "changelog.d").is_dir():
        files[home.root / "changelog.d" / f"+{module}.format.md"] = f"{module.replace('_', ' ')}: …\n"
    return files


def _adapter(module: str, pattern: str) -> str:
    return f'''\
"""{module.replace("_", " ").capitalize()}: say what writes such files, and which versions are known."""

from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.lifecycle.fact import Fact

NAME = "{module}"
PATHS = ("{pattern}",)
MARKERS = ()  # byte strings of which the first 8 KiB must hold one, where the name says too little
ROLE = "part"  # anchor, part, shared or note


def recognise(artifact: Artifact) -> Claim | None:
    """Say by what it is recognised; a name alone is never enough."""
    return None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """Say which facts the format states."""
    yield from ()  # Fact("evaluation.results[]", {{"metric": …, "value": …}}, artifact.at("results", 0))
'''


def _test(home: Home, module: str) -> str:
    package = "mlgov.formats" if home.is_ours else home.package.name
    return f'''\
"""The adapter reads its fixtures: what is of the format gives facts, what is broken is told, what is not is left alone."""

from pathlib import Path

from mlgov.testkit import adapter_problems
from {package} import {module}


def test_fixtures_are_read() -> None:
    assert adapter_problems({module}, Path(__file__).parent / "fixtures" / "{module}") == []
'''
