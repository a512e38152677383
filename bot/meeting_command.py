"""`heard meeting`, as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.settings import Settings, SettingsMistake

_Token = Annotated[str, typer.Argument(help="Its token, as heard meeting list has it.")]
_Json = Annotated[bool, typer.Option("--json", help="As JSON.")]


def add_to(cli: typer.Typer, settings: Callable[[], Settings], console: Console) -> None:
    """Put the commands on the command line."""
    commands = typer.Typer(no_args_is_help=True, help="Meetings: how many come to each.")
    cli.add_typer(commands, name="meeting")

    @commands.command("list")
    def list_(*, as_json: _Json = False) -> None:
        """List the meetings of the last two months, and those to come."""
        from bot import meeting  # noqa: PLC0415  see bot.command.run

        meeting.show_all(settings(), console, as_json=as_json)

    @commands.command()
    def show(token: _Token, *, as_json: _Json = False) -> None:
        """Tell what is told of one, and how many come."""
        from bot import meeting  # noqa: PLC0415  see bot.command.run

        meeting.show(settings(), console, token, as_json=as_json)

    _add_changes(commands, settings, console)


def _add_changes(commands: typer.Typer, settings: Callable[[], Settings], console: Console) -> None:
    """What can be done with one."""

    @commands.command()
    def add(
        file: Annotated[Path, typer.Argument(help="A TOML file: on_day, at_time, minutes, way, [words.title] en...")],
        *,
        opens: Annotated[bool, typer.Option("--open", help="Open it at once.")] = False,
        as_json: _Json = False,
    ) -> None:
        """Add the meeting of a file, as a draft."""
        from bot import meeting  # noqa: PLC0415  see bot.command.run

        meeting.add(settings(), console, file, opens=opens, as_json=as_json)

    @commands.command("open")
    def open_(token: _Token, *, as_json: _Json = False) -> None:
        """Open a draft: people may be invited to it from now on."""
        from bot import meeting  # noqa: PLC0415  see bot.command.run

        meeting.open_(settings(), console, token, as_json=as_json)

    @commands.command()
    def like(token: _Token, *, as_json: _Json = False) -> None:
        """Draft another one like it, for the next day of its rule."""
        from bot import meeting  # noqa: PLC0415  see bot.command.run

        meeting.like(settings(), console, token, as_json=as_json)

    @commands.command()
    def cancel(
        token: _Token,
        why: Annotated[list[str], typer.Option(help='Why, by language: "en=The hall is flooded".')],
        *,
        as_json: _Json = False,
    ) -> None:
        """Cancel it. Everybody who said yes or maybe, or waits, is told why."""
        from bot import meeting  # noqa: PLC0415  see bot.command.run

        meeting.cancel(settings(), console, token, _wording(why), as_json=as_json)


def _wording(given: list[str]) -> dict[str, str]:
    """Raises SettingsMistake where one does not say its language."""
    parts = [one.partition("=") for one in given]
    if not all(equals for _tag, equals, _text in parts):
        raise SettingsMistake('Say the language of each reason: --why "en=The hall is flooded".')
    return {tag.strip(): text.strip() for tag, _equals, text in parts}
