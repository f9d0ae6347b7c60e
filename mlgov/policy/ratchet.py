"""The ratchet: a file of known findings, so that a legacy repository fails only on new ones.

A finding is known by what it says, never by where it stands; of equal ones as many are known as the file counts.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from mlgov.documents import locate, read
from mlgov.errors import SettingsError
from mlgov.evidence import about, evidence, identity
from mlgov.finding import Finding

VERSION = 1


class Entry(NamedTuple):
    """Findings that say the same. evidence: their message without names of files, amounts in base units.

    times: how many of them are known.
    """

    rule: str
    project: str
    subject: str
    evidence: str
    times: int = 1

    @property
    def fingerprint(self) -> str:
        """What `Finding.fingerprint` is for the findings of this entry."""
        return identity(self.rule, self.project, self.subject, self.evidence.split())


class Sorted(NamedTuple):
    """Findings held against a ratchet. fixed: entries that count more than was found, by how many."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    fixed: Mapping[Entry, int]


def entry(finding: Finding) -> Entry:
    """The entry that makes a finding known."""
    files = {place.file for place in finding.places}
    return Entry(finding.code, finding.project, about(finding.subject, files), evidence(finding.message, files))


def entries(path: str, raw: bytes) -> list[Entry]:
    """The entries of a ratchet file; `SettingsError` where it cannot be understood."""
    reading = read(path, raw)
    if reading.flaws:
        flaw = reading.flaws[0]
        raise SettingsError(
            f"{flaw.reason}; remove the file, then mlgov ratchet write makes it anew",
            f"{path}:{flaw.line}:{flaw.column}",
        )
    data = reading.documents[0].data if reading.documents else None
    rows = data.get("findings") if isinstance(data, dict) and data.get("version") == VERSION else None
    if not isinstance(rows, list):
        raise SettingsError(
            f"no ratchet of version {VERSION}; remove the file, then mlgov ratchet write makes it anew", path
        )
    return [_entry(path, raw, row, number) for number, row in enumerate(rows)]


def _entry(path: str, raw: bytes, row: Any, number: int) -> Entry:
    try:
        texts = [row[field] for field in Entry._fields[:4]]
        count = int(row.get("count", 1))
        if count < 1 or not all(isinstance(text, str) for text in texts):
            raise ValueError
    except (KeyError, TypeError, ValueError, AttributeError):
        span = locate(path, raw, f"/findings/{number}")
        words = "an entry needs rule, project, subject and evidence as texts; remove the file, then mlgov ratchet write makes it anew"
        raise SettingsError(words, f"{path}:{span.line}:{span.column}") from None
    return Entry(texts[0], texts[1], texts[2], texts[3], count)


def held(findings: Iterable[Finding], known: Iterable[Entry], fixed_codes: frozenset[str]) -> Sorted:
    """Sort findings into known and new ones. fixed_codes: rules whose findings no ratchet takes."""
    entries_ = list(known)
    left = Counter({e.fingerprint: 0 for e in entries_})
    for one in entries_:
        left[one.fingerprint] += one.times if one.rule not in fixed_codes else 0
    new: list[Finding] = []
    old: list[Finding] = []
    for finding in findings:
        is_known = left[finding.fingerprint] > 0
        left[finding.fingerprint] -= is_known
        (old if is_known else new).append(finding)
    rest = {e: min(e.times, left[e.fingerprint]) for e in entries_ if left[e.fingerprint] > 0}
    return Sorted(tuple(new), tuple(old), rest)


def grown(base: Iterable[Entry], head: Iterable[Entry]) -> list[tuple[int, Entry]]:
    """The entries, by their number in the head, that the base has not or counts fewer of."""
    before: Counter[str] = Counter()
    for one in base:
        before[one.fingerprint] += one.times
    found = []
    for number, one in enumerate(head):
        before[one.fingerprint] -= one.times
        if before[one.fingerprint] < 0:
            found.append((number, one))
    return found


def counted(every: Iterable[Entry], before: Iterable[Entry] = ()) -> list[Entry]:
    """Each entry once, with its count, in a fixed order; words that `before` has for the same are kept."""
    words = {e.fingerprint: e._replace(times=1) for e in before}
    counts: Counter[str] = Counter()
    for one in every:
        words.setdefault(one.fingerprint, one._replace(times=1))
        counts[one.fingerprint] += one.times
    return sorted(words[key]._replace(times=times) for key, times in counts.items() if times > 0)


def text(every: Iterable[Entry]) -> str:
    """The file: one line per entry, so that a change of it can be read."""
    rows = ",\n".join("    " + json.dumps(_row(e), ensure_ascii=False) for e in every)
    return f'{{\n  "version": {VERSION},\n  "findings": [' + (f"\n{rows}\n  " if rows else "") + "]\n}\n"


def _row(one: Entry) -> dict[str, Any]:
    row = {field: getattr(one, field) for field in Entry._fields[:4]}
    return row | ({"count": one.times} if one.times > 1 else {})
