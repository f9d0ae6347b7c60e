"""Approval records of releases as pipelines write them: who let a version go live, and which criteria it met."""

import math
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents.placeholder import is_placeholder
from mlgov.formats._draft import Draft
from mlgov.formats._metric_words import known
from mlgov.formats._pages import date_of
from mlgov.formats._parameters import leaves, meaning
from mlgov.formats._quantities import text_of
from mlgov.formats._results import Said, result
from mlgov.lifecycle.fact import Fact

NAME = "approval-record"
PATHS = ("*.json", "*.yaml", "*.yml")
MARKERS = (b"approv", b"reviewed_by", b"decided_by")
ROLE = "part"
_BY = ("approver", "approved_by", "reviewer", "reviewed_by", "decided_by")
_ON = ("approved_at", "approved_on", "decided_at", "approval_date", "timestamp", "date")
_OF = frozenset(
    "criteria failed_criteria passed_criteria criteria_met approval_id model_id model_version model_name release_id release "
    "approval_criteria key_metrics checks gates".split()
)
_CRITERIA = ("criteria", "approval_criteria", "checks", "gates")
_LISTS = (("failed_criteria", "failed"), ("passed_criteria", "passed"))
_LIMITS = ("thresholds_used", "approval_thresholds", "thresholds")
_NUMBERS = ("key_metrics", "metrics")
_OUTCOMES = {"approved": "approved", "approve": "approved", "accepted": "approved", "rejected": "rejected",
             "denied": "rejected", "pending": "pending", "pending_approval": "pending"}  # fmt: skip
_PASSED = {"passed": "passed", "pass": "passed", "met": "passed", "ok": "passed", "true": "passed", "success": "passed",
           "failed": "failed", "fail": "failed", "not met": "failed", "not_met": "failed", "false": "failed"}  # fmt: skip


def recognise(artifact: Artifact) -> Claim | None:
    """An outcome, somebody who decided, and what was decided about."""
    data = artifact.data
    if not isinstance(data, dict) or _outcome(data) is None or not _OF & data.keys():
        return None
    return Claim() if any(text_of(data.get(key)) for key in _BY) else None


def read(artifact: Artifact) -> Iterator[Fact]:
    """One approval with its criteria."""
    data, at = artifact.data, artifact.at()
    key, outcome = _outcome(data) or ("", None)
    record = Draft(at.at(key))  # the record stands where it says what was decided
    record.put("of", "release", record.where)
    record.put("outcome", outcome, record.where)
    for field, keys in (("by", _BY), ("version", ("model_version", "version", "release"))):
        found = next((k for k in keys if _filled(data.get(k))), None)
        if found:
            record.put(field, text_of(data[found]), at.at(found))
    when = next((k for k in _ON if isinstance(data.get(k), str) and date_of(data[k])), None)
    if when:
        record.put("on", date_of(data[when]), at.at(when))
    for way, name, status in _criteria(data):
        criterion = Draft(at.at(*way), id=name, status=status)
        criterion.parts |= {"id": criterion.where, "status": criterion.where}
        record.add("criteria", criterion)
    yield record.fact("process.approvals[]", how="observed")
    yield from _basis(artifact)


def _basis(artifact: Artifact) -> Iterator[Fact]:
    """The limits that were applied, and the numbers that were looked at: a record repeats what others measured."""
    for key in _LIMITS:
        for leaf in leaves(artifact.data.get(key), artifact.at(key), ("thresholds",)):
            yield from (fact for fact in meaning(leaf) if fact.path.startswith("evaluation."))
    for key in _NUMBERS:
        for leaf in leaves(artifact.data.get(key), artifact.at(key)):
            is_number = isinstance(leaf.value, (int, float)) and not isinstance(leaf.value, bool)
            if is_number and known(leaf.name) is not None and math.isfinite(leaf.value):
                yield result(leaf.name, Said(leaf.value, leaf.origin), {}, "declared")


def _filled(value: Any) -> bool:
    text = text_of(value)
    return text is not None and not isinstance(value, float) and not is_placeholder(text)


def _outcome(data: dict[str, Any]) -> tuple[str, str] | None:
    """The key and what it says: `approved: true`, `decision: rejected`."""
    if isinstance(data.get("approved"), bool):
        return "approved", "approved" if data["approved"] else "rejected"
    for key in ("decision", "status", "outcome", "approval_status"):
        if found := _OUTCOMES.get(str(data.get(key)).lower()):
            return key, found
    return None


def _criteria(data: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str, str | None]]:
    """Every criterion with the way to it: lists of names, lists of records, mappings of names."""
    for key, status in _LISTS:
        listed = data.get(key)
        for at, name in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(name, str):
                yield (key, at), name, status
    for key in _CRITERIA:
        rows = data.get(key)
        entries = rows.items() if isinstance(rows, dict) else enumerate(rows) if isinstance(rows, list) else ()
        for at, row in entries:
            name = at if isinstance(at, str) else _name(row)
            if name:
                yield (key, at), name, _status(row)


def _name(row: Any) -> str | None:
    return next(
        (text_of(row[k]) for k in ("id", "name", "criterion", "check") if isinstance(row, dict) and k in row), None
    )


def _status(row: Any) -> str | None:
    if isinstance(row, dict):
        row = next((row[k] for k in ("status", "passed", "met", "result", "outcome") if k in row), None)
    if isinstance(row, bool):
        return "passed" if row else "failed"
    return _PASSED.get(row.lower().strip()) if isinstance(row, str) else None
