"""What stands around the findings: how each stage is covered, how a project hangs together, who owns which file.

A report has it only where an output draws it; to make it costs as much as judging once more.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from mlgov.finding import Place

# the seven stages of the lifecycle, then what runs beside them: families of rules, sections of the model
STAGES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "requirements": (("requirements",), ("problem", "risks")),
    "framing": (("framing",), ("framing", "metrics")),
    "data": (("data",), ("data",)),
    "model": (("development",), ("baselines", "training")),
    "evaluation": (("evaluation", "experiment"), ("evaluation", "experiments")),
    "serving": (("deployment",), ("serving", "rollout")),
    "monitoring": (("monitoring",), ("monitoring", "feedback")),
    "team": (("team",), ("team", "plan", "process")),
    "product": (("product",), ("product",)),
}
# of the nodes of a trace, in the order in which they follow each other
KINDS = ("requirement", "metric", "result", "baseline", "guard", "monitor", "rollback", "owner")
_STAGE_OF = {family: stage for stage, (families, _) in STAGES.items() for family in families}


def stage_of(family: str) -> str:
    """The stage that a family of rules belongs to; another family, such as `change`, is a stage of its own."""
    return _STAGE_OF.get(family, family)


class Claim(NamedTuple):
    """One place that says something about a metric. of: what says it; text: what stands there."""

    of: str
    text: str
    place: Place


class Node(NamedTuple):
    """One thing of the graph, of one of the kinds of a trace. claims: every place that speaks about a metric."""

    key: str
    kind: str
    label: str
    place: Place
    claims: tuple[Claim, ...] = ()


class Gap(NamedTuple):
    """A link that is asked for and missing. subject: key of what lacks it; missing: the kind of what it lacks.

    due: whether it counts at the stage of the project; stage: from which stage on.
    """

    code: str
    stage: str
    due: bool
    subject: str
    missing: str
    words: str
    place: Place


class Cover(NamedTuple):
    """One stage of the lifecycle. sections, stated: parts of the model that belong to it, and those that say anything.

    passed, spoke: rules that applied, without and with findings; abstained: that could not decide; silent: not asked.
    """

    stage: str
    sections: tuple[str, ...]
    stated: tuple[str, ...]
    passed: int
    spoke: int
    abstained: int
    silent: int


class Portrait(NamedTuple):
    """One project. edges: pairs of keys; threads: what hangs together by one metric; covers: its stages, in order."""

    project: str
    stage: str
    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str], ...]
    threads: tuple[tuple[str, ...], ...]
    gaps: tuple[Gap, ...]
    covers: tuple[Cover, ...]


class Background(NamedTuple):
    """All of it. owners: by file, as CODEOWNERS says; today: the date that the run believes."""

    portraits: tuple[Portrait, ...]
    owners: tuple[tuple[str, tuple[str, ...]], ...]
    today: str


def to_data(background: Background) -> dict[str, Any]:
    """Plain data, for the cache."""
    return {
        "portraits": [_portrait(p) for p in background.portraits],
        "owners": dict(background.owners),
        "today": background.today,
    }


def _portrait(portrait: Portrait) -> dict[str, Any]:
    nodes = [
        n._asdict() | {"place": [*n.place], "claims": [[*c[:2], [*c.place]] for c in n.claims]} for n in portrait.nodes
    ]
    gaps = [gap._asdict() | {"place": [*gap.place]} for gap in portrait.gaps]
    return portrait._asdict() | {"nodes": nodes, "gaps": gaps, "covers": [c._asdict() for c in portrait.covers]}


def from_data(data: Mapping[str, Any]) -> Background:
    """What `to_data` made; raises `KeyError` or `TypeError` for anything else."""
    owners = tuple((file, tuple(names)) for file, names in data["owners"].items())
    return Background(tuple(_portrait_from(p) for p in data["portraits"]), owners, data["today"])


def _portrait_from(data: Mapping[str, Any]) -> Portrait:
    nodes = (n | {"place": Place(*n["place"]), "claims": tuple(map(_claim_from, n["claims"]))} for n in data["nodes"])
    gaps = (gap | {"place": Place(*gap["place"])} for gap in data["gaps"])
    covers = (c | {key: tuple(c[key]) for key in ("sections", "stated")} for c in data["covers"])
    return Portrait(
        data["project"],
        data["stage"],
        tuple(Node(**n) for n in nodes),
        tuple((a, b) for a, b in data["edges"]),
        tuple(map(tuple, data["threads"])),
        tuple(Gap(**gap) for gap in gaps),
        tuple(Cover(**c) for c in covers),
    )


def _claim_from(row: list[Any]) -> Claim:
    return Claim(row[0], row[1], Place(*row[2]))
