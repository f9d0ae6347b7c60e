"""Manifests: wrappers, sources, and what is wrong with them as texts."""

import pytest

from mlgov.finding import Origin

from .joined import joined, manifest


def codes(body: str, **files: str) -> list[str]:
    return [d[:6] for d in manifest(body, **files)[1]]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("metrics: [{id: a, rol: primary}]\n", "INT003 unknown key 'rol' in metrics[a]; did you mean 'role'?"),
        ("metrcis: []\n", "INT003 unknown key 'metrcis' in the manifest; did you mean 'metrics'?"),
        ("metrics: [{id: a, role: primry}]\n", "INT004 metrics[a].role: primry is not one of primary, secondary, guardrail, diagnostic; did you mean 'primary'?"),
        ("experiments: [{id: a, alpha: 5}]\n", "INT004 experiments[a].alpha: 5 is not a fraction between 0 and 1, or a percent such as 5%"),
        ("experiments: [{id: a, duration: 12 parsecs}]\n", "INT004 experiments[a].duration: 12 parsecs is not a number, a percent, a duration such as 200ms or a size such as 20MB"),
        ("metrics: [{id: a, acceptable: {min: .nan}}]\n", "INT004 metrics[a].acceptable.min: .nan is not a finite number"),
        ("metrics: [{id: a}, {id: a}]\n", "INT005 id 'a' is defined twice in metrics"),
        ("evaluation: {results: [{metric: a, dataset: tset}]}\ndata: {datasets: [{id: test}]}\n", "INT006 evaluation.results[a/tset].dataset refers to 'tset', which data.datasets does not define; did you mean 'test'?"),
        ("problem: {business_goal: TODO}\n", "INT007 problem.business_goal holds the placeholder 'TODO'"),
        ("experiments: [{id: a, start: 2026-02-30}]\n", "INT008 experiments[a].start: 2026-02-30 does not exist"),
        ("experiments: [{id: a, start: 2026-03-30, end: 2026-03-01}]\n", "INT008 experiments[a]: end 2026-03-01 lies before start 2026-03-30"),
        ("evaluation: {results: [{metric: a, date: 2027-11-22}]}\n", "INT008 evaluation.results[a].date: 2027-11-22 lies in the future (today is 2026-11-20)"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_a_way_out(body: str, words: str) -> None:
    assert manifest(body)[1] == [words]


def test_one_wrong_value_does_not_hide_the_rest() -> None:
    project, defects = manifest(
        "data: {pipelines: [{id: x, checks: [schema, freshnes]}]}\nmetrics: [{id: a, role: primary}]\n"
    )
    assert len(defects) == 1
    assert project.metrics[0].role == "primary"
    assert project.data.pipelines[0].checks == ["schema"]


def test_keys_of_ones_own_and_nulls_are_left_alone() -> None:
    assert codes("x-team: {a: 1}\nmetrics: [{id: a, x-note: b, role: null}]\n") == []


@pytest.mark.parametrize("field", ["alternatives", "why_ml"])
def test_not_applicable_with_a_reason_counts_as_filled_in(field: str) -> None:
    project, defects = manifest(f"problem: {{{field}: {{not_applicable: {{reason: a first product}}}}}}\n")
    assert defects == []
    assert project.problem.has(field)


@pytest.mark.parametrize("excuse", ["{}", "{reason: TODO}", "{reason: no need, expires: 2026-01-01}"])
def test_an_empty_or_expired_excuse_is_none(excuse: str) -> None:
    project, _ = manifest(f"problem: {{why_ml: {{not_applicable: {excuse}}}}}\n")
    assert not project.problem.has("why_ml")


def test_a_section_that_does_not_apply_is_excused() -> None:
    project, defects = manifest("experiments: {not_applicable: {reason: no users yet}}\n")
    assert defects == []
    assert project.is_excused("experiments")


BOUND = "evaluation: {results: [{metric: auc, value: %s, source: {file: out/m.json, pointer: /auc}}]}\n"


def test_a_bound_result_is_stated_twice() -> None:
    project, defects = manifest(BOUND % "0.91", **{"out/m.json": '{"auc": 0.87}'})
    assert defects == []
    assert [(float(r.value), r.how) for r in project.results if r.value] == [(0.91, "declared"), (0.87, "observed")]
    assert project.results[1].at("value") == Origin("out/m.json", "/auc")


def test_a_source_that_is_not_there_is_a_defect() -> None:
    assert codes(BOUND % "0.91") == ["INT011"]
    assert codes(BOUND % "0.91", **{"out/m.json": "{}"}) == ["INT011"]


def test_a_pointer_file_is_unread_not_missing() -> None:
    lfs = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12\n"
    assert codes(BOUND % "0.91", **{"out/m.json": lfs}) == []


def test_a_declared_value_against_its_source() -> None:
    body = "serving: {replicas: {value: %s, source: {file: k8s/app.yaml, pointer: /spec/replicas}}}\n"
    files = {"k8s/app.yaml": "spec: {replicas: 3}\n"}
    assert codes(body % 3, **files) == []
    assert codes(body % 4, **files) == ["INT012"]


def test_a_value_only_at_its_source_is_observed() -> None:
    body = "serving: {replicas: {source: {file: k8s/app.yaml, pointer: /spec/replicas}}}\n"
    project, _ = manifest(body, **{"k8s/app.yaml": "spec: {replicas: 3}\n"})
    assert project.serving.replicas == 3
    assert project.serving.at("replicas").file == "k8s/app.yaml"


def test_a_section_is_defined_once() -> None:
    header = "apiVersion: mlgov/v1\n"
    files = {"mlgov.yaml": header + "project: {id: a}\nmetrics: []\n", "governance/m.yaml": header + "metrics: []\n"}
    (defect,) = [d for group in joined(files).defects.values() for d in group]
    assert defect.code == "INT005"
    assert {o.file for o in defect.origins} == set(files)
