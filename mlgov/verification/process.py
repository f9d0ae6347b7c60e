"""A process that measures, under limits of memory and time, so that hostile data can only end the measuring.

Jobs and answers are lines of JSON. The process starts in an empty folder that goes with it, with nothing of the checked
tree on its path. Where it dies or takes too long, the job is a gap and the next job gets a new process.
"""

import json
import os
import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any, Self

from mlgov.lifecycle import measured
from mlgov.lifecycle.measured import Measured
from mlgov.verification.job import Gap, Job, gap_in
from mlgov.verification.limits import Limits

Answer = Measured | Gap
MOST_BYTES = 64_000_000  # of one answer
LOOK = 0.05  # seconds between two looks at a process that works
# beside what all measurers rely on: libraries that reserve memory for each thread, or a gigabyte at once, would meet the limit before any data do
_ENVIRONMENT = {
    "GX_ANALYTICS_ENABLED": "false",
    "PYTHONUTF8": "1",
    "TZ": "UTC",  # a time without a zone is the same everywhere
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "OPENBLAS_NUM_THREADS": "1",
}


class Process:
    """Does jobs one after the other in a process of their own."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._program: subprocess.Popen[bytes] | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="mlgov-", ignore_cleanup_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()
        self._folder.cleanup()

    def ask(self, job: Job) -> Iterator[Answer]:
        """What a job measured; ends with a gap where it could not be finished."""
        program = self._program = self._program or self._start()
        assert program.stdin is not None
        try:
            program.stdin.write(json.dumps(job.data()).encode() + b"\n")
            program.stdin.flush()
            for line in self._lines(program, time.monotonic() + self._limits.seconds):
                yield answer_from(job, json.loads(line))
        except _Stopped as stopped:
            self._stop()
            yield gap_in(job, str(stopped))
        except (OSError, ValueError):
            self._stop()
            yield gap_in(job, self._death(program))

    def _start(self) -> subprocess.Popen[bytes]:
        asked = json.dumps(self._limits._asdict())
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "mlgov.verification.child", asked],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("MLGOV_TRACEBACK") else subprocess.DEVNULL,
            cwd=self._folder.name,
            env=os.environ | _ENVIRONMENT | {"TMPDIR": self._folder.name},
            start_new_session=True,
        )

    def _lines(self, program: subprocess.Popen[bytes], deadline: float) -> Iterator[bytes]:
        """The lines of one answer, without the last, which is empty."""
        assert program.stdout is not None
        held = b""
        with selectors.DefaultSelector() as waiting:
            waiting.register(program.stdout, selectors.EVENT_READ)
            while True:
                if not waiting.select(LOOK):
                    self._hold(program, deadline)
                    continue
                chunk = os.read(program.stdout.fileno(), 1 << 20)
                *lines, held = (held + chunk).split(b"\n")
                for line in lines:
                    if not line:
                        return
                    yield line
                if not chunk or len(held) > MOST_BYTES:
                    raise _Stopped(self._death(program))

    def _hold(self, program: subprocess.Popen[bytes], deadline: float) -> None:
        """End what takes too long or too much; what Spark takes, Spark limits itself."""
        if time.monotonic() > deadline:
            raise _Stopped(f"took longer than the limit of {self._limits.seconds} s")
        if not self._limits.spark and _resident(program.pid) > self._limits.memory:
            raise _Stopped(f"needs more memory than the limit of {self._limits.memory} bytes")

    def _death(self, program: subprocess.Popen[bytes]) -> str:
        try:
            code = program.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return "could not be measured: the measuring process gave no proper answer"
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return f"could not be measured: the measuring process ended with {how}, which too little memory may cause"

    def _stop(self) -> None:
        """End the process, and whatever it started, at once."""
        program, self._program = self._program, None
        if program is None:
            return
        try:
            os.killpg(program.pid, 9)
        except (OSError, AttributeError):  # it is gone; or this system has no groups of processes
            program.kill()
        program.wait()
        for pipe in (program.stdin, program.stdout):
            if pipe:
                pipe.close()


def _resident(process: int) -> int:
    """Bytes of memory that a process holds; 0 on systems that do not tell."""
    try:
        with open(f"/proc/{process}/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError, AttributeError):
        return 0


class Here:
    """Does jobs in this process, without limits: for examples of rules, which are ours."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def ask(self, job: Job) -> Iterator[Answer]:
        """What a job measured."""
        from mlgov.verification.child import answers

        yield from (answer_from(job, json.loads(line)) for line in answers(job, self._limits))


class _Stopped(Exception):
    """Why the process was given up, to complete the sentence that the data begin."""


def answer_from(job: Job, data: dict[str, Any]) -> Answer:
    """The measurement or gap that a line of an answer holds, checked against its type; `ValueError` for others."""
    name = str(data.pop("kind", ""))
    if name == "Gap":
        return gap_in(job, str(data["reason"]), str(data["path"]), int(data["line"]))
    from pydantic import TypeAdapter

    kind = getattr(measured, name, None)
    if not (isinstance(kind, type) and issubclass(kind, Measured)):
        raise ValueError("an answer of unknown kind")
    return TypeAdapter(kind).validate_python(data)
