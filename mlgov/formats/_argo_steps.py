"""The strategy of an Argo Rollout as stages: the steps of a canary in their order, or blue and green."""

from typing import Any

from mlgov.artifact import Artifact
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, flaw_at, identifier, rows
from mlgov.formats._kubernetes import Resource, value_at
from mlgov.formats._quantities import number_of, percent, share, text_of, time_of, together

_EVERY = (".*", "*")  # patterns of dry runs that mean every metric


class Walk:
    """One way through the steps of a canary: the stages so far, their times, and the live traffic."""

    def __init__(self, artifact: Artifact, rollout: Resource) -> None:
        self.artifact, self.rollout = artifact, rollout
        self.where = rollout.at("spec", "strategy", "canary")
        self.canary = rollout.mapping("spec", "strategy", "canary")
        self.stages: list[Draft] = []
        self.flaws: list[Flaw] = []
        self.live: float | None = 0.0  # percent; None after a weight that is not known
        self._times: list[list[str]] = []  # of each stage
        self._step_times: list[str] = []  # since the last weight
        self._open = ""

    def run(self) -> None:
        """Walk through all steps, add the background analysis, and end at full traffic."""
        steps = self.canary.get("steps")
        for at, step in enumerate(steps if isinstance(steps, list) else ()):
            if isinstance(step, dict):
                self._step(step, self.where.at("steps", at))
        for stage, times in zip(self.stages, self._times, strict=True):
            stage.put("duration", together(times), stage.parts.pop("duration", stage.where))
        for stage in self.stages:
            if stage.values.get("kind") == "canary":
                add_gates(stage, self.canary.get("analysis"), self.where.at("analysis"))

    def _step(self, step: dict[str, Any], where: Origin) -> None:
        if "setWeight" in step:
            self._weight(step["setWeight"], where.at("setWeight"))
        elif "setMirrorRoute" in step:
            self._mirror(step["setMirrorRoute"], where.at("setMirrorRoute"))
        elif "pause" in step:
            self._pause(step["pause"], where.at("pause"))
        elif "analysis" in step:
            add_gates(self._stage(where), step["analysis"], where.at("analysis"))
        elif isinstance(step.get("experiment"), dict):
            self._experiment(step["experiment"], where.at("experiment"))

    def _stage(self, where: Origin, kind: str = "") -> Draft:
        """The open stage; a new one where none is open, or one of another kind."""
        kind = kind or self._open or "canary"
        if kind != self._open:
            number = sum(stage.values["kind"] == kind for stage in self.stages) + 1
            name = f"{identifier(self.rollout.name, 'rollout')}-{kind}" + (f"-{number}" if number > 1 else "")
            self.stages.append(Draft(where, id=name, kind=kind))
            self._times.append([])
            self._open, self._step_times = kind, []
        return self.stages[-1]

    def _weight(self, weight: Any, where: Origin) -> None:
        most = number_of(value_at(self.canary, "trafficRouting", "maxTrafficWeight")) or 100.0
        traffic = share(weight, most)
        self.live = None if traffic is None else (number_of(weight) or 0.0) / most * 100
        if traffic is None:
            if text_of(weight) is not None:
                self.flaws.append(flaw_at(self.artifact, where, f"setWeight is no number from 0 to {most:g}"))
            return
        stage = self._stage(where, "canary")
        stage.put("traffic", traffic, where)
        stage.add("steps", Draft(where, traffic=traffic))
        self._step_times = []

    def _mirror(self, route: Any, where: Origin) -> None:
        if not isinstance(route, dict) or not (route.keys() & {"percentage", "match"}):
            self._open = "" if self._open == "shadow" else self._open  # only a name: the mirror ends
            return
        stage = self._stage(where, "" if self.live else "shadow")
        stage.put("mirror", percent(route.get("percentage", 100)), where.at("percentage"))
        if not self.live:
            stage.values["traffic"] = "0%"

    def _pause(self, pause: Any, where: Origin) -> None:
        stage = self._stage(where)
        length = pause.get("duration") if isinstance(pause, dict) else None
        if length is None:
            stage.put("pause", "manual", where)
        elif (time := time_of(length)) is not None:
            if "pause" not in stage.values:
                stage.put("pause", "timed", where)
            self._lasts(time, where.at("duration"))
        elif text_of(length) is not None:
            self.flaws.append(flaw_at(self.artifact, where.at("duration"), "the duration of a pause is no time"))

    def _lasts(self, time: str, where: Origin) -> None:
        self._times[-1].append(time)
        self._step_times.append(time)
        stage = self.stages[-1]
        stage.parts.setdefault("duration", where)
        if steps := stage.values.get("steps"):
            steps[-1]["duration"] = together(self._step_times)
            stage.parts.setdefault(f"steps.{len(steps) - 1}.duration", where)

    def _experiment(self, experiment: dict[str, Any], where: Origin) -> None:
        stage = self._stage(where)
        for at, analysis in rows(experiment.get("analyses")):
            stage.add("gates", gate(analysis.get("templateName"), where.at("analyses", at, "templateName")))
        if (time := time_of(experiment.get("duration"))) is not None:
            self._lasts(time, where.at("duration"))


def gate(template: Any, where: Origin) -> Draft:
    """A gate whose conditions stand in a template."""
    draft = Draft(where)
    draft.put("template", text_of(template), where)
    return draft


def add_gates(stage: Draft, analysis: Any, where: Origin) -> None:
    """The templates of an analysis as gates; a dry run of every metric makes them no gates."""
    if not isinstance(analysis, dict):
        return
    dry = any(row.get("metricName") in _EVERY for _, row in rows(analysis.get("dryRun")))
    for at, template in rows(analysis.get("templates")):
        made = gate(template.get("templateName"), where.at("templates", at, "templateName"))
        if dry:
            made.put("dry_run", True, where.at("dryRun"))
        if "template" in made.values:
            stage.add("gates", made)


def blue_green(rollout: Resource) -> Draft:
    """All traffic at once, after the analysis and the promotion that the strategy asks for."""
    plan, where = rollout.mapping("spec", "strategy", "blueGreen"), rollout.at("spec", "strategy", "blueGreen")
    stage = Draft(where, id=f"{identifier(rollout.name, 'rollout')}-blue-green", kind="blue_green", traffic="100%")
    for field in ("prePromotionAnalysis", "postPromotionAnalysis"):
        add_gates(stage, plan.get(field), where.at(field))
    if plan.get("autoPromotionEnabled") is False:
        stage.put("pause", "manual", where.at("autoPromotionEnabled"))
    time = time_of(plan.get("autoPromotionSeconds"))
    if time is not None:
        stage.put("pause", "timed", where.at("autoPromotionSeconds"))
        stage.put("duration", time, where.at("autoPromotionSeconds"))
    return stage
