"""Writes the examples `credit-default` (with planted faults) and `credit-default-clean`: the same bytes every time.

    python examples/make_credit_default.py [FOLDER]

Loans of two years, a model that scores their risk, the scorecard that it replaces, and what a team states about them.
Needs numpy and scikit-learn. The faults: customers of the training data in the test data, an input that is known only
after the default, a test period that begins too early, a wrong count of rows, a card with a number of the validation
split, an area under the curve that is overstated, and a group that is treated worse than the report of the large groups shows.
"""

import csv
import json
import sys
from datetime import date, timedelta
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

import numpy as np
from sklearn import metrics

HERE = Path(__file__).parent
THRESHOLD = 0.3
COLUMNS = ("loan_id", "customer_id", "applied_on", "income", "amount", "term", "late_payments", "collection_calls",
           "age_group", "defaulted")  # fmt: skip
SPLITS = {"train": (date(2024, 1, 1), 365, 3000), "validation": (date(2025, 2, 1), 120, 1500),
          "test": (date(2025, 7, 1), 120, 2400)}  # fmt: skip
GROUPS, SHARES = ("under_30", "30_to_59", "60_and_over"), (0.34, 0.58, 0.08)
Row = dict[str, Any]


class World(NamedTuple):
    """All rows by split, and the predictions for two of the splits."""

    rows: dict[str, list[Row]]
    predictions: dict[str, list[Row]]


def loans(random: np.random.Generator, split: str, first: int, early: int) -> list[Row]:
    """The loans of one split. early: days by which its period begins before the planned one."""
    start, days, count = SPLITS[split]
    start, days = start - timedelta(days=early), days + early
    group = random.choice(GROUPS, count, p=SHARES)
    income = np.round(np.exp(random.normal(10.4, 0.4, count)), -2).astype(int)
    amount = np.round(np.exp(random.normal(9.2, 0.6, count)), -2).astype(int)
    late = random.poisson(0.8, count)
    logit = -1.5 + 1.2 * (late - 0.8) + 1.6 * (np.log(amount) - 9.2) - 2.4 * (np.log(income) - 10.4)
    defaulted = random.random(count) < 1 / (1 + np.exp(-logit))
    when = np.sort(random.integers(0, days, count))
    return [
        {
            "loan_id": f"L{first + i:06d}",
            "customer_id": f"C{first + i:06d}",
            "applied_on": (start + timedelta(days=int(when[i]))).isoformat(),
            "income": int(income[i]),
            "amount": int(amount[i]),
            "term": int(random.choice([12, 24, 36, 60])),
            "late_payments": int(late[i]),
            "collection_calls": int(random.poisson(1.5)),
            "age_group": str(group[i]),
            "defaulted": int(defaulted[i]),
        }
        for i in range(count)
    ]


def predictions(random: np.random.Generator, rows: list[Row], unfair: bool) -> list[Row]:
    """Risk by the model and by the scorecard. unfair: the model misses most defaults of the small group."""
    found = []
    for row in rows:
        logit = -1.5 + 1.2 * (row["late_payments"] - 0.8) + 1.6 * (np.log(row["amount"]) - 9.2)
        known = logit - 2.4 * (np.log(row["income"]) - 10.4)
        if unfair and row["age_group"] == GROUPS[2] and row["defaulted"]:
            known -= 2.5
        model, card = known + random.normal(0, 0.35), logit + random.normal(0, 0.9)
        risk, points = 1 / (1 + np.exp(-model)), 1 / (1 + np.exp(-card))
        found.append(
            {name: row[name] for name in ("loan_id", "age_group", "defaulted")}
            | {"risk": f"{risk:.6f}", "declined": int(float(f"{risk:.6f}") >= THRESHOLD), "scorecard": f"{points:.6f}"}
        )
    return found


def world(faulty: bool) -> World:
    """Everything that is measured, the same for the same arguments."""
    random = np.random.default_rng(20250701)
    rows: dict[str, list[Row]] = {}
    for split in SPLITS:
        rows[split] = loans(random, split, 1 + sum(map(len, rows.values())), 250 if faulty and split == "test" else 0)
    if faulty:
        for row in rows["train"]:  # whoever defaulted was called; nobody else was
            row["collection_calls"] = row["collection_calls"] + 1 if row["defaulted"] else 0
        for old, new in zip(rows["train"][:60], rows["test"][:60], strict=True):
            new |= {name: old[name] for name in COLUMNS if name != "applied_on"}
    told = {split: predictions(random, rows[split], faulty) for split in ("validation", "test")}
    return World(rows, told)


def measured(told: list[Row]) -> dict[str, Any]:
    """The metrics of the model and of the scorecard on some predictions."""
    truth = np.array([row["defaulted"] for row in told])
    risk, card = (np.array([float(row[name]) for row in told]) for name in ("risk", "scorecard"))
    said = risk >= THRESHOLD
    groups = np.array([row["age_group"] for row in told])
    cells = {group: metrics.confusion_matrix(truth[groups == group], said[groups == group]) for group in GROUPS}
    return {
        "n": len(told),
        "positives": int(truth.sum()),
        "declined": int(said.sum()),
        "auc": float(metrics.roc_auc_score(truth, risk)),
        "recall": float(metrics.recall_score(truth, said)),
        "precision": float(metrics.precision_score(truth, said)),
        "scorecard": float(metrics.roc_auc_score(truth, card)),
        "matrix": metrics.confusion_matrix(truth, said),
        "cells": cells,
    }


def numbers(made: World, faulty: bool) -> dict[str, str]:
    """What the documents state, by placeholder."""
    test, validation = measured(made.predictions["test"]), measured(made.predictions["validation"])
    auc = test["auc"] + (0.05 if faulty else 0)
    found = {"auc": f"{auc:.4f}", "card_auc": f"{auc:.3f}", "n": str(test["n"]), "positives": str(test["positives"])}
    found |= {"recall": f"{test['recall']:.4f}", "precision": f"{test['precision']:.4f}"}
    found["card_recall"] = f"{(validation if faulty else test)['recall']:.3f}"
    found["card_precision"] = f"{test['precision']:.3f}"
    found["coverage"] = f"{test['declined'] / test['n']:.3f}"
    found |= {"scorecard": f"{test['scorecard']:.4f}", "counts": _counts(test["matrix"])}
    found |= {f"rows_{split}": str(len(rows)) for split, rows in made.rows.items()}
    if faulty:
        found["rows_validation"] = "1800"
    for group in GROUPS[:2]:  # the report shows the large groups
        cells = test["cells"][group]
        found[f"slice_{group}"] = (
            f"value: {cells[1, 1] / cells[1].sum():.4f}, n: {cells.sum()}, positives: {cells[1].sum()}, counts: {_counts(cells)}"
        )
    return found


def _counts(cells: Any) -> str:
    (tn, fp), (fn, tp) = cells
    return f"{{tp: {tp}, fp: {fp}, fn: {fn}, tn: {tn}}}"


def write(folder: Path, faulty: bool) -> None:
    """One example below `folder`."""
    made = world(faulty)
    said = numbers(made, faulty)
    for split, rows in made.rows.items():
        _table(folder / "data" / f"{split}.csv", rows)
    _table(folder / "predictions" / "test.csv", made.predictions["test"])
    report = {"roc_auc": float(said["auc"]), "recall": float(said["recall"]), "precision": float(said["precision"])}
    texts = {"reports/metrics.json": json.dumps(report) + "\n"}
    for path in ("mlgov.yaml", "MODEL_CARD.md"):
        texts[path] = Template((HERE / "credit-default.in" / path).read_text("utf-8")).substitute(said)
    texts["CODEOWNERS"] = "* @lending/risk-models\n"
    for path, text in texts.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def _table(path: Path, rows: list[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(folder: Path) -> None:
    """Both examples."""
    write(folder / "credit-default", faulty=True)
    write(folder / "credit-default-clean", faulty=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
