"""Values that steer a run, in whatever file: what they mean, and hyper-parameters in one spelling."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.formats._hyperparameters import hyperparameter
from mlgov.formats._parameters import TARGETS, Leaf, leaves, meaning
from mlgov.formats._quantities import is_templated
from mlgov.lifecycle.fact import Fact

_OF_THE_RUN = frozenset("path paths dir uri url output outputs logging log model_path data_path".split())


def steering(node: Any, origin: Origin, how: str = "declared") -> Iterator[Fact]:
    """The facts of nested parameters; a name that stands in several places is told with the key above it."""
    every = [_limits_named(leaf) for leaf in leaves(node, origin) if _is_known(leaf.value)]
    found = [(leaf, list(meaning(leaf))) for leaf in every]
    told: set[str] = set()
    for _, facts in found:
        for fact in facts:
            part = fact.value["part"] if fact.path == "data.splits.parts[]" else ""
            if part not in told:
                yield fact._replace(how=how)
            told.update({part} - {""})
    plain = [
        leaf
        for leaf, facts in found
        if _is_hyperparameter(leaf) and all(f.path.startswith("training.l") for f in facts)
    ]
    names = Counter(hyperparameter(leaf.name) for leaf in plain)
    for leaf in plain:
        name = hyperparameter(leaf.name)
        shared = "_".join([*leaf.way[-1:], name]) if names[name] > 1 else name
        yield Fact(f"training.hyperparameters.{shared}", leaf.value, leaf.origin, how)


def _limits_named(leaf: Leaf) -> Leaf:
    """`approval_thresholds` are thresholds."""
    return leaf._replace(way=tuple("thresholds" if step.endswith("_thresholds") else step for step in leaf.way))


def _is_known(value: Any) -> bool:
    return not (isinstance(value, str) and is_templated(value))


def _is_hyperparameter(leaf: Leaf) -> bool:
    value = leaf.value
    if (
        not leaf.name
        or isinstance(value, (list, dict))
        or leaf.name in _OF_THE_RUN | TARGETS
        or "thresholds" in leaf.way
    ):
        return False
    if isinstance(value, str):
        return len(value) <= 60 and "/" not in value and "\\" not in value and not is_placeholder(value)
    return isinstance(value, (int, float))
