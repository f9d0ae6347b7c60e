"""One digest of a content must stand beside one size.

## Why
Two contents of different length cannot have the same digest. Where a lock says so, an entry was edited by hand or merged
badly, and nobody can tell which model was evaluated.

DVC takes the digest of a text file after it has made all line ends alike, so the same text may be longer on another
machine; a text is reported only if it is more than twice as long. Of a folder the number of its files is compared.

## Fails
~~~yaml dvc.lock
schema: '2.0'
stages:
  train:
    cmd: python train.py
    outs:
    - {path: models/net.pt, md5: 8089d90968c4a99a379ccbf1cc82e828, size: 156430735}
  evaluate:
    cmd: python evaluate.py
    deps:
    - {path: models/net.pt, md5: 8089d90968c4a99a379ccbf1cc82e828, size: 156425487}
~~~

### a folder with more files
~~~yaml data/raw.dvc
outs:
- {md5: a87ff679a2f3e71d9181a67b7542122c.dir, size: 1000, nfiles: 40, path: raw}
~~~
~~~yaml dvc.lock
schema: '2.0'
stages:
  train:
    cmd: python train.py
    deps:
    - {path: data/raw, md5: a87ff679a2f3e71d9181a67b7542122c.dir, size: 1000, nfiles: 41}
~~~

## Passes
~~~yaml dvc.lock
schema: '2.0'
stages:
  train:
    cmd: python train.py
    deps:
    - {path: train.py, md5: e4da3b7fbbce2345d7772b0674a318d5, size: 1000}
    outs:
    - {path: models/net.pt, md5: 8089d90968c4a99a379ccbf1cc82e828, size: 156430735}
  evaluate:
    cmd: python evaluate.py
    deps:
    - {path: train.py, md5: e4da3b7fbbce2345d7772b0674a318d5, size: 1042}
    - {path: models/net.pt, md5: 8089d90968c4a99a379ccbf1cc82e828, size: 156430735}
~~~

## Abstains
~~~yaml dvc.lock
schema: '2.0'
stages:
  train:
    cmd: python train.py
    deps:
    - {path: train.py, md5: e4da3b7fbbce2345d7772b0674a318d5, size: 1000}
  evaluate:
    cmd: python evaluate.py
    deps:
    - {path: train.py, md5: e4da3b7fbbce2345d7772b0674a318d5, size: 1042}
~~~

## Remedy
run the stages that use the file, and commit the lock that the tool writes

## References
S1-25, S4-58; ML Test Score I1
"""

from mlgov.rulekit import Findings, PipelineFile, Project, abstain, rule

_UNITS = {"files": "files", "size": "bytes"}
# what no tool takes for a text
_BINARY = frozenset(
    "pt pth pkl pickle joblib onnx h5 hdf5 keras bin safetensors tflite cbm ubj ckpt parquet feather arrow npz npy zip gz bz2 xz "
    "tar tgz 7z png jpg jpeg gif bmp tif tiff wav mp3 flac mp4 avi pdf xlsx db sqlite tfrecord avro orc".split()
)


@rule("MOD209", severity="IWE", sources=["S1-25", "S4-58"])
def digest_with_two_sizes(project: Project) -> Findings:
    alike: dict[str, list[PipelineFile]] = {}
    for file in project.records(PipelineFile):
        if file.digest:
            alike.setdefault(file.digest.lower(), []).append(file)
    for digest, files in alike.items():
        field = "files" if digest.endswith(".dir") else "size"
        other = next((f for f in files if _count(f, field) not in (None, _count(files[0], field))), None)
        if other is None:
            continue
        first, second = (f"{f.literal(field)} {_UNITS[field]} in {f.at().file}" for f in (files[0], other))
        words = f"{other.path_}: one digest {other.digest} beside {first} and {second}"
        if field == "files" or _is_binary(other) or _doubles(files[0], other):
            yield other.at(field), words, [files[0].at(field)]
        else:
            yield abstain(f"line ends may explain it: {words}")


def _count(file: PipelineFile, field: str) -> float | None:
    value = file.size if field == "size" else file.files
    return None if value is None else float(value)


def _is_binary(file: PipelineFile) -> bool:
    return str(file.path_).rpartition(".")[2].lower() in _BINARY


def _doubles(one: PipelineFile, other: PipelineFile) -> bool:
    """True for sizes that no change of line ends explains."""
    small, large = sorted((_count(one, "size") or 0.0, _count(other, "size") or 0.0))
    return large > 2 * small
