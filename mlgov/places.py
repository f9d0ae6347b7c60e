"""Verdicts become findings: origins are resolved to lines and columns, by a second pass over only those files."""

from collections.abc import Iterable, Mapping

from mlgov import evidence
from mlgov.documents import LIMITS, locate_many
from mlgov.engine import Verdict
from mlgov.finding import Finding, Fix, Origin, Place
from mlgov.inventory import Shelf
from mlgov.snapshot import Unreadable


def findings_of(verdicts: Iterable[Verdict], head: Shelf, base: Shelf | None = None) -> tuple[Finding, ...]:
    """The findings in order of place. head, base: the shelves that hold the files of both sides of a change."""
    every = list(verdicts)
    places = resolved({origin for v in every for origin in v.origins}, head, base)
    found: dict[tuple[str, str, tuple[Place, ...]], Finding] = {}
    fixes = _fixes(every, head)
    for finding in (_finding(v, places, fixes) for v in every):
        # a file that several projects share is wrong once
        found.setdefault((finding.code, finding.message, finding.places), finding)
    return in_order(found.values())


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in order of place."""
    return tuple(sorted(findings, key=lambda f: (f.places[0][:3], f.code, f.message, f.places)))


def fingerprint(verdict: Verdict) -> str:
    """The identity of a finding over time."""
    files = {origin.file for origin in verdict.origins}
    return evidence.fingerprint(verdict.code, verdict.project, verdict.subject, verdict.message, files)


def _fixes(verdicts: Iterable[Verdict], head: Shelf) -> Mapping[Fix, Fix]:
    """What the verdicts offer as repair, with the edits that do it."""
    offered = [v.fix for v in verdicts if v.fix]
    if not offered:
        return {}
    from mlgov.edits.fixes import resolved

    def read(file: str) -> bytes | None:
        artifact = head.artifact(file)
        return artifact.raw if artifact else None

    return resolved(offered, read)


def _finding(verdict: Verdict, places: Mapping[Origin, Place], fixes: Mapping[Fix, Fix]) -> Finding:
    return Finding(
        code=verdict.code,
        name=verdict.name,
        severity=verdict.severity,
        message=verdict.message,
        remedy=verdict.remedy,
        project=verdict.project,
        subject=verdict.subject,
        fingerprint=fingerprint(verdict),
        places=tuple(dict.fromkeys(places[o] for o in verdict.origins)),
        figures=verdict.figures,
        fix=fixes.get(verdict.fix) if verdict.fix else None,
    )


def resolved(origins: Iterable[Origin], head: Shelf, base: Shelf | None = None) -> dict[Origin, Place]:
    """Lines and columns of origins; the file alone where it cannot be read again."""
    by_file: dict[tuple[str, bool], list[Origin]] = {}
    for origin in sorted(set(origins)):
        by_file.setdefault((origin.file, origin.before), []).append(origin)
    found: dict[Origin, Place] = {}
    for (file, before), some in by_file.items():
        shelf = base if before and base is not None else head
        found.update(_in_file(file, some, shelf, "before" if before else ""))
    return found


def _in_file(file: str, origins: list[Origin], shelf: Shelf, role: str) -> list[tuple[Origin, Place]]:
    try:
        raw = shelf.open(file).raw if file else b""
    except Unreadable:
        raw = b""
    if not raw or len(raw) > LIMITS.json_bytes:
        return [(o, Place(file, role=role)) for o in origins]
    spans = locate_many(file, raw, [(o.document, o.pointer) for o in origins])
    return [(o, Place(file, *span, role)) for o, span in zip(origins, spans, strict=True)]
