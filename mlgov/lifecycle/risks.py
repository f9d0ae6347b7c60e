"""Known risks, and what is done about them."""

from typing import Annotated, Any, Literal, get_args

from pydantic_core import PydanticKnownError

from mlgov.lifecycle.fields import Consequence, Contact, Id, SignalRef, Text, Written, states
from mlgov.lifecycle.record import Record
from mlgov.units import Quantity, fraction

Likely = Literal["rare", "unlikely", "possible", "likely", "certain"]
_WORDS: tuple[str, ...] = get_args(Likely)


def _likelihood(value: Any) -> Any:
    """One of the five words, or a fraction."""
    if value is None or value in _WORDS:
        return value
    try:
        return fraction(value)
    except ValueError:
        if isinstance(value, str) and value[:1].isalpha():
            words = ", ".join(map(repr, _WORDS))
            raise PydanticKnownError("literal_error", {"expected": words}) from None
        raise


Likelihood = Annotated[
    Likely | Quantity | None,
    Written(_likelihood, {"anyOf": [{"enum": list(_WORDS)}, {"type": "number"}, {"type": "string", "pattern": "%$"}]}),
]


class Risk(Record):
    """One thing that may go wrong."""

    id: Id = states("names the risk")
    description: Text = states("what may go wrong")
    likelihood: Likelihood = states("a word, or a fraction")
    impact: Consequence | None = states("how bad it would be")
    mitigation: Text = states("what is done about it")
    covers: Text = states("path in this model, e.g. problem.ml_fit.complexity: the contraindication it mitigates")
    owner: Contact = states("who watches it")
    monitored_by: SignalRef = states("the signal that shows it")
