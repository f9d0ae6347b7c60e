"""What a change does, in words: limits with their direction, substance apart from spelling."""

import pytest

from mlgov.lifecycle.change import Change, changes
from mlgov.lifecycle.differences import differences
from mlgov.lifecycle.moves import moves

from .joined import joined

HEAD = "apiVersion: mlgov/v1\nproject: {id: p}\n"


def change(before: str, after: str) -> Change:
    old, new = (joined({"mlgov.yaml": HEAD + text}).projects for text in (before, after))
    (found,) = changes([*old], [*new])
    return found


LATENCY = "metrics: [{id: latency_p95, unit: %s, acceptable: {%s}}]\n"
ALERT = "monitoring: {alerts: [{name: A, op: %s, threshold: %s}]}\n"
MARGIN = "metrics: [{id: e, unit: fraction, definition: errors}]\nexperiments: [{id: x, guardrails: [{metric: e, margin: %s}]}]\n"


@pytest.mark.parametrize(
    ("body", "before", "after", "looser"),
    [
        (LATENCY, ("ms", "max: 200"), ("s", "max: 0.5"), True),
        (LATENCY, ("ms", "max: 200"), ("s", "max: 0.1"), False),
        (LATENCY, ("ms", "max: 200"), ("ms", "max: null"), True),
        (LATENCY, ("ms", "min: 1"), ("ms", "min: 2"), False),
        (ALERT, ("gt", "200ms"), ("gt", "0.5s"), True),
        (ALERT, ("lt", "0.9"), ("lt", "0.8"), True),
        (ALERT, ("lt", "0.9"), ("lt", "95%"), False),
        (ALERT, ("gt", "200"), ("gt", "500ms"), None),
        (ALERT, ("gt", "200ms"), ("lt", "500ms"), None),
        (MARGIN, ("0.01",), ("2%",), True),
    ],
)
def test_a_move_has_a_direction(
    body: str, before: tuple[str, ...], after: tuple[str, ...], looser: bool | None
) -> None:
    (move,) = moves(change(body % before, body % after))
    assert move.looser is looser


@pytest.mark.parametrize(
    ("body", "before", "after"),
    [
        (LATENCY, ("ms", "max: 200"), ("s", "max: 0.2")),
        (LATENCY, ("ms", "max: 200"), ("ms", "max: 0.2s")),
        (ALERT, ("gt", "0.05"), ("gt", "5%")),
        (MARGIN, ("0.01",), ("1%",)),
    ],
)
def test_other_words_are_no_move(body: str, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    assert not list(moves(change(body % before, body % after)))


def test_differences_come_by_topic_and_say_what_is_only_spelling() -> None:
    found = differences(
        change(
            "problem: {business_goal: sell}\nmetrics: [{id: rec, type: recall, acceptable: {min: 0.90}}]\n"
            "evaluation: {results: [{metric: rec, value: 0.90}]}\nteam: {ownership: {model: ada}}\n",
            "problem: {business_goal: keep}\nmetrics: [{id: recall_all, type: recall, acceptable: {min: 90%}}]\n"
            "evaluation: {results: [{metric: recall_all, value: 0.91}]}\nteam: {ownership: {model: eva}}\n",
        )
    )
    assert [(d.topic, d.what, d.after) for d in found if d.substantive] == [
        ("intended use", "changed", "keep"),
        ("results", "removed", ""),
        ("results", "added", ""),
        ("owners", "changed", "eva"),
    ]
    assert {d.what for d in found if not d.substantive} == {"renamed", "rewritten"}


def test_equal_projects_do_not_differ() -> None:
    body = LATENCY % ("ms", "max: 200")
    assert differences(change(body, body)) == []
