"""What is handed to the measuring process: one job, the tables it reads, and what could not be measured."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from mlgov.finding import Origin


@dataclass(frozen=True)
class Table:
    """Data of the tree that can be read as one table.

    path: in the tree. files: absolute, one, or those of a folder in order of name. format: `csv`, `parquet` or `jsonl`.
    bytes: of all files together, as they lie on disk.
    """

    path: str
    files: tuple[str, ...]
    format: str
    bytes: int


@dataclass(frozen=True)
class Job:
    """One thing to measure: plain values only, because another process does it.

    measurer: the module of `mlgov.verification.measurers` that does it. subject, origin: the declaring record.
    asked: what else the measurer needs to know (names of columns, a suite …), as JSON would hold it.
    """

    measurer: str
    subject: str
    origin: Origin
    tables: tuple[Table, ...]
    asked: Mapping[str, Any] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        """The job as JSON holds it."""
        return asdict(self)


def job_from(data: Mapping[str, Any]) -> Job:
    """The job that `Job.data` wrote."""
    tables = tuple(Table(t["path"], tuple(t["files"]), t["format"], t["bytes"]) for t in data["tables"])
    return Job(data["measurer"], data["subject"], Origin(*data["origin"]), tables, data["asked"])


def gap_in(job: Job, reason: str, path: str = "", line: int = 0) -> "Gap":
    """The gap that a job leaves. path: the table that is meant, "" = all of them; line: where in its file.

    The line is told in words: as a place of the finding it would be printed, and rows may be personal data.
    """
    path = path or (job.tables[0].path if len(job.tables) == 1 else "")
    named = path or " and ".join(table.path for table in job.tables)
    return Gap(f"{named} {f'line {line} ' if line else ''}{reason}".strip(), (job.origin,), job.subject, path)


class Gap(NamedTuple):
    """What could not be measured, and why: the run is incomplete, and ends with exit code 2.

    reason: a whole sentence without a period. origins: the declaration first, then where it went wrong.
    path: the data that are meant, in the tree; "" where it is something else (a suite of expectations).
    """

    reason: str
    origins: tuple[Origin, ...]
    subject: str = ""
    path: str = ""


class Unmeasurable(Exception):
    """Raised by a measurer whose data break a limit or cannot be read; `reason` completes "data/train.csv …".

    path: the data in the tree that are meant, "" = all tables of the job. line: 1-based, 0 = the file as a whole.
    """

    def __init__(self, reason: str, path: str = "", line: int = 0) -> None:
        super().__init__(reason, path, line)
        self.reason, self.path, self.line = reason, path, line
