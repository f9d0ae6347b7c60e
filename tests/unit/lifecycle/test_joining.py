"""One metric and one data set stay one record, however many files speak about them."""

from typing import Any

from mlgov.finding import Origin
from mlgov.lifecycle.assembly import assemble
from mlgov.lifecycle.fact import Evidence, Fact
from mlgov.lifecycle.project import Project
from mlgov.snapshot import MemoryTree


def project(*native: Fact, **own: Any) -> Project:
    evidence = [Evidence(f.origin.file, "native", (f,), "part") for f in native]
    if own:
        facts = tuple(Fact(k, v, Origin("mlgov.yaml").at(k)) for k, v in own.items())
        evidence.append(Evidence("mlgov.yaml", "mlgov", facts, "manifest"))
    return assemble(evidence, MemoryTree({}), lambda f, p: (None, "unread"), "2026-11-20").projects[0]


def test_joins_a_metric_that_is_called_otherwise() -> None:
    card = Fact(
        "metrics[]", {"id": "average_precision", "name": "PR-AUC", "role": "primary"}, Origin("card.md", "@3:1")
    )
    found = project(card, metrics=[{"id": "pr_auc", "direction": "maximize"}])
    assert [(m.id, m.role) for m in found.metrics] == [("pr_auc", "primary")]
    assert found.metrics[0].at("role") == Origin("card.md", "@3:1")
    assert found.metrics[0].at("direction").file == "mlgov.yaml"


def test_keeps_what_the_manifest_says_and_the_other_word_as_a_claim() -> None:
    card = Fact("metrics[]", {"id": "recall", "role": "primary"}, Origin("card.md"))
    found = project(card, metrics=[{"id": "recall", "role": "guardrail"}])
    assert found.metrics[0].role == "guardrail"
    assert [c.value for c in found.book.claims[("metrics", 0, "role")]] == ["primary"]


def test_a_bare_name_defines_nothing_beside_a_manifest() -> None:
    named = Fact("metrics[]", {"id": "f1", "type": "f1"}, Origin("card.md"))
    assert [m.id for m in project(named, metrics=[{"id": "recall"}]).metrics] == ["recall"]
    assert [m.id for m in project(named).metrics] == ["f1"]


def test_two_averages_are_two_metrics() -> None:
    macro = Fact("metrics[]", {"id": "f1", "average": "macro", "role": "primary"}, Origin("card.md"))
    found = project(macro, metrics=[{"id": "f1_micro", "type": "f1", "average": "micro"}])
    assert [m.id for m in found.metrics] == ["f1_micro", "f1"]


def test_joins_a_data_set_by_its_place() -> None:
    pointer = Fact(
        "data.datasets[]", {"id": "data/train.csv", "location": "/data/train.csv", "version": "md5-1"}, Origin("a.dvc")
    )
    found = project(pointer, data={"datasets": [{"id": "train_2026", "location": "./data/train.csv"}]})
    assert [(d.id, d.version) for d in found.data.datasets] == [("train_2026", "md5-1")]


def test_finds_a_data_set_by_any_spelling_of_its_place() -> None:
    found = project(data={"datasets": [{"id": "train_2026", "location": "data/train.csv"}]})
    for name in ("train_2026", "data/train.csv", "/data/train.csv", "./data//train.csv"):
        assert found.dataset(name) is found.data.datasets[0]
    assert found.dataset("s3://data/train.csv") is None


def test_does_not_change_the_facts_themselves() -> None:
    aliases = ["a"]
    first = Fact("data.datasets[]", {"id": "x", "aliases": aliases}, Origin("a.md"))
    second = Fact("data.datasets[]", {"id": "x", "aliases": ["b"]}, Origin("b.md"))
    assert project(first, second).data.datasets[0].aliases == ["a", "b"]
    assert aliases == ["a"]


def test_a_part_whose_name_holds_dots_has_its_place() -> None:
    place = Origin("params.yaml", "/train/lr")
    value = {"id": "train", "params": {"train.lr": 0.1}}
    stage = Fact("training.pipeline.stages[]", value, Origin("dvc.yaml"), "declared", {"/params/train.lr": place})
    assert project(stage).training.pipeline.stages[0].at("params", "train.lr") == place
