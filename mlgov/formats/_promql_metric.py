"""Which metric a PromQL expression shows, where its series say so without doubt: latency, error rate, availability, quality."""

import re
from collections.abc import Iterator

from mlgov.formats._metric_words import AMBIGUOUS, known
from mlgov.formats._promql import Node, arguments, number, selectors
from mlgov.formats._promql_units import Measured, Records
from mlgov.lifecycle.metric_name import words
from mlgov.lifecycle.watching import plain_series

_ASKED = frozenset(
    "request requests response responses infer inference inferences predict prediction predictions scoring score scored "
    "serving http grpc api endpoint handler call calls".split()
)
# parts of a system that have times and errors of their own
PARTS = frozenset(
    "db database sql postgres postgresql mysql mongo mongodb redis cache kafka queue disk io filesystem network dns etcd "
    "node container pod gc jvm scrape rule evaluation replication consumer commit sync batch job training train retrain "
    "retraining feature features store storage s3 ingestion etl pipeline backup compaction wal tcp tls ssl cert certificate "
    "ping probe apiserver kubelet scheduler deploy build startup load loading reload age lag delay timestamp since "
    "ceph osd promtail loki tempo memcache memcached jaeger mimir cortex thanos hbase hadoop gitlab gitaly workhorse "
    "meilisearch couchdb elasticsearch opensearch rabbitmq zookeeper minio vault consul keycloak airflow mlflow grafana azurerm "
    "freshness validation label labels webhook notification alertmanager prometheus".split()
)
_MOST_RECORDS = 30  # that one expression rests on
_TIMES = frozenset("s ms us minutes".split())
_STATUS = frozenset(
    "status code status_code statuscode http_status http_status_code response_code status_class result outcome".split()
)
_BAD = re.compile(r"\(?(?:5|error|fail|exception)", re.IGNORECASE)
_GOOD = re.compile(r"\(?(?:2|success|ok\b)", re.IGNORECASE)
_BAD_WORDS = frozenset("error errors failed failure failures exception exceptions".split())
_CARRIED = frozenset(
    "sum avg min max clamp_max clamp_min abs scalar avg_over_time max_over_time last_over_time".split()
)


def metric_of(node: Node, found: Measured, alert: str, records: Records, percentile: str | None) -> str | None:
    """`latency_p95`, `error_rate`, `availability`, `accuracy`; None where the names could mean something else.

    alert: the name of the alert or objective, which helps to understand its series.
    """
    said = set(words(alert[:200]))
    if said & PARTS:
        return None
    if (rate := _share_of(node, records)) is not None:
        return rate or None
    leaf = set(words(plain_series(found.series)[:300]))
    if found.is_rate or not leaf or leaf & PARTS:
        return None
    if _is_latency(found.unit, leaf, said):
        return f"latency_{percentile}" if percentile else "latency"
    if {"error", "errors"} & leaf and {"rate", "ratio"} & leaf and leaf & _ASKED:
        return "error_rate" if found.unit in ("", "fraction", "percent") else None
    return _quality(found.series)


def _is_latency(unit: str, leaf: set[str], said: set[str]) -> bool:
    if "latency" in leaf:
        return unit in _TIMES or not unit
    is_time = unit in _TIMES and bool(leaf & {"duration", "seconds", "time", "ms", "milliseconds", "microseconds"})
    names_it = "latency" in said or {"response", "time"} <= said
    return is_time and (bool(leaf & _ASKED) or names_it)


def _quality(series: str) -> str | None:
    meant = known(plain_series(series))
    return meant.base if meant is not None and meant.base not in AMBIGUOUS else None


def _share_of(node: Node, records: Records) -> str | None:
    """The share of bad or good answers; "" for a share of something else, None for no share at all."""
    division, is_rest = _division(node, records)
    if division is None:
        return None
    above, below = (list(_resolved(part, records)) for part in division.below)
    asked = all(set(words(s.name)) & _ASKED for s in below)
    if not above or not below or not asked or any(set(words(s.name)) & PARTS for s in (*above, *below)):
        return None if _is_mean(above, below) else ""
    if any(_is_bad(s) or _is_good(s) for s in below):
        return ""
    if all(_is_bad(s) for s in above):
        return "availability" if is_rest else "error_rate"
    if all(_is_good(s) for s in above):
        return "error_rate" if is_rest else "availability"
    return None if _is_mean(above, below) else ""


def _is_mean(above: list[Node], below: list[Node]) -> bool:
    """`x_sum / x_count` is no share."""
    names = {s.name for s in above}, {s.name for s in below}
    return all(n.endswith("_sum") for n in names[0]) and all(n.endswith("_count") for n in names[1])


def _division(node: Node, records: Records) -> tuple[Node | None, bool]:
    """The division inside brackets, sums, percentages and recording rules; True with it for `1 - a / b`."""
    is_rest = False
    for _ in range(40):
        name, given = arguments(node)
        if name in _CARRIED and given:
            found = next((n for n in given if selectors(n)), None)
            if found is None:
                return None, False
            node = found
        elif node.kind == "VectorSelector" and node.name in records:
            node = records[node.name]
        elif node.kind != "BinaryExpr":
            return None, False
        elif node.name == "-" and number(node.below[0]) in (1, 100):
            node, is_rest = node.below[1], not is_rest
        elif node.name in ("*", "/") and number(node.below[1]) is not None or node.name == "or":
            node = node.below[0]
        elif node.name == "*" and number(node.below[0]) is not None:
            node = node.below[1]
        else:
            return (node, is_rest) if node.name == "/" else (None, False)
    return None, False


def _resolved(node: Node, records: Records) -> Iterator[Node]:
    """The series at the bottom, through recording rules."""
    seen: set[str] = set()
    waiting = list(selectors(node))
    for selector in waiting:
        name = selector.name
        if name not in records:
            yield selector
        elif name not in seen and len(seen) < _MOST_RECORDS:
            seen.add(name)
            waiting += selectors(records[name])


def _is_bad(selector: Node) -> bool:
    is_told = any(n in _STATUS and op in ("Equal", "Re") and _BAD.match(v) for n, op, v in selector.labels)
    return is_told or bool(set(words(selector.name)) & _BAD_WORDS)


def _is_good(selector: Node) -> bool:
    is_told = any(
        n in _STATUS and (op in ("NotEqual", "NotRe") and _BAD.match(v) or op in ("Equal", "Re") and _GOOD.match(v))
        for n, op, v in selector.labels
    )
    return is_told and not _is_bad(selector)
