"""The menu of commands that Telegram shows, in each language."""

from __future__ import annotations

from bank.organisation import Organisation
from channels.telegram.adapter import TelegramAdapter
from language.wording import SOURCE_LANGUAGE, Words, _c

COMMANDS: tuple[tuple[str, Words], ...] = (
    ("join", _c("menu command", "Join us")),
    ("menu", _c("menu command", "What you can do")),
    ("call", _c("menu command", "Talk to a person")),
    ("language", _c("menu command", "Change language")),
    ("pause", _c("menu command", "Pause the texts")),
    ("help", _c("menu command", "Help")),
    ("stop", _c("menu command", "Stop all texts")),
)


def menu(organisation: Organisation, language: str) -> list[tuple[str, str]]:
    """Commands and what they do, in `language`."""
    return [(command, organisation.catalogs.render(words, language, {})) for command, words in COMMANDS]


async def set_up(adapter: TelegramAdapter, organisation: Organisation, *, by_webhook: bool) -> None:
    """Set the menu in every language ("" is everybody else's), and the webhook where Telegram calls us."""
    menus = {language: menu(organisation, language) for language in organisation.catalogs.spoken}
    await adapter.service.set_commands({"": menus[SOURCE_LANGUAGE], **menus})
    if by_webhook:
        await adapter.service.set_webhook()
