"""A git repository of a team with one broken project, for tests that commit."""

import os
import subprocess
import sys
from pathlib import Path

TODAY = "2026-11-20"
MANIFEST = """\
# The churn model.
apiVersion: mlgov/v1
project: {id: churn, stage: ideation}

metrics:
- {id: roc_auc, scope: offline, role: primary, unit: fraction, acceptable: {min: 0.85}}
- {id: recall, scope: offline, unit: fraction, acceptable: {min: 0.9}}
evaluation:
  results:
  - {metric: roc_auc, value: 0.80, split: test}
  - {metric: recall, value: 0.84, split: test}
"""
RECALL, AUC = "evaluation.results[recall/test]", "evaluation.results[roc_auc/test]"
SETTINGS = 'select = ["EVA203", "CHG5"]\n'


class Repository:
    """A folder under git, and the program run in it."""

    def __init__(self, folder: Path, **files: str) -> None:
        self.folder = folder
        self.git("init", "-q", "-b", "main")
        self.commit("start", **{"mlgov.yaml": MANIFEST, ".mlgov.toml": SETTINGS} | files)

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.folder, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def write(self, **files: str | None) -> None:
        """Write files; None deletes one."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, newline="") if text is not None else path.unlink()

    def commit(self, message: str, **files: str | None) -> str:
        self.write(**files)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def mlgov(self, *arguments: str, now: str = TODAY, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the program here, on a fixed day, outside of CI."""
        clean = {key: value for key, value in os.environ.items() if key not in ("CI", "SOURCE_DATE_EPOCH")}
        return subprocess.run(
            [sys.executable, "-m", "mlgov", *arguments, "--now", now],
            cwd=self.folder, env=clean | environment, capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip

    def check(self, *arguments: str, now: str = TODAY) -> list[str]:
        """The lines of the concise output."""
        return self.mlgov("check", "-o", "concise", *arguments, now=now).stdout.splitlines()
