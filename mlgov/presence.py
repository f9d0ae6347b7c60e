"""The shared helpers of presence rules: one finding that names every field a record lacks."""

from collections.abc import Iterator

from mlgov.lifecycle.project import Project
from mlgov.lifecycle.record import Record
from mlgov.rule import Observation


def missing(record: Record, message: str, *fields: str, any_of: tuple[str, ...] = ()) -> Iterator[Observation]:
    """One observation if a field is absent, empty or a placeholder.

    message: `{}` stands for the list of what is missing. any_of: of these fields one is enough.
    The finding stands at the first field that holds a placeholder, else at the record.
    """
    lacking = [record.key(field).replace("_", " ") for field in record.lacks(*fields)]
    lacking_names = list(record.lacks(*fields))
    if any_of and len(record.lacks(*any_of)) == len(any_of):
        lacking.append(" or ".join(record.key(field).replace("_", " ") for field in any_of))
        lacking_names += any_of
    if lacking:
        stated = [record.at(record.key(f)) for f in lacking_names if record.literal(record.key(f))]
        places = [*stated, record.at()]
        yield places[0], message.format(", ".join(lacking)), places[1:-1]


def missing_at(
    project: Project, path: str, message: str, *fields: str, any_of: tuple[str, ...] = ()
) -> Iterator[Observation]:
    """The same for the one record at `path` (`data.labels`); where it is absent as a whole, it lacks every field.

    Silent where the record, or a section above it, says `not_applicable` with a reason.
    """
    steps = tuple(path.split("."))
    record = project.part(path)
    if record is not None:
        yield from missing(record, message, *fields, any_of=any_of)
    elif not project.book.is_excused(steps):
        lacking = [field.strip("_").replace("_", " ") for field in fields]
        alternatives = " or ".join(field.strip("_").replace("_", " ") for field in any_of)
        yield project.at(*steps), message.format(", ".join([*lacking, *filter(None, [alternatives])]))
