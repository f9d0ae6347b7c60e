"""One look at a folder, with what is not saved yet over the files on disk: findings, projects, and how files read."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from mlgov.analysis import Analysis, analysed
from mlgov.documents import Flaw, read
from mlgov.errors import SettingsError, SnapshotError
from mlgov.finding import Finding, Origin, Place, Severity
from mlgov.hygiene import HYGIENE
from mlgov.laws import laws_behind
from mlgov.lifecycle.mentions import Mention, mentions
from mlgov.lifecycle.project import Project
from mlgov.places import resolved
from mlgov.policy.demand import demand
from mlgov.policy.own_rules import every_rule
from mlgov.policy.settings import Settings, default_settings
from mlgov.recollection import Recollection
from mlgov.report import Law
from mlgov.run import Request, load_settings, open_tree, wanted
from mlgov.server.document import Document
from mlgov.server.positions import Text, backward, forward, moved
from mlgov.snapshot import OverlaidTree, Snapshot, Unreadable

SETTINGS = "settings"  # the code of what is wrong with the settings themselves


class Broken(NamedTuple):
    """A file that cannot be read as it stands in the editor. change: from the text that was judged to the one shown."""

    flaws: tuple[Flaw, ...]
    change: tuple[int, int, int]


class View:
    """What is known at one moment. shown: path to text, of the files that are open in the editor.

    problem: why there is nothing to know; "" if there is.
    """

    def __init__(self, request: Request, snapshot: Snapshot, shown: Mapping[str, str], encoding: str) -> None:
        self.request, self.snapshot, self.encoding = request, snapshot, encoding
        self.analysis: Analysis | None = None
        self.settings: Settings = default_settings()
        self.broken: dict[str, Broken] = {}
        self.findings: tuple[Finding, ...] = ()
        self.laws: dict[str, Law] = {}
        self.problem = ""
        self._shown = shown
        self._mentions: dict[int, tuple[Mention, ...]] = {}
        self._texts: dict[str, Text] = {}

    def text(self, path: str) -> Text:
        """A file as the editor shows it."""
        if path not in self._texts:
            shown = self._shown.get(path)
            said = self.content(path).decode(errors="replace") if shown is None else shown
            self._texts[path] = Text(said, self.encoding)
        return self._texts[path]

    def content(self, path: str) -> bytes:
        """The bytes that were judged; none where there is no such file."""
        try:
            return self.snapshot.read(path)
        except Unreadable:
            return b""

    @property
    def projects(self) -> tuple[Project, ...]:
        """The projects that were judged."""
        return self.analysis.head.assembled.projects if self.analysis else ()

    def mentions(self, project: Project) -> tuple[Mention, ...]:
        """Every place in which one of these projects speaks about something that has a name."""
        if id(project) not in self._mentions:
            self._mentions[id(project)] = mentions(project)
        return self._mentions[id(project)]

    def places(self, origins: Iterable[Origin]) -> dict[Origin, Place]:
        """Lines and columns of origins, in the text that was judged."""
        return resolved(origins, self.analysis.head.shelf) if self.analysis else {}

    def shown(self, place: Place) -> Place:
        """Where a place stands in the text that is shown."""
        broken = self.broken.get(place.file)
        if broken is None or not place.line:
            return place
        line = forward(place.line, broken.change)
        return place._replace(line=line, end_line=line + place.end_line - place.line)

    def judged(self, path: str, line: int, column: int) -> tuple[int, int]:
        """Where a line and column of the shown text stand in the text that was judged."""
        broken = self.broken.get(path)
        return (backward(line, broken.change) if broken else line), column


def viewed(request: Request, documents: Mapping[str, Document], known: Recollection, encoding: str) -> View:
    """Look at the folder of a request. documents: what is open in the editor, by path; known: of the same folder."""
    opened = open_tree(request)
    shown = {path: document.text for path, document in documents.items()}
    unsaved = [path for path, document in documents.items() if document.is_unsaved]
    new = (path for path in unsaved if path not in opened.snapshot.files())
    strange = {path for path in new if os.path.lexists(os.path.join(opened.folder, path))}  # ignored, or a link
    contents, broken = _contents(shown, [p for p in unsaved if p not in strange], opened.snapshot, known)
    opened = opened._replace(snapshot=OverlaidTree(opened.snapshot, contents))
    view = View(request, opened.snapshot, shown, encoding)
    try:
        view.settings = _unmeasured(load_settings(request, opened))
        asked = demand(view.settings)
        scope = wanted(opened, view.settings)
        view.analysis = analysed(opened.snapshot, asked, scope, request.today, still=request.still, known=known)
    except SettingsError as error:
        if error.place.startswith("--"):  # an option of the editor
            raise
        view.problem = str(error)
        view.findings = _told(error)
        return view
    except SnapshotError as error:
        view.problem = str(error)
        return view
    claimed = {e.path for e in view.analysis.head.inventory.entries if e.state == "claimed"}
    view.broken = {path: found for path, found in broken.items() if path in claimed}
    flaws = (_finding(path, flaw) for path, found in view.broken.items() for flaw in found.flaws)
    view.findings = (*view.analysis.report.findings, *flaws)
    view.laws = {law.code: law for law in laws_behind(view.findings, every_rule(view.settings))}
    return view


def _unmeasured(settings: Settings) -> Settings:
    """The settings without the verification of data, which takes longer than a pause in typing."""
    return replace(settings, values=settings.values | {"data": settings["data"] | {"verify": False}})


def _contents(
    shown: Mapping[str, str], unsaved: Iterable[str], below: Snapshot, known: Recollection
) -> tuple[dict[str, bytes], dict[str, Broken]]:
    """The unsaved files; in the place of one that cannot be read at the moment stands what could be read before."""
    contents, broken = {}, {}
    for path in unsaved:
        raw = shown[path].encode("utf-8", "surrogatepass")  # half a character is a flaw of the file, as on disk
        contents[path] = raw
        flaws = tuple(f for f in read(path, raw).flaws if f.code == "INT002")
        before = _readable(path, below, known) if flaws else None
        if before is not None:
            contents[path] = before
            text = before.decode(errors="replace").removeprefix("\ufeff")
            broken[path] = Broken(flaws, moved(text, shown[path]))
    return contents, broken


def _readable(path: str, below: Snapshot, known: Recollection) -> bytes | None:
    """The last content of a file that could be read: of the look before, or on disk."""
    for tree in (known.shelf.snapshot if known.shelf else None, below):
        try:
            raw = tree.read(path) if tree is not None else None
        except Unreadable:
            continue
        if raw is not None and not any(f.code == "INT002" for f in read(path, raw).flaws):
            return raw
    return None


def _finding(path: str, flaw: Flaw) -> Finding:
    """What is wrong with the shown text, in the words of `mlgov check`."""
    law = HYGIENE[flaw.code]
    place = Place(path, flaw.line, flaw.column, flaw.line, flaw.column)
    words = (law.code, law.name, Severity.ERROR, f"{path}: {flaw.reason}", law.remedy)
    return Finding(*words, project="", subject=path, fingerprint="", places=(place,))


def _told(error: SettingsError) -> tuple[Finding, ...]:
    """Wrong settings at their place; `mlgov check` ends with exit code 2 and the same words."""
    if not error.place:
        return ()
    file, line, column = (*error.place.rsplit(":", 2), "", "")[:3]
    numbers = (int(line), int(column)) if line.isdigit() and column.isdigit() else (0, 0)
    place = Place(file if any(numbers) else error.place, *numbers, *numbers)
    words = (SETTINGS, SETTINGS, Severity.ERROR, error.message, "nothing is judged until the settings can be read")
    return (Finding(*words, project="", subject=place.file, fingerprint="", places=(place,)),)
