"""Results must be cut by every attribute that is named as sensitive.

Named as sensitive is what stands in `evaluation.fairness.protected_attributes`, and those factors of the card that are
words for properties of persons (sex, age, ethnic origin, religion, disability …). An attribute that is not collected
says so with `unavailable`. The slice may be called after the attribute, its column or a part of it (`age_band`).

## Why
To name an attribute as sensitive is to say that the model might treat people differently by it. Whether it does is not
seen in a mean over everybody.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit, stage: validation, card: {file: https://example.org/card, factors: ["sex, income band"]}}
evaluation:
  results: [{metric: recall, value: 0.84, split: test}]
~~~

### a slice without a result
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit, stage: validation}
evaluation:
  fairness: {protected_attributes: [{name: sex}]}
  slices: [{id: women, attribute: sex, value: f}]
  results: [{metric: recall, value: 0.84, split: test}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit, stage: validation, card: {file: https://example.org/card, factors: [gender, lighting]}}
evaluation:
  fairness: {protected_attributes: [{name: age, column: birth_year}, {name: religion, unavailable: never asked}]}
  slices: [{id: old, attribute: age_band, value: 60 and over}]
  results:
  - {metric: recall, value: 0.84, split: test}
  - {metric: recall, value: 0.81, split: test, slice: old}
~~~
~~~json metrics.json
{"accuracy_by_group": {"female": 0.79, "male": 0.77}, "sex": {"accuracy_by_group": {"female": 0.79, "male": 0.77}}}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit, stage: validation}
evaluation:
  fairness: {protected_attributes: [{name: sex}]}
  slices: [{id: a}, {id: b}]
  results: [{metric: recall, value: 0.84, split: test, slice: a}]
~~~

## Remedy
add results for each value of the attribute, or say under `unavailable` why they cannot be had

## References
S4-45; ML Test Score Model 7; EU AI Act Annex IV 2(g); NIST AI RMF MEASURE 2.11
"""

from typing import NamedTuple

from mlgov.rulekit import Findings, MetricResult, Origin, Project, abstain, rule
from mlgov_rules.evaluation._slices import attribute_of, words

# properties of persons: the words that name them, and more words that slices by them are called after
_SENSITIVE = {
    "sex": ({"sex", "gender", "male", "female", "men", "women", "성별"}, {"man", "woman", "m", "f"}),
    "age": ({"age", "ages", "연령", "나이"}, {"young", "old", "elderly", "adult"}),
    "race": ({"race", "ethnicity", "ethnic", "인종"}, {"black", "white", "asian", "hispanic"}),
    "religion": ({"religion", "religious", "종교"}, set[str]()),
    "disability": ({"disability", "disabilities", "장애"}, set[str]()),
    "nationality": ({"nationality", "국적"}, {"foreign"}),
}
_THINGS = {"account", "vehicle", "car", "device", "machine", "house", "building", "loan", "equipment", "image", "data"}


class _Named(NamedTuple):
    """An attribute that is named as sensitive, where, and the words that a slice by it may use."""

    name: str
    origin: Origin
    words: set[str]


@rule("EVA207", severity="IEE", stage="validation", sources=["S4-45"])
def protected_attribute_unsliced(project: Project) -> Findings:
    fairness = project.evaluation.fairness
    if not project.results or fairness and fairness.no_person_data:
        return
    sliced = [r for r in project.results if r.slice]
    bare: dict[Origin, list[str]] = {}
    for named in _named(project):
        if any(_cuts(r, named, project) for r in sliced):
            continue
        if any(attribute_of(r, project) is None for r in sliced):
            yield abstain(f"a result is cut by an attribute that is not named; it may be {named.name}")
        else:
            bare.setdefault(named.origin, []).append(named.name)
    for origin, names in bare.items():
        words = f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} named as sensitive, but no result is sliced by it"
        yield origin, words, [project.at("evaluation")] if project.has_manifest else []


def _named(project: Project) -> list[_Named]:
    fairness, card = project.evaluation.fairness, project.identity.card
    attributes = [a for a in (fairness.protected_attributes if fairness else []) if a.name]
    said = [words(a.name) | words(a.column) for a in attributes]
    every = [_Named(a.name, a.at("name"), s | _synonyms(s)) for a, s in zip(attributes, said, strict=True)]
    found = [named for named, a in zip(every, attributes, strict=True) if not a.unavailable]
    declared = {word for named in every for word in named.words}
    for i, factor in enumerate(card.factors if card else []):
        for name, (naming, slicing) in _SENSITIVE.items():
            if words(factor) & naming and not words(factor) & _THINGS and not declared & naming:
                found.append(_Named(name, card.at("factors", i), naming | slicing))
                declared |= naming
    return found


def _synonyms(said: set[str]) -> set[str]:
    alike = (naming | slicing for naming, slicing in _SENSITIVE.values() if said & naming)
    return {word for line in alike for word in line}


def _cuts(result: MetricResult, named: _Named, project: Project) -> bool:
    """True if the slice of a result is one by the attribute: by its definition, its id or its text."""
    said = words(attribute_of(result, project)) | words(result.slice)
    return bool(said & named.words)
