"""What commands share when they answer: output that any terminal takes, words with near misses, codes to complete."""

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


class OneOf(click.Choice[str]):
    """One of a few words; for another one the nearest of them is proposed."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        return super().get_invalid_choice_message(value, ctx).rstrip(".") + near(str(value), map(str, self.choices))


def near(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?`, or nothing where no known word is near."""
    import difflib

    by_shape = {name.lower(): name for name in known}
    found = difflib.get_close_matches(word.lower(), by_shape, n=1)
    return f"; did you mean {by_shape[found[0]]!r}?" if found else ""


def output_option(*formats: str) -> Callable[[F], F]:
    """`--output`, for what a command can print; the first format is the default."""
    help_ = "How to print it."
    return click.option("--output", "-o", type=OneOf(formats), default=formats[0], show_default=True, help=help_)


def say(text: str) -> None:
    """Print text on whatever a terminal can show; a lone surrogate must not end in a traceback."""
    click.echo(text.rstrip("\n").encode("utf-8", "backslashreplace"))


def say_json(data: Any) -> None:
    """Print data as indented JSON in which nothing of a stranger's can act."""
    from mlgov.renderers.escaping import json_text

    say(json_text(json.dumps(data, indent=2)))


def complete_rules(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """The codes and names of rules that begin like this; remembered, because importing all rules takes a while."""
    from mlgov import cache
    from mlgov.errors import MlgovError

    try:
        key = "names-" + cache.code_digest()
        names = cache.load(key)
        if not isinstance(names, list):
            names = _names()
            cache.store(key, names)
    except (MlgovError, OSError):
        return []
    return [name for name in map(str, names) if name.lower().startswith(incomplete.lower())]


def _names() -> list[str]:
    from mlgov.catalogue import installed_rules
    from mlgov.hygiene import HYGIENE

    known = [(r.code, r.name) for r in installed_rules()] + [(row.code, row.name) for row in HYGIENE.values()]
    return [*(code for code, _ in known), *(name for _, name in known)]
