"""What they said becomes two promises and one thing that can't be: written, approved, told to all, and heard again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.journeys.asked_how_it_was import ASKS
from tests.journeys.carers import CARERS
from tests.journeys.how_it_was import NEVER_FORGET
from tests.journeys.listening import NO_PHONE, Listening, got_one
from tests.journeys.space import narrow, texted


@dataclass(frozen=True, slots=True)
class Promise:
    """What Ada fills in, and whose answers it comes from."""

    title: str
    said_by: tuple[str, ...]
    words: Mapping[str, str]
    due: tuple[str, str, str] | None = None
    kind: str = "will"


BILLS = Promise(
    "Bills that are easy to read",
    ("Bea", "Cal", "Tia", "Ana", "Łucja", "Vera"),
    {
        "title__pl": "Proste rachunki",
        "heard__en": "our bills are hard to read",
        "heard__pl": "nasze rachunki są trudne",
        "will__en": "rewrite them with carers",
        "will__pl": "napiszemy je od nowa z opiekunami",
    },
    ("4", "12", "2026"),
)
PHONE = Promise(
    "A weekend phone",
    ("Dev", "Eve"),
    {
        "title__pl": "Telefon w weekend",
        "heard__en": "nobody picks up the phone at the weekend",
        "heard__pl": "w weekend nikt nie odbiera telefonu",
        "will__en": "answer it on Saturdays and Sundays",
        "will__pl": "odbieramy go w soboty i niedziele",
    },
    ("11", "12", "2026"),
)
HOURS = Promise(
    "The hour of each visit",
    ("Kit", "Uma"),
    {
        "title__pl": "Godzina wizyty",
        "heard__en": "you want to choose the hour of each visit",
        "heard__pl": "chcecie wybierać godzinę wizyty",
        "why__en": "there are too few carers in the morning",
        "why__pl": "rano jest za mało opiekunów",
    },
    kind="cannot",
)
PROMISES = (BILLS, PHONE, HOURS)
TEXTED = texted(one.name for one in CARERS) - {NO_PHONE}


async def it_is_written_from_answers(told: Listening) -> None:
    ada = told.ada
    for one in PROMISES:
        await told.goes_to("/feedback")
        for name in one.said_by:
            await told.chooses(name, ASKS[NEVER_FORGET])
        await ada.presses("Make a commitment of them")
        assert f"It comes from {len(one.said_by)} answers." in await ada.reads()
        await ada.is_sound()
        await ada.fills(title__en=one.title, **one.words)
        await ada.ticks("kind", one.kind)
        if one.due is not None:
            await ada.fills(**dict(zip(("due__day", "due__month", "due__year"), one.due, strict=True)))
        await ada.page.get_by_label("Who sees to it?").select_option(label="Ada Lead")
        await ada.presses("Check the words first")
        await ada.is_sound()
        await ada.presses("Keep it")
        told.promises[one.title] = told.here()
        await ada.is_sound()
    await ada.is_pictured("commitment-draft")


async def both_who_lead_say_yes(told: Listening) -> None:
    """Ada on the page, Asha by text: one text a week, so a colleague enters what she said of the others."""
    ada, olu = told.ada, told.olu
    told.got()
    for where in told.promises.values():
        await ada.opens(where)
        await ada.presses("Ask for their yes")
        await told.approves(ada, where, "the co-chair of the team")
    await told.time_passes(minutes=1)
    (text,) = told.got()["Asha"]
    assert "We will rewrite them with carers by Friday 4 December." in text, text
    await told.tells("Asha", "yes")
    await told.time_passes(minutes=1)
    await olu.comes_in()
    for one in (PHONE, HOURS):
        await told.approves(olu, told.promises[one.title], "the member who is co-chair", on=("25", "11", "2026"))
    await told.time_passes(minutes=1)
    assert await told.stand() == {BILLS.title: "open", PHONE.title: "open", HOURS.title: "cannot"}
    await ada.comes_in()
    await ada.opens("/commitments")
    await ada.is_sound()
    await narrow(ada, "commitments")


async def all_are_told_in_one_text(told: Listening) -> None:
    """An hour later; who had a text this week that they did not ask for, when there is room for another."""
    ada = told.ada
    told.got()
    await told.time_passes(minutes=60)
    later, first = told.reminded | {"Asha"}, told.got()
    got_one(first, TEXTED - later)
    for name, (text,) in first.items():
        asks = text.startswith(("Ashdale Council: this came of what you told us", "Ashdale Council: oto, co wynikło."))
        assert asks == any(name in one.said_by for one in PROMISES), (name, text)
    await ada.comes_in()
    await ada.opens(told.promises[BILLS.title])
    assert await told.row("In numbers of people", "What we will do") == {
        "Told": str(len(first)),
        "To be told": str(len(later)),
        "By phone or letter": "7",
        "Left out": "1",
        "Those who said it": "6",
        "Yes": "0",
        "No": "0",
    }
    await ada.is_sound()


async def they_say_whether_it_is_what_they_meant(told: Listening) -> None:
    await told.all_say({"Bea": "yes", "Cal": "Yes that's right x", "Ana": "yes", "Dev": "thanks", "Eve": "yes please"})
    await told.tells("Łucja", "tak")
    await told.tells("Tia", "that's not what I meant. I meant the letters that come with them")
    got = told.got()
    assert "A person will read this by" in got["Tia"][0], got
    assert await told.said_to(BILLS.title) == {"Bea": "yes", "Cal": "yes", "Ana": "yes", "Łucja": "yes", "Tia": "no"}, (
        got
    )
    assert await told.said_to(PHONE.title) == {"Eve": "yes"}, got


async def one_is_told_by_phone(told: Listening) -> None:
    olu = told.olu
    await olu.comes_in()
    await olu.opens("/tasks?show=calls")
    await olu.page.locator("main tbody tr", has_text="Vera").get_by_role("link").first.click()
    assert "You said our bills are hard to read. We will rewrite them with carers by Friday 4 December." in (
        await olu.reads()
    )
    await olu.is_sound()
    await olu.follows("Enter what they said to it")
    await olu.is_sound()
    await olu.page.get_by_role("radio", name="Yes", exact=True).first.check()
    await olu.ticks("how", "phone")
    await olu.presses("Keep what they said")
    assert (await told.said_to(BILLS.title))["Vera"] == "yes"


async def who_promised_reads_what_came_back(told: Listening) -> None:
    ada = told.ada
    await ada.opens("/")
    await ada.is_sound()
    await ada.follows("Somebody wrote back about what you promised: read it")
    read = await ada.reads()
    assert "that's not what I meant. I meant the letters that come with them" in read
    await ada.is_sound()
    await ada.is_pictured("commitment-told")
    await narrow(ada, "commitment-told")
    await ada.page.get_by_role("button", name="I have read it").click()
    await ada.opens("/")
    assert "wrote back about what you promised" not in await ada.reads()


async def the_others_are_told_when_their_week_has_room(told: Listening) -> None:
    told.got()
    await told.until("2026-12-01 15:00")
    early = told.got()
    await told.until("2026-12-02 12:30")
    late = told.got()
    assert not {*early} & {*late}
    got_one(early | late, told.reminded | {"Asha"})
