"""The report of one run: what was found, what was abstained from, and whether the run was complete."""

from typing import Any, NamedTuple

from mlgov import figure
from mlgov.background import Background
from mlgov.background import from_data as background_from
from mlgov.background import to_data as background_of
from mlgov.finding import Abstention, Finding, Fix, Operation, Origin, Place, Severity, TextEdit

VERSION = 1


class Completeness(NamedTuple):
    """Planned against done. files: claimed files planned and read; notes: what a person should know of the run.

    unreported: findings that were left out because the change neither introduced nor touched them.
    """

    files_seen: int
    files_planned: int
    files_read: int
    rules_planned: int
    rules_run: int
    projects: int
    notes: tuple[str, ...] = ()
    unreported: int = 0

    @property
    def completed(self) -> bool:
        """True if every planned file was read and every planned rule answered."""
        return self.files_planned == self.files_read and self.rules_planned == self.rules_run


class Summary(NamedTuple):
    """What a project without a manifest is told in place of presence findings: how much evidence it has."""

    project: str
    stage: str
    has_manifest: bool
    sections: tuple[str, ...]
    next_steps: tuple[str, ...] = ()


class Waiver(NamedTuple):
    """One waiver as it is stated. state: `active`, `expired`, `unused` or `invalid`; problem: why it does not hold.

    covers: how many findings of this run it accepts.
    """

    rule: str
    subject: str
    reason: str
    owner: str
    expires: str
    approved_by: str
    ticket: str
    state: str
    problem: str
    covers: int
    place: Place


class Waived(NamedTuple):
    """A finding that was accepted for a time, and the waiver that says so."""

    finding: Finding
    waiver: Waiver


class Law(NamedTuple):
    """What a rule asks for, as its documentation tells it, Markdown in all but the title.

    page: the address of the documentation; "" where its pack names none.
    """

    code: str
    name: str
    family: str
    title: str
    why: str
    remedy: str
    references: str
    page: str


class Report(NamedTuple):
    """Everything a renderer may show. policy: profile, fail_on and the digest of all settings.

    waived: accepted findings; waivers: all that are stated, those that do not hold too. ratcheted: findings that the
    ratchet knows. None of these decides the exit code.
    laws: those of all rules that found something, accepted or not. answered: `code name` of every rule that ran.
    background: what stands around the findings, where it was asked for.
    """

    findings: tuple[Finding, ...]
    abstentions: tuple[Abstention, ...]
    waived: tuple[Waived, ...]
    completeness: Completeness
    policy: dict[str, str]
    projects: tuple[Summary, ...] = ()
    ratcheted: tuple[Finding, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    laws: tuple[Law, ...] = ()
    answered: tuple[str, ...] = ()
    background: Background | None = None

    @property
    def exit_code(self) -> int:
        """0 nothing reached `fail_on`, 1 something did, 2 the run could not decide; 2 outranks 1."""
        if not self.completeness.completed:
            return 2
        if self.policy["fail_on"] == "never":
            return 0
        limit = Severity.of(self.policy["fail_on"])
        return int(any(f.severity >= limit for f in self.findings))

    def count(self, severity: Severity) -> int:
        """How many findings have exactly this severity."""
        return sum(f.severity == severity for f in self.findings)


def to_data(report: Report) -> dict[str, Any]:
    """The report as plain data, in the shape of `report.schema.json`."""
    return {
        "version": VERSION,
        "findings": [finding_data(f) for f in report.findings],
        "abstentions": [a._asdict() for a in report.abstentions],
        "waived": [finding_data(w.finding) | {"waiver": _waiver(w.waiver)} for w in report.waived],
        "ratcheted": [finding_data(f) for f in report.ratcheted],
        "waivers": [_waiver(w) for w in report.waivers],
        "summary": {s.word: report.count(s) for s in (Severity.ERROR, Severity.WARNING, Severity.INFO)}
        | {"waived": len(report.waived), "ratcheted": len(report.ratcheted)}
        | {"abstentions": len(report.abstentions), "exit_code": report.exit_code},
        "completeness": report.completeness._asdict() | {"completed": report.completeness.completed},
        "policy": report.policy,
        "projects": [p._asdict() for p in report.projects],
        "laws": [law._asdict() for law in report.laws],
        "answered": list(report.answered),
    }


def to_cache(report: Report) -> dict[str, Any]:
    """The report with its background, which the JSON report leaves out: it may not depend on other outputs."""
    around = {"background": background_of(report.background)} if report.background else {}
    return to_data(report) | around


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding as plain data, in the shape of `report.schema.json`."""
    data = finding._asdict() | {
        "severity": finding.severity.word,
        "places": [p._asdict() for p in finding.places],
        "figures": [figure.to_data(f) for f in finding.figures],
    }
    fix = data.pop("fix")
    return data | ({"fix": _fix(fix)} if fix else {})


def _fix(fix: Fix) -> dict[str, Any]:
    steps = [{"op": o.op, **_spot(o.origin), "value": o.value, "was": o.was} for o in fix.operations]
    return fix._asdict() | {"operations": steps, "edits": [e._asdict() for e in fix.edits]}


def _spot(origin: Origin) -> dict[str, Any]:
    return {"file": origin.file, "document": origin.document, "pointer": origin.pointer}


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return waiver._asdict() | {"place": waiver.place._asdict()}


def from_data(data: dict[str, Any]) -> Report:
    """The report that `to_data` or `to_cache` made; raises `KeyError` or `TypeError` for anything else."""
    done = {k: v for k, v in data["completeness"].items() if k != "completed"}
    return Report(
        findings=tuple(_finding_from(f) for f in data["findings"]),
        abstentions=tuple(Abstention(**a) for a in data["abstentions"]),
        waived=tuple(_waived_from(f) for f in data["waived"]),
        completeness=Completeness(**done | {"notes": tuple(done["notes"])}),
        policy=data["policy"],
        projects=tuple(_summary_from(p) for p in data["projects"]),
        ratcheted=tuple(_finding_from(f) for f in data["ratcheted"]),
        waivers=tuple(_waiver_from(w) for w in data["waivers"]),
        laws=tuple(Law(**law) for law in data["laws"]),
        answered=tuple(data["answered"]),
        background=background_from(data["background"]) if "background" in data else None,
    )


def _finding_from(data: dict[str, Any]) -> Finding:
    places = tuple(Place(**p) for p in data["places"])
    figures = tuple(figure.from_data(f) for f in data.get("figures", ()))
    fix = _fix_from(data["fix"]) if "fix" in data else None
    parts = {"severity": Severity.of(data["severity"]), "places": places, "figures": figures, "fix": fix}
    return Finding(**data | parts)


def _fix_from(data: dict[str, Any]) -> Fix:
    steps = [_operation_from(o) for o in data["operations"]]
    return Fix(data["message"], tuple(steps), data["safe"], tuple(TextEdit(**e) for e in data["edits"]))


def _operation_from(data: dict[str, Any]) -> Operation:
    return Operation(data["op"], Origin(data["file"], data["pointer"], data["document"]), data["value"], data["was"])


def _waived_from(data: dict[str, Any]) -> Waived:
    finding = {key: value for key, value in data.items() if key != "waiver"}
    return Waived(_finding_from(finding), _waiver_from(data["waiver"]))


def _waiver_from(data: dict[str, Any]) -> Waiver:
    return Waiver(**data | {"place": Place(**data["place"])})


def _summary_from(data: dict[str, Any]) -> Summary:
    return Summary(**data | {"sections": tuple(data["sections"]), "next_steps": tuple(data["next_steps"])})
