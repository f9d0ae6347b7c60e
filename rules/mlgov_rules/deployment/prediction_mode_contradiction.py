"""The way predictions are made must fit what is promised about them.

## Why
A nightly batch cannot answer in 100 ms, and predictions that are made once a day cannot be an hour old at most. An
online service whose objectives say nothing about latency, or a model in the cloud where the product needs the device,
tells that two people planned two products. Precomputed predictions are looked up, so they may well promise milliseconds.

Mode and target are taken from mlgov's own format: a native file may serve one part of a product only.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: ms}]
serving: {mode: batch, slos: [{id: fast, metric: latency_p95, max: 100}]}
~~~

### an answer is awaited
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {constraints: {realtime: true}}
serving: {mode: batch}
~~~

### older than allowed before the next run
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
serving: {mode: precomputed, freshness: 6h, batch: {interval: 1d}}
~~~

### online, with objectives about everything but latency
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: error_rate, unit: fraction}]
serving: {mode: online, slos: [{id: errors, metric: error_rate, max: 1%}]}
~~~

### the product needs the device
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: keyboard}
problem: {constraints: {platform: on_device}}
serving: {target: cloud}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {constraints: {platform: cloud, realtime: true}}
metrics: [{id: latency_p95, unit: s}]
serving: {target: cloud, mode: precomputed, freshness: 26h, batch: {interval: 1d}, slos: [{id: fast, metric: latency_p95, max: 50ms}]}
~~~

### a batch may promise how long a run takes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: run_time, unit: s}]
serving: {mode: batch, slos: [{id: done, metric: run_time, max: 4h}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
serving: {mode: online}
~~~

## Remedy
change `serving.mode` or `target`, or change what is promised: latency, freshness, platform

## References
S4-50, S4-10, S4-07, S2-17; Rules of ML #8
"""

from mlgov.rulekit import Findings, Project, Serving, abstain, limit_of, rule
from mlgov_rules.deployment._latency import LATENCY, is_latency, is_time

# seconds; who waits for an answer waits no longer
PATIENCE = 10.0
DEVICE = ("on_device", "browser", "edge")


@rule("DEP204", severity="WEE", sources=["S4-50", "S4-10", "S4-07", "S2-17"])
def prediction_mode_contradiction(serving: Serving, project: Project) -> Findings:
    yield from _platform(serving, project)
    yield from _freshness(serving)
    if not project.book.is_own(("serving", "mode")):
        return
    if serving.mode == "batch":
        yield from _batch(serving, project)
    elif serving.mode == "online":
        yield from _online(serving, project)


def _batch(serving: Serving, project: Project) -> Findings:
    constraints = project.problem.constraints
    for slo in serving.slos:
        high = limit_of(slo, project.unit(slo.metric)).high
        if slo.max is not None and high is not None and high < PATIENCE and is_latency(slo, project):
            message = f"mode batch, but the objective {slo.metric} promises an answer within {slo.literal('max')}"
            yield serving.at("mode"), message, [slo.at("max")]
    if constraints and constraints.realtime:
        yield serving.at("mode"), "mode batch, but an answer is awaited (realtime: true)", [constraints.at("realtime")]


def _online(serving: Serving, project: Project) -> Findings:
    bounded = [m for m in project.metrics if LATENCY.search(m.id or "") and (m.acceptable or m.target)]
    if not serving.slos:
        yield abstain("no service-level objective is declared")
    elif any(slo.metric is None for slo in serving.slos):
        yield abstain("unknown metric of a service-level objective")
    elif not bounded and not any(is_time(slo, project) or is_latency(slo, project) for slo in serving.slos):
        names = ", ".join(str(slo.metric) for slo in serving.slos)
        message = f"mode online, but no objective is about latency (only {names})"
        yield serving.at("mode"), message, [slo.at("metric") for slo in serving.slos]


def _freshness(serving: Serving) -> Findings:
    batch, allowed = serving.batch, serving.freshness
    if serving.mode in ("batch", "precomputed") and batch and batch.interval and allowed and allowed < batch.interval:
        message = f"a prediction may be {allowed} old, but the next run comes after {batch.interval}"
        yield serving.at("freshness"), message, [batch.at("interval")]


def _platform(serving: Serving, project: Project) -> Findings:
    constraints = project.problem.constraints
    platform = constraints.platform if constraints else None
    wrong = {"cloud": DEVICE, "on_device": ("cloud",)}.get(platform or "", ())
    if constraints and serving.target in wrong and project.book.is_own(("serving", "target")):
        message = f"serving target is {serving.target}, the required platform is {platform}"
        yield serving.at("target"), message, [constraints.at("platform")]
