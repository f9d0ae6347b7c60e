"""Runs expectations in Great Expectations itself and tells what came of each: verdict, counts and a few examples."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import great_expectations as gx

from mlgov.verification.batches import Batch
from mlgov.verification.fitting import Misfit, accepts, fitted, is_of_values

EXAMPLES = 3
_LONGEST = 40
_RAISED = re.compile(r"(?:[\w.]+\.)?(\w+)(?::|$)")
_EXISTS = "expect_column_to_exist"
_TYPED = {"expect_column_values_to_be_of_type": "type_", "expect_column_values_to_be_in_type_list": "type_list"}


class Outcome(NamedTuple):
    """What came of one expectation.

    at: its position. held: whether it holds. values, unexpected: how many values that are not missing were looked at, and
    were otherwise; -1 where nothing is counted. observed: what was measured instead. trouble: why there is no verdict.
    """

    at: int
    held: bool
    values: int = -1
    unexpected: int = -1
    observed: str = ""
    examples: tuple[str, ...] = ()
    trouble: str = ""


def outcomes(batch: Batch, expectations: Sequence[Mapping[str, Any]]) -> Iterator[Outcome]:
    """The outcome of each expectation, given as `{kind, kwargs, private}`, in order."""
    planned: dict[int, dict[str, Any]] = {}
    found: dict[int, Outcome] = {}
    for at, row in enumerate(expectations):
        if row["kwargs"].get("column") in batch.hollow and is_of_values(row["kind"]):
            found[at] = Outcome(at, held=True, values=0, unexpected=0)
            continue
        try:
            kwargs = fitted(row["kind"], row["kwargs"], batch.types)
            planned[at] = {"type": row["kind"], "kwargs": kwargs, "meta": {"at": at}}
        except Misfit as misfit:
            found[at] = Outcome(at, held=False, observed=f"the column {misfit}")
    for at, result in _validated(batch, list(planned.values())):
        found[at] = _outcome(at, result, expectations[at], batch)
    # one that raises may take others of the same query with it: each of them gets a run of its own
    for at in [at for at, outcome in found.items() if outcome.trouble]:
        for _, result in _validated(batch, [planned[at]]):
            found[at] = _outcome(at, result, expectations[at], batch)
    yield from (found[at] for at in sorted(found))


def _validated(batch: Batch, rows: list[dict[str, Any]]) -> Iterator[tuple[int, Any]]:
    if not rows:
        return
    suite = gx.ExpectationSuite(name="mlgov", expectations=rows)
    told = {"result_format": "BASIC", "partial_unexpected_count": EXAMPLES}
    for result in batch.batch.validate(suite, result_format=told).results:
        yield result.expectation_config.meta["at"], result


def _outcome(at: int, result: Any, row: Mapping[str, Any], batch: Batch) -> Outcome:
    if trouble := _raised(result.exception_info):
        return Outcome(at, held=False, trouble=trouble)
    told, is_private = result.result, bool(row.get("private"))
    held = bool(result.success)
    if key := _TYPED.get(row["kind"]):
        # Great Expectations compares classes, of which an engine has several for one type
        names = row["kwargs"][key]
        held = held or accepts(names if isinstance(names, list) else [names], batch.types[row["kwargs"]["column"]])
    observed = "the column is not there" if not held and row["kind"] == _EXISTS else told.get("observed_value")
    is_hidden = is_private and not key and not row["kind"].startswith(("expect_table_", _EXISTS))
    examples = () if is_private else told.get("partial_unexpected_list") or ()
    return Outcome(
        at,
        held,
        values=-1 if told.get("element_count") is None else told["element_count"] - (told.get("missing_count") or 0),
        unexpected=-1 if told.get("unexpected_count") is None else int(told["unexpected_count"]),
        observed="" if observed is None or is_hidden else _shown(observed),
        examples=tuple(dict.fromkeys(_shown(value) for value in examples[:EXAMPLES] if not _is_missing(value))),
    )


def _raised(info: Mapping[str, Any]) -> str:
    """The class of what was raised; its text may quote values, so it is not told. "" where nothing was raised."""
    if info.get("raised_exception") is False:
        return ""
    inner = [part for part in info.values() if isinstance(part, Mapping)] or [info]
    lines = str(inner[0].get("exception_traceback") or "").strip().splitlines() or [""]
    named = _RAISED.match(lines[-1])
    return named[1] if named else "an error"


def _is_missing(value: Any) -> bool:
    return value is None or str(value) in ("nan", "<NA>", "NaT")


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else str(value.item() if hasattr(value, "item") else value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
