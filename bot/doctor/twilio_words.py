"""What Twilio itself should say to STOP, START and HELP, and which words should mean them."""

from __future__ import annotations

from bank.organisation import Organisation
from bot.doctor.finding import Finding, note
from bot.settings import Settings
from flows import everywhere
from language.wording import Words

NAME = "Advanced Opt-Out"
_KEYWORDS = (
    "Words that stop:  STOP, STOPALL, UNSUBSCRIBE, OPTOUT, REVOKE. Take out CANCEL, END and QUIT.",
    "Words that start: START, UNSTOP. Take out YES.",
    "Words for help:   HELP.",
)
_REPLIES: tuple[tuple[str, Words], ...] = (
    ("STOP", everywhere.STOPPED),
    ("START", everywhere.STARTED),
    ("HELP", everywhere.HELP),
)


def own_words(settings: Settings, organisation: Organisation) -> list[Finding]:
    """Twilio answers these three words by itself, so its answers should be ours."""
    values = {"council": organisation.council, "emergency": organisation.emergency}
    replies = tuple(
        f"{word} ({language}): {organisation.catalogs.render(words, language, values)}"
        for language in organisation.catalogs.languages
        for word, words in _REPLIES
    )
    sentence = (
        "Twilio answers STOP, START and HELP itself. Give it these words. YES and CANCEL are answers to our "
        "questions: as Twilio has them, YES means START, and CANCEL a place means STOP everything."
    )
    what_to_do = "At Twilio: Messaging Service, Opt-Out Management, Advanced Opt-Out."
    if not settings.twilio.messaging_service_sid:
        what_to_do = "It belongs to a Messaging Service, and none is set (twilio.messaging_service_sid)."
    return [note(NAME, sentence, what_to_do, (*_KEYWORDS, *replies))]
