"""The command line: `heard ...`, also `python -m bot ...`."""

from __future__ import annotations

import io
import logging
import sys
from datetime import datetime
from typing import Annotated

import structlog
import typer
from rich.console import Console

from bot import (
    broadcast_command,
    commitments_command,
    data_folder,
    meeting_command,
    poster_command,
    refusal,
    report_command,
    transfer_command,
)
from bot import settings as settings_file
from bot.settings import Settings, SettingsMistake
from storage import migrate

# A decorated traceback could show the words of a message; a plain one names lines of ours only.
cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Heard: an involvement bank by text.",
)
database = typer.Typer(no_args_is_help=True, help="The database.")
cli.add_typer(database, name="db")
user = typer.Typer(no_args_is_help=True, help="The team that uses the console.")
cli.add_typer(user, name="user")
record = typer.Typer(no_args_is_help=True, help="The audit: who saw what of whom, and who changed what.")
cli.add_typer(record, name="audit")
letters = typer.Typer(help="What came in and could not be taken in: nothing of it is lost.")
cli.add_typer(letters, name="letters")
console = Console()

MISTAKE = 2


def main() -> None:
    """Run a command; what is wrong is said on one plain line, with exit code 2."""
    try:
        cli()
    except Exception as error:
        said = refusal.words(error)
        if said is not None:
            sys.stderr.write(f"{said}\n")
            raise SystemExit(MISTAKE) from None
        raise


def _settings() -> Settings:
    loaded = settings_file.load()
    level = logging.getLevelNamesMapping()[loaded.log_level.upper()]
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    return loaded


@cli.command()
def run() -> None:
    """Run everything in one process: web, senders, clock."""
    from bot import run as running  # noqa: PLC0415  the web and the providers' libraries are slow to import

    running.run(_settings(), console)


@cli.command()
def web() -> None:
    """Run the web alone: the console and what providers call. Any number may run on one PostgreSQL database."""
    _run_part("web")


@cli.command()
def worker() -> None:
    """Run the senders alone. Any number may run on one PostgreSQL database; each sender is drained by one of them."""
    _run_part("worker")


@cli.command()
def clock() -> None:
    """Run the clock alone. Any number may run on one PostgreSQL database; one of them ticks."""
    _run_part("clock")


def _run_part(name: str) -> None:
    from bot import run as running  # noqa: PLC0415  see run

    running.run(_settings(), console, frozenset({running.Part(name)}))


@cli.command()
def demo() -> None:
    """Run the demo: an invented bank, and fake providers, whatever the settings say."""
    from bot import run as running  # noqa: PLC0415  see run

    own = _settings()
    running.run(own.as_demo(own.data_dir / "demo"), console)


@cli.command("try")
def try_(
    channel: Annotated[str, typer.Option(help="sms, whatsapp or telegram")] = "sms",
    language: Annotated[str, typer.Option(help="The language of the phone: en, pl...")] = "en",
) -> None:
    """Talk to Heard in this terminal, as a new person would on their phone."""
    from bot import try_terminal  # noqa: PLC0415  see run

    try_terminal.run(_settings(), channel, language)


@cli.command()
def check() -> None:
    """Walk every conversation in every language, and say what is wrong with it."""
    from bot import check as checking  # noqa: PLC0415  see run

    raise typer.Exit(checking.run())


@cli.command()
def doctor() -> None:
    """Check this installation, and say what to do about each thing that is wrong."""
    from bot import doctor as examining  # noqa: PLC0415  see run

    raise typer.Exit(examining.run(_settings(), console))


@cli.command()
def status(
    watch: Annotated[
        bool, typer.Option("--watch", help="How Heard is running, anew every two seconds, until Ctrl-C.")
    ] = False,
) -> None:
    """How things stand: members, messages, and what waits for a person."""
    from bot import live  # noqa: PLC0415  see run
    from bot import status as telling  # noqa: PLC0415  see run

    if watch:
        live.run(_settings(), console)
    else:
        telling.run(_settings(), console)


@cli.command()
def read(
    asked: Annotated[str, typer.Option(help="What was asked: rsvp, yes_no, rating, choice or open.")] = "open",
    language: Annotated[str, typer.Option(help="The person's language, as a tag: en, pl.")] = "en",
) -> None:
    """Read replies from standard input, JSON lines, and tell what each means and why."""
    from bot import read as reading  # noqa: PLC0415  see run

    if asked not in reading.ASKED:
        raise SettingsMistake(f"--asked is one of {', '.join(reading.ASKED)}, not {asked}.")
    raise SystemExit(
        reading.run(io.TextIOWrapper(sys.stdin.buffer, "utf-8", "replace"), sys.stdout, sys.stderr, asked, language)
    )


@cli.command()
def plain(
    language: Annotated[str, typer.Option(help="The language of the text, as a tag: en, pl.")] = "en",
    unasked: Annotated[
        bool, typer.Option("--unasked", help="Nobody asked for it: look for the sender and STOP.")
    ] = False,
    sender: Annotated[str | None, typer.Option("--from", help="Who writes; without it, your organisation.")] = None,
    today: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="When it will be read.")] = None,
) -> None:
    """Read a text from standard input, and tell what would make it plainer and cheaper, as JSON."""
    from bot import plain as advising  # noqa: PLC0415  see run

    organisation = _settings().organisation
    text = sys.stdin.buffer.read().decode("utf-8", "replace").removesuffix("\n")
    day = (today or datetime.now(organisation.zone)).date()
    told = advising.plain(text, language, day, organisation, sender=sender, unasked=unasked)
    sys.stdout.write(f"{advising.written(told)}\n")


transfer_command.add_to(cli, _settings, console)
broadcast_command.add_to(cli, _settings, console)
meeting_command.add_to(cli, _settings, console)
commitments_command.add_to(cli, _settings, console)
poster_command.add_to(cli, _settings, console)
report_command.add_to(cli, _settings, console)


@database.command()
def upgrade() -> None:
    """Bring the database to this version's shape."""
    own = _settings()
    migrate.upgrade(own.database_url, data_folder.ready(own))
    console.print(f"The database is at step {migrate.current(own.database_url)}.")


@user.command("add")
def user_add(
    name: Annotated[str, typer.Option(help="Their name, as colleagues see it.")],
    login: Annotated[str, typer.Option(help="What they type to sign in: letters and numbers.")],
    role: Annotated[list[str], typer.Option(help="What they may do; may be given several times.")],
) -> None:
    """Add somebody to the team, and print the link by which they come in, once."""
    from bot import users  # noqa: PLC0415  see run

    users.add(_settings(), console, name, login, role)


@user.command("list")
def user_list() -> None:
    """Everybody who is or was on the team."""
    from bot import users  # noqa: PLC0415  see run

    users.show(_settings(), console)


@user.command("link")
def user_link(login: Annotated[str, typer.Argument(help="Their sign-in name.")]) -> None:
    """Print a new link for somebody who lost their phone or pass phrase. Until they use it, they are out everywhere."""
    from bot import users  # noqa: PLC0415  see run

    users.renew(_settings(), console, login)


@record.command("verify")
def audit_verify() -> None:
    """Check that no row of the audit was changed, taken out, put in or cut off."""
    from bot import users  # noqa: PLC0415  see run

    raise typer.Exit(users.verify(_settings(), console))


@letters.callback(invoke_without_command=True)
def letters_list(
    context: typer.Context,
    words: Annotated[
        int | None, typer.Option(help="Show what is in this letter. The look is kept in the audit.")
    ] = None,
) -> None:
    """List what could not be taken in: when it came, from where, and why not."""
    from bot import letters as kept  # noqa: PLC0415  see run

    if context.invoked_subcommand is None:
        if words is None:
            kept.show(_settings(), console)
        else:
            kept.words(_settings(), console, words)


@letters.command("replay")
def letters_replay(
    ids: Annotated[list[int] | None, typer.Argument(help="Which letters.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that wait, 200 in one run.")] = False,
) -> None:
    """Take them in again, once the fault is mended. What fails again stays."""
    from bot import letters as kept  # noqa: PLC0415  see run

    raise typer.Exit(kept.replay(_settings(), console, ids or [], everything=everything))


@letters.command("drop")
def letters_drop(
    letter: Annotated[int, typer.Argument(help="Which letter.")],
    why: Annotated[str, typer.Option(help="Why nobody needs it.")],
) -> None:
    """Let a letter go for good. The reason is kept in the audit."""
    from bot import letters as kept  # noqa: PLC0415  see run

    kept.drop(_settings(), console, letter, why)
