"""The expectations of each data set, declared and of the team's own suites, run by Great Expectations itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mlgov.finding import Origin
from mlgov.lifecycle.data import Dataset
from mlgov.lifecycle.measured import Measured, MeasuredColumn, MeasuredExpectation
from mlgov.lifecycle.project import Project
from mlgov.verification.allowlist import Refused, admitted
from mlgov.verification.connections import address_of, shown
from mlgov.verification.declared import columns_for, declared_suites
from mlgov.verification.expectation import Expectation, Suite, columns_of
from mlgov.verification.folder import DataFolder
from mlgov.verification.job import Gap, Job, Unmeasurable
from mlgov.verification.limits import Limits
from mlgov.verification.persons import about_persons
from mlgov.verification.suites import team_suites
from mlgov.verification.wording import wording

if TYPE_CHECKING:
    from mlgov.verification.batches import Batch
    from mlgov.verification.engines import View
    from mlgov.verification.validation import Outcome

_RARE = ("time", "object", "array", "other")

KINDS = (MeasuredExpectation,)


def jobs(project: Project, folder: DataFolder) -> Iterable[Job | Gap]:
    """One job for each data set of which anything is expected, with all that is."""
    declared = {suite.dataset: suite for suite in declared_suites(project)}
    is_private = about_persons(project)
    for dataset in project.data.datasets:
        found: list[Suite] = []
        for suite in team_suites(project, dataset, is_private):
            if isinstance(suite, Gap):
                yield suite
            else:
                found.append(suite)
        rows = [_row(e, suite.origin.file) for suite in found for e in suite.expectations]
        for expectation in declared[dataset.id].expectations if dataset.id in declared else ():
            try:
                admitted(expectation.data())
                rows.append(_row(expectation, ""))
            except Refused as refused:
                yield Gap(
                    f"an expectation of {dataset.id} is not run: {refused.reason}",
                    (expectation.origin,),
                    dataset.subject,
                )
        if rows:
            yield from _job(project, dataset, folder, rows)


def _row(expectation: Expectation, suite: str) -> dict[str, Any]:
    kind, kwargs, origin, private = expectation
    return {"kind": kind, "kwargs": dict(kwargs), "private": private, "origin": origin, "suite": suite}


def _job(project: Project, dataset: Dataset, folder: DataFolder, rows: list[dict[str, Any]]) -> Iterator[Job]:
    """The job over a table of a database where one is connected, else over the data in the tree."""
    types = {c.name: c.type for c in columns_for(project, dataset) if c.type}
    asked: dict[str, Any] = {"expectations": rows, "types": types}
    where = dataset.at("location")
    if address := address_of(folder.connections, project, dataset):
        folder.planned.add(shown(address))
        yield Job("expectations", dataset.subject, dataset.at(), (), asked | {"address": address})
    elif table := folder.table(project, dataset.location, where, dataset.subject):
        yield Job("expectations", dataset.subject, where, (table,), asked)


def measure(job: Job, limits: Limits) -> Iterator[Measured]:
    """Run every suite over the same batch; raises `Unmeasurable` where the data cannot be read."""
    from mlgov.verification.validation import outcomes

    rows: Sequence[Mapping[str, Any]] = job.asked["expectations"]
    batch, path, spelt = _batch(job, limits)
    troubles: list[str] = []
    for suite in dict.fromkeys(row["suite"] for row in rows):
        asked = [row for row in rows if row["suite"] == suite]
        for outcome in outcomes(batch, asked):
            row = asked[outcome.at]
            outcome = outcome if outcome.held else _counted(outcome, row["kwargs"], spelt)
            if outcome.trouble:
                columns = ", ".join(columns_of(row["kwargs"])) or "the table"
                troubles.append(f"{row['kind']} of {columns} ended with {outcome.trouble}")
                continue
            yield MeasuredExpectation(
                subject=f"{job.subject}.{'+'.join(columns_of(row['kwargs'])) or 'rows'}.{row['kind']}",
                origin=Origin(*row["origin"]),
                path=path,
                suite=suite,
                expectation=row["kind"],
                arguments=row["kwargs"],
                expected=wording(row["kind"], row["kwargs"]),
                holds=outcome.held,
                values=outcome.values,
                unexpected=outcome.unexpected,
                observed=outcome.observed,
                examples=outcome.examples,
            )
    if troubles:
        raise Unmeasurable(f"could not be judged by {len(troubles)} expectations: {'; '.join(troubles[:3])}", path)


def _counted(outcome: "Outcome", kwargs: Mapping[str, Any], spelt: Mapping[str, MeasuredColumn]) -> "Outcome":
    """Of a column of text that spells no type as a whole, how many values do not spell the one that is expected."""
    from mlgov.verification.fitting import accepts

    names = kwargs.get("type_list") or [kwargs[key] for key in ("type_",) if key in kwargs]
    found = spelt.get(kwargs.get("column", ""))
    if not names or found is None or not found.values:
        return outcome
    fits = max((n for kind, n in found.fits.items() if accepts(names, kind)), default=0)
    return outcome._replace(values=found.values, unexpected=found.values - fits) if fits < found.values else outcome


def _batch(job: Job, limits: Limits) -> "tuple[Batch, str, dict[str, MeasuredColumn]]":
    """The data of a job as Great Expectations sees them, what they are called, and what columns of text spell."""
    from mlgov.verification import batches

    if address := job.asked.get("address"):
        return batches.of_sql(address), shown(address), {}
    from mlgov.verification.engines import engine_for
    from mlgov.verification.measurers.files import columns
    from mlgov.verification.typed import select

    table = job.tables[0]
    engine = engine_for(job.tables, limits)
    view = engine.view(table)
    spelt = {c.name: c for c in columns(engine, view)} if view.is_plain else {}
    sql, names = select(engine, view, _wanted(job, [name for name, _ in view.columns]), spelt, job.asked["types"])
    frame = engine.frame(sql, names)
    made = batches.of_spark(frame) if limits.spark else batches.of_pandas(frame)
    hollow = frozenset(name for name, column in spelt.items() if not column.values)
    return made._replace(types={**made.types, **_known(view, spelt)}, hollow=hollow), table.path, spelt


def _known(view: "View", spelt: Mapping[str, MeasuredColumn]) -> dict[str, str]:
    """The types of columns that are handed on as something else: rare ones as texts, whole numbers of any size as numbers."""
    rare = {name: "time" if kind == "time" else "" for name, kind in view.columns if kind in _RARE}
    whole = {name: "integer" for name, c in spelt.items() if c.values and c.fits.get("integer") == c.values}
    return rare | {name: kind for name, kind in whole.items() if view.kind(name) == "text"}


def _wanted(job: Job, names: Sequence[str]) -> set[str]:
    """The columns that are looked at; all of them where the table as a whole is."""
    rows = job.asked["expectations"]
    if any(row["kind"].startswith(("expect_table_columns_", "expect_table_column_count_")) for row in rows):
        return set(names)
    return {name for row in rows for name in columns_of(row["kwargs"])}
