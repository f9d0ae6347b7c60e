"""From projects to measurements: asks every measurer what there is to measure, has it measured, keeps the gaps."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain
from pkgutil import iter_modules
from typing import NamedTuple, Protocol

from mlgov.lifecycle.fact import Defect
from mlgov.lifecycle.measured import Measured
from mlgov.lifecycle.project import Project
from mlgov.verification import measurers
from mlgov.verification.folder import DataFolder
from mlgov.verification.job import Gap, Job, Unmeasurable
from mlgov.verification.limits import Limits
from mlgov.verification.process import Here, Process


class Measurer(Protocol):
    """What a module of `mlgov.verification.measurers` holds."""

    KINDS: tuple[type[Measured], ...]  # what it makes

    def jobs(self, project: Project, folder: DataFolder) -> Iterable[Job | Gap]:
        """What there is to measure in a project; cheap, opens no data."""

    def measure(self, job: Job, limits: Limits) -> Iterable[Measured | Unmeasurable]:
        """Do one job, in a process of its own; gives, or raises as the last thing, `Unmeasurable` for a gap."""


class Verified(NamedTuple):
    """What came of it. planned, measured: how much there was to measure, and was; notes: what a person should know."""

    measurements: tuple[Measured, ...]
    defects: tuple[Defect, ...]
    notes: tuple[str, ...]
    planned: int
    measured: int


def measure(
    project: Project, folder: DataFolder, limits: Limits, *, isolated: bool = True, kind: type[Measured] = Measured
) -> Verified:
    """Measure everything that a project declares about data that lie in `folder`.

    isolated: in another process under the limits of memory and time, as hostile data ask for; False = in this one.
    kind: ask only the measurer that makes this kind of measurement.
    """
    chosen = (m for m in _measurers() if any(issubclass(made, kind) for made in m.KINDS))
    asked = [list(module.jobs(project, folder)) for module in chosen]
    found: list[Measured] = []
    gaps = [*folder.gaps, *(job for jobs in asked for job in jobs if isinstance(job, Gap))]
    # a process for each measurer: the libraries of one leave less memory to the next; Spark starts only once
    for jobs in [list(chain.from_iterable(asked))] if limits.spark else asked:
        with (Process if isolated else Here)(limits) as worker:
            for answer in (a for job in jobs if isinstance(job, Job) for a in worker.ask(job)):
                if isinstance(answer, Gap):
                    gaps.append(answer)
                else:
                    found.append(answer)
    return Verified(tuple(found), tuple(_defects(gaps)), tuple(folder.notes), *_counts(folder, gaps))


def _defects(gaps: list[Gap]) -> Iterator[Defect]:
    """One defect for each reason, however many declarations name the file."""
    for reason in dict.fromkeys(gap.reason for gap in gaps):
        alike = [gap for gap in gaps if gap.reason == reason]
        origins = dict.fromkeys(origin for gap in alike for origin in gap.origins)
        yield Defect("INT013", reason, tuple(origins), alike[0].subject)


def _counts(folder: DataFolder, gaps: list[Gap]) -> tuple[int, int]:
    """Planned and measured: tables, and whatever else left a gap."""
    lost = {gap.path or gap.reason for gap in gaps}
    return len(folder.planned | lost), len(folder.planned - lost)


def _measurers() -> Iterator[Measurer]:
    """Every module of the package, found by where it lies."""
    for name in sorted(info.name for info in iter_modules(measurers.__path__) if not info.name.startswith("_")):
        yield import_module(f"{measurers.__name__}.{name}")
