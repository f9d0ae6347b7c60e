"""Measures what projects declare about their data, in the data themselves; only a run with `--data` comes here."""

from mlgov.verification.connections import connections, require_known
from mlgov.verification.folder import DataFolder
from mlgov.verification.job import Gap, Job, Table
from mlgov.verification.limits import Limits, limits_from, require
from mlgov.verification.measuring import Verified, measure

__all__ = [
    "DataFolder", "Gap", "Job", "Limits", "Table", "Verified", "connections", "limits_from", "measure", "require",
    "require_known",
]  # fmt: skip
