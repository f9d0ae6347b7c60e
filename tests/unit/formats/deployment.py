"""What the tests of rollout, serving and experiment formats share: traps, and files in which every value is twisted."""

import copy
import json
import math
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from mlgov.artifact import Artifact
from mlgov.documents import Flaw
from mlgov.lifecycle.fact import Fact
from tests.unit.formats.reading import FIXTURES

TRAPS = FIXTURES.parent / "traps"
_ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**30,
    math.inf,
    "",
    "x" * 5000,
    "{{ x }}",
    [],
    {},
    [[1]],
    {"name": {}},
    [None],
)


def trap(format_: ModuleType, name: str) -> list[Fact | Flaw]:
    """What an adapter reads out of a trap."""
    path = TRAPS / format_.__name__.rpartition(".")[2] / name
    return read(format_, path.read_text(), name)


def read(format_: ModuleType, text: str, path: str = "k8s/file.yaml") -> list[Fact | Flaw]:
    """Facts and flaws of one text that the adapter must claim."""
    artifact = Artifact(path, text.encode())
    assert format_.recognise(artifact)
    return list(format_.read(artifact))


def said(found: list[Fact | Flaw], path: str) -> list[Any]:
    """The values stated about one path."""
    return [fact.value for fact in found if isinstance(fact, Fact) and fact.path == path]


def survives(format_: ModuleType) -> None:
    """Every value of every fixture is replaced by odd ones: nothing crashes, whatever is stated can be placed."""
    name = format_.__name__.rpartition(".")[2]
    for path in sorted((FIXTURES / name).glob("*/**/*")):
        documents = [d.data for d in Artifact(path.name, path.read_bytes()).documents] if path.is_file() else []
        for at, data in enumerate(documents):
            for steps in list(_ways(data)):
                for odd in _ODD:
                    _try(format_, path.name, _twisted(documents, at, steps, odd))


def _try(format_: ModuleType, name: str, documents: list[Any]) -> None:
    text = json.dumps(documents[0]) if name.endswith(".json") else "\n---\n".join(map(json.dumps, documents))
    artifact = Artifact(name, text.encode())
    if format_.recognise(artifact):
        for found in format_.read(artifact):
            assert not isinstance(found, Fact) or found.origin.file == name


def _ways(data: Any) -> Iterator[tuple[Any, ...]]:
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        yield (key,)
        yield from ((key, *rest) for rest in _ways(value))


def _twisted(documents: list[Any], at: int, steps: tuple[Any, ...], odd: Any) -> list[Any]:
    made = copy.deepcopy(documents)
    inner = made[at]
    for step in steps[:-1]:
        inner = inner[step]
    inner[steps[-1]] = odd
    return made
