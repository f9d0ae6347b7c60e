"""A model card must change when the model or its results change.

## Why
A card that describes the model before the last one is believed by those who cannot check it. What counts is whether a
value changed, not whether a file was formatted.

## Fails
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.3.0", card: {file: docs/card.md}}
evaluation: {results: [{metric: recall, value: 0.85}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.4.0", card: {file: docs/card.md}}
evaluation: {results: [{metric: recall, value: 0.88}]}
~~~
~~~text docs/card.md
A model for call lists.
~~~

## Passes
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.3.0", card: {file: docs/card.md}}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.4.0", card: {file: docs/card.md}}
~~~
~~~text before/docs/card.md
Version 1.3.0.
~~~
~~~text after/docs/card.md
Version 1.4.0.
~~~

### nothing but the form changed
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.3.0", card: {file: docs/card.md}}
evaluation: {results: [{metric: recall, value: 0.85}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project:
  card:
    file: docs/card.md
  version: v1.3.0
  id: churn
evaluation: {results: [{value: 0.850, metric: recall}]}
~~~
~~~text docs/card.md
A model for call lists.
~~~

## Abstains
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.3.0", card: {file: docs/card.md}}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.4.0", card: {file: docs/card.md}}
~~~

## Remedy
bring the card up to date in the same change: version, results, and what they mean for use and limits

## References
S0-49; EU AI Act Annex IV and Article 11 (kept up to date)
"""

from mlgov.rulekit import Change, Findings, Origin, abstain, other_version, rule

from ._words import FETCH, is_untouched, new_results, unchanged_since


@rule("CHG505", severity="IWE", sources=["S0-49"])
def card_older_than_model(change: Change) -> Findings:
    card = change.head.identity.card
    news = None if change.added or change.removed else _news(change)
    if card is None or not card.file or news is None or change.head.exists(card.file) is None:
        return
    if not is_untouched(change, card.file):
        return
    if said := unchanged_since(change, card.file):
        what, origin = news
        yield Origin(change.head.path(card.file)), f"{said}, but {what} in this change", [origin]
    else:
        yield abstain(f"when {card.file} changed last is not known: {FETCH}")


def _news(change: Change) -> tuple[str, Origin] | None:
    """What this change did to the model or its results; None where it did nothing."""
    old, new = change.base.identity, change.head.identity
    if other_version(old.version, new.version):
        return f"the version changed from {old.version} to {new.version}", new.at("version")
    result = next(new_results(change), None)
    return (f"{result.metric} became {result.literal('value')}", result.at("value")) if result else None
