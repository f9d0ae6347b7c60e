"""The help of every command teaches: it has examples, and they use options that exist."""

import re
import shlex

import click
import pytest

from mlgov.cli import COMMANDS, mlgov


def commands() -> dict[str, click.Command]:
    context = click.Context(mlgov)
    return {name: command for name in COMMANDS if (command := mlgov.get_command(context, name))}


def examples(command: click.Command) -> list[list[str]]:
    """The words of each line of the help with a command in it; what stands behind two blanks explains it."""
    lines = re.findall(r"^[ ]*(?:.*&& |.*\(|[a-z]+ +)?(mlgov .*)$", command.help or "", re.MULTILINE)
    return [shlex.split(re.split(r' {2,}| && | > |\)"', line)[0]) for line in lines]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example(name: str) -> None:
    command = commands()[name]
    inner = [*command.commands.values()] if isinstance(command, click.Group) else []
    assert any(words[1] == name for part in (command, *inner) for words in examples(part))


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_use_options_that_exist(name: str) -> None:
    every = commands()
    command = every[name]
    inner = [*command.commands.values()] if isinstance(command, click.Group) else []
    for words in (words for part in (command, *inner) for words in examples(part)):
        target = every[words[1]]
        rest = words[2:]
        if isinstance(target, click.Group) and rest and not rest[0].startswith("-"):
            target, rest = target.commands[rest[0]], rest[1:]
        known = {option for parameter in target.params for option in parameter.opts + parameter.secondary_opts}
        assert {word for word in rest if word.startswith("-")} <= known | {"--help"}, words
