"""Splits of many rows, checked by mlgov and by a plain pandas script: seconds, peak memory, and both ratios.

    python benchmarks/splits.py                  10 million rows in each of three parts, as Parquet
    python benchmarks/splits.py 1_000_000 csv    other sizes, CSV

Each side runs in a process of its own and must find what was planted: shared rows, shared entities, an overlap in time.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

MEMORY = "1GB"
PARTS = ("train", "validation", "test")
SHARED_ROWS, SHARED_USERS = 1_000, 2_000

PANDAS = """
import itertools, json, sys
import pandas as pd

read = pd.read_parquet if sys.argv[2] == "parquet" else lambda path: pd.read_csv(path, parse_dates=["at"])
frames = {part: read(f"{sys.argv[1]}/{part}.{sys.argv[2]}") for part in ("train", "validation", "test")}
hashes = {p: pd.util.hash_pandas_object(f.drop(columns=["user"]), index=False) for p, f in frames.items()}
found = {}
for a, b in itertools.combinations(frames, 2):
    keys = frames[b]["user"].isin(frames[a]["user"])
    found[f"{a} {b}"] = [int(hashes[b].isin(hashes[a]).sum()), int(frames[b]["user"][keys].nunique()),
                         bool(frames[b]["at"].min() <= frames[a]["at"].max())]
print(json.dumps(found))
"""

MLGOV = f"""
import json, sys
from mlgov.finding import Origin
from mlgov.lifecycle.measured import MeasuredOverlap
from mlgov.policy.settings import DEFAULTS
from mlgov.verification import Job, Table, limits_from
from mlgov.verification.parts import Part
from mlgov.verification.process import Process

from pathlib import Path
paths = [Path(sys.argv[1], f"{{part}}.{{sys.argv[2]}}") for part in {PARTS}]
tables = tuple(Table(p.name, (str(p),), sys.argv[2], p.stat().st_size) for p in paths)
parts = [Part(name, name, Origin("", name), at).data() for at, name in enumerate({PARTS})]
job = Job("splits", "", Origin(""), tables, {{"label": "y", "key": "user", "time": "at", "parts": parts}})
with Process(limits_from(DEFAULTS["data"] | {{"max_memory": "{MEMORY}"}})) as process:
    answers = list(process.ask(job))
print(json.dumps({{f"{{a.earlier}} {{a.later}}": [a.near.rows, a.keys, a.gap <= 0] for a in answers if isinstance(a, MeasuredOverlap)}}
                 or [repr(a) for a in answers]))
"""


def main() -> None:
    """Make the data, run both sides, print what each took."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    kind = sys.argv[2] if len(sys.argv) > 2 else "parquet"
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), rows, kind)
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
        print(f"3 x {rows:,} rows of 8 columns, {size / 1e6:,.0f} MB of {kind}; mlgov may use {MEMORY}")
        told = {name: run(program, folder, kind) for name, program in (("mlgov", MLGOV), ("pandas", PANDAS))}
    assert told["mlgov"][0] == told["pandas"][0], "the two sides found different things"
    (_, seconds, memory), (_, other_seconds, other_memory) = told["mlgov"], told["pandas"]
    print(f"pandas / mlgov: time {other_seconds / seconds:.2f}, peak memory {other_memory / memory:.1f}")


def make(folder: Path, rows: int, kind: str) -> None:
    """Three parts with shared rows, shared users and a day of overlap."""
    for at, part in enumerate(PARTS):
        first = at * rows
        copied = f"CASE WHEN i < {SHARED_ROWS} THEN i ELSE {first} + i END"
        user = f"CASE WHEN i >= {rows - SHARED_USERS} THEN i ELSE {first} + i END"
        seconds = f"CASE WHEN i < {SHARED_ROWS} THEN i ELSE {at} * 8640000 + i % 8640000 END"
        columns = f"""
            {user} AS user, TIMESTAMP '2026-01-01' + to_seconds({seconds}) AS at,
            (hash({copied}, 1) % 1000000) / 1000.0 AS amount, (hash({copied}, 2) % 1000000) / 1e6 AS score,
            hash({copied}, 3) % 90 AS age, 'region ' || (hash({copied}, 4) % 50) AS region,
            'plan ' || (hash({copied}, 5) % 7) AS plan, CAST(hash({copied}, 6) % 2 AS INTEGER) AS y
        """
        target = folder / f"{part}.{kind}"
        duckdb.sql(f"COPY (SELECT {columns} FROM range({rows}) t(i)) TO '{target}' (FORMAT {kind})")


def run(program: str, folder: str, kind: str) -> tuple[object, float, int]:
    """What a program found, its seconds, and the peak memory of its largest process in bytes."""
    measured = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-c", sys.argv[3], *sys.argv[1:3]], check=True, capture_output=True, text=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, done.stdout)
"""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", measured, folder, kind, program], capture_output=True, text=True, check=True
    )
    seconds = time.perf_counter() - start
    peak, _, found = done.stdout.partition(" ")
    scale = 1 if sys.platform == "darwin" else 1024
    name = "pandas" if program == PANDAS else "mlgov"
    print(f"{name:<7}{seconds:>8.1f} s {int(peak) * scale / 1e6:>8,.0f} MB   {found.strip()}")
    return json.loads(found), seconds, int(peak) * scale


if __name__ == "__main__":
    main()
