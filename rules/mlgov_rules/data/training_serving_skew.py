"""A feature must be computed in serving as it was computed in training.

## Why
Skew between training and serving is the commonest reason why a model that was good offline is bad online, and nothing
breaks when it happens.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  features: [{name: charge, train_transform: z-score by the training mean, serve_transform: z-score by a rolling mean}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  features: [{name: charge, train_transform: Z-score by the  training mean, serve_transform: z-score by the training mean.}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  features: [{name: charge, train_transform: z-score by the training mean}]
~~~

## Remedy
compute the feature by one piece of code in both places, or log it in serving and train on the log

## References
S4-22; ML Test Score Mon3; Rules of ML #32, #37
"""

from mlgov.rulekit import Feature, Findings, abstain, rule


@rule("DAT206", severity="IWE", sources=["S4-22"])
def training_serving_skew(feature: Feature) -> Findings:
    train, serve = feature.train_transform, feature.serve_transform
    if not feature.has("train_transform", "serve_transform") or train is None or serve is None:
        if train or serve:
            yield abstain(f"unknown transform in {'serving' if train else 'training'}")
    elif _plain(train) != _plain(serve):
        message = f"{feature.name} is {_short(serve)!r} in serving, {_short(train)!r} in training"
        yield feature.at("serve_transform"), message, [feature.at("train_transform")]


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".;").casefold()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:57] + "..."
