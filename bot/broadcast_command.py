"""`heard broadcast`, as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.settings import Settings

_Token = Annotated[str, typer.Argument(help="Its token, as heard broadcast list has it.")]
_Json = Annotated[bool, typer.Option("--json", help="As JSON.")]
_Watch = Annotated[bool, typer.Option("--watch", help="Look on until nothing of it waits.")]


def add_to(cli: typer.Typer, settings: Callable[[], Settings], console: Console) -> None:
    """Put the commands on the command line."""
    commands = typer.Typer(no_args_is_help=True, help="One message for many, from a file.")
    cli.add_typer(commands, name="broadcast")

    @commands.command("list")
    def list_(*, as_json: _Json = False) -> None:
        """List the newest broadcasts."""
        from bot import broadcast  # noqa: PLC0415  see bot.command.run

        broadcast.show_all(settings(), console, as_json=as_json)

    @commands.command()
    def show(token: _Token, *, watch: _Watch = False, as_json: _Json = False) -> None:
        """Tell how far one has come."""
        from bot import broadcast  # noqa: PLC0415  see bot.command.run

        broadcast.show(settings(), console, token, as_json=as_json, watch=watch)

    _add_sending(commands, settings, console)
    _add_changes(commands, settings, console)


def _add_sending(commands: typer.Typer, settings: Callable[[], Settings], console: Console) -> None:
    """What can be done with a file."""

    @commands.command()
    def check(
        file: Annotated[Path, typer.Argument(help="A TOML file: words, whom it is for, when.")],
        *,
        as_json: _Json = False,
    ) -> None:
        """Check what is in a file, and keep nothing of it. Ends with 1 where something is to be mended."""
        from bot import broadcast  # noqa: PLC0415  see bot.command.run

        raise typer.Exit(broadcast.examine(settings(), console, file, as_json=as_json))

    @commands.command()
    def send(
        what: Annotated[str, typer.Argument(help="A TOML file, or the token of one that waits for a yes.")],
        *,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check, and send nothing.")] = False,
        watch: _Watch = False,
        as_json: _Json = False,
    ) -> None:
        """Let it go, once whoever must has said yes. Ends with 1 where it does not go, or not yet."""
        from bot import broadcast  # noqa: PLC0415  see bot.command.run

        raise typer.Exit(broadcast.send(settings(), console, what, dry_run=dry_run, as_json=as_json, watch=watch))


def _add_changes(commands: typer.Typer, settings: Callable[[], Settings], console: Console) -> None:
    """What can be done about one that is being sent."""

    @commands.command()
    def hold(token: _Token, *, as_json: _Json = False) -> None:
        """Send nothing more of it for now."""
        _change("hold", token, as_json=as_json)

    @commands.command()
    def release(token: _Token, *, as_json: _Json = False) -> None:
        """Let what was held go on."""
        _change("release", token, as_json=as_json)

    @commands.command()
    def cancel(token: _Token, *, as_json: _Json = False) -> None:
        """Take back whatever of it has not gone."""
        _change("cancel", token, as_json=as_json)

    def _change(how: str, token: str, *, as_json: bool) -> None:
        from bot import broadcast  # noqa: PLC0415  see bot.command.run

        broadcast.change(settings(), console, token, how, as_json=as_json)
