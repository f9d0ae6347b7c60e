"""Eppo: metrics that experiments measure."""

from mlgov.formats import eppo
from tests.unit.formats.deployment import survives
from tests.unit.formats.reading import FIXTURES, folder, project


def test_metrics_with_direction_and_role() -> None:
    retention, complaints = project(folder(FIXTURES / "eppo" / "real")).metrics
    assert (retention.id, retention.name, retention.direction) == ("retention_30d", "Retention 30d", "maximize")
    assert (retention.scope, float(retention.maturity)) == ("online", 30 * 86400)
    assert (complaints.role, complaints.direction) == ("guardrail", "minimize")


def test_odd_values_never_crash() -> None:
    survives(eppo)
