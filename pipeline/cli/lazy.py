"""A group of commands that are imported when they are called, so that `--help` is quick."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class LazyGroup(click.Group):
    """A group that knows its commands by name; `commands_there` says where each is."""

    # name -> (module in pipeline.cli and function, the line in `--help` and docs/commands.md)
    commands_there: ClassVar[Mapping[str, tuple[str, str]]] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order of the table."""
        return list(self.commands_there)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name."""
        if cmd_name not in self.commands_there:
            return None
        module, _, name = self.commands_there[cmd_name][0].partition(":")
        command = getattr(import_module(f"pipeline.cli.{module}"), name)
        assert isinstance(command, click.Command)  # noqa: S101 - our own table
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands that begin so, without importing them, and the options."""
        from click.shell_completion import CompletionItem

        found = [
            CompletionItem(name, help=says)
            for name, (_, says) in self.commands_there.items()
            if name.startswith(incomplete)
        ]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, `--help` for `help COMMAND`; for an unknown one name the nearest."""
        if set(args) == {"help"}:
            click.echo(ctx.get_help())
            ctx.exit()
        if "help" in (args[0], args[-1] if len(args) == 2 else ""):  # help rank, rank help
            args = [*(word for word in args if word != "help"), "--help"]
        if not args[0].startswith("-") and args[0] not in self.commands_there:
            from pipeline.text.spelling import did_you_mean

            listed = f"`{ctx.command_path} --help` lists them."
            hint = did_you_mean(args[0], self.commands_there, listed, form="'{}'")
            ctx.fail(f"There is no command {args[0]!r}. {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table from the names, without importing the commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in self.commands_there.items()])
