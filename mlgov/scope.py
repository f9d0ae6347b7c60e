"""Which files of a tree are looked at: below the asked paths, without what a tool made or others wrote."""

from collections.abc import Iterable

from mlgov.snapshot import matches

# folders that tools make: never a team's own artifacts
MADE = ("node_modules/", "site-packages/", ".venv/", "venv/", ".git/", ".dvc/cache/", ".dvc/tmp/", ".tox/", ".nox/",
        "dist/", "build/", "__pycache__/", "*.egg-info/")  # fmt: skip
# folders of made-up or other people's artifacts: left out, unless a path names them or the tree has nothing else
APART = ("tests/", "test/", "fixtures/", "testdata/", "examples/", "example/", "samples/", "sample/", "vendor/",
         "third_party/")  # fmt: skip


class Scope:
    """A test for paths. prefixes: the asked paths, empty = all; include and exclude: patterns of the settings.

    Two policies (base and head) may be asked: what one of them wants is looked at.
    """

    def __init__(
        self, prefixes: tuple[str, ...], policies: Iterable[tuple[list[str], list[str]]], wide: bool = False
    ) -> None:
        self.prefixes, self.policies, self.wide = prefixes, tuple(policies), wide
        left_out = MADE if wide else (*MADE, *APART)
        self._patterns = tuple(p for p in left_out if "*" in p or "/" in p.rstrip("/"))
        self._names = frozenset(left_out) - frozenset(self._patterns)

    def __call__(self, path: str) -> bool:
        """True if the file is looked at."""
        inner = self._inner(path)
        return inner is not None and any(self._by(path, inner, *policy) for policy in self.policies)

    def excludes(self, path: str) -> bool:
        """True if the settings say, on every side, that the file is not to be looked at."""
        return all(any(matches(path, p) for p in exclude) for _, exclude in self.policies)

    def wider(self) -> "Scope":
        """The same scope with examples, samples, tests and vendored folders."""
        return Scope(self.prefixes, self.policies, wide=True)

    def _inner(self, path: str) -> str | None:
        """The path from the asked folder on; None outside of what was asked."""
        if not self.prefixes:
            return path
        below = next((p for p in self.prefixes if path == p or path.startswith(p + "/")), None)
        return None if below is None else path[len(below) :].lstrip("/") or path

    def _by(self, path: str, inner: str, include: list[str], exclude: list[str]) -> bool:
        if any(matches(path, pattern) for pattern in include):
            return True
        if any(matches(path, pattern) for pattern in exclude):
            return False
        if any(part + "/" in self._names for part in inner.split("/")[:-1]):
            return False
        return not any(matches(inner, pattern) for pattern in self._patterns)
