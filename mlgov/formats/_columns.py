"""What the columns and the row labels of a table of metrics mean: splits, baselines, targets, versions, notes."""

import re
from typing import NamedTuple

from mlgov.documents import Table
from mlgov.formats._metric_words import BASELINE, PREVIOUS, split_of
from mlgov.lifecycle.metric_name import SPLITS, words

_NAMES = frozenset("metric metrics measure measures indicator score_name kpi 지표 평가지표 메트릭 항목".split())
_NEUTRAL = frozenset(
    "value values score scores result results ours model final candidate proposed current new shipped selected this "
    "performance achieved actual measured best 값 결과 점수 성능 수치 현재 모델".split()
)
_LIMITS = frozenset(
    "target targets threshold thresholds minimum min goal required requirement acceptance acceptable bound limit "
    "criterion 목표 기준 기준값 목표치 최소".split()
)
_NOTES = frozenset(
    "description notes note comment comments definition status pass passed ok gate interpretation meaning formula unit "
    "remarks direction change delta improvement diff difference gain 설명 비고 상태 단위 의미 통과".split()
)
_CONTEXTS = {
    "n": "n samples support rows count size examples items images 개수 건수 표본수 샘플수",
    "split": "split subset partition 분할",
    "dataset": "dataset data benchmark corpus evaluation_data 데이터 데이터셋",
    "slice": "slice segment group subgroup class category region gender sex age label cohort demographic 그룹 세그먼트 "
    "구간 클래스 성별 연령 연령대 지역",
    "threshold": "threshold cutoff cut_off 임계값",
    "model_version": "version model_version 버전",
    "sd": "std sd stddev standard_deviation 표준편차",
    "date": "date evaluated 날짜 평가일",
}
_CONTEXT = {name: field for field, names in _CONTEXTS.items() for name in names.split()}
_NUMBER = re.compile(r"\d{1,2}[.)]\s+")
_VERSION = re.compile(r"(?:.*\s|^)\(?(v\d+(?:\.\d+){0,3}|\d+\.\d+\.\d+)\)?$", re.IGNORECASE)
_SHIPPED = re.compile(
    r"\((?:shipped|selected|final|ours|deployed|production|chosen|this model|current)\)|\bours\b", re.IGNORECASE
)
_KINDS = {
    "random": "random", "majority": "majority_class", "constant": "constant", "rules": "heuristic", "rule": "heuristic",
    "heuristic": "heuristic", "logistic": "simple_model", "logreg": "simple_model", "linear": "simple_model",
    "previous": "previous_model", "champion": "previous_model", "human": "human", "legacy": "current_system",
    "current": "current_system", "published": "published",
}  # fmt: skip


_PROGRESS = frozenset("epoch epochs step steps iteration iterations 에폭".split())


class Meaning(NamedTuple):
    """kind: `name`, `value`, `baseline`, `limit`, `context`, `note` or `other`; text: split, field or version."""

    kind: str
    text: str = ""


def column(header: str) -> Meaning:
    """What a column of a table with one metric per row holds."""
    said = words(header[:120])
    joined = "_".join(said)
    if joined in _NAMES:
        return Meaning("name")
    if set(said) & (BASELINE | PREVIOUS):
        return Meaning("baseline", split_of(header) or "")
    if set(said) & _LIMITS and not set(said) - _LIMITS - {"value", "values", "score", "criteria", *SPLITS}:
        return Meaning("limit", split_of(header) or "")
    if set(said) & _NOTES or not said:
        return Meaning("note")
    if joined in _CONTEXT:
        return Meaning("context", _CONTEXT[joined])
    return label(header)


def label(text: str) -> Meaning:
    """What a label says: a split, a baseline, a version, the model itself (`value`), or something `other`."""
    said = words(text[:120])
    rest = set(said) - _NEUTRAL - {"set", "split", "data", "dataset"}
    if set(said) & (BASELINE | PREVIOUS):
        return Meaning("baseline")
    if rest and rest <= SPLITS.keys() | {"cross"} and (split := split_of(text)):
        return Meaning("split", split)
    if _SHIPPED.search(text) or not rest:
        return Meaning("value")
    if version := _VERSION.match(text.strip()):
        return Meaning("version", version[1])
    return Meaning("other", unnumbered(text))


def unnumbered(text: str) -> str:
    """A label without the number in front: `2. Random forest`."""
    return _NUMBER.sub("", text.strip(), count=1) or text.strip()


def context(header: str) -> str:
    """The field of a result that a column of a table with one metric per column holds; "" for the labels of rows."""
    said = words(header[:120])
    joined = "_".join(said)
    if joined in _CONTEXT:
        return _CONTEXT[joined]
    fields = (_CONTEXT.get(word, "") for word in said if len(said) <= 2)
    return next((field for field in fields if field in ("n", "split", "dataset")), "")


def is_curve(table: Table) -> bool:
    """True for the log of a training run: one row per epoch or step."""
    for at, cell in enumerate(table.header):
        if set(words(cell.text[:60])) & _PROGRESS and len(table.rows) > 1:
            return all(len(row) > at and row[at].text.replace(".", "", 1).isdigit() for row in table.rows)
    return False


def is_about_fields(headers: list[str]) -> bool:
    """True for a table of names and values: `| Field | Value |`."""
    named = (
        "field attribute property item key parameter aspect category name information attributes 항목 속성 구분 필드"
    )
    return len(headers) == 2 and (not words(headers[0]) or bool(set(words(headers[0])) & set(named.split())))


def baseline_kind(name: str) -> str | None:
    """The kind of baseline that its name tells, or None."""
    return next((_KINDS[word] for word in words(name) if word in _KINDS), None)
