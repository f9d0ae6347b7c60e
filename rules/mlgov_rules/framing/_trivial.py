"""The scores that no model is needed for: class shares of the data, and what arithmetic says of them."""

from typing import NamedTuple

from mlgov.rulekit import Dataset, KnownMetric, Origin, Project, statistics

# names of the known metrics in the table of trivial scores
_FORMULAS = {
    "accuracy": "accuracy", "balanced_accuracy": "balanced_accuracy", "roc_auc": "auc", "r2": "r2", "f1": "f1",
    "average_precision": "average_precision", "log_loss": "log_loss", "brier_score": "brier",
}  # fmt: skip
_BINARY_ONLY = frozenset({"f1", "average_precision", "brier_score"})
_POSITIVE = frozenset({"1", "true", "yes", "positive", "pos"})


class Shares(NamedTuple):
    """The shares of the classes in one data set. positive: of the positive class, or of the rarer one where unknown."""

    values: list[float]
    positive: float
    name: str
    place: Origin

    @property
    def largest(self) -> float:
        """The accuracy of whoever always names the largest class."""
        return max(self.values)


class Trivial(NamedTuple):
    """The best score of a predictor that ignores its input. how: what that predictor does."""

    score: float
    how: str
    places: list[Origin]


def shares(project: Project) -> list[Shares]:
    """The class shares of the data that the model is judged on: test data first, other data where no test data exist."""
    datasets = project.data.datasets
    for roles in (("test", "golden"), ("validation", "online"), ("train", "calibration", "reference", None)):
        chosen = [d for d in datasets if d.role in roles]
        if chosen:
            found = [s for d in chosen if (s := _shares_of(d, project))]
            return found or (_counted(project) if "test" in roles else [])
    return _counted(project)


def _shares_of(dataset: Dataset, project: Project) -> Shares | None:
    stated = {name: float(share) for name, share in dataset.class_balance.items()}
    if len(stated) == 1:  # one class of two: the other has the rest
        if not project.framing.output or project.framing.output.type != "binary":
            return None
        stated["the other class"] = 1 - next(iter(stated.values()))
    if not stated or not abs(sum(stated.values()) - 1) <= 0.02:
        return None
    named = project.framing.output.positive_class if project.framing.output else None
    positive = next((s for n, s in stated.items() if n == named or n.lower() in _POSITIVE), min(stated.values()))
    return Shares(list(stated.values()), positive, f"data set {dataset.id}", dataset.at("class_balance"))


def _counted(project: Project) -> list[Shares]:
    """The same from results that state how many of their items are positive."""
    for result in project.results:
        if result.n and result.positives and not result.slice and project.comparer.key(result).split == "test":
            p = result.positives / result.n
            if 0 < p < 1:
                return [Shares([p, 1 - p], p, "the test split", result.at("positives"))]
    return []


def trivial(known: KnownMetric, average: str | None, project: Project) -> Trivial | str:
    """The trivial score of a metric, or why it is not known; "" where no formula tells it.

    Of several test sets the one where the trivial predictor does worst counts.
    """
    if known.name not in _FORMULAS or known.name == "f1" and average not in (None, "binary"):
        return ""
    if known.name in ("roc_auc", "r2"):
        return Trivial(statistics.trivial_score(_FORMULAS[known.name]).score, "guessing", [])
    data = [s for s in shares(project) if known.name not in _BINARY_ONLY or len(s.values) == 2]
    scores = [(_score(known, s), s) for s in data if all(0 < share < 1 for share in s.values)]
    if not scores:
        return "unknown class balance"
    least = min(scores, key=lambda pair: pair[0] if known.direction == "maximize" else -pair[0])
    return Trivial(
        least[0], f"{_HOW.get(known.name, 'always saying the class shares')} on {least[1].name}", [least[1].place]
    )


_HOW = {
    "accuracy": "always naming the largest class", "balanced_accuracy": "always naming one class",
    "f1": "calling all positive", "average_precision": "ranking at random",
}  # fmt: skip


def _score(known: KnownMetric, data: Shares) -> float:
    if known.name in _BINARY_ONLY:
        return statistics.trivial_score(_FORMULAS[known.name], prevalence=data.positive).score
    return statistics.trivial_score(_FORMULAS[known.name], shares=data.values).score
