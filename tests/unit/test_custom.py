"""Rules without code: what conditions see, what they may cost, and when they cannot decide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.custom import rules_of_tables, tables_of
from mlgov.errors import SettingsError
from mlgov.rule import Rule
from mlgov.testkit import judged

HEAD = "apiVersion: mlgov/v1\nproject: {id: churn, stage: production, risk_tier: high}\n"
ALERT = "{name: Slow, metric: latency, op: gt, threshold: 200ms, for: 10m, window_rows: 300, labels: {team: ml}}"
MANIFEST = (
    HEAD + "product: {type: [autonomous]}\nmetrics: [{id: latency, definition: d, series: [a, b], unit: s}]\n"
    f"monitoring: {{alerts: [{ALERT}]}}\n"
)


def rule(**table: str) -> Rule:
    """The rule of one table."""
    lines = {"id": "ACME001", "message": "wrong", "for": "alerts"} | table
    text = "- " + "\n  ".join(f"{key}: {value}" for key, value in lines.items()) + "\n"
    (made,) = rules_of_tables(tables_of("acme.rules.yaml", text.encode()), {})
    return made


def outcome(require: str, **table: str) -> str:
    """`holds`, `fails`, or the reason of an abstention, for the alert or what else is asked about."""
    found = judged(rule(require="'" + require.replace("'", "''") + "'", **table), {"mlgov.yaml": MANIFEST})
    if found.abstentions:
        return found.abstentions[0].reason
    return "fails" if any(v.code == "ACME001" for v in found.verdicts) else "holds"


@pytest.mark.parametrize(
    "condition",
    [
        'name == "Slow"',
        "threshold == 0.2",
        "threshold < 1",
        "for_ == 600.0 && this['for'] == 600.0",
        "window_rows == 300 && window_rows % 2 == 0",
        "runbook == null && !has(this.runbook)",
        'labels.team == "ml"',
        'project.id == "churn" && project.stage == "production" && project.risk_tier == "high"',
        'project.product_type == "autonomous"',
        'name.matches("^[A-Z]") && name.startsWith("S") && size(name) == 4',
    ],
)
def test_a_condition_sees_values_in_base_units(condition: str) -> None:
    assert outcome(condition) == "holds"
    assert outcome(f"!({condition})") == "fails"


def test_lists_have_comprehensions_and_sections_are_records() -> None:
    assert outcome('series.all(s, s.matches("[ab]"))', **{"for": "metrics"}) == "holds"
    assert outcome('series.exists(s, s == "c")', **{"for": "metrics"}) == "fails"
    assert outcome("on_call != null", **{"for": "monitoring"}) == "fails"
    assert outcome("mode != null", **{"for": "serving"}) == "holds"  # nothing is stated, nothing is wrong


def test_a_record_elsewhere_of_the_same_kind_is_not_meant() -> None:
    manifest = HEAD + (
        "metrics: [{id: recall}]\nbaselines: [{id: old, kind: heuristic, results: [{metric: recall, value: 0.5}]}]\n"
        "evaluation: {results: [{metric: recall, value: 0.7}]}\n"
    )
    made = rule(require="n != null", **{"for": "evaluation.results", "message": '"no n: {value}"'})
    assert [v.message for v in judged(made, {"mlgov.yaml": manifest}).verdicts] == ["no n: 0.7"]


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ("name > 1", "No such overload"),
        ("threshold % 2 == 0", "Unsupported operation"),
        ("window_rows / 0 == 1", "division by zero"),
        ("labels.squad == 'ml'", "no key 'squad'"),
        ("runbook.startsWith('docs/')", "startsWith is not defined for such a value"),
        ("window_rows + 1", "is 301, not true or false"),
    ],
)
def test_what_has_no_answer_is_abstained_from(condition: str, reason: str) -> None:
    assert reason in outcome(condition)


def test_a_condition_that_does_not_apply_says_nothing() -> None:
    assert outcome("runbook != null", when="'severity == \"critical\"'") == "holds"
    assert outcome("runbook != null", when="'severity == null'") == "fails"


def test_comprehensions_are_bounded_by_the_size_of_the_record() -> None:
    many = ", ".join(f"s{n}" for n in range(400))
    manifest = HEAD + f"metrics: [{{id: latency, series: [{many}]}}]\n"
    made = rule(require="series.all(a, series.all(b, series.exists(c, c == a)))", **{"for": "metrics"})
    (said,) = judged(made, {"mlgov.yaml": manifest}).abstentions
    assert said.reason == "the record is too large for so many comprehensions"


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"require": "'" + "a" * 2001 + "'"}, "at most 2000 are read"),
        ({"require": "'" + "(" * 400 + "true" + ")" * 400 + "'"}, "require: "),
        ({"require": "true"}, "require must be a text"),
        ({"require": "'i > 1'"}, "no variable 'i'"),
        ({"require": "'this.runbok != null'"}, "no field 'runbok'; did you mean 'runbook'?"),
        ({"require": "'getenv(name)'"}, "no function 'getenv'"),
        ({"require": "'true'", "name": "Not A Name"}, "name is 'Not A Name'"),
        ({"require": "'true'", "id": "INT001"}, "expected letters of your own"),
        ({"require": "'true'", "options": "{this: 1}"}, "'this' cannot be the name of a variable"),
        ({"require": "'true'", "options": "{weeks: [1]}"}, "weeks must be a number"),
        ({"require": "'true'", "stage": "launch"}, "stage is 'launch', expected one of any"),
        ({"require": "'true'", "examples": "[{fails: 1}]"}, "fails must be a record of monitoring.alerts"),
    ],
)
def test_a_wrong_table_says_where_and_what(table: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsError, match=r"acme\.rules\.yaml:[0-9]+:[0-9]+") as error:
        rule(**table)
    assert words in str(error.value)


@pytest.mark.parametrize("text", ["a: 1\n", "- 1\n", "- {id: ACME001}\n", "[\n", ""])
def test_a_file_of_another_shape_is_told(text: str) -> None:
    with pytest.raises(SettingsError, match=r"acme\.rules\.yaml"):
        list(tables_of("acme.rules.yaml", text.encode()))


@given(st.text(max_size=60))
def test_no_text_ends_in_anything_but_a_rule_or_a_settings_error(text: str) -> None:
    import json

    try:
        made = rule(require=json.dumps(text))
    except SettingsError:
        return
    assert made.code == "ACME001"
