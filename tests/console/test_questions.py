"""The questions' pages, with people who ask on their phones beside them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bank.tokens import token
from storage import addresses, people, question_list, reach, staff, stock_answers
from storage.oneself import NOBODY
from storage.question_list import Part, Seer
from storage.schema import Record
from storage.staff import Role
from tests.console.desk import Browser, Console, Somebody

ASHA, BEN, EWA = "+447700900123", "+447700900124", "+447700900125"
PARKING = "is there parking at the town hall?"
ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


async def member(console: Console, number: str = ASHA, name: str = "Asha") -> Somebody:
    phone = console.phone(number)
    await phone.says("JOIN", "1", "1", name)
    return phone


async def last(phone: Somebody) -> str:
    """What reached this phone last, once all that is due has gone."""
    await phone.console.house.drain()
    return (await phone.heard())[-1]


async def where(console: Console, words: str) -> str:
    """The page of the question with these words."""
    lead = Seer(0, NOBODY, is_lead=True)
    rows = await console.read(lambda tx: [row for part in Part for row in question_list.page(tx, part, lead, 50)])
    return f"/questions/{next(row.token for row in rows if row.words == words)}"


async def send(sam: Browser, page: str, **form: str | list[str]) -> str:
    answer = await sam.post(page, {"press": "send", **form}, page=page)
    return answer.text


@ON_BOTH
async def test_asked_found_looked_at_and_answered(console: Console) -> None:
    asha, sam = await member(console), await console.as_(Role.COORDINATOR)
    await asha.says(PARKING)
    assert await last(asha) == "Thank you for asking. We will answer by Wednesday 25 November."
    assert "Answer their question" in (await sam.get("/")).text
    listed = (await sam.get("/questions")).text
    assert PARKING in listed
    assert "Wednesday 25 November" in listed
    page = await where(console, PARKING)
    shown = (await sam.get(page)).text
    assert PARKING in shown
    assert f'href="/inbox/{(await asha.address()).token}"' in shown
    looked = await sam.post(page, {"answer-en": "Yes, behind it.", "press": "preview"}, page=page)
    assert "Ashdale Council here, about your question: Yes, behind it." in looked.text
    assert "1 text (GSM-7)" in looked.text
    assert "about your question" not in await last(asha), "nothing goes before it was looked at"
    assert "The answer is on its way." in await send(sam, page, **{"answer-en": "Yes, behind it."})
    assert await last(asha) == "Ashdale Council here, about your question: Yes, behind it."
    assert "There is nothing in this list." in (await sam.get("/questions")).text
    assert PARKING in (await sam.get("/questions?show=answered")).text
    assert "Yes, behind it." in (await sam.get(page)).text


async def test_an_empty_answer_is_not_sent_and_the_page_says_so(console: Console) -> None:
    asha, sam = await member(console), await console.as_(Role.COORDINATOR)
    await asha.says(PARKING)
    page = await where(console, PARKING)
    answer = await sam.post(page, {"press": "preview", "answer-en": " "}, page=page)
    assert answer.status_code == 400
    assert 'href="#answer-en"' in answer.text
    assert "Write the answer" in answer.text


async def test_what_was_typed_is_there_when_they_go_back_to_change_it(console: Console) -> None:
    asha, sam = await member(console), await console.as_(Role.COORDINATOR)
    await asha.says(PARKING)
    page = await where(console, PARKING)
    back = await sam.post(page, {"press": "change", "answer-en": "Yes, behind it."}, page=page)
    assert re.search(r"<textarea[^>]*>Yes, behind it.</textarea>", back.text)


async def test_one_answer_for_many_and_what_stays_open_is_told(console: Console) -> None:
    asha, ben = await member(console), await member(console, BEN, "Ben")
    ewa, sam = await member(console, EWA, "Ewa"), await console.as_(Role.COORDINATOR)
    await asha.says(PARKING)
    await ben.says("is there any parking at the town hall?")
    await ewa.says("Is there parking at the town hall please?")
    here = await ewa.address()
    await console.write(
        lambda tx: [people.change(tx, one.id, {"language": "pl"}) for one in reach.people_at(tx, here.id)]
    )
    await console.write(lambda tx: addresses.change(tx, here.id, {"language": "pl"}))
    page = await where(console, PARKING)
    shown = (await sam.get(page)).text
    others = re.findall(r'name="others" type="checkbox" value="([^"]+)"', shown)
    assert len(others) == 2
    assert 'name="answer-pl"' in shown
    left = await send(sam, page, others=others, **{"answer-en": "Yes, behind it."})
    assert "Some questions are still open" in left
    assert "There is no answer in their language yet." in left
    for phone in (asha, ben):
        assert (await last(phone)).endswith("Yes, behind it.")
    assert "Yes, behind it." not in await last(ewa)
    theirs = await where(console, "Is there parking at the town hall please?")
    assert "is on its way" in await send(sam, theirs, **{"answer-pl": "Tak, za nim."})
    assert (await last(ewa)).endswith("Tak, za nim.")


async def test_we_do_not_know_yet_needs_a_day_to_come(console: Console) -> None:
    asha, sam = await member(console), await console.as_(Role.COORDINATOR)
    await asha.says(PARKING)
    page = f"{await where(console, PARKING)}/not-yet"
    for day, month, year, wrong in (
        ("", "", "", "Enter a real date"),
        ("31", "2", "2027", "Enter a real date"),
        ("20", "11", "2026", "must be in the future"),
        ("28", "11", "2026", "your team works"),
    ):
        form = {"until-day": day, "until-month": month, "until-year": year}
        answer = await sam.post(page, form, page=page)
        assert answer.status_code == 400
        assert wrong in answer.text
    done = await sam.post(page, {"until-day": "3", "until-month": "12", "until-year": "2026"}, page=page)
    assert "We told them by when." in done.text
    assert "We will tell you by Thursday 3 December." in await last(asha)
    assert "There is nothing in this list." in (await sam.get("/questions")).text
    assert PARKING in (await sam.get("/questions?show=later")).text
    await console.moves(days=10)
    assert PARKING in await _list_of(console)


async def _list_of(console: Console) -> str:
    sam = await console.as_(Role.COORDINATOR)
    return (await sam.get("/questions")).text


async def test_after_stop_the_page_says_why_and_makes_it_a_call(console: Console) -> None:
    asha, sam = await member(console), await console.as_(Role.COORDINATOR)
    await asha.says(PARKING, "STOP")
    page = await where(console, PARKING)
    shown = (await sam.get(page)).text
    assert "They sent STOP" in shown
    assert 'name="answer-en"' not in shown
    wrong = await sam.post(f"{page}/task", {"words": "Yes, behind it."}, page=page)
    assert "Choose whether to ring them or to write a letter" in wrong.text
    done = await sam.post(f"{page}/task", {"words": "Yes, behind it.", "way": "call"}, page=page)
    assert "The answer became a task." in done.text
    assert "Ring them" in (await sam.get("/")).text
    assert "about your question" not in await last(asha)


async def test_somebody_else_gets_it_and_sees_it_today(console: Console) -> None:
    asha, sam = await member(console), await console.as_(Role.COORDINATOR)
    kim = await console.as_(Role.COORDINATOR, name="Kim Lane")
    await asha.says(PARKING)
    page = await where(console, PARKING)
    done = await sam.post(f"{page}/owner", {"owner": kim.staff.token}, page=page)
    assert "The question has a new owner." in done.text
    assert "Kim Lane" in (await sam.get("/questions")).text
    assert "Answer their question" in (await kim.get("/")).text
    assert "Answer their question" not in (await sam.get("/")).text
    assert PARKING in (await kim.get("/questions?show=mine")).text
    assert PARKING not in (await sam.get("/questions?show=mine")).text


async def test_it_is_closed_only_with_a_reason(console: Console) -> None:
    asha, sam = await member(console), await console.as_(Role.COORDINATOR)
    await asha.says(PARKING)
    page = await where(console, PARKING)
    assert "Say why it needs no answer" in (await sam.post(f"{page}/close", {}, page=page)).text
    done = await sam.post(f"{page}/close", {"why": "She found out herself"}, page=page)
    assert "The question is closed." in done.text
    assert "She found out herself" in (await sam.get(page)).text


async def test_two_who_answer_at_once_send_one_answer(console: Console) -> None:
    asha, sam = await member(console), await console.as_(Role.COORDINATOR)
    kim = await console.as_(Role.COORDINATOR, name="Kim Lane")
    await asha.says(PARKING)
    page = await where(console, PARKING)
    await send(sam, page, **{"answer-en": "Yes."})
    second = await kim.post(page, {"press": "send", "answer-en": "No."})
    assert "Somebody has answered this question already." in second.text
    assert (await last(asha)).endswith("Yes.")


async def test_a_stock_answer_is_offered_and_starts_the_answer(console: Console) -> None:
    asha, sam = await member(console), await console.as_(Role.COORDINATOR)
    await asha.says(PARKING)

    def keep(tx: object) -> Record:
        words = {"en": "Yes. It is free."}
        return stock_answers.add(
            tx,  # type: ignore[arg-type]
            token=token(),
            title="Parking",
            words=words,
            asks=[PARKING],
            safe=False,
            created_at=console.clock(),
        )

    stock = await console.write(keep)
    page = await where(console, PARKING)
    assert f"{page}?stock={stock.token}" in (await sam.get(page)).text
    assert "Yes. It is free.</textarea>" in (await sam.get(f"{page}?stock={stock.token}")).text


async def test_late_ones_are_first_and_marked(console: Console) -> None:
    asha, ben = await member(console), await member(console, BEN, "Ben")
    await asha.says(PARKING)
    await console.moves(days=4)
    await ben.says("what time does it start?")
    text = await _list_of(console)
    assert text.index(PARKING) < text.index("what time does it start?")
    assert text.count("Overdue") == 1


async def test_words_that_hurt_wait_for_a_press_and_html_is_words(console: Console) -> None:
    asha, sam = await member(console), await console.as_(Role.COORDINATOR)
    said = "<script>alert(1)</script> is there parking \u202e?"
    await asha.says(said)
    for path in ("/questions", await where(console, said)):
        text = (await sam.get(path)).text
        assert "<script>alert(1)" not in text
        assert "&lt;script&gt;" in text


async def test_who_may_not_see_it_finds_no_page(console: Console) -> None:
    asha, sam = await member(console), await console.as_(Role.COORDINATOR)
    lead = await console.as_(Role.SAFEGUARDING_LEAD, name="Lou Park")
    await asha.says(PARKING)
    page, here = await where(console, PARKING), await asha.address()
    await console.write(lambda tx: addresses.change(tx, here.id, {"held": "danger"}))
    for path in (page, f"{page}/not-yet", "/questions/nothing"):
        assert (await sam.get(path)).status_code == 404
    for path in ("owner", "close", "right", "task"):
        assert (await sam.post(f"{page}/{path}", {"why": "x"})).status_code in {400, 404}
    assert PARKING not in (await sam.get("/questions")).text
    assert "(0)" in (await sam.get("/questions")).text
    assert PARKING in (await lead.get(page)).text


async def test_their_own_phone_and_who_gets_new_ones(console: Console) -> None:
    sam, boss = await console.as_(Role.COORDINATOR), await console.as_(Role.ADMINISTRATOR, name="Bo Hill")
    assert "Choose who gets new questions" not in (await sam.get("/questions")).text
    assert (await sam.get("/questions/owner")).status_code == 404
    done = await boss.post("/questions/owner", {"owner": sam.staff.token}, page="/questions/owner")
    assert "New questions go there from now on." in done.text
    asha = await member(console)
    await asha.says(PARKING)
    assert "Answer their question" in (await sam.get("/")).text
    assert "We cannot text you yet." in (await sam.get("/questions/phone")).text
    assert "Choose whether we text you" in (await sam.post("/questions/phone", {}, page="/questions/phone")).text
    done = await sam.post("/questions/phone", {"texts": "words"}, page="/questions/phone")
    assert "The change is kept." in done.text
    shown = (await sam.get("/questions/phone")).text
    assert re.search(r'value="words"[^>]*checked', shown)


async def test_answered_by_a_machine_and_checked_by_a_person(console: Console) -> None:
    asha, sam = await member(console), await console.as_(Role.COORDINATOR)
    await console.write(
        lambda tx: stock_answers.add(
            tx,
            token=token(),
            title="Parking",
            words={"en": "Yes. It is free."},
            asks=[PARKING],
            safe=True,
            created_at=console.clock() - timedelta(days=1),
        )
    )
    await asha.says(PARKING)
    assert "This is an automatic answer." in await last(asha)
    assert "Check an automatic answer" in (await sam.get("/")).text
    page = await where(console, PARKING)
    assert "The automatic answer" in (await sam.get(page)).text
    done = await sam.post(f"{page}/right", {}, page=page)
    assert "The automatic answer stands." in done.text


async def test_nobody_reads_what_they_asked_before_they_joined(console: Console) -> None:
    asha, sam = console.phone(ASHA), await console.as_(Role.COORDINATOR)
    await asha.says(PARKING, "JOIN", "1", "1", "Asha")
    page, here = await where(console, PARKING), await asha.address()
    assert (await sam.get(page)).status_code == 200
    await console.write(lambda tx: staff.change(tx, sam.staff.id, {"person_id": reach.people_at(tx, here.id)[0].id}))
    assert (await sam.get(page)).status_code == 404
    assert PARKING not in (await sam.get("/questions")).text
    assert "(0)" in (await sam.get("/questions")).text
