"""Rules judge projects: a pure function from records to verdicts and abstentions, without disk, clock or print."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from mlgov.finding import Abstention, Origin, Severity
from mlgov.hygiene import HYGIENE
from mlgov.lifecycle.fact import Defect
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


def judge(plan: Plan, projects: Iterable[Project], defects: dict[str, list[Defect]]) -> Judgement:
    """Run every planned rule over every project, and add what reading found; a crash is a verdict INT001."""
    verdicts: list[Verdict] = []
    abstentions: list[Abstention] = []
    failed: set[str] = set()
    rules = [r for r in plan.rules if plan.severity(r.code, r.severity(plan.profile)) > Severity.OFF]
    for project in projects:
        found = [_defect_verdict(plan, project.id, d) for d in defects.get(project.id, ())]
        for rule in rules:
            if inapplicable(rule, project):
                continue
            try:
                for observation in _observations(rule, project, plan.options.get(rule.code, {})):
                    _sort_out(observation, rule, project, plan, found, abstentions)
            except Exception as error:  # a broken rule must not hide what the others find
                failed.add(rule.code)
                found.append(_crash(rule, project, error))
        verdicts += _without_consequences(found)
    verdicts += [_defect_verdict(plan, "", d) for d in defects.get("", ())]
    codes = frozenset(r.code for r in rules)
    kept = tuple(dict.fromkeys(v for v in verdicts if v.severity > Severity.OFF))
    return Judgement(kept, tuple(dict.fromkeys(abstentions)), codes, codes - failed)


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
    if not exists and not project.reached(rule.stage):
        return f"from stage {rule.stage} on; the project is at {project.stage}"
    return ""


def _observations(rule: Rule, project: Project, options: Mapping[str, Any]) -> Iterator[Any]:
    available: dict[type, Any] = {Project: project}
    others = {name: available[kind] for name, kind in rule.wants.items()}
    subjects: Sequence[Any] = [project] if rule.judges is Project else project.records(rule.judges)
    if not subjects and rule.section and rule.lead:
        subjects = [getattr(project, rule.section)] if rule.section != "project" else [project.identity]
    for subject in subjects:
        for observation in rule.check(subject, **others, **options) or ():
            yield subject, observation


def _sort_out(
    pair: tuple[Any, Any],
    rule: Rule,
    project: Project,
    plan: Plan,
    found: list[Verdict],
    abstentions: list[Abstention],
) -> None:
    judged, observation = pair
    subject = "" if judged is project else judged.subject
    if isinstance(observation, Abstain):
        abstentions.append(Abstention(rule.code, rule.name, project.id, subject, observation.reason))
        return
    origin, message, *more = observation
    origins = tuple(dict.fromkeys((origin, *(more[0] if more else ()))))
    severity = plan.severity(rule.code, rule.severity(plan.profile))
    implies = (*rule.implies, "INT007") if rule.section else rule.implies
    remedy = " ".join(section(rule.doc, "Remedy").split())
    found.append(Verdict(rule.code, rule.name, severity, message, remedy, project.id, subject, origins, implies))


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
    return Verdict(law.code, law.name, severity, defect.message, law.remedy, project, defect.subject, defect.origins)


def _crash(rule: Rule, project: Project, error: Exception) -> Verdict:
    law = HYGIENE["INT001"]
    message = f"rule {rule.code} {rule.name} raised {type(error).__name__}: {error}; the run is incomplete"
    return Verdict(law.code, law.name, Severity.ERROR, message, law.remedy, project.id, rule.code, (project.at(),))
