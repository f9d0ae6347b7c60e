"""The architecture of the model must be the same wherever it is stated.

## Why
A card for ResNet-50 beside an entry for ResNet-101 means that one of them is about another model.
Names are compared by family and size (`ResNet-50` is `resnet50`); a name that only says more than the other agrees with
it, and a file that names several models says nothing.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: defects}
training:
  architecture: {base_model: google/vit-base-patch16-224}
~~~

~~~markdown README.md
---
base_model: google/vit-large-patch16-224
license: mit
---
# Defects

Fine-tuned.
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: defects}
training:
  architecture: {base_model: vit-base-patch16-224}
~~~

~~~markdown README.md
---
base_model: google/vit-base-patch16-224
license: mit
---
# Defects

Fine-tuned.
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: defects}
training:
  architecture: {name: resnet50}
~~~

## Remedy
correct whichever place is out of date, and give each version of the model its own card

## References
S1-25, S4-15; EU AI Act Annex IV 2(a)
"""

import re
from collections.abc import Callable
from itertools import combinations
from typing import Any

from mlgov.rulekit import Architecture, Findings, Project, abstain, literal, rule
from mlgov_rules.development._settings import number

_CHANNELS = {1, 3, 4}


@rule("MOD208", severity="IWE", sources=["S1-25", "S4-15"])
def architecture_mismatch(architecture: Architecture, project: Project) -> Findings:
    for key, contradicts in _CHECKS.items():
        stated = project.claims(f"training.architecture.{key}")
        files: dict[str, list[Any]] = {}
        for claim in stated:
            files.setdefault(claim.origin.file, []).append(claim)
        single = [claims[0] for claims in files.values() if len({literal(c.value) for c in claims}) == 1]
        if stated and len(single) < 2:
            yield abstain(f"one file states the {key.replace('_', ' ')}")
        for first, second in combinations(single, 2):
            if contradicts(first.value, second.value):
                words = f"{key.replace('_', ' ')} is {_shown(first.value)} in {first.origin.file}, {_shown(second.value)} in {second.origin.file}"
                yield first.origin, words, [second.origin]
                break


def _names(a: Any, b: Any) -> bool:
    """Two names of one family that state different sizes: ResNet-50 and ResNet-101."""
    if not isinstance(a, str) or not isinstance(b, str):
        return False
    first, second = (re.findall(r"[a-z]+|\d+", re.sub(r"[\W_]+", "", text.lower())) for text in (a, b))
    return (
        len(first) == len(second) > 1
        and first[0] == second[0]
        and first[1] != second[1]
        and _is_size(first[1], second[1])
    )


def _is_size(a: str, b: str) -> bool:
    return a.isdigit() and b.isdigit()


def _base_models(a: Any, b: Any) -> bool:
    """Two ids of a hub; an id without its organisation agrees with one that has it."""
    if not isinstance(a, str) or not isinstance(b, str):
        return False
    first, second = a.strip().lower(), b.strip().lower()
    one_word = not re.search(r"\s", first + second)
    same = (
        first == second or first.rpartition("/")[2] == second.rpartition("/")[2] and ("/" in first) != ("/" in second)
    )
    return one_word and not same


def _shapes(a: Any, b: Any) -> bool:
    """The sides of the input, whatever the order of channels and batch."""
    first, second = _sides(a), _sides(b)
    return bool(first and second and first != second)


def _sides(value: Any) -> set[float]:
    rows = value if isinstance(value, list) else [value]
    numbers = [number(row) for row in rows]
    return set() if None in numbers else {n for n in numbers if n is not None and n > 0 and n not in _CHANNELS}


def _counts(a: Any, b: Any) -> bool:
    first, second = number(a), number(b)
    return first is not None and second is not None and first != second


def _shown(value: Any) -> str:
    return "x".join(map(literal, value)) if isinstance(value, list) else literal(value)


_CHECKS: dict[str, Callable[[Any, Any], bool]] = {
    "name": _names,
    "base_model": _base_models,
    "input_shape": _shapes,
    "classes": _counts,
}
