"""Labels made by hand must say who rated, by which guideline, and how far the raters agree.

## Why
A model cannot be better than the agreement of its raters, and without the guideline the next batch of labels means
something else. A single rater needs no agreement, but has to be a known expert.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: toxicity, stage: development}
data:
  labels: {name: toxic, source: manual}
~~~

### the raters agree less than was asked
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: toxicity, stage: development}
data:
  labels:
    name: toxic
    source: manual
    manual:
      guideline: docs/guideline.md
      raters: 3
      agreement: {metric: cohen_kappa, value: 0.52, min: 0.7}
      cost_per_item: {amount: 0.3, currency: EUR}
      expertise: linguists
      bias: raters live in one country
      privacy: names are masked
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: xray, stage: development}
data:
  labels:
    name: fracture
    source: manual
    manual:
      guideline: docs/guideline.md
      raters: 1
      cost_per_item: {amount: 3, currency: EUR}
      expertise: radiologist with ten years of practice
      bias: one hospital
      privacy: images without names
~~~

### nobody rates
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data:
  labels: {name: churned, source: automatic}
~~~

## Remedy
state guideline, raters, agreement, cost, expertise, bias and privacy of the labelling, and raise an agreement that is
too low before training on it

## References
S4-38, S2-15, S2-21; Gebru 2018, Collection; EU AI Act Annex IV 2(d)
"""

from mlgov.rulekit import Agreement, Findings, Origin, Project, Quantity, missing_at, presence

_FIELDS = ("guideline", "raters", "agreement", "cost_per_item", "expertise", "bias", "privacy")


@presence("DAT007", "data", severity="-WE", stage="development", sources=["S4-38", "S2-15", "S2-21"])
def annotation_protocol_missing(project: Project) -> Findings:
    labels = project.data.labels
    if labels is None or labels.source != "manual":
        return
    single = labels.manual is not None and labels.manual.raters == 1
    fields = [f for f in _FIELDS if not (single and f == "agreement")]
    yield from missing_at(
        project, "data.labels.manual", "labels are made by hand, but their protocol lacks {}", *fields
    )
    agreement = labels.manual.agreement if labels.manual else None
    if agreement is not None and agreement.value is not None:
        yield from _too_low(agreement, project)


def _too_low(agreement: Agreement, project: Project) -> Findings:
    quality = project.problem.feasibility.data_quality if project.problem.feasibility else None
    bars: list[tuple[Quantity | None, Origin]] = [(agreement.min, agreement.at("min"))]
    if quality is not None:
        bars.append((quality.min, quality.at("min")))
    for bar, place in bars:
        if bar is not None and agreement.value is not None and not agreement.value >= bar:
            words = f"{agreement.metric or 'agreement'} of the raters is {agreement.value.text}, at least {bar.text} was asked"
            yield agreement.at("value"), words, [place]
            return
