"""Metrics, parameters and tags of a run in MLflow's file store: one file without ending for each of them."""

import math
import re
from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.documents.scalars import number, plain
from mlgov.finding import Origin
from mlgov.formats._hyperparameters import hyperparameter
from mlgov.formats._identity import fitting
from mlgov.formats._metric_keys import is_bookkeeping
from mlgov.formats._metric_words import normalised
from mlgov.formats._mlflow import RunFile, is_finished, is_selected, run_file, time_of_epoch
from mlgov.formats._parameters import Leaf, meaning
from mlgov.formats._results import Said, result
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.metric_name import metric_name

NAME = "mlflow-run"
PATHS = ("**/mlruns/**/metrics/**", "**/mlruns/**/params/**", "**/mlruns/**/tags/**")
MARKERS = ()
ROLE = "part"
_NUMBER = re.compile(rb"[-+]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][-+]?\d{1,5})?").fullmatch
_SEEDS = ("seed", "random_seed", "random_state")
_LONGEST = 500  # characters of a parameter; a longer one is a dump of an object


def recognise(artifact: Artifact) -> Claim | None:
    """By its folder, and by the meta.yaml of the run beside it."""
    found = run_file(artifact)
    return Claim(detail=f"{found.kind} of run {found.run_id[:12]}") if found else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """A metric is a result of its run; parameters and commit speak of the model only where its run is named elsewhere."""
    file = run_file(artifact)
    if file is None or not is_finished(file.meta):
        return
    if file.kind == "metrics":
        yield from _metric(artifact, file)
    elif is_selected(artifact, file.run_id):
        yield from _parameter(artifact, file) if file.kind == "params" else _tag(artifact, file)


def _metric(artifact: Artifact, file: RunFile) -> Iterator[Fact | Flaw]:
    """The last line of `timestamp value step`, or of the same with data set and digest behind it."""
    lines = artifact.raw.rstrip()
    line = lines.count(b"\n") + 1
    fields = lines.rpartition(b"\n")[2][:4000].split()
    if len(fields) not in (2, 3, 5):
        yield Flaw("INT002", "the last line of a metric holds time, value and step", line, 1)
        return
    value = _value(fields[1])
    if value is None or not math.isfinite(value):
        reason = f"{file.name} is {fields[1].decode(errors='replace')[:40]}, which is not a finite number"
        yield Flaw("INT004", reason, line, len(fields[0]) + 2)
    elif not file.name.startswith("system/") and not is_bookkeeping(normalised(file.name)):
        start = len(fields[0]) + 2
        said = Said(value, Origin(artifact.path, f"@{line}:{start}-{start + len(fields[1])}"))
        yield from _measured(artifact, file, said, fields)


def _value(text: bytes) -> float | None:
    """The number that MLflow wrote: a decimal, `nan` or `inf`."""
    if _NUMBER(text):
        return number(text.decode())
    return float(text) if text.lower().lstrip(b"+-") in (b"nan", b"inf", b"infinity") else None


def _measured(artifact: Artifact, file: RunFile, said: Said, fields: list[bytes]) -> Iterator[Fact]:
    parent = artifact.beside(f"{file.folder}/tags/mlflow.parentRunId")
    if parent is not None:
        yield from _repeated(artifact, file, said)
        return
    meta = Origin(f"{file.folder}/meta.yaml"[1:], "/run_id")
    context = {"run_id": Said(file.run_id, meta)}
    if fields[0].isdigit() and (time := time_of_epoch(int(fields[0][:20]))):
        context["date"] = Said(time, Origin(artifact.path, said.origin.pointer.partition(":")[0] + ":1"))
    if len(fields) == 5:
        context["dataset"] = Said(fields[3].decode(errors="replace"), said.origin)
    yield result(file.name, said, fitting(file.name, said.origin, context), "observed")


def _repeated(artifact: Artifact, file: RunFile, said: Said) -> Iterator[Fact]:
    """A child run with a seed of its own repeats a recipe; one without is a trial of a search."""
    for name in _SEEDS:
        seed = artifact.beside(f"{file.folder}/params/{name}")
        if seed is not None and seed.raw.strip().isdigit() and len(seed.raw) < 20:
            split = metric_name(file.name).split
            value = {"id": file.run_id, "seed": int(seed.raw), "metric": file.name, "value": said.value}
            parts = {"seed": Origin(seed.path, "@1:1")}
            run = value | ({"split": split} if split else {})
            yield Fact("training.runs[]", run, said.origin, "observed", parts)
            return


def _parameter(artifact: Artifact, file: RunFile) -> Iterator[Fact]:
    text = artifact.raw.decode("utf-8", "replace").strip()
    if not text or len(text) > _LONGEST or text == "None":
        return
    leaf = Leaf((), normalised(file.name), plain(text) if _NUMBER(text.encode()) else text, artifact.at())
    yield from (fact._replace(how="observed") for fact in meaning(leaf))
    yield Fact(f"training.hyperparameters.{hyperparameter(file.name)}", leaf.value, leaf.origin, "observed")


def _tag(artifact: Artifact, file: RunFile) -> Iterator[Fact]:
    text = artifact.raw.decode("utf-8", "replace").strip()
    if file.name == "mlflow.source.git.commit" and re.fullmatch(r"[0-9a-f]{7,64}", text):
        yield Fact("training.lineage.commit", text, artifact.at(), "observed")
