"""What operations make of plain data: the other half of every proof that an edit did what it should and no more."""

from collections.abc import Iterable
from typing import Any, Final

from mlgov.documents import MISSING, read_json, text_of
from mlgov.documents.pointer import steps
from mlgov.errors import EditError
from mlgov.finding import Operation

LATE: Final = ("remove", "order")  # what moves the items of a list comes after all that counts on their places


def value_of(operation: Operation) -> Any:
    """The value of an operation as data; its numbers keep their digits."""
    documents = read_json(f"[{operation.value}]".encode()).documents
    if not documents:
        raise EditError(f"{operation.value!r} is no JSON text")
    return documents[0].data[0]


def patched(data: Any, operations: Iterable[Operation]) -> Any:
    """The data after all operations, each of which speaks about the data as they were; nothing given is changed."""
    every = list(operations)
    early = [o for o in every if o.op not in LATE]
    late = sorted((o for o in every if o.op in LATE), key=_position, reverse=True)
    whole = {"": data}  # so that the document itself has a key as well
    for operation in (*early, *late):
        whole = _under(whole, ["", *steps(operation.origin.pointer)], operation)
    return whole.get("")


def _position(operation: Operation) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in steps(operation.origin.pointer)]


def _under(data: Any, way: list[str], operation: Operation) -> Any:
    key, *rest = way
    if not rest:
        return _changed(data, key, operation)
    return _put(data, key, _under(_got(data, key), rest, operation))


def _changed(data: Any, key: str, operation: Operation) -> Any:
    """The collection in which the operation takes place, after it."""
    if operation.op == "add":
        return _added(data, key, value_of(operation))
    old = _got(data, key)
    if operation.op == "replace":
        return _put(data, key, value_of(operation))
    if operation.op == "order":
        return _put(data, key, _ordered(old, operation))
    if operation.op == "rename":
        return _renamed(data, key, str(value_of(operation)))
    if isinstance(data, dict):
        return {k: v for k, v in data.items() if k != key}
    return [item for i, item in enumerate(data) if str(i) != key]


def _renamed(data: Any, key: str, new: str) -> Any:
    if not isinstance(data, dict) or new in data:
        raise EditError(f"{key!r} cannot be called {new!r}")
    return {new if k == key else k: v for k, v in data.items()}


def _ordered(items: Any, operation: Operation) -> Any:
    order = value_of(operation)
    if not isinstance(items, list) or sorted(order) != list(range(len(items))):
        raise EditError(f"{operation.origin.pointer} is no list of {len(order)}")
    return [items[i] for i in order]


def _added(data: Any, key: str, value: Any) -> Any:
    if isinstance(data, list) and key == "-":
        return [*data, value]
    if not isinstance(data, dict) or key in data:
        raise EditError(f"{key!r} cannot be added there")
    return data | {key: value}


def _got(data: Any, key: str) -> Any:
    if isinstance(data, dict) and key in data:
        return data[key]
    if isinstance(data, list) and _is_index(key, data):
        return data[int(key)]
    raise EditError(f"nothing stands at {key}")


def _put(data: Any, key: str, value: Any) -> Any:
    if isinstance(data, dict):
        return data | {key: value}
    return [value if str(i) == key else item for i, item in enumerate(data)]


def _is_index(key: str, items: list[Any]) -> bool:
    return key.isascii() and key.isdigit() and int(key) < len(items)


def same(one: Any, other: Any) -> bool:
    """True if two data say the same in the same digits; the order of keys does not matter."""
    if isinstance(one, dict) or isinstance(other, dict):
        if not isinstance(one, dict) or not isinstance(other, dict) or one.keys() != other.keys():
            return False
        return all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) or isinstance(other, list):
        if not isinstance(one, list) or not isinstance(other, list) or len(one) != len(other):
            return False
        return all(map(same, one, other))
    if one is MISSING or other is MISSING:
        return one is other
    return isinstance(one, str) == isinstance(other, str) and text_of(one) == text_of(other)
