"""`mlgov size`: how much data a plan needs, and the text to paste into mlgov.yaml."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mlgov.cli.answers import OneOf, output_option, say, say_json

if TYPE_CHECKING:
    from mlgov.sizing.answer import Answer

F = TypeVar("F", bound=Callable[..., Any])


def share(text: str) -> float:
    """A number, or a percent: 0.1 and 10% are the same."""
    try:
        return float(text.strip()[:-1]) / 100 if text.strip().endswith("%") else float(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no number; write 0.1 or 10%") from None


output = output_option("text", "json", "yaml")


def number(name: str, help_: str, default: float | None = None, required: bool = False) -> Callable[[F], F]:
    """An option that takes a number."""
    return click.option(
        name,
        type=share,
        metavar="NUMBER",
        default=None if default is None else f"{default:g}",
        required=required,
        help=help_,
        show_default=True,
    )


def count(name: str, help_: str, default: int | None = None, required: bool = False) -> Callable[[F], F]:
    """An option that takes a whole number."""
    return click.option(name, type=int, default=default, required=required, help=help_, show_default=True)


alpha = number("--alpha", "Error that is allowed where there is no effect.", 0.05)
power = number("--power", "Probability of seeing an effect that is there.", 0.8)


def metric(name: str) -> Callable[[F], F]:
    """The option for the name of the metric in the pasted text."""
    return click.option("--metric", default=name, show_default=True, help="How the pasted text names the metric.")


@click.group("size")
def command() -> None:
    """Compute how much data a plan needs, before the plan: formula, assumptions, and the YAML to paste.

    \b
    mlgov size ab --baseline 0.10 --mde 0.02   units per arm, with the YAML to paste
    mlgov size --help                          the other plans
    """


@command.command("ab")
@number("--baseline", "The rate now; with --sd, the mean.", required=True)
@number("--mde", "The smallest effect worth seeing.", required=True)
@click.option("--relative", is_flag=True, help="--mde is a share of the baseline.")
@number("--sd", "Standard deviation: the metric is a mean.")
@alpha
@power
@click.option("--one-sided", is_flag=True, help="Only one direction counts.")
@click.option("--lower-is-better", is_flag=True, help="The effect is a fall.")
@number("--ratio", "Units of treatment over units of control.", 1.0)
@count("--looks", "How often results are looked at.", 1)
@click.option("--method", type=OneOf(("none", "pocock", "obrien_fleming", "always_valid")), default="none",
              help="What allows several looks.")  # fmt: skip
@count("--guardrails", "Guardrail metrics that must pass as well.", 0)
@number("--daily-units", "New eligible units a day.")
@number("--exposure", "Share of them in the experiment.", 1.0)
@number("--rho", "Correlation that CUPED uses.", 0.0)
@metric("conversion")
@output
def ab(output: str, **asked: Any) -> None:
    """Units per arm, and days, of an A/B test on a rate or a mean."""
    from mlgov.sizing.design import Design
    from mlgov.sizing.experiment import ab as answer

    _tell(answer(Design(**asked)), output)


@command.command("canary")
@number("--traffic", "The canary's share of the requests.", required=True)
@number("--daily-units", "Requests a day.", required=True)
@number("--rate", "The rate now.", required=True)
@number("--trigger", "The rate at which you roll back.", required=True)
@number("--hours", "The hours that are planned: what do they show?")
@alpha
@power
@metric("error_rate")
@output
def canary(output: str, rate: float, **asked: Any) -> None:
    """Requests and hours that a canary needs to see its rollback trigger."""
    from mlgov.sizing.canary import Canary
    from mlgov.sizing.canary import canary as answer

    _tell(answer(Canary(before=rate, **asked)), output)


@command.command("eval")
@number("--value", "The value that is expected, or the target.", required=True)
@number("--half-width", "The precision that is wanted.")
@number("--baseline", "The value that must be beaten.")
@number("--prevalence", "Share of the rows that count: the positives, for recall.", 1.0)
@count("--slices", "Equally large slices, each as precise.", 1)
@number("--conf", "Confidence of the interval.", 0.95)
@metric("accuracy")
@output
def evaluation(output: str, **asked: Any) -> None:
    """Rows of a test set, for a precision or for a lead over a baseline."""
    from mlgov.sizing.evaluation import TestSet, test_set

    _tell(test_set(TestSet(**asked)), output)


@command.command("drift")
@number("--threshold", "The PSI that raises an alarm.", required=True)
@count("--bins", "Bins of the histogram.", 10)
@count("--reference-rows", "Rows of the reference.", required=True)
@count("--window-rows", "Rows of the window that is planned.")
@number("--alpha", "How often chance may pass the threshold.", 0.05)
@output
def drift(output: str, **asked: Any) -> None:
    """The smallest window in which a threshold on PSI is more than noise."""
    from mlgov.sizing.drift import Drift
    from mlgov.sizing.drift import drift as answer

    _tell(answer(Drift(**asked)), output)


@command.command("failure-rate")
@number("--p-max", "The highest failure rate that you claim.", required=True)
@count("--failures", "Failures that the trials may have.", 0)
@number("--conf", "One-sided confidence.", 0.95)
@output
def failure_rate(output: str, **asked: Any) -> None:
    """Trials that a claimed failure rate needs."""
    from mlgov.sizing.failures import Claim
    from mlgov.sizing.failures import failure_rate as answer

    _tell(answer(Claim(**asked)), output)


def _tell(found: "Answer", output: str) -> None:
    if output == "yaml":
        say(found.yaml)
    elif output == "json":
        figures = {figure.name: figure.value for figure in found.figures}
        keys = ("question", "formula", "source", "assumptions", "manifest", "yaml")
        say_json({"version": 1, "answer": figures} | {key: getattr(found, key) for key in keys})
    else:
        say("\n".join(_text(found)))


def _text(found: "Answer") -> "list[str]":
    from mlgov.sizing.answer import plain

    shown = [plain(f.value if isinstance(f.value, int) else float(f"{f.value:.5g}")) for f in found.figures]
    wide = max(map(len, shown))
    figures = [f"  {text:>{wide}}  {f.words}" for text, f in zip(shown, found.figures, strict=True)]
    rest = [f"  {assumption}" for assumption in found.assumptions]
    return [found.question, *figures, "", "Formula", f"  {found.formula}", f"  ({found.source})", "", "Assumptions", *rest,
            "", "Paste into mlgov.yaml", "", found.yaml]  # fmt: skip
