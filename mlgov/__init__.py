"""mlgov reads what an ML repository says about itself and fails the build where it contradicts itself."""

__version__ = "0.1.0"
