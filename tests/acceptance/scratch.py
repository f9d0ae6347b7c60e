"""A git repository to plant changes in, made with the real git."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

MANIFEST = "apiVersion: mlgov/v1\nproject: {id: churn, stage: ideation}\n"
LONG_AGO, FIRST, SECOND = "2025-11-20T12:00:00Z", "2026-08-12T12:00:00Z", "2026-11-20T12:00:00Z"


class Scratch:
    """A repository with a branch `main`; `commit` puts files on the branch that is checked out, None deletes one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, date: str = SECOND) -> str:
        """What git says; Ada is the author of everything."""
        person = {"NAME": "Ada", "EMAIL": "ada@example.org", "DATE": date}
        who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in person.items()}
        clean = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=os.environ | who | clean,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def commit(self, files: Mapping[str, str | None], date: str = SECOND) -> str:
        """Write the files, commit everything, and return the id."""
        for path, text in files.items():
            file = self.folder / path
            if text is None:
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "change", date=date)
        return self.git("rev-parse", "HEAD")

    def change(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """A base on `main` and a change of it on the branch `pr`, which is checked out; Max began it all long ago."""
        self.git("commit", "-q", "--allow-empty", "-m", "begin", "--author=Max <max@example.org>", date=LONG_AGO)
        self.commit(before, FIRST)
        self.git("checkout", "-q", "-b", "pr")
        self.commit({path: None for path in before if path not in after} | dict(after))

    def mlgov(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the program here, as a new process."""
        return subprocess.run(
            [sys.executable, "-m", "mlgov", *arguments],
            cwd=self.folder, env=os.environ | environment, capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
