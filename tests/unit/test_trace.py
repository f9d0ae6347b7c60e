"""The trace of a project tells the same story as the rules, and draws it so that nothing in it acts."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from mlgov.background import KINDS
from mlgov.catalogue import installed_formats, installed_rules
from mlgov.inventory import take
from mlgov.lifecycle.assembly import assemble
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.trace import Trace, trace
from mlgov.renderers.trace_mermaid import mermaid
from mlgov.renderers.trace_svg import svg
from mlgov.snapshot import MemoryTree
from mlgov.testkit import TODAY, cases, judged

RULES = {rule.code: rule for rule in installed_rules()}
SHARED = ("REQ202", "FRM206", "MON202", "DEP203")
CHAIN = """\
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
problem:
  objectives: [{id: keep, metric: retention}]
  requirements: [{id: r1, acceptance: {metric: recall, min: 0.6}}, {id: r2, statement: is fast}]
metrics:
- {id: recall, scope: offline, role: primary, unit: fraction, acceptance: null, proxy_for: retention}
- {id: retention, scope: online, role: primary, unit: fraction}
- {id: errors, scope: online, role: guardrail, unit: fraction}
baselines: [{id: rules, kind: heuristic, results: [{metric: recall, value: 0.5, split: test}]}]
evaluation: {results: [{metric: recall, value: 0.62, split: test, n: 100}]}
experiments: [{id: calls, primary_metrics: [retention], guardrails: [{metric: errors, margin: 0.01}]}]
rollout:
  stages: [{id: canary, kind: canary, traffic: 5%, gates: [{metric: errors, max: 1%}]}]
  rollback: {owner: sam, triggers: [{metric: errors, max: 2%}]}
monitoring:
  signals: [{id: retention_weekly, kind: business, metric: retention}]
  alerts: [{name: ErrorsHigh, metric: errors, op: gt, threshold: 1%, owner: ada}, {name: Slow, metric: errors, op: gt, threshold: 0.5}]
""".replace("acceptance: null, ", "")  # fmt: skip


def projects(files: dict[str, str]) -> list[Project]:
    tree = MemoryTree(dict(files))
    inventory, shelf = take(tree, installed_formats(), lambda _: True)
    return list(assemble(inventory.evidence, tree, shelf.look_up, TODAY).projects)


def traced(text: str) -> Trace:
    (project,) = projects({"mlgov.yaml": text})
    return trace(project)


def labels(found: Trace, thread: str, kind: str) -> list[str]:
    (one,) = (t for t in found.threads if t.name == thread)
    return [node.label for node in one.cells[kind]]


def examples(code: str) -> Iterator[tuple[str, dict[str, str]]]:
    yield from ((case.kind, case.files) for case in cases(RULES[code].doc))


def test_a_thread_leads_from_the_requirement_to_the_owner() -> None:
    found = traced(CHAIN)
    assert labels(found, "recall", "requirement") == ["r1", "keep"]
    assert labels(found, "recall", "result") == ["0.62 test"]
    assert labels(found, "recall", "baseline") == ["rules 0.5"]
    assert labels(found, "retention", "guard") == ["calls"]
    assert labels(found, "errors", "guard") == ["calls", "canary"]
    assert labels(found, "errors", "monitor") == ["ErrorsHigh", "Slow"]
    assert labels(found, "errors", "rollback") == ["max 2%"]
    assert labels(found, "errors", "owner") == ["ada", "sam"]


def test_what_is_missing_is_named_once_with_its_rule() -> None:
    found = traced(CHAIN)
    assert [(g.code, g.name, g.missing) for g in found.gaps] == [
        ("REQ202", "r2", "metric"),
        ("MON005", "Slow", "owner"),
    ]
    assert all(g.origin.file == "mlgov.yaml" for g in found.gaps)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (", proxy_for: retention", "", "FRM206"),
        ("evaluation: {results: [{metric: recall, value: 0.62, split: test, n: 100}]}\n", "", "EVA001"),
        ("{metric: recall, value: 0.62", "{metric: precision, value: 0.62", "EVA201"),
        ("results: [{metric: recall, value: 0.5", "results: [{metric: precision, value: 0.5", "EVA002"),
        ("metric: retention}]\n  alerts", "metric: calls_}]\n  alerts", "MON202"),
        ("threshold: 1%", "threshold: 5%", "DEP203"),
        ("owner: sam, ", "", "DEP003"),
        ("{metric: recall, min: 0.6}", "{metric: recal, min: 0.6}", "FRM201"),
    ],
)
def test_a_cut_link_is_a_gap_and_the_rule_says_so(old: str, new: str, code: str) -> None:
    assert CHAIN.count(old) == 1
    text = CHAIN.replace(old, new)
    assert code not in {g.code for g in traced(CHAIN).gaps}
    assert code in {g.code for g in traced(text).gaps}
    assert [v for v in judged(RULES[code], {"mlgov.yaml": text}).verdicts if v.code == code]


@pytest.mark.parametrize("code", SHARED)
def test_rules_and_trace_tell_the_same_story_about_every_example(code: str) -> None:
    for _, files in examples(code):
        spoken = sorted(v.origins[0] for v in judged(RULES[code], files).verdicts if v.code == code)
        shown = sorted(g.origin for project in projects(files) for g in trace(project).gaps if g.code == code)
        assert spoken == shown, files


def test_edges_join_nodes_that_exist() -> None:
    found = traced(CHAIN)
    keys = {node.key for node in found.nodes}
    assert {key for edge in found.edges for key in edge} <= keys
    assert len(keys) == len(found.nodes)
    assert {node.kind for node in found.nodes} <= set(KINDS)


HOSTILE = CHAIN.replace("id: r1", "id: r1, statement: x").replace(
    "statement: is fast", 'statement: "</text><script>alert(1)</script>\\"] --> x; click n0 \\u202e ##[error]"'
).replace("id: r2, ", "")  # fmt: skip


def test_a_drawing_is_closed_in_itself_and_nothing_in_it_acts() -> None:
    text = svg(traced(HOSTILE))
    root = ElementTree.fromstring(text)
    assert {re.sub(r"\{.*\}", "", e.tag) for e in root.iter()} == {"svg", "title", "style", "text", "g", "rect", "path"}
    assert not any(key.endswith("href") or key.startswith("on") for e in root.iter() for key in e.attrib)
    assert "‮" not in text
    chart = mermaid(traced(HOSTILE))
    assert "<" not in chart.replace("-.->", "")
    assert all(re.fullmatch(r'[^"]*("[^"<>\[\]]*"[^"]*)?', line) for line in chart.splitlines())


def test_a_project_without_metrics_has_an_empty_trace() -> None:
    found = traced("apiVersion: mlgov/v1\nproject: {id: churn}\n")
    assert not found.threads
    assert not found.nodes
    assert not found.edges
    ElementTree.fromstring(svg(found))
