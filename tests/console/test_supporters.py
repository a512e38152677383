"""Supporters: somebody helps a member only by the member's own yes, gets only what was agreed, and either ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bank import audit, helping
from bank.helping import NEVER, Matter
from flows.supporter import HELPER_ENDED, SUPPORTER, SUPPORTER_OVER, SUPPORTER_TOLD
from flows.template import texts_of
from flows.tone import introduces
from storage import addresses, consents, messages_in, people, reach, supporters, told
from storage.people import PersonState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from storage.supporters import Help
from tests import looking
from tests.console.desk import Browser, Console, Somebody

ASHA, BEN = "+447700900411", "+447700900412"
ASKED = "Ashdale Council here. STOP ends texts. May we text Ben too, about your meetings and to answer for you?"
AGREED = "Thank you. We will tell Ben. To end this, text MY HELPERS."
TOLD = (
    "Ashdale Council here. Asha agreed that we text you about their meetings. "
    "You may also answer our questions for them. To end this, send STOP."
)
OVER = "Ashdale Council here. We will not text you about Asha any more. Thank you for your help."
ENDED = "Ashdale Council here. Ben does not want our texts any more. We have stopped them."
PLACE = (
    "For Asha.\nAshdale Council here. What is your postcode or town? We keep only the area. "
    "You can SKIP this. STOP ends texts."
)


async def joined(console: Console, number: str = ASHA, name: str = "Asha") -> Somebody:
    phone = console.phone(number)
    await phone.says("JOIN", "1", "1", name)
    return phone


async def member(console: Console, number: str = ASHA) -> Record:
    def look(tx: Tx) -> Record:
        found = addresses.find(tx, "sms", number)
        assert found is not None
        return reach.people_at(tx, found.id)[0]

    return await console.read(look)


async def names(console: Console, sam: Browser, **other: str) -> str:
    """A colleague names Ben; returns the page after it."""
    person = await member(console)
    form = {"called": "Ben", "number": "07700 900 412", "helps": "both"} | other
    return (await sam.post(f"/people/{person.token}/supporters/new", form)).text


async def linked(console: Console, helps: str = "both") -> tuple[Somebody, Somebody]:
    """Asha, and Ben whom she agreed to."""
    asha, sam = await joined(console), await console.as_(Role.COORDINATOR)
    await names(console, sam, helps=helps)
    await console.moves(minutes=1)
    await asha.says("yes")
    await console.moves(minutes=1)
    return asha, console.phone(BEN)


async def links(console: Console) -> list[Record]:
    person = await member(console)
    return await console.read(lambda tx: supporters.of(tx, person.id))


async def asked_where_she_lives(console: Console) -> None:
    """The weekly question is the one about her place. It comes when both have had nothing else for a week."""
    person, now = await member(console), console.clock()
    due = {"next_question": 2, "asked_at": now, "looks_after": "no", "joined_at": now - timedelta(days=8)}
    await console.write(lambda tx: people.change(tx, person.id, due))
    await console.moves(days=7, minutes=1)


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_only_the_members_own_yes_links_the_two(console: Console) -> None:
    asha, sam = await joined(console), await console.as_(Role.COORDINATOR)
    assert "We will ask the member by text." in await names(console, sam)
    await console.moves(minutes=1)
    assert (await asha.heard())[-1] == ASKED
    assert await console.read(lambda tx: addresses.find(tx, "sms", BEN)) is None, "Ben hears nothing before the yes"
    await asha.says("yes")
    assert (await asha.heard())[-1] == AGREED
    await console.moves(minutes=1)
    assert await console.phone(BEN).heard() == [TOLD]

    person = await member(console)
    ledger = await console.read(lambda tx: consents.history(tx, person_id=person.id))
    assert [(entry.purpose, entry.given) for entry in ledger][-1] == ("supporter", True)
    assert ledger[-1].words.startswith(ASKED)
    assert ledger[-1].message_id is not None
    page = (await sam.get(f"/people/{person.token}/supporters")).text
    assert "The member agreed" in page
    assert "ends 412" in page
    assert "0412" not in page
    assert "To have somebody help them" in (await sam.get(f"/people/{person.token}")).text


@pytest.mark.parametrize("reply", ["no", "No thanks"])
async def test_no_is_no_and_what_was_named_is_not_kept(console: Console, reply: str) -> None:
    asha, sam = await joined(console), await console.as_(Role.COORDINATOR)
    await names(console, sam)
    await console.moves(minutes=1)
    await asha.says(reply)
    assert (await asha.heard())[-1] == "That is fine. We will not text them. Nothing has changed."
    (link,) = await links(console)
    assert (link.state, link.name, link.number) == ("refused", None, None)
    await console.moves(days=20)
    assert await console.read(lambda tx: addresses.find(tx, "sms", BEN)) is None


async def test_no_answer_is_no_yes_and_it_is_asked_once(console: Console) -> None:
    asha, sam = await joined(console), await console.as_(Role.COORDINATOR)
    await names(console, sam)
    for _day in range(16):
        await console.moves(days=1)
    assert (await asha.heard()).count(ASKED) == 1
    (link,) = await links(console)
    assert (link.state, link.ended_by, link.name) == ("refused", None, None)


async def test_the_member_ends_it_by_text_and_the_helper_is_not_told_who_did(console: Console) -> None:
    asha, ben = await linked(console)
    await asha.says("MY HELPERS")
    assert (await asha.heard())[-1] == "These people help you with our texts. Whose help shall we end?"
    await asha.says("1")
    assert (await asha.heard())[-1] == "Thank you. They will not help with your texts any more."
    await console.moves(minutes=1)
    assert await ben.heard() == [TOLD, OVER]
    person = await member(console)
    ledger = await console.read(lambda tx: consents.history(tx, person_id=person.id))
    assert [(entry.purpose, entry.given) for entry in ledger][-1] == ("supporter", False)
    await console.moves(days=31)
    found = await ben.address()
    assert found.address is None, "nobody needs the number any more"


@pytest.mark.parametrize("words", ["stop texting my son", "Stop my helper please", "who helps me"])
async def test_plain_words_lead_there_and_stop_nothing_else(console: Console, words: str) -> None:
    asha, _ben = await linked(console)
    await asha.says(words)
    assert (await asha.heard())[-1].startswith("These people help you")
    await asha.says("nobody's")
    assert (await asha.heard())[-1] == "That is fine. Nothing has changed."
    assert (await asha.address()).state == "open"
    assert (await links(console))[0].state == "agreed"


async def test_through_the_menu_too_and_where_nobody_helps(console: Console) -> None:
    asha = await joined(console)
    await asha.says("MENU", "who helps me")
    assert (await asha.heard())[-1].startswith("Nobody helps you with our texts.")


async def test_stop_from_the_helper_ends_it_and_the_member_is_told(console: Console) -> None:
    asha, ben = await linked(console)
    await ben.says("STOP")
    assert (await ben.heard())[-1].startswith("We have stopped.")
    await console.moves(minutes=1)
    assert (await asha.heard())[-1] == ENDED
    (link,) = await links(console)
    assert (link.state, link.ended_by) == ("ended", "supporter")
    assert (await asha.address()).state == "open"


async def test_leave_from_the_helper_takes_nobody_else_off_the_list(console: Console) -> None:
    asha, ben = await linked(console)
    await ben.says("LEAVE")
    await console.moves(minutes=1)
    assert (await member(console)).state == PersonState.MEMBER
    assert (await links(console))[0].ended_by == "supporter"
    assert (await asha.heard())[-1] == ENDED


async def test_a_helper_answers_for_the_member_and_it_says_who_gave_it(console: Console) -> None:
    asha, ben = await linked(console, "answers")
    await asked_where_she_lives(console)
    assert (await ben.heard())[-1] == PLACE
    await ben.says("NG5 1AA")
    assert (await ben.heard())[-1] == "Thank you. We will tell you about things near you."
    person, (link,) = await member(console), await links(console)
    assert person.district == "NG5"
    source = (await console.read(lambda tx: told.of(tx, person.id)))["place"]
    message = next(
        row
        for row in await console.read(lambda tx: messages_in.at_address(tx, link.address_id))
        if row.id == source.message_id
    )
    assert (message.person_id, message.supporter_id) == (person.id, link.id)
    sam = await console.as_(Role.COORDINATOR)
    here = f"/inbox/{(await ben.address()).token}"
    page = (await sam.get(here)).text
    assert page.count("Ben wrote this for Asha.") == 1
    assert '<bdi class="heard-thread__who">Ben</bdi>' in page
    await console.write(lambda tx: people.change(tx, person.id, {"held": "danger"}))
    hidden = (await sam.get(here)).text
    assert "Ben wrote this for somebody they help." in hidden
    assert "for Asha" not in hidden
    said = await asha.heard()
    await asha.says("hello")
    assert len(await asha.heard()) == len(said) + 1, "what Ben answered is not asked of her any more"
    assert (await asha.heard())[-1].startswith("Hello, Ashdale Council here.")


async def test_what_the_member_answers_is_not_asked_of_the_helper_any_more(console: Console) -> None:
    asha, ben = await linked(console)
    await asked_where_she_lives(console)
    await asha.says("NG7")
    await ben.says("LE1")
    assert (await member(console)).district == "NG7"
    assert "A person will read this" in (await ben.heard())[-1]


async def test_a_helper_changes_nothing_else_of_the_members(console: Console) -> None:
    asha, ben = await linked(console)
    for words in ("PAUSE", "MY DETAILS", "1", "LEAVE", "START", "MENU"):
        await asked_where_she_lives(console)
        await ben.says(words)
    person = await member(console)
    assert (person.state, person.paused_until, person.held) == (PersonState.MEMBER, None, None)
    assert not [text for text in await ben.heard() if "Name: Asha" in text]
    assert (await asha.address()).state == "open"


async def test_a_helper_who_gets_reminders_only_answers_nothing(console: Console) -> None:
    _asha, ben = await linked(console, "reminders")
    await asked_where_she_lives(console)
    assert len(await ben.heard()) == 1
    await ben.says("NG5")
    assert (await member(console)).district is None


@pytest.mark.parametrize("helps", [*Help])
async def test_feedback_stories_and_safety_are_never_theirs(console: Console, helps: Help) -> None:
    assert {Matter.FEEDBACK, Matter.STORY, Matter.SAFETY} == NEVER
    asha, ben = await linked(console, helps)
    person, address = await member(console), await ben.address()
    for matter in NEVER:
        assert await console.read(lambda tx, one=matter: helping.may_tell(tx, person.id, one)) == []  # type: ignore[misc]
        assert await console.read(lambda tx, one=matter: helping.may_answer(tx, address.id, person.id, one)) is None  # type: ignore[misc]
    before = await ben.heard()
    await asha.says("he hits me and I am scared")
    await console.moves(days=1)
    assert await ben.heard() == before
    await asked_where_she_lives(console)
    assert await ben.heard() == before, "nothing about somebody who may be in danger goes to anybody else"


async def test_words_about_danger_from_a_helper_are_not_taken_for_the_members(console: Console) -> None:
    _asha, ben = await linked(console)
    await asked_where_she_lives(console)
    await ben.says("I want to kill myself")
    assert "Is it safe to text you back?" in (await ben.heard())[-1]
    assert (await member(console)).held is None
    (task,) = [one for one in await console.read(looking.open_tasks) if one.kind == "safeguarding"]
    assert task.person_id is None


async def test_a_member_says_yes_to_a_colleague_who_reads_the_question_out(console: Console) -> None:
    await joined(console)
    sam, person = await console.as_(Role.COORDINATOR), await member(console)
    await names(console, sam, helps="reminders")
    (link,) = await links(console)
    path = f"/people/{person.token}/supporters/{link.token}"
    page = (await sam.get(path)).text
    assert "May we also text Ben about your meetings?" in page
    assert "Choose how they told you" in (await sam.post(f"{path}/agreed", {"answer": "Yes, do"})).text
    done = (await sam.post(f"{path}/agreed", {"answer": "Yes, do", "agreed_how": "phone"})).text
    assert "Their yes is kept." in done
    entry = (await console.read(lambda tx: consents.history(tx, person_id=person.id)))[-1]
    assert (entry.purpose, entry.how, entry.answer, entry.entered_by) == ("supporter", "phone", "Yes, do", sam.staff.id)

    await console.moves(minutes=1)
    assert len(await console.phone(BEN).heard()) == 1
    ended = (await sam.post(f"{path}/end", {"by": "member", "how": "in_person"})).text
    assert "The help has ended." in ended
    await console.moves(minutes=1)
    assert (await console.phone(BEN).heard())[-1] == OVER
    assert (await sam.get(path)).status_code == 404
    assert (await console.read(audit.verify))[1] is None


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ({"number": "0115 496 0000"}, "Enter a UK mobile number."),
        ({"number": "07700 900 411"}, "own number"),
        ({"called": ""}, "Enter their first name"),
        ({"helps": "everything"}, "Choose what they help with"),
    ],
)
async def test_mistakes_are_said_and_nothing_is_lost(console: Console, typed: dict[str, str], mistake: str) -> None:
    await joined(console)
    page = await names(console, await console.as_(Role.COORDINATOR), **typed)
    assert mistake in page
    assert await links(console) == []


async def test_when_the_member_is_erased_so_is_who_helped(console: Console) -> None:
    asha, ben = await linked(console)
    await asked_where_she_lives(console)
    await ben.says("NG5 1AA")
    person = await member(console)
    await asha.says("LEAVE")
    await console.moves(days=15)
    await console.moves(days=1)
    (link,) = await console.read(lambda tx: supporters.of(tx, person.id))
    assert (link.state, link.name, link.number, link.address_id) == ("ended", None, None, None)
    found = await ben.address()
    assert found.address is None
    assert [row.text for row in await console.read(lambda tx: messages_in.at_address(tx, found.id))] == [None]


async def test_a_member_in_danger_is_seen_by_leads_only(console: Console) -> None:
    asha, sam = await joined(console), await console.as_(Role.COORDINATOR)
    person = await member(console)
    await asha.says("he hits me and I am scared")
    assert (await sam.get(f"/people/{person.token}/supporters")).status_code == 404


def test_each_text_says_who_writes_and_what_was_not_asked_for_how_to_stop() -> None:
    for flow in (SUPPORTER, SUPPORTER_TOLD):
        for key, words in texts_of(flow):
            if words.text.startswith("{council}"):
                assert list(introduces(words.text)) == [], key
    for flow in (SUPPORTER_OVER, HELPER_ENDED):
        assert all(words.text.startswith("{council} here.") for _key, words in texts_of(flow))
