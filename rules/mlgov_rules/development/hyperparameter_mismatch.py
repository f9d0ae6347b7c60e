"""A hyper-parameter must have one value wherever it is stated.

## Why
A card that says another learning rate than the parameter file describes a model that nobody has trained.
Numbers are compared as numbers (`1e-4` is 0.0001). Where one file holds several values of a name and none is selected,
nothing can be said.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training:
  hyperparameters: {learning rate: 3e-4, epochs: 10}
~~~

~~~yaml params.yaml
lr: 0.003
epochs: 10
~~~

### a model card
~~~markdown MODEL_CARD.md
# Churn

Model details
-------------
Gradient boosting on account features.

Hyperparameters
---------------
| Name | Value |
|---|---|
| Max depth | 8 |
~~~

~~~yaml params.yaml
train:
  max_depth: 6
~~~

## Fixed
~~~markdown MODEL_CARD.md
# Churn

Model details
-------------
Gradient boosting on account features.

Hyperparameters
---------------
| Name | Value |
|---|---|
| Max depth | 6 |
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training:
  hyperparameters: {learning_rate: 1e-4, batch_size: "1,024", optimizer: Adam, dropout: 0.123}
~~~

~~~yaml params.yaml
lr: 0.0001
batch_size: 1024
optimizer: adam
dropout: 0.12347
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training:
  hyperparameters: {learning_rate: 1e-4}
~~~

## Remedy
correct whichever value is wrong; best, let the card be written from the parameter file

## References
S1-25, S4-27; ML Test Score I1
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mlgov.rulekit import Findings, Fix, Origin, Project, abstain, literal, repair, rule
from mlgov_rules.development._settings import same_setting

# spellings that people use in a manifest; adapters write native ones in one spelling already
_ALIASES = {
    "lr": "learning_rate", "eta": "learning_rate", "initial_learning_rate": "learning_rate", "bs": "batch_size",
    "train_batch_size": "batch_size", "num_epochs": "epochs", "n_epochs": "epochs", "num_train_epochs": "epochs",
    "num_trees": "n_estimators", "number_of_trees": "n_estimators", "n_trees": "n_estimators",
    "maximum_depth": "max_depth", "dropout_rate": "dropout", "optimiser": "optimizer", "random_state": "seed",
    "random_seed": "seed", "hidden_dim": "hidden_size", "n_layers": "num_layers", "wd": "weight_decay",
}  # fmt: skip


class Setting(NamedTuple):
    """One value of one name, and where it stands."""

    value: object
    place: Origin

    @property
    def is_card(self) -> bool:
        """A page for people is where a wrong value is mended first."""
        return self.place.file.lower().endswith((".md", ".markdown", ".mdx"))


@rule("MOD204", severity="IWE", sources=["S1-25", "S4-27"])
def hyperparameter_mismatch(project: Project) -> Findings:
    stated = _settings(project)
    if len({s.place.file for settings in stated.values() for s in settings}) == 1:
        yield abstain("one file states hyper-parameters")
    for name, settings in stated.items():
        if len({s.place.file for s in settings}) < 2:
            continue
        single = [s for s in settings if _is_selected(s, settings)]
        if len({s.place.file for s in single}) < 2:
            yield abstain(f"several values of {name} in one file, and none is selected")
        else:
            yield from _mismatch(name, sorted(single, key=lambda s: not s.is_card))


def _settings(project: Project) -> dict[str, list[Setting]]:
    """Every stated value by the plain name of its hyper-parameter."""
    found: dict[str, list[Setting]] = {}
    for claim in project.claims_below("training.hyperparameters"):
        name = "_".join(_plain(str(step)) for step in claim.path[2:])
        if claim.how != "derived" and not isinstance(claim.value, (dict, list)) and "${" not in str(claim.value):
            found.setdefault(_ALIASES.get(name, name), []).append(Setting(claim.value, claim.origin))
    return found


def _plain(name: str) -> str:
    return re.sub(r"\W+", "_", name.strip().lower()).strip("_")


def _is_selected(setting: Setting, settings: list[Setting]) -> bool:
    """True unless the same file states another value too."""
    rivals = [s for s in settings if s.place.file == setting.place.file]
    return all(same_setting(s.value, setting.value) for s in rivals)


def _mismatch(name: str, settings: list[Setting]) -> Findings:
    for first, second in _pairs(settings):
        if same_setting(first.value, second.value) is False:
            words = f"{name} is {literal(first.value)} in {first.place.file}, {literal(second.value)} in {second.place.file}"
            yield first.place, words, [second.place], _as_set(first, second)
            return


def _as_set(page: Setting, file: Setting) -> Fix | None:
    """The value of the file that programs read, in the place of that on a page for people."""
    if not page.is_card or file.is_card:
        return None
    step = repair.replace(page.place, file.value, literal(page.value))
    return repair.fix(f"write {literal(file.value)}, as {file.place.file} says", step)


def _pairs(settings: list[Setting]) -> Iterator[tuple[Setting, Setting]]:
    return ((a, b) for i, a in enumerate(settings) for b in settings[i + 1 :] if a.place.file != b.place.file)
