"""Writes a repository of recognised YAML artifacts for measuring: the same bytes for the same arguments.

    python benchmarks/generate.py FOLDER [--n 1000] [--faults 0.02] [--git]

Every 25 files are one project: the manifest and its section files, results, and the alert rules and rollouts of its
components; 30 to 120 lines and about 1.5 kB each. `--faults` is the share of projects in which one number contradicts another.
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


def manifest(rng: random.Random, name: str) -> str:
    """Identity, problem and framing."""
    lines = ["apiVersion: mlgov/v1", "project:", f"  id: {name}", f"  name: {sentence(rng, 3)}", '  version: "1.4.0"',
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


def alerts(rng: random.Random, part: int) -> str:
    """A Prometheus rule file of one component, as an operations team writes it."""
    lines = ["groups:", f"- name: component_{part}", "  interval: 30s", "  rules:"]
    for i in range(rng.randint(3, 5)):
        lines += [f"  - alert: Component{part}Rule{i}", f"    expr: rate(component_{part}_events_{i}_total[5m]) > {rng.randint(1, 90)}",
                  "    for: 10m", "    labels:", "      severity: warning", "      team: platform", "    annotations:",
                  f"      summary: {sentence(rng, 16)}", f"      description: {sentence(rng, 24)}",
                  "      runbook_url: https://wiki.example.org/runbook"]  # fmt: skip
    return "\n".join(lines) + "\n"


def rollout_object(rng: random.Random, part: int) -> str:
    """An Argo Rollout of one component and the analysis that gates it."""
    lines = ["apiVersion: argoproj.io/v1alpha1", "kind: Rollout", "metadata:", f"  name: component-{part}", "spec:", "  replicas: 4",
             "  selector:", "    matchLabels:", f"      app: component-{part}", "  strategy:", "    canary:",
             f"      canaryService: component-{part}-canary", f"      stableService: component-{part}-stable", "      steps:"]  # fmt: skip
    for weight in sorted(rng.sample(range(5, 95, 5), rng.randint(2, 4))):
        lines += [f"      - setWeight: {weight}", "      - analysis:", "          templates:",
                  f"          - templateName: component-{part}-errors", "      - pause:", "          duration: 10m"]  # fmt: skip
    lines += ["---", "apiVersion: argoproj.io/v1alpha1", "kind: AnalysisTemplate", "metadata:", f"  name: component-{part}-errors",
              "spec:", "  metrics:", "  - name: errors", "    interval: 1m", "    count: 10", "    failureLimit: 1",
              "    successCondition: result[0] < 0.05", "    provider:", "      prometheus:",
              "        address: http://prometheus.monitoring:9090",
              f"        query: sum(rate(component_{part}_errors_total[5m])) / sum(rate(component_{part}_events_total[5m]))"]  # fmt: skip
    return "\n".join(lines) + "\n"


def project(rng: random.Random, name: str, faulty: bool) -> dict[str, str]:
    """The 25 files of one project."""
    files = {
        "mlgov.yaml": manifest(rng, name),
        "governance/metrics.yaml": metrics(rng),
        "governance/rollout.yaml": rollout(rng),
        "governance/monitoring.yaml": monitoring(rng, faulty),
        "reports/metrics.yaml": results(rng),
    }
    files |= {f"monitoring/rules/component_{part}.yaml": alerts(rng, part) for part in range(12)}
    return files | {f"k8s/component_{part}.yaml": rollout_object(rng, part) for part in range(8)}


def write(folder: Path, n: int, faults: float) -> None:
    """`n` files below `folder`, 25 for each project; the first projects are the faulty ones."""
    for i in range(n // 25):
        faulty = i < faults * (n // 25)
        for name, text in project(random.Random(i), f"p{i:05d}", faulty).items():
            path = folder / f"g{i // 20:03d}" / f"p{i:05d}" / name
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
