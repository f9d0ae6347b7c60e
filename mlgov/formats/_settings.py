"""Settings of a training run, in whatever file: splits, seeds, gates, and hyper-parameters in one spelling."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.formats._hyperparameters import family, hyperparameter
from mlgov.formats._parameters import Leaf, leaves, meaning
from mlgov.lifecycle.fact import Fact

# sections that steer the pipeline, not the model
_NOT_OF_TRAINING = frozenset(
    "data dataset datasets base path paths split splits data_split evaluate evaluation eval monitoring monitor serving serve "
    "deploy deployment api logging mlflow tracking fetch_data fetch drift fairness project general validation report "
    "thresholds acceptance gates preprocess preprocessing prepare ingest ingestion download".split()
)
_SELECTORS = frozenset("model_type model_name model algorithm estimator classifier regressor type name".split())


def settings(data: Any, origin: Origin, how: str = "declared") -> Iterator[Fact]:
    """What each value means; those that only steer training are hyper-parameters."""
    every = list(leaves(data, origin))
    seen: set[str] = set()
    plain: list[Leaf] = []
    for leaf in every:
        found = list(meaning(leaf))
        for fact in found:
            key = fact.value.get("part", "") if fact.path == "data.splits.parts[]" else ""
            if key not in seen:  # two sizes of one part are two splits; the first is the one that is spoken about
                yield fact._replace(how=how)
            seen.update({key} - {""})
        if not found or any(f.path.startswith("training.loss") or f.path.startswith("training.lineage") for f in found):
            plain.append(leaf)
    for fact in _hyperparameters([leaf for leaf in plain if _is_hyperparameter(leaf)], _selected(every)):
        yield fact._replace(how=how)


def _is_hyperparameter(leaf: Leaf) -> bool:
    value = leaf.value
    if leaf.below(_NOT_OF_TRAINING) or isinstance(value, (list, dict)):
        return False
    if isinstance(value, str):
        return len(value) <= 60 and "/" not in value and "\\" not in value and not is_placeholder(value)
    return True


def _selected(every: list[Leaf]) -> set[str]:
    """The model family that the data themselves select: `model_type: xgboost`."""
    named = (leaf.value for leaf in every if leaf.name in _SELECTORS and isinstance(leaf.value, str))
    return {family(value) for value in named} - {""}


def _hyperparameters(found: list[Leaf], selected: set[str]) -> Iterator[Fact]:
    """One spelling for each; of several models each with its family, what several sections share with its section."""
    of_leaf = [next((name for step in reversed(leaf.way) if (name := family(step))), "") for leaf in found]
    families = set(of_leaf) - {""}
    names = Counter(hyperparameter(leaf.name) for leaf in found)
    for leaf, own in zip(found, of_leaf, strict=True):
        name = hyperparameter(leaf.name)
        if own not in selected:
            if own and (len(families) > 1 or names[name] > 1):
                name = f"{own}_{name}"
            elif names[name] > 1:
                name = "_".join([*leaf.way[-2:], name])
        yield Fact(f"training.hyperparameters.{name}", leaf.value, leaf.origin)
