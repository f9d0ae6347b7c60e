"""Parts of a split and the days between them."""

from collections.abc import Iterator
from datetime import date, datetime

from mlgov.rulekit import Quantity, SplitPart, Splits, interval

DAY = 86400.0


def stated_together(splits: Splits) -> list[list[SplitPart]]:
    """The parts by the file that states them: the parts of two files are not one split."""
    files: dict[str, list[SplitPart]] = {}
    for part in splits.parts:
        if part.part:
            files.setdefault(part.at().file, []).append(part)
    return list(files.values())


def slack(number: Quantity) -> float:
    """How far an approximate number may be off; an exact one claims itself."""
    claimed = interval(number) if number.approximate else None
    return (claimed[1] - claimed[0]) / 2 if claimed else 0.0


def half_step(share: Quantity | None) -> float:
    """Half a step of the last printed digit, but at least two digits are meant: nobody prints 0.85 as 0.8 in a split."""
    if share is None:
        return 0.0
    digits = len(share.text.rstrip("% ").partition(".")[2]) + (2 if "%" in share.text else 0)
    return max(0.5 * 10.0 ** -max(digits, 2) + 1e-9, slack(share))


def train_and_later(parts: list[SplitPart]) -> Iterator[tuple[SplitPart, SplitPart]]:
    """Each validation or test part with the training part before it, so that rolling folds pair by fold."""
    trains = [p for p in parts if p.part == "train"]
    train = trains[0] if trains else None
    for part in parts:
        if part.part == "train":
            train = part
        elif train is not None:
            yield train, part


def seconds_between(last: str, first: str) -> tuple[float, bool]:
    """From the last event of one part to the first of the next, and whether both state a time of day."""
    end, begin = datetime.fromisoformat(last), datetime.fromisoformat(first)
    if len(last) > 10 and len(first) > 10 and (end.tzinfo is None) == (begin.tzinfo is None):
        return (begin - end).total_seconds(), True
    return (date.fromisoformat(first[:10]) - date.fromisoformat(last[:10])).days * DAY, False


def days(seconds: float) -> str:
    """`30 d`, `0.5 d`."""
    return f"{seconds / DAY:g} d"
