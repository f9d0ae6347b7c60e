"""Writes a repository of recognised YAML artifacts for measuring: the same bytes for the same arguments.

    python benchmarks/generate.py FOLDER [--n 1000] [--faults 0.02] [--git]

Every five files are one project: manifest, metrics, rollout, monitoring with alerts, and results; 30 to 120 lines and about
1.6 kB each. `--faults` is the share of projects in which one number contradicts another.
"""

import argparse
import random
import subprocess
from pathlib import Path

WORDS = (
    "ranks accounts for a call by an agent the label is a cancelled contract within thirty days inputs are tenure price and "
    "support history the score is shown with three reasons and is reviewed every quarter by the owner of the product"
).split()
FILES = (
    "mlgov.yaml",
    "governance/metrics.yaml",
    "governance/rollout.yaml",
    "governance/monitoring.yaml",
    "reports/metrics.yaml",
)


def sentence(rng: random.Random, n: int) -> str:
    """`n` words of prose."""
    return " ".join(rng.choice(WORDS) for _ in range(n))


def manifest(rng: random.Random, project: str) -> str:
    """Identity, problem and framing."""
    lines = ["apiVersion: mlgov/v1", "project:", f"  id: {project}", f"  name: {sentence(rng, 3)}", '  version: "1.4.0"',
             "  stage: development", f"  intended_use: {sentence(rng, 14)}", "problem:", f"  business_goal: {sentence(rng, 12)}",
             f"  statement: {sentence(rng, 40)}", "  requirements:"]  # fmt: skip
    for i in range(rng.randint(6, 12)):
        lines += [
            f"  - id: r{i}",
            "    kind: non_functional",
            f"    statement: {sentence(rng, 9)}",
            "    verification: review",
        ]
    lines += ["framing:", f"  ml_objective: {sentence(rng, 9)}", "  alternatives:", f"  - statement: {sentence(rng, 6)}",
              f"    why_not: {sentence(rng, 6)}", "  task: tabular-classification", "  learning_type: supervised",
              "  inputs: [tenure, price, tickets]", "  output:", "    type: binary", "    range: [0, 1]",
              "product:", "  type: human-in-the-loop"]  # fmt: skip
    return "\n".join(lines) + "\n"


def metrics(rng: random.Random) -> str:
    """One primary metric, some secondary ones, latency and errors."""
    lines = ["apiVersion: mlgov/v1", "metrics:"]
    names = ["roc_auc", "recall", "precision", "accuracy", "balanced_accuracy", "average_precision"]
    for i, name in enumerate(names[: rng.randint(4, 6)]):
        lines += [f"- id: {name}", "  kind: model_quality", "  scope: offline", f"  role: {'secondary' if i else 'primary'}",
                  "  direction: maximize", "  unit: fraction", f"  rationale: {sentence(rng, 14)}",
                  "  acceptable:", f"    min: {rng.uniform(0.5, 0.6):.3f}"]  # fmt: skip
    for name, unit, limit in (("latency_p95", "s", "0.2"), ("error_rate", "fraction", "0.01")):
        lines += [f"- id: {name}", "  kind: operational", "  scope: online", "  role: guardrail", "  direction: minimize",
                  f"  unit: {unit}", f"  definition: {sentence(rng, 6)}", "  acceptable:", f"    max: {limit}"]  # fmt: skip
    return "\n".join(lines) + "\n"


def rollout(rng: random.Random) -> str:
    """Shadow, canary steps, full traffic, and the way back."""
    lines = ["apiVersion: mlgov/v1", "rollout:", "  stages:"]
    steps = [0.0, *sorted(rng.sample([0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5], rng.randint(3, 5)))]
    for i, traffic in enumerate(steps):
        kind = "canary" if i else "shadow"
        lines += [f"  - id: stage_{i}", f"    kind: {kind}", f"    traffic: {traffic}", f"    duration: {i + 1}d", "    gates:",
                  "    - metric: latency_p95", "      max: 0.2", "    - metric: error_rate", "      max: 0.01"]  # fmt: skip
    lines += ["  - id: full", "    kind: full", "    traffic: 1.0", "  rollback:", "    triggers:", "    - metric: error_rate",
              "      max: 0.02", f"    procedure: {sentence(rng, 40)}", '    target_version: "1.3.0"', "    owner: sam",
              "    max_time: 15m"]  # fmt: skip
    return "\n".join(lines) + "\n"


def monitoring(rng: random.Random, faulty: bool) -> str:
    """Signals and alerts; a faulty project's latency alert fires after its bound is broken."""
    lines = ["apiVersion: mlgov/v1", "monitoring:", "  signals:"]
    for kind in ("latency", "throughput", "requests", "errors", "utilization", "input", "output", "model_version"):
        lines += [f"  - id: {kind}", f"    kind: {kind}", f"    window: {rng.randint(1, 30)}m"]
    lines += ["  alerts:"]
    rows = (
        ("LatencyHigh", "latency_p95", "0.5" if faulty else "0.2", "s"),
        ("ErrorsHigh", "error_rate", "0.01", "fraction"),
    )
    for name, metric, threshold, unit in rows:
        lines += [f"  - name: {name}", f"    metric: {metric}", "    op: gt", f"    threshold: {threshold}", f"    unit: {unit}",
                  "    window: 5m", "    for: 10m", "    severity: critical", "    owner: sam",
                  f"    summary: {sentence(rng, 24)}", "    runbook: https://wiki.example.org/runbook"]  # fmt: skip
    lines += ["  on_call:", "    contact: sam"]
    return "\n".join(lines) + "\n"


def results(rng: random.Random) -> str:
    """What an evaluation wrote: a few metrics of the test split, and the configuration of the run."""
    names = ("roc_auc", "recall", "precision", "balanced_accuracy", "average_precision")
    lines = ['model_version: "1.4.0"', f"run_id: {rng.getrandbits(64):016x}", "split: test", "n: 20000", "metrics:"]
    for name in names[: rng.randint(2, 5)]:
        lines.append(f"  {name}: {rng.uniform(0.7, 0.9):.{rng.randint(4, 12)}f}")
    lines += ["config:"]
    for i in range(rng.randint(30, 50)):
        value = rng.choice([f"{rng.random():.6f}", str(rng.randint(0, 512)), rng.choice(WORDS), "true"])
        lines.append(f"  param_{i:02d}: {value}")
    return "\n".join(lines) + "\n"


def write(folder: Path, n: int, faults: float) -> None:
    """`n` files below `folder`."""
    for i in range(n // len(FILES)):
        rng = random.Random(i)
        project = f"p{i:05d}"
        faulty = i < faults * (n // len(FILES))
        texts = (manifest(rng, project), metrics(rng), rollout(rng), monitoring(rng, faulty), results(rng))
        for name, text in zip(FILES, texts, strict=True):
            path = folder / f"g{i // 50:03d}" / project / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--faults", type=float, default=0.02)
    parser.add_argument("--git", action="store_true")
    args = parser.parse_args()
    write(args.folder, args.n, args.faults)
    if args.git:
        identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"]
        subprocess.run(["git", "init", "-q"], cwd=args.folder, check=True)
        subprocess.run(["git", "add", "-A"], cwd=args.folder, check=True)
        subprocess.run(["git", *identity, "commit", "-qm", "generated"], cwd=args.folder, check=True)


if __name__ == "__main__":
    main()
