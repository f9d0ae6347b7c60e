"""Rules of development: other units, the other side removed, and what only looks wrong."""

import pytest

from mlgov.catalogue import installed_rules
from mlgov.testkit import judged

RULES = {rule.code: rule for rule in installed_rules()}
HEAD = "apiVersion: mlgov/v1\nproject: {id: churn, stage: validation}\n"
LOCK = "schema: '2.0'\nstages: {train: {cmd: python train.py, params: {params.yaml: {%s}}, outs: [{path: m.pkl}]}}\n"
YAML = "stages: {train: {cmd: python train.py, params: [%s], outs: [m.pkl]%s}}\n"


def messages(code: str, files: str | dict[str, str]) -> list[str]:
    """What one rule reports about a manifest, or about files."""
    tree = {"mlgov.yaml": HEAD + files} if isinstance(files, str) else files
    verdicts = judged(RULES[code], tree).verdicts
    assert {v.code for v in verdicts} <= {code}, [v.message for v in verdicts]
    return [v.message for v in verdicts]


@pytest.mark.parametrize(
    ("declared", "locked", "stale"),
    [
        ("lr: 1e-4", "lr: 0.0001", False),
        ("lr: 1e-4", "lr: 0.001", True),
        ("lr: 0.30", "lr: 0.3", False),
        ("lr: true", "lr: True", False),
        ("lr: [1, 2]", "lr: [1, 2.0]", False),
        ("lr: [1, 2]", "lr: [2, 1]", True),
        ("lr: {a: 1}", "lr: {a: 1, b: 2}", True),
        ("lr: relu", "lr: leaky_relu", True),
        ("lr: ${other}", "lr: 3", False),
        ("other: 1", "lr: 3", False),
    ],
)
def test_parameters_are_compared_as_values(declared: str, locked: str, stale: bool) -> None:
    files = {"dvc.yaml": YAML % ("lr", ""), "dvc.lock": LOCK % locked, "params.yaml": declared + "\n"}
    assert bool(messages("MOD205", files)) is stale


def test_line_ends_of_windows_are_no_difference() -> None:
    files = {"dvc.yaml": YAML % ("lr", ""), "dvc.lock": LOCK % "lr: 3", "params.yaml": "lr: 3\n"}
    assert messages("MOD205", {path: text.replace("\n", "\r\n") for path, text in files.items()}) == []


def test_a_frozen_stage_is_not_stale() -> None:
    files = {"dvc.yaml": YAML % ("lr", ", frozen: true"), "dvc.lock": LOCK % "lr: 4", "params.yaml": "lr: 3\n"}
    assert messages("MOD205", files) == []


def test_a_stage_in_a_folder_of_its_own() -> None:
    files = {
        "dvc.yaml": "stages: {train: {cmd: python train.py, wdir: src, deps: [train.py], outs: [m.pkl]}}\n",
        "dvc.lock": "schema: '2.0'\nstages: {train: {cmd: python train.py, deps: [{path: train.py}], outs: [{path: m.pkl}]}}\n",
        "src/train.py": "",
    }
    assert messages("MOD205", files) == []
    assert messages("MOD206", files) == []


def test_a_lock_that_was_never_committed_is_one_finding() -> None:
    stages = "stages: {a: {cmd: a, outs: [x]}, b: {cmd: b, deps: [x], outs: [y]}}\n"
    assert messages("MOD205", {"dvc.yaml": stages}) == ["2 stages were never locked: dvc.lock is not in the repository"]


@pytest.mark.parametrize(
    "present",
    [
        {"src/conf.yaml": "a: 1\n"},
        {"src/conf.yaml.dvc": "outs: [{path: conf.yaml, md5: 5d41402abc4b2a76b9719d911017c592}]\n"},
        {"src.dvc": "outs: [{path: src, md5: 5d41402abc4b2a76b9719d911017c592.dir}]\n"},
    ],
)
def test_what_is_present_is_not_missing(present: dict[str, str]) -> None:
    assert (
        messages("MOD206", {"dvc.yaml": "stages: {a: {cmd: a, deps: [src/conf.yaml], outs: [x]}}\n", **present}) == []
    )


@pytest.mark.parametrize("dep", ["data/raw.csv", "models", "s3://bucket/x.py", "${dir}/x.py", "~/x.py", "x"])
def test_what_may_be_elsewhere_is_not_missing(dep: str) -> None:
    assert messages("MOD206", {"dvc.yaml": f"stages: {{a: {{cmd: a, deps: ['{dep}'], outs: [y]}}}}\n"}) == []


def test_a_stale_lock_explains_what_follows_from_it() -> None:
    from mlgov.catalogue import installed_formats
    from mlgov.engine import Plan, judge
    from mlgov.inventory import take
    from mlgov.lifecycle.assembly import assemble
    from mlgov.snapshot import MemoryTree

    files = {
        "dvc.yaml": "stages: {a: {cmd: a, deps: [new.py], outs: [y]}}\n",
        "dvc.lock": "schema: '2.0'\nstages: {a: {cmd: a, deps: [{path: old.py}], outs: [{path: y}]}}\n",
    }
    tree = MemoryTree(files)
    inventory, shelf = take(tree, installed_formats(), lambda _: True)
    assembled = assemble(inventory.evidence, tree, shelf.look_up, "2026-11-20")
    plan = Plan((RULES["MOD205"], RULES["MOD206"]), "standard", lambda _, usual: usual)
    assert [v.code for v in judge(plan, assembled.projects, {}).verdicts] == ["MOD205"]


HYPER = "training: {hyperparameters: {%s}}\n"


@pytest.mark.parametrize(
    ("mine", "theirs", "differ"),
    [
        ("lr: 1e-4", "learning_rate: 0.0001", False),
        ("lr: 3e-4", "lr: 0.003", True),
        ("lr: 0.01", "lr: 0.009", True),
        ("alpha: 0.0123", "alpha: 0.01230417", False),
        ("batch size: 2", "batch_size: 3", True),
        ("optimizer: AdamW", "optimizer: adam", False),
        ("optimizer: sgd", "optimizer: adam", True),
        ("optimizer: Adam with weight decay", "optimizer: sgd", False),
        ("class_weight: null", "class_weight: balanced", False),
        ("epochs: until it converges", "epochs: 30", False),
        ("epochs: 30", "batch_size: 3", False),
        ("lr: 0.1", "a: {lr: 0.1}\nb: {lr: 0.2}", False),
    ],
)
def test_hyperparameters_of_two_files(mine: str, theirs: str, differ: bool) -> None:
    files = {"mlgov.yaml": HEAD + HYPER % mine, "params.yaml": theirs + "\n"}
    assert bool(messages("MOD204", files)) is differ


ARCHITECTURE = "apiVersion: mlgov/v1\nproject: {id: a}\ntraining: {architecture: {base_model: %s}}\n"


@pytest.mark.parametrize(
    ("mine", "theirs", "differ"),
    [
        ("bert-base-uncased", "google-bert/bert-base-uncased", False),
        ("bert-base-uncased", "bert-base-cased", True),
        ("org/one", "other/one", True),
        ("a BERT model", "bert-base-cased", False),
    ],
)
def test_base_models_of_two_files(mine: str, theirs: str, differ: bool) -> None:
    card = f"---\nbase_model: {theirs}\nlicense: mit\n---\n# Card\n"
    assert bool(messages("MOD208", {"mlgov.yaml": ARCHITECTURE % mine, "README.md": card})) is differ


LATENCY = "training: {candidates: [{id: a, latency: {value: %s, percentile: p95}}], constraints: {latency: {max: %s, percentile: %s}}}\n"


@pytest.mark.parametrize(
    ("value", "most", "percentile", "fires"),
    [
        ("340ms", "0.2s", "p95", True),
        ("0.34s", "200ms", "95", True),
        ("200ms", "0.2s", "p95", False),
        ("340ms", "0.2s", "p99", False),
    ],
)
def test_latency_in_any_unit(value: str, most: str, percentile: str, fires: bool) -> None:
    assert bool(messages("MOD201", LATENCY % (value, most, percentile))) is fires


QUIET = {
    "no limit": ("MOD201", "training: {candidates: [{id: a, size: 2GB}]}"),
    "no candidate": ("MOD201", "training: {constraints: {size: {max: 20MB}}}"),
    "nothing selected": ("MOD201", "training: {candidates: [{id: a, size: 2GB}, {id: b}], constraints: {size: {max: 20MB}}}"),
    "a probability": ("MOD202", "framing: {output: {type: continuous, range: [0, 1]}}\ntraining: {loss: {name: bce}}"),
    "no output type": ("MOD202", "training: {loss: {name: mse}}"),
    "other objectives": (
        "MOD202",
        ("metrics: [{id: a}, {id: b}]\nframing: {multi_objective: {weights: {a: 0.5, b: 0.5}}}\n"
        "training: {loss: {weights: {recon: 0.7, kl: 0.3}}}"),
    ),
    "only a simple model": (
        "MOD203",
        "training: {candidates: [{id: a, complexity: simple, results: [{metric: accuracy, value: 0.9, n: 50}]}]}",
    ),
    "only a complex model": (
        "MOD203",
        "training: {candidates: [{id: a, complexity: complex, results: [{metric: accuracy, value: 0.9, n: 50}]}]}",
    ),
    "a secondary metric": (
        "MOD203",
        ("metrics: [{id: recall, role: primary}, {id: accuracy, role: secondary}]\n"
        "training: {candidates: [{id: a, complexity: complex, results: [{metric: accuracy, value: 0.9, n: 50}, {metric: recall, value: 0.8, n: 50}]},"
        " {id: b, complexity: simple, results: [{metric: accuracy, value: 0.9, n: 50}]}]}"),
    ),
    "no gain is claimed": (
        "MOD301",
        ("metrics: [{id: f1}]\ntraining: {runs: [{metric: f1, value: 0.5}, {metric: f1, value: 0.7}, {metric: f1, value: 0.6}]}\n"
        "baselines: [{id: b, results: [{metric: f1, value: 0.8}]}]"),
    ),
    "one seed three times": (
        "MOD301",
        ("metrics: [{id: f1}]\ntraining: {runs: [{seed: 1, metric: f1, value: 0.5}, {seed: 1, metric: f1, value: 0.7}, {seed: 1, metric: f1, value: 0.6}]}\n"
        "baselines: [{id: b, results: [{metric: f1, value: 0.55}]}]"),
    ),
    "runs on another split": (
        "MOD301",
        ("metrics: [{id: f1}]\ntraining: {runs: [{metric: f1, value: 0.5, split: validation}, {metric: f1, value: 0.7, split: validation},"
        " {metric: f1, value: 0.6, split: validation}]}\nbaselines: [{id: b, results: [{metric: f1, value: 0.55, split: test}]}]"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", QUIET)
def test_stays_quiet(name: str) -> None:
    assert messages(*QUIET[name]) == []


@pytest.mark.parametrize("loss", ["log_loss", "LogLoss", "logloss", "binary_cross_entropy_loss"])
def test_a_loss_by_its_name_with_and_without_the_word_loss(loss: str) -> None:
    body = "framing: {output: {type: %s}}\ntraining: {loss: {name: %s}}\n"
    assert messages("MOD202", body % ("continuous", loss))
    assert messages("MOD202", body % ("binary", loss)) == []
