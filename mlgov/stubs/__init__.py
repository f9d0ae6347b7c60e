"""Beginnings of rules, adapters and packs: files that run, and whose tests are red until somebody fills them in."""

import re
from pathlib import Path

from mlgov.errors import UsageError

_NAME = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")

Files = dict[Path, str]


def module_name(name: str, what: str) -> str:
    """`improvement-within-noise` as a module is called; `UsageError` for what cannot be one."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"{what} {name!r}: lower-case words with hyphens between them, such as stale-model-card")
    return name.replace("-", "_")


def write(files: Files) -> list[Path]:
    """Write all files; `UsageError`, and nothing is written, where one of them exists."""
    for path in files:
        if path.exists() or path.is_symlink():
            raise UsageError(f"{path} exists, and mlgov new never overwrites; choose another name")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    return list(files)
