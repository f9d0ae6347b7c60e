"""The unit in which a PromQL query answers, by the suffixes of its series; "" where that is not certain."""

import re

_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`[^`]*`")
_SELECTOR = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]|\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*\)")
_NAME = re.compile(r"(?<![\w:.])[a-zA-Z_:][\w:]*(?!\s*\()(?![\w:])")
_SCALED = re.compile(r"(?:[*/]\s*-?[\d.]+(?:e-?\d+)?(?![\w.]))|(?:(?<![\w.])[\d.]+(?:e-?\d+)?\s*[*/])")
# functions whose answer is not in the unit of what goes in
_OTHER = re.compile(
    r"\b(?:count|absent|changes|resets|stddev|stdvar|time|timestamp|deriv|log2|log10|ln|exp|clamp)\w*\s*\("
)
_WORDS = frozenset("by without on ignoring group_left group_right and or unless bool offset inf nan atan2".split())
_UNITS = {
    "seconds": "s", "milliseconds": "ms", "ms": "ms", "bytes": "bytes", "ratio": "fraction", "percent": "percent",
    "percentage": "percent",
}  # fmt: skip
_LONGEST = 20_000


def unit_of_name(name: str) -> str:
    """The unit that the end of a name states: `p95-latency-ms`, `error_percent`."""
    words = [w for w in re.split(r"[^a-z0-9]+", name.lower()) if w]
    return _UNITS.get(words[-1], "") if len(words) > 1 else ""


def unit_of_query(query: str) -> str:
    """`s` for a quantile or a mean of `..._seconds`; "" where units are converted or counts are divided."""
    text = _SELECTOR.sub(" ", _QUOTED.sub(" ", query[:_LONGEST]))
    if _SCALED.search(text) or _OTHER.search(text):
        return ""
    names = [n for n in _NAME.findall(text) if n.lower() not in _WORDS]
    parts = [_parts(n) for n in names]
    units = {unit for unit, _ in parts}
    if len(units) != 1 or "" in units or not _keeps_unit({ending for _, ending in parts}, text):
        return ""
    return units.pop()


def _parts(series: str) -> tuple[str, str]:
    """Unit and ending of a series: `x_seconds_bucket` is `s`, `bucket`."""
    found = re.fullmatch(
        r".*?_(seconds|milliseconds|ms|bytes|ratio|percent|percentage)(?:_(bucket|sum|count|total))?", series
    )
    return (_UNITS[found[1]], found[2] or "") if found else ("", "")


def _keeps_unit(endings: set[str], text: str) -> bool:
    """True if the query answers in the unit of its series: a quantile, a mean, or a gauge as it is."""
    if endings == {"bucket"}:
        return "histogram_quantile" in text
    if endings == {"sum", "count"}:
        return text.count("/") == 1
    return endings == {""} and "/" not in text and not re.search(r"\b(?:rate|irate|increase|delta|idelta)\s*\(", text)
