"""What lies in a snapshot: which file each format claims, what it states, and why other files are left out."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from mlgov.artifact import Artifact, Claim, Format
from mlgov.documents import MISSING, Flaw, is_lfs_pointer, kind_of, resolve
from mlgov.finding import Origin
from mlgov.lifecycle.fact import Defect, Evidence, Fact
from mlgov.snapshot import Snapshot, Unreadable, matches

_WILD = frozenset("*?[\\")


class Entry(NamedTuple):
    """One file of the inventory. state: `claimed`, `templated`, `unreadable`, `pointer` or `unclaimed`."""

    path: str
    state: str
    format: str = ""
    version: str = ""
    reason: str = ""


class Inventory(NamedTuple):
    """Everything that was read: evidence for the projects, defects of files, an entry per file."""

    evidence: tuple[Evidence, ...]
    defects: tuple[Defect, ...]
    entries: tuple[Entry, ...]


class Seen(NamedTuple):
    """What one file gave. used: the other files that its facts depend on."""

    entry: Entry
    evidence: tuple[Evidence, ...]
    defects: tuple[Defect, ...]
    used: frozenset[str]


class Offer:
    """To which formats a file is offered: by its name, then by the markers in its head.

    Every format is asked about every file, so this is told without a pattern or a second search wherever that is
    possible: kinds of files (`*.yaml`) by their ending, and each marker is looked for once, whoever names it.
    """

    def __init__(self, formats: Iterable[Format]) -> None:
        self._formats = tuple(formats)
        self._patterns = [_split(f.PATHS) for f in self._formats]
        self._of_ending = lru_cache(maxsize=256)(self._by_ending)
        self._chosen = lru_cache(maxsize=1024)(self._choose)

    def by_name(self, path: str) -> tuple[Format, ...]:
        """The formats with a pattern that matches the path."""
        parts = path.split("/")
        dot = parts[-1].rfind(".")
        ending = parts[-1][dot:] if dot >= 0 else ""
        others = self._of_ending(ending)
        asked = [pattern for part in ("", *parts) if part in others for pattern in others[part]]
        return self._chosen(ending, tuple(at for at, pattern in asked if matches(path, pattern)))

    def _by_ending(self, ending: str) -> dict[str, list[tuple[int, str]]]:
        """The patterns of formats that do not claim this ending anyway, by a component that the path must have."""
        found: dict[str, list[tuple[int, str]]] = {}
        for at, (endings, others) in enumerate(self._patterns):
            for pattern, component in others if ending not in endings else ():
                found.setdefault(component, []).append((at, pattern))
        return found

    def _choose(self, ending: str, named: tuple[int, ...]) -> tuple[Format, ...]:
        every = enumerate(zip(self._formats, self._patterns, strict=True))
        return tuple(f for at, (f, (endings, _)) in every if ending in endings or at in named)

    def by_marker(self, formats: tuple[Format, ...], path: str, head: bytes) -> tuple[Format, ...]:
        """Those formats that need no marker, or one that the head holds; a name of their own is as good as a marker."""
        present = {marker for marker in _markers(formats) if marker in head}
        return tuple(f for f in formats if not f.MARKERS or not present.isdisjoint(f.MARKERS) or _is_exact(path, f))


@lru_cache(maxsize=1024)
def _markers(formats: tuple[Format, ...]) -> tuple[bytes, ...]:
    """Every marker of these formats, once."""
    return tuple(dict.fromkeys(marker for f in formats for marker in f.MARKERS))


def _split(patterns: Iterable[str]) -> tuple[frozenset[str], list[tuple[str, str]]]:
    """The endings among patterns, and the others, each with a component that a path must have for it, or ""."""
    endings = {p[1:] for p in patterns if p.startswith("*.") and not _WILD.intersection(p[2:]) and "." not in p[2:]}
    others = [p for p in patterns if p[1:] not in endings]
    fixed = [[part for part in p.split("/") if part != "." and not _WILD.intersection(part)] for p in others]
    return frozenset(endings), [(p, max(parts, key=len, default="")) for p, parts in zip(others, fixed, strict=True)]


class Shelf:
    """Reads the files of a snapshot once each, and hands them to formats as artifacts."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._seen: dict[str, Seen] = {}
        self._known = snapshot.files()
        self._taken: dict[str, Artifact] = {}
        self._folders: dict[str, frozenset[str]] | None = None

    def remember(self, path: str, seen: Seen) -> Seen:
        """Keep what a file gave."""
        self._seen[path] = seen
        return seen

    def seen_alike(self, path: str, other: Snapshot) -> Seen | None:
        """What the file gave here, if it and all files it depends on have the same content in the other tree."""
        seen = self._seen.get(path)
        keys = other.files()
        if seen is None or any(self._known.get(p) != keys.get(p) for p in (path, *seen.used)):
            return None
        return None if any(p.endswith("/") for p in seen.used) and keys.keys() != self._known.keys() else seen

    def names_in(self, folder: str) -> frozenset[str]:
        """The names of the files and folders that lie directly in a folder; "" is the root."""
        if self._folders is None:
            self._folders = _names_by_folder(self._known)
        return self._folders.get(folder, frozenset())

    def artifact(self, path: str) -> Artifact | None:
        """The artifact at a path; None where there is no readable file."""
        try:
            return self.open(path) if path in self._known else None
        except Unreadable:
            return None

    def open(self, path: str) -> Artifact:
        """The artifact at a path, read once; raises `Unreadable`."""
        if path not in self._taken:
            self._taken[path] = Artifact(path, self.snapshot.read(path), self.artifact, self.names_in)
        return self._taken[path]

    def look_up(self, path: str, pointer: str) -> tuple[Any, str]:
        """The value that a `source` names, or the reason why there is none; `unread` = there, but not readable here."""
        if path not in self._known:
            exists = self.snapshot.exists(path) or self.snapshot.exists(path + ".dvc")
            return None, "unread" if exists else "does not exist"
        artifact = self.artifact(path)
        if artifact is None or is_lfs_pointer(artifact.raw):
            return None, "unread"
        if any(flaw.code == "INT002" for flaw in artifact.reading.flaws):
            return None, "cannot be parsed"
        if not artifact.documents:
            return None, "unread" if artifact.raw.strip() else "is empty"
        if not pointer:
            return artifact.data if not isinstance(artifact.data, str) else None, ""
        value = resolve(artifact.data, pointer) if isinstance(artifact.data, (dict, list)) else MISSING
        if value is MISSING:
            return None, "unread" if artifact.documents[0].kind in ("markdown", "csv") else "has no such value"
        return value, ""


def _names_by_folder(paths: Iterable[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for path in paths:
        while path:
            path, _, name = path.rpartition("/")
            if name in found.setdefault(path, set()):
                break  # and so do the folders above
            found[path].add(name)
    return {folder: frozenset(names) for folder, names in found.items()}


def take(
    snapshot: Snapshot, formats: Iterable[Format], wanted: Callable[[str], bool], other: Shelf | None = None
) -> tuple[Inventory, Shelf]:
    """Look at every wanted file of a snapshot; each is read at most once, and only if some format might claim it.

    other: the shelf of another tree; what it read of files with equal content is not read again.
    """
    shelf = Shelf(snapshot)
    known = list(formats)
    offer = Offer(known)
    found: list[Seen] = []
    for path in snapshot.files():
        if wanted(path):
            seen = other.seen_alike(path, snapshot) if other else None
            found.append(shelf.remember(path, seen or _see(path, shelf, offer)))
    for path, reason in snapshot.skipped().items():
        if wanted(path) and any(_is_exact(path, f) for f in known):
            found.append(_unreadable(path, reason))
    inventory = Inventory(
        evidence=tuple(e for seen in found for e in seen.evidence),
        defects=tuple(d for seen in found for d in seen.defects),
        entries=tuple(seen.entry for seen in found),
    )
    return inventory, shelf


def _see(path: str, shelf: Shelf, offer: Offer) -> "Seen":
    evidence: list[Evidence] = []
    defects: list[Defect] = []
    used: set[str] = set()
    entry = _look(path, shelf, offer, evidence, defects, used)
    return Seen(entry, tuple(evidence), tuple(defects), frozenset(used))


def _look(
    path: str, shelf: Shelf, offer: Offer, evidence: list[Evidence], defects: list[Defect], used: set[str]
) -> Entry:
    candidates = offer.by_name(path)
    if not candidates:
        return Entry(path, "unclaimed", reason="no format has files of this name")
    try:
        artifact = shelf.open(path)
    except Unreadable as error:
        if any(_is_exact(path, f) for f in candidates):
            missing = _unreadable(path, error.reason)
            defects += missing.defects
            return missing.entry
        return Entry(path, "unclaimed", reason=error.reason)
    if pointer := is_lfs_pointer(artifact.raw):
        return Entry(path, "pointer", reason=f"a Git LFS pointer to {pointer.size} bytes: present, unread")
    candidates = offer.by_marker(candidates, path, artifact.head)
    entry = _claim(artifact, candidates, evidence, defects)
    used |= artifact.used
    return entry


def _claim(
    artifact: Artifact, candidates: tuple[Format, ...], evidence: list[Evidence], defects: list[Defect]
) -> Entry:
    claims: list[tuple[Format, Claim]] = []
    for format_ in candidates:
        try:
            claim = format_.recognise(artifact)
            if claim is not None:
                claims.append((format_, claim))
                evidence.extend(_evidence(format_, artifact, defects))
        except Exception as error:  # an adapter that fails on a strange file is a finding about that file
            message = f"{artifact.path} cannot be read as {format_.NAME}: {type(error).__name__}: {error}"
            defects.append(Defect("INT002", message, (Origin(artifact.path),), artifact.path))
    # a file that nobody claims or misses is not even parsed
    flaws = (
        artifact.reading.flaws if claims or any(f.MARKERS or _is_exact(artifact.path, f) for f in candidates) else ()
    )
    if any(f.ROLE not in ("note", "shared") for f, _ in claims):
        flaws = tuple(map(_governed, flaws))
    elif not claims and not flaws and _promises(artifact, candidates) and _holds_nothing(artifact):
        flaws = (Flaw("INT016", "the file is empty, or was cut short", 1, 1),)
    defects += (_defect(artifact, flaw) for flaw in flaws)
    return _entry(artifact, claims, flaws)


def _promises(artifact: Artifact, candidates: tuple[Format, ...]) -> bool:
    """True if the name of a document says which artifact it is, and the artifact is more than a page about the project."""
    named = (f.ROLE in ("part", "anchor") and _is_exact(artifact.path, f) for f in candidates)
    return kind_of(artifact.path) is not None and any(named)


def _holds_nothing(artifact: Artifact) -> bool:
    """True for no documents, and for documents that are a bare word or an empty collection."""
    return all(d.data in (None, {}, []) or isinstance(d.data, (str, int, float)) for d in artifact.documents)


def _governed(flaw: Flaw) -> Flaw:
    """A character that nobody sees is a blemish of a page, but an artifact that decides something is not read with it."""
    return flaw._replace(code="INT002") if flaw.code == "INT015" else flaw


def _evidence(format_: Format, artifact: Artifact, defects: list[Defect]) -> Iterator[Evidence]:
    """What the file states; apart for each project that it speaks about."""
    facts: dict[str, list[Fact]] = {}
    for stated in format_.read(artifact):
        if isinstance(stated, Flaw):
            defects.append(_defect(artifact, stated))
        else:
            facts.setdefault(stated.about, []).append(stated)
    for about, stated_about in (facts or {"": []}).items():
        yield Evidence(artifact.path, format_.NAME, tuple(stated_about), format_.ROLE, about=about)


def _defect(artifact: Artifact, flaw: Flaw) -> Defect:
    here = Origin(artifact.path, f"@{flaw.line}:{flaw.column}" if flaw.line else "", flaw.document)
    other = (Origin(artifact.path, f"@{flaw.other[0]}:{flaw.other[1]}", flaw.document),) if flaw.other else ()
    return Defect(flaw.code, f"{artifact.path}: {flaw.reason}", (here, *other), artifact.path)


def _entry(artifact: Artifact, claims: list[tuple[Format, Claim]], flaws: tuple[Flaw, ...]) -> Entry:
    broken = next((f for f in flaws if f.code in ("INT002", "INT009", "INT016")), None)
    names = ", ".join(f.NAME for f, _ in claims)
    versions = ", ".join(c.version for _, c in claims if c.version)
    if broken is not None and not claims:
        state = "templated" if broken.code == "INT009" else "unreadable"
        return Entry(artifact.path, state, names, versions, broken.reason)
    if claims:
        return Entry(artifact.path, "claimed", names, versions, "; ".join(c.detail for _, c in claims if c.detail))
    return Entry(artifact.path, "unclaimed", reason="its content is of no format that mlgov reads")


def _unreadable(path: str, reason: str) -> "Seen":
    defect = Defect("INT002", f"{path} {reason}", (Origin(path),), path)
    return Seen(Entry(path, "unreadable", reason=reason), (), (defect,), frozenset())


def _is_exact(path: str, format_: Format) -> bool:
    """True if the format names this file, not only its kind: then it is a defect if it cannot be read."""
    return any(matches(path, p) for p in _names(format_.PATHS))


@lru_cache(maxsize=256)
def _names(patterns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(p for p in patterns if not p.startswith("*."))


def readable(defects: Iterable[Defect]) -> Iterator[str]:
    """The files among defects that could not be read."""
    return (d.origins[0].file for d in defects if d.code == "INT002")
