"""The parts of a split, row by row: how many, from when to when, of which classes, and what two parts share."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from mlgov.lifecycle.measured import Measured, MeasuredOverlap, MeasuredPart, Repeats
from mlgov.lifecycle.project import Project
from mlgov.verification.engines import View, engine_for
from mlgov.verification.folder import DataFolder
from mlgov.verification.job import Gap, Job, Table, Unmeasurable
from mlgov.verification.limits import Limits
from mlgov.verification.measurers.files import classes
from mlgov.verification.parts import Part, common, pairs, part_from, splits_of
from mlgov.verification.rows import ROW_NUMBERS, exact_hash, near_hash, present

KINDS = (MeasuredPart, MeasuredOverlap)


def jobs(project: Project, folder: DataFolder) -> Iterable[Job | Gap]:
    """One job for each split whose data lie here."""
    data = project.data
    asked = {
        "label": (data.labels and data.labels.name) or "",
        "key": (data.entity and data.entity.key_) or "",
        "time": (data.splits and data.splits.time_column) or "",
    }
    for tables, parts in splits_of(project, folder):
        told = asked | {"parts": [part.data() for part in parts]}
        yield Job("splits", parts[0].subject, parts[0].origin, tuple(tables), told)


def measure(job: Job, limits: Limits) -> Iterator[Measured | Unmeasurable]:
    """Every part, then every pair of parts of one fold; a table that cannot be read takes only its own parts along."""
    split = _Split(job, limits)
    yield from split.gaps
    for part in split.parts:
        yield split.part(part)
    for earlier, later in pairs(split.parts):
        yield split.overlap(earlier, later)


class _Split:
    """The rows of a split, kept as a table of hashes for each part: `h` exact, `m` near, `k` key, `t` seconds."""

    def __init__(self, job: Job, limits: Limits) -> None:
        self.asked, self.tables = job.asked, job.tables
        self.engine = engine_for(job.tables, limits)
        self.gaps: list[Unmeasurable] = []
        self._views = {at: view for at, table in enumerate(job.tables) if (view := self._view(table))}
        self.parts = [p for p in map(part_from, job.asked["parts"]) if p.table in self._views]
        self.shared = common([[name for name, _ in view.columns] for view in self._views.values()])
        self.compared = [name for name in self.shared if not self._numbers_rows(name)]
        self._near = [name for name in self.compared if name != self.asked["key"]]
        self._kept: dict[Part, str] = {}
        for at, part in enumerate(self.parts):
            try:
                self._keep(part, f"p{at}")
                self._kept[part] = f"p{at}"
            except Unmeasurable as error:
                self.gaps.append(error)
        self.parts = list(self._kept)

    def _view(self, table: Table) -> View | None:
        try:
            return self.engine.view(table)
        except Unmeasurable as error:
            self.gaps.append(error)
            return None

    def _numbers_rows(self, name: str) -> bool:
        """True for a column named like a number of rows that has another value in every row."""
        if name.strip().lower() not in ROW_NUMBERS or name == self.asked["key"]:
            return False
        counts = (
            self.engine.rows(f"SELECT count(*), count(DISTINCT {view.column(name)}) FROM {view.name}")[0]
            for view in self._views.values()
        )
        return all(rows == different for rows, different in counts)

    def _keep(self, part: Part, name: str) -> None:
        view = self._views[part.table]
        kinds = {tuple(v.kind(n) for n in self.compared) for v in self._views.values()}
        key, time = self._key(view), self._seconds(view)
        asked = [
            f"{exact_hash(self.engine, view, self.compared, len(kinds) == 1) if self.compared else 'NULL'} AS h",
            f"{near_hash(self.engine, view, self._near) if self._near else 'NULL'} AS m",
            f"{key} AS k",
            f"{time} AS t",
        ]
        begin, end = span(part)
        which = f" WHERE {time} >= {begin} AND {time} < {end}" if part.is_cut else ""
        self.engine.keep(name, f"SELECT {', '.join(asked)} FROM {view.name}{which}")

    def _key(self, view: View) -> str:
        if not (column := view.column(self.asked["key"])):
            return "NULL"
        value = self.engine.text(present(column, view.kind(self.asked["key"]), view.is_plain))
        return f"CASE WHEN {value} IS NOT NULL THEN {self.engine.hash64(value)} END"

    def _seconds(self, view: View) -> str:
        column = view.column(self.asked["time"])
        return self.engine.seconds(column) if column else "CAST(NULL AS DOUBLE)"

    def part(self, part: Part) -> MeasuredPart:
        """What one part holds."""
        begin, end = span(part)
        view = self._views[part.table]
        (found,) = self.engine.rows(
            f"SELECT count(*), count(t), min(t), max(t), count(CASE WHEN t < {begin} THEN 1 END), "
            f"count(CASE WHEN t >= {end} THEN 1 END) FROM {self._kept[part]}"
        )
        rows, timed, first, last, early, late = found
        label = self.asked["label"] if view.column(self.asked["label"]) and not part.is_cut else ""
        return MeasuredPart(
            subject=part.subject,
            origin=part.origin,
            part=part.name,
            path=self.tables[part.table].path,
            rows=rows,
            time=self.asked["time"] if view.column(self.asked["time"]) else "",
            first=moment(first),
            last=moment(last),
            untimed=rows - timed,
            early=early,
            late=late,
            label=label,
            classes=classes(self.engine, view, label),
        )

    def overlap(self, earlier: Part, later: Part) -> MeasuredOverlap:
        """What two parts share."""
        first, second = self._kept[earlier], self._kept[later]
        has_key = self.asked["key"] in self.shared
        keys = "count(*), count(CASE WHEN b.x IS NOT NULL THEN 1 END), coalesce(sum(CASE WHEN b.x IS NOT NULL THEN a.n END), 0)"
        all_keys, shared_keys, keyed = self._grouped(keys, second, first, "k") if has_key else (0, 0, 0)
        end, begin = self._count(first, "max(t)"), self._count(second, "min(t)")
        is_timed = end is not None and begin is not None
        return MeasuredOverlap(
            subject=later.subject,
            origin=later.origin,
            earlier=earlier.name,
            later=later.name,
            earlier_path=self.tables[earlier.table].path,
            later_path=self.tables[later.table].path,
            earlier_origin=earlier.origin,
            earlier_rows=self._count(first, "count(*)"),
            later_rows=self._count(second, "count(*)"),
            columns=len(self.compared),
            exact=self._repeats(first, second, "h"),
            near=self._repeats(first, second, "m") if len(self._near) > 1 else None,
            key=self.asked["key"] if has_key else "",
            keys=shared_keys,
            all_keys=all_keys,
            keyed=keyed,
            gap=begin - end if is_timed else None,
            before_end=self._count(second, f"count(CASE WHEN t <= {end!r} THEN 1 END)") if is_timed else 0,
        )

    @cache  # noqa: B019  # lives as long as the split, which lives as long as its job
    def _count(self, kept: str, what: str) -> Any:
        ((found,),) = self.engine.rows(f"SELECT {what} FROM {kept}")
        return found

    def _repeats(self, first: str, second: str, column: str) -> Repeats:
        """Rows of the second table that the first one has, told apart from chance where rows repeat by themselves."""
        told = (
            "coalesce(sum(b.n), 0), count(*), count(CASE WHEN a.n = 1 AND b.n = 1 THEN 1 END), "
            "count(CASE WHEN a.n = 2 AND b.x IS NULL THEN 1 END)"
        )
        rows, distinct, alone, doubled = self._grouped(told, first, second, column)
        return Repeats(rows=rows, distinct=distinct, alone=alone, doubled=doubled)

    def _grouped(self, told: str, first: str, second: str, column: str) -> list[int]:
        """Sums over the different values `x` of the first table, each `n` times in `a`, and in `b` where the second has it.

        Equal values have equal hashes, so the hashes can be looked at portion by portion.
        """
        every = max(self._count(kept, "count(*)") for kept in (first, second))
        portions = -(-every // self.engine.at_once)
        sums: list[int] = []
        for portion in range(max(portions, 1)):
            which = (
                f"{column} IS NOT NULL AND abs({column} % {portions}) = {portion}"
                if portions > 1
                else f"{column} IS NOT NULL"
            )
            a, b = (
                f"(SELECT {column} AS x, count(*) AS n FROM {kept} WHERE {which} GROUP BY {column})"
                for kept in (first, second)
            )
            (found,) = self.engine.rows(f"SELECT {told} FROM {a} a LEFT JOIN {b} b ON a.x = b.x")
            sums = [int(x) + y for x, y in zip(found, sums or [0] * len(found), strict=True)]
        return sums


def span(part: Part) -> tuple[float, float]:
    """The declared days of a part as seconds since 1970, the end exclusive; unbounded where nothing is declared."""
    begin = _instant(part.begin).timestamp() if part.begin else -1e18
    if not part.end:
        return begin, 1e18
    whole_day = timedelta(days=1) if len(part.end) <= 10 else timedelta(microseconds=1)
    return begin, (_instant(part.end) + whole_day).timestamp()


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def moment(seconds: float | None) -> str:
    """Seconds since 1970 as ISO 8601 in UTC, a day alone where it is midnight."""
    if seconds is None:
        return ""
    try:
        found = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return f"{seconds:g} s"
    text = found.isoformat(timespec="seconds").replace("+00:00", "Z")
    return text.removesuffix("T00:00:00Z")
