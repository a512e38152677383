"""Two coordinators write to a thousand members, who answer in their own words; every figure adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest

from bank.audience_words import LEFT
from channels.fakes.book import Entry
from channels.fakes.segments import segments
from storage import addresses, broadcasts, invitations, places
from storage.addresses import AddressState
from storage.picking import Left, Way
from storage.places import PlaceState
from storage.store import Tx
from tests import looking
from tests.journeys import figures, thousand
from tests.journeys.own_words import Answering, given
from tests.journeys.story import OWN_PHONE, PLACES, Story, begun
from tests.journeys.thousand import NOT_TAKEN, Fate, Member
from tests.journeys.windows import Window

pytestmark = pytest.mark.browser

A_SEGMENT = 24  # tenths of a penny, as the settings have it
TEXTED = (Way.SMS, Way.WHATSAPP, Way.TELEGRAM)
WORDS = "{name}, {council} here. Help us make our leaflet about care easy to read. {stop} Would you like to take part?"
POLISH = "{name}, tu {council}. Pomóż nam napisać prostą ulotkę o opiece. {stop} Czy chcesz wziąć udział?"
# Why somebody cannot be texted now is told to safeguarding leads alone.
_NOT_TOLD_APART = {Left.HELD, Left.QUIET, Left.NO_ADDRESS}
_ASKS = ("Help us make our leaflet", "Pomóż nam napisać")


@pytest.fixture
async def story(tmp_path: Path, axe: Path, pictures: Path | None) -> AsyncIterator[Story]:
    async with begun(tmp_path / "data", axe, pictures) as told:
        yield told


async def test_a_thousand_are_asked_and_every_figure_adds_up(story: Story) -> None:
    await it_is_written_and_a_mistake_is_put_right(story)
    await the_check_counts_everybody(story)
    await three_say_yes(story)
    await it_goes_at_its_minute_to_exactly_those(story)
    await three_hundred_answer(story)
    await an_answer_is_entered_from_a_call(story)
    await the_figures_add_up(story)
    await nobody_is_asked_again(story)


async def it_is_written_and_a_mistake_is_put_right(story: Story) -> None:
    ada, here = story.ada, f"/projects/{story.project.token}"
    await ada.opens(here)
    await ada.presses("Open it to people")
    await ada.opens(f"/broadcasts/new?project={story.project.token}")
    await ada.fills(name="Who would like to help?", words__en=WORDS.replace("{name}", "{nmae}"), words__pl=POLISH)
    await ada.is_sound()
    await ada.presses("Keep it and go on")
    await ada.ticks("whom", "all")
    await ada.is_sound()
    await ada.presses("Keep it and go on")
    await ada.ticks("goes", "later")
    await ada.fills(day__day="23", day__month="11", day__year="2026", time="11.25am")
    await ada.ticks("when_capped", "leave_out")
    await ada.is_sound()
    await ada.presses("Keep it and look at it")
    assert "To put right before it goes" in await ada.reads()
    assert "There is no {nmae}" in await ada.reads()
    assert await ada.page.get_by_role("button", name="Ask them to approve it").count() == 0
    await ada.is_sound()
    await ada.is_pictured("telling-mistake")
    await ada.follows("Change what it says")
    await ada.fills(words__en=WORDS)
    await ada.presses("Keep it and look at it")
    story.at = ada.page.url.removeprefix(story.town.url)
    assert "To put right before it goes" not in await ada.reads()


async def the_check_counts_everybody(story: Story) -> None:
    ada, beforehand = story.ada, await figures.reached(story.ada)
    # Asha leads it. She is asked to approve the words, and has had her text of the week with that.
    assert beforehand == thousand.counted() | {Way.SMS: thousand.counted()[Way.SMS] + 1}
    await ada.page.get_by_label("In which language").select_option(label="English")
    await ada.presses("Send it to my phone")
    await story.settles()
    (tried,) = story.town.got(OWN_PHONE)
    assert tried.text.startswith("Ada Lead, Ashdale Council here. Help us make our leaflet")
    await ada.is_sound()
    await ada.is_pictured("telling-check")


async def three_say_yes(story: Story) -> None:
    """Asha by text, Olu as a second person, and Ada as the co-chair from the team."""
    ada, olu = story.ada, story.olu
    await ada.presses("Ask them to approve it")
    await story.time_passes(minutes=1)
    asha = next(one for one in story.members if one.name == "Asha")
    assert "Asha, Ashdale Council here." in story.town.got(asha.address)[0].text
    await story.town.texts(asha.address, "yes thats fine")
    await story.settles()
    for window in (olu, ada):
        await window.opens("/")
        await window.follows("Say yes or no to an invitation")
        await window.is_sound()
        await window.ticks("given", "yes")
        await window.presses("Keep the answer")
    await ada.opens(story.at)
    assert (await ada.reads()).count("Said yes") == 3


async def it_goes_at_its_minute_to_exactly_those(story: Story) -> None:
    ada, town = story.ada, story.town
    assert await figures.reached(ada) == thousand.counted()
    assert await figures.left_out(ada) == _in_words()
    most = await _adds_up(ada)
    before = len(town.twilio.book), len(town.telegram.book)
    await ada.presses("Let it go, at its time, to 940 people")
    assert "It is let go." in await ada.reads()
    await story.time_passes(minutes=23)
    assert (len(town.twilio.book), len(town.telegram.book)) == before, "it is not yet 11.25am"
    await story.time_passes(minutes=1)
    await story.time_passes(hours=1)  # whoever had no signal gets it once more
    story.sent = [*town.twilio.book.accepted[before[0] :], *town.telegram.book.accepted[before[1] :]]
    written_to = {one.to: one for one in story.members if one.is_written_to and one.lot.fate not in NOT_TAKEN}
    twice = {one.to: 2 for one in written_to.values() if one.lot.fate is Fate.NO_SIGNAL}
    assert Counter(entry.to for entry in story.sent) == dict.fromkeys(written_to, 1) | twice
    for entry in story.sent:
        _reads_as_it_must(entry, written_to[entry.to])
    tenths = [segments(entry.text) * A_SEGMENT for entry in story.sent if entry.to.startswith("+")]
    assert sum(tenths) <= (await story.broadcast()).spent <= most


async def _adds_up(ada: Window) -> int:
    """What it costs at the most, in tenths of a penny, by the page of the check; its rows add up."""
    pounds, rows = await figures.cost(ada)
    assert sum(each for _way, _people, each in rows) == pytest.approx(pounds, abs=0.015)
    texted = {way: sum(people for name, people, _each in rows if figures.WAYS[name] is way) for way in TEXTED}
    assert texted == {way: thousand.counted()[way] for way in TEXTED}
    return round(pounds * 1000)


def _reads_as_it_must(entry: Entry, one: Member) -> None:
    """In their language, with their own name and nobody else's."""
    polish = one.lot.language == "pl"
    assert _ASKS[polish] in entry.text
    assert "{" not in entry.text
    if one.name and len(one.name) <= 20:
        assert entry.text.startswith(f"{one.name}, ")


def _in_words() -> dict[str, int]:
    told: Counter[str] = Counter()
    for why, number in thousand.left_out().items():
        told["cannot be texted just now" if why in _NOT_TOLD_APART else LEFT[why][number == 1]] += number
    return dict(told)


async def three_hundred_answer(story: Story) -> None:
    story.answering = given(story.members)
    assert len({one.member.id for one in story.answering}) == 300
    soon = [one for one in story.answering if not one.said.late]
    for turn in range(3):
        await story.hears(soon, turn)
        await story.time_passes(minutes=10)
    await story.time_passes(days=8)
    await story.hears([one for one in story.answering if one.said.late], 0)
    heard = await story.town.house.store.read(lambda tx: _answers(tx, story))
    odd = [one for one in story.answering if heard[one.member.id] != one.said.means]
    assert Counter((one.said.messages, heard[one.member.id]) for one in odd) == {}
    stopped = await story.town.house.store.read(lambda tx: _stopped(tx, story.answering))
    assert stopped == [one.member.id for one in story.answering if one.said.stops]


def _answers(tx: Tx, story: Story) -> dict[int, str | None]:
    (row,) = broadcasts.newest(tx)
    found = {one.member.id: invitations.of(tx, row.id, one.member.id) for one in story.answering}
    return {id_: one.answer for id_, one in found.items() if one is not None}


def _stopped(tx: Tx, answering: Iterable[Answering]) -> list[int]:
    found = [(one.member.id, addresses.find(tx, one.member.lot.way, one.member.address)) for one in answering]
    return [id_ for id_, row in found if row is not None and row.state == AddressState.STOPPED]


async def an_answer_is_entered_from_a_call(story: Story) -> None:
    olu = story.olu
    await olu.comes_in()
    await olu.opens("/tasks?show=calls")
    await olu.is_sound()
    await olu.page.locator("main tbody tr a").first.click()
    read = await olu.reads()
    assert any(asked in read for asked in _ASKS)
    await olu.ticks("answer", "yes")
    await olu.ticks("how", "phone")
    await olu.is_sound()
    await olu.presses("Keep their answer")


async def the_figures_add_up(story: Story) -> None:
    ada = story.ada
    await ada.comes_in()
    # Whom Telegram took it for may still be told of: the page would renew itself while it is looked at.
    await ada.page.route("**/latest", lambda asked: asked.fulfill(status=204))
    await ada.opens(story.at)
    assert "<" not in await ada.reads()
    await ada.is_sound()
    await ada.is_pictured("telling-progress")
    shown = await figures.progress(ada)
    book = figures.by_the_book(story.sent)
    assert shown.stands == {
        "Handed over, and no more is known": book[""],
        "Left the phone company": book["sent"],
        "Delivered": book["delivered"],
        "Read": book["read"],
        "To be rung": thousand.counted()[Way.CALL] - 1,
        "Rung": 1,
        "To get a letter": thousand.counted()[Way.LETTER],
    }
    assert shown.failed == {code: thousand.fates(fate) for fate, code in thousand.CODES.items()}
    for code in ("30005", "30006", "30007"):
        assert shown.failed[code] == book[code]
    assert shown.left_out == _in_words()
    assert shown.replied == sum(not one.said.late for one in story.answering)
    meant = Counter(one.said.means for one in story.answering)
    assert shown.answers == {"yes": meant["yes"] + 1, "no": meant["no"], "later": meant["later"]}
    assert shown.sum == shown.people == 1000


async def nobody_is_asked_again(story: Story) -> None:
    """Nothing of it went in the days after; each call and letter is there once; no more have a place than there are."""
    town = story.town
    asked = [entry for book in (town.twilio.book, town.telegram.book) for entry in book if _is_invitation(entry)]
    assert len(asked) == len(story.sent)
    project, row = story.project, await story.broadcast()

    def look(tx: Tx) -> tuple[list[int], list[int]]:
        tasks = sorted(one.person_id for one in looking.open_tasks(tx) if one.broadcast_id == row.id)
        return tasks, [one.person_id for one in places.in_project(tx, project.id, PlaceState.PLACE)]

    to_do, placed = await town.house.store.read(look)
    by_hand = sorted(one.id for one in story.members if one.lot.way in {Way.CALL, Way.LETTER})
    assert len(to_do) == len(by_hand) - 1
    assert set(to_do) < set(by_hand)
    assert 0 < len(placed) <= PLACES
    assert {*placed} <= {one.member.id for one in story.answering if one.said.means == "yes"} | {*by_hand}


def _is_invitation(entry: Entry) -> bool:
    """With its choices; what Ada tried and Asha read comes with others, or with none."""
    return (
        any(asked in entry.text for asked in _ASKS) and entry.to != OWN_PHONE and "Please read this" not in entry.text
    )
