"""Which keys beside measured numbers say what was measured: version, data set, split, number of items, run, date."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.formats._metric_words import split_of_path
from mlgov.formats._results import Context, Said
from mlgov.lifecycle.metric_name import SPLITS, metric_name, words
from mlgov.units import literal

_KEYS = {
    "model_version": "model_version modelversion version",
    "dataset": "dataset data eval_data evaluation_data test_file test_data data_path dataset_path eval_dataset "
    "evaluated_on test_path data_file dataset_name eval_file evaluation_dataset test_dataset eval_set",
    "split": "split subset partition data_split eval_split evaluated_split",
    "n": "n n_samples num_samples samples n_test num_examples n_examples support test_size test_rows n_rows num_rows rows "
    "n_test_rows n_test_samples test_samples num_test_samples dataset_size n_eval eval_samples sample_size n_val n_train "
    "train_rows val_rows train_samples val_samples n_train_samples n_val_samples train_size val_size total_samples",
    "positives": "positives n_positive n_positives num_positives",
    "date": "date timestamp evaluated_at evaluation_date generated_at created_at run_date computed_at",
    "run_id": "run_id mlflow_run_id",
    "model_hash": "model_hash model_sha256 model_md5 model_sha",
    "threshold": "threshold decision_threshold classification_threshold",
    "dataset_version": "dataset_version data_version data_hash dataset_hash",
    "variant": "variant quantization",
    "slice": "slice segment",
    "average": "average averaging",
}  # fmt: skip
FIELDS = {key: field for field, keys in _KEYS.items() for key in keys.split()}
_INNER = {"name": "", "path": "", "file": "", "id": "", "version": "_version", "revision": "_version"}
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ][\d:.]{1,20}(?:Z|[+-]\d\d:?\d\d)?)?").fullmatch
_AVERAGES = ("binary", "micro", "macro", "weighted", "samples")


def context_of(node: dict[str, Any], origin: Origin, above: Context) -> Context:
    """What holds for every number of a mapping: what its keys say, and what held above it."""
    own: dict[str, Said] = {}
    for key, value in node.items():
        field = FIELDS.get("_".join(words(key)) if len(key) < 60 else "")
        if field and not _of_another_split(key, field, above):
            for name, said in _said(field, value, origin.at(key)):
                own.setdefault(name, said)
    for name, said in _model(node, origin):
        own.setdefault(name, said)
    return with_split({**above, **own})


def with_split(context: Context) -> Context:
    """The split that the name of the data set tells, where nothing else does."""
    data = context.get("dataset")
    if data is None or "split" in context:
        return context
    split = split_of_path(str(data.value))
    return {**context, "split": Said(split, data.origin)} if split else context


def _said(field: str, value: Any, origin: Origin) -> Iterator[tuple[str, Said]]:
    if isinstance(value, dict):
        if field == "dataset":
            yield from _nested(value, origin)
    elif (read := _value_of(field, value)) is not None:
        yield field, Said(read, origin)


def _nested(node: dict[str, Any], origin: Origin) -> Iterator[tuple[str, Said]]:
    """`dataset: {path, version, split, rows}`."""
    for key, value in node.items():
        if key in _INNER and _text(value) is not None:
            yield f"dataset{_INNER[key]}", Said(_text(value), origin.at(key))
        elif FIELDS.get(key) in ("split", "n", "positives"):
            yield from _said(FIELDS[key], value, origin.at(key))


def _model(node: dict[str, Any], origin: Origin) -> Iterator[tuple[str, Said]]:
    """`model: {name, version}`."""
    model = node.get("model")
    if isinstance(model, dict) and (version := _text(model.get("version"))) is not None:
        yield "model_version", Said(version, origin.at("model", "version"))


def fitting(metric: str, origin: Origin, context: Context) -> Context:
    """The part of a context that speaks about this metric: `test_accuracy` has split test, and `n_train` is not its n."""
    named = metric_name(metric).split
    if named is None:
        return context
    kept = {field: said for field, said in context.items() if _split_named(said.origin) in (None, named)}
    return {**kept, "split": Said(named, origin)}


def _split_named(origin: Origin) -> str | None:
    """The split that the key of a value names: `/n_test` is about the test split."""
    key = words(origin.pointer.rpartition("/")[2])
    return next((SPLITS[word] for word in key if SPLITS.get(word)), None) if len(key) > 1 else None


def _of_another_split(key: str, field: str, above: Context) -> bool:
    """`n_test` says nothing about numbers of the training split."""
    if field != "n":
        return False
    named = next((SPLITS[word] for word in words(key) if SPLITS.get(word)), "")
    return bool(named and "split" in above and above["split"].value != named)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, (dict, list, bool)):
        return None
    text = literal(value).strip()
    return None if is_placeholder(text) or len(text) > 300 else text


def _count(value: Any) -> Any:
    """A number of items; a share (`test_size: 0.2`) is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return int(value) if value >= 1 and float(value).is_integer() else None


def _split(value: Any) -> str | None:
    return (SPLITS.get("_".join(words(value))) or None) if isinstance(value, str) else None


def _date(value: Any) -> str | None:
    return value if isinstance(value, str) and _ISO(value) else None


def _number(value: Any) -> Any:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _average(value: Any) -> str | None:
    return value if value in _AVERAGES else None


_READ: dict[str, Callable[[Any], Any]] = {
    "n": _count, "positives": _count, "split": _split, "date": _date, "threshold": _number, "average": _average,
}  # fmt: skip


def _value_of(field: str, value: Any) -> Any:
    """The value of an identity field, or None where it is of another kind."""
    read = _READ.get(field)
    return read(value) if read else _text(value)
