"""The expectations of each data set, declared and of the team's own suites, run by Great Expectations itself."""

from collections.abc import Iterable, Iterator, Mapping
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
from mlgov.verification.portions import Portion, portions
from mlgov.verification.suites import team_suites
from mlgov.verification.wording import wording

if TYPE_CHECKING:
    from mlgov.verification.validation import Outcome

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
    """Run every suite over the data; raises `Unmeasurable` where these cannot be read, or an engine has no verdict."""
    from mlgov.verification.validation import outcomes

    troubles: list[str] = []
    for portion in portions(job, limits):
        for suite in dict.fromkeys(row["suite"] for row in portion.rows):
            asked = [row for row in portion.rows if row["suite"] == suite]
            for outcome in outcomes(portion.batch, asked):
                row = asked[outcome.at]
                if outcome.trouble:
                    columns = ", ".join(columns_of(row["kwargs"])) or "the table"
                    troubles.append(f"{row['kind']} of {columns} ended with {outcome.trouble}")
                else:
                    yield _measured(job, portion, row, _counted(outcome, row["kwargs"], portion.spelt))
    if troubles:
        words = f"could not be judged by {len(troubles)} of its expectations: {'; '.join(troubles[:3])}"
        raise Unmeasurable(words, portion.path)


def _measured(job: Job, portion: Portion, row: Mapping[str, Any], outcome: "Outcome") -> MeasuredExpectation:
    return MeasuredExpectation(
        subject=f"{job.subject}.{'+'.join(columns_of(row['kwargs'])) or 'rows'}.{row['kind']}",
        origin=Origin(*row["origin"]),
        path=portion.path,
        suite=row["suite"],
        expectation=row["kind"],
        arguments=row["kwargs"],
        expected=wording(row["kind"], row["kwargs"]),
        holds=outcome.held,
        values=outcome.values,
        unexpected=outcome.unexpected,
        observed=outcome.observed,
        examples=outcome.examples,
    )


def _counted(outcome: "Outcome", kwargs: Mapping[str, Any], spelt: Mapping[str, MeasuredColumn]) -> "Outcome":
    """Of a column of text that spells no type as a whole, how many values do not spell the one that is expected."""
    from mlgov.verification.fitting import accepts

    if outcome.held:
        return outcome
    names = kwargs.get("type_list") or [kwargs[key] for key in ("type_",) if key in kwargs]
    found = spelt.get(kwargs.get("column", ""))
    if not names or found is None or not found.values:
        return outcome
    fits = max((n for kind, n in found.fits.items() if accepts(names, kind)), default=0)
    return outcome._replace(values=found.values, unexpected=found.values - fits) if fits < found.values else outcome
