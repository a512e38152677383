from __future__ import annotations
from datetime import timedelta
import pytest
from bank import sign_ups
from bank.tokens import token
from storage import addresses, people, reach, staff, questions
from storage import sign_ups as kept
from storage.staff import Role
from tests.console.desk import Console
from tests.console.test_people import somebody, with_number
from tests.console.test_tasks import day

CRY = "he hits me every night"

async def test_a_today_held(console: Console) -> None:
    asha = await somebody(console, "Asha")
    sam = await console.as_(Role.COORDINATOR)
    await sam.post(f"/people/{asha.token}/tasks/new", {"kind": "call", "words": "about the bus", **day("until")})
    assert "Asha" in (await sam.get("/")).text
    await console.write(lambda tx: people.change(tx, asha.id, {"held": "danger"}))
    assert "Asha" not in (await sam.get("/tasks")).text
    assert "Asha" not in (await sam.get("/")).text

async def test_d_own_question(console: Console) -> None:
    phone = console.phone("+447700900123")
    await phone.says("is there parking at the town hall?")
    await phone.says("JOIN", "1", "1", "Asha")
    sam = await console.as_(Role.COORDINATOR)
    at = await phone.address()
    qs = await console.read(lambda tx: tx.execute(questions.questions.select()).all())
    print([(q.person_id, q.words, q.state) for q in qs])
    await console.write(lambda tx: staff.change(tx, sam.staff.id, {"person_id": reach.people_at(tx, at.id)[0].id}))
    assert (await sam.get(f"/inbox/{at.token}")).status_code == 404
    assert (await sam.get(f"/questions/{qs[0].token}")).status_code == 404

async def test_f_unreachable(console: Console) -> None:
    asha = await somebody(console, "Asha", held="danger")
    await with_number(console, asha, "+447700900123", state="dead", unreachable_at=console.clock())
    sam = await console.as_(Role.COORDINATOR)
    assert "Asha" not in (await sam.get("/")).text

async def test_g_audit_why(console: Console) -> None:
    phone = console.phone("+447700900123")
    await phone.says("JOIN", "1", "1", "Asha", CRY)
    lead, alex = await console.as_(Role.SAFEGUARDING_LEAD), await console.as_(Role.ADMINISTRATOR)
    from storage import concerns
    c = (await console.read(lambda tx: tx.execute(concerns.concerns.select()).all()))[0]
    here = f"/safeguarding/{c.token}"
    await lead.get(here)
    r = await lead.post(f"{here}/reveal", {"why": "Her husband is violent"}, page=here)
    assert r.status_code == 200
    assert "violent" not in (await alex.get("/audit")).text

async def test_g2_alone(console: Console) -> None:
    from bank import concerns as c
    from storage import concerns
    now = console.clock()
    await console.write(lambda tx: c.raise_alone(tx, None, "help he will kill me", now))
    lead, alex = await console.as_(Role.SAFEGUARDING_LEAD), await console.as_(Role.ADMINISTRATOR)
    row = (await console.read(lambda tx: tx.execute(concerns.concerns.select()).all()))[0]
    await lead.get(f"/safeguarding/{row.token}")
    assert ">read the conversation" not in (t := (await alex.get("/audit")).text) and "read the conversation with\n" not in t and t.count("read the conversation with") == 1, t.count("read the conversation with")

async def test_h_counts(console: Console) -> None:
    phone = console.phone("+447700900123")
    await phone.says("JOIN", "1", "1", "Asha", CRY)
    lead = await console.as_(Role.SAFEGUARDING_LEAD)
    at = await phone.address()
    await console.write(lambda tx: staff.change(tx, lead.staff.id, {"person_id": reach.people_at(tx, at.id)[0].id}))
    from bank import concern_list, colleague
    def look(tx):
        return concern_list.overview(tx, colleague.known(tx, staff.get(tx, lead.staff.id)), console.clock())
    got = await console.read(look)
    assert got.open == []
    assert got.counts.raised == 0

async def test_i_own_phone(console: Console) -> None:
    phone = console.phone("+447700900123")
    await phone.says("JOIN", "1", "1", "Asha", CRY)
    lead = await console.as_(Role.SAFEGUARDING_LEAD)
    at = await phone.address()
    await console.write(lambda tx: staff.change(tx, lead.staff.id, {"alert_channel": "sms", "alert_address": "+447700900123"}))
    assert (await lead.get("/safeguarding")).text.count("Asha") == 0
    assert (await lead.get(f"/inbox/{at.token}")).status_code == 404

async def test_k_looks(console: Console) -> None:
    from storage import audit
    phone = console.phone("+447700900123")
    await phone.says("JOIN", "1", "1", "Asha", "hello?")
    at = await phone.address()
    sam = await console.as_(Role.COORDINATOR)
    p = (await console.read(lambda tx: reach.people_at(tx, at.id)))[0]
    for path in (f"/people/{p.token}/change", f"/people/{p.token}/split", f"/people/{p.token}/supporters", f"/inbox/{at.token}/latest"):
        assert (await sam.get(path)).status_code == 200
    rows = await console.read(lambda tx: [r.act for r in tx.execute(audit.audit.select())])
    assert rows.count("saw_person") + rows.count("saw_thread") == 4, rows

async def test_l_search(console: Console) -> None:
    sam, alex = await console.as_(Role.COORDINATOR), await console.as_(Role.ADMINISTRATOR)
    await sam.post("/inbox/search", {"by": "number", "wanted": "07700 900123"})
    assert "900123" not in (await alex.get("/audit")).text

async def test_m_merge_hold(console: Console) -> None:
    phone = console.phone("+447700900123")
    await phone.says("JOIN", "1", "1", "Asha", CRY)
    other = console.phone("+447700900124")
    await other.says("JOIN", "1", "1", "Ash")
    lead = await console.as_(Role.SAFEGUARDING_LEAD)
    a, b = await phone.address(), await other.address()
    pa = (await console.read(lambda tx: reach.people_at(tx, a.id)))[0]
    pb = (await console.read(lambda tx: reach.people_at(tx, b.id)))[0]
    where = f"/people/{pb.token}/merge/{pa.token}"
    r = await lead.post(where, {"why": "same"}, page=where)
    assert r.status_code == 200
    assert (await other.address()).held == "danger"

async def test_n_reveal_why_of_own(console: Console) -> None:
    """safeguarding page of a message not taken in shows a number"""
    from bank import alarms
    from storage import concerns, audit
    now = console.clock()
    from bank import concerns as c
    await console.write(lambda tx: c.raise_alone(tx, None, "+447700900123: help he will kill me", now))
    lead = await console.as_(Role.SAFEGUARDING_LEAD)
    row = (await console.read(lambda tx: tx.execute(concerns.concerns.select()).all()))[0]
    page = (await lead.get(f"/safeguarding/{row.token}")).text
    assert "7700900123" not in page
