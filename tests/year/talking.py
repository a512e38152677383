"""Talking: what people read on their phones, what they make of it, and what they write to us then."""

from __future__ import annotations

import heapq
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from channels.fakes.book import Entry
from storage.picking import Way
from tests.bot.town import OUR_NUMBER, OUR_WHATSAPP
from tests.year import coordinator, replies
from tests.year.line import COMING, NOT, WAITING, Says
from tests.year.people import Member
from tests.year.reading import Read
from tests.year.year import Got, Year

_MINUTE = timedelta(minutes=1)
_MOST_TURNS = 6
Act = Callable[[], Awaitable[None]]


class Talking:
    """Everybody's phone, and what its owner is going to do."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.acts: list[tuple[datetime, int, Act]] = []
        self._order = count()
        self._read = [0, 0]
        self._turn: dict[int, str] = {}
        self._seen = 0  # so many texts were there before somebody wrote

    def at(self, when: datetime, act: Act) -> None:
        """Somebody does this then."""
        heapq.heappush(self.acts, (max(when, self.year.now), next(self._order), act))

    async def settles(self) -> None:
        """All that is due goes, and is read."""
        town = self.year.town
        await town.house.drain()
        await town.twilio.settled()
        await town.telegram.settled()
        await town.house.drain()
        self._reads()

    def _reads(self) -> None:
        """Whatever is new on anybody's phone is read there."""
        books = self.year.town.twilio.book.accepted, self.year.town.telegram.book.accepted
        for number, book in enumerate(books):
            new, self._read[number] = book[self._read[number] :], len(book)
            for entry in new:
                if (who := self.year.of(entry.to)) is not None:
                    self._gets(who, entry)

    def _gets(self, who: int, entry: Entry) -> None:
        year, read = self.year, self.year.reader.read(entry.text)
        last = max(year.wrote[who], default=None)
        year.got.append(Got(who, entry, read, last is not None and entry.at - last <= _MINUTE))
        year.figures[f"texts {read.flow or 'other'}"] += 1
        one = year.members[who]
        if read.flow == "rsvp_offer" and read.codes and read.step in {"ask", "alone"}:
            if year.got[-1].asked and self._has_an_offer(who, read.codes[0]):
                return  # it is open, and asked once more after they wrote of something else
            coordinator.offered(year, read.codes[0], who)
        if (read.flow, read.step) in replies.ASKS_COMING and read.codes:
            self._thinks(one, entry, read)
        elif last != year.now and replies.follows(one, read, "", entry.text, 0) is not None:
            self.at(year.now + timedelta(minutes=year.rng.randrange(3, 20)), partial(self._follows, one))

    def _has_an_offer(self, who: int, code: str) -> bool:
        place = self.year.lines[code].places.get(who)
        return place is not None and place.offered is not None

    def _thinks(self, one: Member, entry: Entry, read: Read) -> None:
        """What they answer, and when; a few do something else instead."""
        rng, code = self.year.rng, read.codes[0]
        if self._turn.get(one.id) == code and self.year.now in self.year.wrote[one.id]:
            return  # they are asked it in the middle of a conversation, and answer at once
        odd = rng.random()
        at = replies.reads_in_daytime(self.year.now + timedelta(minutes=rng.randrange(5, 600)))
        if read.flow == "invitation" and odd < 0.02:
            word = "STOP" if odd < 0.006 else "LEAVE" if odd < 0.01 else "PAUSE"
            self.at(at, partial(self._says_word, one, word))
            return
        intent = replies.intends(rng, one, read)
        if intent.said is not None:
            when = replies.reads_in_daytime(self.year.now + intent.after)
            self.at(when, partial(self._answers, one, code, intent.said, entry, read))

    async def _answers(self, one: Member, code: str, said: Says, entry: Entry, read: Read) -> None:
        """They say it now, and go on with whatever is asked then."""
        year = self.year
        if not year.is_reached(one.id) or not year.goes_on(code):
            return
        line = year.lines[code]
        place = line.places.get(one.id)
        if read.flow == "rsvp_offer" and (place is None or place.offered is None):
            return
        if read.flow in {"rsvp_again", "meeting_news"} and (place is None or place.state == NOT):
            return
        if read.flow == "invitation" and place is not None:
            return
        self._turn[one.id] = code
        others = self._others(one, entry)
        words = replies.words(year.rng, one, said, read, named=f"{year.plans[code].title} {code}" if others else "")
        line.answer(one.id, said, year.now)
        pressed = replies.presses(one)
        await self._writes(one, "" if pressed else words, entry if pressed else None, said)
        await self._goes_on(one, code)
        self._is_told(one, code, said)
        self._changes_later(one, code)

    def _others(self, one: Member, entry: Entry) -> bool:
        """Something else is asked on their phone, by which a bare yes could be meant."""
        mine = [got for got in self.year.got if got.who == one.id and got.at > self.year.now - timedelta(days=30)]
        asks = [got for got in mine if (got.read.flow, got.read.step) in replies.ASKS_COMING]
        others = any(got.entry is not entry and self.year.goes_on(got.read.codes[0]) for got in asks if got.read.codes)
        return others or any(got.read.flow == "feedback" and got.at > entry.at for got in mine)

    async def _writes(self, one: Member, text: str, on: Entry | None = None, said: Says | None = None) -> None:
        """By their channel; `on`: they press the button under that message."""
        town, now = self.year.town, self.year.now
        self._seen = len(self.year.got)
        self.year.wrote[one.id].append(now)
        self.year.said.append((now, one.id, text or f"[{said}]"))
        self.year.figures["texts in"] += 1
        if one.way is Way.TELEGRAM:
            person = town.telegram.person(int(one.address))
            seen = next((seen for seen in person.sees if on is not None and str(seen.message_id) == on.id), None)
            if seen is not None and said is not None and len(seen.buttons) > (spot := list(Says).index(said)):
                await person.presses(seen.buttons[spot].label, on=seen)
            else:
                await person.says(text or said or "")
        elif one.way is Way.WHATSAPP:
            webhook = f"{town.url}/webhooks/twilio/message"
            await town.twilio.person_sends(one.to, text, to=f"whatsapp:{OUR_WHATSAPP}", webhook_url=webhook)
        else:
            webhook = f"{town.url}/webhooks/twilio/message"
            await town.twilio.person_sends(one.address, text, to=OUR_NUMBER, webhook_url=webhook)
        await self.settles()

    async def _goes_on(self, one: Member, code: str) -> None:
        """They answer what is asked at once, until nothing is."""
        year, seen = self.year, self._seen
        for _turn in range(_MOST_TURNS):
            newest = next((got for got in reversed(year.got[seen:]) if got.who == one.id), None)
            seen = len(year.got)
            if newest is None:
                return
            guests = year.rng.choice((0, 0, 1, 2))
            text = replies.follows(one, newest.read, code, self._shown(one, newest.entry), guests)
            if text is None:
                return
            self._tells(one, newest.read)
            place = year.lines[code].places.get(one.id) if code else None
            if (newest.read.flow, newest.read.step) == replies.GUESTS and place is not None and place.state == COMING:
                year.lines[code].bring(one.id, guests, year.now)
            await self._writes(one, text)

    def _shown(self, one: Member, entry: Entry) -> str:
        """With its buttons, numbered, below the words."""
        if one.way is not Way.TELEGRAM:
            return entry.text
        sees = self.year.town.telegram.person(int(one.address)).sees
        seen = next(seen for seen in reversed(sees) if str(seen.message_id) == entry.id)
        return "\n".join((entry.text, *(f"{n} {button.label}" for n, button in enumerate(seen.buttons, 1))))

    def _is_told(self, one: Member, code: str, said: Says) -> None:
        """What they were told fits with our own count."""
        state = self.year.lines[code].places[one.id].state
        told = [got.read for got in self.year.got if got.who == one.id and got.at == self.year.now]
        waits = any((read.flow, read.step) == ("coming", "line") for read in told)
        if said is Says.YES and waits is not (state == WAITING) and any(read.flow for read in told):
            self.year.is_wrong(f"{code}: {one.id} is {state}, and was told {[*map(_named, told)]}")

    def _changes_later(self, one: Member, code: str) -> None:
        """Some give their place back some days before it, some are late on the day."""
        year, rng = self.year, self.year.rng
        if year.lines[code].places[one.id].state not in {COMING, WAITING}:
            return
        before = year.plans[code].starts - timedelta(hours=rng.choice((3, 26, 30, 50, 75, 100)))
        if rng.randrange(100) < one.temper.changes and before > year.now:
            self.at(replies.reads_in_daytime(before), partial(self._cannot, one, code))
        elif rng.random() < 0.04:
            self.at(year.plans[code].starts - timedelta(minutes=40), partial(self._is_late, one, code))

    async def _cannot(self, one: Member, code: str) -> None:
        year = self.year
        place = year.lines[code].places[one.id]
        if not year.is_reached(one.id) or not year.goes_on(code) or place.state not in {COMING, WAITING}:
            return
        self._turn[one.id] = code
        year.lines[code].answer(one.id, Says.NO, year.now)
        await self._writes(one, replies.cannot(year.rng, one, self._called(one, code)))
        await self._goes_on(one, code)

    def _called(self, one: Member, code: str) -> str:
        """The weekday, where none but this one of theirs is on it; else its name."""
        plan = self.year.plans[code]
        if one.language != "en" or not timedelta() < plan.starts - self.year.now < timedelta(days=5):
            return f"{plan.title} {code}"
        others = [self.year.plans[each] for each in self.year.to_come() if each != code]
        theirs = [each for each in others if one.id in self.year.lines[each.code].places]
        if any(each.on_day.weekday() == plan.on_day.weekday() for each in theirs):
            return f"{plan.title} {code}"
        return f"{plan.on_day:%A}"

    async def _is_late(self, one: Member, code: str) -> None:
        year = self.year
        if year.is_reached(one.id) and year.goes_on(code) and year.lines[code].places[one.id].state == COMING:
            year.lines[code].touched(one.id, year.now)
            await self._writes(one, replies.LATE[one.language])
            await self._goes_on(one, code)

    async def _follows(self, one: Member) -> None:
        """They answer the last question that is no invitation."""
        year = self.year
        newest = next((got for got in reversed(year.got) if got.who == one.id), None)
        text = replies.follows(one, newest.read, "", newest.entry.text, 0) if newest is not None else None
        if text is not None and newest is not None and year.is_reached(one.id):
            self._tells(one, newest.read)
            await self._writes(one, text)
            await self._goes_on(one, "")

    def _tells(self, one: Member, read: Read) -> None:
        """They answer how a meeting was."""
        if (read.flow, read.step) == ("feedback", "asked"):
            self.year.told[read.codes[0]].add(one.id)

    async def _says_word(self, one: Member, word: str) -> None:
        year = self.year
        if not year.is_reached(one.id):
            return
        if one is year.chair:
            return  # the co-chair stays
        if word == "PAUSE":
            await self._writes(one, word)
            await self._goes_on(one, "")
            year.paused[one.id].append((year.now, year.now + timedelta(days=14)))
            return
        (year.stopped if word == "STOP" else year.left)[one.id] = year.now
        await self._writes(one, word)


def _named(read: Read) -> str:
    return f"{read.flow}.{read.step}"
