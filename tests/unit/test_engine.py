"""How rules are called, silenced, gated, and what happens when one crashes."""

import sys
import types
from collections.abc import Callable
from typing import Any

import pytest

from mlgov.engine import Judgement, Plan, inapplicable, judge
from mlgov.errors import PackError
from mlgov.finding import Origin, Severity
from mlgov.lifecycle.fact import Defect
from mlgov.rule import Rule
from mlgov.rulekit import Framing, Metric, Product, Project, abstain, missing, presence, rule

from .lifecycle.joined import joined

HEADER = "apiVersion: mlgov/v1\nproject: {id: p%s}\n"


def made(check: Callable[..., Any], decorator: Callable[[Any], Any]) -> Rule:
    """The rule of a function, as if it stood in a file of its own."""
    module = types.ModuleType("made_up.rules." + check.__name__)
    module.__doc__ = "A law.\n\n## Remedy\ndo it\n"
    check.__module__ = module.__name__
    sys.modules[module.__name__] = module
    found: Rule = decorator(check).__rule__
    return found


def run(body: str, *rules: Rule, profile: str = "standard", stage: str = "", **levels: Severity) -> Judgement:
    project = HEADER % (f", stage: {stage}" if stage else "")
    assembled = joined({"mlgov.yaml": project + body})
    plan = Plan(rules, profile, lambda code, usual: levels.get(code, usual))
    return judge(plan, assembled.projects, assembled.defects)


def complain(metric: Metric, project: Project) -> Any:
    yield metric.at("id"), f"metric {metric.id}"


def test_a_rule_is_called_once_for_each_record_it_judges() -> None:
    found = run("metrics: [{id: a}, {id: b}]\n", made(complain, rule("AAA101", severity="EWI")))
    assert [(v.message, v.severity, v.subject) for v in found.verdicts] == [
        ("metric a", Severity.WARNING, "metrics[a]"),
        ("metric b", Severity.WARNING, "metrics[b]"),
    ]
    assert found.planned == found.ran == {"AAA101"}


def test_a_crash_is_a_finding_and_hides_nothing() -> None:
    def broken(metric: Metric) -> Any:
        raise KeyError("oops")

    crashing = made(broken, rule("AAA102", severity="EEE"))
    found = run("metrics: [{id: a}]\n", crashing, made(complain, rule("AAA101", severity="EEE")))
    assert sorted(v.code for v in found.verdicts) == ["AAA101", "INT001"]
    assert found.planned - found.ran == {"AAA102"}
    assert "AAA102 broken raised KeyError" in next(v.message for v in found.verdicts if v.code == "INT001")


def test_an_abstention_keeps_its_reason() -> None:
    def unsure(metric: Metric) -> Any:
        yield abstain("unknown split")

    found = run("metrics: [{id: a}]\n", made(unsure, rule("AAA201", severity="EEE")))
    assert found.verdicts == ()
    assert [(a.code, a.subject, a.reason) for a in found.abstentions] == [("AAA201", "metrics[a]", "unknown split")]


def test_a_rule_that_is_off_is_neither_planned_nor_run() -> None:
    found = run("metrics: [{id: a}]\n", made(complain, rule("AAA101", severity="-WE")), profile="prototype")
    assert (found.verdicts, found.planned) == ((), frozenset())


def test_a_cause_silences_its_consequence_at_the_same_place() -> None:
    def consequence(metric: Metric) -> Any:
        yield metric.at("id"), "consequence"

    def cause(metric: Metric) -> Any:
        if metric.id == "a":
            yield metric.at("id"), "cause"

    rules = (
        made(cause, rule("AAA101", severity="EEE", implies=["AAA102"])),
        made(consequence, rule("AAA102", severity="EEE")),
    )
    found = run("metrics: [{id: a}, {id: b}]\n", *rules)
    assert [(v.code, v.subject) for v in found.verdicts] == [("AAA101", "metrics[a]"), ("AAA102", "metrics[b]")]


def test_options_replace_defaults() -> None:
    def bounded(metric: Metric, *, most: float = 1.0) -> Any:
        yield metric.at(), f"most {most}"

    wanted = made(bounded, rule("AAA103", severity="EEE"))
    assembled = joined({"mlgov.yaml": HEADER % "" + "metrics: [{id: a}]\n"})
    plan = Plan((wanted,), "standard", lambda _, usual: usual, {"AAA103": {"most": 2.5}})
    assert judge(plan, assembled.projects, {}).verdicts[0].message == "most 2.5"


def goal(framing: Framing) -> Any:
    return missing(framing, "no {}", "ml_objective")


def statement(framing: Framing) -> Any:
    return missing(framing, "no {}", "task")


LEAD = presence("AAA001", "framing", severity="EEE", stage="development", lead=True)
FOLLOW = presence("AAA002", "framing", severity="EEE", stage="development")


@pytest.mark.parametrize(
    ("body", "stage", "codes"),
    [
        ("", "development", ["AAA001"]),  # the lead rule speaks for the whole section
        ("", "ideation", []),  # too early
        ("framing: {ml_objective: more}\n", "ideation", ["AAA002"]),  # a section that is begun is checked
        ("framing: {task: x}\n", "development", ["AAA001"]),
        ("framing: {ml_objective: TODO, task: x}\n", "development", ["AAA001"]),  # INT007 stays silent
        ("framing: {not_applicable: {reason: told elsewhere}}\n", "production", []),
        ("", "retired", []),
    ],
)
def test_presence(body: str, stage: str, codes: list[str]) -> None:
    found = run(body, made(goal, LEAD), made(statement, FOLLOW), stage=stage)
    assert [v.code for v in found.verdicts] == codes


def test_nothing_is_asked_of_a_repository_without_a_manifest() -> None:
    (project,) = joined({"metrics.json": '{"accuracy": 0.9}'}).projects
    assert "manifest" in inapplicable(made(goal, LEAD), project)


@pytest.mark.parametrize(("severity", "stage"), [("EE", "any"), ("EEX", "any"), ("EEE", "someday")])
def test_a_rule_that_breaks_the_contract_is_refused(severity: str, stage: str) -> None:
    with pytest.raises(PackError, match="AAA104"):
        made(complain, rule("AAA104", severity=severity, stage=stage))


def failure(product: Product) -> Any:
    return missing(product, "no {}", "failure_path")


@pytest.mark.parametrize(("stage", "asked"), [("ideation", False), ("validation", False), ("pre_launch", True)])
def test_a_section_that_is_asked_for_early_is_not_begun_for_a_later_stage(stage: str, asked: bool) -> None:
    later = made(failure, presence("AAA003", "product", severity="EEE", stage="pre_launch"))
    assert bool(run("product: {type: autonomous}\n", later, stage=stage).verdicts) is asked


def test_nothing_is_missing_from_a_manifest_that_could_not_be_read() -> None:
    (project,) = joined({"mlgov.yaml": HEADER % "" + "framing: {task: x}\n"}).projects
    plan = Plan((made(goal, LEAD),), "standard", lambda _, usual: usual)
    broken = Defect("INT002", "broken", (Origin("governance/framing.yaml"),), "")
    assert [v.code for v in judge(plan, [project], {}).verdicts] == ["AAA001"]
    assert [v.code for v in judge(plan, [project], {project.id: [broken]}).verdicts] == ["INT002"]
