"""What Telegram's refusals mean, as data.

Sources: Bot API, "Making requests"; the wording is that of the open-source Bot API server (Client.cpp).
"""

from __future__ import annotations

from dataclasses import dataclass

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, TelegramError

from channels.message import Concern, Outcome, Problem, Refused, TryLater, Unknown
from channels.telegram.wire import NeverSent, TooMany


class CallFailed(Exception):
    """A call that is not a message failed.

    `problem` says what an operator needs to know. `retry_after` is how many seconds Telegram asks us
    to wait, if it does.
    """

    def __init__(self, problem: Problem, retry_after: float | None = None) -> None:
        super().__init__(problem.sentence)
        self.problem = problem
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Row:
    """Errors of this class whose description holds `phrase` (lower case) are this problem."""

    error: type[Exception]
    phrase: str
    problem: Problem


def _row(error: type[Exception], phrase: str, code: str, concern: Concern, sentence: str) -> Row:
    return Row(error, phrase, Problem(code, concern, sentence))


# The first row that fits is the answer; the last one fits everything.
ROWS = (
    _row(Forbidden, "blocked by the user", "403 blocked", Concern.CONSENT, "The person has blocked the bot."),
    _row(Forbidden, "deactivated", "403 deactivated", Concern.ADDRESS, "The person has closed their Telegram account."),
    _row(Forbidden, "initiate", "403 never started", Concern.ADDRESS, "The person has never written to the bot."),
    _row(Forbidden, "", "403", Concern.ADDRESS, "Telegram does not let the bot write to this chat."),
    _row(
        ChatMigrated, "", "400 migrated", Concern.ADDRESS, "The chat is a group that has moved. We do not use groups."
    ),
    _row(InvalidToken, "", "401", Concern.CONFIGURATION, "Telegram does not know the bot's token. Check the settings."),
    _row(
        Conflict,
        "",
        "409",
        Concern.CONFIGURATION,
        "Another program is using this bot's token. Stop it, or give each its own bot.",
    ),
    _row(BadRequest, "chat not found", "400 chat not found", Concern.ADDRESS, "Telegram knows no such chat."),
    _row(BadRequest, "user not found", "400 user not found", Concern.ADDRESS, "Telegram knows no such person."),
    _row(BadRequest, "peer_id_invalid", "400 peer", Concern.ADDRESS, "Telegram knows no such chat."),
    _row(BadRequest, "deactivated", "400 deactivated", Concern.ADDRESS, "The person has closed their account."),
    _row(BadRequest, "query is too old", "400 too old", Concern.CONTENT, "The button was pressed too long ago."),
    _row(BadRequest, "parse entities", "400 entities", Concern.CONTENT, "Telegram could not read the text's layout."),
    _row(BadRequest, "too long", "400 too long", Concern.CONTENT, "The text is too long for Telegram."),
    _row(BadRequest, "", "400", Concern.CONTENT, "Telegram refuses this message as it is written."),
    _row(TooMany, "", "429", Concern.TEMPORARY, "Telegram asks us to send more slowly. It will be sent later."),
    _row(NeverSent, "", "not sent", Concern.TEMPORARY, "Telegram could not be reached. It will be sent later."),
    _row(TelegramError, "", "no answer", Concern.AMBIGUOUS, "Telegram gave no clear answer. It may have been sent."),
    _row(Exception, "", "unreadable", Concern.AMBIGUOUS, "Telegram's answer made no sense. It may have been sent."),
)

PACED = Problem("pace", Concern.TEMPORARY, "Held back for a moment, to keep within Telegram's limits.")
TOO_LONG = Problem("text too long", Concern.CONTENT, "The text is longer than Telegram's 4,096 characters.")
BAD_BUTTON = Problem("button", Concern.CONTENT, "A button carries nothing, or more than Telegram's 64 bytes.")


def problem_of(error: Exception) -> Problem:
    """What the operator should make of an error from the library or from our wire."""
    description = str(error).lower()
    return next(row.problem for row in ROWS if isinstance(error, row.error) and row.phrase in description)


def outcome_of(problem: Problem) -> Outcome:
    """What became of a message that met this problem."""
    if problem.concern is Concern.AMBIGUOUS:
        return Unknown(problem)
    if problem.concern is Concern.TEMPORARY:
        return TryLater(problem)
    return Refused(problem, whole_sender=problem.concern is Concern.CONFIGURATION)
