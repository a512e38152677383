"""WhatsApp's 24 hours are looked at when it is sent: in the template, another way, or not at all and shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bank import delivery, templates, thread, upkeep
from bank.claims import WINDOW_CLOSED
from bank.limits import Limits
from bank.templates import Found
from bot.problems import sentence
from channels.message import Channel
from storage import conversations
from storage.outbox import Priority
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING, Somebody, send_all
from tests.bank.members import claimed, sent, written_to_all
from tests.bank.posting import LATER, tell
from tests.bank.several_ways import hired, instead_of, newest, reached_by
from tests.bank.test_another_way import stopped
from tests.bank.writing import FREELY, gone

WITH_TEMPLATE, WITHOUT = Limits(outside_window=True), Limits(outside_window=False)
HOUR, DAY, MARGIN = timedelta(hours=1), timedelta(days=1), timedelta(minutes=2)


def a_member(tx: Tx) -> Somebody:
    asha = Somebody(channel=Channel.WHATSAPP)
    asha.joins(tx)
    send_all(tx, "whatsapp")
    return asha


@pytest.mark.parametrize(
    ("after", "inside"),
    [(timedelta(), True), (DAY - MARGIN - timedelta(seconds=1), True), (DAY - MARGIN, False), (DAY, False)],
)
@pytest.mark.parametrize("own", [WITH_TEMPLATE, WITHOUT], ids=["with a template", "without"])
async def test_promise_26_a_body_goes_only_while_the_window_is_open(
    store: Store, after: timedelta, inside: bool, own: Limits
) -> None:
    """Queued while it was open: what counts is how it stands at the claim."""

    def story(tx: Tx) -> list[bool]:
        asha = a_member(tx)
        tell(tx, asha, "news", Priority.BULK)
        return [one.message.in_window for one in claimed(tx, MORNING + after, own=own, sender="whatsapp")]

    assert await store.write(story) == ([inside] if inside or own.outside_window else [])


async def test_promise_26_a_new_message_of_theirs_opens_it_again(store: Store) -> None:
    def story(tx: Tx) -> list[bool]:
        asha = a_member(tx)
        asha.says(tx, "thanks", now=MORNING + 2 * DAY)
        tell(tx, asha, "news", Priority.BULK)
        return [one.message.in_window for one in claimed(tx, MORNING + 2 * DAY + HOUR, own=WITHOUT, sender="whatsapp")]

    assert await store.write(story) == [True]


async def test_promise_26_without_a_template_another_agreed_way_is_taken(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, list[str], str]:
        whatsapp, text = reached_by(tx, Channel.WHATSAPP, Channel.SMS)
        written_to_all(tx, now=MORNING + DAY)
        shut = claimed(tx, MORNING + DAY, own=WITHOUT, sender="whatsapp")
        (one,) = claimed(tx, MORNING + DAY)
        assert one.message.address == text.address
        return len(shut), [one.message.text], newest(tx, whatsapp).state

    assert await store.write(story) == (0, ["News for everybody."], "failed")


async def test_promise_26_a_question_takes_its_conversation_along(store: Store) -> None:
    def story(tx: Tx) -> tuple[bool, bool]:
        whatsapp, text = reached_by(tx, Channel.WHATSAPP, Channel.SMS)
        later = MORNING + 7 * DAY
        upkeep.run(tx, later, ASHDALE)
        assert claimed(tx, later, own=WITHOUT, sender="whatsapp") == []
        (question,) = claimed(tx, later)
        assert question.message.text.startswith("Ashdale Council here.")
        open_at = [conversations.open_at(tx, phone.here(tx).id) is not None for phone in (whatsapp, text)]
        return open_at[0], open_at[1]

    assert await store.write(story) == (False, True)


@pytest.mark.parametrize("agreed_elsewhere", [False, True], ids=["nowhere else", "and stopped elsewhere"])
async def test_promise_26_with_no_other_way_it_fails_and_is_shown(store: Store, agreed_elsewhere: bool) -> None:
    def story(tx: Tx) -> tuple[list[object], list[object], str, str]:
        if agreed_elsewhere:
            asha, text = reached_by(tx, Channel.WHATSAPP, Channel.SMS)
            stopped(tx, text)
        else:
            asha = a_member(tx)
        row_id = tell(tx, asha, "news", Priority.BULK)
        went: list[object] = list(claimed(tx, MORNING + DAY, own=WITHOUT, sender="whatsapp"))
        went += claimed(tx, MORNING + DAY)
        about = thread.find(tx, hired(tx, "Sam"), asha.here(tx).token)
        assert about is not None
        shown = thread.entries(tx, about)[0][-1]
        return went, list(instead_of(tx, row_id)), shown.state, sentence("whatsapp", shown.problem)

    went, instead, state, told = await store.write(story)
    assert (went, instead, state) == ([], [], "failed")
    assert told == sentence("whatsapp", WINDOW_CLOSED)
    assert told.startswith("It is over 24 hours since the person wrote.")


async def test_promise_26_a_row_that_was_put_off_past_the_window_is_looked_at_again(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[bool], list[bool]]:
        asha = a_member(tx)
        tell(tx, asha, "an answer", expires=3 * DAY)
        early = [one.message.in_window for one in claimed(tx, own=WITH_TEMPLATE, sender="whatsapp")]
        delivery.settle(tx, {newest(tx, asha).id: replace(LATER, delay=DAY)}, MORNING, ASHDALE)
        late = [one.message.in_window for one in claimed(tx, MORNING + 2 * DAY, own=WITH_TEMPLATE, sender="whatsapp")]
        return early, late

    assert await store.write(story) == ([True], [False])


SID = "HX" + "9" * 32
IN_BLANKS = "{{1}} here: {{2}} Reply to us here."


def a_template(tx: Tx, state: str = "approved", **fills: str) -> dict[str, str]:
    """What WhatsApp says of a template; language to its token, as a draft has it."""
    found = Found(SID, "news", "en", IN_BLANKS, state)
    row = templates.add(tx, hired(tx), found, fills or {"1": "council", "2": templates.MESSAGE}, MORNING)
    return {"en": row.token}


async def test_promise_26_a_broadcast_goes_as_the_template_that_was_chosen(store: Store) -> None:
    def story(tx: Tx) -> list[tuple[str, str | None]]:
        a_member(tx)
        gone(tx, {"en": "{council}: hello {name}. {stop}"}, MORNING + DAY, templates=a_template(tx))
        going = sent(tx, MORNING + DAY, own=WITHOUT, sender="whatsapp", whose=FREELY)
        return [(one.message.text, one.message.template.name if one.message.template else None) for one in going]

    words = "Ashdale Council here: Ashdale Council: hello Asha. STOP ends texts. Reply to us here."
    assert await store.write(story) == [(words, SID)]


@pytest.mark.parametrize(
    ("state", "fills"),
    [("rejected", {"1": "council", "2": "message"}), ("approved", {"1": "project", "2": "message"})],
    ids=["not approved", "nothing for a blank"],
)
async def test_promise_26_where_it_cannot_go_as_that_it_does_not_go_there(
    store: Store, state: str, fills: dict[str, str]
) -> None:
    def story(tx: Tx) -> int:
        a_member(tx)
        gone(tx, {"en": "{council}: hello. {stop}"}, MORNING + DAY, templates=a_template(tx, state, **fills))
        return len(claimed(tx, MORNING + DAY, own=WITHOUT, sender="whatsapp", whose=FREELY))

    assert await store.write(story) == 0


async def test_promise_26_inside_the_24_hours_it_goes_in_its_own_words(store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        a_member(tx)
        gone(tx, {"en": "{council}: hello {name}. {stop}"}, templates=a_template(tx))
        return [one.message.text for one in sent(tx, MORNING, own=WITHOUT, sender="whatsapp", whose=FREELY)]

    assert await store.write(story) == ["Ashdale Council: hello Asha. STOP ends texts."]
