"""What rules on measured data share: the declaration behind a measurement, and the words for counts."""

from mlgov.rulekit import Dataset, Measured, Project, SplitPart


def dataset_of(measured: Measured, project: Project) -> Dataset | None:
    """The data set whose location was measured."""
    return next((d for d in project.data.datasets if d.at("location") == measured.origin), None)


def part_of(measured: Measured, project: Project) -> SplitPart | None:
    """The part of a split that was measured."""
    parts = project.data.splits.parts if project.part("data.splits") else []
    return next((p for p in parts if measured.origin in (p.at("file"), p.at("dataset"))), None)


def many(count: int, noun: str) -> str:
    """`1 row`, `12,000 rows`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def share(part: int, whole: int) -> str:
    """`3.2%` of the whole, with as many digits as tell it from nothing and from all."""
    if part in (0, whole) or not whole:
        return "100%" if part else "0%"
    percent = 100 * part / whole
    return f"{percent:.1f}%" if 0.1 <= percent <= 99.9 else f"{percent:.2g}%" if percent < 50 else "almost 100%"
