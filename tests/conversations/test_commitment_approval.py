"""A commitment approved by text: the member who leads the project reads what we will do, and says yes or no."""

from __future__ import annotations

from bank import approvals, commitment_approval, commitments
from bank.colleague import Colleague
from bank.commitment_words import exact
from bank.commitments import Draft
from storage import approvals as entries
from storage import commitments as kept
from storage.approvals import How, Post, Subject
from storage.schema import Record
from storage.store import Tx
from tests.bank import leaflet
from tests.bank.promised import DUE, WORDS
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone

READ = "Ashdale Council here, about Home care leaflet. Please read this:\nBills that are easy to read\n"
WILL = "You said our bills are hard to read. We will rewrite them with carers by Friday 29 January.\n"
ASK = "Are these words right? STOP ends texts.\n1 Yes\n2 No, change something"
AGREED = "Thank you. We have noted that you agree."


class Promise:
    """Sam wrote what will be done, and asks: Olu leads the project for the team, Asha with them."""

    sam: Colleague
    olu: Colleague

    def __init__(self, bank: Bank) -> None:
        self.bank = bank

    @classmethod
    async def of(cls, bank: Bank, phone: Phone) -> Promise:
        person, made = await bank.member(phone), cls(bank)

        def ask(tx: Tx) -> None:
            made.sam, made.olu = leaflet.hired(tx, "Sam"), leaflet.hired(tx, "Olu")
            project = leaflet.led(tx, made.olu, person)
            draft = Draft(WORDS, due_on=DUE, owner=made.sam.token, project=project.token)
            row = commitments.make(tx, made.sam, draft, bank.now())
            commitment_approval.ask(tx, made.sam, row, bank.now(), bank.organisation)

        await bank.does(ask)
        await bank.keeps_up()
        return made

    async def row(self) -> Record:
        return await self.bank.asks(lambda tx: kept.get(tx, 1))

    async def standing(self) -> dict[Post, bool | None]:
        return await self.bank.asks(lambda tx: commitment_approval.standing(tx, kept.get(tx, 1)))

    async def olu_says_yes(self) -> None:
        def say(tx: Tx) -> None:
            told = (Subject.LEDGER, 1, exact(kept.get(tx, 1)), Post.STAFF_CHAIR)
            approvals.record(tx, *told, True, How.CONSOLE, self.bank.now(), staff_id=self.olu.id)

        await self.bank.does(say)
        await self.bank.keeps_up()

    async def sam_writes(self, will: str) -> None:
        def write(tx: Tx) -> None:
            draft = Draft({**WORDS, "will": {"en": will}}, due_on=DUE, owner=self.sam.token)
            row = kept.locked(tx, 1)
            commitments.change(tx, self.sam, row, draft, self.bank.now(), self.bank.organisation)

        await self.bank.does(write)
        await self.bank.keeps_up()


async def test_it_is_promised_when_both_said_yes(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    promise = await Promise.of(bank, phone)
    phone.reads(f"{READ}{WILL}{ASK}")
    await phone.says("yes thats right")
    phone.reads(AGREED)
    assert await promise.standing() == {Post.STAFF_CHAIR: None, Post.MEMBER_CHAIR: True}
    assert (await promise.row()).state == "waiting"
    await promise.olu_says_yes()
    assert (await promise.row()).state == "open"
    assert (await promise.row()).first_on == "2027-01-29"
    phone.ignores_the_rest()


async def test_who_wants_other_words_is_asked_about_those(phone: Phone, bank: Bank) -> None:
    """The co-chair of the team had said yes already: they are asked anew, too."""
    await phone.joins()
    promise = await Promise.of(bank, phone)
    await promise.olu_says_yes()
    await phone.says("2")
    await phone.says("say who will do it")
    phone.ignores_the_rest()
    told = await bank.asks(lambda tx: [row.note for row in entries.of(tx, Subject.LEDGER, 1)])
    assert told[-1] == "say who will do it"
    assert (await promise.row()).state == "waiting"
    await promise.sam_writes("rewrite them with Dana and three carers")
    await bank.later(days=7)  # they had their texts of this week
    other = WILL.replace("rewrite them with carers", "rewrite them with Dana and three carers")
    phone.reads(f"{READ}{other}{ASK}")
    await phone.says("1")
    assert await promise.standing() == {Post.STAFF_CHAIR: None, Post.MEMBER_CHAIR: True}
    assert (await promise.row()).state == "waiting"
    await promise.olu_says_yes()
    assert (await promise.row()).state == "open"
    phone.ignores_the_rest()


async def test_a_yes_to_words_that_were_changed_meanwhile_promises_nothing(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    promise = await Promise.of(bank, phone)
    await promise.olu_says_yes()
    phone.ignores_the_rest()
    await promise.sam_writes("throw them all away")
    await phone.says("1")
    assert (await promise.row()).state == "waiting"
    phone.ignores_the_rest()


async def test_it_is_read_in_their_language(bank: Bank) -> None:
    ewa = bank.phone("sms")
    for text in ("dołącz", "1", "1", "Ewa"):
        await ewa.says(text)
    ewa.ignores_the_rest()
    promise = await Promise.of(bank, ewa)
    assert "Proste rachunki" in ewa.unread[0].screen
    assert "29 stycznia" in ewa.unread[0].screen
    await ewa.says("tak")
    assert (await promise.standing())[Post.MEMBER_CHAIR] is True
    ewa.ignores_the_rest()
