"""A colleague's own phone is known to us no longer than it is theirs: then nothing keeps its number."""

from __future__ import annotations

from dataclasses import replace

from bank import alerting, own_phone
from bank.audit import Act
from storage import addresses, audit, people, question_phones, reach, staff
from storage.addresses import AddressState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.console.desk import Browser, Console
from tests.console.test_people import BOTH
from tests.console.test_person import joined

FIRST, SECOND = "+447700900341", "+447700900342"


async def alerted_at(alex: Browser, sam: Browser, number: str) -> None:
    form: dict[str, str | list[str]] = {"channel": "sms" if number else "", "number": number}
    assert (await alex.post(f"/team/{sam.staff.token}/alerts", form)).status_code == 200


async def kept(console: Console, number: str) -> Record:
    found = await console.read(lambda tx: addresses.find(tx, "sms", number))
    assert found is not None
    return found


async def lead_with_a_phone(console: Console) -> tuple[Browser, Browser]:
    """An administrator, and a lead who is alerted on FIRST and texted about questions there."""
    alex, sam = await console.as_(Role.ADMINISTRATOR, name="Alex Moor"), await console.as_(Role.SAFEGUARDING_LEAD)
    await alerted_at(alex, sam, FIRST)
    await console.write(lambda tx: question_phones.put(tx, sam.staff.id, words=False))
    await console.moves(minutes=1)
    assert (await kept(console, FIRST)).ours == "staff"
    return alex, sam


async def days(console: Console, number: int) -> None:
    for _day in range(number):
        await console.moves(days=1)


@BOTH
async def test_a_phone_that_was_changed_is_erased_in_time_and_the_new_one_is_known(console: Console) -> None:
    alex, sam = await lead_with_a_phone(console)
    held = {"code": "A2B3C4", "code_until": console.clock()}
    await console.write(lambda tx: question_phones.change(tx, sam.staff.id, held))
    await alerted_at(alex, sam, SECOND)
    phone = await console.read(lambda tx: question_phones.of(tx, sam.staff.id))
    assert phone is not None
    assert (phone.code, phone.code_until) == (None, None), "it was texted to the old phone"
    await console.moves(minutes=1)
    old, new = await kept(console, FIRST), await kept(console, SECOND)
    assert (old.ours, new.ours, new.erase_at) == (None, "staff", None)
    assert old.erase_at is not None
    await days(console, 31)
    assert (await kept(console, FIRST)).address is None
    assert (await kept(console, SECOND)).address == SECOND

    def told(tx: Tx) -> list[object]:
        rows = [row for row in audit.everything(tx) if row.act == Act.STAFF_CHANGED]
        return [audit.opened(tx, row.details) for row in rows]

    found = await console.read(told)
    assert found == [{"alerts": ["", "sms, ends 341"]}, {"alerts": ["sms, ends 341", "sms, ends 342"]}]


@BOTH
async def test_who_left_the_team_leaves_no_number_behind(console: Console) -> None:
    alex, sam = await lead_with_a_phone(console)
    await alex.post(f"/team/{sam.staff.token}/close")
    row = await console.read(lambda tx: staff.get(tx, sam.staff.id))
    assert (row.state, row.alert_channel, row.alert_address) == ("closed", None, None)
    assert await console.read(lambda tx: question_phones.of(tx, sam.staff.id)) is None
    await console.moves(minutes=1)
    assert (await kept(console, FIRST)).ours is None
    await days(console, 31)
    assert (await kept(console, FIRST)).address is None
    acts = await console.read(lambda tx: [one.act for one in audit.everything(tx)])
    assert Act.STAFF_CLOSED in acts


async def test_a_phone_that_another_colleague_has_too_stays(console: Console) -> None:
    alex, sam = await lead_with_a_phone(console)
    await alerted_at(alex, alex, FIRST)
    await alex.post(f"/team/{sam.staff.token}/close")
    await days(console, 31)
    found = await kept(console, FIRST)
    assert (found.ours, found.address) == ("staff", FIRST)


async def test_a_phone_of_a_member_stays_the_members(console: Console) -> None:
    alex, sam = await lead_with_a_phone(console)
    member = await joined(console)
    at = await kept(console, FIRST)
    await console.write(lambda tx: reach.join(tx, address_id=at.id, person_id=member.id, since=console.clock()))
    await alerted_at(alex, sam, "")
    await days(console, 31)
    found = await kept(console, FIRST)
    assert (found.ours, found.address, found.erase_at) == (None, FIRST, None)
    assert (await console.read(lambda tx: people.get(tx, member.id))).state == "member"


async def test_a_stop_from_it_is_honoured_after_the_number_is_erased(console: Console) -> None:
    alex, sam = await lead_with_a_phone(console)
    at = await kept(console, FIRST)
    await console.write(lambda tx: addresses.change(tx, at.id, {"state": AddressState.STOPPED}))
    await alerted_at(alex, sam, "")
    await days(console, 31)
    found = await kept(console, FIRST)
    assert (found.address, found.state) == (None, AddressState.STOPPED)


async def test_the_old_number_of_the_out_of_hours_service_goes_too(console: Console) -> None:
    await lead_with_a_phone(console)
    before = replace(console.organisation, out_of_hours=SECOND)

    def known_then_changed(tx: Tx) -> None:
        alerting.know_phones(tx, console.clock(), before)
        (old,) = own_phone.to_let_go(tx, console.clock(), console.organisation, 100)
        own_phone.let_go(tx, console.clock(), console.organisation, old)

    await console.write(known_then_changed)
    old = await kept(console, SECOND)
    assert old.ours is None
    assert old.erase_at is not None
    assert (await kept(console, FIRST)).ours == "staff"
