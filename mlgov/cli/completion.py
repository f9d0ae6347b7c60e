"""`mlgov completion`: the script that lets a shell complete commands, options and rule codes."""

import click

from mlgov.cli.answers import OneOf, say


@click.command("completion")
@click.argument("shell", type=OneOf(("bash", "zsh", "fish")), metavar="bash|zsh|fish")
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script of a shell.

    \b
    bash   eval "$(mlgov completion bash)"   in ~/.bashrc
    zsh    eval "$(mlgov completion zsh)"    in ~/.zshrc
    fish   mlgov completion fish > ~/.config/fish/completions/mlgov.fish
    """
    from click.shell_completion import get_completion_class

    script = get_completion_class(shell)
    if script is None:
        raise click.ClickException(f"this version of click completes nothing for {shell}")
    say(script(ctx.find_root().command, {}, "mlgov", "_MLGOV_COMPLETE").source())
