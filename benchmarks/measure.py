"""Measures mlgov beside what it is compared with, in turn, and prints ratios of CPU time.

    python benchmarks/measure.py [--n 1000] [--rounds 5]

In each round every command runs once, so that a machine that slows down slows them all; the table gives medians of CPU
seconds (user and system, the whole process tree) and the median of the ratios within the rounds.
"""

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
from generate import write

FLOOR = """
import sys, yaml
from pathlib import Path
for path in sorted(Path(sys.argv[1]).rglob("*.yaml")):
    list(yaml.load_all(path.read_bytes(), yaml.CSafeLoader))
"""


class Contender(NamedTuple):
    """One command. against: the contender that its time is divided by; before: what is done first, not measured."""

    name: str
    command: list[str]
    against: str
    before: Callable[[], object] = lambda: None


def contenders(repository: Path, cache: Path, schema: Path) -> list[Contender]:
    """What is measured, the floors first."""
    python = sys.executable
    check = [python, "-m", "mlgov", "check", "--output=concise"]
    files = [str(path) for path in sorted(repository.rglob("*.yaml"))]

    def forget() -> None:
        for entry in cache.glob("*"):
            entry.unlink()

    return [
        Contender("PyYAML CSafeLoader", [python, "-c", FLOOR, str(repository)], "PyYAML CSafeLoader"),
        Contender("import click", [python, "-c", "import click"], "import click"),
        Contender("mlgov check, cold", check, "PyYAML CSafeLoader", forget),
        Contender("mlgov check, warm", check, "import click"),
        Contender("mlgov check, no rules", [*check, "--no-cache", "--select", "INT"], "PyYAML CSafeLoader"),
        Contender("mlgov check --base", [*check, "--no-cache", "--base", "HEAD"], "mlgov check, cold"),
        Contender("yamllint", [python, "-m", "yamllint", "-d", "relaxed", *files], "PyYAML CSafeLoader"),
        Contender("check-jsonschema", [python, "-m", "check_jsonschema", "--schemafile", str(schema), *files], "PyYAML CSafeLoader"),
    ]  # fmt: skip


def seconds(command: list[str], folder: Path, environment: Mapping[str, str]) -> float:
    """CPU seconds of one run with everything it started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command, cwd=folder, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def measure(
    every: list[Contender], folder: Path, environment: Mapping[str, str], rounds: int
) -> dict[str, list[float]]:
    """The seconds of each contender by round; one round before them is not counted."""
    found: dict[str, list[float]] = {c.name: [] for c in every}
    for number in range(rounds + 1):
        for contender in every:
            contender.before()
            took = seconds(contender.command, folder, environment)
            if number:
                found[contender.name].append(took)
    return found


def table(every: list[Contender], found: Mapping[str, list[float]]) -> str:
    """One row per contender, as Markdown."""
    rows = ["| command | CPU s | ratio | to |", "|---|---|---|---|"]
    for c in every:
        ratio = median(a / b for a, b in zip(found[c.name], found[c.against], strict=True))
        rows.append(f"| {c.name} | {median(found[c.name]):.3f} | {ratio:.2f} | {c.against} |")
    return "\n".join(rows)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--n", type=int, default=1000, help="files of the generated repository")
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        repository, cache, schema = Path(name, "repository"), Path(name, "cache"), Path(name, "schema.json")
        cache.mkdir()
        write(repository, args.n, 0.02)
        identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"]
        for git in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "generated"]):
            subprocess.run(["git", *git], cwd=repository, check=True)
        schema.write_bytes(
            subprocess.run([sys.executable, "-m", "mlgov", "schema"], capture_output=True, check=True).stdout
        )
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {
            "MLGOV_CACHE_DIR": str(cache)
        }
        every = contenders(repository, cache, schema)
        found = measure(every, repository, environment, args.rounds)
    size = f"{args.n} files, {args.rounds} rounds"
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors, {size}\n")
    print(table(every, found))


if __name__ == "__main__":
    main()
