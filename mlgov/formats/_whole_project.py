"""Tells files about a whole project from those of the libraries and templates that lie inside it."""

from mlgov.artifact import Artifact

_SIGNS = (
    "mlgov.yaml",
    "MODEL_CARD.md",
    "model_card.md",
    "models/model_card.md",
    "docs/model_card.md",
    "dvc.yaml",
    "MLproject",
)


def is_about_project(artifact: Artifact) -> bool:
    """True in the root of the tree, and beside a file that only the folder of an ML project has."""
    return not artifact.folder or any(artifact.beside(sign) is not None for sign in _SIGNS)
