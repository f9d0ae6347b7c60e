"""MLflow recipes: recipe.yaml, a template by design, and the profiles that fill it in.

What stands between `{{` and `}}` is unknown here, because several profiles may fill it in; the rest of the file is read.
"""

import re
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw, locate, read_yaml
from mlgov.finding import Origin
from mlgov.formats._draft import rows
from mlgov.formats._hyperparameters import hyperparameter
from mlgov.formats._metric_words import known, normalised, side_of
from mlgov.formats._paths import dataset, rooted
from mlgov.formats._quantities import number_of, text_of
from mlgov.formats._results import Said, acceptance
from mlgov.lifecycle.fact import Fact

NAME = "mlflow-recipe"
PATHS = ("recipe.yaml", "profiles/*.yaml", "**/profiles/*.yaml")
MARKERS = (b"recipe:", b"INGEST_", b"SPLIT_RATIOS", b"PREDICT_OUTPUT", b"model_registry")
ROLE = "anchor"
_GAP = re.compile(rb"\{\{[^{}\n]{0,500}\}\}")
_KINDS = ("regression/", "classification/")
_FOLDERS = ("parquet", "csv", "delta")


def recognise(artifact: Artifact) -> Claim | None:
    """recipe.yaml by its `recipe:` and steps; a profile by the recipe above it. The version is that of the template."""
    if artifact.name != "recipe.yaml":
        above = artifact.beside("../recipe.yaml")
        is_profile = above is not None and isinstance(_blanked(above).get("recipe"), str)
        return Claim(detail="profile") if is_profile and isinstance(artifact.data, dict) else None
    data = _blanked(artifact)
    kind = data.get("recipe")
    if not isinstance(kind, str) or not kind.startswith(_KINDS):
        return None
    artifact.read_as(_filled(artifact.raw))
    return Claim(kind)


def _filled(raw: bytes) -> bytes:
    """The template with its gaps blanked by as many characters, so that places stay right."""
    return _GAP.sub(lambda gap: b"~".ljust(len(gap[0])), raw)


def _blanked(artifact: Artifact) -> dict[str, Any]:
    documents = read_yaml(_filled(artifact.raw)).documents
    return documents[0].data if documents and isinstance(documents[0].data, dict) else {}


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """Target, primary metric, split, criteria and hyper-parameters; of a profile, where the data lie."""
    if artifact.name != "recipe.yaml":
        yield from _profile(artifact)
        return
    data, at = _blanked(artifact), _Places(artifact)
    yield Fact("training.pipeline.tool", "mlflow recipes", artifact.at())
    if target := text_of(data.get("target_col")):
        yield Fact("data.labels.name", target, at("target_col"))
    if "positive_class" in data and (positive := text_of(data["positive_class"])):
        yield Fact("framing.output.positive_class", positive, at("positive_class"))
    custom = {
        str(row["name"]): (row, n) for n, row in rows(data.get("custom_metrics")) if isinstance(row.get("name"), str)
    }
    yield from _metrics(data, custom, at)
    found = data.get("steps")
    steps = found if isinstance(found, dict) else {}
    yield from _split(steps, at)
    yield from _criteria(artifact, steps, custom, at)
    train = steps.get("train")
    chosen = train.get("estimator_params") if isinstance(train, dict) else None
    for name, value in chosen.items() if isinstance(chosen, dict) else ():
        if text_of(value) is not None:
            where = at("steps", "train", "estimator_params", name)
            yield Fact(f"training.hyperparameters.{hyperparameter(str(name))}", value, where)


class _Places:
    """Origins in a template: found in the text with its gaps blanked."""

    def __init__(self, artifact: Artifact) -> None:
        self._path, self._raw = artifact.path, _filled(artifact.raw)

    def __call__(self, *steps: str | int) -> Origin:
        span = locate(self._path, self._raw, Origin(self._path).at(*steps).pointer)
        return Origin(self._path, f"@{span.line}:{span.column}")


Custom = dict[str, tuple[dict[str, Any], int]]


def _metrics(data: dict[str, Any], custom: Custom, at: _Places) -> Iterator[Fact]:
    """The metric that decides, and those that the team wrote itself."""
    primary = text_of(data.get("primary_metric"))
    if primary:
        meant = known(primary)
        value = {"id": meant.base if meant else normalised(primary), "name": primary, "role": "primary"}
        yield Fact("metrics[]", value | ({"type": meant.base} if meant else {}), at("primary_metric"))
    for name, (row, n) in custom.items():
        if isinstance(row.get("greater_is_better"), bool):
            direction = "maximize" if row["greater_is_better"] else "minimize"
            yield Fact(
                "metrics[]", {"id": normalised(name), "name": name, "direction": direction}, at("custom_metrics", n)
            )


def _split(steps: dict[str, Any], at: _Places) -> Iterator[Fact]:
    """`split_ratios: [train, validation, test]`, fractions or relative weights: only fractions are read."""
    split = steps.get("split")
    ratios = split.get("split_ratios") if isinstance(split, dict) else None
    parts = ("train", "validation", "test")
    if not isinstance(ratios, list) or len(ratios) != len(parts) or not all(map(_is_fraction, ratios)):
        return
    for n, (part, ratio) in enumerate(zip(parts, ratios, strict=True)):
        where = at("steps", "split", "split_ratios", n)
        yield Fact("data.splits.parts[]", {"part": part, "fraction": ratio}, where)


def _is_fraction(value: Any) -> bool:
    number = number_of(value)
    return number is not None and 0 <= number <= 1


def _criteria(artifact: Artifact, steps: dict[str, Any], custom: Custom, at: _Places) -> Iterator[Fact]:
    """`validation_criteria` are release criteria, and the gate before registration unless it may be passed anyway."""
    evaluate, register = steps.get("evaluate"), steps.get("register")
    found = evaluate.get("validation_criteria") if isinstance(evaluate, dict) else None
    is_gate = not (isinstance(register, dict) and register.get("allow_non_validated_model") is True)
    for n, row in rows(found):
        metric, limit = text_of(row.get("metric")), row.get("threshold")
        side = _side(metric, custom) if metric else None
        if metric and side and number_of(limit) is not None:
            where = at("steps", "evaluate", "validation_criteria", n, "threshold")
            yield acceptance(metric, side, Said(limit, where), "declared")
            if is_gate:
                gate = {"metric": metric, side: limit, "file": "/" + artifact.path}
                yield Fact("training.pipeline.gates[]", gate, where)


def _side(metric: str, custom: Custom) -> str | None:
    """Which side of a threshold is good: as the custom metric says, or as the metric is known."""
    if metric in custom:
        better = custom[metric][0].get("greater_is_better")
        return {True: "min", False: "max"}.get(better) if isinstance(better, bool) else None
    return side_of(metric) if known(metric) else None


def _profile(artifact: Artifact) -> Iterator[Fact]:
    """Where the data of one profile lie."""
    ingest = artifact.data.get("INGEST_CONFIG")
    location = text_of(ingest.get("location")) if isinstance(ingest, dict) else None
    if location is not None and ingest.get("using") in _FOLDERS:
        value = dataset(rooted(artifact.folder.rpartition("/")[0], location), format=ingest["using"])
        parts = {"format": artifact.at("INGEST_CONFIG", "using")}
        yield Fact("data.datasets[]", value, artifact.at("INGEST_CONFIG", "location"), "declared", parts)
