"""What users meet: product type, expectation, failure and control."""

from typing import Annotated, Literal

from mlgov.lifecycle.fields import (
    FilePaths,
    Flag,
    Fraction,
    Number,
    OneOrMore,
    PathOrUrl,
    PathsOrUrls,
    Ref,
    Text,
    Texts,
    items,
    states,
)
from mlgov.lifecycle.record import Record


class ScriptedResponse(Record):
    """An answer that people wrote for an intent."""

    intent: Text = states("what the user wants")
    response: Text = states("what is answered")


class Product(Record):
    """The section `product`."""

    type: OneOrMore[Literal["software-2.0", "human-in-the-loop", "autonomous"]] = items("FSDL product types")
    automation_level: Literal["assist", "recommend", "confirm", "act_with_override", "act"] | None = states(
        "how much the machine decides"
    )
    automation_rationale: Text = states("why so much")
    action_mode: Literal["suggest", "act"] | None = states("says or does")
    error_tolerance: Fraction = states("error rate users accept")
    expectations: Text = states("what users will expect")
    disclosed_limitations: Annotated[Texts, Ref("evaluation.limitations")] = items("limits shown to users")
    failure_path: Text = states("what the user sees when it fails")
    scripted_responses: list[ScriptedResponse] = items("answers that people wrote")
    sensitive_intents: Texts = items("intents that need a script")
    user_correction: Text = states("how a user corrects an output")
    confidence_threshold: Number = states("results below it are not shown")
    anthropomorphic: Flag = states("it poses as a person")
    disclosure: Text = states("how users learn it is a machine")
    user_needs: Text = states("what the person needs (human-in-the-loop)")
    design_changes: Text = states("design that tolerates lower accuracy")
    user_copy: FilePaths = items("user-facing texts to check")
    prototype: PathOrUrl = states("what was shown first")
    user_tests: PathsOrUrls = items("what users said")
