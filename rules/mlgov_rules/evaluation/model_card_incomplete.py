"""A model must have a card, and the card must say what cards say.

Asked are the nine sections of Mitchell et al. (2019) with text in them, the intended use, and the uses that are out of
scope, in the card or in the manifest. "Not applicable because …" is text. What a card holds is only asked where mlgov
can read it.

## Why
Users meet the model through its card. What it does not say, they will guess, most often in favour of their own plans.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation, intended_use: rank accounts for a call}
~~~

### the card is gone
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project:
  id: churn
  stage: validation
  intended_use: rank accounts for a call
  out_of_scope_use: [pricing]
  card: {file: MODEL_CARD.md}
~~~

### sections without text
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project:
  id: churn
  stage: validation
  intended_use: rank accounts for a call
  out_of_scope_use: [pricing]
  card: {file: MODEL_CARD.md}
~~~
~~~markdown MODEL_CARD.md
# Model card: churn

### Model details
Gradient boosting on four account features.

### Metrics
ROC AUC on the test split.

### Training data
TODO
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project:
  id: churn
  stage: validation
  intended_use: rank accounts for a call
  out_of_scope_use: [pricing]
  card:
    file: https://example.org/churn/card
    sections: [details, intended_use, factors, metrics, evaluation_data, training_data, quantitative, ethics, caveats]
~~~

### too early to ask
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
~~~

## Remedy
write a model card with the missing sections, or state the missing fields in `project`

## References
S0-49; Mitchell et al. 2019; EU AI Act Annex IV 1 to 3, Article 13
"""

from mlgov.rulekit import Findings, Project, presence

_SECTIONS = ("details", "intended_use", "factors", "metrics", "evaluation_data", "training_data", "quantitative",
             "ethics", "caveats")  # fmt: skip


@presence("EVA007", "project.card", severity="IWE", stage="validation", lead=True, sources=["S0-49"])
def model_card_incomplete(project: Project) -> Findings:
    if not project.reached("validation"):
        return
    identity, card = project.identity, project.identity.card
    lacking = identity.lacks("intended_use", "out_of_scope_use")
    if card and card.sections:
        lacking += [s for s in _SECTIONS if s not in card.sections and s not in lacking and not _is_told(s, project)]
    words = ", ".join(field.replace("_", " ") for field in lacking)
    if card and card.file and project.exists(card.file) is False:
        yield card.at("file"), f"the model card {card.literal('file')} is not in the repository"
    elif not card or not card.has("file") and not card.sections:
        beside = f"; nor does the manifest state {words}" if lacking else ""
        yield project.at("project"), f"no model card{beside}"
    elif lacking:
        yield card.at("file"), f"model card lacks {words}"


def _is_told(section: str, project: Project) -> bool:
    """True if the manifest states what a section of the card would."""
    return section == "intended_use" and bool(project.identity.has("intended_use"))
