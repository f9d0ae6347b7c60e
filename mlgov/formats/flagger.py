"""Flagger: canaries, A/B tests, blue-green and mirrored rollouts, and the metric templates they refer to.

Its times are counted in checks: a canary takes interval x number of steps, an A/B test interval x iterations.
"""

from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.formats._draft import Draft, identifier
from mlgov.formats._environment import environment_of
from mlgov.formats._flagger_plan import Plan
from mlgov.formats._kubernetes import Resource, claim_of, resources
from mlgov.formats._quantities import count_of, text_of
from mlgov.formats._query import query_of
from mlgov.lifecycle.fact import Fact

NAME = "flagger"
PATHS = ("*.yaml", "*.yml", "*.json")
MARKERS = (b"flagger.app/",)
ROLE = "part"
_GROUP = "flagger.app"


def recognise(artifact: Artifact) -> Claim | None:
    """Any document of one of the kinds; other `Canary` kinds exist, so the group decides."""
    return claim_of(artifact, _GROUP, ("Canary", "MetricTemplate", "AlertProvider"))


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """Stages of canaries, and metric templates."""
    for resource in resources(artifact):
        environment = environment_of(artifact.path, resource.namespace)
        if resource.is_a(_GROUP, "Canary"):
            yield from _canary(artifact, resource, environment)
        elif resource.is_a(_GROUP, "MetricTemplate"):
            yield _template(resource).fact("rollout.templates[]", environment)


def _template(resource: Resource) -> Draft:
    template = Draft(resource.at(), scope="namespace")
    template.put("name", text_of(resource.name), resource.at("metadata", "name"))
    gate = Draft(resource.at("spec"), metric=text_of(resource.name))
    gate.put("query", query_of(resource.get("spec", "query")), resource.at("spec", "query"))
    template.add("gates", gate)
    return template


def _canary(artifact: Artifact, canary: Resource, environment: str) -> Iterator[Fact | Flaw]:
    yield Fact("rollout.tool", NAME, canary.at("kind"), environment=environment)
    yield from _endpoint(canary, environment)
    name = identifier(canary.name, "canary")
    if canary.get("spec", "skipAnalysis") is True:
        where = canary.at("spec", "skipAnalysis")
        yield Draft(where, id=f"{name}-full", kind="full", traffic="100%").fact("rollout.stages[]", environment)
        yield Fact("rollout.rollback.automatic", False, where, environment=environment)
        return
    field = "analysis" if isinstance(canary.get("spec", "analysis"), dict) else "canaryAnalysis"
    plan = Plan(artifact, canary.mapping("spec", field), canary.at("spec", field), name)
    stages = list(plan.stages())
    yield from plan.flaws
    yield from (stage.fact("rollout.stages[]", environment) for stage in stages)
    if stages and stages[-1].values.get("traffic") != "100%":  # Flagger promotes by itself
        full = Draft(plan.where, id=f"{name}-full", kind="full", traffic="100%")
        yield full.fact("rollout.stages[]", environment, "derived")
    if stages and stages[-1].values["kind"] == "ab_test":
        yield plan.experiment(stages[-1]).fact("experiments[]", environment)
    if stages and stages[-1].values.get("gates"):
        yield Fact("rollout.rollback.automatic", True, plan.where.at("metrics"), environment=environment)


def _endpoint(canary: Resource, environment: str) -> Iterator[Fact]:
    target, where = canary.get("spec", "targetRef", "name"), canary.at("spec", "targetRef")
    if (text := text_of(target)) is not None:
        endpoint = Draft(where, id=identifier(text), service=text)
        endpoint.put("port", count_of(canary.get("spec", "service", "port")), canary.at("spec", "service", "port"))
        yield endpoint.fact("serving.endpoints[]", environment)
