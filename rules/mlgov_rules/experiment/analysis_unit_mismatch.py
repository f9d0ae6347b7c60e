"""An experiment must be analysed by the unit that was randomised, or with a variance that knows the clusters.

## Why
Page views of one user resemble each other. Counted as independent, a thousand views of ten users look like a thousand
answers, and the intervals come out far too narrow. An analysis unit that is coarser than the randomised one is fine.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: search}
experiments: [{id: ranking, randomization_unit: user, analysis_unit: page view}]
~~~

### the variance is said to be independent
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: search}
experiments: [{id: ranking, randomization_unit: user_id, analysis_unit: sessions, variance: independent}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: search}
experiments: [{id: ranking, randomization_unit: user, analysis_unit: page view, variance: delta_method}]
~~~

### one unit in two spellings
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: search}
experiments: [{id: ranking, randomization_unit: User-ID, analysis_unit: users}]
~~~

### a coarser unit
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: search}
experiments: [{id: ranking, randomization_unit: session, analysis_unit: user}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: plant}
experiments: [{id: mixing, randomization_unit: vat, analysis_unit: barrel}]
~~~

## Remedy
analyse by the randomised unit, or state `variance: delta_method` (or `clustered`, `bootstrap`) and use it

## References
S3-39; Kohavi, Tang, Xu 2020, ch. 14 and 18; Deng, Knoblich, Lu 2018
"""

import re

from mlgov.rulekit import Experiment, Findings, abstain, rule

# from coarse to fine; words of one line stand for units of about one size
RANKS = (
    "country region market city",
    "company organisation organization tenant team store school hospital clinic cluster",
    "household family",
    "user customer person people member subscriber account patient student driver agent visitor cookie device client card employee worker",
    "session visit day trip basket cart order conversation",
    "page_view pageview view impression request click query search event message item row prediction call transaction payment",
)
_RANK = {word: rank for rank, words in enumerate(RANKS) for word in words.split()}


@rule("EXP104", severity="IWE", sources=["S3-39"])
def analysis_unit_mismatch(experiment: Experiment) -> Findings:
    if not experiment.randomization_unit or not experiment.analysis_unit or experiment.substitute:
        return
    randomised, analysed = _unit(experiment.randomization_unit), _unit(experiment.analysis_unit)
    if randomised == analysed or experiment.variance not in (None, "independent"):
        return
    ranks = [_RANK.get(randomised), _RANK.get(analysed)]
    if ranks[0] is None or ranks[1] is None:
        yield abstain(f"unknown whether {experiment.analysis_unit} is finer than {experiment.randomization_unit}")
    elif ranks[1] > ranks[0]:
        variance = "independent variance" if experiment.variance else "no clustered variance"
        message = (
            f"randomised by {experiment.randomization_unit}, analysed by {experiment.analysis_unit} with {variance}"
        )
        yield experiment.at("analysis_unit"), message, [experiment.at("randomization_unit")]


def _unit(text: str) -> str:
    """`User-ID`, `user_id` and `users` are the unit `user`."""
    words = [w for w in re.split(r"[^a-z0-9]+", re.sub(r"([a-z])([A-Z])", r"\1_\2", text).lower()) if w]
    name = "_".join(
        w for w in words if w not in ("id", "ids", "uuid", "hash", "key", "anonymous", "unique")
    ) or "_".join(words)
    for ending, singular in (("ies", "y"), ("s", "")):
        if name.endswith(ending) and (one := name.removesuffix(ending) + singular) in _RANK:
            return one
    return name
