"""Fixes are made on a copy in memory, round by round, until nothing is left to make; only then files are written.

A round takes fixes that do not touch each other, proves them together, and judges the repository anew. One that does
not remove its finding, or brings another one, is not made.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mlgov.edits import Edit, spliced
from mlgov.edits.fixes import edits_in
from mlgov.edits.proof import holds
from mlgov.edits.sheet import Sheet
from mlgov.edits.writing import replace_all, why_not_writable
from mlgov.errors import EditError, UsageError
from mlgov.finding import Finding, Fix, Operation
from mlgov.recollection import Recollection
from mlgov.report import Report
from mlgov.run import Opened, Request, fresh, open_tree
from mlgov.snapshot import OverlaidTree

ROUNDS = 100  # analyses at most; most repositories need two
Key = tuple[str, Fix]


class Left(NamedTuple):
    """A finding whose fix was not made, and why."""

    finding: Finding
    reason: str


class Fixing(NamedTuple):
    """What came of it. before, after: the files that change, by path. first, last: the reports on both states.

    made: the findings whose fixes were made, as they stood when it was their turn.
    """

    opened: Opened
    before: dict[str, bytes]
    after: dict[str, bytes]
    made: tuple[Finding, ...]
    left: tuple[Left, ...]
    first: Report
    last: Report


def fixed(request: Request, *, unsafe: bool = False) -> Fixing:
    """Make every fix that holds, in memory. unsafe: those too that somebody should look at first."""
    if request.scope != "worktree":
        raise UsageError(f"fixes are made in the files on disk; --scope {request.scope} cannot be edited")
    opened = open_tree(request)
    return _Bench(request, opened, unsafe).done()


class _Bench:
    """The state between two rounds."""

    def __init__(self, request: Request, opened: Opened, unsafe: bool) -> None:
        self.request, self.opened, self.unsafe = request, opened, unsafe
        self.found: dict[str, bytes] = {}  # what was read of the disk, once
        self.contents: dict[str, bytes] = {}
        self.known = Recollection()
        self.first = self.report = fresh(request, opened, self.known)
        self.made: list[Finding] = []
        self.left: dict[Key, Left] = {}

    def done(self) -> Fixing:
        """All rounds."""
        most = 0  # findings of one round; 0 = as many as there are
        for _ in range(ROUNDS):
            batch = self._batch(most)
            if not batch:
                break
            if (reason := self._attempt(batch)) and len(batch) == 1:
                self._leave(batch[0], reason)
            most = len(batch) // 2 if reason and len(batch) > 1 else 0
        changed = {path: raw for path, raw in self.contents.items() if raw != self.found[path]}
        before = {path: self.found[path] for path in changed}
        left = tuple(self.left.values())
        return Fixing(self.opened, before, changed, tuple(self.made), left, self.first, self.report)

    def _batch(self, most: int) -> list[Finding]:
        """Findings whose fixes do not touch each other, in order of place."""
        chosen: list[Finding] = []
        taken: dict[str, list[tuple[int, int]]] = {}
        for finding in self.report.findings:
            fix = finding.fix
            if fix is None or not (fix.safe or self.unsafe) or (finding.fingerprint, fix) in self.left:
                continue
            if reason := self._unwritable(fix):
                self._leave(finding, reason)
                continue
            extents = [(path, *e[:2]) for path in _files(fix) for e in edits_in(self._read(path), path, [fix])]
            if all(_is_free(taken.get(path, ()), start, end) for path, start, end in extents):
                for path, start, end in extents:
                    taken.setdefault(path, []).append((start, end))
                chosen.append(finding)
        return chosen[:most] if most else chosen

    def _unwritable(self, fix: Fix) -> str:
        reasons = (why_not_writable(self.opened.folder, path) for path in _files(fix))
        return next(filter(None, reasons), "")

    def _leave(self, finding: Finding, reason: str) -> None:
        assert finding.fix is not None
        self.left[finding.fingerprint, finding.fix] = Left(finding, reason)

    def _read(self, path: str) -> bytes:
        if path not in self.found:
            self.found[path] = self.opened.snapshot.read(path)
        return self.contents.get(path, self.found[path])

    def _attempt(self, batch: list[Finding]) -> str:
        """Make the fixes of a batch; why that cannot be, "" once it is done."""
        fixes = [f.fix for f in batch if f.fix]
        contents = dict(self.contents)
        try:
            for path in sorted({path for fix in fixes for path in _files(fix)}):
                contents[path] = _edited(path, self._read(path), fixes)
        except EditError as error:
            return str(error)
        tree = OverlaidTree(self.opened.snapshot, contents)
        report = fresh(self.request, self.opened._replace(snapshot=tree), self.known)
        if reason := _worse(self.report, report, batch):
            return reason
        self.contents, self.report = contents, report
        self.made += batch
        return ""


def _edited(path: str, raw: bytes, fixes: Iterable[Fix]) -> bytes:
    """A file with its part of the fixes, proven once more where there are several."""
    edits: list[Edit] = []
    operations: list[Operation] = []
    for fix in fixes:
        edits += edits_in(raw, path, [fix])
        operations += [o for o in fix.operations if o.origin.file == path]
    sheet = Sheet(path, raw)
    if not holds(sheet, raw, edits, [sheet.settled(o) for o in operations]):
        raise EditError("it cannot be written without changing something else")
    return spliced(raw, edits)


def _worse(before: Report, after: Report, batch: Iterable[Finding]) -> str:
    """Why a state must not be: a finding that was to go is still there, another one came, or less can be read."""
    old, new = (Counter(f.fingerprint for f in r.findings) for r in (before, after))
    for finding in batch:
        if new[finding.fingerprint] >= old[finding.fingerprint]:
            return "the finding would stay"
    codes, fresh_codes = (Counter(f.code for f in r.findings) for r in (before, after))
    if more := sorted(code for code in fresh_codes if fresh_codes[code] > codes[code]):
        told = next(f for f in after.findings if f.code == more[0] and new[f.fingerprint] > old[f.fingerprint])
        return f"it would bring {told.code} {told.name}: {told.message}"
    if after.completeness.files_read < before.completeness.files_read or not _as_complete(before, after):
        return "mlgov could not read the result"
    return ""


def _as_complete(before: Report, after: Report) -> bool:
    return after.completeness.completed or not before.completeness.completed


def _files(fix: Fix) -> list[str]:
    return sorted({edit.file for edit in fix.edits})


def _is_free(taken: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    """True if a stretch neither overlaps one that is taken nor begins where one begins."""
    return all(end <= a or start >= b for a, b in taken) and all(start != a for a, _ in taken)


def write(fixing: Fixing) -> None:
    """Write all files, or none where one of them cannot be written or has changed meanwhile."""
    replace_all(fixing.opened.folder, _pairs(fixing))


def _pairs(fixing: Fixing) -> Mapping[str, tuple[bytes, bytes]]:
    return {path: (fixing.before[path], fixing.after[path]) for path in fixing.after}
