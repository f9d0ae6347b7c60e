"""A drift test must suit the type of the features it watches.

## Why
Kolmogorov-Smirnov orders values, and countries have no order; chi-squared counts categories, and a continuous value is never
the same twice; a PSI without bins is not a number. All three still print something.

The type of a feature comes from `data.features`, else from the signature of the model. Unknown types are left alone.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {features: [{name: country, dtype: categorical}, {name: tenure, dtype: numeric}]}
monitoring: {signals: [{id: drift, kind: data_drift, method: ks, features: [tenure, country], alpha: 0.01}]}
~~~

### PSI without bins
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring: {signals: [{id: drift, kind: data_drift, method: psi, features: [tenure], threshold: {warn: 0.1}}]}
~~~

### chi-squared on a continuous input of the signature
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {signature: {inputs: [{name: tenure, type: double}]}}
monitoring: {signals: [{id: drift, kind: data_drift, method: chi2, features: [tenure], alpha: 0.01}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {features: [{name: country, dtype: categorical}, {name: tenure, dtype: numeric}]}
monitoring:
  signals:
  - {id: a, kind: data_drift, method: ks, features: [tenure], alpha: 0.01}
  - {id: b, kind: data_drift, method: chi2, features: [country], alpha: 0.01}
  - {id: c, kind: data_drift, method: psi, bins: 10, features: [tenure], threshold: {warn: 0.1}}
  - {id: d, kind: data_drift, method: psi, features: [country], threshold: {warn: 0.1}}
  - {id: e, kind: data_drift, method: chi2, bins: 8, features: [tenure], alpha: 0.01}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring: {signals: [{id: drift, kind: data_drift, method: ks, features: [tenure], alpha: 0.01}]}
~~~

## Remedy
use KS or Wasserstein for continuous features, chi-squared, PSI or Jensen-Shannon for categories; give a PSI its bins

## References
S4-56
"""

from mlgov.rulekit import Findings, Project, Signal, abstain, rule
from mlgov_rules.monitoring._features import dtypes, plain_name
from mlgov_rules.monitoring._kinds import DRIFT

_ORDERED = ("ks", "wasserstein")
_NAMES = {"ks": "Kolmogorov-Smirnov", "wasserstein": "Wasserstein", "chi2": "chi-squared"}
_CATEGORIES = ("categorical", "boolean", "text")


@rule("MON101", severity="WEE", sources=["S4-56"])
def drift_test_type_mismatch(signal: Signal, project: Project) -> Findings:
    if signal.kind not in DRIFT or signal.method not in (*_ORDERED, "chi2", "psi"):
        return
    types = dtypes(project)
    found = {name: types.get(plain_name(name), "") for name in signal.features}
    if signal.method == "psi":
        has_own_bins = bool(found) and all(kind in _CATEGORIES for kind in found.values())
        if signal.is_own and signal.bins is None and not has_own_bins:
            yield signal.at("method"), f"signal {signal.id}: a PSI without bins is not defined"
        return
    wrong = _CATEGORIES if signal.method in _ORDERED else () if signal.bins else ("numeric",)
    misfits = [name for name, kind in found.items() if kind in wrong]
    if misfits:
        kind = found[misfits[0]] if signal.method in _ORDERED else "continuous"
        message = f"signal {signal.id}: {_NAMES[signal.method]} does not suit {kind} features: {', '.join(misfits)}"
        yield signal.at("method"), message, [signal.at("features", signal.features.index(name)) for name in misfits]
    elif wrong and not all(found.values()):
        yield abstain("unknown type of " + ", ".join(name for name, kind in found.items() if not kind))
