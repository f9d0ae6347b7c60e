"""Real git repositories to look at, far from the one that these tests live in."""

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

PERSON = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
}


class Repo:
    """A git repository in a folder, made and changed with the real git."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def git(self, *arguments: str, content: bytes = b"", ok: tuple[int, ...] = (0,), **environment: str) -> str:
        """Run git here and return what it says."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env={**kept, **PERSON, **environment},
            input=content,
            capture_output=True,
            check=False,
        )
        assert done.returncode in ok, done.stderr.decode(errors="replace")
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def write(self, path: str, content: str | bytes) -> Path:
        """Put a file into the folder; the path may hold any bytes."""
        file = self.folder / os.fsdecode(path.encode("utf-8", "surrogateescape"))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def commit(self, contents: Mapping[str, str | bytes] | None = None, message: str = "change", date: str = "") -> str:
        """Write files, commit everything, and return the commit's id."""
        for path, content in (contents or {}).items():
            self.write(path, content)
        self.git("add", "-A")
        when = {"GIT_COMMITTER_DATE": date, "GIT_AUTHOR_DATE": date} if date else {}
        self.git("commit", "-q", "--allow-empty", "-m", message, **when)
        return self.git("rev-parse", "HEAD")


@pytest.fixture(autouse=True)
def _no_git_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hook exports GIT_DIR and GIT_INDEX_FILE; nothing here may see them."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def new_repo() -> Callable[[Path], Repo]:
    """Make an empty repository in a folder."""

    def make(folder: Path) -> Repo:
        repo = Repo(folder)
        repo.git("init", "-q", "-b", "main")
        return repo

    return make


@pytest.fixture
def repo(tmp_path: Path, new_repo: Callable[[Path], Repo]) -> Repo:
    """An empty repository."""
    return new_repo(tmp_path / "repo")
