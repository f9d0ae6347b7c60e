"""The book of a project: for each path of its lifecycle model, what was stated there, where and by whom."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from mlgov.finding import Origin
from mlgov.units import literal

Path = tuple[str | int, ...]


class Claim(NamedTuple):
    """One value that one place states about one path of the model; the path may carry several claims.

    environment: where its file is about `staging`, `production` …; claims of two environments do not contradict.
    """

    path: Path
    value: Any
    origin: Origin
    how: str
    environment: str = ""

    @property
    def text(self) -> str:
        """The literal characters, for example `0.910`."""
        return literal(self.value)


class Book:
    """The origins and the raw values of one project's tree.

    tree: the merged plain data (`{"metrics": [...], "serving": {...}}`) the records were made from.
    before: the project is the base of a change; its places stand in another tree.
    """

    def __init__(self) -> None:
        self.tree: dict[str, Any] = {}
        self.claims: dict[Path, list[Claim]] = {}
        self.excuses: dict[Path, Any] = {}
        self.has_manifest = False
        self.before = False
        self._own: set[str] = set()
        self._entries: dict[Path, tuple[Origin, str, str]] = {}
        self._deepest: dict[str | int, int] = {}  # first step -> the most steps of a noted path
        # what was asked before: rules ask about the same paths again and again
        self._found: dict[Path, tuple[int, Origin, str, str]] = {}
        self._origins: dict[Path, Origin] = {}

    def own(self, section: str) -> None:
        """The section is defined in mlgov's own format."""
        self.has_manifest = True
        self._own.add(section)

    def is_own(self, path: Path) -> bool:
        """True if the value stands in a file of mlgov's own format: nothing native was noted at or above it."""
        return bool(path) and path[0] in self._own and self._entry(path)[0] < 2

    def note(self, path: Path, origin: Origin, how: str, environment: str = "") -> None:
        """Everything at and below `path` stands at `origin`, unless a longer path is noted."""
        self._entries[path] = (origin, how, environment)
        if self._found:
            self._found.clear()
            self._origins.clear()
        if path and len(path) > self._deepest.get(path[0], 0):
            self._deepest[path[0]] = len(path)

    def _entry(self, path: Path) -> tuple[int, Origin, str, str]:
        found = self._found.get(path)
        if found is None:
            found = self._found[path] = self._nearest(path)
        return found

    def _nearest(self, path: Path) -> tuple[int, Origin, str, str]:
        most = min(len(path), self._deepest.get(path[0], 0)) if path else 0
        for end in range(most, -1, -1):
            if found := self._entries.get(path[:end]):
                return end, *found
        return 0, Origin(""), "declared", ""

    def origin(self, path: Path) -> Origin:
        """Where `path` stands; the nearest noted place above where the path itself is not stated."""
        found = self._origins.get(path)
        if found is None:
            end, origin, *_ = self._entry(path)
            found = origin.at(*path[end:]) if end < len(path) else origin
            found = self._origins[path] = found._replace(before=True) if self.before else found
        return found

    def how(self, path: Path) -> str:
        """`declared`, `observed` or `derived`."""
        return self._entry(path)[2]

    def environment(self, path: Path) -> str:
        """`staging`, `production` …; "" where the file is about all of them."""
        return self._entry(path)[3]

    def raw(self, path: Path) -> Any:
        """The raw value at `path` of the tree, or None."""
        value: Any = self.tree
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def text(self, path: Path) -> str:
        """The literal text at `path`; "" where nothing or no scalar stands there."""
        value = self.raw(path)
        return "" if value is None or isinstance(value, (dict, list)) else literal(value)

    def is_excused(self, path: Path) -> bool:
        """True if `path` or something above it says `not_applicable` with a reason."""
        return bool(self.excuses) and any(path[:end] in self.excuses for end in range(len(path), 0, -1))

    def stated(self, path: Path) -> Iterator[Claim]:
        """Every claim about `path`: the one that stands in the tree first, then the others."""
        others = self.claims.get(path, [])
        value = self.raw(path)
        first = Claim(path, value, self.origin(path), self.how(path), self.environment(path))
        if value is not None and first not in others:
            yield first
        yield from others

    def stated_in(self, file: str) -> Iterator[tuple[Path, Origin]]:
        """Every path that a file says something about, with the place; what stands below is not told apart."""
        yield from ((path, origin) for path, (origin, *_) in self._entries.items() if origin.file == file and path)
        yield from ((c.path, c.origin) for claims in self.claims.values() for c in claims if c.origin.file == file)

    def subject(self, path: Path) -> str:
        """`path` as people write it, list positions replaced by ids: `metrics[roc_auc].acceptable`."""
        shown = ""
        value: Any = self.tree
        for step in path:
            value = _step(value, step)
            if isinstance(step, int):
                shown += f"[{_name(value) or step}]"
            else:
                shown += f".{step}" if shown else step
        return shown


def _step(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


def _name(value: Any) -> str:
    """What tells one item of a list from the others: its id, else the words that identify a measurement."""
    if not isinstance(value, dict):
        return ""
    for key in ("id", "name", "part", "role", "pattern"):
        if isinstance(value.get(key), str):
            return str(value[key])
    words = (value.get(key) for key in ("metric", "measure", "attribute", "dataset", "split", "slice", "model_version"))
    return "/".join(literal(word) for word in words if word is not None and not isinstance(word, (dict, list)))
