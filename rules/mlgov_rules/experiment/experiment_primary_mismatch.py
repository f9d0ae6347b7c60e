"""An experiment must decide on the declared online primary metric, and test the version that is to be released.

## Why
A test that decides on clicks says nothing about purchases, however large it is. A faster metric may decide where it is
declared as `proxy_for` the primary one. While the experiment is planned or running, one of its arms must meet the
project's version.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
metrics:
- {id: purchase_rate, scope: online, role: primary, target: {min: 0.04}}
- {id: clicks, scope: online, role: secondary}
experiments: [{id: ranking, primary_metrics: [clicks]}]
~~~

### no arm meets the candidate
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop, version: "1.4.0"}
experiments:
- {id: ranking, status: running, arms: [{id: control, control: true, model_version: "1.2.0"}, {id: treatment, model_version: "1.3.0"}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop, version: "1.4.0"}
metrics:
- {id: purchase_rate, scope: online, role: primary, target: {min: 0.04}}
- {id: add_to_cart, scope: online, role: secondary, proxy_for: purchase_rate}
experiments:
- {id: ranking, primary_metrics: [add_to_cart], arms: [{id: control, control: true, model_version: "1.3.0"}, {id: treatment, model_version: v1.4.0}]}
~~~

### an experiment of the past tested a version of the past
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop, version: "1.4.0"}
experiments:
- {id: ranking, status: analysed, arms: [{id: control, control: true, model_version: "1.2.0"}, {id: treatment, model_version: "1.3.0"}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
metrics: [{id: clicks, scope: online, role: secondary}]
experiments: [{id: ranking, primary_metrics: [clicks]}]
~~~

### nobody defined the metric of the experiment
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
metrics: [{id: purchase_rate, scope: online, role: primary, target: {min: 0.04}}]
experiments: [{id: ranking, primary_metrics: [fact_purchases]}]
~~~

## Remedy
decide on the online primary metric, or declare the metric of the experiment as its proxy (`proxy_for`); put the
candidate's version on an arm

## References
S3-40, S4-44; Kohavi, Tang, Xu 2020, ch. 7
"""

from mlgov.rulekit import Experiment, Findings, Metric, Project, abstain, other_version, rule
from mlgov_rules.experiment._plan import is_over, is_trial, primary_metrics


@rule("EXP201", severity="WEE", sources=["S3-40", "S4-44"])
def experiment_primary_mismatch(experiment: Experiment, project: Project) -> Findings:
    if not is_trial(experiment):
        return
    if experiment.primary_metrics:
        yield from _metric(experiment, project)
    version = project.identity.version
    if version and project.identity.is_own and not is_over(experiment, project):
        arms = [arm for arm in experiment.arms if arm.model_version and arm.is_own]
        if len(arms) > 1 and all(other_version(arm.model_version, version) for arm in arms):
            said = ", ".join(f"{arm.id} {arm.model_version}" for arm in arms)
            message = f"no arm of experiment {experiment.id} meets version {version}: {said}"
            yield arms[-1].at("model_version"), message, [project.at("project", "version")]


def _metric(experiment: Experiment, project: Project) -> Findings:
    wanted = project.primaries("online")
    deciding = primary_metrics(experiment, project)
    if not wanted or len(deciding) < len(experiment.primary_metrics):
        yield abstain("unknown online primary metric" if not wanted else "unknown metric of the experiment")
    elif not any(_stands_for(metric, wanted, project) for metric in deciding):
        said = ", ".join(str(metric.id) for metric in deciding)
        primary = ", ".join(str(metric.id) for metric in wanted)
        message = f"experiment {experiment.id} decides on {said}; the online primary metric is {primary}"
        yield experiment.at("primary_metrics"), message, [metric.at("role") for metric in wanted]


def _stands_for(metric: Metric | None, wanted: list[Metric], project: Project) -> bool:
    """True if the metric is one of the wanted, or a chain of `proxy_for` leads there."""
    seen: set[str | None] = set()
    while metric is not None and metric.id not in seen:
        if any(metric is goal for goal in wanted):
            return True
        seen.add(metric.id)
        metric = project.metric(metric.proxy_for)
    return False
