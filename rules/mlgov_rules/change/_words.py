"""What several rules of change control ask of a change."""

from collections.abc import Iterator

from mlgov.rulekit import Change, DeclaredChange, MetricResult, Project

FETCH = "the history is not whole here; in CI check out all of it (fetch-depth: 0)"


def approval(change: Change, subject: str) -> DeclaredChange | None:
    """The entry of process.changes, new in this change, that gives a reason and an approver for a path."""
    return next(
        (e for e in change.new(DeclaredChange) if e.has("reason", "approved_by") and covers(e.path_, subject)), None
    )


def covers(path: str | None, subject: str) -> bool:
    """True if a declared path names a subject or something above it, ids in brackets or after dots."""
    said, meant = _steps(path or ""), _steps(subject)
    return bool(said) and meant[: len(said)] == said


def _steps(path: str) -> list[str]:
    return path.replace("[", ".").replace("]", "").strip(".").split(".") if path else []


def is_untouched(change: Change, path: str) -> bool:
    """True if a change left a file as it was, but for blanks and line ends."""
    before, after = change.base.text(path), change.head.text(path)
    same = before is not None and after is not None and before.split() == after.split()
    return same or change.head.path(path) not in change.touched


def unchanged_since(change: Change, path: str) -> str:
    """`docs/card.md last changed on 2026-08-12`; "" where that is not known."""
    if change.head.path(path) in change.touched:
        return f"{path} says what it said before"
    day = change.last_change(change.head.path(path))
    return f"{path} last changed on {day[:10]}" if day else ""


def own_results(project: Project) -> list[MetricResult]:
    """The measured numbers of the model itself, not of what it is compared with."""
    return [r for r in project.records(MetricResult) if r.owner == "evaluation" and r.metric and r.value is not None]


def evidence(result: MetricResult, project: Project) -> tuple[object, ...]:
    """What makes one measurement another one than before, in base units."""
    key, value = project.comparer.key(result), round(project.comparer.value(result), 12)
    return key.metric, key.dataset, key.split, key.slice, value, key.model_version, result.run_id


def new_results(change: Change) -> Iterator[MetricResult]:
    """The results that the change added or whose value, version or run it altered; printed otherwise is not altered."""
    known = {evidence(r, change.base) for r in own_results(change.base)}
    twins = {id(new): old for old, new in change.kept(MetricResult)}
    for result in own_results(change.head):
        if evidence(result, change.head) in known:
            continue
        old = twins.get(id(result))
        if old is None or not _rewritten(change, old, result):
            yield result


def _rewritten(change: Change, old: MetricResult, new: MetricResult) -> bool:
    """The same measurement in other words: it agrees at the printed precision, and nothing says another run."""
    said = (old.run_id, new.run_id), (old.model_version, new.model_version)
    same = all(a == b or None in (a, b) for a, b in said)
    first, second = change.base.comparer.printed(old), change.head.comparer.printed(new)
    return same and first is not None and second is not None and first[0] < second[1] and second[0] < first[1]
