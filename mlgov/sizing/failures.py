"""How many trials a claimed failure rate needs."""

from typing import Any, NamedTuple

from mlgov import statistics
from mlgov.errors import UsageError
from mlgov.sizing.answer import Answer, Figure, plain, rate, whole

_MOST = 10**12


class Claim(NamedTuple):
    """A failure rate that is to be claimed, and how many failures the trials may have."""

    p_max: float
    failures: int = 0
    conf: float = 0.95


def failure_rate(asked: Claim) -> Answer:
    """The trials that show the rate, with the failures that are allowed."""
    most = rate("--p-max", asked.p_max, "it is the highest failure rate that you claim")
    conf = rate("--conf", asked.conf)
    allowed = whole("--failures", asked.failures, 0, "it is the number of failures that may occur")
    trials = _trials(most, allowed, conf)
    figures = (
        Figure("trials", trials, f"trials with at most {allowed} failures"),
        Figure("upper", statistics.binomial_upper_bound(allowed, trials, conf).upper, "upper bound that they show"),
    )
    formula = "n = ln(1-conf) / ln(1-p_max)" if not allowed else "smallest n with P(Bin(n, p_max) ≤ k) ≤ 1-conf"
    source = "Hanley, Lippman-Hand 1983; Clopper, Pearson 1934"
    question = f"trials to claim a failure rate of at most {plain(most)}"
    return Answer(question, figures, formula, source, _assumptions(conf), _plan(asked, trials), _hints(trials))


def _trials(most: float, allowed: int, conf: float) -> int:
    """The smallest number of trials whose upper bound does not exceed the claim; the bound falls with the trials."""
    if not allowed:
        return statistics.n_zero_failures(most, conf).n
    low, high = allowed, max(allowed + 1, statistics.n_zero_failures(most, conf).n)
    while statistics.binomial_upper_bound(allowed, high, conf).upper > most:
        low, high = high, high * 2
        if high > _MOST:
            raise UsageError(f"--p-max {plain(most)} with {allowed} failures needs more than {_MOST} trials")
    while high - low > 1:
        middle = (low + high) // 2
        enough = statistics.binomial_upper_bound(allowed, middle, conf).upper <= most
        low, high = (low, middle) if enough else (middle, high)
    return high


def _assumptions(conf: float) -> tuple[str, ...]:
    found = ("trials are independent, and drawn like the cases that will come", f"one-sided confidence {plain(conf)}")
    return (*found, "EVA305 judges at 0.95") if conf < 0.95 else found


def _plan(asked: Claim, trials: int) -> dict[str, Any]:
    return {
        "problem": {"failure": {"rate_max": asked.p_max}},
        "evaluation": {"trials": {"n": trials, "failures": asked.failures, "independent": True}},
    }


def _hints(trials: int) -> tuple[str, ...]:
    return (f"paste after the trials, with the numbers that came out; {trials} are planned",)
