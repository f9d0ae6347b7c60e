"""Finds the version of a model in the address it is loaded from, in an image tag and in environment variables."""

import re
from collections.abc import Iterator
from typing import Any

from mlgov.finding import Origin
from mlgov.formats._quantities import text_of
from mlgov.formats._results import Said

_VERSION = re.compile(r"v?\d{1,8}(?:\.\d{1,8}){0,3}(?:[-.]?(?:rc|a|b|alpha|beta|dev|post)[-.]?\d{0,6})?").fullmatch
_FILE = re.compile(
    r"[\w.@+-]{1,200}\.(?:tar\.gz|tgz|zip|pkl|pickle|joblib|onnx|pt|pth|bst|json|h5|keras|bin|safetensors|mar|txt)"
).fullmatch
_VARIABLE = re.compile(r"(?:\w{0,60}_)?MODEL_VERSION").fullmatch
_ADDRESS = re.compile(r"(?:\w{0,60}_)?(?:MODEL_(?:URI|URL|PATH|DIR|LOCATION)|STORAGE_URI)").fullmatch
_FLAG = re.compile(r"--?model[-_]?version(?:=(.{1,100}))?").fullmatch
# images that serve any model: their tags are versions of the server
_SERVERS = frozenset(
    "torchserve tritonserver triton mlserver serving vllm sklearnserver xgbserver lgbserver paddleserver pmmlserver aifserver "
    "huggingfaceserver ollama python pytorch tensorflow ray bentoml openjdk node ubuntu debian tgi ovms".split()
)
_LABELS = frozenset("model-version model_version modelversion ml-model-version".split())


def is_version(text: str) -> bool:
    """True for `1.4.0`, `v2`, `3`, `2.0.0-rc1`."""
    return len(text) <= 40 and _VERSION(text) is not None


def version_of_address(address: Any) -> str | None:
    """The version at the end of an address: `s3://models/churn/1.4.0`, `models:/churn/3`, `oci://r/churn:v1`."""
    text = text_of(address)
    if text is None or len(text) > 2000:
        return None
    steps = [step for step in text.partition("?")[0].split("/") if step]
    if len(steps) > 1 and _FILE(steps[-1]):
        steps.pop()
    last = steps[-1] if len(steps) > 1 else ""
    tagged = last.rpartition(":")[2] if "://" in text else last
    return tagged if is_version(tagged) else None


def version_of_image(image: Any) -> str | None:
    """The tag of an image of one's own where it is a version with a `v` or a point: `1.4.0`, `v2`; not `latest`."""
    text = text_of(image)
    if text is None or "@" in text:
        return None
    name, _, tag = text.rpartition("/")[2].partition(":")
    if _SERVERS & set(name.lower().split("-")):
        return None
    return tag if is_version(tag) and (tag[0] == "v" or "." in tag) else None


def stated_versions(container: dict[str, Any], where: Origin) -> Iterator[Said]:
    """The versions that a container is told: by variables, by the address of its model, by arguments."""
    env = container.get("env")
    for at, entry in enumerate(env if isinstance(env, list) else ()):
        if isinstance(entry, dict) and (found := version_of_variable(entry.get("name"), entry.get("value"))):
            yield Said(found, where.at("env", at, "value"))
    for field in ("command", "args"):
        words = container.get(field)
        yield from _flags(words if isinstance(words, list) else [], where.at(field))


def version_of_variable(name: Any, value: Any) -> str | None:
    """The version that `MODEL_VERSION` states, or the end of `MODEL_URI`."""
    if not isinstance(name, str) or not isinstance(value, (str, int, float)):
        return None
    if _VARIABLE(name.upper()):
        text = text_of(value)
        return text if text and len(text) <= 100 else None
    return version_of_address(value) if _ADDRESS(name.upper()) else None


def _flags(words: list[Any], where: Origin) -> Iterator[Said]:
    for at, word in enumerate(words):
        found = _FLAG(word) if isinstance(word, str) else None
        if found is None:
            continue
        place = at if found[1] else at + 1
        text = text_of(found[1] or (words[place] if place < len(words) else None))
        if text and not text.startswith("-"):
            yield Said(text, where.at(place))


def version_of_labels(labels: dict[str, Any], where: Origin) -> Iterator[Said]:
    """The labels that name a model version: `model-version: 1.4.0`."""
    for key, value in labels.items():
        text = text_of(value)
        if text and str(key).rpartition("/")[2].lower() in _LABELS:
            yield Said(text, where.at(key))
