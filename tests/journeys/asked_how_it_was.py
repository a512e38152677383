"""After a listening space: who came is asked how it was, they answer in their own words, and the results are fair."""

from __future__ import annotations

from itertools import zip_longest

from channels.message import Status
from storage import feedback, meetings, people
from storage.store import Tx
from tests import looking
from tests.journeys import figures, how_it_was
from tests.journeys.carers import CARERS
from tests.journeys.how_it_was import (
    BILLS,
    CHANGE,
    HEARD,
    HOW,
    NEEDS,
    NEVER_FORGET,
    NOT_SHOWN,
    PHONE,
    SMALLEST,
    TOLD,
    TYPED_IN,
)
from tests.journeys.listening import NO_PHONE, Listening, got_one
from tests.journeys.space import narrow, texted

_HELLO = {"en": "Ashdale Council: thank you for coming to Listening space.", "pl": "Ashdale Council: dziękujemy"}
ASKS = {
    HOW: "How was it? Reply 1 (bad) to 5 (very good), or just say it.",
    HEARD: "Did people listen to you there?",
    NEVER_FORGET: "What is one thing that we must not forget?",
    CHANGE: "What is one thing that we should change?",
    NEEDS: "Did you have what you needed there?",
}
_SHOWN = {
    HOW: {"5 (best)": "15", "4": "15", "3": NOT_SHOWN, "2": NOT_SHOWN, "1 (worst)": NOT_SHOWN},
    HEARD: {"Yes": "20", "In part": "10", "No": NOT_SHOWN},
    NEVER_FORGET: {"Answered": "20"},
    CHANGE: {"Answered": "15"},
    NEEDS: {"Yes": "30", "No": NOT_SHOWN},
}


async def by_the_clock(told: Listening) -> None:
    await told.until("2026-11-23 15:29")
    assert told.got() == {}
    await told.until("2026-11-23 15:30")
    got = told.got()
    got_one(got, texted(one.name for one in CARERS))
    for one in CARERS:
        assert one.name not in got or got[one.name][0].startswith(_HELLO[one.language]), got[one.name]


async def forty_answer(told: Listening) -> None:
    """Each when they have read what we said before."""
    for turn in zip_longest(*(one.says for one in TOLD)):
        await told.all_say({one.name: text for one, text in zip(TOLD, turn, strict=True) if text is not None})
    thanks = ("We read every answer", "Czytamy")
    thanked = {name for name, texts in told.got().items() if any(one in texts[-1] for one in thanks)}
    assert thanked == {one.name for one in TOLD if one.to_the_end}
    assert await told.town.house.store.read(lambda tx: _kept(tx, told)) == {one.name: one.means for one in TOLD}


def _kept(tx: Tx, told: Listening) -> dict[str, dict[str, str]]:
    """What is kept of what each of them said."""
    row = meetings.by_token(tx, told.at.rpartition("/")[2])
    assert row is not None
    asked = feedback.of_meeting(tx, row.id)
    assert asked is not None
    given = looking.responses(tx, [asked.id])
    return {people.get(tx, one.person_id).name: how_it_was.shown(feedback.answers_of(tx, one.id)) for one in given}


async def one_is_rung(told: Listening) -> None:
    """A colleague reads the questions out, and types in what they hear."""
    olu = told.olu
    await told.until("2026-11-24 10:00")
    await olu.comes_in()
    await olu.opens("/tasks?show=calls")
    await olu.page.locator("main tbody tr", has_text="Vera").get_by_role("link").first.click()
    assert ASKS[HEARD] in await olu.reads()
    await olu.is_sound()
    await olu.follows("Enter how it was")
    await olu.is_sound()
    await olu.is_pictured("feedback-typed-in")
    for question, said in TYPED_IN.items():
        await (olu.fills(**{question: said}) if question == NEVER_FORGET else olu.ticks(question, said))
    await olu.ticks("how", "phone")
    await olu.presses("Keep what they said")
    await olu.is_sound()


async def who_left_some_open_is_reminded_once(told: Listening) -> None:
    told.got()
    await told.until("2026-11-25 09:30")
    told.reminded = texted(one.name for one in CARERS) - {one.name for one in TOLD if one.to_the_end} - {NO_PHONE}
    got_one(told.got(), told.reminded)


async def the_figures_are_fair(told: Listening) -> None:
    ada = told.ada
    await ada.comes_in()
    await told.goes_to()
    await ada.follows("How it was")
    await ada.is_sound()
    shown = dict(await figures.listed(ada))
    asked = [one for one in told.book() if one.text.startswith(tuple(_HELLO.values()))]
    arrived = sum(count for last, count in figures.by_the_book(asked).items() if last in {"", Status.DELIVERED})
    by_phone_or_post = len(CARERS) - len(texted(one.name for one in CARERS))
    assert shown["Were asked"] == str(arrived + by_phone_or_post) == "52", "one number is not in use"
    assert shown["Answered"] == "40, 77 in a hundred"
    for question, asks in ASKS.items():
        table = await told.table(f"Answers to: {asks}")
        assert table == _SHOWN[question], (question, table)
        assert how_it_was.is_fair(table, question), question
    await ada.is_pictured("feedback-results")
    await narrow(ada, "feedback-results")


async def themes_are_tagged(told: Listening) -> None:
    ada = told.ada
    await ada.follows("Themes")
    await ada.is_sound()
    for english, polish in (("Bills", "Rachunki"), ("The phone", "Telefon")):
        await ada.fills(name__en=english, name__pl=polish)
        await ada.presses("Add it")
    for theme, names in (("Bills", BILLS), ("The phone", PHONE)):
        await told.goes_to("/feedback")
        for name in names:
            await told.chooses(name, ASKS[NEVER_FORGET])
        await ada.page.get_by_label("Theme").select_option(label=theme)
        await ada.presses("Say that they are about it")
    counted = await told.table("How many spoke of each theme")
    assert SMALLEST <= len(BILLS) < 13
    assert counted == {"Bills": "10", "The phone": NOT_SHOWN}
    await ada.is_sound()
    await ada.is_pictured("feedback-themes")
