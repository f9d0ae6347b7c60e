"""The measuring process itself: reads jobs, one per line, and answers each with lines of JSON and an empty one."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module

from mlgov.verification.job import Job, Unmeasurable, job_from
from mlgov.verification.limits import Limits

LEAP = 2  # times the limit of memory that may be asked for at once


def answers(job: Job, limits: Limits) -> Iterator[str]:
    """The lines that answer a job; whatever goes wrong is a line as well."""
    try:
        measurer = import_module(f"mlgov.verification.measurers.{job.measurer}")
        for found in measurer.measure(job, limits):
            if isinstance(found, Unmeasurable):
                yield _gap(found.reason, found.path, found.line)
            else:
                yield json.dumps({"kind": type(found).__name__, **asdict(found)})
    except Unmeasurable as error:
        yield _gap(error.reason, error.path, error.line)
    except MemoryError:
        yield _gap(f"needs more memory than the limit of {limits.memory} bytes")
    except Exception as error:  # noqa: BLE001  # hostile data may raise anything in the libraries that read them
        if os.environ.get("MLGOV_TRACEBACK"):
            sys.excepthook(type(error), error, error.__traceback__)
        yield _gap(f"could not be measured: {type(error).__name__}: {error}".partition("\n")[0][:500])


def _gap(reason: str, path: str = "", line: int = 0) -> str:
    return json.dumps({"kind": "Gap", "reason": reason, "path": path, "line": line})


def main() -> None:
    """Serve until the input ends. What libraries print goes to stderr, so that the answers stay JSON."""
    limits = Limits(**json.loads(sys.argv[1]))
    _confine(limits)
    out = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    for line in os.fdopen(os.dup(0), "rb"):
        for answer in answers(job_from(json.loads(line)), limits):
            out.write(answer + "\n")
        out.write("\n")
        out.flush()


def _confine(limits: Limits) -> None:
    """Limit what this process may take; where the system has no such limits, that of the clock remains.

    Allocators keep addresses whose memory they gave back, so this is only a stop for leaps; what is really held is
    watched from outside. On Spark the rows are in another process, whose memory Spark limits itself.
    """
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if not limits.spark:
            resource.setrlimit(resource.RLIMIT_DATA, (LEAP * limits.memory, LEAP * limits.memory))


if __name__ == "__main__":
    main()
