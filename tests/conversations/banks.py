"""A whole bank for one dialogue: a real store, real adapters, the receiver and the senders, and a clock to move."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import Table, func, select

from bank.facts import Facts, organisation_facts
from bank.organisation import Organisation
from bot import rounds
from bot.receive import Receiver
from bot.sender import Sender
from channels.message import Adapter, Channel, Poison, Request
from channels.telegram.adapter import TelegramAdapter
from flows.about_you import QUESTIONS
from flows.grammar import Ask, Choose, Say
from flows.join import JOIN
from storage import (
    addresses,
    codes,
    consents,
    dead_letters,
    interests,
    messages_in,
    outbox,
    people,
    question_list,
    reach,
)
from storage.addresses import AddressState
from storage.interests import InterestKind
from storage.oneself import NOBODY
from storage.people import PersonState
from storage.question_list import Part, Seer
from storage.schema import Record, metadata
from storage.store import Store, Tx
from tests import looking
from tests.conversations.moving_clock import MovingClock
from tests.conversations.phones import Phone, TelegramPhone, TextPhone, WhatsAppPhone
from tests.conversations.pocket import Bubble, Pocket

T = TypeVar("T")
_OPEN = (Part.OPEN, Part.LATER)
KINDS: dict[str, type[Phone]] = {"sms": TextPhone, "whatsapp": WhatsAppPhone, "telegram": TelegramPhone}
_DAY = timedelta(days=1)


class Bank:
    """The doors that users come through, and questions to ask of what the bank holds."""

    def __init__(
        self, store: Store, organisation: Organisation, clock: MovingClock, twilio: Adapter, telegram: TelegramAdapter
    ) -> None:
        self.store = store
        self.organisation = organisation
        self.now = clock
        self.phones: list[Phone] = []
        self.dead_letters_expected = 0
        texts = Pocket(twilio, self._deliver)
        self.pockets = {"sms": texts, "whatsapp": texts, "telegram": Pocket(telegram, self._deliver)}
        self.senders = {
            name: Sender(name, pocket, store, clock, lambda: self.organisation) for name, pocket in self.pockets.items()
        }
        self.receiver = Receiver(store, lambda: self.organisation, clock, lambda _sender: None)

    def phone(self, kind: str, address: str | None = None, **more: Any) -> Phone:
        """A new phone, with a number that is nobody's."""
        number = 100 + len(self.phones)
        given = address or (f"7{number}" if kind == "telegram" else f"+447700900{number}")
        self.phones.append(KINDS[kind](self, given, **more))
        return self.phones[-1]

    async def receives(self, request: Request, copies: int = 1) -> None:
        """A provider posts a request; what is due is sent before this returns."""
        await self.receives_together([request] * copies)

    async def receives_together(self, requests: Sequence[Request]) -> None:
        await asyncio.gather(*(self.takes_in(request) for request in requests))
        await self.drains()

    async def takes_in(self, request: Request) -> None:
        """As far as the answer to the provider: stored, and nothing sent yet."""
        name = "telegram" if "telegram" in request.path else "sms"
        pocket = self.pockets[name]
        try:
            await self.receiver.take(pocket.parse(request), pocket)
        except Poison as error:
            await self.receiver.keep_dead_letter(name, request.body.decode(), str(error))

    async def drains(self) -> None:
        """Send what is due, from every sender that has a phone here."""
        for name in {phone.channel.value for phone in self.phones}:
            await self.senders[name].drain()

    async def later(self, **time: float) -> None:
        """Let time pass, with what is due done at least once a day and at the end."""
        await self._passes(timedelta(**time))

    async def until(self, day: int, month: int, hour: int, minute: int = 0, *, year: int = 2026) -> None:
        """Let time pass until then, on the wall in London."""
        await self._passes(self.now.until(day, month, hour, minute, year=year))

    async def keeps_up(self) -> None:
        """Do what is due now, and send it, until there is nothing left to do."""
        while await self.plans():
            await self.drains()

    async def plans(self) -> bool:
        """Do what is due now, and send nothing yet. False when there was nothing."""
        return bool(await rounds.go(self.store, self.now(), self.organisation))

    async def asks(self, question: Callable[[Tx], T]) -> T:
        return await self.store.read(question)

    async def does(self, work: Callable[[Tx], T]) -> T:
        return await self.store.write(work)

    async def count(self, *tables: Table) -> int:
        """Rows in these tables together."""
        counts = [select(func.count()).select_from(table) for table in tables]
        return await self.asks(lambda tx: sum(tx.execute(one).scalar_one() for one in counts))

    async def address(self, phone: Phone) -> Record:
        found = await self.does(lambda tx: addresses.find(tx, phone.channel, phone.address))
        assert found is not None
        return found

    async def members(self, phone: Phone) -> list[Record]:
        """Everyone who has joined with this phone and has not left."""
        address = await self.address(phone)
        here = await self.asks(lambda tx: reach.people_at(tx, address.id))
        return [person for person in here if person.state == PersonState.MEMBER]

    async def member(self, phone: Phone) -> Record:
        (person,) = await self.members(phone)
        return person

    async def consents(self, phone: Phone) -> list[tuple[str, bool]]:
        """The ledger about this address: what for, given or withdrawn."""
        return [(entry.purpose, entry.given) for entry in await self.ledger(phone)]

    async def ledger(self, phone: Phone) -> list[Record]:
        address = await self.address(phone)
        return await self.asks(lambda tx: consents.history(tx, address_id=address.id))

    async def tasks(self) -> list[tuple[str, str | None]]:
        """What waits for a person of ours: the kind, and the words beside it."""
        return [(row.kind, row.words) for row in await self.open_tasks()]

    async def open_tasks(self) -> list[Record]:
        return sorted(await self.asks(looking.open_tasks), key=lambda row: int(row.id))

    async def questions(self) -> list[str | None]:
        """The words of each question that waits for an answer, the oldest first."""
        return [row.words for row in await self.open_questions()]

    async def open_questions(self) -> list[Record]:
        """Their rows, as the list of a lead without a record of their own shows them."""
        anybody = Seer(0, NOBODY, is_lead=True)
        pages = [await self.asks(lambda tx, part=part: question_list.page(tx, part, anybody, 100)) for part in _OPEN]
        return sorted((row for page in pages for row in page), key=lambda row: int(row.id))

    async def kinds_of_tasks(self) -> list[str]:
        return [kind for kind, _words in await self.tasks()]

    async def dispositions(self, phone: Phone) -> list[str]:
        """What became of each message from this phone, in order."""
        return [row.disposition for row in await self.heard(phone)]

    async def heard(self, phone: Phone) -> list[Record]:
        address = await self.address(phone)
        return await self.asks(lambda tx: messages_in.at_address(tx, address.id))

    async def said(self, phone: Phone) -> list[Record]:
        address = await self.address(phone)
        return await self.asks(lambda tx: outbox.at_address(tx, address.id))

    async def is_stopped(self, phone: Phone) -> bool:
        return bool((await self.address(phone)).state == AddressState.STOPPED)

    async def code(self, code: str) -> tuple[int, int]:
        """How often a join code was used to start, and to join."""
        row = await self.asks(lambda tx: codes.find(tx, code))
        assert row is not None
        return row.starts, row.joins

    async def puts_up_poster(self, code: str, language: str | None = None) -> None:
        await self.does(lambda tx: codes.add(tx, code=code, label=code, language=language, created_at=self.now()))

    def polish(self, step: str) -> str:
        """A step of joining as a Polish speaker reads it. It must differ from the English."""
        render, asked = self.organisation.catalogs.render, JOIN.steps[step]
        assert isinstance(asked, (Ask, Choose, Say))
        known = Facts(organisation_facts(self.organisation, self.now(), "pl"))
        text = render(asked.text, "pl", known)
        assert text != render(asked.text, "en", known)
        choices = asked.choices if isinstance(asked, Choose) else ()
        assert isinstance(choices, tuple)
        labels = [render(choice.label, "pl", known) for choice in choices if choice.label is not None]
        return "\n".join((text, *(f"{number} {label}" for number, label in enumerate(labels, 1))))

    async def topics(self, phone: Phone) -> list[str]:
        return await self._chosen(phone, InterestKind.TOPIC)

    async def ways(self, phone: Phone) -> list[str]:
        return await self._chosen(phone, InterestKind.WAY)

    async def tells(self, phone: Phone, **told: str) -> None:
        """Let a member tell us these things as if we had asked: "topics", "place", "needs" and so on."""
        for name, answer in told.items():
            await self.puts_question(phone, name)
            await phone.says(answer)
        phone.ignores_the_rest()

    async def puts_question(self, phone: Phone, name: str) -> None:
        """Put one of the questions about them now, without waiting for its week."""
        number = next(number for number, flow in enumerate(QUESTIONS) if flow.name == name)
        person, now = await self.member(phone), self.now()
        due = {"next_question": number, "asked_at": now - timedelta(days=8), "joined_at": now - timedelta(days=8)}
        await self.does(lambda tx: people.change(tx, person.id, due))
        theirs, self.organisation = self.organisation, replace(self.organisation, most_a_week=0)
        await self.keeps_up()
        self.organisation = theirs
        phone.ignores_the_rest()

    async def nobody_is_known(self) -> bool:
        """Nothing is kept about anybody, nor a consent of theirs."""
        from_people = [people.people, consents.consents, reach.reach]
        return await self.count(*from_people) == 0

    async def remembers(self, word: str) -> list[str]:
        """The tables in which these words stand, anywhere."""

        def look(tx: Tx) -> list[str]:
            found = {
                table.name
                for table in metadata.sorted_tables
                for row in tx.execute(select(table))
                if word in str(tuple(row))
            }
            return sorted(found)

        return await self.asks(look)

    async def is_in_order(self) -> None:
        """Every message met exactly one disposition, and none broke us."""
        tally = await self.asks(messages_in.tally)
        assert None not in tally
        assert await self.asks(dead_letters.count) == self.dead_letters_expected

    async def _chosen(self, phone: Phone, kind: InterestKind) -> list[str]:
        person = await self.member(phone)
        return await self.asks(lambda tx: interests.of(tx, person.id, kind))

    async def _passes(self, time: timedelta) -> None:
        while time > timedelta():
            self.now.move(min(time, _DAY))
            time -= min(time, _DAY)
            await self.keeps_up()
        await self.drains()

    def _deliver(self, bubble: Bubble) -> None:
        message = bubble.message
        where = next(
            phone
            for phone in self.phones
            if (phone.channel, phone.address) == (Channel(message.sender), message.address)
        )
        where.arrived(bubble)
