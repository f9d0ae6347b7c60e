"""Follows a page as a reader would: writes its files, types its commands, and compares what they print.

python tests/acceptance/tutorial.py docs/tutorial.md     writes what the commands print into the page
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)


def followed(page: str, folder: Path) -> Iterator[tuple[re.Match[str], str]]:
    """Each block `text` of a page with what the commands before it really printed."""
    shim = folder / "bin"
    shim.mkdir()
    (shim / "mlgov").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mlgov "$@"\n', encoding="utf-8")
    (shim / "mlgov").chmod(0o755)
    environment = os.environ | {
        "PATH": f"{shim}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "SOURCE_DATE_EPOCH": "1795132800",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    here, printed = folder, ""
    for block in _FENCE.finditer(page):
        language, title, text = block.groups()
        if title:
            (here / title).write_text(text, encoding="utf-8")
        elif language == "sh":
            printed, here = _run(text, here, environment)
        elif language == "text":
            yield block, printed


def _run(text: str, here: Path, environment: dict[str, str]) -> tuple[str, Path]:
    """What commands print, and the folder in which they end."""
    mark = "== the folder at the end: "
    script = f'{text}\nprintf "%s%s" "{mark}" "$PWD"\n'
    done = subprocess.run(["sh"], input=script, cwd=here, env=environment, capture_output=True, text=True, check=False)
    printed, _, last = done.stdout.rpartition(mark)
    return printed, Path(last)


def main(path: Path) -> None:
    """Write what the commands print into the page."""
    page = path.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        found = list(followed(page, Path(folder)))
    for block, printed in reversed(found):
        page = f"{page[: block.start(3)]}{printed}{page[block.end(3) :]}"
    path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
