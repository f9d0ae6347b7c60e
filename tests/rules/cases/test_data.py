"""Data rules: other units, the other side removed, and what only looks wrong."""

import pytest

from mlgov.catalogue import installed_rules
from mlgov.testkit import judged

RULES = {rule.code: rule for rule in installed_rules()}
HEAD = "apiVersion: mlgov/v1\nproject: {id: churn, stage: pre_launch}\n"


def messages(code: str, manifest: str) -> list[str]:
    """What one rule reports about a manifest; nothing else may be wrong with it."""
    verdicts = judged(RULES[code], {"mlgov.yaml": HEAD + manifest}).verdicts
    assert {v.code for v in verdicts} <= {code}, [v.message for v in verdicts]
    return [v.message for v in verdicts]


FIRES = {
    "DAT101": "data: {splits: {parts: [{part: train, fraction: 0.85}, {part: test, fraction: 0.2}]}}",
    "DAT102": "data: {splits: {parts: [{part: train, from: 2025-01-01, to: 2026-02-01}, {part: test, from: 2026-01-01}]}}",
    "DAT103": "data: {entity: {key: user, rows_per_entity: 2}, splits: {strategy: stratified, key: label}}",
    "DAT201": "data: {features: [{name: y}], labels: {name: y}}",
    "DAT202": "data: {features: [{name: a}, {name: b}]}\ntraining: {signature: {inputs: [{name: a}, {name: c}]}}",
    "DAT203": "data: {columns: [{name: a, pii: personal}], features: [{name: a}]}",
    "DAT204": "data: {labels: {source: automatic, event: like}}\nmonitoring: {signals: [{id: other, event: share}]}",
    "DAT205": "data: {splits: {parts: [{part: train, file: ./a.csv}, {part: test, file: a.csv}]}}",
    "DAT206": "data: {features: [{name: a, train_transform: log, serve_transform: log1p}]}",
    "DAT207": "data: {datasets: [{id: d, class_balance: {a: 0.04, b: 0.96}}]}\ntraining: {tuning: {trials: 3}}",
    "DAT208": "data: {datasets: [{id: d, role: test, rows: 900}], splits: {parts: [{part: test, dataset: d, rows: 90}]}}",
}
QUIET = {
    "one part": ("DAT101", "data: {splits: {parts: [{part: test, fraction: 0.2}]}}"),
    "evaluation parts only": (
        "DAT101",
        "data: {splits: {parts: [{part: test, fraction: 0.2}, {part: validation, fraction: 0.1}]}}",
    ),
    "printed thirds": (
        "DAT101",
        "data: {splits: {parts: [{part: train, fraction: 66.7%}, {part: test, fraction: 33.3%}]}}",
    ),
    "one period": (
        "DAT102",
        "data: {splits: {parts: [{part: train, from: 2020-01-01, to: 2024-01-01}, {part: test, from: 2020-01-01, to: 2024-01-01}]}}",
    ),
    "no test dates": (
        "DAT102",
        "data: {splits: {strategy: temporal, parts: [{part: train, to: 2026-02-01}, {part: test}]}}",
    ),
    "a horizon of hours": (
        "DAT102",
        (
            "framing: {prediction_horizon: 6h}\n"
            "data: {splits: {strategy: temporal, parts: [{part: train, to: 2026-01-05}, {part: test, from: 2026-01-06}]}}"
        ),
    ),
    "random over one snapshot": ("DAT102", "data: {splits: {strategy: random, seed: 1}}"),
    "no strategy": ("DAT103", "data: {entity: {key: user, rows_per_entity: 2}}"),
    "grouped by another key": (
        "DAT103",
        "data: {entity: {key: user, rows_per_entity: 2}, splits: {strategy: grouped, key: household}}",
    ),
    "no label": ("DAT201", "data: {features: [{name: y, derived_from: [y]}]}"),
    "circles": (
        "DAT201",
        "data: {features: [{name: a, derived_from: [b]}, {name: b, derived_from: [a]}], labels: {name: y}}",
    ),
    "no specification": ("DAT202", "training: {signature: {inputs: [{name: a}, {name: c}]}}"),
    "no inputs": ("DAT202", "data: {features: [{name: a}, {name: b}]}"),
    "not used": ("DAT203", "data: {columns: [{name: a, pii: personal, treatment: none}], features: [{name: b}]}"),
    "no monitoring": ("DAT204", "data: {labels: {source: automatic, event: like}}"),
    "one side unversioned": (
        "DAT205",
        "data: {datasets: [{id: a, role: train, version: '1'}, {id: b, role: test}]}",
    ),
    "one release of two files": (
        "DAT205",
        "data: {datasets: [{id: a, role: train, location: a.csv, version: '2.1'}, {id: b, role: test, location: b.csv, version: '2.1'}]}",
    ),
    "one file, divided": (
        "DAT205",
        "data: {splits: {strategy: random, parts: [{part: train, file: a.csv}, {part: test, file: a.csv}]}}",
    ),
    "an empty file is every empty file": (
        "DAT205",
        (
            "data: {datasets: [{id: a, role: train, location: a.csv, version: d41d8cd98f00b204e9800998ecf8427e},"
            " {id: b, role: test, location: b.csv, version: d41d8cd98f00b204e9800998ecf8427e}]}"
        ),
    ),
    "training only": ("DAT206", "data: {features: [{name: a, train_transform: log}]}"),
    "training is not described": ("DAT207", "data: {datasets: [{id: d, class_balance: {a: 0.04, b: 0.96}}]}"),
    "a rounded word": (
        "DAT208",
        "data: {datasets: [{id: d, role: test, rows: ~50000}], splits: {parts: [{part: test, dataset: d, rows: 50400}]}}",
    ),
    "rows of positives": (
        "DAT208",
        (
            "data: {datasets: [{id: d, role: test, rows: 900}]}\n"
            "evaluation: {results: [{metric: recall, value: 0.9, dataset: d, split: test, n: 90, positives: 90}]}"
        ),
    ),
    "another split": (
        "DAT208",
        (
            "data: {datasets: [{id: d, role: train, rows: 900}]}\n"
            "evaluation: {results: [{metric: recall, value: 0.9, dataset: d, split: test, n: 90}]}"
        ),
    ),
    "a need that is met": ("DAT208", "problem: {feasibility: {data_needed: 100}}\ndata: {splits: {total_rows: 900}}"),
    "an excuse": ("DAT003", "data: {preprocessing: {not_applicable: {reason: raw audio}}}"),
    "an excused section": ("DAT001", "data: {not_applicable: {reason: a purchased model, approved_by: ada}}"),
}


@pytest.mark.parametrize("code", FIRES)
def test_fires(code: str) -> None:
    assert len(messages(code, FIRES[code])) == 1


@pytest.mark.parametrize("name", QUIET)
def test_stays_quiet(name: str) -> None:
    assert messages(*QUIET[name]) == []


@pytest.mark.parametrize(("target", "value"), [("0.92", "0.90"), ("92%", "90%")])
@pytest.mark.parametrize(("rows", "fires"), [(200, True), (20000, False)])
def test_the_test_set_is_judged_in_any_unit(target: str, value: str, rows: int, fires: bool) -> None:
    found = messages(
        "DAT301",
        f"metrics: [{{id: accuracy, unit: fraction, target: {{min: {target}}}}}]\n"
        f"data: {{splits: {{parts: [{{part: test, rows: {rows}}}]}}}}\n"
        f"baselines: [{{id: b, results: [{{metric: accuracy, value: {value}, split: test}}]}}]\n",
    )
    assert bool(found) is fires
    assert not fires or "need n >= 725" in found[0]


def test_an_entity_counts_once() -> None:
    found = messages(
        "DAT301",
        "metrics: [{id: accuracy, unit: fraction, target: {min: 0.92}}]\n"
        "data: {entity: {key: user, rows_per_entity: 100}, splits: {parts: [{part: test, rows: 20000}]}}\n"
        "baselines: [{id: b, results: [{metric: accuracy, value: 0.90, split: test}]}]\n",
    )
    assert found == [
        "test n = 200: the 95 % half-width 0.0381 of accuracy exceeds the margin 0.02 to the baseline; need n >= 725"
    ]
