"""Keeps what was measured in the data, so that later runs can hold documents against it without measuring again.

A record holds the measurements of every project and the digests of the data that they were made from; the adapter
`measurements` reads it as observed facts for as long as the digests match. Beside it stands the verdict as an in-toto
statement with the predicate test-result, for whoever signs and stores attestations.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, NamedTuple

from mlgov import __version__
from mlgov.finding import Severity
from mlgov.formats.measurements import TYPE
from mlgov.lifecycle.measured import Measured, MeasuredFile, MeasuredMetric
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.records import MetricResult
from mlgov.report import Report
from mlgov.run import Opened, Request, whole

FILE = ".mlgov/measurements.json"
_STATEMENT = "https://in-toto.io/Statement/v1"
_PREDICATE = "https://in-toto.io/attestation/test-result/v0.1"
_DIGITS = 8  # of a measured number; more depend on the machine
_ABOUT = ("metric", "average", "k", "threshold", "slice", "dataset", "split", "model_version", "dataset_version")


class Recording(NamedTuple):
    """The record, the statement about it, and the report of the run that measured."""

    record: dict[str, Any]
    statement: dict[str, Any]
    report: Report


def recorded(request: Request, opened: Opened) -> Recording:
    """Measure everything that the projects of a tree declare about data, as `mlgov check --data` does."""
    analysis = whole(request, opened)
    projects = analysis.head.assembled.projects
    record = {
        "_type": TYPE,
        "tool": {"name": "mlgov", "version": __version__},
        "date": request.today,
        "projects": [_project(p, opened) for p in projects if p.measured],
    }
    return Recording(record, _statement(record, analysis.report), analysis.report)


def _project(project: Project, opened: Opened) -> dict[str, Any]:
    made = [m for m in project.measured or () if not _is_of_record(m, project, opened)]
    return {
        "id": project.id,
        "folder": project.folder,
        "files": [_file(path, opened.folder) for path in sorted({p for m in made for p in _paths(m)})],
        "results": [result for m in made if isinstance(m, MeasuredMetric) and (result := _result(m, project))],
        "datasets": [rows for m in made if isinstance(m, MeasuredFile) and (rows := _rows(m, project))],
        "measurements": [_measurement(m) for m in made],
    }


def _is_of_record(measured: Measured, project: Project, opened: Opened) -> bool:
    """True if it was asked for by an earlier record, which is replaced and must not speak for itself."""
    stated = _stated(measured, project) if isinstance(measured, MeasuredMetric) else None
    return stated is not None and TYPE.encode() in opened.snapshot.read(stated.at().file)


def _stated(measured: MeasuredMetric, project: Project) -> MetricResult | None:
    """The statement that was held against the predictions."""
    every = [*project.statements, *(r for baseline in project.baselines for r in baseline.results)]
    return next((r for r in every if r.path == measured.about), None)


def _paths(measured: Measured) -> Iterator[str]:
    """The data that a measurement was made from."""
    names = (field.name for field in fields(measured) if field.name == "path" or field.name.endswith("_path"))
    yield from (value for name in names if (value := getattr(measured, name)))


def _file(path: str, root: str) -> dict[str, Any]:
    """A file and its digests; those of a folder are of its files' names and digests, in order."""
    full = Path(root, path)
    parts = sorted(part for part in full.rglob("*") if part.is_file()) if full.is_dir() else []
    if not parts:
        return {"path": path, "digest": _digests(full)}
    lines = "".join(f"{_digests(part)['sha256']}  {part.relative_to(full).as_posix()}\n" for part in parts)
    return {"path": path, "digest": {"sha256": hashlib.sha256(lines.encode()).hexdigest()}, "files": len(parts)}


def _digests(path: Path) -> dict[str, str]:
    """sha256, and the md5 by which DVC knows a file."""
    found = (hashlib.sha256(), hashlib.md5(usedforsecurity=False))
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            for one in found:
                one.update(chunk)
    return {one.name: one.hexdigest() for one in found}


def _result(measured: MeasuredMetric, project: Project) -> dict[str, Any] | None:
    """The recomputed metric as a result, about the same as the statement that asked for it."""
    stated = _stated(measured, project)
    if stated is None or not measured.values or stated.owner != "evaluation":
        return None
    about = {name: value for name in _ABOUT if (value := getattr(stated, name)) is not None}
    limits = {"low": measured.low, "high": measured.high, "level": 0.95, "method": measured.method}
    found = {**about, "value": measured.values[0], "n": measured.n, "predictions": measured.path}
    made: dict[str, Any] = _plain(found | ({"ci": limits} if measured.low is not None else {}))
    return made


def _rows(measured: MeasuredFile, project: Project) -> dict[str, Any] | None:
    dataset = next((d for d in project.data.datasets if d.subject == measured.subject), None)
    return {"id": dataset.id, "rows": measured.rows, "path": measured.path} if dataset and dataset.id else None


def _measurement(measured: Measured) -> dict[str, Any]:
    """A measurement as it was made; where it is declared is told as `file#pointer`."""
    told = asdict(measured) | {"origin": f"{measured.origin.file}#{measured.origin.pointer}"}
    told.pop("examples", None)  # a record is committed; values of rows are not
    made: dict[str, Any] = _plain({"kind": type(measured).__name__, **told})
    return made


def _plain(value: Any) -> Any:
    """Plain data with numbers as far as every machine agrees on them."""
    if isinstance(value, float):
        short = float(f"{value:.{_DIGITS}g}")
        return int(short) if short.is_integer() and abs(short) < 1e15 else short
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value


def _statement(record: dict[str, Any], report: Report) -> dict[str, Any]:
    """The verdict of the rules on measured data. Source: in-toto attestation framework, test-result v0.1."""
    failed, warned = (_codes(report, *levels) for levels in ((Severity.ERROR,), (Severity.WARNING, Severity.INFO)))
    asked = {said.partition(" ")[0] for said in report.answered}
    rules = {code for code in asked if code[3:4] == "4"}
    result = "FAILED" if rules & failed else "WARNED" if rules & warned else "PASSED"
    subjects = [{"name": f["path"], "digest": f["digest"]} for p in record["projects"] for f in p["files"]]
    return {
        "_type": _STATEMENT,
        "subject": list({s["name"]: s for s in subjects}.values()),
        "predicateType": _PREDICATE,
        "predicate": {
            "result": result,
            "configuration": [{"name": f"mlgov {__version__}", "digest": {"policy": report.policy["digest"]}}],
            "passedTests": sorted(rules - failed - warned),
            "warnedTests": sorted((rules & warned) - failed),
            "failedTests": sorted(rules & failed),
        },
    }


def _codes(report: Report, *levels: Severity) -> set[str]:
    return {finding.code for finding in report.findings if finding.severity in levels}
