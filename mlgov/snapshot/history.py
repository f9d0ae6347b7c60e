"""What happened before: references, merge bases, and the last change of every path."""

import os

from mlgov.errors import SnapshotError
from mlgov.snapshot.plumbing import Git
from mlgov.snapshot.repository import repository_around

COMMITS = 20_000
REMEDY = "in CI check out the whole history (fetch-depth: 0)"


class History:
    """The history of the repository around `target`; every method raises `SnapshotError` where git cannot answer."""

    def __init__(self, target: str) -> None:
        repository = repository_around(target)
        if repository is None:
            raise SnapshotError(f"{target} is not in a git repository, so it has no history")
        self._repository = repository
        self._git = Git(repository)

    @property
    def shallow(self) -> bool:
        """Whether old commits are missing here, so that "never changed" means nothing."""
        return os.path.isfile(os.path.join(self._repository.common_dir, "shallow"))

    def resolve(self, ref: str, trusted: bool = False) -> str:
        """The commit that a reference names.

        A trusted one is where a policy may be read: a branch, a remote branch, HEAD or a full commit id. Never a tag,
        because whoever may push a tag named `main` could otherwise replace the policy of that branch; and not the
        branch that is checked out where a remote one has its name, because a fork may call its branch `main` as well.
        """
        import re

        if not re.fullmatch(r"\w[\w./@{}~^+#=,%-]*", ref) or ".." in ref:
            raise SnapshotError(f"{ref!a} is not a reference that mlgov accepts")
        for name in self._branches(ref) if trusted else [ref]:
            found = self._git.run(
                "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}", allowed=(0, 1, 128)
            )
            if found.strip():
                return found.decode().strip()
        which = "a branch, a remote branch or a full commit id" if trusted else "a revision"
        raise SnapshotError(f"{ref!a} is not {which} of {self._repository.root}; {REMEDY}")

    def _branches(self, ref: str) -> list[str]:
        """The full names that a trusted reference may stand for, that of the branch which is checked out last."""
        names = _branches(ref)
        if len(names) == 1:
            return names
        here = self._git.run("symbolic-ref", "--quiet", "HEAD", allowed=(0, 1, 128)).decode("utf-8", "replace").strip()
        return sorted(names, key=lambda name: _head(name) == here)

    def merge_base(self, a: str, b: str) -> str:
        """The commit where two commits parted; `a` and `b` are what `resolve` returned, or other references."""
        first, second = self.resolve(a), self.resolve(b)
        base = self._git.run("merge-base", first, second, allowed=(0, 1)).decode().split()
        if not base:
            raise SnapshotError(f"{a!a} and {b!a} have no commit in common; {REMEDY}")
        return base[0]

    def commit_date(self, sha: str) -> str:
        """When the commit was made, as an ISO date and time in UTC."""
        commit = self.resolve(sha)
        return _iso(self._git.run("log", "-1", "--no-show-signature", "--format=%ct", "--end-of-options", commit))

    def last_change(self, since: str = "HEAD") -> dict[str, tuple[str, str]]:
        """Path to the commit that changed it last and its date, of all paths that `since` ever had, in one pass.

        Looks at the last `COMMITS` commits; in a shallow clone the oldest commit seems to have made everything.
        """
        commit = self.resolve(since)
        output = self._git.run(
            "log", "-z", "-c", "--root", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv",
            "--no-show-signature", "--no-color", f"--max-count={COMMITS}", "--format=%x00%H %ct",
            "--end-of-options", commit, "--",
        )  # fmt: skip
        return _last_changes(output)

    def commits(self, path: str, since: str = "HEAD") -> int:
        """How many commits that lead to `since` touched a file."""
        commit = self.resolve(since)
        counted = self._git.run("rev-list", "--count", "--end-of-options", commit, "--", f":(top,literal){path}")
        return int(counted)

    def authors(self, start: str, end: str) -> frozenset[str]:
        """Names and mail addresses of those who wrote the commits after `start` up to `end`, in lower case."""
        first, last = self.resolve(start), self.resolve(end)
        output = self._git.run(
            "log", "-z", "--no-show-signature", "--no-mailmap", "--encoding=UTF-8", "--format=%an%n%ae",
            "--end-of-options", last, f"^{first}", "--",
        )  # fmt: skip
        words = output.decode("utf-8", "replace").replace("\0", "\n").splitlines()
        return frozenset(word.strip().lower() for word in words if word.strip())

    def last_commits(self, since: str = "HEAD") -> dict[str, str]:
        """Name or mail address of an author, in lower case, to the date of the last commit by it, newest first."""
        commit = self.resolve(since)
        output = self._git.run(
            "log", "-z", "--no-show-signature", "--no-mailmap", "--encoding=UTF-8", f"--max-count={COMMITS}",
            "--format=%ct%n%ae%n%an", "--end-of-options", commit, "--",
        )  # fmt: skip
        found: dict[str, str] = {}
        for record in output.decode("utf-8", "replace").split("\0"):
            seconds, *names = record.strip("\n").split("\n")
            for name in filter(None, (name.strip().lower() for name in names)):
                found.setdefault(name, _iso(seconds.encode()))
        return found

    def touching(self, path: str, since: str = "HEAD", most: int = COMMITS) -> list[str]:
        """The commits that touched a file, newest first, at most so many."""
        commit = self.resolve(since)
        return self._git.run(
            "rev-list", f"--max-count={most}", "--end-of-options", commit, "--", f":(top,literal){path}"
        ).decode().split()  # fmt: skip

    def content(self, sha: str, path: str) -> bytes | None:
        """A file of a commit as git keeps it, without any filter; None where the commit has no such file."""
        commit = self.resolve(sha)
        found = self._git.run("ls-tree", "-z", "--full-tree", commit, "--", f":(top,literal){path}")
        mode, kind, blob = (*found.partition(b"\t")[0].decode().split(), "", "", "")[:3]
        return self._git.run("cat-file", "blob", blob) if kind == "blob" and mode != "120000" else None

    def line(self, end: str = "HEAD", most: int = COMMITS) -> list[str]:
        """The commits that lead to `end` by first parents, newest first, at most so many."""
        commit = self.resolve(end)
        return self._git.run(
            "rev-list", "--first-parent", f"--max-count={most}", "--end-of-options", commit, "--"
        ).decode().split()  # fmt: skip

    def told(self, sha: str) -> tuple[str, str, str]:
        """Date, author and first line of the message of a commit; the words are a stranger's."""
        commit = self.resolve(sha)
        output = self._git.run(
            "log", "-1", "--no-show-signature", "--no-mailmap", "--encoding=UTF-8", "--format=%ct%n%an%n%s",
            "--end-of-options", commit, "--",
        )  # fmt: skip
        seconds, author, subject = (*output.decode("utf-8", "replace").split("\n", 2), "", "")[:3]
        return _iso(seconds.encode()), author, subject.strip()

    def tags(self) -> dict[str, str]:
        """Tag to the commit it names; tags of anything else are left out."""
        form = "%(refname:strip=2)%00%(objecttype)%00%(objectname)%00%(*objecttype)%00%(*objectname)"
        lines = self._git.run("for-each-ref", f"--format={form}", "refs/tags").decode("utf-8", "replace").splitlines()
        found = {}
        for name, kind, sha, peeled_kind, peeled in (line.split("\0") for line in lines):
            if "commit" in (kind, peeled_kind):
                found[name] = sha if kind == "commit" else peeled
        return found


def _branches(ref: str) -> list[str]:
    """The full names that a trusted reference may stand for; a full id first, so that no branch can take its name."""
    head = _head(ref)
    if len(head) in (40, 64) and all(sign in "0123456789abcdefABCDEF" for sign in head):
        return [ref]
    if head == "HEAD" or head.startswith(("refs/heads/", "refs/remotes/")):
        return [ref]
    return [f"refs/heads/{ref}", f"refs/remotes/origin/{ref}", f"refs/remotes/{ref}"]


def _head(ref: str) -> str:
    """`main` of `main~2^`."""
    return ref.partition("~")[0].partition("^")[0]


def _last_changes(output: bytes) -> dict[str, tuple[str, str]]:
    """Read commits, newest first: the first mention of a path is its last change.

    A commit is `id seconds`, then for each path a record that begins with `:` and the path itself. So a path is always
    known by the record before it, whatever it looks like; line ends and empty records between them mean nothing.
    """
    changes: dict[str, tuple[str, str]] = {}
    change = ("", "")
    records = iter(output.split(b"\0"))
    for record in records:
        if record.lstrip(b"\n").startswith(b":"):
            changes.setdefault(next(records).decode("utf-8", "surrogateescape"), change)
        elif record:
            sha, _, seconds = record.partition(b" ")
            change = (sha.decode(), _iso(seconds))
    return changes


def _iso(seconds: bytes) -> str:
    """A forged commit may lie outside the years that a date can have: it becomes the beginning of time."""
    from datetime import UTC, datetime

    try:
        return datetime.fromtimestamp(int(seconds), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC).isoformat()
