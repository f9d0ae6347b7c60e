"""When two measured numbers speak about the same thing."""

import pytest

from mlgov.lifecycle.comparison import other_version

from .joined import manifest

TWO = "evaluation: {results: [{metric: %s}, {metric: %s}]}\n"


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        ("roc_auc, value: 0.9", "ROC-AUC, value: 0.8", "same"),
        ("roc_auc, value: 0.9, split: test", "roc_auc, value: 0.8, split: train", "different split"),
        ("roc_auc, value: 0.9, split: test", "roc_auc, value: 0.8", "same"),
        ("test_recall, value: 0.9", "train_recall, value: 0.9", "different split"),
        ("recall, value: 0.9", "precision, value: 0.9", "different metric"),
        ("recall, value: 0.9, slice: old", "recall, value: 0.9", "different slice"),
        ("roc_auc, value: 0.9, model_version: v1.4.0", "roc_auc, value: 0.8, model_version: 1.4.0", "same"),
        (
            "roc_auc, value: 0.9, model_version: '3'",
            "roc_auc, value: 0.8, model_version: '2'",
            "different model_version",
        ),
        ("f1, value: 0.9, average: macro", "f1, value: 0.8, average: micro", "different average"),
        ("precision@5, value: 0.9", "precision@10, value: 0.8", "different k"),
        ("precision@5, value: 0.9", "precision_at_5, value: 0.8", "same"),
        ("latency, value: 200ms", "latency, value: 200", "unknown unit"),
        ("latency, value: 200ms", "latency, value: 0.3s", "same"),
        ("recall, value: 90%", "recall, value: 0.9", "same"),
        ("recall, value: 0.9", "recall_macro, value: 0.8", "unknown average"),
        ("accuracy, value: 0.9", "accuracy@0.5, value: 0.8", "unknown threshold"),
        ("auc, value: 0.9, dataset_version: md5-5d41402a", "auc, value: 1, dataset_version: 5d41402a", "same"),
    ],
)
def test_two_results(first: str, second: str, answer: str) -> None:
    project, _ = manifest(TWO % (first, second))
    found = project.comparer.compare(*project.results)
    assert f"{found.answer} {found.part}".strip() == answer


def test_an_unknown_part_that_could_differ_is_unknown() -> None:
    body = "evaluation: {results: [{metric: auc, value: 1, split: test}, {metric: auc, value: 1, split: train}, {metric: auc, value: 1}]}\n"
    project, _ = manifest(body)
    test, _, nowhere = project.results
    assert project.comparer.compare(test, nowhere) == ("unknown", "split")
    assert project.comparer.compare(test, nowhere, ignore=("split",)).answer == "same"


def test_the_data_set_tells_the_split_and_its_version() -> None:
    body = """
data: {datasets: [{id: a, role: test, version: v1}, {id: b, role: train, version: v2}]}
evaluation: {results: [{metric: auc, value: 0.9, dataset: a}, {metric: auc, value: 0.9, dataset: b}]}
"""
    project, _ = manifest(body)
    keys = [project.comparer.key(r) for r in project.results]
    assert [(k.split, k.dataset_version) for k in keys] == [("test", "v1"), ("train", "v2")]


def test_values_come_in_base_units() -> None:
    body = "metrics: [{id: latency, unit: ms}]\nevaluation: {results: [{metric: latency, value: 200}, {metric: latency, value: 0.2s}]}\n"
    project, _ = manifest(body)
    assert [project.comparer.value(r) for r in project.results] == [0.2, 0.2]


@pytest.mark.parametrize(
    ("unit", "first", "second", "alike", "hundredfold"),
    [
        ("fraction", "0.93", "0.9268", True, False),
        ("fraction", "0.93", "93.1%", True, False),
        ("fraction", "0.93", "92.68", False, True),
        ("percent", "93", "0.93", False, True),
        ("percent", "93", "93.2%", True, False),
        ("ms", "200", "0.2s", True, False),
        ("ms", "200", "0.3s", False, False),
    ],
)
def test_printed_values_agree_each_in_its_own_unit(
    unit: str, first: str, second: str, alike: bool, hundredfold: bool
) -> None:
    body = "metrics: [{id: m, unit: %s}]\nevaluation: {results: [{metric: m, value: %s}, {metric: m, value: %s}]}\n"
    project, _ = manifest(body % (unit, first, second))
    comparer = project.comparer
    assert comparer.agree(*project.results) is alike
    assert comparer.off_by_hundred(*project.results) is hundredfold


def test_a_claim_stands_where_it_is_made() -> None:
    project, _ = manifest(
        "evaluation: {claims: [{id: c, metric: auc, value: 0.9}], results: [{metric: auc, value: 1}]}\n"
    )
    result, claim = project.statements
    assert (claim.at("value").pointer, claim.literal("value")) == ("/evaluation/claims/0/value", "0.9")
    assert project.comparer.compare(result, claim).answer == "same"
    assert not claim.is_observed


def test_the_file_that_a_source_names_is_what_is_observed() -> None:
    body = "evaluation: {results: [{metric: auc, value: 0.9, source: {file: m.json, pointer: /auc}}]}\n"
    project, _ = manifest(body, **{"m.json": '{"auc": 0.8}'})
    assert [r.is_observed for r in project.results] == [False, True]


def test_a_number_that_the_manifest_binds_counts_once_as_the_manifest_describes_it() -> None:
    body = "evaluation: {results: [{metric: auc, slice: old, source: {file: metrics.json, pointer: /auc}}]}\n"
    project, _ = manifest(body, **{"metrics.json": '{"auc": 0.8}'})
    assert [(r.slice, r.literal("value")) for r in project.results] == [("old", "0.8")]


@pytest.mark.parametrize(
    ("one", "other", "surely_other"),
    [
        ("1.4.0", "v1.3.0", True),
        ("7", "8", True),
        ("7", "71", True),
        ("4f0c2d1", "9e107d9d372bb6826bd81d3542a419d6", True),
        ("1.4", "1.4.0", False),  # may be a shorter form
        ("1.4.0", "1.4.0-rc1", False),
        ("7", "1.4.0", False),  # the registry counts, the release has a name
        ("champion", "1.4.0", False),
        ("v1.4.0", "1.4.0", False),
        (None, "1.4.0", False),
    ],
)
def test_two_texts_name_two_versions_only_if_they_are_of_one_kind(one, other, surely_other) -> None:
    assert other_version(one, other) is surely_other
    assert other_version(other, one) is surely_other


def test_names_of_metrics_that_mean_the_same() -> None:
    project, _ = manifest("metrics: [{id: quality, type: f1, average: macro}]\n")
    alike = project.comparer.named_alike
    assert alike("quality", "val_f1_macro")
    assert alike("test_accuracy", "Accuracy")
    assert not alike("recall", "recall_macro")
    assert not alike("quality", "accuracy")
    assert not alike(None, None)
