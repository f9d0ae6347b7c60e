"""Framing rules: single faults in a complete project, who silences whom, other units, and what only looks wrong."""

from pathlib import Path

import pytest

from mlgov.catalogue import installed_formats, installed_rules
from mlgov.engine import Plan, judge
from mlgov.inventory import take
from mlgov.lifecycle.assembly import assemble
from mlgov.snapshot import MemoryTree
from mlgov.testkit import judged

RULES = {rule.code: rule for rule in installed_rules()}
HEAD = "apiVersion: mlgov/v1\nproject: {id: churn, stage: pre_launch}\n"
EXAMPLE = Path(__file__).parents[3] / "examples" / "churn"
COMPLETE = {str(p.relative_to(EXAMPLE)): p.read_text("utf-8") for p in sorted(EXAMPLE.rglob("*")) if p.is_file()}
DATA = "data: {datasets: [{id: d, role: test, class_balance: {stayed: 0.93, churned: 0.07}}]}\n"


def messages(code: str, manifest: str | None, more: dict[str, str] | None = None) -> list[str]:
    """What one rule reports about a manifest (None = there is none); nothing else may be wrong with it."""
    files = ({} if manifest is None else {"mlgov.yaml": HEAD + manifest}) | (more or {})
    verdicts = judged(RULES[code], files).verdicts
    assert {v.code for v in verdicts} <= {code}, [v.message for v in verdicts]
    return [v.message for v in verdicts]


def spoken(manifest: str, *codes: str) -> list[str]:
    """The codes that speak when several rules judge one manifest."""
    tree = MemoryTree({"mlgov.yaml": HEAD + manifest})
    inventory, shelf = take(tree, installed_formats(), lambda _: True)
    projects = assemble(inventory.evidence, tree, shelf.look_up, "2026-11-20").projects
    plan = Plan([RULES[code] for code in codes], "high-risk", lambda _, usual: usual)
    return sorted(v.code for v in judge(plan, projects, {}).verdicts)


PLANTED = {
    "FRM001": ("  ml_objective: estimate the probability that an account cancels within 30 days\n", ""),
    "FRM002": ("output: {type: binary, range: [0, 1],", "output: {range: [0, 1],"),
    "FRM004": ("role: guardrail", "role: secondary"),
    "FRM005": ("unit: s, definition: median time from opening an account to the decision to call", "unit: s"),
    "FRM101": ("{id: error_rate, kind: operational, scope: online, role: secondary, direction: minimize",
               "{id: error_rate, kind: operational, scope: online, role: secondary, direction: maximize"),
    "FRM102": ("target: {min: 0.87}, acceptable: {min: 0.85}", "target: {min: 0.84}, acceptable: {min: 0.85}"),
    "FRM103": ("{id: recall, kind: model_quality, scope: offline, role: secondary",
               "{id: recall, kind: model_quality, scope: offline, role: primary"),
    "FRM104": ("{id: precision, kind: model_quality", "{id: precision, type: rmse, kind: model_quality"),
    "FRM201": ("guardrails: [{metric: complaint_rate,", "guardrails: [{metric: complaints_rate,"),
    "FRM202": ("op: gt, threshold: 0.01, unit: fraction, window: 15m", "op: gt, threshold: 0.01, unit: per_second, window: 15m"),
    "FRM204": ("target: {min: 0.87}, acceptable: {min: 0.85}", "target: {min: 0.5}, acceptable: {min: 0.5}"),
    "FRM206": ("before a capacity is fixed, proxy_for: retention_30d}", "before a capacity is fixed}"),
}  # fmt: skip


@pytest.mark.parametrize("code", PLANTED)
def test_the_complete_project_is_clean_and_one_fault_is_found(code: str) -> None:
    old, new = PLANTED[code]
    text = COMPLETE["mlgov.yaml"]
    assert old in text
    for manifest, count in ((text, 0), (text.replace(old, new), 1)):
        found = judged(RULES[code], {**COMPLETE, "mlgov.yaml": manifest}, "standard").verdicts
        assert len([v for v in found if v.code == code]) == count


QUIET = {
    "a negated score": ("FRM101", "metrics: [{id: neg_log_loss, direction: maximize}]"),
    "a percent of a percent metric": (
        "FRM102",
        "metrics: [{id: accuracy, unit: '%', range: [0, 1], target: {min: 92}}]",
    ),
    "a score of 100": ("FRM102", "metrics: [{id: bleu, target: {min: 34}, acceptable: {min: 30}}]"),
    "an error above one": ("FRM102", "metrics: [{id: mape, unit: percent, target: {max: 120}}]"),
    "a loose floor": ("FRM102", "metrics: [{id: r2, target: {min: -0.5}}]"),
    "one offline, one online": (
        "FRM103",
        "metrics: [{id: roc_auc, role: primary}, {id: ctr, scope: online, role: primary, definition: d}]",
    ),
    "a constraint": (
        "FRM103",
        "metrics: [{id: recall, role: primary}, {id: precision, role: primary}]\nframing: {multi_objective: {rule: constraint}}",
    ),
    "three thirds": (
        "FRM103",
        "framing: {multi_objective: {weights: {a: 33%, b: 33%, c: 33%}}}\nmetrics: [{id: a}, {id: b}, {id: c}]",
    ),
    "two tasks": ("FRM104", "framing: {task: 'tabular-classification, tabular-regression'}\nmetrics: [{id: rmse}]"),
    "a forecast of a sequence": ("FRM104", "framing: {output: {type: sequence}}\nmetrics: [{id: rmse}]"),
    "precision at k of ratings": ("FRM104", "framing: {output: {type: continuous}}\nmetrics: [{id: precision, k: 10}]"),
    "a score beside a class": (
        "FRM104",
        "framing: {task: tabular-classification, output: {type: continuous}}\nmetrics: [{id: roc_auc}]",
    ),
    "a business error": ("FRM104", "framing: {output: {type: binary}}\nmetrics: [{id: wait, type: mae, kind: ux}]"),
    "a spelling of the same metric": (
        "FRM201",
        "metrics: [{id: f1_macro}]\ntraining: {selection: {metric: F1 Macro}}\nmonitoring: {signals: [{id: q, metric: f1}]}",
    ),
    "gates have their own rule": (
        "FRM201",
        "metrics: [{id: recall}]\nrollout: {stages: [{id: c, kind: canary, gates: [{metric: unknown_one, max: 1}]}]}",
    ),
    "a metric whose rank is the name's": (
        "FRM202",
        "metrics: [{id: ndcg_at_10, k: 10}]\nevaluation: {results: [{metric: ndcg@10, value: 0.4}]}",
    ),
    "another class under another name": (
        "FRM202",
        (
            "framing: {output: {type: binary, positive_class: churned}}\nmetrics: [{id: recall}]\n"
            "evaluation: {predictions: {file: p.csv, positive_class: '1'}}"
        ),
    ),
    "balanced enough": (
        "FRM203",
        "metrics: [{id: accuracy, role: primary}]\ndata: {datasets: [{id: d, class_balance: {a: 0.21, b: 0.79}}]}",
    ),
    "one class of many": (
        "FRM203",
        (
            "framing: {output: {type: multiclass}}\nmetrics: [{id: accuracy, role: primary}]\n"
            "data: {datasets: [{id: d, class_balance: {a: 0.02}}]}"
        ),
    ),
    "macro F1": ("FRM204", DATA + "metrics: [{id: f1, average: macro, target: {min: 0.1}}]"),
    "the harder of two test sets": (
        "FRM204",
        (
            "metrics: [{id: accuracy, target: {min: 0.9}}]\n"
            "data: {datasets: [{id: a, role: test, class_balance: {x: 0.95, y: 0.05}}, "
            "{id: b, role: test, class_balance: {x: 0.6, y: 0.4}}]}"
        ),
    ),
    "test data decide, not training data": (
        "FRM204",
        (
            "metrics: [{id: accuracy, target: {min: 0.9}}]\n"
            "data: {datasets: [{id: a, role: train, class_balance: {x: 0.95, y: 0.05}}, "
            "{id: b, role: test, class_balance: {x: 0.6, y: 0.4}}]}"
        ),
    ),
    "a person is no trivial baseline": (
        "FRM204",
        "metrics: [{id: wer, acceptable: {max: 0.2}}]\nbaselines: [{id: h, kind: human, results: [{metric: wer, value: 0.1}]}]",
    ),
    "a baseline of another average": (
        "FRM204",
        (
            "metrics: [{id: f1, average: macro, acceptable: {min: 0.5}}]\n"
            "baselines: [{id: r, kind: random, results: [{metric: f1, average: micro, value: 0.6, split: test}]}]"
        ),
    ),
    "a criterion of a slice": (
        "FRM204",
        "evaluation: {slices: [{id: s}], acceptance: [{id: a, metric: roc_auc, min: 0.5, slice: s}]}",
    ),
    "costs that are near": (
        "FRM205",
        (
            "metrics: [{id: precision, role: primary}]\n"
            "problem: {error_cost: {false_positive: {amount: 10, currency: EUR}, false_negative: {amount: 19, currency: EUR}}}"
        ),
    ),
    "the objective is the offline metric": (
        "FRM206",
        (
            "problem: {objectives: [{id: o, metric: roc_auc}]}\nframing: {serves: [o]}\n"
            "metrics: [{id: roc_auc, scope: offline, role: primary}, {id: ctr, scope: online}]"
        ),
    ),
    "a circle of proxies that reaches the objective": (
        "FRM206",
        (
            "problem: {objectives: [{id: o, metric: b}]}\nframing: {serves: [o]}\n"
            "metrics: [{id: a, scope: offline, role: primary, proxy_for: b}, {id: b, scope: offline, proxy_for: a}]"
        ),
    ),
}


@pytest.mark.parametrize("name", QUIET)
def test_stays_quiet(name: str) -> None:
    assert messages(*QUIET[name]) == []


def test_a_wrong_bound_silences_what_follows_from_it() -> None:
    wrong = (
        "metrics: [{id: accuracy, role: primary, unit: fraction, target: {min: 0.80}, acceptable: {min: 0.85}}]\n"
        "problem: {requirements: [{id: r, acceptance: {metric: accuracy, min: 0.9}}]}\n" + DATA
    )
    assert spoken(wrong, "FRM204", "FRM203", "REQ203") == ["FRM204", "REQ203"]
    assert spoken(wrong, "FRM102", "FRM204", "REQ203") == ["FRM102"]


def test_without_a_primary_bound_the_chain_is_not_asked_for() -> None:
    bare = (
        "problem: {objectives: [{id: o, metric: ctr}]}\nframing: {serves: [o]}\n"
        "metrics: [{id: roc_auc, scope: offline, role: primary}, {id: ctr, scope: online}]\n"
        "monitoring: {signals: [{id: s, kind: latency}]}\n"
    )
    assert spoken(bare, "FRM206", "MON202") == ["FRM206", "MON202"]
    assert spoken(bare, "FRM003", "FRM206", "MON202") == ["FRM003"]


@pytest.mark.parametrize(("target", "unit"), [("0.9", "fraction"), ("90%", "fraction"), ("90", "percent"), ("0.9", "")])
@pytest.mark.parametrize(("share", "fires"), [(0.93, True), (0.9, True), (0.89, False)])
def test_a_target_is_held_against_the_largest_class(target: str, unit: str, share: float, fires: bool) -> None:
    stated = f", unit: {unit}" if unit else ""
    manifest = (
        f"metrics: [{{id: accuracy{stated}, target: {{min: {target}}}}}]\n"
        f"data: {{datasets: [{{id: d, role: test, class_balance: {{a: {share}, b: {round(1 - share, 2)}}}}}]}}\n"
    )
    assert bool(messages("FRM204", manifest)) is fires


def test_counts_of_a_result_tell_the_class_balance() -> None:
    manifest = (
        "framing: {output: {type: binary, positive_class: churned}}\n"
        "metrics: [{id: average_precision, target: {min: 0.1}}]\n"
        "evaluation: {results: [{metric: average_precision, value: 0.4, split: test, n: 1000, positives: 120}]}\n"
    )
    (found,) = messages("FRM204", manifest)
    assert "trivial score 0.12 (ranking at random on the test split)" in found


CARD = "# Model card\n# Evaluation results\n| Metric | Model | %s |\n|---|---|---|\n| ROC AUC | 0.85 | 0.74 |\n"


@pytest.mark.parametrize(
    ("column", "least", "fires"),
    [
        ("Baseline", 0.70, True),
        ("Baseline", 0.75, False),
        ("Previous model", 0.70, False),
        ("Random baseline", 0.5, True),
    ],
)
def test_a_parameter_file_is_held_against_the_baseline_of_a_card(column: str, least: float, fires: bool) -> None:
    found = messages(
        "FRM204", None, {"params.yaml": f"evaluate:\n  min_roc_auc: {least}\n", "MODEL_CARD.md": CARD % column}
    )
    assert bool(found) is fires


def test_a_reference_is_not_looked_up_where_the_project_defines_no_metrics() -> None:
    slo = "serving: {slos: [{id: s, metric: latency_p95, max: 0.2}]}\n"
    assert messages("FRM201", slo) == []
    assert messages("FRM201", slo, {"params.yaml": "evaluate:\n  min_roc_auc: 0.7\n"}) == []
    assert len(messages("FRM201", slo + "metrics: [{id: recall}]\n")) == 1


def test_a_card_with_several_averages_agrees_with_the_definition() -> None:
    manifest = "framing: {output: {type: multiclass}}\nmetrics: [{id: f1, average: macro}]\n"
    rows = "# Model card\n# Evaluation results\n| Metric | Test |\n|---|---|\n| F1 (%s) | 0.81 |\n"
    assert messages("FRM202", manifest, {"MODEL_CARD.md": rows % "macro" + "| F1 (micro) | 0.9 |\n"}) == []
    (found,) = messages("FRM202", manifest, {"MODEL_CARD.md": rows % "micro"})
    assert found == "f1 means macro average in mlgov.yaml and micro average in MODEL_CARD.md"
