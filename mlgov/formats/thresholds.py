"""Files of thresholds, quality gates and release criteria that stand by themselves: `thresholds.yaml`, `quality_gates.json`."""

from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.formats._environment import environment_of
from mlgov.formats._limits import limits_of
from mlgov.formats._listed import is_declared
from mlgov.formats._metric_words import known
from mlgov.formats._results import Said, acceptance
from mlgov.lifecycle.fact import Fact

NAME = "thresholds"
_STEMS = (
    "thresholds",
    "quality_gates",
    "quality-gates",
    "gates",
    "acceptance",
    "acceptance_criteria",
    "release_criteria",
)
PATHS = (*(f"{stem}.{ending}" for stem in _STEMS for ending in ("yaml", "yml", "json")),)
MARKERS = ()
ROLE = "part"
_OTHERS = frozenset("apiVersion kind groups scrape_configs $schema services jobs panels coverage".split())


def recognise(artifact: Artifact) -> Claim | None:
    """By its name, and a limit of at least one metric that is known."""
    data = artifact.data
    if not isinstance(data, (dict, list)) or isinstance(data, dict) and _OTHERS & data.keys() or is_declared(artifact):
        return None
    return Claim() if any(known(limit.metric) for limit in limits_of(data, artifact.at())) else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """A release criterion and a gate for each limit whose side is told."""
    environment = environment_of(artifact.path)
    for document in artifact.documents:
        for limit in limits_of(document.data, artifact.at(document=document.index)):
            if limit.side:
                yield acceptance(limit.metric, limit.side, Said(limit.value, limit.origin), "declared")._replace(
                    environment=environment
                )
                gate = {"metric": limit.metric, limit.side: limit.value, "file": "/" + artifact.path}
                yield Fact("training.pipeline.gates[]", gate, limit.origin, environment=environment)
