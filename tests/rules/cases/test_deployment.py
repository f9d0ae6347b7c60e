"""Rules of serving and rollout: other units, the other side removed, native rollouts, and what only looks wrong."""

import pytest

from mlgov.catalogue import installed_formats, installed_rules
from mlgov.engine import Plan, judge
from mlgov.finding import Severity
from mlgov.inventory import take
from mlgov.lifecycle.assembly import assemble
from mlgov.snapshot import MemoryTree
from mlgov.testkit import judged

RULES = {rule.code: rule for rule in installed_rules()}
HEAD = "apiVersion: mlgov/v1\nproject: {id: churn, stage: pre_launch%s}\n"


def messages(code: str, manifest: str | None, more: dict[str, str] | None = None, identity: str = "") -> list[str]:
    """What one rule reports about a manifest (None = there is none) and other files; nothing else may be wrong."""
    files = ({} if manifest is None else {"mlgov.yaml": HEAD % identity + manifest}) | (more or {})
    verdicts = judged(RULES[code], files).verdicts
    assert {v.code for v in verdicts} <= {code}, [v.message for v in verdicts]
    return [v.message for v in verdicts]


def without(manifest: str, section: str) -> str:
    """The manifest without one of its sections, each of which is one line."""
    return "".join(line + "\n" for line in manifest.splitlines() if not line.startswith(section + ":"))


def rollout(steps: str, name: str = "churn", spec: str = "") -> str:
    """An Argo Rollout with these steps."""
    return (
        f"apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {{name: {name}}}\n"
        f"spec: {{{spec}strategy: {{canary: {{steps: [{steps}]}}}}}}\n"
    )


def template(metrics: str, name: str = "quality") -> str:
    """An Argo AnalysisTemplate with these metrics."""
    return (
        f"apiVersion: argoproj.io/v1alpha1\nkind: AnalysisTemplate\nmetadata: {{name: {name}}}\n"
        f"spec: {{metrics: [{metrics}]}}\n"
    )


TIMED = "{setWeight: 10}, {pause: {duration: 10m}}, {setWeight: 50}, {pause: {duration: 10m}}"
ANALYSED = "{setWeight: 10}, {analysis: {templates: [{templateName: quality}]}}"
MIRRORED = (
    "{setMirrorRoute: {name: s, percentage: 100}}, {analysis: {templates: [{templateName: quality}]}},"
    " {setMirrorRoute: {name: s}}, {setWeight: 50}, {pause: {}}"
)
FIRES = {
    "DEP202": "metrics: [{id: error_rate}]\nrollout: {stages: [{id: c, kind: canary, gates: [{metric: budget, max: 1%}]}]}",
    "DEP203": (
        "metrics: [{id: error_rate, unit: percent}]\nrollout: {rollback: {triggers: [{metric: error_rate, max: 2}]}}\n"
        "monitoring: {alerts: [{name: A, metric: error_rate, op: gt, threshold: 5%}]}"
    ),
    "DEP204": "problem: {constraints: {realtime: true}}\nserving: {mode: batch}",
    "DEP207": "problem: {scale: {peak_rate: 100}}\nserving: {mode: online, replicas: 3, throughput: 20}",
    "DEP208": (
        "metrics: [{id: latency_p95, unit: ms}]\nserving: {slos: [{id: s, metric: latency_p95, max: 0.2s}]}\n"
        "rollout: {stages: [{id: c, kind: canary, gates: [{metric: latency_p95, max: 500}]}]}"
    ),
    "DEP209": "training: {lineage: {registered_version: '1.3.0'}}\nserving: {model_version: 1.4.0}",
    "DEP301": (
        "problem: {scale: {daily_units: 168000}}\nmetrics: [{id: error_rate, unit: percent}]\n"
        "baselines: [{id: b, results: [{metric: error_rate, value: 1, split: online}]}]\n"
        "rollout: {stages: [{id: c, traffic: 0.01, duration: 120m}, {id: f, kind: full}], rollback: {triggers: [{metric: error_rate, max: 2%}]}}"
    ),
}


@pytest.mark.parametrize("code", FIRES)
def test_fires(code: str) -> None:
    assert len(messages(code, FIRES[code])) == 1


@pytest.mark.parametrize(
    ("code", "section"),
    [(code, line.partition(":")[0]) for code, text in FIRES.items() for line in text.splitlines()],
)
def test_is_silent_where_one_side_is_missing(code: str, section: str) -> None:
    assert messages(code, without(FIRES[code], section)) == []


QUIET: dict[str, tuple[str, str | None, dict[str, str]]] = {
    "without a manifest nothing has to be there": ("DEP002", None, {"k8s/r.yaml": rollout(TIMED)}),
    "nor a way back": ("DEP003", None, {"k8s/r.yaml": rollout(TIMED)}),
    "an excuse for the gates": (
        "DEP002",
        "rollout: {stages: [{id: c, kind: canary, traffic: 5%, duration: 1d, gates: {not_applicable: {reason: an internal tool}}}, {id: f, kind: full}]}",
        {},
    ),
    "two rollouts of two files do not mix": (
        "DEP101",
        None,
        {"k8s/a.yaml": rollout(TIMED), "k8s/b.yaml": rollout("{setWeight: 5}, {pause: {}}")},
    ),
    "nor two of one file": (
        "DEP101",
        None,
        {"k8s/a.yaml": rollout(TIMED) + "---\n" + rollout("{setWeight: 5}, {pause: {}}", "other")},
    ),
    "a route is one state": (
        "DEP101",
        None,
        {
            "k8s/route.yaml": "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: churn}\n"
            "spec: {http: [{name: a, route: [{destination: {host: old}, weight: 90}, {destination: {host: canary}, weight: 10}]},"
            " {name: b, route: [{destination: {host: old}, weight: 95}, {destination: {host: canary}, weight: 5}]}]}\n"
        },
    ),
    "so is the canary of an inference service": (
        "DEP214",
        None,
        {
            "k8s/isvc.yaml": "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: {name: churn}\n"
            "spec: {predictor: {canaryTrafficPercent: 10, model: {modelFormat: {name: sklearn}, storageUri: 's3://m/churn/1.4.0'}}}\n"
        },
    ),
    "staging may shift as it likes": ("DEP214", None, {"k8s/overlays/staging/r.yaml": rollout(TIMED)}),
    "a shadow in one rollout, a canary in another": (
        "DEP201",
        "problem: {statement: calls}",
        {"k8s/r.yaml": rollout(TIMED), "k8s/s.yaml": rollout(MIRRORED, "shadowed")},
    ),
    "a gate of a native file brings its own query": (
        "DEP202",
        "metrics: [{id: error_rate}]",
        {
            "k8s/t.yaml": template(
                "{name: p99, successCondition: 'result[0] < 0.2', provider: {prometheus: {query: up}}}"
            )
        },
    ),
    "an alert on a series that nobody named": (
        "DEP203",
        (
            "metrics: [{id: error_rate, unit: fraction}]\nrollout: {rollback: {triggers: [{metric: error_rate, max: 2%}]}}\n"
            "monitoring: {alerts: [{name: A, expr: errors > 0.05, series: [errors], op: gt, threshold: 0.05}]}"
        ),
        {},
    ),
    "a served version of another kind": (
        "DEP209",
        "training: {lineage: {registered_version: '7'}}\nserving: {model_version: 1.4.0}",
        {},
    ),
    "two services of one repository": (
        "DEP209",
        "training: {lineage: {registered_version: '1.3.0'}}",
        {
            f"k8s/{name}.yaml": "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\n"
            f"metadata: {{name: {name}}}\nspec: {{predictor: {{model: {{modelFormat: {{name: sklearn}}, storageUri: 's3://m/{name}/{version}'}}}}}}\n"
            for name, version in (("churn", "1.3.0"), ("fraud", "2.0.0"))
        },
    ),
    "an image that was never filled in": (
        "DEP209",
        None,
        {
            "k8s/r.yaml": rollout(
                TIMED, spec="template: {spec: {containers: [{name: model, image: 'ghcr.io/OWNER/REPO:latest'}]}}, "
            )
        },
    ),
    "a registry with a port": ("DEP209", "serving: {image: 'registry.example.org:5000/churn'}", {}),
    "more steps than planned": (
        "DEP211",
        "rollout: {stages: [{id: c, kind: canary, traffic: 10%}, {id: f, kind: full}]}",
        {"k8s/r.yaml": rollout(TIMED)},
    ),
    "two rollouts: which of them is meant?": (
        "DEP211",
        "rollout: {stages: [{id: c, kind: canary, traffic: 1%}, {id: f, kind: full}]}",
        {"k8s/a.yaml": rollout(TIMED), "k8s/b.yaml": rollout(TIMED, "other")},
    ),
    "a person ends the stage": (
        "DEP211",
        "rollout: {stages: [{id: c, kind: canary, traffic: 10%, duration: 2d}, {id: f, kind: full}]}",
        {"k8s/r.yaml": rollout("{setWeight: 10}, {pause: {duration: 1h}}, {pause: {}}")},
    ),
    "templates stand in another file": (
        "DEP212",
        None,
        {"k8s/r.yaml": rollout(ANALYSED), "k8s/t.yaml": template("{name: p99, successCondition: 'result[0] < 0.2'}")},
    ),
    "the metrics of Flagger are built in": (
        "DEP212",
        None,
        {
            "k8s/c.yaml": "apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: {name: churn}\n"
            "spec: {analysis: {interval: 1m, maxWeight: 50, stepWeight: 10, metrics: [{name: request-success-rate, thresholdRange: {min: 99}}]}}\n",
            "k8s/t.yaml": template("{name: p99, successCondition: 'result[0] < 0.2'}"),
        },
    ),
    "a query that converts": (
        "DEP215",
        "rollout: {templates: [{name: t, gates: [{metric: latency_ms, max: 500, query: max(churn_latency_seconds) * 1000}]}]}",
        {},
    ),
    "a share of requests": (
        "DEP215",
        "rollout: {templates: [{name: t, gates: [{metric: success_percent, min: 99, query: 'sum(rate(x_seconds_count{c=\"2\"}[5m])) / sum(rate(x_seconds_count[5m]))'}]}]}",
        {},
    ),
    "a unit in the text": (
        "DEP215",
        "rollout: {templates: [{name: t, gates: [{metric: latency_ms, max: 0.5s, query: max(churn_latency_seconds)}]}]}",
        {},
    ),
    "a trigger for crashes": ("DEP301", FIRES["DEP301"].replace("error_rate", "crash_rate"), {}),
    "a person decides how long": ("DEP301", FIRES["DEP301"].replace("duration: 120m", "pause: manual"), {}),
    "about so many requests": ("DEP301", FIRES["DEP301"].replace("daily_units: 168000", "daily_units: ~950000"), {}),
    "a latency is no rate": (
        "DEP301",
        FIRES["DEP301"].replace("unit: percent", "unit: ms").replace("max: 2%", "max: 2"),
        {},
    ),
}


@pytest.mark.parametrize("name", QUIET)
def test_stays_quiet(name: str) -> None:
    code, manifest, more = QUIET[name]
    identity = ", risk_tier: high" if code == "DEP201" else ""
    assert messages(code, manifest, more, identity) == []


@pytest.mark.parametrize("bound", ["0.02", "2%"])
@pytest.mark.parametrize(
    ("alert", "fires"), [("0.05", True), ("5%", True), ("0.02", False), ("2%", False), ("1%", False)]
)
def test_alert_and_trigger_are_judged_in_any_unit(bound: str, alert: str, fires: bool) -> None:
    found = messages(
        "DEP203",
        f"metrics: [{{id: error_rate, unit: fraction}}]\nrollout: {{rollback: {{triggers: [{{metric: error_rate, max: {bound}}}]}}}}\n"
        f"monitoring: {{alerts: [{{name: A, metric: error_rate, op: gt, threshold: {alert}}}]}}",
    )
    assert bool(found) is fires


@pytest.mark.parametrize("gate", ["max: 500", "max: 500ms", "max: 0.5s", "max: 0.5, unit: s"])
@pytest.mark.parametrize("objective", ["200", "200ms", "0.2s"])
def test_gate_and_objective_are_judged_in_any_unit(gate: str, objective: str) -> None:
    found = messages(
        "DEP208",
        f"metrics: [{{id: latency_p95, unit: ms}}]\nserving: {{slos: [{{id: s, metric: latency_p95, max: {objective}}}]}}\n"
        f"rollout: {{stages: [{{id: c, kind: canary, gates: [{{metric: latency_p95, {gate}}}]}}]}}",
    )
    assert len(found) == 1


def test_a_native_gate_without_a_unit_is_unknown() -> None:
    manifest = "metrics: [{id: p95_latency, unit: ms, acceptable: {max: 200}}]\nproblem: {statement: calls}"
    gate = "{name: p95-latency, successCondition: 'result[0] < 0.5', provider: {prometheus: {query: latency}}}"
    assert messages("DEP208", manifest, {"k8s/t.yaml": template(gate)}) == []


def test_a_native_rollout_may_fall() -> None:
    (found,) = messages("DEP101", None, {"k8s/r.yaml": rollout("{setWeight: 50}, {pause: {}}, {setWeight: 20}")})
    assert "20% after 50%" in found


def test_a_template_that_compares_with_nothing_stops_nothing() -> None:
    files = {
        "k8s/r.yaml": rollout(ANALYSED),
        "k8s/t.yaml": template("{name: errors, provider: {prometheus: {query: up}}}"),
    }
    assert len(messages("DEP214", None, files)) == 1


def test_no_gate_anywhere_is_told_once() -> None:
    manifest = (
        HEAD % ", risk_tier: high"
        + "rollout: {stages: [{id: c, kind: canary, traffic: 5%, duration: 1d}, {id: f, kind: full}]}"
    )
    tree = MemoryTree({"mlgov.yaml": manifest})
    inventory, shelf = take(tree, installed_formats(), lambda path: True)
    assembled = assemble(inventory.evidence, tree, shelf.look_up, "2026-11-20")
    chosen = tuple(RULES[code] for code in ("DEP002", "DEP201", "DEP214"))
    verdicts = judge(Plan(chosen, "standard", lambda code, usual: Severity.ERROR), assembled.projects, {}).verdicts
    assert [v.code for v in verdicts] == ["DEP214"]


def test_the_a_b_test_takes_minutes_instead_of_weeks() -> None:
    manifest = "rollout: {stages: [{id: ab, kind: ab_test, traffic: 50%, duration: 14d}, {id: f, kind: full}]}"
    canary = (
        "apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: {name: churn}\n"
        "spec: {analysis: {interval: 1m, iterations: 10, match: [{headers: {x: {exact: y}}}]}}\n"
    )
    (found,) = messages("DEP211", manifest, {"k8s/canary.yaml": canary})
    assert found == "the A/B test churn-ab-test lasts 10m in the manifest, 14d in the plan"
