"""`heard import` and `heard export`, as they are typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.settings import Settings

_MAP = "Which column holds what, like name=Name,number=Mobile. Without it, as the headings say."


def add_to(cli: typer.Typer, settings: Callable[[], Settings], console: Console) -> None:
    """Put both commands on the command line."""

    @cli.command("import")
    def import_(
        file: Annotated[Path, typer.Argument(help="A CSV or XLSX file. Its first row has the headings.")],
        agreed: Annotated[str, typer.Option(help="To which words these people agreed, or on which form.")],
        *,
        columns: Annotated[str, typer.Option("--map", help=_MAP)] = "",
        how: Annotated[str, typer.Option(help="How they agreed: phone, in_person, paper or letter.")] = "paper",
        on: Annotated[
            datetime | None, typer.Option(formats=["%Y-%m-%d"], help="On which day; without it, today.")
        ] = None,
        language: Annotated[str, typer.Option(help="The language of those whose row says none: en, pl.")] = "en",
        part: Annotated[str, typer.Option(help="Of whose row does not say: member, staff or partner.")] = "member",
        group: Annotated[str, typer.Option(help="Put them in a new group of this name.")] = "",
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check, and change nothing.")] = False,
        as_json: Annotated[bool, typer.Option("--json", help="Say what was done as JSON, every refused row.")] = False,
    ) -> None:
        """Put a list of people who agreed on our list. Nobody is texted. Ends with 1 where a row is refused."""
        from bot import transfer  # noqa: PLC0415  see bot.command.run

        given = transfer.Given(columns, agreed, how, on.date() if on else None, language, part, group)
        raise typer.Exit(transfer.bring_in(settings(), console, file, given, dry_run=dry_run, as_json=as_json))

    @cli.command("export")
    def export_(
        what: Annotated[str, typer.Argument(help="What to write: people.")],
        to: Annotated[Path, typer.Option(help="The file to write. Only you may read it.")],
        kind: Annotated[str, typer.Option("--format", help="csv or xlsx.")] = "csv",
        state: Annotated[str, typer.Option(help="Which people: member, left or all.")] = "member",
        as_json: Annotated[bool, typer.Option("--json", help="Say what was done as JSON.")] = False,
    ) -> None:
        """Write people to a file, with their numbers. It is kept in the audit."""
        from bot import transfer  # noqa: PLC0415  see bot.command.run

        transfer.take_out(settings(), console, what, kind, to, state=state, as_json=as_json)
