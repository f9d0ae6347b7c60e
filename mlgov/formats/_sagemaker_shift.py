"""How a SageMaker endpoint moves its traffic: all at once, by a canary, in equal steps, and which alarms take it back."""

import math
from collections.abc import Iterator
from typing import Any

from mlgov.finding import Origin
from mlgov.formats._draft import Draft, rows
from mlgov.formats._kubernetes import value_at
from mlgov.formats._quantities import number_of, percent, seconds, text_of, time_of, written
from mlgov.lifecycle.fact import Fact


def deployment(name: str, plan: dict[str, Any], where: Origin) -> Iterator[Fact]:
    """The stages of a deployment configuration, and what takes the traffic back."""
    yield Fact("rollout.tool", "sagemaker", where)
    rolling = "RollingUpdatePolicy" in plan
    field = "RollingUpdatePolicy" if rolling else "BlueGreenUpdatePolicy"
    policy, place = plan.get(field), where.at(field)
    if isinstance(policy, dict):
        inner = policy if rolling else policy.get("TrafficRoutingConfiguration")
        inner_place = place if rolling else place.at("TrafficRoutingConfiguration")
        if isinstance(inner, dict):
            yield from _shift(name, inner, inner_place, rolling)
    yield from _alarms(plan.get("AutoRollbackConfiguration"), where)


def _shift(name: str, routing: dict[str, Any], where: Origin, rolling: bool) -> Iterator[Fact]:
    """The stage in which the traffic moves; where it is not all at once, full traffic follows."""
    kind = "LINEAR" if rolling else text_of(routing.get("Type"))
    wait = time_of(routing.get("WaitIntervalInSeconds"))
    if kind == "ALL_AT_ONCE":
        stage = Draft(where, id=f"{name}-blue-green", kind="blue_green", traffic="100%")
        stage.put("duration", wait, where.at("WaitIntervalInSeconds"))
        yield stage.fact("rollout.stages[]")
        return
    field = {"CANARY": "CanarySize", "LINEAR": "MaximumBatchSize" if rolling else "LinearStepSize"}.get(kind or "")
    if field is None:
        return
    size = value_at(routing, field, "Value") if value_at(routing, field, "Type") == "CAPACITY_PERCENT" else None
    stage = Draft(where, id=f"{name}-canary", kind="canary")
    if kind == "CANARY":
        stage.put("traffic", percent(size), where.at(field, "Value"))
        stage.put("duration", wait, where.at("WaitIntervalInSeconds"))
    else:
        _linear(stage, size, wait, where.at(field, "Value"))
    yield stage.fact("rollout.stages[]")
    if stage.values.get("traffic") != "100%":
        yield Draft(where, id=f"{name}-full", kind="full", traffic="100%").fact("rollout.stages[]", how="derived")


def _linear(stage: Draft, size: Any, wait: str | None, where: Origin) -> None:
    step = number_of(size)
    if step is None or not 1 <= step <= 100:
        return
    number = math.ceil(100 / step)
    for at in range(number):
        stage.add("steps", Draft(where, traffic=f"{min(step * (at + 1), 100):g}%", duration=wait))
    stage.put("traffic", "100%", where)
    if wait is not None:
        stage.put("duration", written((seconds(wait) or 0) * number), where)


def _alarms(rollback: Any, where: Origin) -> Iterator[Fact]:
    """The alarms that take traffic back; without any nothing does so by itself."""
    alarms = list(rows(rollback.get("Alarms") if isinstance(rollback, dict) else None))
    for at, alarm in alarms:
        place = where.at("AutoRollbackConfiguration", "Alarms", at)
        trigger = Draft(place)
        trigger.put("metric", text_of(alarm.get("AlarmName")), place.at("AlarmName"))
        if trigger.values:
            yield trigger.fact("rollout.rollback.triggers[]")
    place = where.at("AutoRollbackConfiguration") if alarms else where
    if alarms or rollback is None or isinstance(rollback, dict):
        yield Fact("rollout.rollback.automatic", bool(alarms), place, "derived")
