"""Makes the fixtures in `fixtures/*/real` with the libraries whose formats are read; run it by hand, the tests do not.

    pip install huggingface_hub==2.4.0 scikit-learn dvclive dvc
    python tests/unit/formats/make_fixtures.py

The versions that wrote the files are kept in `fixtures/versions.json`.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent / "fixtures"
LIBRARIES = ("huggingface_hub", "scikit-learn", "dvclive", "dvc")


def real(name: str) -> Path:
    """The empty folder of the real fixtures of a format."""
    folder = HERE / name / "real"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def model_card() -> None:
    """The template of huggingface_hub, half filled in, with two results."""
    from huggingface_hub import EvalResult, ModelCard, ModelCardData

    results = [
        EvalResult(
            "tabular-classification",
            "acme/churn-2026",
            "Churn 2026",
            kind,
            value,
            dataset_split="test",
            metric_name=name,
            metric_args=args,
        )
        for kind, value, name, args in (
            ("roc_auc", 0.871, "Test ROC AUC", None),
            ("f1", 0.6339, "Test F1", {"average": "macro"}),
        )
    ]
    data = ModelCardData(
        language="en", license="apache-2.0", model_name="churn", eval_results=results, datasets=["acme/churn-2026"],
        metrics=["roc_auc", "f1"], base_model="acme/tabular-base", pipeline_tag="tabular-classification",
    )  # fmt: skip
    card = ModelCard.from_template(data, model_id="churn", direct_use="Ranking accounts for a call by an agent.",
                                   out_of_scope_use="Pricing.")  # fmt: skip
    card.save(real("model_card") / "README.md")


def eval_results() -> None:
    """Two entries as huggingface_hub writes them."""
    import yaml
    from huggingface_hub import EvalResultEntry, eval_result_entries_to_yaml

    entries = [
        EvalResultEntry(dataset_id="cais/hle", task_id="default", value=20.90),
        EvalResultEntry(dataset_id="acme/churn-2026", task_id="roc_auc", value=0.412, date="2026-10-01"),
    ]
    folder = real("eval_results") / ".eval_results"
    folder.mkdir()
    (folder / "results.yaml").write_text(yaml.safe_dump(eval_result_entries_to_yaml(entries), sort_keys=False))


def classification_report() -> None:
    """The report of a small binary classifier."""
    from sklearn.metrics import classification_report

    truth = [0] * 60 + [1] * 40
    said = [0] * 50 + [1] * 10 + [0] * 15 + [1] * 25
    report = classification_report(truth, said, target_names=["stay", "churn"], output_dict=True)
    (real("classification_report") / "report.json").write_text(json.dumps(report, indent=2))


def metrics_file() -> None:
    """What dvclive leaves behind."""
    from dvclive import Live  # type: ignore[import-not-found]

    folder = real("metrics_file")
    with Live(str(folder / "dvclive"), save_dvc_exp=False, report=None, dvcyaml=None) as live:
        live.log_param("lr", 0.001)
        for step in range(2):
            live.log_metric("train/loss", 0.5 / (step + 1))
            live.log_metric("test/accuracy", 0.8 + 0.01 * step)
            live.next_step()
        live.log_metric("test/roc_auc", 0.91, plot=False)
    shutil.rmtree(folder / "dvclive" / "plots", ignore_errors=True)


PIPELINE = """\
vars:
- sizes: [1, 2]
stages:
  prepare:
    cmd: cp data/raw/all.csv data/train.csv && cp data/raw/all.csv data/test.csv
    deps: [data/raw/all.csv]
    params: [split.test_size]
    outs: [data/train.csv, data/test.csv]
  train:
    foreach: ${sizes}
    do:
      cmd: cp data/train.csv models/${item}.pkl
      deps: [data/train.csv]
      params: [train]
      outs: ["models/${item}.pkl"]
  evaluate:
    cmd: ["echo ${evaluate.min_accuracy}", "cp params.yaml metrics.yaml"]
    deps: [models/1.pkl, data/test.csv]
    metrics: [metrics.yaml: {cache: false}]
"""


def pipeline() -> None:
    """A pipeline that dvc ran: its lock, its pointer."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "data/raw").mkdir(parents=True)
        (root / "models").mkdir()
        (root / "data/raw/all.csv").write_text("age,left\n30,0\n40,1\n")
        (root / "params.yaml").write_text(
            "split: {test_size: 0.2}\ntrain: {lr: 1e-4, seed: 42}\nevaluate: {min_accuracy: 0.8}\n"
        )
        (root / "dvc.yaml").write_text(PIPELINE)
        dvc = str(Path(sys.executable).parent / "dvc")
        for command in (
            ["git", "init", "-q"],
            [dvc, "init", "-q"],
            [dvc, "add", "-q", "data/raw/all.csv"],
            [dvc, "repro", "-q"],
        ):
            subprocess.run(command, cwd=root, check=True)
        for format_, files in (("dvc", ["dvc.yaml", "params.yaml"]), ("dvc_lock", ["dvc.lock"]),
                               ("dvc_pointer", ["data/raw/all.csv.dvc"]), ("params", ["params.yaml"])):  # fmt: skip
            folder = real(format_)
            for file in files:
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(root / file, folder / file)


def main() -> None:
    """Every fixture, and the versions of what made it."""
    makers: tuple[Callable[[], None], ...] = (
        model_card, eval_results, classification_report, metrics_file, pipeline,
    )  # fmt: skip
    for make in makers:
        make()
    versions = {name: version(name) for name in LIBRARIES}
    (HERE / "versions.json").write_text(json.dumps(versions, indent=2) + "\n")


if __name__ == "__main__":
    main()
