"""Writes a repository of recognised YAML artifacts for measuring: the same bytes for the same arguments.

    python benchmarks/generate.py FOLDER [--n 1000] [--faults 0.02] [--git]

Every 25 files are one project: the lifecycle of `examples/churn`, complete and cut into section files in block style,
with prose of its own; what an evaluation wrote; Prometheus rules and Argo rollouts of its components. A file has about
80 lines, 1.6 kB and 150 nodes. `--faults` is the share of projects in which one number contradicts another.
"""

import argparse
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

EXAMPLE = Path(__file__).parent.parent / "examples" / "churn" / "mlgov.yaml"
WORDS = (
    "ranks accounts for a call by an agent the label is a cancelled contract within thirty days inputs are tenure price and "
    "support history the score is shown with three reasons and is reviewed every quarter by the owner of the product"
).split()
# the section files of a project; the rest of the manifest is `mlgov.yaml`
FILES = ("problem", "metrics", "data", "training", "baselines", "evaluation", "experiments", "serving", "rollout",
         "monitoring", "feedback", "team", "plan", "process")  # fmt: skip
HEAD = "apiVersion: mlgov/v1"
RUNBOOK = "https://wiki.example.org/runbook"


def sentence(rng: random.Random, n: int) -> str:
    """`n` words of prose."""
    return " ".join(rng.choice(WORDS) for _ in range(n))


def template() -> dict[str, Any]:
    """The manifest of the example, every scalar as its text; what it names of other files is here instead."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for there, here in (
        ("docs/runbook.md", RUNBOOK),
        ("reports/metrics.json, pointer: /", "reports/metrics.yaml, pointer: /metrics/"),
        ("reports/metrics.json", "reports/metrics.yaml"),
        ("card: {file: MODEL_CARD.md}", "card: {file: https://wiki.example.org/card}"),
        ("MODEL_CARD.md", "https://wiki.example.org/card"),
        ("environment: uv.lock", "environment: registry.example.org/churn@sha256:" + "5d41402abc4b2a76" * 4),
    ):
        text = text.replace(there, here)
    made: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    return made


def own(value: Any, rng: random.Random, name: str) -> Any:
    """A copy with the names of one project; prose is said with the same words in another order."""
    if isinstance(value, dict):
        return {key: own(part, rng, name) for key, part in value.items()}
    if isinstance(value, list):
        return [own(part, rng, name) for part in value]
    words = str(value).replace("churn", name).replace("Churn", name.title()).split()
    if len(words) >= 4 and not any(c.isdigit() or c in ":#" for c in "".join(words)):
        rng.shuffle(words)
    return " ".join(words)


def scalar(text: str) -> str:
    """A scalar as a person writes it: quoted only where it must be."""
    quoted = (
        text[:1] in "#[{&*!|>'\"%@`" or ": " in text or " #" in text or (text.count(".") == 2 and text[0].isdigit())
    )
    return f'"{text}"' if quoted else text


def block(value: dict[str, Any], indent: int = 0) -> Iterator[str]:
    """The lines of a mapping in block style; lists of short scalars stand on one line, those of URLs do not."""
    space = "  " * indent
    for key, part in value.items():
        if isinstance(part, dict):
            yield f"{space}{key}:"
            yield from block(part, indent + 1)
        elif isinstance(part, list) and isinstance(part[0], dict):
            yield f"{space}{key}:"
            for item in part:
                first, *others = block(item, indent + 2)
                yield f"{space}  - {first.strip()}"
                yield from others
        elif isinstance(part, list) and any(":" in item for item in part):
            yield from (f"{space}{key}:", *(f"{space}- {scalar(item)}" for item in part))
        elif isinstance(part, list):
            yield f"{space}{key}: [{', '.join(map(scalar, part))}]"
        else:
            yield f"{space}{key}: {scalar(part)}"


def lifecycle(rng: random.Random, name: str, faulty: bool) -> dict[str, str]:
    """The manifest and its section files; a faulty project's latency alert fires after its bound is broken."""
    model = own(template(), rng, name)
    if faulty:
        model["monitoring"]["alerts"][0]["threshold"] = "0.5"
    files = {f"governance/{part}.yaml": "\n".join([HEAD, *block({part: model.pop(part)})]) + "\n" for part in FILES}
    return {"mlgov.yaml": "\n".join(block(model)) + "\n"} | files


def results(rng: random.Random) -> str:
    """What an evaluation wrote: the metrics of the test split, and the configuration of the run."""
    lines = ['model_version: "1.4.0"', f"run_id: {rng.getrandbits(64):016x}", "split: test", "n: 60000", "metrics:",
             "  roc_auc: 0.871", "  recall: 0.625", "  precision: 0.643", "config:"]  # fmt: skip
    for i in range(rng.randint(30, 60)):
        value = rng.choice([f"{rng.random():.6f}", str(rng.randint(0, 512)), rng.choice(WORDS), "true"])
        lines.append(f"  param_{i:02d}: {value}")
    return "\n".join(lines) + "\n"


def alerts(rng: random.Random, name: str, part: int) -> str:
    """A Prometheus rule file of one component, as an operations team writes it."""
    lines = ["groups:", f"- name: {name}_{part}", "  interval: 30s", "  rules:"]
    for i in range(rng.randint(5, 9)):
        lines += [f"  - alert: Component{part}Rule{i}", f"    expr: rate({name}_{part}_events_{i}_total[5m]) > {rng.randint(1, 90)}",
                  "    for: 10m", "    labels:", "      severity: warning", "      team: platform", "    annotations:",
                  f"      summary: {sentence(rng, 6)}", f"      runbook_url: {RUNBOOK}"]  # fmt: skip
    return "\n".join(lines) + "\n"


def rollout_object(rng: random.Random, part: int) -> str:
    """An Argo Rollout of one component and the analysis that gates it."""
    lines = ["apiVersion: argoproj.io/v1alpha1", "kind: Rollout", "metadata:", f"  name: component-{part}", "spec:", "  replicas: 4",
             "  selector:", "    matchLabels:", f"      app: component-{part}", "  strategy:", "    canary:",
             f"      canaryService: component-{part}-canary", f"      stableService: component-{part}-stable", "      steps:"]  # fmt: skip
    for weight in sorted(rng.sample(range(5, 95, 5), rng.randint(3, 8))):
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
    files = lifecycle(rng, name, faulty) | {"reports/metrics.yaml": results(rng)}
    files |= {f"monitoring/rules/component_{part}.yaml": alerts(rng, name, part) for part in range(5)}
    return files | {f"k8s/component_{part}.yaml": rollout_object(rng, part) for part in range(4)}


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
