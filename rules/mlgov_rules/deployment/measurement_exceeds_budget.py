"""What was measured of the served model must fit its budget.

## Why
A model of 41 MB does not fit into 20 MB, whatever its accuracy. Measured values are compared with the budget in base
units. The tail of the latency (p99 and beyond) is not what a budget without a percentile means, so the rule abstains
there; means of the parts add up to the mean of the whole, percentiles do not.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: keyboard}
serving: {budget: {size: 20MB}, measurements: [{what: size, value: 41MB}]}
~~~

### 0.12 s are more than 80 ms
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: keyboard}
serving: {budget: {latency: 80ms}, measurements: [{what: latency, value: 0.12s, percentile: p95, hardware: phone}]}
~~~

### the parts take longer than the whole may
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: keyboard}
serving:
  budget: {latency: 0.1s}
  components: [{id: features, latency: 60ms, statistic: mean}, {id: model, latency: 50ms, statistic: mean}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: keyboard}
serving:
  budget: {size: 20MiB, latency: 100ms}
  measurements: [{what: size, value: 20_000_000}, {what: latency, value: 0.1s, percentile: p50}]
  components: [{id: features, latency: 60ms, statistic: mean}, {id: model, latency: 40ms, statistic: mean}]
~~~

### the version before was larger
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: keyboard}
serving: {model_version: "2.0", budget: {size: 20MB}, measurements: [{what: size, value: 41MB, model_version: "1.0"}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: keyboard}
serving: {budget: {latency: 80ms}, measurements: [{what: latency, value: 0.12s, percentile: p99}]}
~~~

### percentiles of parts do not add
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: keyboard}
serving:
  budget: {latency: 0.1s}
  components: [{id: features, latency: 60ms, statistic: p95}, {id: model, latency: 50ms, statistic: p95}]
~~~

## Remedy
make the model smaller or faster (quantisation, pruning, distillation), or change the budget with those who set it

## References
S4-32, S4-51; ML Test Score Mon 6
"""

from mlgov.rulekit import Budget, Findings, Measurement, Project, Serving, abstain, rule, same_version

# the files of models that run on devices; other large files of a repository are not what is deployed there
_DEVICE_FILES = (
    ".tflite",
    ".onnx",
    ".ort",
    ".mlmodel",
    ".pte",
    ".ptl",
    ".ncnn",
    ".tflite.dvc",
    ".onnx.dvc",
    ".ort.dvc",
)


@rule("DEP206", severity="WEE", sources=["S4-32", "S4-51"])
def measurement_exceeds_budget(serving: Serving, project: Project) -> Findings:
    budget = serving.budget
    if budget is None:
        return
    for measured in serving.measurements:
        limit = getattr(budget, measured.what or "", None)
        if limit is None or measured.value is None or _is_of_another(measured, serving):
            continue
        unit = "s" if measured.what == "latency" else "bytes"
        bare = "bytes" if unit == "bytes" else ""
        if (measured.value.unit or bare) != unit or measured.what == "latency" and _is_tail(measured):
            yield abstain(f"unknown unit or percentile of the measured {measured.what}")
        elif measured.value > limit * (1 + 1e-9):
            hardware = f" on {measured.hardware}" if measured.hardware else ""
            said = f"{measured.literal('value')}{f' ({measured.percentile})' if measured.percentile else ''}{hardware}"
            message = f"measured {measured.what} {said} exceeds the budget of {limit}"
            yield measured.at("value"), message, [budget.at(str(measured.what))]
    yield from _sum(serving, budget)


def _is_of_another(measured: Measurement, serving: Serving) -> bool:
    """True for another version, and for a file of the repository that nobody deploys to a device."""
    if measured.model_version and serving.model_version:
        return not same_version(measured.model_version, serving.model_version)
    return not measured.is_own and not measured.at().file.lower().endswith(_DEVICE_FILES)


def _is_tail(measured: Measurement) -> bool:
    words = (measured.percentile or "").lower().lstrip("p")
    return words.startswith(("99", "0.99", "max"))


def _sum(serving: Serving, budget: Budget) -> Findings:
    parts = [part for part in serving.components if part.latency is not None]
    if budget.latency is None or len(parts) < 2:
        return
    total = sum(part.latency for part in parts if part.latency is not None)
    if any(part.statistic != "mean" for part in parts):
        yield abstain("the parts of the latency are no means, so they do not add up")
    elif total > budget.latency * (1 + 1e-9):
        words = " + ".join(f"{part.id} {part.literal('latency')}" for part in parts)
        message = f"{words} = {total * 1000:.6g} ms exceeds the budget of {budget.latency}"
        yield parts[0].at("latency"), message, [budget.at("latency"), *(part.at("latency") for part in parts[1:])]
