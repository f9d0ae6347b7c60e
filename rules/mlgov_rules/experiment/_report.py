"""What the report of an experiment claims in words and in numbers of its own."""

import re

from mlgov.rulekit import Experiment, ExperimentResults, interval
from mlgov_rules.experiment._size import is_peeking

_SIGNIFICANT = re.compile(r"(?<!in)(?<!non-)(?<!non )\bsignificant", re.IGNORECASE)
_DENIED = re.compile(r"\b(not|no|never|without|neither|isn't|wasn't)\b", re.IGNORECASE)
_GIVEN_UP = re.compile(
    r"\b(harm|abandon|abort|reject|roll(ed)?[ -]?back|revert|stop|kill|drop|guardrail|inconclusive|fail|worse|lose|lost)",
    re.IGNORECASE,
)


def scales(results: ExperimentResults) -> list[float]:
    """What may lie between effect and interval: nothing, or per cent where one of the two does not say."""
    ci, effect = results.ci, results.effect
    units = {n.unit for n in (effect, ci.low if ci else None, ci.high if ci else None) if n is not None}
    return [1.0] if len(units) == 1 else [1.0, 0.01, 100.0, 0.001, 1000.0]


def significance(results: ExperimentResults, alpha: float) -> str:
    """The words or the p value by which a report calls its result significant; "" where it does not."""
    decision = results.decision or ""
    if _SIGNIFICANT.search(decision) and not _DENIED.search(decision):
        return f"the decision is {decision!r}"
    claimed = interval(results.p_value) if results.p_value is not None else None
    return f"p = {results.literal('p_value')} is below {alpha:g}" if claimed and claimed[1] < 0.8 * alpha else ""


def is_stopped_early(experiment: Experiment, results: ExperimentResults) -> bool:
    """True if a success was called before the planned sample was there, without a rule for it."""
    planned, decision, design = experiment.sample_size_per_arm, results.decision or "", experiment.sequential
    is_ended = experiment.status in ("stopped", "analysed") or bool(results.stopped_on or results.decision)
    is_free = design is None or design.method in (None, "none")
    if (
        planned is None
        or not results.counts
        or not is_ended
        or not is_free
        or experiment.bayesian
        or is_peeking(experiment)
    ):
        return False
    if _GIVEN_UP.search(decision) or _DENIED.search(decision):
        return False
    claimed = interval(planned) or (float(planned), float(planned))
    return min(results.counts.values()) < 0.95 * claimed[0]
