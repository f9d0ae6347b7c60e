"""Rules judge projects: a pure function from records to verdicts and abstentions, without disk, clock or print."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from mlgov.figure import Figure, is_sound
from mlgov.finding import Abstention, Fix, Origin, Severity
from mlgov.hygiene import HYGIENE
from mlgov.lifecycle.change import Change
from mlgov.lifecycle.fact import Defect
from mlgov.lifecycle.policy_change import PolicyChange
from mlgov.lifecycle.project import Project
from mlgov.rule import PROFILES, Abstain, Rule, section


class Verdict(NamedTuple):
    """A finding whose places are not resolved yet; the first origin is where to act."""

    code: str
    name: str
    severity: Severity
    message: str
    remedy: str
    project: str
    subject: str
    origins: tuple[Origin, ...]
    implies: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    fix: Fix | None = None


class Plan(NamedTuple):
    """What is asked of one run.

    severity: (code, default per profile) -> severity, decided by the policy. options: code -> values that replace
    the defaults of the rule.
    """

    rules: Sequence[Rule]
    profile: str
    severity: Callable[[str, Severity], Severity]
    options: Mapping[str, Mapping[str, Any]] = MappingProxyType({})


class Judgement(NamedTuple):
    """What the engine found. planned, ran: codes of the rules that were asked for and that answered."""

    verdicts: tuple[Verdict, ...]
    abstentions: tuple[Abstention, ...]
    planned: frozenset[str]
    ran: frozenset[str]


class Matter:
    """What rules may ask for: a project, its change where there is a base, or the change of the policy itself.

    name: the id of the project, "" for the policy. parts: what a rule gets for a parameter of each type.
    """

    def __init__(
        self, project: Project | None, change: Change | None = None, policy: PolicyChange | None = None
    ) -> None:
        self.project = project
        self.name = project.id if project else ""
        every: dict[type, Any] = {Project: project, Change: change, PolicyChange: policy}
        self.parts = {kind: part for kind, part in every.items() if part is not None}

    def subjects(self, rule: Rule) -> Sequence[Any]:
        """What a rule is called for, one after the other; empty where the rule does not apply."""
        if rule.judges in _WHOLE:
            found: Sequence[Any] = [self.parts[rule.judges]] if rule.judges in self.parts else []
        else:
            found = self.project.records(rule.judges) if self.project else []
        if self.project is None or not (found or rule.lead) or inapplicable(rule, self.project):
            return found if self.project is None else []
        if not found:
            found = [self.project.identity if rule.section == "project" else getattr(self.project, rule.section)]
        return found


_WHOLE = frozenset({Project, Change, PolicyChange})


class Bench:
    """Runs rules over matters and keeps what they say."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.rules = [r for r in plan.rules if plan.severity(r.code, r.severity(plan.profile)) > Severity.OFF]
        self.verdicts: list[Verdict] = []
        self.abstentions: list[Abstention] = []
        self.failed: set[str] = set()

    def hear(self, matter: Matter, defects: Iterable[Defect] = ()) -> None:
        """Run every rule that applies; what reading found counts as well."""
        defects = tuple(defects)
        found = [_defect_verdict(self.plan, matter.name, d) for d in defects]
        unread = any(d.code == "INT002" and _is_of_manifest(d) for d in defects)
        for rule in self.rules:
            if unread and rule.section:  # what seems to be absent may stand in the part that was not read
                continue
            subjects = matter.subjects(rule)
            if not subjects or any(kind not in matter.parts for kind in rule.wants.values()):
                continue
            try:
                found += self._asked(rule, matter, subjects)
            except Exception as error:  # a broken rule must not hide what the others find
                self.failed.add(rule.code)
                found.append(_crash(rule, matter, error))
        self.verdicts += _without_consequences(found)

    def _asked(self, rule: Rule, matter: Matter, subjects: Sequence[Any]) -> list[Verdict]:
        others = {name: matter.parts[kind] for name, kind in rule.wants.items()}
        options = self.plan.options.get(rule.code, {})
        found: list[Verdict] = []
        for judged in subjects:
            for observation in rule.check(judged, **others, **options) or ():
                subject = "" if rule.judges in matter.parts else judged.subject
                if isinstance(observation, Abstain):
                    said = Abstention(rule.code, rule.name, matter.name, subject, observation.reason)
                    self.abstentions.append(said)
                else:
                    found.append(self._verdict(rule, matter.name, subject, observation))
        return found

    def _verdict(self, rule: Rule, project: str, subject: str, observation: Sequence[Any]) -> Verdict:
        origin, message, *more = observation
        origins = tuple(dict.fromkeys((origin, *(more[0] if more else ()))))
        figures = tuple(m for m in more[1:] if m is not None and not isinstance(m, (Fix, Severity)) and is_sound(m))
        fix = next((m for m in more[1:] if isinstance(m, Fix)), None)
        most = [m for m in more[1:] if isinstance(m, Severity)]
        severity = min(self.plan.severity(rule.code, rule.severity(self.plan.profile)), *most, Severity.ERROR)
        implies = (*rule.implies, "INT007") if rule.section else rule.implies
        remedy = _remedy(rule.doc)
        return Verdict(
            rule.code, rule.name, severity, message, remedy, project, subject, origins, implies, figures, fix
        )


@cache
def _remedy(doc: str) -> str:
    """The section Remedy of a rule's docstring, on one line."""
    return " ".join(section(doc, "Remedy").split())


def judge(
    plan: Plan,
    projects: Iterable[Project],
    defects: Mapping[str, Iterable[Defect]],
    changes: Iterable[Change] = (),
    policy: PolicyChange | None = None,
) -> Judgement:
    """Run every planned rule over every project, and add what reading found; a crash is a verdict INT001.

    changes: of these projects and of those that are gone, where there is a base; policy: the settings of base and head.
    """
    bench = Bench(plan)
    left = {id(change.head): change for change in changes}
    for project in projects:
        bench.hear(Matter(project, left.pop(id(project), None)), defects.get(project.id, ()))
    for change in left.values():
        bench.hear(Matter(change.head, change))
    bench.hear(Matter(None, None, policy), defects.get("", ()))
    kept = tuple(dict.fromkeys(v for v in bench.verdicts if v.severity > Severity.OFF))
    codes = frozenset(r.code for r in bench.rules)
    return Judgement(kept, tuple(dict.fromkeys(bench.abstentions)), codes, codes - bench.failed)


def inapplicable(rule: Rule, project: Project) -> str:
    """Why a rule does not speak about a project at all; "" if it does."""
    if project.stage == "retired" and rule.stage != "any":
        return "the project is retired"
    if not rule.section:
        return "" if project.reached(rule.stage) else f"from stage {rule.stage} on; the project is at {project.stage}"
    if not project.has_manifest:
        return "presence is asked of projects with a manifest only"
    if project.is_excused(rule.section):
        return f"{rule.section} is declared not applicable"
    exists = project.has_section(rule.section)
    if not exists and not rule.lead:
        return f"section {rule.section} is absent, which its lead rule reports"
    if not project.reached(rule.stage) and not project.has_begun(rule.section, rule.stage):
        return f"from stage {rule.stage} on; the project is at {project.stage}"
    return ""


def _without_consequences(found: list[Verdict]) -> list[Verdict]:
    """One root cause, one finding: a rule silences those it implies about the same subject or at a shared place."""
    speakers: dict[str, list[Verdict]] = {}
    for verdict in found:
        for code in verdict.implies:
            speakers.setdefault(code, []).append(verdict)
    return [v for v in found if not any(_same_place(v, s) for s in speakers.get(v.code, ()))]


def _same_place(a: Verdict, b: Verdict) -> bool:
    return a is not b and (bool(a.subject) and a.subject == b.subject or not set(a.origins).isdisjoint(b.origins))


def _defect_verdict(plan: Plan, project: str, defect: Defect) -> Verdict:
    law = HYGIENE[defect.code]
    usual = law.severities[PROFILES.index(plan.profile)]
    severity = usual if law.fixed else plan.severity(law.code, usual)
    said = (defect.message, law.remedy, project, defect.subject, defect.origins)
    return Verdict(law.code, law.name, severity, *said, fix=defect.fix)


def _is_of_manifest(defect: Defect) -> bool:
    *folders, name = defect.origins[0].file.split("/")
    return name in ("mlgov.yaml", "mlgov.yml") or "governance" in folders


def _crash(rule: Rule, matter: Matter, error: Exception) -> Verdict:
    law = HYGIENE["INT001"]
    where = matter.project.at() if matter.project else Origin("")
    message = f"rule {rule.code} {rule.name} raised {type(error).__name__}: {error}; the run is incomplete"
    return Verdict(law.code, law.name, Severity.ERROR, message, law.remedy, matter.name, rule.code, (where,))
