"""A PostgreSQL of its own for a test: a cluster in a temporary folder, reached by its socket, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import NAMES


@contextmanager
def postgres() -> Iterator[str]:
    """The folder of the socket of a running server, whose superuser is `ml`."""
    initdb = next(found for name in NAMES["initdb"] if (found := shutil.which(name)))
    home = Path(tempfile.mkdtemp(prefix="pg"))
    user = _unprivileged()
    if user:
        shutil.chown(home, user)

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(Path(initdb).with_name(program)), "-D", str(home / "data"), *arguments],
            check=True,
            cwd=home,
            user=user,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    try:
        run("initdb", "-A", "trust", "-U", "ml", "-E", "UTF8", "--no-sync")
        run("pg_ctl", "-o", f"-k {home} -c listen_addresses= -F", "-l", str(home / "log"), "-w", "start")
        try:
            yield str(home)
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _unprivileged() -> str | None:
    """Whom the server runs as: it refuses root."""
    if os.getuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
