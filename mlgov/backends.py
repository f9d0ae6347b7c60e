"""What this installation can use: parsers, optional libraries and their versions; nothing of it is imported."""

import sys
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from mlgov.documents import yaml_backend

# distribution, the extra that brings it ("" = always there), what it is for
_LIBRARIES = (
    ("promql-parser", "", "alert expressions; without it patterns read what they can"),
    ("common-expression-language", "", "rules without code"),
    ("great-expectations", "data", "check --data"),
    ("duckdb", "data", "check --data"),
    ("pandas", "data", "check --data"),
    ("pyspark", "spark", "check --data --spark"),
    ("pygls", "server", "mlgov server"),
)


class Backend(NamedTuple):
    """One library. version: "" where it is not installed. extra: what to install for it."""

    name: str
    version: str
    extra: str
    purpose: str


def backends() -> tuple[Backend, ...]:
    """Every library that makes a difference, installed or not."""
    return tuple(Backend(name, _version(name), extra, purpose) for name, extra, purpose in _LIBRARIES)


def version_line(own: str) -> str:
    """`mlgov 0.1.0 (python 3.11.7, yaml libyaml, promql-parser 0.11)`: what a bug report needs."""
    known = [f"{b.name} {b.version or 'missing'}" for b in backends() if b.version or not b.extra]
    return f"mlgov {own} ({', '.join([f'python {sys.version.split()[0]}', f'yaml {yaml_backend()}', *known])})"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
