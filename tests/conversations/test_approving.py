"""Approving by text: a member who leads a project with us reads what is to go out, and says whether it is right."""

from __future__ import annotations

from dataclasses import replace

from bank import approval_round, approvals, terms
from bank.colleague import Colleague
from storage import approvals as entries
from storage import askings, projects
from storage.approvals import How, Post, Subject
from storage.broadcasts import BroadcastKind
from storage.schema import Record
from storage.store import Tx
from tests.bank import leaflet
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone

READ = "Ashdale Council here, about Home care leaflet. Please read this:\n"
ASK = "Are these words right? STOP ends texts.\n1 Yes\n2 No, change something"
AGREED = "Thank you. We have noted that you agree."
CHANGE = "Thank you. What should change? Any words will do. Or text SKIP."


class Asked:
    """Sam asked Asha about these words: of an invitation, or of the terms."""

    sam: Colleague
    project: Record
    row: Record
    subject: Subject
    words: str

    @classmethod
    async def of(
        cls, bank: Bank, phone: Phone, text: str = "", subject: Subject = Subject.TERMS, name: str = "Sam"
    ) -> Asked:
        asked = cls()
        asked.subject = subject
        person = await bank.member(phone)

        def ask(tx: Tx) -> None:
            asked.sam = leaflet.hired(tx, name)
            asked.project = leaflet.led(tx, asked.sam, person)
            if subject is Subject.TERMS:
                asked.row = leaflet.agreement(tx, asked.sam, asked.project, text or "We meet on Thursdays.")
                asked.words = terms.exact(asked.row)
            else:
                asked.row = leaflet.broadcast(tx, asked.sam, asked.project, BroadcastKind.INVITATION)
                asked.words = asked.row.words["en"]
            at = (subject, asked.row.id, asked.words)
            approvals.ask(tx, asked.sam, *at, [Post.MEMBER_CHAIR], bank.now(), bank.organisation)

        await bank.does(ask)
        await bank.keeps_up()
        return asked

    async def standing(self, bank: Bank) -> bool | None:
        at = (self.subject, self.row.id, self.words)
        return (await bank.asks(lambda tx: approvals.standing(tx, *at)))[Post.MEMBER_CHAIR]

    async def notes(self, bank: Bank) -> list[str | None]:
        rows = await bank.asks(lambda tx: entries.of(tx, self.subject, self.row.id))
        assert {row.how for row in rows} <= {How.TEXT}
        return [row.note for row in rows]


async def test_a_yes_by_text_is_kept(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    asked = await Asked.of(bank, phone)
    phone.reads(f"{READ}We meet on Thursdays.\n{ASK}")
    assert await asked.standing(bank) is None
    await phone.says("yes thats fine")
    phone.reads(AGREED)
    assert await asked.standing(bank) is True
    assert await bank.tasks() == []


async def test_what_should_change_is_asked_and_a_person_reads_it(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    asked = await Asked.of(bank, phone)
    phone.ignores_the_rest()
    await phone.says("2")
    phone.reads(CHANGE)
    assert await asked.standing(bank) is False  # whatever becomes of the words
    await phone.says("Mondays are better, we have no carers on thursday")
    phone.reads("Thank you for telling us. A person will read this by 5pm.")
    assert await asked.notes(bank) == [None, "Mondays are better, we have no carers on thursday"]
    assert await bank.tasks() == [("read", "Mondays are better, we have no carers on thursday")]


async def test_nobody_has_to_say_what_should_change(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    asked = await Asked.of(bank, phone)
    await phone.says("no")
    phone.ignores_the_rest()
    await phone.says("SKIP")
    phone.reads("Thank you. If we change it, we will ask you again.")
    assert await asked.standing(bank) is False


async def test_an_invitation_is_read_as_it_will_be_sent(phone: Phone, bank: Bank) -> None:
    """With their own name in it, the project's title, and how to stop."""
    await phone.joins()
    asked = await Asked.of(bank, phone, subject=Subject.INVITATION)
    read = phone.unread[0].screen
    assert read.startswith(f"{READ}Ashdale Council: help us with Home care leaflet, Asha. ")
    assert "{" not in read
    await phone.says("1")
    assert await asked.standing(bank) is True
    phone.ignores_the_rest()


async def test_a_question_goes_to_a_person_and_the_answer_is_not_lost(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    asked = await Asked.of(bank, phone)
    phone.ignores_the_rest()
    await phone.says("who else will be there?")
    assert await bank.questions() == ["who else will be there?"]
    await phone.says("1")
    assert await asked.standing(bank) is True
    phone.ignores_the_rest()


async def test_it_waits_until_nothing_else_is_asked(bank: Bank) -> None:
    phone = bank.phone("sms")
    await phone.joins()
    await phone.says("CALL")
    phone.ignores_the_rest()
    asked = await Asked.of(bank, phone)
    phone.reads_nothing()
    await phone.says("after 4")
    await bank.keeps_up()
    assert phone.unread[-1].screen.endswith(ASK)
    await phone.says("1")
    assert await asked.standing(bank) is True
    phone.ignores_the_rest()


async def test_nobody_is_asked_at_night(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await bank.until(23, 11, 22)
    phone.ignores_the_rest()
    await Asked.of(bank, phone)
    phone.reads_nothing()
    await bank.until(24, 11, 9)
    assert phone.unread[-1].screen.endswith(ASK)
    phone.ignores_the_rest()


async def test_who_does_not_lead_it_any_more_approves_nothing(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    asked = await Asked.of(bank, phone)
    await bank.does(lambda tx: projects.change(tx, asked.project.id, {"member_chair": None}))
    await phone.says("1")
    assert await asked.standing(bank) is None
    phone.ignores_the_rest()


async def test_it_is_asked_in_their_language(bank: Bank) -> None:
    ewa = bank.phone("sms")
    for text in ("dołącz", "1", "1", "Ewa"):
        await ewa.says(text)
    ewa.ignores_the_rest()
    asked = await Asked.of(bank, ewa)
    assert "Ulotka o opiece" in ewa.unread[0].screen
    assert "Are these words right" not in ewa.unread[0].screen
    await ewa.says("tak")
    assert await asked.standing(bank) is True
    ewa.ignores_the_rest()


async def test_who_had_their_texts_of_the_week_is_asked_when_one_more_may_go(bank: Bank) -> None:
    """It is never one too many; meanwhile the page tells whoever asked to ask in another way."""
    phone = bank.phone("sms")
    bank.organisation = replace(bank.organisation, most_a_week=1)
    await phone.joins()
    await Asked.of(bank, phone)
    await phone.says("1")
    phone.ignores_the_rest()
    asked = await Asked.of(bank, phone, "We meet on Mondays.", name="Olu")
    phone.reads_nothing()

    def looks(tx: Tx) -> bool:
        (asking,) = askings.open_of(tx, asked.subject, asked.row.id)
        return approval_round.waits(tx, asking, bank.now(), bank.organisation)

    assert await bank.asks(looks)
    await bank.later(days=7)
    assert "We meet on Mondays." in phone.unread[0].screen
    phone.ignores_the_rest()
