"""Prometheus configuration: which rule files it loads and whom it asks; also where a ConfigMap holds it.

Paths of rule files stay as they are written: those that begin with `/` are of the container that Prometheus runs in,
others are relative to the configuration wherever it is mounted. A configuration without `rule_files` still states its jobs, so that rules can tell it loads nothing.
"""

import re
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, rows
from mlgov.formats._environment import environment_of
from mlgov.formats._kubernetes import embedded
from mlgov.formats._quantities import is_templated, text_of
from mlgov.lifecycle.fact import Fact

NAME = "prometheus"
PATHS = ("prometheus.yml", "prometheus.yaml", "*.yaml", "*.yml")
MARKERS = (b"scrape_configs:", b"rule_files:", b"kind: ConfigMap")
ROLE = "part"
# labels of discovered services and pods that a job keeps by name
_NAMED = re.compile(
    r"__meta_kubernetes_(?:service_name|endpoints_name|(?:service|pod)_label_(?:app|app_kubernetes_io_name|name|k8s_app))"
)
_PLAIN = re.compile(r"[\w.-]{1,200}").fullmatch
_OTHER_KEYS = frozenset({"apiVersion", "kind", "services", "datasources"})
_MOST = 500  # targets of one job


def recognise(artifact: Artifact) -> Claim | None:
    """Jobs with names, or `rule_files` beside `global`, `alerting` or `scrape_configs`."""
    found = list(_all(artifact))
    jobs = sum(1 for data, _, _ in found for _ in rows(data.get("scrape_configs")))
    return Claim("", f"{jobs} scrape jobs") if found else None


def _all(artifact: Artifact) -> Iterator[tuple[dict[str, Any], Origin, str]]:
    """Each configuration, its place and its environment."""
    for index, data in artifact.mappings:
        if _is_configuration(data) or _is_named(artifact, data):
            yield data, artifact.at(document=index), environment_of(artifact.path)
    for inner in embedded(artifact, ".yml", ".yaml"):
        for index, data in inner.mappings:
            if _is_configuration(data):
                yield data, inner.at(document=index), environment_of(artifact.path, inner.namespace)


def _is_configuration(data: dict[str, Any]) -> bool:
    if "apiVersion" in data:
        return False
    has_jobs = any("job_name" in job for _, job in rows(data.get("scrape_configs")))
    others = {"global", "alerting", "scrape_configs", "scrape_config_files"} & data.keys()
    return has_jobs or "rule_files" in data and bool(others)


def _is_named(artifact: Artifact, data: dict[str, Any]) -> bool:
    """A `prometheus.yml` that scrapes nothing and loads nothing is still the configuration."""
    return artifact.name in PATHS[:2] and "global" in data and not _OTHER_KEYS & data.keys()


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """The rule files with their globs, and the jobs with their targets."""
    for data, where, environment in _all(artifact):
        yield from _rule_files(data.get("rule_files"), where.at("rule_files"), environment)
        for at, job in rows(data.get("scrape_configs")):
            if (draft := _job(job, where.at("scrape_configs", at))) is not None:
                yield draft.fact("monitoring.scrape_jobs[]", environment)


def _rule_files(files: Any, where: Origin, environment: str) -> Iterator[Fact]:
    for at, path in enumerate(files if isinstance(files, list) else []):
        if isinstance(path, str) and path.strip() and not is_templated(path):
            yield Fact("monitoring.rule_files[]", path.strip(), where.at(at), environment=environment)


def _job(job: dict[str, Any], where: Origin) -> Draft | None:
    name = text_of(job.get("job_name"))
    if name is None:
        return None
    draft = Draft(where)
    draft.put("name", name, where.at("job_name"))
    asked = list(dict.fromkeys([*_static(job), *_kept(job)]))[:_MOST]
    draft.put("targets", asked or None, where.at("static_configs" if "static_configs" in job else "relabel_configs"))
    found = [str(key) for key in job if str(key).endswith("_sd_configs")]
    if found:
        draft.put("discovery", ", ".join(_discovery(job, key) for key in found), where.at(found[0]))
    return draft


def _static(job: dict[str, Any]) -> Iterator[str]:
    for _, group in rows(job.get("static_configs")):
        targets = group.get("targets")
        yield from (t for t in map(text_of, targets if isinstance(targets, list) else []) if t is not None)


def _kept(job: dict[str, Any]) -> Iterator[str]:
    """The services that relabelling keeps by name."""
    for _, rule in rows(job.get("relabel_configs")):
        labels, wanted = rule.get("source_labels"), text_of(rule.get("regex"))
        is_kept = rule.get("action") == "keep" and isinstance(labels, list) and len(labels) == 1
        if is_kept and wanted is not None and _NAMED.fullmatch(str(labels[0] if labels else "")):
            yield from (name for name in wanted.strip("()").split("|") if _PLAIN(name))


def _discovery(job: dict[str, Any], key: str) -> str:
    """`kubernetes_sd_configs: pod`."""
    roles = [text for _, one in rows(job.get(key)) if (text := text_of(one.get("role")))]
    return f"{key}: {', '.join(dict.fromkeys(roles))}" if roles else key
