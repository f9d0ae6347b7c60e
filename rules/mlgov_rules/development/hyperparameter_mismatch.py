"""A hyper-parameter must have one value wherever it is stated.

## Why
A card that says another learning rate than the parameter file describes a model that nobody has trained.
Numbers are compared as numbers (`1e-4` is 0.0001). Where one file holds several values of a name and none is selected,
nothing can be said. Of several configurations side by side one is meant if it alone differs from the other file in a single
value, and agrees with it in two or more.

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

### one of several configurations, with one wrong value
~~~markdown MODEL_CARD.md
Churn
=====

Hyperparameters
---------------

| Name | Baseline | Large |
|---|---|---|
| Hidden size | 216 | 512 |
| Batch size | 2 | 8 |
| Number of epochs | 3 | 2 |

Limitations
-----------

- Only tried on one shop.
~~~
~~~yaml params.yaml
hidden_size: 256
batch_size: 2
epochs: 3
~~~

### the call in the card
~~~markdown MODEL_CARD.md
Churn
=====

Model architecture
------------------

VotingClassifier of `LogisticRegression(C=1.0)` and `RandomForestClassifier(n_estimators=100, max_depth=10)`

Limitations
-----------

- Only tried on one shop.
~~~
~~~yaml params.yaml
model:
  logistic_regression: {C: 0.1}
  random_forest: {n_estimators: 100, max_depth: 10}
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

~~~markdown MODEL_CARD.md
Churn
=====

Model architecture
------------------

VotingClassifier of `LogisticRegression(C=0.1)` and `RandomForestClassifier(n_estimators=100, max_depth=10)`

Limitations
-----------

- Only tried on one shop.
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

### a sweep of one value
~~~markdown MODEL_CARD.md
Churn
=====

Hyperparameters
---------------

| Name | First | Second |
|---|---|---|
| Learning rate | 0.1 | 0.01 |
| Batch size | 2 | 2 |
| Epochs | 3 | 3 |

Limitations
-----------

- Only tried on one shop.
~~~
~~~yaml params.yaml
learning_rate: 0.001
batch_size: 2
epochs: 3
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

from mlgov.rulekit import Configuration, Findings, Fix, Origin, Project, abstain, literal, repair, rule
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


class Shown(NamedTuple):
    """One configuration beside what another file states: how much agrees, and what differs with both places."""

    name: str
    agree: int
    differ: list[tuple[str, tuple[Origin, str], Setting]]


@rule("MOD204", severity="IWE", sources=["S1-25", "S4-27"])
def hyperparameter_mismatch(project: Project) -> Findings:
    stated = _settings(project)
    yield from _configurations(project, stated)
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


def _configurations(project: Project, stated: dict[str, list[Setting]]) -> Findings:
    """The one configuration of a file that another file means, where a single value of it differs."""
    files: dict[str, list[Shown]] = {}
    for shown in project.training.configurations:
        files.setdefault(shown.at().file, []).append(_compared(shown, stated))
    for several in files.values():
        least = min(several, key=lambda s: len(s.differ))
        rivals = [s for s in several if s is not least and len(s.differ) < 2]
        if len(least.differ) == 1 and least.agree > 1 and not rivals:
            name, place, there = least.differ[0]
            words = (
                f"{name} of {least.name} is {place[1]} in {place[0].file}, {literal(there.value)} in {there.place.file}"
            )
            yield place[0], words, [there.place]


def _compared(shown: Configuration, stated: dict[str, list[Setting]]) -> Shown:
    """The values of a configuration beside those that another file states once."""
    agree, differ = 0, []
    for key, value in shown.hyperparameters.items():
        name, place = _ALIASES.get(_plain(key), _plain(key)), shown.at("hyperparameters", key)
        others = [s for s in stated.get(name, ()) if s.place.file != place.file and _is_selected(s, stated[name])]
        for other in others[:1]:
            same = same_setting(value, other.value)
            agree += same is True
            differ += [(name, (place, literal(value)), other)] if same is False else []
    return Shown(shown.name or "a configuration", agree, differ)


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
