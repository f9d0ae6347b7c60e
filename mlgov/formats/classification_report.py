"""A scikit-learn `classification_report` as JSON or YAML, at the top level of a file."""

from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.formats._identity import context_of
from mlgov.formats._report import classes, is_report, report
from mlgov.formats.metrics_file import named_by_path
from mlgov.lifecycle.fact import Fact

NAME = "classification-report"
PATHS = ("*.json", "*.yaml", "*.yml")
MARKERS = (b"macro avg",)
ROLE = "part"


def recognise(artifact: Artifact) -> Claim | None:
    """By the rows `macro avg` and `weighted avg`."""
    return Claim() if is_report(artifact.data) else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """Results by class and by average, the class labels, and their shares where the data set is named."""
    data, origin = artifact.data, artifact.at()
    context = context_of(data, origin, named_by_path(artifact))
    yield from report(data, origin, context, "observed")
    labels = classes(data)
    if labels:
        yield Fact("framing.output.classes", labels, origin, "observed")
    support = {name: data[name]["support"] for name in labels}
    total = sum(support.values())
    if (named := context.get("dataset")) is not None and total > 0:
        shares = {name: n / total for name, n in support.items()}
        yield Fact("data.datasets[]", {"id": named.value, "class_balance": shares}, origin, "derived")
