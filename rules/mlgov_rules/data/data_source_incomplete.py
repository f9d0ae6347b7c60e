"""Every data set must say where it comes from, where it lies, how large it is and under which licence.

## Why
Data that nobody can find again cannot be checked, and a model trained on it cannot be made again. Of a public data set
the source says most of this already.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data:
  sources: [{id: billing, kind: database, collection: nightly export}]
  datasets: [{id: train_2026, source: billing, location: data/train.csv}]
~~~

### how the source is collected
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data:
  sources: [{id: billing}]
  datasets:
  - {id: train_2026, source: billing, location: data/train.csv, format: csv, rows: 100, provenance: export, license: MIT}
~~~

### no section at all
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data:
  sources: [{id: billing, kind: database, collection: nightly export}]
  datasets:
  - {id: train_2026, source: billing, location: data/train.csv, format: csv, rows: 18000, provenance: export, license: MIT}
~~~

### public data
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: sentiment, stage: development}
data:
  sources: [{id: imdb, kind: public}]
  datasets: [{id: imdb_train, source: imdb, location: "https://huggingface.co/datasets/stanfordnlp/imdb"}]
~~~

## Remedy
state source, location, format, rows, provenance and license of the data set, and how its source is collected

## References
S4-05, S4-18, S4-19, S4-20, S4-21, S1-13, S3-07; Gebru 2018, Composition and Collection; EU AI Act Annex IV 2(d)
"""

from mlgov.rulekit import Dataset, Findings, Project, missing, presence
from mlgov_rules.data._counts import described

_FIELDS = ("source", "location", "format", "rows", "provenance", "license")


@presence(
    "DAT001",
    "data",
    severity="WEE",
    stage="development",
    lead=True,
    sources=["S4-05", "S4-18", "S4-19", "S4-20", "S4-21", "S1-13", "S3-07"],
)
def data_source_incomplete(project: Project) -> Findings:
    sets = [d for d in project.data.datasets if d.is_own]
    sources = [s for s in project.data.sources if s.is_own]
    if not project.has_section("data"):
        yield project.at("data"), "no data set and no data source is declared"
        return
    if not sets and not project.is_excused("data.datasets"):
        yield project.at("data", "datasets"), "no data set is declared"
    if not sources and not project.is_excused("data.sources"):
        yield project.at("data", "sources"), "no data source is declared"
    for dataset in sets:
        yield from missing(dataset, f"data set {dataset.id} lacks {{}}", "id", *_asked(dataset, project))
    for source in sources:
        asked = ["id"] if source.kind == "public" else ["id", "collection"]
        yield from missing(source, f"data source {source.id} lacks {{}}", *asked)


def _asked(dataset: Dataset, project: Project) -> list[str]:
    """What the data set has to say itself: not what another file says of it, nor what a public source tells."""
    public = any(s.kind == "public" and s.id == dataset.source for s in project.data.sources)
    others = [o for _, group in described(project) if dataset in group for o in group if o is not dataset]
    return [f for f in (_FIELDS[:2] if public else _FIELDS) if not any(o.has(f) for o in others)]
