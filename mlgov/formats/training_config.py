"""The one configuration of a training that is not managed by a pipeline tool: `config.yaml`, `configs/train.yaml`."""

from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.formats._hyperparameters import SPELLINGS, hyperparameter
from mlgov.formats._listed import folders_above
from mlgov.formats._parameters import leaves
from mlgov.formats._settings import settings
from mlgov.lifecycle.fact import Fact

NAME = "training-config"
PATHS = ("*.yaml", "*.yml", "*.toml")
MARKERS = ()
ROLE = "part"
_STEMS = frozenset("config train training train_config training_config hyperparameters hparams model_config".split())
_PARAMS = ("params.yaml", "params.yml", "params.json", "params.toml")
_OF_TRAINING = frozenset("train training trainer model hyperparameters hparams optimizer optim learning_rate".split())
_OTHERS = frozenset(
    "apiVersion kind services jobs stages recipe enable_cache steps pipelines plugins extends repos tool build-system project "
    "scrape_configs groups site_name theme".split()
)


def recognise(artifact: Artifact) -> Claim | None:
    """By its name, a section about training and two settings that trainings have; of several files none is the one."""
    stem, _, ending = artifact.name.rpartition(".")
    if stem.lower() not in _STEMS or len(_named_so(artifact)) > 1 or _has_params(artifact):
        return None
    data = artifact.data
    if not isinstance(data, dict) or _OTHERS & data.keys() or not _OF_TRAINING & data.keys():
        return None
    known = {hyperparameter(leaf.name) for leaf in leaves(data, artifact.at())} & SPELLINGS.keys()
    return Claim(detail=ending) if len(known) > 1 else None


def _named_so(artifact: Artifact) -> list[str]:
    """The files of the folder that may be the configuration."""
    names = (name.rpartition(".") for name in artifact.names_in(artifact.folder))
    return [stem for stem, _, ending in names if stem.lower() in _STEMS and ending in ("yaml", "yml", "toml")]


def _has_params(artifact: Artifact) -> bool:
    """True where a pipeline has parameters of its own; nobody can tell which of the two the training reads."""
    return any(artifact.beside(folder + name) is not None for folder in folders_above(artifact) for name in _PARAMS)


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """What each value means, as in a parameter file."""
    yield from settings(artifact.data, artifact.at())
