"""params.yaml and the other parameter files of a pipeline: hyper-parameters, seeds, splits, release criteria."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.documents.placeholder import is_placeholder
from mlgov.formats._hyperparameters import hyperparameter
from mlgov.formats._listed import folders_above
from mlgov.formats._parameters import Leaf, leaves, meaning
from mlgov.formats._paths import rooted
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.metric_name import words

NAME = "params"
PATHS = ("params.yaml", "params.yml", "params.json", "params.toml", "*.yaml", "*.yml", "*.json", "*.toml")
MARKERS = ()
ROLE = "part"

_NAMES = frozenset({"params.yaml", "params.yml", "params.json", "params.toml"})
# sections that steer the pipeline, not the model
_NOT_OF_TRAINING = frozenset(
    "data dataset datasets base path paths split splits data_split evaluate evaluation eval monitoring monitor serving serve "
    "deploy deployment api logging mlflow tracking fetch_data fetch drift fairness project general validation report "
    "thresholds acceptance gates preprocess preprocessing prepare ingest ingestion download".split()
)
_FAMILIES = frozenset(
    "logreg logistic logistic_regression linear ridge lasso xgboost xgb lightgbm lgbm catboost random_forest randomforest "
    "rf forest gradient_boosting gbm svm svc svr knn mlp cnn lstm gru bert naive_bayes decision_tree extra_trees adaboost "
    "elastic_net transformer".split()
)
_SELECTORS = frozenset("model_type model_name model algorithm estimator classifier regressor type name".split())


def recognise(artifact: Artifact) -> Claim | None:
    """By its name, or because a dvc.yaml names it among its parameters."""
    if not isinstance(artifact.data, dict) if artifact.name in _NAMES else not _is_named(artifact):
        return None
    return Claim() if isinstance(artifact.data, dict) and artifact.data else None


def _is_named(artifact: Artifact) -> bool:
    pipelines = (artifact.beside(folder + "dvc.yaml") for folder in folders_above(artifact))
    return any(p is not None and "/" + artifact.path in _files(p) for p in pipelines)


@lru_cache(maxsize=64)
def _files(pipeline: Artifact) -> frozenset[str]:
    """The parameter files that a dvc.yaml names."""
    data = pipeline.data if isinstance(pipeline.data, dict) else {}
    rows: list[Any] = [data.get("params"), data.get("vars")]
    stages = data.get("stages")
    for stage in stages.values() if isinstance(stages, dict) else ():
        body = stage.get("do", stage) if isinstance(stage, dict) else {}
        of_stage = body.get("params") if isinstance(body, dict) else None
        rows += [[row for row in of_stage if isinstance(row, dict)] if isinstance(of_stage, list) else None]
    names = [name for row in rows for name in _names(row)]
    return frozenset(rooted(pipeline.folder, name) for name in names)


def _names(rows: Any) -> Iterator[str]:
    for row in rows if isinstance(rows, list) else ():
        for name in row if isinstance(row, dict) else [row]:
            if isinstance(name, str) and name.rpartition(".")[2] in ("yaml", "yml", "json", "toml"):
                yield name


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """What each value means; those that only steer training are hyper-parameters."""
    every = list(leaves(artifact.data, artifact.at()))
    seen: set[str] = set()
    plain: list[Leaf] = []
    for leaf in every:
        found = list(meaning(leaf))
        for fact in found:
            key = fact.value.get("part", "") if fact.path == "data.splits.parts[]" else ""
            if key not in seen:  # two sizes of one part are two splits; the first is the one that is spoken about
                yield fact
            seen.update({key} - {""})
        if not found or any(f.path.startswith("training.loss") or f.path.startswith("training.lineage") for f in found):
            plain.append(leaf)
    yield from _hyperparameters([leaf for leaf in plain if _is_hyperparameter(leaf)], _selected(every))


def _is_hyperparameter(leaf: Leaf) -> bool:
    value = leaf.value
    if leaf.below(_NOT_OF_TRAINING) or isinstance(value, (list, dict)):
        return False
    if isinstance(value, str):
        return len(value) <= 60 and "/" not in value and "\\" not in value and not is_placeholder(value)
    return True


def _selected(every: list[Leaf]) -> set[str]:
    """The model family that the file itself selects: `model_type: xgboost`."""
    return {w for leaf in every if leaf.name in _SELECTORS and isinstance(leaf.value, str) for w in _family(leaf.value)}


def _family(text: str) -> set[str]:
    said = words(text[:80])
    return {"_".join(said), *said} & _FAMILIES


def _hyperparameters(found: list[Leaf], selected: set[str]) -> Iterator[Fact]:
    """One spelling for each; a name that several sections or models use is told with its section."""
    families = {step for leaf in found for step in leaf.way if _family(step)}
    chosen = {step for step in families if _family(step) & selected}
    names = Counter(hyperparameter(leaf.name) for leaf in found)
    for leaf in found:
        of_model = [step for step in leaf.way if step in families]
        is_other = len(families) > 1 and bool(of_model) and not set(of_model) & chosen
        shared = names[hyperparameter(leaf.name)] > 1 and not (set(of_model) & chosen)
        name = hyperparameter(leaf.name)
        if is_other or shared:
            name = "_".join([*leaf.way[-2:], name])
        yield Fact(f"training.hyperparameters.{name}", leaf.value, leaf.origin)
