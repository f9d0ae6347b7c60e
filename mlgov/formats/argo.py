"""Argo Rollouts: canary and blue-green strategies, the templates of their analysis, and experiments.

Steps become one stage with steps inside; a mirror route opens a shadow stage. Full traffic at the end is implied
by Argo and therefore derived here. Workflows and CD share the API group, so the kind decides.
"""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._argo_steps import Walk, blue_green, gate
from mlgov.formats._condition import together
from mlgov.formats._draft import Draft, identifier, rows
from mlgov.formats._environment import environment_of
from mlgov.formats._kubernetes import Resource, claim_of, resources, value_at
from mlgov.formats._quantities import count_of, text_of, time_of
from mlgov.formats._query import Arguments, filled, query_of
from mlgov.formats._workload import model_container, serving_facts
from mlgov.lifecycle.fact import Fact

NAME = "argo-rollouts"
PATHS = ("*.yaml", "*.yml", "*.json")
MARKERS = (b"argoproj.io/",)
ROLE = "part"
_GROUP = "argoproj.io"
_KINDS = ("Rollout", "AnalysisTemplate", "ClusterAnalysisTemplate", "AnalysisRun", "Experiment")


def recognise(artifact: Artifact) -> Claim | None:
    """Any document of one of the kinds."""
    return claim_of(artifact, _GROUP, _KINDS)


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """Stages, templates, experiments, and what the pod template says about serving."""
    for resource in resources(artifact):
        environment = environment_of(artifact.path, resource.namespace)
        if resource.is_a(_GROUP, "Rollout"):
            yield from _rollout(artifact, resource, environment)
        elif resource.is_a(_GROUP, "AnalysisTemplate", "ClusterAnalysisTemplate"):
            yield _template(resource).fact("rollout.templates[]", environment)
        elif resource.is_a(_GROUP, "Experiment"):
            yield from _experiment(resource, environment)


def _rollout(artifact: Artifact, rollout: Resource, environment: str) -> Iterator[Fact | Flaw]:
    yield from _strategy(artifact, rollout, environment)
    revisions = rollout.get("spec", "rollbackWindow", "revisions")
    if (count := count_of(revisions)) is not None:
        where = rollout.at("spec", "rollbackWindow")
        words = f"rollbackWindow of {count} revisions"
        yield Fact("rollout.rollback.procedure", words, where, environment=environment)
    container = model_container(rollout, "spec", "template", "spec")
    if container is not None:
        yield from serving_facts(rollout, container, environment)


def _strategy(artifact: Artifact, rollout: Resource, environment: str) -> Iterator[Fact | Flaw]:
    stages: list[Draft] = []
    if isinstance(rollout.get("spec", "strategy", "canary"), dict):
        walk = Walk(artifact, rollout)
        walk.run()
        yield from walk.flaws
        stages = walk.stages
        if walk.live is not None and walk.live < 100:
            yield from (stage.fact("rollout.stages[]", environment) for stage in stages)
            name = f"{identifier(rollout.name, 'rollout')}-full"
            full = Draft(walk.where, id=name, kind="full", traffic="100%")
            yield full.fact("rollout.stages[]", environment, "derived")
            yield from _means(stages, walk.where, environment)
            return
    elif isinstance(rollout.get("spec", "strategy", "blueGreen"), dict):
        stages = [blue_green(rollout)]
    yield from (stage.fact("rollout.stages[]", environment) for stage in stages)
    yield from _means(stages, rollout.at("spec", "strategy"), environment)


def _means(stages: list[Draft], where: Origin, environment: str) -> Iterator[Fact]:
    """Who moves the traffic, and whether an analysis takes it back by itself."""
    yield Fact("rollout.tool", NAME, where, environment=environment)
    for stage in stages:
        for at, row in enumerate(stage.values.get("gates", ())):
            if not row.get("dry_run"):
                origin = stage.parts[f"gates.{at}"]
                yield Fact("rollout.rollback.automatic", True, origin, "derived", environment=environment)
                return


def _template(resource: Resource) -> Draft:
    template = Draft(resource.at())
    template.put("name", text_of(resource.name), resource.at("metadata", "name"))
    template.values["scope"] = "cluster" if resource.kind.startswith("Cluster") else "namespace"
    arguments = _arguments(resource.get("spec", "args"))
    dry = [row.get("metricName") for _, row in rows(resource.get("spec", "dryRun"))]
    for at, metric in rows(resource.get("spec", "metrics")):
        template.add("gates", _metric(metric, resource.at("spec", "metrics", at), arguments, dry))
    for at, row in rows(resource.get("spec", "templates")):
        template.add("gates", gate(row.get("templateName"), resource.at("spec", "templates", at, "templateName")))
    return template


def _arguments(args: Any) -> Arguments:
    """The arguments that have a value of their own."""
    found = ((row.get("name"), text_of(row.get("value"))) for _, row in rows(args))
    return {name: value for name, value in found if isinstance(name, str) and value is not None}


def _metric(metric: dict[str, Any], where: Origin, arguments: Arguments, dry: list[Any]) -> Draft:
    gate_ = Draft(where)
    gate_.put("metric", text_of(metric.get("name")), where.at("name"))
    conditions = [filled(metric.get(field), arguments) for field in ("successCondition", "failureCondition")]
    sides = together(*conditions)
    field = "successCondition" if isinstance(conditions[0], str) else "failureCondition"
    for side, number in sides.items():
        gate_.put(side, number, where.at(field))
    if not sides and (written := conditions[0] or conditions[1]):
        gate_.put("condition", written if isinstance(written, str) else None, where.at(field))
    query = value_at(metric, "provider", "prometheus", "query")
    gate_.put("query", query_of(query, arguments), where.at("provider", "prometheus", "query"))
    gate_.put("interval", time_of(filled(metric.get("interval"), arguments)), where.at("interval"))
    for name, value in (("count", "count"), ("failure_limit", "failureLimit")):
        gate_.put(name, count_of(filled(metric.get(value), arguments)), where.at(value))
    if metric.get("name") in dry or ".*" in dry or "*" in dry:
        gate_.values["dry_run"] = True
    return gate_


def _experiment(resource: Resource, environment: str) -> Iterator[Fact]:
    """An experiment of its own, and the stage in which it runs, because its analyses are gates."""
    name, where = identifier(resource.name, "experiment"), resource.at("spec")
    plan = Draft(where, id=name)
    for at, arm in rows(resource.get("spec", "templates")):
        place = where.at("templates", at)
        plan.add("arms", Draft(place, id=identifier(arm.get("name"), f"arm-{at}")))
    stage = Draft(where, id=name, kind="ab_test", experiment=name)
    for draft in (plan, stage):
        draft.put("duration", time_of(resource.get("spec", "duration")), where.at("duration"))
    dry = [row.get("metricName") for _, row in rows(resource.get("spec", "dryRun"))]
    for at, row_ in rows(resource.get("spec", "analyses")):
        made = gate(row_.get("templateName"), where.at("analyses", at, "templateName"))
        if ".*" in dry or "*" in dry:
            made.put("dry_run", True, where.at("dryRun"))
        stage.add("gates", made)
    yield plan.fact("experiments[]", environment)
    yield stage.fact("rollout.stages[]", environment)
