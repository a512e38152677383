"""Any text at any step: nothing raises, nothing is lost, and consent moves only for the words that move it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bank import claims, intake, upkeep
from channels.message import Channel, Kind
from language import kinds
from language.everywhere import Word, everywhere
from language.normal import safe
from language.reading import Meaning
from storage import consents, conversations, messages_in
from storage.schema import Record
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING, Somebody, number_of, send_all

# What was said before, so that the text comes at every kind of step.
STEPS: dict[str, Sequence[str]] = {
    "nothing yet": (),
    "join.welcome": ("JOIN",),
    "join.wants": ("JOIN", "2"),
    "join.agree": ("JOIN", "1"),
    "join.agree_again": ("JOIN", "1", "2"),
    "join.agree, checking": ("JOIN", "1", "ok then maybe yes"),
    "join.agree, missed": ("JOIN", "1", "xylophone"),
    "join.name": ("JOIN", "1", "1"),
    "a member": ("JOIN", "1", "1", "Asha"),
    "join once more": ("JOIN", "1", "1", "Asha", "JOIN"),
    "menu": ("JOIN", "1", "1", "Asha", "MENU"),
    "about you": ("JOIN", "1", "1", "Asha", "MENU", "1"),
    "topics": ("JOIN", "1", "1", "Asha", "MENU", "2"),
    "pause": ("JOIN", "1", "1", "Asha", "PAUSE"),
    "times": ("JOIN", "1", "1", "Asha", "TIMES"),
    "a wish about times": ("JOIN", "1", "1", "Asha", "only text me after 5"),
    "details": ("JOIN", "1", "1", "Asha", "DETAILS"),
    "call": ("CALL",),
    "language": ("LANGUAGE",),
    "safety": ("I want to kill myself",),
    "declined": ("JOIN", "3"),
    "left": ("JOIN", "1", "1", "Asha", "LEAVE"),
    "stopped": ("JOIN", "1", "STOP"),
    "two on this phone": ("JOIN", "1", "1", "Asha", "JOIN", "1", "2", "1", "Ben"),
    "who are you": ("JOIN", "1", "1", "Asha", "JOIN", "1", "2", "1", "Ben", "LEAVE"),
}
KNOWN = st.sampled_from(
    [
        "1",
        "2",
        "3",
        "4",
        "0",
        "99",
        "yes",
        "Yes please",
        "no",
        "nope",
        "maybe",
        "y",
        "n",
        "ok",
        "👍",
        "👍🏽",
        "❤️",
        "STOP",
        "Stop.",
        "please stop texting me",
        "START",
        "UNSTOP",
        "YES",
        "LEAVE",
        "\n    leave me alone",
        "JOIN",
        "join OAK",
        "HELP",
        "?",
        "help me",
        "CALL",
        "MENU",
        "BACK",
        "SKIP",
        "PAUSE",
        "LANGUAGE",
        "polski",
        "po polsku",
        "DETAILS",
        "who is this",
        "\n    CANCEL",
        "END",
        "QUIT",
        "Liked “Thank you”",
        "Loved an image",
        "thanks",
        "hello",
        "hi there",
        "I'm 17",
        "wrong number",
        "my mum died last week",
        "\n    I am out of the office until Monday",
        "he hits me",
        "Asha",
        "Asha Begum",
        "AS1 2AB",
        "1 3",
        "1,2,3",
        "all",
        "none",
        "{name}",
        "{",
        "%s",
        "%(x)s",
        "\n    <b>1</b>",
        "'; DROP TABLE people;--",
        "tak",
        "nie",
        "może",
        "stop proszę",
        "1️⃣",
        "１",
        "two",
        "the second one",
        "what does it cost?",
        "ignore previous",
    ]
)
PIECES = st.one_of(KNOWN.map(str.strip), st.text(max_size=40), st.sampled_from(["\0", "\ud800", "\u202e", "\n", "  "]))
TEXTS = st.one_of(KNOWN.map(str.strip), st.text(max_size=300), st.lists(PIECES, min_size=2, max_size=4).map(" ".join))
# Everything else a provider may tell with a message.
MORE: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries({
        "kind": st.sampled_from(Kind),
        "payload": st.none() | st.text(max_size=64),
        "start_code": st.none() | st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True),
        "media": st.integers(0, 10),
        "forwarded": st.booleans(),
        "opt_out": st.sampled_from([None, None, None, "STOP", "START", "HELP"]),
        "language_hint": st.sampled_from([None, "en", "pl", "xx"]),
        "raw": st.text(max_size=40),
    }),
)  # fmt: skip
LANGUAGES = ("en", "pl")
AGREEMENT = {"agree", "agree_again"}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(step=st.sampled_from(sorted(STEPS)), text=TEXTS, more=MORE, channel=st.sampled_from(Channel))
async def test_promise_14_any_text_at_any_step(
    store: Store, step: str, text: str, more: dict[str, Any], channel: Channel
) -> None:
    before = STEPS[step]

    def take_in(tx: Tx) -> None:
        somebody = Somebody(channel=channel)
        if before:
            somebody.says(tx, *before)
        rows = len(consents.history(tx, address_id=somebody.here(tx).id)) if before else 0
        taken_before = sum(messages_in.tally(tx).values())
        open_before = _open(tx, somebody) if before else None
        taken = intake.take(tx, somebody.writes(text, **more), MORNING, ASHDALE)
        assert not taken.repeat
        assert taken.disposition is not None
        tally = messages_in.tally(tx)
        assert None not in tally
        assert sum(tally.values()) == taken_before + 1 == number_of(tx, messages_in.messages_in)
        for entry in consents.history(tx, address_id=somebody.here(tx).id)[rows:]:
            may = _may_give if entry.given else _may_withdraw
            assert may(text, more, open_before), f"{text!r} moved consent at {step}"
        _can_be_carried_on(tx, somebody, channel)

    await store.write(take_in)


def _open(tx: Tx, somebody: Somebody) -> Record | None:
    return conversations.open_at(tx, somebody.here(tx).id)


def _may_give(text: str, more: dict[str, Any], open_before: Record | None) -> bool:
    """START or JOIN, or an answer to the agreement: what counts as a yes there is for the readers' own tests."""
    if more.get("opt_out") == "START" or more.get("start_code"):
        return True
    at_agreement = open_before is not None and open_before.step in AGREEMENT
    return at_agreement or bool(_words(text, open_before) & {Word.START, Word.JOIN})


def _may_withdraw(text: str, more: dict[str, Any], open_before: Record | None) -> bool:
    """STOP or LEAVE, also where they now say who wants to leave; the wrong person; a no after all."""
    if more.get("opt_out") == "STOP":
        return True
    if open_before is not None and (open_before.step in AGREEMENT or open_before.flow == "who"):
        return True
    if any(kinds.what(safe(text), language) is Meaning.WRONG_PERSON for language in LANGUAGES):
        return True
    return bool(_words(text, open_before) & {Word.STOP, Word.LEAVE})


def _words(text: str, open_before: Record | None) -> set[Word | None]:
    return {everywhere(safe(text), language, open_before is not None) for language in LANGUAGES}


def _can_be_carried_on(tx: Tx, somebody: Somebody, channel: Channel) -> None:
    """Whatever was said, what we answer can be claimed, time can pass, and the next message is taken in too."""
    send_all(tx, channel.value)
    upkeep.run(tx, MORNING, ASHDALE)
    somebody.says(tx, "1")
    assert claims.claim(tx, "no such sender", MORNING, 10, ASHDALE) == []


@pytest.mark.parametrize("step", ["join.agree", "join.agree_again", "join.agree, missed"])
@pytest.mark.parametrize(
    ("reply", "agrees"),
    [
        ("1", True),
        ("yes", True),
        ("2", False),
        ("3", False),
        ("no", False),
        ("I'm 17", False),
        ("what do you keep?", False),
        ("xylophone", False),
        ("👀", False),
        ("hello", False),
        ("HELP", False),
        ("MENU", False),
    ],
)
async def test_only_a_yes_is_an_agreement(store: Store, step: str, reply: str, agrees: bool) -> None:
    def answer(tx: Tx) -> list[tuple[str, bool]]:
        somebody = Somebody()
        somebody.says(tx, *STEPS[step], reply)
        return somebody.ledger(tx)

    assert await store.write(answer) == ([("bank", True), ("messages", True)] if agrees else [])
