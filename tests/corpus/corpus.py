"""Real repositories to try mlgov on: their files in a git repository, with empty files for all other paths they have."""

import os
import re
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from mlgov.documents import read

HOME = Path(os.environ.get("MLGOV_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus")
LEFT_OUT = "the corpus of real repositories is not beside this checkout (MLGOV_CORPUS may name it)"
WRONG = ("inconsistent", "breach")


class Judged(NamedTuple):
    """One fact that a person judged. places: (file, line) of both sides; line 0 = the file."""

    id: str
    repo: str
    kind: str
    words: str
    verdict: str
    places: tuple[tuple[str, int], ...]
    from_corpus: bool


def repositories() -> list[str]:
    """The folders of the corpus."""
    return sorted(p.name for p in HOME.iterdir() if p.is_dir() and not p.name.startswith("_")) if HOME.is_dir() else []


@lru_cache(maxsize=1)
def judged() -> tuple[Judged, ...]:
    """Every judged fact."""
    rows = read("facts.yaml", (HOME / "facts.yaml").read_bytes()).documents[0].data
    return tuple(_fact(row) for row in rows)


def _fact(row: dict[str, Any]) -> Judged:
    others = (_place(text) for text in row.get("also", ()))
    return Judged(row["id"], row["repo"], row["kind"], row["fact"], row["verdict"],
                  ((row["file"], int(row["line"] or 0)), *others), str(row["decidable_from"]).startswith("corpus"))  # fmt: skip


def _place(text: str) -> tuple[str, int]:
    found = re.fullmatch(r"(.*?):(\d+)", text)
    return (found[1], int(found[2])) if found else (text, 0)


def is_kept(repo: str, path: str) -> bool:
    """False for an empty file that stands in for one that the corpus does not hold."""
    return (HOME / repo / path).is_file()


def planted(repo: str, folder: Path) -> Path:
    """The repository as a git work tree in `folder`: its kept files, and empty files for the paths of its listing."""
    target = folder / repo
    listed = (HOME / "_trees" / f"{repo}.txt").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    for path in listed:
        if path and not path.endswith("/"):
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).touch()
    for source in (HOME / repo).rglob("*"):
        if source.is_file():
            copy = target / source.relative_to(HOME / repo)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(source.read_bytes())
    subprocess.run(["git", "init", "-q"], cwd=target, check=True)
    subprocess.run(["git", "-c", "core.autocrlf=false", "add", "-A", "-f"], cwd=target, check=True)
    return target
