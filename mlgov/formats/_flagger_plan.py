"""The analysis of a Flagger canary as stages: which kind of rollout it is, how long it takes, and its gates."""

import math
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, flaw_at, rows
from mlgov.formats._quantities import count_of, number_of, percent, seconds, text_of, time_of, written
from mlgov.formats._query import query_of

# metrics that need no template: what their numbers count, how that is written, and which side the old `threshold` is
_BUILT_IN = {"request-success-rate": ("percent", "%", "min"), "request-duration": ("ms", "ms", "max")}
_MOST_STEPS = 1000


class Plan:
    """The analysis of a canary."""

    def __init__(self, artifact: Artifact, analysis: dict[str, Any], where: Origin, name: str) -> None:
        self.artifact, self.analysis, self.where, self.name = artifact, analysis, where, name
        self.interval = seconds(analysis.get("interval"))
        self.flaws: list[Flaw] = []

    def stages(self) -> Iterator[Draft]:
        """A stage of mirrored traffic where it is asked for, then the stage that decides, with all gates."""
        iterations = count_of(self.analysis.get("iterations"))
        if not self.analysis:
            return
        mirrored = self.analysis.get("mirror") is True
        if mirrored:
            yield self._gated(self._mirror(None if iterations is None else float(iterations)))
        if iterations is None:
            yield self._gated(self._shifting())
        elif not mirrored or self.analysis.get("match"):
            yield self._gated(self._counted(iterations))

    def _mirror(self, iterations: float | None) -> Draft:
        stage = Draft(self.where.at("mirror"), id=f"{self.name}-shadow", kind="shadow", traffic="0%")
        stage.put("mirror", percent(self.analysis.get("mirrorWeight", 100)), self.where.at("mirrorWeight"))
        self._lasts(stage, iterations, "iterations")
        return stage

    def _counted(self, iterations: str) -> Draft:
        kind = "ab_test" if self.analysis.get("match") else "blue_green"
        stage = Draft(self.where, id=f"{self.name}-{kind.replace('_', '-')}", kind=kind)
        if kind == "ab_test":
            stage.put("experiment", self.name, self.where.at("match"))
        else:
            stage.values["traffic"] = "100%"
        self._lasts(stage, float(iterations), "iterations")
        return stage

    def _shifting(self) -> Draft:
        field = "stepWeights" if isinstance(self.analysis.get("stepWeights"), list) else "stepWeight"
        stage = Draft(self.where, id=f"{self.name}-canary", kind="canary")
        weights = self._weights()
        for at, weight in enumerate(weights):
            where = self.where.at(field, at) if field == "stepWeights" else self.where.at(field)
            step = Draft(where, traffic=weight)
            step.put("duration", text_of(self.analysis.get("interval")) if self.interval else None,
                     self.where.at("interval"))  # fmt: skip
            stage.add("steps", step)
        if weights:
            last = self.where.at(field, len(weights) - 1) if field == "stepWeights" else self.where.at("maxWeight")
            stage.put("traffic", weights[-1], last)
            self._lasts(stage, len(weights), "interval")
        return stage

    def _weights(self) -> list[str]:
        listed = self.analysis.get("stepWeights")
        if isinstance(listed, list):
            found = [percent(weight) for weight in listed[:_MOST_STEPS]]
            if None in found and all(text_of(weight) is not None for weight in listed):
                self.flaws.append(flaw_at(self.artifact, self.where.at("stepWeights"), "a weight is not from 0 to 100"))
            return [] if None in found else [weight for weight in found if weight]
        step, most = number_of(self.analysis.get("stepWeight")), number_of(self.analysis.get("maxWeight", 100))
        if step is None or most is None:
            return []
        if not 1 <= step <= 100 or not 1 <= most <= 100:
            self.flaws.append(flaw_at(self.artifact, self.where.at("stepWeight"), "a weight is not from 1 to 100"))
            return []
        number = min(math.ceil(most / step), _MOST_STEPS)
        return [f"{min(step * (at + 1), most):g}%" for at in range(number)]

    def _lasts(self, stage: Draft, checks: float | None, field: str) -> None:
        if self.interval and checks:
            stage.put("duration", written(self.interval * checks), self.where.at(field))

    def _gated(self, stage: Draft) -> Draft:
        """The stage with its gates, and who must confirm it."""
        for at, metric in rows(self.analysis.get("metrics")):
            stage.add("gates", self._gate(metric, self.where.at("metrics", at)))
        for at, webhook in rows(self.analysis.get("webhooks")):
            if str(webhook.get("type", "")).startswith("confirm-"):
                stage.put("pause", "manual", self.where.at("webhooks", at, "type"))
        return stage

    def _gate(self, metric: dict[str, Any], where: Origin) -> Draft:
        name = text_of(metric.get("name"))
        template = metric.get("templateRef")
        gate = Draft(where, metric=name)
        if isinstance(template, dict):
            gate.put("template", text_of(template.get("name")), where.at("templateRef", "name"))
        unit, suffix, side = (
            _BUILT_IN.get(name or "", ("", "", "max")) if "template" not in gate.values else ("", "", "max")
        )
        gate.put("unit", unit or None, where.at("name"))
        limits = metric.get("thresholdRange")
        for field in ("min", "max"):
            value = limits.get(field) if isinstance(limits, dict) else None
            gate.put(field, _with_unit(value, suffix), where.at("thresholdRange", field))
        if not isinstance(limits, dict):
            gate.put(side, _with_unit(metric.get("threshold"), suffix), where.at("threshold"))
        gate.put("query", query_of(metric.get("query")), where.at("query"))
        gate.put("interval", time_of(metric.get("interval")), where.at("interval"))
        gate.put("failure_limit", count_of(self.analysis.get("threshold")), self.where.at("threshold"))
        gate.put("count", count_of(self.analysis.get("iterations")), self.where.at("iterations"))
        return gate

    def experiment(self, stage: Draft) -> Draft:
        """The A/B test that the stage runs: its length, compared with the plan by others."""
        plan = Draft(self.where, id=self.name)
        plan.put("duration", stage.values.get("duration"), self.where.at("iterations"))
        return plan


def _with_unit(value: Any, suffix: str) -> str | None:
    return f"{text_of(value)}{suffix}" if number_of(value) is not None else None
