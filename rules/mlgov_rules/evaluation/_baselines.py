"""The results of baselines, and the results of the model that they can be compared with."""

from mlgov.rulekit import Baseline, Comparability, MetricResult, Project
from mlgov_rules.evaluation._counts import known_metric
from mlgov_rules.evaluation._documents import file_of, same_model

# what belongs to each model, and so may differ between a baseline and a candidate
OWN_PARTS = ("model_version", "variant", "threshold")


def usable(baseline: Baseline) -> list[MetricResult]:
    """The results of a baseline that state a metric and a value."""
    return [r for r in baseline.results if r.metric and r.value is not None]


def candidates(result: MetricResult, project: Project) -> list[tuple[MetricResult, Comparability]]:
    """The model's results of the same metric and slice, each with whether it can be compared."""
    same_metric = project.comparer.same_metric
    alike = [r for r in project.results if r.slice == result.slice and same_metric(r, result)]
    alike = [r for r in alike if same_model(file_of(r), file_of(result), project)]
    return [(r, project.comparer.compare(result, r, ignore=OWN_PARTS)) for r in alike]


def counterpart(result: MetricResult, baseline: Baseline, project: Project) -> MetricResult | str:
    """The baseline's result that is comparable with one of the model; else why there is none ("" = nothing stated)."""
    comparer, reason = project.comparer, ""
    for theirs in usable(baseline):
        if not same_model(file_of(result), file_of(theirs), project):
            continue
        if comparer.same_metric(theirs, result) and theirs.slice == result.slice:
            answer = comparer.compare(result, theirs, ignore=OWN_PARTS)
            if answer.answer == "same":
                return theirs
            reason = f"{answer.answer} {answer.part.replace('_', ' ')}"
    return reason


def direction(result: MetricResult, project: Project) -> int | None:
    """1 where more is better, -1 where less is; None where neither the definition nor the table tells."""
    metric = project.metric(result.metric)
    known = known_metric(result, project)
    stated = (metric.direction if metric else None) or (known.direction if known else None)
    return {"maximize": 1, "minimize": -1}.get(stated or "")
