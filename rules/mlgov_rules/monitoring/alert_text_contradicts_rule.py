"""The text of an alert must name the level at which it fires.

## Why
Whoever is called at night believes the text. "Above 3 %" beside a rule that fires at 5 % makes the first minutes of the
incident wrong.

Compared are numbers that the text puts behind a comparison ("above 3 %", "> 200ms", "under 0.9 s") with a unit that the level
has too, at the precision of the text. Templates such as `{{ $value }}`, durations of waiting and numbers without a unit are
no levels.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  alerts: [{name: Errors, op: gt, threshold: 0.05, unit: fraction, for: 10m, summary: "errors above 3 % for 10m ({{ $value }})"}]
~~~

### seconds and milliseconds
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  alerts: [{name: Slow, op: gt, threshold: 2, unit: s, window: 5m, summary: the response time is greater than 5 seconds}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  alerts:
  - {name: Slow, op: gt, threshold: 0.2, unit: s, for: 10m, summary: p95 latency > 200ms over 10m}
  - {name: Errors, op: gt, threshold: 5%, summary: "5xx above 5% (was 3 % last year)"}
  - {name: Recall, op: lt, threshold: 0.88, unit: fraction, summary: recall below 88 percent}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring: {alerts: [{name: Queue, op: gt, threshold: 500, summary: waiting longer than 2 seconds}]}
~~~

## Remedy
make text and rule agree; the rule is what fires

## References
S4-57
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mlgov.rulekit import Alert, Findings, Level, Project, Quantity, abstain, alert_level, interval, rule

_TEMPLATE = re.compile(r"\{\{.*?\}\}")
_COMPARED = re.compile(
    r"(?:\b(?:above|below|under|beyond|exceed(?:s|ed|ing)?|(?:more|less|greater|higher|lower|slower|longer|larger|smaller)\s+than"
    r"|at\s+least|at\s+most|reach(?:es|ed)?)\s*|[<>≥≤]=?\s*)(~?\d[\d,]*(?:\.\d+)?)\s*"
    r"(%|percent\b|ms\b|milliseconds?\b|msec\b|s\b|secs?\b|seconds?\b|min(?:utes?)?\b|m\b|hours?\b|h\b)",
    re.IGNORECASE,
)
_LATE = re.compile(r"(~?\d[\d,]*(?:\.\d+)?)\s*(%|ms|초|s)\s*(?:를|을)?\s*(?:초과|이상|이하|미만)")
_FACTORS = {"%": ("fraction", 0.01), "ms": ("s", 0.001), "s": ("s", 1.0), "m": ("s", 60.0), "h": ("s", 3600.0)}


class Said(NamedTuple):
    """A level in the text: as printed, its base unit, and the numbers it can stand for."""

    text: str
    base: str
    low: float
    high: float

    def agrees(self, fires: Level) -> bool:
        """True if the rule may fire there; a level without a unit may be a percent."""
        scales = (1, 100) if fires.base == "" else (1,)
        return any(self.low * by - 1e-9 <= fires.value <= self.high * by + 1e-9 for by in scales)


@rule("MON208", severity="IWW", sources=["S4-57"])
def alert_text_contradicts_rule(alert: Alert, project: Project) -> Findings:
    fires = alert_level(alert, project.unit(alert.metric))
    said = [s for s in _levels(alert) if fires and fires.base in (s.base, "")]
    if fires is None or not said or any(s.agrees(fires) for s in said):
        return
    if fires.base == "" and (abs(fires.value) > 1 or any(s.base != "fraction" for s in said)):
        yield abstain("unknown unit of the level")
    else:
        bare = alert.unit and alert.unit != "fraction" and not getattr(alert.threshold, "unit", "")
        level = f"{alert.literal('threshold')} {alert.unit}" if bare else alert.literal("threshold")
        message = f"alert {alert.name} says {said[0].text} in its text, the rule fires at {level}"
        yield alert.at("summary"), message, [alert.at("threshold")]


def _levels(alert: Alert) -> Iterator[Said]:
    """The levels that the text compares with; a number that is the window or the wait is none."""
    text = _TEMPLATE.sub(" ", alert.summary or "")
    waits = {float(wait) for wait in (alert.for_, alert.window) if wait is not None}
    for number, unit in [*_COMPARED.findall(text), *_LATE.findall(text)]:
        base, factor = _FACTORS[_unit(unit)]
        value = float(number.strip("~").replace(",", ""))
        ends = interval(Quantity(value, number))
        if ends and not (base == "s" and value * factor in waits):
            yield Said(f"{number} {unit}", base, ends[0] * factor, ends[1] * factor)


def _unit(word: str) -> str:
    """`seconds` is s, `msec` ms, `minutes` m."""
    lower = word.lower()
    if lower.startswith(("mil", "ms")):
        return "ms"
    return "%" if lower[0] in "%p" else "s" if lower[0] in "s초" else lower[0]
