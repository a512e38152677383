"""The whole examination: every check in turn, and the report."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from rich.console import Console
from rich.text import Text

from bot.doctor import at_telegram, at_twilio, clock, database, folder, preferences, setup
from bot.doctor.finding import Finding, wrong
from bot.doctor.watch import Watch
from bot.settings import Settings

_MARKS = {True: ("fine ", "green"), False: ("WRONG", "bold red"), None: ("note ", "yellow")}


def run(settings: Settings, console: Console) -> int:
    """Examine this installation and print what was found. Returns 0 when nothing is wrong, else 1."""
    findings = asyncio.run(examine(settings, datetime.now(UTC)))
    show(findings, console)
    return int(any(finding.well is False for finding in findings))


async def examine(settings: Settings, now: datetime) -> list[Finding]:
    """Everything that can be found out without changing anything. Calls the configured providers only."""
    findings: list[Finding] = []
    watch = Watch(now)
    organisation = None
    try:
        with _caught(findings, "Settings"):
            organisation = await preferences.organisation(settings)
            findings += setup.look(settings, organisation, now.astimezone(settings.organisation.zone).date())
        with _caught(findings, "Data folder"):
            findings += folder.look(settings)
        with _caught(findings, "Database"):
            findings += await database.look(settings, now)
        with _caught(findings, "Twilio"):
            findings += await at_twilio.look(settings, watch, organisation)
        with _caught(findings, "Telegram"):
            findings += await at_telegram.look(settings, watch, now)
        with _caught(findings, "Clock"):
            findings += clock.look(settings, now, watch.ahead)
    finally:
        await watch.close()
    return findings


@contextmanager
def _caught(findings: list[Finding], name: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # noqa: BLE001  whatever makes one check fail is itself a finding, and the others go on
        sentence = f"This could not be looked at ({type(error).__name__})."
        findings.append(wrong(name, sentence, "Check the settings it needs. If they are right, report it."))


def show(findings: Sequence[Finding], console: Console) -> None:
    """Print the findings, with what is to be copied left whole."""
    for finding in findings:
        mark, style = _MARKS[finding.well]
        console.print(Text.assemble((mark, style), " ", (finding.name, "bold"), f": {finding.sentence}"))
        if finding.what_to_do:
            console.print(Text(f"      What to do: {finding.what_to_do}"))
        for line in finding.lines:
            console.print(Text(f"      {line}"), soft_wrap=True)
    console.print(Text(_summary(sum(finding.well is False for finding in findings)), style="bold"))


def _summary(count: int) -> str:
    if not count:
        return "\nNothing is wrong."
    return f"\n{count} {'thing is' if count == 1 else 'things are'} wrong."
