"""The only way to run git: plumbing commands, with nothing that a checked repository could configure into action.

A repository's `.git/config` can name programs (file-system monitor, hooks, filters, text converters, pagers,
credential helpers). No command used here reads file contents through filters or shows a diff, and what remains is
switched off by `_OVERRIDES` and the environment. git is told where the repository is, so it never searches for one.
"""

import os
from typing import TYPE_CHECKING

from mlgov.errors import SnapshotError
from mlgov.snapshot.repository import Repository

if TYPE_CHECKING:
    import subprocess

TIMEOUT = 10.0

_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": "/dev/null",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
    "LANGUAGE": "C",
}
_OVERRIDES = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.untrackedCache=false",
    "core.attributesFile=/dev/null",
    "core.excludesFile=/dev/null",
    "core.sshCommand=false",
    "credential.helper=",
    "log.showSignature=false",
    "safe.bareRepository=explicit",
)


class NoGitError(SnapshotError):
    """There is no git program to run."""


class Git:
    """Runs git commands for one repository; every failure is a `SnapshotError` that quotes git.

    `warning` is what the last command complained about although it succeeded, one line or nothing.
    """

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.warning = ""

    def run(self, *arguments: str, content: bytes = b"", allowed: tuple[int, ...] = (0,)) -> bytes:
        """The output of a command; an exit code that is not `allowed` raises `SnapshotError`."""
        import subprocess

        try:
            done = subprocess.run(
                self._command(arguments),
                cwd=self.repository.root,
                env=self._environment(),
                input=content,
                capture_output=True,
                timeout=TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise SnapshotError(f"git {arguments[0]} took longer than {TIMEOUT:.0f} seconds") from None
        except OSError as error:
            raise SnapshotError(f"git cannot be started: {error.strerror}") from error
        said = _first_line(done.stderr)
        if done.returncode not in allowed:
            raise SnapshotError(f"git {arguments[0]} failed: {said or 'it does not say why'}")
        self.warning = said
        return done.stdout

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """A command that stays and is talked to through its pipes."""
        import subprocess

        try:
            return subprocess.Popen(
                self._command(arguments),
                cwd=self.repository.root,
                env=self._environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        except OSError as error:
            raise SnapshotError(f"git cannot be started: {error.strerror}") from error

    def _command(self, arguments: tuple[str, ...]) -> list[str]:
        options = [f"safe.directory={self.repository.root}", *_OVERRIDES]
        pairs = [word for option in options for word in ("-c", option)]
        return [git_program(self.repository.root), "--no-pager", *pairs, *arguments]

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        place = {
            "GIT_DIR": self.repository.git_dir,
            "GIT_WORK_TREE": self.repository.root,
            "GIT_INDEX_FILE": self.repository.index_file,
        }
        return {**kept, **_ENVIRONMENT, **place}


def git_program(root: str) -> str:
    """The absolute path of git; never one that lies in the tree, nor one found relative to the working directory."""
    for folder in os.get_exec_path():
        program = os.path.join(folder, "git.exe" if os.name == "nt" else "git")
        inside = os.path.realpath(folder).startswith(os.path.join(root, ""))
        if os.path.isabs(folder) and not inside and os.path.isfile(program) and os.access(program, os.X_OK):
            return program
    raise NoGitError("git is not installed, or not on the PATH")


def _first_line(errors: bytes) -> str:
    """What git said first, in printable characters."""
    lines = errors.decode("utf-8", "replace").strip().splitlines() or [""]
    return "".join(sign if sign.isprintable() else "?" for sign in lines[0])[:300]
