"""`heard commitments`, as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console

from bot.settings import Settings


def add_to(cli: typer.Typer, settings: Callable[[], Settings], console: Console) -> None:
    """Put the command on the command line."""

    @cli.command()
    def commitments(
        *,
        everything: Annotated[bool, typer.Option("--all", help="All that go on, and not only what is late.")] = False,
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """List what was promised and is late: "You said, we will"."""
        from bot import commitments as listing  # noqa: PLC0415  see bot.command.run

        listing.show(settings(), console, everything=everything, as_json=as_json)
