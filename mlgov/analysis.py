"""One whole analysis without the cache: snapshot to report, told top to bottom; a change is the same path twice."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mlgov.cache import digest
from mlgov.catalogue import installed_formats
from mlgov.engine import Judgement, Plan, inapplicable, judge
from mlgov.errors import SnapshotError
from mlgov.finding import Finding
from mlgov.hygiene import HYGIENE
from mlgov.inventory import Inventory, Shelf, readable, take
from mlgov.laws import answered, laws_behind
from mlgov.lifecycle.assembly import Assembled, assemble
from mlgov.lifecycle.change import Change, Past, changes
from mlgov.lifecycle.fact import Defect
from mlgov.lifecycle.manifest import SECTIONS
from mlgov.lifecycle.measured import Measured
from mlgov.lifecycle.project import STAGES, Project
from mlgov.places import findings_of, fingerprint, in_order
from mlgov.policy.demand import Demand
from mlgov.policy.hiding import hidden
from mlgov.policy.own_rules import every_rule
from mlgov.policy.settings import Settings
from mlgov.policy.settling import Settled, Terms, settle
from mlgov.policy.side import Side
from mlgov.policy.validity import laws_of
from mlgov.recollection import Recollection
from mlgov.report import Completeness, Report, Summary
from mlgov.rule import Rule, title
from mlgov.scope import Scope
from mlgov.snapshot import Snapshot

if TYPE_CHECKING:
    from mlgov.verification import Verified


class DataPlace(NamedTuple):
    """Where declared data lie and what measures them. root: folder of the checked tree; "" = not on this disk.

    spark: master of a Spark cluster, "" = this machine. connections: addresses of data sets that lie in databases.
    """

    root: str = ""
    spark: str = ""
    connections: Mapping[str, str] = MappingProxyType({})


class Analysis(NamedTuple):
    """A report, and the side of the run that it judges."""

    report: Report
    head: "Looked"


class Looked(NamedTuple):
    """One side of a run: what was read, where to read more, and the projects it makes."""

    inventory: Inventory
    shelf: Shelf
    assembled: Assembled


def look(
    snapshot: Snapshot,
    wanted: Scope,
    today: str,
    head: Looked | None = None,
    plugins: tuple[str, ...] = (),
    known: Recollection | None = None,
) -> Looked:
    """The inventory and the projects of a tree, without judging them.

    head: where the tree is the base of a change, the other side; files with equal content are not read again.
    plugins: the distributions whose formats are read beside ours.
    known: what earlier looks at the same folder found out.
    """
    formats = installed_formats(plugins)
    if known and known.plugins != plugins:
        known.shelf, known.plugins = None, plugins
    other = head.shelf if head else known.shelf if known else None
    inventory, shelf = take(snapshot, formats, wanted, other)
    if not any(e.role in ("manifest", "anchor") for e in inventory.evidence):
        # a repository of examples has nothing else to look at
        inventory, shelf = take(snapshot, formats, wanted.wider(), shelf)
    make = known.making(shelf, today) if known else None
    assembled = assemble(inventory.evidence, snapshot, shelf.look_up, today, before=head is not None, make=make)
    return Looked(inventory, shelf, assembled)


def analyse(
    snapshot: Snapshot,
    demand: Demand,
    wanted: Scope,
    today: str,
    base: Snapshot | None = None,
    past: Past | None = None,
    still: str = "",
    data: DataPlace = DataPlace(),  # noqa: B008  # a tuple
    background: bool = False,
) -> Report:
    """The report of `analysed`, for those who want no more."""
    return analysed(snapshot, demand, wanted, today, base, past, still, data, background).report


def analysed(
    snapshot: Snapshot,
    demand: Demand,
    wanted: Scope,
    today: str,
    base: Snapshot | None = None,
    past: Past | None = None,
    still: str = "",
    data: DataPlace = DataPlace(),  # noqa: B008  # a tuple
    background: bool = False,
    known: Recollection | None = None,
) -> Analysis:
    """Read what is wanted of a snapshot, join it into projects, judge them, and report with resolved places.

    base: the tree before the change, for the rules that judge changes; past: what the history knows of its files.
    still: the day that it still is somewhere on earth, where that is not `today`; waivers hold to its end.
    data: where the data lie that the settings want verified.
    background: whether to say what stands around the findings.
    known: what earlier analyses of the same folder found out, without a base; the report is the same without.
    """
    rules = every_rule(demand.settings)
    plugins = demand.settings.plugins
    head = look(snapshot, wanted, today, plugins=plugins, known=known)
    _refuse_empty(head.inventory, demand.settings)
    before = look(base, wanted, today, head, plugins) if base else None
    changed = tuple(changes([*before.assembled.projects], [*head.assembled.projects], past)) if before else ()
    verified = _verified(head, demand.settings, wanted, data)
    ask = known.judging(settings_digest(demand.settings)) if known and not before else judge
    judgement = ask(demand.plan, head.assembled.projects, _defects(head, verified), changed)
    asked = (r for r in rules if _is_asked(r, has_base=base is not None, has_data=bool(verified)))
    ran = _answered(judgement, head, asked) if not wanted.prefixes else frozenset()
    terms = Terms(laws_of(rules, demand.settings["waivers"]["forbidden"]), still or today, demand.settings, ran)
    if before and demand.policy and not wanted.prefixes:
        gone = [change.base for change in changed if change.removed]
        more = hidden(gone, before.shelf.snapshot.files(), snapshot, wanted)
        demand = demand._replace(policy=demand.policy._replace(weakenings=(*demand.policy.weakenings, *more)))
    settled, judgement = _settled(judgement, head, before, terms, demand)
    found = settled.findings
    shown = _introduced(found, before, changed, demand.plan, past) if before and demand.settings["new_only"] else found
    every = (*shown, *(w.finding for w in settled.waived), *settled.ratcheted)
    notes = (*snapshot.notes, *settled.notes, *_told(verified, demand.settings, data))
    report = Report(
        findings=shown,
        abstentions=tuple(sorted(judgement.abstentions)),
        waived=settled.waived,
        ratcheted=settled.ratcheted,
        waivers=settled.waivers,
        completeness=_completeness(head, judgement, notes, len(found) - len(shown), verified),
        policy={
            "profile": demand.settings["profile"],
            "fail_on": demand.settings["fail_on"],
            "digest": settings_digest(demand.settings),
        },
        projects=tuple(_summary(p, rules) for p in head.assembled.projects),
        laws=laws_behind(every, demand.plan.rules),
        answered=answered(judgement.ran, demand.plan.rules),
    )
    if background:
        report = _with_background(report, head, rules, demand.plan, judgement, today)
    return Analysis(report, head)


def _with_background(
    report: Report, head: Looked, rules: tuple[Rule, ...], plan: Plan, judgement: Judgement, today: str
) -> Report:
    from mlgov import portrayal

    seen = portrayal.Seen(head.assembled.projects, rules, plan, judgement, head.shelf, today)
    return report._replace(background=portrayal.background(report, seen))


def _settled(
    judgement: Judgement, head: Looked, before: Looked | None, terms: Terms, demand: Demand
) -> tuple[Settled, Judgement]:
    """Findings after waivers and ratchet, with what the rules of policy say about these; they judge last."""
    base = before.shelf if before else None
    sides = _side(head, demand.settings), _side(before, demand.before, head) if before and demand.before else None
    settled = settle(findings_of(judgement.verdicts, head.shelf, base), *sides, terms, demand.policy)
    policed = judge(demand.plan, (), {}, policy=settled.policy)
    told = findings_of(policed.verdicts, head.shelf, base)
    said = judgement.abstentions + policed.abstentions
    whole = judgement._replace(abstentions=said, ran=judgement.ran & policed.ran)
    return settled._replace(findings=in_order((*settled.findings, *told))), whole


def _answered(judgement: Judgement, head: Looked, asked: Iterable[Rule]) -> frozenset[str]:
    """The rules whose silence says that there is nothing: of a tree that was read whole."""
    if any(readable(head.inventory.defects)):
        return frozenset()
    return judgement.ran & {r.code for r in asked} | HYGIENE.keys()


def _is_asked(rule: Rule, *, has_base: bool, has_data: bool) -> bool:
    """True if a run could hear the rule: those on changes need a base, those on measurements need measured data."""
    return (has_base or rule.scope != "change") and (has_data or not issubclass(rule.judges, Measured))


def _side(looked: Looked, settings: Settings, other: Looked | None = None) -> Side:
    """What one tree may state about accepted findings. other: the tree to read from where both have the same."""
    files = looked.shelf.snapshot.files()
    twins = other.shelf.snapshot.files() if other else {}

    def read(path: str) -> bytes:
        is_same = other is not None and twins.get(path) == files[path]
        return (other if is_same and other else looked).shelf.open(path).raw

    artifacts = tuple(e.path for e in looked.inventory.entries if e.state != "unclaimed" and e.path in files)
    return Side(files, artifacts, read, settings)


def _verified(head: Looked, settings: Settings, wanted: Scope, data: DataPlace) -> "dict[str, Verified]":
    """What was measured in the data of each project, by its id; empty where nobody asked."""
    if not settings["data"]["verify"]:
        return {}
    from mlgov import verification

    verification.require(data.spark)
    limits = verification.limits_from(settings["data"], data.spark)
    verification.require_known(data.connections, head.assembled.projects)
    found = {}
    for project in head.assembled.projects if data.root else ():
        folder = verification.DataFolder(data.root, wanted.excludes, data.connections)
        found[project.id] = verification.measure(project, folder, limits)
        project.measured = found[project.id].measurements
    return found


def _told(verified: "Mapping[str, Verified]", settings: Settings, data: DataPlace) -> Iterable[str]:
    """What a person should know about data that were not measured."""
    if settings["data"]["verify"] and not data.root:
        return ["data were not verified: that needs the files on disk, so it goes with the work tree only"]
    return dict.fromkeys(note for one in verified.values() for note in one.notes)


def _defects(side: Looked, verified: "Mapping[str, Verified]" = MappingProxyType({})) -> dict[str, list[Defect]]:
    """What reading found, by project, and what could not be measured."""
    found = side.assembled.defects | {"": [*side.assembled.defects.get("", ()), *side.inventory.defects]}
    return found | {name: [*found.get(name, ()), *one.defects] for name, one in verified.items()}


def _introduced(
    found: tuple[Finding, ...], before: Looked, changed: Iterable[Change], plan: Plan, past: Past | None
) -> tuple[Finding, ...]:
    """The findings that the base does not have, those with a place in a file that the change touched, and all of
    projects that it added."""
    judgement = judge(plan, before.assembled.projects, _defects(before))
    old = {fingerprint(v) for v in judgement.verdicts}
    touched = past.touched() if past else frozenset()
    added = {change.id for change in changed if change.added}
    return tuple(
        f for f in found if f.fingerprint not in old or f.project in added or any(p.file in touched for p in f.places)
    )


def settings_digest(settings: Settings) -> str:
    """What tells two policies apart, wherever they come from."""
    values = [f"{key}={value!r}" for key, value in sorted(settings.values.items())]
    return digest([*values, *(rule.doc for rule in settings.own)])


def _refuse_empty(inventory: Inventory, settings: Settings) -> None:
    """A run that collected nothing must not look like a run that found nothing."""
    if (
        not settings["allow_empty"]
        and not inventory.defects
        and not any(e.role not in ("shared", "note") for e in inventory.evidence)
    ):
        raise SnapshotError(
            f"none of the {len(inventory.entries)} files is of a format that mlgov reads; "
            "mlgov inventory tells why, mlgov init writes a first manifest, --allow-empty accepts it"
        )


def _completeness(
    head: Looked, judgement: Judgement, notes: tuple[str, ...], unreported: int, verified: "Mapping[str, Verified]"
) -> Completeness:
    inventory = head.inventory
    unread = set(readable(inventory.defects))
    read = {e.path for e in inventory.entries if e.state == "claimed"} - unread
    return Completeness(
        files_seen=len(inventory.entries),
        files_planned=len(read | unread) + sum(one.planned for one in verified.values()),
        files_read=len(read) + sum(one.measured for one in verified.values()),
        rules_planned=len(judgement.planned),
        rules_run=len(judgement.ran),
        projects=len(head.assembled.projects),
        notes=notes,
        unreported=unreported,
    )


def _summary(project: Project, rules: tuple[Rule, ...]) -> Summary:
    sections = tuple(s for s in SECTIONS if project.has_section(s))
    return Summary(project.id, project.stage, project.has_manifest, sections, tuple(_next_steps(project, rules)))


def _next_steps(project: Project, rules: tuple[Rule, ...]) -> list[str]:
    """What the next stage will ask for: the laws of the lead rules that do not speak yet."""
    if not project.has_manifest or project.stage not in STAGES:
        return []
    later = STAGES[STAGES.index(project.stage) + 1 :][:1]
    return [title(r.doc) for r in rules if r.lead and r.stage in later and inapplicable(r, project)]
