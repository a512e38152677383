"""What we send, and what each answer of Telegram's means for it."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from aiohttp.test_utils import unused_port

from channels.message import (
    Accepted,
    Channel,
    Concern,
    Incoming,
    Kind,
    Option,
    Outcome,
    Refused,
    Shown,
    TryLater,
    Unknown,
)
from channels.telegram.account import TelegramAccount
from channels.telegram.adapter import TelegramAdapter
from channels.telegram.problems import ROWS
from channels.transport import NoAnswer, NotSent, Transport
from tests.channels.telegram_api import SENT, TOKEN, Wanting, message, ok, refusal, scripted, serving

YES, NO = Option("o1", "Yes"), Option("o2", "No")

ANSWERS: list[tuple[str, tuple[int, bytes] | str, type[Outcome], str, Concern]] = [
    ("blocked", refusal(403, "Forbidden: bot was blocked by the user"), Refused, "403 blocked", Concern.CONSENT),
    ("closed", refusal(403, "Forbidden: user is deactivated"), Refused, "403 deactivated", Concern.ADDRESS),
    (
        "never started",
        refusal(403, "Forbidden: bot can't initiate conversation with a user"),
        Refused,
        "403 never started",
        Concern.ADDRESS,
    ),
    ("a bot", refusal(403, "Forbidden: bot can't send messages to bots"), Refused, "403", Concern.ADDRESS),
    ("no chat", refusal(400, "Bad Request: chat not found"), Refused, "400 chat not found", Concern.ADDRESS),
    ("no person", refusal(400, "Bad Request: user not found"), Refused, "400 user not found", Concern.ADDRESS),
    ("no peer", refusal(400, "Bad Request: PEER_ID_INVALID"), Refused, "400 peer", Concern.ADDRESS),
    (
        "moved",
        refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100500),
        Refused,
        "400 migrated",
        Concern.ADDRESS,
    ),
    (
        "layout",
        refusal(400, "Bad Request: can't parse entities: unsupported tag"),
        Refused,
        "400 entities",
        Concern.CONTENT,
    ),
    ("too long", refusal(400, "Bad Request: message is too long"), Refused, "400 too long", Concern.CONTENT),
    ("empty", refusal(400, "Bad Request: message text is empty"), Refused, "400", Concern.CONTENT),
    ("wrong token", refusal(401, "Unauthorized"), Refused, "401", Concern.CONFIGURATION),
    ("broken token", refusal(404, "Not Found"), Refused, "401", Concern.CONFIGURATION),
    (
        "two pollers",
        refusal(409, "Conflict: terminated by other getUpdates request"),
        Refused,
        "409",
        Concern.CONFIGURATION,
    ),
    ("too fast", refusal(429, "Too Many Requests: retry after 7", retry_after=7), TryLater, "429", Concern.TEMPORARY),
    ("too fast, no figure", (429, b"slow down"), TryLater, "429", Concern.TEMPORARY),
    ("server fault", refusal(500, "Internal Server Error"), Unknown, "no answer", Concern.AMBIGUOUS),
    (
        "server fault that names a wait",
        refusal(503, "Service Unavailable", retry_after=3),
        Unknown,
        "no answer",
        Concern.AMBIGUOUS,
    ),
    ("bad gateway", (502, b"<html>Bad Gateway</html>"), Unknown, "no answer", Concern.AMBIGUOUS),
    ("sent elsewhere", (302, b""), Unknown, "no answer", Concern.AMBIGUOUS),
    ("taken, with nonsense", (200, b"<html>welcome to the wifi</html>"), Unknown, "no answer", Concern.AMBIGUOUS),
    ("taken, with a list", (200, b"[]"), Unknown, "no answer", Concern.AMBIGUOUS),
    ("taken, without a result", (200, b'{"ok": true}'), Unknown, "unreadable", Concern.AMBIGUOUS),
    ("taken, result half there", ok({"message_id": 1}), Unknown, "unreadable", Concern.AMBIGUOUS),
    ("connection reset", Wanting.RESET, Unknown, "no answer", Concern.AMBIGUOUS),
    ("silence", Wanting.SILENCE, Unknown, "no answer", Concern.AMBIGUOUS),
]


@pytest.mark.parametrize(
    ("answer", "outcome", "code", "concern"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS]
)
async def test_an_answer_has_one_outcome(
    answer: tuple[int, bytes] | str, outcome: type[Outcome], code: str, concern: Concern
) -> None:
    transport = Transport()
    async with serving(answer) as url:
        adapter = TelegramAdapter(TelegramAccount(TOKEN, api_base_url=url, timeout_seconds=0.3), transport)
        became = await adapter.send(message())
        await transport.close()
    assert type(became) is outcome
    assert not isinstance(became, Accepted)
    assert (became.problem.code, became.problem.concern) == (code, concern)


async def test_a_closed_port_means_that_nothing_was_sent() -> None:
    transport = Transport()
    account = TelegramAccount(TOKEN, api_base_url=f"http://127.0.0.1:{unused_port()}")
    became = await TelegramAdapter(account, transport).send(message())
    await transport.close()
    assert isinstance(became, TryLater)
    assert not became.paced
    assert became.problem.code == "not sent"


async def test_an_accepted_message_has_a_name_that_answers_will_quote() -> None:
    adapter, transport = scripted(ok(SENT))
    assert await adapter.send(message("7001", "Are you coming?", YES, NO)) == Accepted("7001:77")
    assert transport.calls == [
        (
            "sendMessage",
            {
                "chat_id": "7001",
                "text": "Are you coming?",
                "link_preview_options": {"is_disabled": True},
                "reply_markup": {
                    "inline_keyboard": [
                        [{"text": "Yes", "callback_data": "o1"}],
                        [{"text": "No", "callback_data": "o2"}],
                    ]
                },
            },
        )
    ]


async def test_words_go_as_they_are_with_no_markup_read_into_them() -> None:
    adapter, transport = scripted(ok(SENT))
    words = "*Oak* _Hall_ <b>2pm</b> & “tea” 你好"
    await adapter.send(message("7001", words))
    ((_, sent),) = transport.calls
    assert sent["text"] == words
    assert sent.keys() == {"chat_id", "text", "link_preview_options"}


UNSENDABLE = [
    ("text just right", "x" * 4096, (), None),
    ("text too long", "x" * 4097, (), "text too long"),
    ("pairs just right", "\N{HERB}" * 2048, (), None),
    ("pairs too long", "\N{HERB}" * 2048 + "x", (), "text too long"),
    ("button just right", "x", (Option("b" * 64, "Yes"),), None),
    ("button too heavy", "x", (Option("b" * 65, "Yes"),), "button"),
    ("button too heavy in bytes", "x", (Option("é" * 33, "Yes"),), "button"),
    ("button carries nothing", "x", (YES, Option("", "No")), "button"),
]


@pytest.mark.parametrize(
    ("text", "options", "code"), [row[1:] for row in UNSENDABLE], ids=[str(row[0]) for row in UNSENDABLE]
)
async def test_what_telegram_would_refuse_is_not_sent(text: str, options: tuple[Option, ...], code: str | None) -> None:
    adapter, transport = scripted(ok(SENT))
    became = await adapter.send(message("7001", text, *options))
    assert len(transport.calls) == (code is None)
    assert code == (became.problem.code if isinstance(became, Refused) else None)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def paced(*answers: tuple[int, bytes]) -> tuple[TelegramAdapter, Clock, list[str]]:
    _, transport = scripted(*answers)
    clock = Clock()
    return TelegramAdapter(TelegramAccount(TOKEN), transport, clock=clock), clock, transport.calls


async def test_a_fourth_message_in_a_row_waits_without_a_call() -> None:
    adapter, clock, calls = paced(ok(SENT))
    for _ in range(3):
        assert isinstance(await adapter.send(message()), Accepted)
    held = await adapter.send(message())
    assert isinstance(held, TryLater)
    assert held.paced
    assert (held.problem.code, held.delay, held.whole_sender) == ("pace", timedelta(seconds=1), False)
    assert len(calls) == 3
    clock.now += 1
    assert isinstance(await adapter.send(message()), Accepted)


async def test_the_thirty_first_chat_in_a_second_waits_for_the_whole_bot() -> None:
    adapter, _, calls = paced(ok(SENT))
    for chat in range(30):
        assert isinstance(await adapter.send(message(str(chat))), Accepted)
    held = await adapter.send(message("31"))
    assert isinstance(held, TryLater)
    assert (held.delay, held.whole_sender, len(calls)) == (timedelta(seconds=1), True, 30)


async def test_one_chat_told_to_wait_holds_back_no_other() -> None:
    adapter, clock, calls = paced(refusal(429, "Too Many Requests", retry_after=7), ok(SENT))
    refused = await adapter.send(message("1"))
    assert isinstance(refused, TryLater)
    assert (refused.delay, refused.whole_sender, refused.paced) == (timedelta(seconds=7), False, True)
    assert isinstance(await adapter.send(message("1")), TryLater)
    assert isinstance(await adapter.send(message("2")), Accepted)
    assert len(calls) == 2
    clock.now += 7
    assert isinstance(await adapter.send(message("1")), Accepted)


async def test_two_chats_told_to_wait_at_once_hold_back_the_bot() -> None:
    adapter, _, calls = paced(refusal(429, "Too Many Requests", retry_after=7))
    await adapter.send(message("1"))
    second = await adapter.send(message("2"))
    third = await adapter.send(message("3"))
    assert isinstance(second, TryLater)
    assert isinstance(third, TryLater)
    assert (second.whole_sender, third.whole_sender, third.problem.code) == (True, True, "pace")
    assert len(calls) == 2


def pressed(callback_id: str | None) -> Incoming:
    return Incoming("telegram", Channel.TELEGRAM, "7001", "u1", kind=Kind.BUTTON, callback_id=callback_id)


@pytest.mark.parametrize(
    "answer",
    [
        ok(True),
        refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"),
        refusal(500, "Internal Server Error"),
        (200, b"nonsense"),
        NotSent("x"),
        NoAnswer("x"),
    ],
)
async def test_a_press_is_acknowledged_once_and_harm_is_shrugged_off(answer: tuple[int, bytes] | Exception) -> None:
    adapter, transport = scripted(answer, name="answerCallbackQuery")
    await adapter.acknowledge(pressed("5550"))
    assert transport.calls == [("answerCallbackQuery", {"callback_query_id": "5550"})]


async def test_what_was_no_press_is_not_acknowledged() -> None:
    adapter, transport = scripted(ok(True), name="answerCallbackQuery")
    await adapter.acknowledge(pressed(None))
    assert transport.calls == []


def test_a_message_is_shown_with_its_buttons() -> None:
    adapter, _ = scripted(ok(SENT))
    assert adapter.show(message("7001", "Are you coming?", YES, NO)) == Shown("Are you coming?", ("Yes", "No"))


async def test_no_log_holds_a_word_a_name_or_the_token(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for answer in (ok(SENT), (200, b"secret words"), (502, b"secret words"), NoAnswer("x")):
        adapter, _ = scripted(answer)
        await adapter.send(message())
    assert not any(secret in caplog.text for secret in (TOKEN, "coming", "secret words", "Asha"))


def test_every_problem_has_its_own_code_and_a_whole_sentence() -> None:
    problems = [row.problem for row in ROWS]
    assert len({problem.code for problem in problems}) == len(problems)
    assert all(problem.sentence.endswith(".") for problem in problems)
