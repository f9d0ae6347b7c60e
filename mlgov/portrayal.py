"""Portrays the projects of a run for outputs that draw: stages, graph, claims of each metric, owners of files."""

from collections.abc import Mapping
from typing import NamedTuple

from mlgov.background import STAGES, Background, Claim, Cover, Gap, Node, Portrait
from mlgov.engine import Judgement, Plan
from mlgov.finding import Origin, Place
from mlgov.inventory import Shelf
from mlgov.lifecycle.metrics import Metric
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.record import Record
from mlgov.lifecycle.reference import references_to
from mlgov.lifecycle.trace import Trace, trace
from mlgov.places import resolved
from mlgov.policy.owners import owners_of
from mlgov.report import Report
from mlgov.rule import Rule
from mlgov.standing import ABSTAINED, APPLIED, Standing, standings

_SAID = ("value", "threshold", "min", "max", "margin", "baseline_rate")  # what a place says about a metric, first come


class Seen(NamedTuple):
    """What a run knows when it ends."""

    projects: tuple[Project, ...]
    rules: tuple[Rule, ...]
    plan: Plan
    judgement: Judgement
    shelf: Shelf
    today: str


def background(report: Report, seen: Seen) -> Background:
    """What stands around the findings of a report."""
    every = [*report.findings, *(w.finding for w in report.waived), *report.ratcheted]
    files = dict.fromkeys(p.file for f in every for p in f.places[:1])
    owners = owners_of(seen.shelf.snapshot.files(), lambda path: seen.shelf.open(path).raw)
    portraits = tuple(_portrait(project, seen) for project in seen.projects)
    owned = tuple((file, names) for file in files if (names := owners.of(file)))
    return Background(portraits, owned, seen.today)


def _portrait(project: Project, seen: Seen) -> Portrait:
    graph = trace(project)
    claims = _claims(project, graph)
    origins = [*(n.origin for n in graph.nodes), *(g.origin for g in graph.gaps)]
    places = resolved([*origins, *(at for some in claims.values() for at in some)], seen.shelf)
    nodes = tuple(
        Node(n.key, n.kind, n.label, places[n.origin], _told(claims.get(n.key, {}), places)) for n in graph.nodes
    )
    gaps = tuple(
        Gap(g.code, g.stage, project.reached(g.stage), g.subject, g.missing, g.words, places[g.origin])
        for g in graph.gaps
    )
    stands = list(standings(project, seen.rules, seen.plan, seen.judgement))
    families = {rule.code: rule.family for rule in seen.rules}
    covers = tuple(
        _cover(stage, project, [s for s in stands if families[s.code] in STAGES[stage][0]]) for stage in STAGES
    )
    threads = tuple(tuple(n.key for some in t.cells.values() for n in some) for t in graph.threads)
    return Portrait(project.id, project.stage, nodes, graph.edges, threads, gaps, covers)


def _cover(stage: str, project: Project, stands: list[Standing]) -> Cover:
    sections = STAGES[stage][1]
    applied = [s for s in stands if s.state == APPLIED]
    spoke, abstained = sum(s.findings > 0 for s in applied), sum(s.state == ABSTAINED for s in stands)
    silent = len(stands) - len(applied) - abstained
    stated = tuple(s for s in sections if project.has_section(s))
    return Cover(stage, sections, stated, len(applied) - spoke, spoke, abstained, silent)


def _claims(project: Project, graph: Trace) -> dict[str, dict[Origin, tuple[str, str]]]:
    """By key of the node of a metric: every place that speaks about it, with what says it and what stands there."""
    found: dict[str, dict[Origin, tuple[str, str]]] = {}
    for metric in project.metrics:
        found[metric.subject] = {metric.at("id"): ("its definition", str(metric.id))}
    for reference in references_to("metrics", project):
        metric = project.metric(reference.wanted)
        if metric is not None:
            origin, text = _said(reference.record, reference.origin, reference.wanted)
            found[metric.subject].setdefault(origin, (reference.record.subject, text))
    for thread in graph.threads:
        about = next((found[n.key] for n in thread.cells["metric"] if n.key in found), None)
        for node in (n for kind in thread.cells for n in thread.cells[kind] if about is not None):
            if (
                about is None
                or node.kind in ("metric", "owner")
                or any(of.startswith(node.key) for of, _ in about.values())
            ):
                continue  # an owner speaks about no metric; what states more than the node itself is there already
            about.setdefault(node.origin, (node.key, node.label))
    return found


def _said(record: Record, at: Origin, wanted: str) -> tuple[Origin, str]:
    """The number that a record gives for a metric, else the place that names it."""
    for key in _SAID if not isinstance(record, Metric) else ():  # a proxy: its own numbers are its own
        if text := record.literal(key):
            return record.at(key), f"{key} {text}" if key != "value" else text
    return at, wanted


def _told(claims: Mapping[Origin, tuple[str, str]], places: Mapping[Origin, Place]) -> tuple[Claim, ...]:
    """The claims in order of place; one for each place."""
    by_place = {places[origin]: Claim(*words, places[origin]) for origin, words in claims.items()}
    return tuple(by_place[place] for place in sorted(by_place))
