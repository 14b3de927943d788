"""A group of commands that are imported when they are called, so that `--help` is quick."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import ClassVar

import click


class LazyGroup(click.Group):
    """A group that knows its commands by name; `commands_there` says where each is."""

    # name -> (module in pipeline.cli and function, the line in `--help` and docs/commands.md)
    commands_there: ClassVar[Mapping[str, tuple[str, str]]] = {}

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take `help COMMAND` for `COMMAND --help`."""
        if args[:1] == ["help"]:
            args = [*args[1:], "--help"]
        return super().parse_args(ctx, args)

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

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; for an unknown one name the nearest."""
        if args and not args[0].startswith("-") and args[0] not in self.commands_there:
            import difflib

            near = difflib.get_close_matches(args[0], self.commands_there, n=1)
            hint = (
                f" Did you mean {near[0]!r}?"
                if near
                else f" `{ctx.command_path} --help` lists them."
            )
            ctx.fail(f"There is no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table from the names, without importing the commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in self.commands_there.items()])
