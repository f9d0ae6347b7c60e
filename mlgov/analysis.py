"""One whole analysis without the cache: snapshot to report, told top to bottom."""

from collections.abc import Callable, Iterable
from typing import Any

from mlgov.cache import digest
from mlgov.catalogue import installed_formats, installed_rules
from mlgov.documents import LIMITS, locate_many
from mlgov.engine import Judgement, Verdict, inapplicable, judge
from mlgov.errors import SnapshotError
from mlgov.finding import Finding, Origin, Place
from mlgov.inventory import Entry, Inventory, Shelf, readable, take
from mlgov.lifecycle.assembly import Assembled, assemble
from mlgov.lifecycle.manifest import SECTIONS
from mlgov.lifecycle.project import STAGES, Project
from mlgov.policy.selection import plan
from mlgov.policy.settings import Settings
from mlgov.report import Completeness, Report, Summary
from mlgov.rule import Rule, title
from mlgov.snapshot import Snapshot, Unreadable


def analyse(snapshot: Snapshot, settings: Settings, wanted: Callable[[str], bool], today: str) -> Report:
    """Read what is wanted of a snapshot, join it into projects, judge them, and report with resolved places."""
    rules = installed_rules()
    asked = plan(settings, rules)
    inventory, shelf = take(snapshot, installed_formats(), wanted)
    _refuse_empty(inventory, settings)
    assembled = assemble(inventory.evidence, snapshot, shelf.look_up, today)
    assembled.defects.setdefault("", []).extend(inventory.defects)
    judgement = judge(asked, assembled.projects, assembled.defects)
    return Report(
        findings=_findings(judgement.verdicts, shelf),
        abstentions=tuple(sorted(judgement.abstentions)),
        waived=(),
        completeness=_completeness(inventory, judgement, assembled, snapshot),
        policy={"profile": settings["profile"], "fail_on": settings["fail_on"], "digest": settings_digest(settings)},
        projects=tuple(_summary(p, rules) for p in assembled.projects),
    )


def settings_digest(settings: Settings) -> str:
    """What tells two policies apart, wherever they come from."""
    return digest(f"{key}={value!r}" for key, value in sorted(settings.values.items()))


def _refuse_empty(inventory: Inventory, settings: Settings) -> None:
    """A run that collected nothing must not look like a run that found nothing."""
    if (
        not settings["allow_empty"]
        and not inventory.defects
        and not any(e.state == "claimed" for e in inventory.entries)
    ):
        raise SnapshotError(
            f"none of the {len(inventory.entries)} files is of a format that mlgov reads; "
            "mlgov inventory tells why, mlgov init writes a first manifest, --allow-empty accepts it"
        )


def _findings(verdicts: Iterable[Verdict], shelf: Shelf) -> tuple[Finding, ...]:
    every = list(verdicts)
    places = _places({origin for v in every for origin in v.origins}, shelf)
    found = [_finding(v, places) for v in every]
    return tuple(sorted(dict.fromkeys(found), key=lambda f: (f.places[0][:3], f.code, f.message, f.places)))


def _finding(verdict: Verdict, places: dict[Origin, Place]) -> Finding:
    words = verdict.message
    for origin in verdict.origins:  # a moved file is still the same finding
        words = words.replace(origin.file, "") if origin.file else words
    return Finding(
        code=verdict.code,
        name=verdict.name,
        severity=verdict.severity,
        message=verdict.message,
        remedy=verdict.remedy,
        project=verdict.project,
        subject=verdict.subject,
        fingerprint=digest((verdict.code, verdict.project, verdict.subject, words))[:16],
        places=tuple(dict.fromkeys(places[o] for o in verdict.origins)),
    )


def _places(origins: Iterable[Origin], shelf: Shelf) -> dict[Origin, Place]:
    """Lines and columns, by a second pass over only those files that have findings."""
    by_file: dict[str, list[Origin]] = {}
    for origin in sorted(origins):
        by_file.setdefault(origin.file, []).append(origin)
    return {o: p for file, some in by_file.items() for o, p in _in_file(file, some, shelf)}


def _in_file(file: str, origins: list[Origin], shelf: Shelf) -> list[tuple[Origin, Place]]:
    try:
        raw = shelf.open(file).raw if file else b""
    except Unreadable:
        raw = b""
    if not raw or len(raw) > LIMITS.json_bytes:
        return [(o, Place(file)) for o in origins]
    spans = locate_many(file, raw, [(o.document, o.pointer) for o in origins])
    return [(o, Place(file, *span)) for o, span in zip(origins, spans, strict=True)]


def _completeness(inventory: Inventory, judgement: Judgement, assembled: Assembled, snapshot: Snapshot) -> Completeness:
    unread = set(readable(inventory.defects))
    read = {e.path for e in inventory.entries if e.state == "claimed"} - unread
    return Completeness(
        files_seen=len(inventory.entries),
        files_planned=len(read | unread),
        files_read=len(read),
        rules_planned=len(judgement.planned),
        rules_run=len(judgement.ran),
        projects=len(assembled.projects),
        notes=tuple(snapshot.notes),
    )


def _summary(project: Project, rules: Iterable[Rule]) -> Summary:
    sections = tuple(s for s in SECTIONS if project.has_section(s))
    return Summary(project.id, project.stage, project.has_manifest, sections, tuple(_next_steps(project, rules)))


def _next_steps(project: Project, rules: Iterable[Rule]) -> list[str]:
    """What the next stage will ask for: the laws of the lead rules that do not speak yet."""
    if not project.has_manifest or project.stage not in STAGES:
        return []
    later = STAGES[STAGES.index(project.stage) + 1 :][:1]
    return [title(r.doc) for r in rules if r.lead and r.stage in later and inapplicable(r, project)]


def look(snapshot: Snapshot, wanted: Callable[[str], bool], today: str) -> tuple[Inventory, Assembled]:
    """The inventory and the projects, without judging them."""
    inventory, shelf = take(snapshot, installed_formats(), wanted)
    return inventory, assemble(inventory.evidence, snapshot, shelf.look_up, today)


__all__: list[Any] = ["Entry", "analyse", "look", "settings_digest"]
