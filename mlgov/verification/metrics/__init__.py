"""Metrics computed again from predictions, each in all the definitions that people use under its name."""

from mlgov.verification.metrics.computing import Asked, compute
from mlgov.verification.metrics.limits import Estimate, estimate
from mlgov.verification.metrics.sample import Incomputable, Sample

__all__ = ["Asked", "Estimate", "Incomputable", "Sample", "compute", "estimate"]
