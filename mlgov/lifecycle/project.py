"""The lifecycle model of one ML product, joined from everything its files state."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from mlgov.finding import Origin
from mlgov.lifecycle.book import Book, Claim, Path
from mlgov.lifecycle.measured import Measured
from mlgov.lifecycle.record import Record
from mlgov.lifecycle.tree import in_folder
from mlgov.snapshot import Unreadable, matches

if TYPE_CHECKING:
    from mlgov.lifecycle.comparison import Comparer
    from mlgov.lifecycle.data import Dataset
    from mlgov.lifecycle.manifest import Manifest
    from mlgov.lifecycle.metrics import Metric
    from mlgov.lifecycle.monitoring import Signal
    from mlgov.lifecycle.result import MetricResult

R = TypeVar("R", bound=Record | Measured)
T = TypeVar("T")

STAGES = ("ideation", "development", "validation", "pre_launch", "production")
# the section whose facts show that a project has come at least this far
_SIGNS = (
    ("pre_launch", ("rollout", "experiments", "monitoring")),
    ("validation", ("evaluation",)),
    ("development", ("data", "training")),
)
# sections that are asked for at this stage and again later: that one exists tells nothing about the later stage
_ASKED_FROM = {"problem": "ideation", "product": "ideation", "data": "development", "process": "validation"}


class Tree(Protocol):
    """What a project may ask about the files around it: their names, and the text of pages it declares itself."""

    def exists(self, path: str) -> bool:
        """True if a file or folder of exactly this name is in the tree."""

    def near(self, path: str) -> str | None:
        """The path that differs from this one only in case, if there is one."""

    def files(self) -> Iterable[str]:
        """The paths of all files."""

    def read(self, path: str) -> bytes:
        """The content of a file; raises `Unreadable` where there is none."""


class Project:
    """One ML product. Sections are attributes (`project.evaluation.results`); an absent section is an empty record.

    id: key of the project in its repository. folder: where it lives, "" = the root.
    has_manifest: False where only native files speak; then nothing is asked to be present.
    """

    def __init__(self, name: str, folder: str, model: "Manifest", book: Book, tree: Tree, today: str = "") -> None:
        self.folder, self.book, self.tree, self.today = folder, book, tree, today
        self.model = model
        self.id = getattr(model.project, "id", None) or name
        self.has_manifest = book.has_manifest
        # every record of the project, in the order of the model
        self.every: list[Record] = list(model.bind(book, ()))
        # what was measured in its data; None where nobody asked for that
        self.measured: tuple[Measured, ...] | None = None
        self._records: dict[type, list[Any]] | None = None
        self._meant: dict[str | None, Metric | None] = {}
        self._called: dict[str, str] = {}
        self._together: dict[tuple[str | None, ...], frozenset[str]] = {}
        self._once: dict[Any, Any] = {}

    def __getattr__(self, section: str) -> Any:
        if section.startswith("_"):
            raise AttributeError(section)
        value = getattr(self.model, section)
        if value is None:
            value = self.model.empty(section)
            self.every += value.bind(self.book, (section,))
            setattr(self.model, section, value)
        self.__dict__[section] = value  # rules ask for the same sections again and again
        return value

    @property
    def identity(self) -> Any:
        """The section `project`: id, stage, risk tier, card."""
        return self.__getattr__("project")

    @cached_property
    def stage(self) -> str:
        """The declared stage, else the furthest one whose facts exist; `retired` is possible."""
        if self.identity.stage:
            return str(self.identity.stage)
        return next((stage for stage, sections in _SIGNS if any(map(self.has_section, sections))), "ideation")

    def reached(self, stage: str) -> bool:
        """True if the project is at `stage` or beyond it; `any` is always reached, nothing is when retired."""
        if stage == "any":
            return True
        return self.stage in STAGES and STAGES.index(self.stage) >= STAGES.index(stage)

    def has_section(self, name: str) -> bool:
        """True if anything is stated in the section (`evaluation`, `training.lineage`)."""
        return bool(self.book.raw(tuple(name.split("."))))

    def has_begun(self, name: str, stage: str) -> bool:
        """True if the section exists although nothing asks for it before `stage`."""
        first = _ASKED_FROM.get(name, stage)
        return self.has_section(name) and STAGES.index(first) >= STAGES.index(stage)

    def is_excused(self, name: str) -> bool:
        """True if the section says `not_applicable` with a reason."""
        return self.book.is_excused(tuple(name.split(".")))

    def at(self, *path: str | int) -> Origin:
        """Where a path of the model stands; the manifest (or first file) where it is not stated."""
        return self.book.origin(path)

    def claims(self, path: str) -> list[Claim]:
        """Everything that is said about one single value: `project.claims("serving.model_version")`."""
        return list(self.book.stated(tuple(path.split("."))))

    def claims_below(self, path: str) -> list[Claim]:
        """The same for every value below one path: `project.claims_below("training.hyperparameters")`."""
        steps = tuple(path.split("."))
        paths = dict.fromkeys((*_leaves(self.book.raw(steps), steps), *self.book.claims))
        return [claim for where in paths if where[: len(steps)] == steps for claim in self.book.stated(where)]

    def part(self, path: str) -> Record | None:
        """The one record at a path (`data.labels`), None where nothing is stated there."""
        record: Any = self.model
        for step in path.split("."):
            record = getattr(record, step, None)
        return record if isinstance(record, Record) else None

    def once(self, make: Callable[["Project"], T]) -> T:
        """What `make` says about this project, made once however many rules ask: `project.once(ramps)`."""
        if make not in self._once:
            self._once[make] = make(self)
        found: T = self._once[make]
        return found

    def records(self, kind: type[R]) -> list[R]:
        """All records of one type, in the order of the model; all measurements of one type, as they were made."""
        if issubclass(kind, Measured):
            return [found for found in self.measured or () if type(found) is kind]
        if self._records is None:
            self._records = {}
            for record in self.every:
                self._records.setdefault(type(record), []).append(record)
        return self._records.get(kind, [])

    def ids(self, section: str) -> list[str]:
        """The ids that a section defines: `project.ids("monitoring.signals")`."""
        rows = self.book.raw(tuple(section.split(".")))
        items = rows if isinstance(rows, list) else []
        return [str(i.get("id") or i.get("name")) for i in items if isinstance(i, dict)]

    def metric(self, name: str | None) -> "Metric | None":
        """The definition of a metric by id, alias, normalised name or series; None where it is not defined."""
        if name not in self._meant:  # rules ask for the same few names again and again
            from mlgov.lifecycle.metrics import find_metric

            self._meant[name] = find_metric(name, self.model.metrics) if name else None
        return self._meant[name]

    @cached_property
    def signals(self) -> "dict[str, Signal]":
        """The signals by id; of several with one id the first."""
        return {s.id: s for s in reversed(self.monitoring.signals) if s.id}

    def metric_id(self, name: str | None) -> str:
        """What tells one metric from another: the id of its definition, else its normalised name; "" for no name."""
        if not name:
            return ""
        if name not in self._called:  # asked for each pair of an alert and a bound
            self._called[name] = self._metric_id(name)
        return self._called[name]

    def metric_ids(self, *names: str | None) -> frozenset[str]:
        """The ids of several metrics; `None` names none."""
        if names not in self._together:  # asked for each pair of an alert and a bound
            self._together[names] = frozenset(self.metric_id(name) for name in names if name)
        return self._together[names]

    def _metric_id(self, name: str) -> str:
        from mlgov.lifecycle.metric_name import metric_name

        metric = self.metric(name)
        if metric and metric.id:
            return metric.id
        said = metric_name(name)
        parts = (said.base, said.average, said.percentile, said.k, said.threshold)
        return "_".join(str(part) for part in parts if part is not None)

    @cached_property
    def results(self) -> "list[MetricResult]":
        """The measured numbers of the model itself, stated anywhere: not those of baselines and candidates.

        A number that a manifest binds by `source` counts once: as the manifest describes it.
        """
        found: list[MetricResult] = [r for r in self.evaluation.results if r.metric and r.value is not None]
        bound = {r.at("value") for r in found if r.at("value").file != r.at().file}
        return [r for r in found if r.at() not in bound]

    @cached_property
    def statements(self) -> "list[MetricResult]":
        """The results, and what is claimed of the model elsewhere (a README), all as results."""
        claims = [c.as_result() for c in self.evaluation.claims if c.metric and c.value is not None]
        return [*self.results, *claims]

    def version_in(self, file: str) -> str | None:
        """The version that a native file says the product has (a model card that states its version)."""
        said = self.book.claims.get(("project", "version"), ())
        return next((claim.text for claim in said if claim.origin.file == file), None)

    @cached_property
    def comparer(self) -> "Comparer":
        """Compares results of this project: `project.comparer.compare(a, b).answer == "same"`."""
        from mlgov.lifecycle.comparison import Comparer

        return Comparer(self)

    def unit(self, name: str | None) -> str | None:
        """The unit of a metric by name, where its definition states one."""
        metric = self.metric(name)
        return metric.unit if metric else None

    def primaries(self, scope: str) -> "list[Metric]":
        """The primary metrics of a scope, `offline` or `online`; an unstated scope counts as offline."""
        return [m for m in self.metrics if m.role == "primary" and (m.scope or "offline") == scope]

    def dataset(self, name: str | None) -> "Dataset | None":
        """The data set by id, alias or location; `data/a.csv`, `./data/a.csv` and `/data/a.csv` may be one place."""
        if not name:
            return None
        for dataset in self.data.datasets:
            if name in (dataset.id, dataset.location, *dataset.aliases):
                return dataset  # type: ignore[no-any-return]
        path = self.path(name)
        found = [d for d in self.data.datasets if d.location and "://" not in d.location]
        return next((d for d in found if path == self.path(d.location)), None) if "://" not in name else None

    def path(self, path: str) -> str:
        """A path of the model as a path of the tree."""
        return in_folder(self.folder, path.partition("#")[0])

    def exists(self, path: str) -> bool | None:
        """True or False for a path of the tree; None for a URL and other things that are no path."""
        if "://" in path or path.startswith(("mailto:", "#")):
            return None
        return self.tree.exists(self.path(path))

    def text(self, path: str) -> str | None:
        """The text of a page that the model declares as its own (`product.user_copy`); None where it cannot be read."""
        try:
            return self.tree.read(self.path(path)).decode("utf-8", "replace")
        except Unreadable:
            return None

    def matches_any(self, pattern: str) -> bool:
        """True if a pattern as in `.gitignore` or CODEOWNERS, seen from the root of the tree, matches a file of it."""
        if pattern.startswith("/") and not set(pattern) & set("*?[\\"):
            return self.tree.exists(pattern.strip("/"))
        return any(matches(path, pattern) for path in self.tree.files())


def _leaves(value: Any, path: Path) -> Iterator[Path]:
    """The paths of everything below a value that is no mapping."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif value is not None:
        yield path


def first(items: Iterator[R] | list[R], test: Callable[[R], bool]) -> R | None:
    """The first item for which `test` holds."""
    return next((item for item in items if test(item)), None)


__all__ = ["Path", "Project", "Tree", "first"]
