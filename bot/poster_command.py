"""`heard poster`, as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.settings import Settings


def add_to(cli: typer.Typer, settings: Callable[[], Settings], console: Console) -> None:
    """Put the command on the command line."""

    @cli.command()
    def poster(
        code: Annotated[str, typer.Argument(help="The join code that it carries, like OAK.")],
        to: Annotated[Path, typer.Option(help="The file to write, like oak.pdf.")],
        *,
        kind: Annotated[str, typer.Option(help="poster, form (in large print) or cards (ten on a sheet).")] = "poster",
        size: Annotated[str, typer.Option(help="a4 or a5; the form and the cards are a4.")] = "a4",
        language: Annotated[str, typer.Option(help="The language of its words, as a tag: en, pl.")] = "en",
        as_json: Annotated[bool, typer.Option("--json", help="Say what was made as JSON.")] = False,
    ) -> None:
        """Make a poster, a paper form or cards of a join code, as PDF."""
        from bot import poster as printing  # noqa: PLC0415  see bot.command.run

        printing.run(settings(), console, code, (kind, size, language), to, as_json=as_json)
