"""What is a change, and what is only rewriting."""

from mlgov.lifecycle.change import Change, changes
from mlgov.lifecycle.metrics import Metric
from mlgov.lifecycle.monitoring import Alert
from mlgov.lifecycle.rollout import Gate

from .joined import joined

HEAD = "apiVersion: mlgov/v1\nproject: {id: p}\n"


def change(before: str, after: str, **files: str) -> Change:
    old = joined({"mlgov.yaml": HEAD + before}).projects
    new = joined({"mlgov.yaml": HEAD + after} | files).projects
    (found,) = changes([*old], [*new])
    return found


def test_records_pair_by_id_wherever_they_stand() -> None:
    found = change("metrics: [{id: a}, {id: b}]\n", "metrics:\n# moved\n- {id: b}\n- {id: a, role: primary}\n")
    assert [(x.id, y.id) for x, y in found.kept(Metric)] == [("b", "b"), ("a", "a")]
    assert not list(found.gone(Metric)) + list(found.new(Metric))


def test_a_split_manifest_is_the_same() -> None:
    files = {"governance/metrics.yaml": "apiVersion: mlgov/v1\nmetrics: [{id: a}]\n"}
    found = change("metrics: [{id: a}]\n", "", **files)
    assert [(x.at().file, y.at().file) for x, y in found.kept(Metric)] == [("mlgov.yaml", "governance/metrics.yaml")]


def test_added_and_removed_records() -> None:
    found = change(
        "monitoring: {alerts: [{name: A, threshold: 1}]}\n", "monitoring: {alerts: [{name: B, threshold: 2}]}\n"
    )
    assert [a.name for a in found.gone(Alert)] == ["A"]
    assert [a.name for a in found.new(Alert)] == ["B"]


def test_a_new_name_for_the_same_definition_is_a_renaming() -> None:
    body = "metrics: [{id: %s, type: recall, acceptable: {min: 0.9}}]\n"
    found = change(body % "rec", body % "recall_all")
    assert [(x.id, y.id) for x, y in found.kept(Metric)] == [("rec", "recall_all")]


def test_gates_pair_by_stage_and_metric() -> None:
    body = "rollout: {stages: [{id: canary, kind: canary, gates: [%s]}]}\n"
    one, two = "{metric: errors, max: 0.01}", "{metric: latency, max: 200ms}"
    found = change(body % f"{one}, {two}", body % f"{two}, {one}")
    assert [(x.metric, y.metric) for x, y in found.kept(Gate)] == [("latency", "latency"), ("errors", "errors")]


def test_places_of_the_base_are_marked() -> None:
    found = change("metrics: [{id: a}]\n", "metrics: [{id: a}]\n")
    ((old, new),) = found.kept(Metric)
    assert (old.at().before, new.at().before) == (False, False)  # joined() reads both as heads; assembly marks the base


def test_projects_pair_by_id_then_by_folder() -> None:
    old = joined({"a/mlgov.yaml": HEAD, "b/mlgov.yaml": HEAD.replace("p}", "q}")}).projects
    new = joined({"c/mlgov.yaml": HEAD, "b/mlgov.yaml": HEAD.replace("p}", "renamed}")}).projects
    found = {c.id: (c.base.id, c.head.id, c.added, c.removed) for c in changes([*old], [*new])}
    assert found == {"p": ("p", "p", False, False), "renamed": ("q", "renamed", False, False)}


def test_a_project_that_came_and_one_that_went() -> None:
    old, new = joined({"a/mlgov.yaml": HEAD}).projects, joined({"b/mlgov.yaml": HEAD.replace("p}", "q}")}).projects
    found = {c.id: (c.added, c.removed) for c in changes([*old], [*new])}
    assert found == {"p": (False, True), "q": (True, False)}
