"""The sections read what the model says they read, refuse what it does not, and say so in the JSON Schema."""

import math
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from pydantic import ValidationError

from mlgov.documents import read_yaml
from mlgov.lifecycle.book import Book
from mlgov.lifecycle.evaluation import AcceptanceCriterion
from mlgov.lifecycle.fairness import FairnessLimit
from mlgov.lifecycle.fields import Handle, Location, Ref
from mlgov.lifecycle.manifest import SECTIONS, Manifest, json_schema
from mlgov.lifecycle.pipeline import QualityGate
from mlgov.lifecycle.problem import Acceptance
from mlgov.lifecycle.record import Bound, Record
from mlgov.lifecycle.rollout import Gate, Trigger
from mlgov.lifecycle.serving import Slo

EXAMPLE = Path(__file__).parents[3] / "examples" / "churn" / "mlgov.yaml"
# the written model: beside the checkout, or where a developer has it at hand
_BESIDE = Path(__file__).parents[4] / "shared" / "spec" / "lifecycle.md"
SPEC = os.environ.get("MLGOV_LIFECYCLE_SPEC") or (str(_BESIDE) if _BESIDE.is_file() else "")
MINIMAL = {"apiVersion": "mlgov/v1", "project": {"id": "churn"}}


@pytest.fixture(scope="module")
def example() -> dict[str, Any]:
    if not EXAMPLE.is_file():
        pytest.skip("examples/churn is not there yet")
    reading = read_yaml(EXAMPLE.read_bytes())
    assert not reading.flaws
    data = reading.documents[0].data
    assert isinstance(data, dict)
    return data


@pytest.fixture(scope="module")
def validator() -> Any:
    return jsonschema.Draft202012Validator(json_schema())


def errors(tree: dict[str, Any]) -> list[tuple[tuple[int | str, ...], str]]:
    """Place and type of every error."""
    try:
        Manifest.model_validate(tree)
    except ValidationError as error:
        return [(e["loc"], e["type"]) for e in error.errors()]
    return []


def nested(path: str, value: Any) -> dict[str, Any]:
    """`a.b[].c` = value, as a tree."""
    for step in reversed(path.split(".")):
        value = {step.removesuffix("[]"): [value] if step.endswith("[]") else value}
    assert isinstance(value, dict)
    return value


def parts(annotation: Any) -> Iterator[Any]:
    """An annotation and everything inside it."""
    yield annotation
    for part in get_args(annotation):
        yield from parts(part)


def record_types(model: type[Record], seen: set[type[Record]]) -> set[type[Record]]:
    if model not in seen:
        seen.add(model)
        for field in model.model_fields.values():
            for part in parts(field.annotation):
                if isinstance(part, type) and issubclass(part, Record):
                    record_types(part, seen)
    return seen


RECORDS = sorted(record_types(Manifest, set()), key=lambda r: r.__name__)


def test_the_worked_example_is_valid(example: dict[str, Any]) -> None:
    assert errors(example) == []


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_survives_a_round_trip(section: str, example: dict[str, Any]) -> None:
    first = Manifest.model_validate({section: example[section]})
    dumped = first.model_dump(by_alias=True, exclude_unset=True)
    assert Manifest.model_validate(dumped) == first
    stated, kept = example[section], dumped[section]
    assert [set(item) for item in stated] == [set(item) for item in kept] if isinstance(stated, list) else True
    assert set(stated) == set(kept) if isinstance(stated, dict) else len(stated) == len(kept)


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.__name__)
def test_a_record_may_be_empty_and_explains_itself(record: type[Record]) -> None:
    assert record.model_validate({}) == record()
    assert record.__doc__
    assert not [name for name, field in record.model_fields.items() if not field.description]


def test_an_absent_section_has_an_empty_record() -> None:
    model = Manifest.model_validate({})
    for section in SECTIONS:
        if getattr(model, section) is None:
            assert not model.empty(section).model_fields_set


def test_the_literal_text_is_kept() -> None:
    model = Manifest.model_validate(nested("evaluation.results[]", {"value": "0.910", "n": "~24_000"}))
    assert model.evaluation is not None
    result = model.evaluation.results[0]
    assert (str(result.value), result.value, str(result.n), result.n) == ("0.910", 0.91, "~24_000", 24000)


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("project.version", 1.1, ("project", "version")),
        ("metrics[].acceptable.min", "high", ("metrics", 0, "acceptable", "min")),
        ("data.datasets[].rows", -3, ("data", "datasets", 0, "rows")),
        ("data.labels.manual.items", 2.5, ("data", "labels", "manual", "items")),
        ("rollout.stages[].traffic", 5, ("rollout", "stages", 0, "traffic")),
        ("rollout.stages[].duration", 14, ("rollout", "stages", 0, "duration")),
        ("data.splits.seed", "1.5", ("data", "splits", "seed")),
        ("framing.multi_objective.weights.auc", 3, ("framing", "multi_objective", "weights", "auc")),
        ("serving.threshold.north", "x", ("serving", "threshold")),
        ("training.imbalance", "none", ("training", "imbalance")),
        ("experiments[].start", "2026-02-30", ("experiments", 0, "start")),
        ("data.privacy.device_only", "yes", ("data", "privacy", "device_only")),
        ("framing.output.range", [0], ("framing", "output", "range")),
        ("problem.users", {"a": 1}, ("problem", "users")),
        ("team", [], ("team",)),
        ("serving.colour", "red", ("serving", "colour")),
    ],
)
def test_a_wrong_value_is_reported_where_it_stands(path: str, value: Any, place: tuple[int | str, ...]) -> None:
    assert [where for where, _ in errors(nested(path, value))] == [place]


@pytest.mark.parametrize(
    ("path", "value", "inside"),
    [
        ("project.stage", "prelaunch", ()),
        ("framing.learning_type", "self_supervised", ()),
        ("product.type", "human_in_the_loop", (0,)),
        ("feedback.channels[].use", ["sales"], (0,)),
        ("problem.ml_fit.pattern", "yess", ("answer",)),
        ("problem.ml_fit.complexity", "hihg", ("answer",)),
        ("problem.error_cost.false_negative", "seriuos", ("severity",)),
        ("risks[].likelihood", "probable", ()),
        ("process.approvals[].of", "evaluations", ()),
    ],
)
def test_a_near_miss_of_an_enum_is_a_literal_error(path: str, value: Any, inside: tuple[int | str, ...]) -> None:
    [(where, kind)] = errors(nested(path, value))
    steps = [(s.removesuffix("[]"), 0) if s.endswith("[]") else (s,) for s in path.split(".")]
    assert (where, kind) == (tuple(step for pair in steps for step in pair) + inside, "literal_error")


@pytest.mark.parametrize(
    ("path", "value", "read"),
    [
        ("problem.users", "agents", ["agents"]),
        ("problem.users", None, []),
        ("product.type", "autonomous", ["autonomous"]),
        ("serving.threshold", "0.62", 0.62),
        ("serving.threshold", {"north": 0.5}, {"north": 0.5}),
        ("risks[].likelihood", "5%", 0.05),
        ("risks[].likelihood", "rare", "rare"),
        ("plan.milestones[].confidence", "committed", 0.9),
        ("data.features[].ttl", 0, 0),
        ("data.datasets[].class_balance", {0: 0.9, 1: 0.1}, {"0": 0.9, "1": 0.1}),
        ("training.hyperparameters", {"depth": [1, 2]}, {"depth": [1, 2]}),
        ("process.approvals[].of", "release", "release"),
        ("data.datasets[].rows", None, None),
    ],
)
def test_a_value_may_be_written_in_several_ways(path: str, value: Any, read: Any) -> None:
    found: Any = Manifest.model_validate(nested(path, value))
    for step in path.split("."):
        found = getattr(found, step.removesuffix("[]"))
        found = found[0] if step.endswith("[]") else found
    assert found == read


@pytest.mark.parametrize(
    ("path", "scalar", "key"),
    [
        ("project.artifacts[]", "model.bin", "path"),
        ("problem.constraints.compute", "one machine", "words"),
        ("problem.impact.economic", "much", "words"),
        ("problem.error_cost.false_positive", "minor", "severity"),
        ("problem.feasibility.data_access", "easy", "answer"),
        ("problem.feasibility.label_cost", "low", "answer"),
        ("problem.readiness.staff", "yes", "answer"),
    ],
)
def test_a_scalar_may_stand_for_a_record(path: str, scalar: str, key: str) -> None:
    short, long = nested(path, scalar), nested(path, {key: scalar})
    assert Manifest.model_validate(short) == Manifest.model_validate(long)


@pytest.mark.parametrize(
    ("path", "value", "attribute"),
    [
        ("monitoring.alerts[].for", "10m", "for_"),
        ("data.splits.parts[].from", "2026-01-01", "from_"),
        ("data.datasets[].collected.from", "2026-01-01", "from_"),
        ("serving.schema", {}, "schema_"),
        ("evaluation.explainability.global", "text", "global_"),
        ("data.splits.key", ["user"], "key_"),
        ("data.entity.key", "user", "key_"),
        ("training.lineage.environment", "uv.lock", "environment_"),
        ("process.changes[].path", "metrics", "path_"),
    ],
)
def test_reserved_words_end_in_an_underscore(path: str, value: Any, attribute: str) -> None:
    model = Manifest.model_validate(nested(path, value))
    assert [r for r in model.bind(Book(), ()) if attribute in r.model_fields_set]
    dumped = model.model_dump(by_alias=True, exclude_unset=True)
    assert str(dumped).replace("Quantity(10m)", "'10m'") == str(nested(path, value))


def test_no_field_hides_what_every_record_can_do() -> None:
    abilities = {name for name in dir(Record) if not name.startswith("_")}
    assert not {(r.__name__, f) for r in RECORDS for f in r.model_fields if f in abilities}


@pytest.mark.parametrize(
    "kind", [Bound, Gate, Trigger, Slo, Acceptance, AcceptanceCriterion, QualityGate, FairnessLimit]
)
def test_a_bound_is_broken_by_what_lies_outside_and_by_nan(kind: type[Bound]) -> None:
    bound = kind.model_validate({"min": "5%", "max": 0.2})
    assert [bound.broken_by(x) for x in (0.04, 0.05, 0.2, 0.21, math.nan)] == [True, False, False, True, True]
    assert kind.model_validate({"max": 0.2}).broken_by(math.nan)
    assert not kind.model_validate({"max": 200}).broken_by(0.2, "ms")


def test_every_reference_leads_to_a_list_of_named_items() -> None:
    sections = {mark.section for record in RECORDS for mark in marks(record, Ref)}
    assert {"metrics", "data.datasets", "evaluation.acceptance", "monitoring.alerts"} <= sections
    for section in sections:
        record = record_at(section)
        assert {"id", "name"} & set(record.model_fields), section


def test_handles_and_locations_are_marked() -> None:
    assert sum(len(marks(record, Handle)) for record in RECORDS) > 20
    assert sum(len(marks(record, Location)) for record in RECORDS) > 20


def marks(record: type[Record], kind: type) -> list[Any]:
    return [mark for field in record.model_fields.values() for mark in field.metadata if isinstance(mark, kind)]


def record_at(path: str) -> Any:
    """The record class at `evaluation.results` of the model."""
    model: Any = Manifest
    for step in path.split("."):
        field = next(f for name, f in model.model_fields.items() if (f.alias or name) == step)
        model = next((p for p in parts(field.annotation) if isinstance(p, type) and issubclass(p, Record)), None)
    return model


def test_the_json_schema_is_one() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == "https://mlgov.dev/schema/v1/manifest.json"
    assert "'null'" not in str(schema)
    assert "shorthand" not in str(schema)
    assert all(field.get("description") for field in schema["properties"].values())


def test_the_json_schema_accepts_the_worked_example(example: dict[str, Any], validator: Any) -> None:
    assert [e.message for e in validator.iter_errors(example)] == []


EXCUSE = {"not_applicable": {"reason": "first product"}}
FROM_FILE = {"source": {"file": "reports/metrics.json", "pointer": "/auc"}}


@pytest.mark.parametrize(
    "tree",
    [
        {"x-team": 1},
        nested("metrics[]", {"id": "auc", "x-note": "kept"}),
        {"rollout": EXCUSE},
        {"experiments": EXCUSE},
        nested("serving.fallback", EXCUSE),
        nested("evaluation.results[].value", {**FROM_FILE, "value": 0.9}),
        nested("data.datasets[].rows", FROM_FILE),
        nested("data.datasets[].contract", FROM_FILE),
        nested("problem.ml_fit.pattern", "yes"),
        nested("problem.ml_fit.pattern", {"answer": "yes", "reason": "it rains"}),
        nested("project.artifacts[]", "model.bin"),
        nested("serving.threshold", {"north": 0.5}),
        nested("monitoring.alerts[]", {"for": "10m", "window": "1h30m", "threshold": "5%"}),
        nested("product.type", "autonomous"),
    ],
)
def test_the_json_schema_accepts(tree: dict[str, Any], validator: Any) -> None:
    assert [e.message for e in validator.iter_errors(MINIMAL | tree)] == []


@pytest.mark.parametrize(
    "tree",
    [
        {"apiVersion": "mlgov/v2"},
        {"project": EXCUSE},
        {"colour": "red"},
        {"metrics": {"id": "auc"}},
        {"rollout": {"not_applicable": {}}},
        nested("project.stage", "prelaunch"),
        nested("project.stage", None),
        nested("problem.ml_fit.pattern", "yess"),
        nested("rollout.stages[].traffic", 5),
        nested("rollout.stages[].duration", 14),
        nested("rollout.stages[].duration", "14 months"),
        nested("serving.fallback", FROM_FILE),
        nested("data.datasets[].rows", {"source": {"pointer": "/n"}}),
        nested("process.questions.launch", "yes"),
    ],
)
def test_the_json_schema_rejects(tree: dict[str, Any], validator: Any) -> None:
    assert not validator.is_valid(MINIMAL | tree)


@pytest.mark.parametrize("missing", ["apiVersion", "project"])
def test_the_json_schema_asks_for_version_and_project(missing: str, validator: Any) -> None:
    assert not validator.is_valid({key: value for key, value in MINIMAL.items() if key != missing})


def rows() -> Iterator[tuple[str, str]]:
    """Path and type of every row of the written model's tables."""
    for path, type_ in re.findall(r"^\| `([a-z_.\[\]]+)` \| (.*?) \|", Path(SPEC).read_text("utf-8"), re.MULTILINE):
        yield path.replace("[]", ""), type_


def members(type_: str) -> Iterator[str]:
    """`{id, kind: enum a, b; min or max}` -> id, kind, min, max."""
    for group in re.findall(r"\{([^{}]*)\}", type_):
        for segment in group.split(";"):
            for part in re.sub(r":\s*enum.*", "", segment).split(","):
                if "min or max" in part:
                    yield from ("min", "max")
                elif found := re.match(r"\s*(\w+)", part):
                    yield found[1]


@pytest.mark.skipif(not SPEC, reason="the written model is not beside this checkout (MLGOV_LIFECYCLE_SPEC may name it)")
def test_every_field_of_the_written_model_exists() -> None:
    named = [path for path, _ in rows()] + [f"{path}.{m}" for path, type_ in rows() for m in members(type_)]
    assert len(named) > 500
    missing = []
    for path in named:
        above, _, name = path.rpartition(".")
        record = record_at(above) if above else Manifest
        if record is None or name not in {f.alias or n for n, f in record.model_fields.items()}:
            missing.append(path)
    assert missing == []


@pytest.mark.skipif(not SPEC, reason="the written model is not beside this checkout (MLGOV_LIFECYCLE_SPEC may name it)")
def test_every_enum_of_the_written_model_is_complete() -> None:
    wrong = []
    for path, type_ in rows():
        if found := re.fullmatch(r"enum (?:or list of )?([\w\-., ]+)", type_):
            if "as metrics" in type_ or "or fraction" in type_:
                continue
            above, _, name = path.rpartition(".")
            field = next(f for n, f in record_at(above).model_fields.items() if (f.alias or n) == name)
            known = {p for p in parts(field.annotation) if isinstance(p, str)}
            wrong += [(path, known ^ set(found[1].split(", ")))] if known != set(found[1].split(", ")) else []
    assert [w for w in wrong if w[1] != {"constant"}] == []
