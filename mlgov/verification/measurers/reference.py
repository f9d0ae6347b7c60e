"""The reference window of drift monitoring beside the training data: each input as rows in the same bins."""

from collections.abc import Iterable, Iterator, Sequence

from mlgov.finding import Origin
from mlgov.lifecycle.measured import Measured, MeasuredShift, ShiftedColumn
from mlgov.lifecycle.project import Project
from mlgov.verification.engines import Engine, View, engine_for
from mlgov.verification.folder import DataFolder
from mlgov.verification.job import Gap, Job
from mlgov.verification.limits import Limits
from mlgov.verification.measurers.files import AT_ONCE
from mlgov.verification.measurers.label import inputs
from mlgov.verification.parts import common, training_table
from mlgov.verification.rows import ROW_NUMBERS, present

KINDS = (MeasuredShift,)
TENTHS = tuple(n / 10 for n in range(1, 10))
MOST_VALUES = 50  # of a column that is held against the other value by value


def jobs(project: Project, folder: DataFolder) -> Iterable[Job | Gap]:
    """One job for each data set with the role of a reference."""
    references = [d for d in project.data.datasets if d.role == "reference" and d.location]
    train = training_table(project, folder) if references else None
    for dataset in references if train else ():
        table = folder.table(project, dataset.location, dataset.at("location"), dataset.subject)
        if table and train and table.path != train[0].path:
            data = project.data
            others = [data.entity and data.entity.key_, data.splits and data.splits.time_column]
            asked = {"inputs": inputs(project), "others": [o for o in others if o], "train": list(train[1])}
            yield Job("reference", dataset.subject, dataset.at("location"), (table, train[0]), asked)


def measure(job: Job, limits: Limits) -> Iterator[Measured]:
    """Bins from the training data, and the rows of both in them."""
    engine = engine_for(job.tables, limits)
    reference, train = (engine.view(table) for table in job.tables)
    names = common([[name for name, _ in view.columns] for view in (reference, train)])
    asked = set(job.asked["inputs"]) or {name for name in names if name.strip().lower() not in ROW_NUMBERS}
    chosen = [name for name in names if name in asked and name not in job.asked["others"]]
    rows = [engine.rows(f"SELECT count(*) FROM {view.name}")[0][0] for view in (reference, train)]
    columns = [
        column
        for start in range(0, len(chosen), AT_ONCE)
        for column in _columns(engine, train, reference, chosen[start : start + AT_ONCE])
    ]
    if columns:
        yield MeasuredShift(
            subject=job.subject,
            origin=job.origin,
            path=job.tables[0].path,
            rows=rows[0],
            train_path=job.tables[1].path,
            train_rows=rows[1],
            train_origin=Origin(*job.asked["train"]),
            columns=tuple(columns),
        )


def _columns(engine: Engine, train: View, reference: View, names: Sequence[str]) -> Iterator[ShiftedColumn]:
    """Numbers by the tenths of the training data, few values one by one; other texts have no bins."""
    asked = []
    for name in names:
        value, number = _value(engine, train, name)
        asked += [
            f"count({value})",
            f"count({number})",
            f"approx_count_distinct({value})",
            engine.quantiles(number, TENTHS),
        ]
    (told,) = engine.rows(f"SELECT {', '.join(asked)} FROM {train.name}")
    for at, name in enumerate(names):
        values, numbers, different, cuts = told[4 * at : 4 * at + 4]
        if values and numbers == values and different > len(TENTHS):
            edges = sorted({float(cut) for cut in cuts})
            counts = [_tenths(engine, view, name, edges) for view in (train, reference)]
        elif 1 < different <= MOST_VALUES:
            counts = _by_value(engine, train, reference, name)
        else:
            continue
        yield ShiftedColumn(name=name, train=tuple(counts[0]), reference=tuple(counts[1]))


def _tenths(engine: Engine, view: View, name: str, edges: Sequence[float]) -> list[int]:
    _, number = _value(engine, view, name)
    below = [f"count(CASE WHEN {number} <= {edge!r} THEN 1 END)" for edge in edges]
    (told,) = engine.rows(f"SELECT count(*), count({number}), {', '.join(below)} FROM {view.name}")
    every, numbers, *sums = told
    return [b - a for a, b in zip([0, *sums], [*sums, numbers], strict=True)] + [every - numbers]


def _by_value(engine: Engine, train: View, reference: View, name: str) -> list[list[int]]:
    counts: list[dict[str | None, int]] = []
    for view in (train, reference):
        value, _ = _value(engine, view, name)
        rows = engine.rows(f"SELECT {value}, count(*) FROM {view.name} GROUP BY 1 LIMIT {20 * MOST_VALUES}")
        counts.append({found: int(count) for found, count in rows})
    values = sorted({v for found in counts for v in found if v is not None})
    return [[found.get(value, 0) for value in [*values, None]] for found in counts]


def _value(engine: Engine, view: View, name: str) -> tuple[str, str]:
    text = engine.text(present(view.column(name), view.kind(name), view.is_plain))
    return text, engine.number(text)
