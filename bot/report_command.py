"""`heard report`, as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.settings import Settings


def add_to(cli: typer.Typer, settings: Callable[[], Settings], console: Console) -> None:
    """Put the command on the command line."""

    @cli.command("report")
    def report(
        first: Annotated[str, typer.Option("--from", help="The first month, like 2026-05.")] = "",
        last: Annotated[str, typer.Option("--to", help="The last month, like 2026-10.")] = "",
        kind: Annotated[
            str, typer.Option("--format", help="csv, xlsx, pdf, or docx for the committee's draft.")
        ] = "csv",
        *,
        file: Annotated[
            Path | None, typer.Option(help="The file to write; without it, named after the months.")
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help="Say what was done as JSON.")] = False,
    ) -> None:
        """Write the figures of whole months to a file; of the last six where no month is named."""
        from bot import report as writing  # noqa: PLC0415  see bot.command.run

        writing.run(settings(), console, (first, last), kind, file, as_json=as_json)
