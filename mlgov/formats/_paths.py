"""Paths that files name, as paths from the root of the tree; the names and places of data sets and models."""

from typing import Any

from mlgov.formats._metric_words import split_of_path
from mlgov.lifecycle.metric_name import SPLITS, words

DATA_FORMATS = frozenset("csv tsv parquet feather arrow jsonl ndjson npz npy xlsx h5ad tfrecord avro orc".split())
MODEL_FORMATS = frozenset(
    "pkl pickle joblib pt pth onnx h5 hdf5 keras bin safetensors pb tflite cbm ubj mlmodel".split()
)
_CODE = frozenset("py ipynb sh r jl sql yaml yml toml cfg ini md rst html png svg".split())
_DATA_FOLDERS = frozenset("data dataset datasets".split())
_MODEL_FOLDERS = frozenset("model models checkpoints weights".split())


def rooted(folder: str, path: str) -> str:
    """`./data//raw/` as seen from a folder: `/folder/data/raw`; a URL and a path outside the tree stay as they are."""
    if "://" in path or path.startswith(("/", "~")) or path[1:3] == ":\\":
        return path
    parts = [part for part in folder.split("/") if part]
    for part in path.replace("\\", "/").split("/"):
        if part == "..":
            if not parts:
                return path
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/" + "/".join(parts)


def is_data(path: str) -> bool:
    """True if a path looks like data: by its folder and ending, or by its ending and its name."""
    if is_model(path) or _ending(path) in _CODE:
        return False
    if _folders(path) & _DATA_FOLDERS:
        return True
    stem = path.rpartition("/")[2].partition(".")[0]
    return _ending(path) in DATA_FORMATS and bool(set(words(stem)) & (_DATA_FOLDERS | SPLITS.keys()))


def is_model(path: str) -> bool:
    """True if a path looks like a trained model."""
    folders = _folders(path)
    return not folders & _DATA_FOLDERS and (_ending(path) in MODEL_FORMATS or bool(folders & _MODEL_FOLDERS))


def _folders(path: str) -> set[str]:
    return {part.lower() for part in path.split("/")[:-1]} | ({path.split("/")[-1].lower()} & _DATA_FOLDERS)


def _ending(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def dataset(path: str, **more: Any) -> dict[str, Any]:
    """A data set that lies at a path of the tree: its id is the path, its role what its name says."""
    plain = path.lstrip("/")
    made: dict[str, Any] = {"location": path, **more}
    identifier = "".join(c if c.isalnum() or c in "_-./@+" else "_" for c in plain)
    if identifier[:1].isalpha() or identifier[:1] == "_":
        made["id"] = identifier
    is_raw = _folders(path) & {"raw", "interim", "external", "original", "source"}
    if not is_raw and (role := split_of_path(plain)) in ("train", "validation", "test"):
        made["role"] = role
    return made
