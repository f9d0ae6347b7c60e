"""Workflows of GitHub and GitLab: what stops a worse model, and how often a model is trained again."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from mlgov.artifact import Artifact, Claim
from mlgov.finding import Origin
from mlgov.formats._draft import rows
from mlgov.formats._gates import Gate, gates_of, limits_of, trains
from mlgov.formats._quantities import text_of
from mlgov.formats._schedule import interval_of
from mlgov.lifecycle.fact import Fact

NAME = "workflow"
PATHS = (".github/workflows/*.yml", ".github/workflows/*.yaml", "/.gitlab-ci.yml", "/.gitlab-ci.yaml")
MARKERS = ()
ROLE = "note"
_KEYS = frozenset(
    "stages include default variables workflow image services cache before_script after_script pages spec".split()
)


class Step(NamedTuple):
    """One script with its variables. blocks: False where the run goes on although it fails."""

    script: str
    where: Origin
    variables: Any
    variables_at: Origin
    blocks: bool


def recognise(artifact: Artifact) -> Claim | None:
    """Jobs with steps (GitHub), or jobs with a script (GitLab)."""
    data = artifact.data
    if not isinstance(data, dict):
        return None
    if artifact.path.startswith(".github/"):
        return Claim("GitHub") if isinstance(data.get("jobs"), dict) and "on" in data else None
    return Claim("GitLab") if {"stages", "include"} & data.keys() or any(True for _ in _gitlab(artifact)) else None


def read(artifact: Artifact) -> Iterator[Fact]:
    """Gates of all steps, and the schedule where one of them trains."""
    steps = list(_github(artifact) if artifact.path.startswith(".github/") else _gitlab(artifact))
    told: set[Gate] = set()
    for step in (step for step in steps if step.blocks):
        found = [(gate, step.where) for gate in gates_of(step.script)]
        found += [(gate, step.variables_at.at(key)) for key, gate in limits_of(step.variables) if key in step.script]
        for gate, where in found:
            if gate not in told:
                told.add(gate)
                bound = {"metric": gate.metric, gate.side: gate.value} if gate.metric else {}
                yield Fact("training.pipeline.gates[]", {"file": "/" + artifact.path, **bound}, where)
    if any(trains(step.script) for step in steps):
        yield from _schedule(artifact)


def _schedule(artifact: Artifact) -> Iterator[Fact]:
    """Each `cron` is a trigger; the cadence is told only by a single regular one."""
    on = artifact.data.get("on")
    crons = [(text_of(row.get("cron")), at) for at, row in rows(on.get("schedule") if isinstance(on, dict) else None)]
    for cron, at in crons:
        if cron:
            yield Fact(
                "feedback.retraining.triggers[]", {"kind": "schedule"}, artifact.at("on", "schedule", at, "cron")
            )
    if len(crons) == 1 and crons[0][0] and (every := interval_of(crons[0][0])):
        yield Fact("feedback.retraining.cadence", every, artifact.at("on", "schedule", crons[0][1], "cron"), "derived")


def _github(artifact: Artifact) -> Iterator[Step]:
    jobs = artifact.data.get("jobs")
    for name, job in jobs.items() if isinstance(jobs, dict) else ():
        if not isinstance(job, dict):
            continue
        for at, row in rows(job.get("steps")):
            where = artifact.at("jobs", name, "steps", at)
            blocks = row.get("continue-on-error") is not True and job.get("continue-on-error") is not True
            script = row.get("run")
            if isinstance(script, str):
                own = isinstance(row.get("env"), dict)
                variables = row["env"] if own else job.get("env")
                place = where.at("env") if own else artifact.at("jobs", name, "env")
                yield Step(script, where.at("run"), variables, place, blocks)
            elif "mlgov" in str(text_of(row.get("uses")) or "").rpartition("@")[0].split("/"):
                yield Step("mlgov check", where.at("uses"), None, where, blocks)


def _gitlab(artifact: Artifact) -> Iterator[Step]:
    for name, job in artifact.data.items() if isinstance(artifact.data, dict) else ():
        if name in _KEYS or str(name).startswith(".") or not isinstance(job, dict):
            continue
        script = job.get("script")
        lines = script if isinstance(script, list) else [script]
        text = "\n".join(line for line in lines if isinstance(line, str))
        if text:
            at = artifact.at(name)
            yield Step(
                text, at.at("script"), job.get("variables"), at.at("variables"), job.get("allow_failure") is not True
            )
