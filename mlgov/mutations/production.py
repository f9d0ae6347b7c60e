"""Faults of stages 7 and 8: serving, rollout, the way back, and what is watched in production."""

from mlgov.mutations.edits import copy, drop, every, put, scale
from mlgov.mutations.mutation import Mutation

MUTATIONS = (
    Mutation("drop-rollback-owner", "a way back that nobody owns", "DEP003", drop("rollout.rollback.owner")),
    Mutation("drop-fallback", "no fallback", "DEP004", drop("serving.fallback")),
    Mutation("shrink-traffic", "a rollout that never reaches everybody", "DEP101",
             put("rollout.stages[kind=full].traffic", "0.4")),
    Mutation("skip-shadow", "users first, shadow never", "DEP201", drop("rollout.stages[kind=shadow]")),
    Mutation("undefined-guardrail", "a gate on a metric that nobody defines", "DEP202",
             put("rollout.stages[kind=canary].gates[].metric", "frustration_index")),
    Mutation("unheard-trigger", "a rollback trigger that no alert reaches", "DEP203",
             put("rollout.rollback.triggers[].max", "0.001")),
    Mutation("mix-latency-units", "a gate of 200 s where 200 ms are promised", "DEP208",
             put("rollout.stages[kind=canary].gates[metric=latency_p95].max", "200s")),
    Mutation("go-back-to-other-version", "a way back to the version that is rolled out", "DEP209",
             copy("serving.model_version", "rollout.rollback.target_version")),
    Mutation("shrink-canary", "a canary too small to see anything", "DEP301",
             scale("rollout.stages[kind=canary].traffic", "0.0004")),
    Mutation("drop-gates", "no gate anywhere in the rollout", "DEP214", every(drop("rollout.stages[*].gates"), drop("rollout.stages[experiment].experiment"))),
    Mutation("dead-path", "an artifact that is not there", "DEP216", put("project.artifacts", ["docs/nowhere.md"])),
    Mutation("drop-operational-monitor", "watch no throughput", "MON001", drop("monitoring.signals[kind=throughput]")),
    Mutation("drop-drift-monitor", "watch no drift", "MON003", drop("monitoring.signals[kind=data_drift]"), ("INT006", "MON205")),
    Mutation("drop-runbook", "an alert without a runbook", "MON005", drop("monitoring.alerts[runbook].runbook")),
    Mutation("loosen-alert", "an alert that fires long after the bound is broken", "MON201",
             scale("monitoring.alerts[metric=latency_p95].threshold", "5")),
    Mutation("unmonitored-primary", "watch a guardrail metric nowhere", "MON202", drop("monitoring.signals[kind=business,metric=complaint_rate]")),
    Mutation("drift-of-nothing", "watch the drift of something that is no input", "MON203",
             put("monitoring.signals[kind=data_drift].features", ["shoe_size"])),
    Mutation("late-labels", "labels that come after the promised detection", "MON205",
             drop("monitoring.signals[kind=data_drift].proxy_for")),
    Mutation("drift-below-noise", "a drift threshold that chance alone reaches", "MON301",
             put("monitoring.signals[kind=data_drift].threshold", {"warn": "0.001", "critical": "0.15"})),
    Mutation("nervous-alert", "a quality alert on tiny windows", "MON302", put("monitoring.alerts[metric=precision].window_rows", 30)),
)  # fmt: skip
