"""Upkeep: what becomes due with time. Run twice, it does no harm; missed, it is made up for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from bank import (
    alerting,
    anonymous,
    approval_round,
    arrangement_news,
    caps,
    commitment_approval,
    commitment_confirmed,
    commitment_late,
    delivery,
    desk,
    erasure,
    exporting,
    feedback_project,
    getting_to_know,
    invited_soon,
    meeting_calls,
    meeting_repeat,
    meetings,
    mixing,
    needs_review,
    outcomes,
    outward,
    own_phone,
    place_news,
    promises_month,
    questions,
    reachable,
    reading_sample,
    reminder_lost,
    reminding,
    rsvp_again,
    rsvp_places,
    running,
    sign_in,
    sign_ups,
    standstill,
    supporters,
    talk,
    telling,
    telling_lost,
)
from bank.chore import Chore, all_at_once
from bank.organisation import Organisation
from flows import engine
from flows.about_you import QUESTIONS
from storage import addresses, concerns, conversations, people, reach, said, transfers
from storage import questions as questions_kept
from storage import sign_ups as sign_ups_kept
from storage.addresses import AddressState
from storage.outbox import Priority
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind


@dataclass(frozen=True, slots=True)
class Done:
    """How much was due."""

    nudged: int = 0
    lapsed: int = 0
    asked: int = 0
    reminded: int = 0
    erased: int = 0
    released: int = 0
    returned: int = 0
    forgotten: int = 0
    alerted: int = 0
    renewed: int = 0
    unstuck: int = 0

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def run(tx: Tx, now: datetime, organisation: Organisation, limit: int = 100, chores: Sequence[Chore] = ()) -> Done:
    """Do what is due at `now`, at most `limit` of each kind: these chores, or all of them."""
    chores = chores or CHORES
    counts = dict.fromkeys((chore.counts_as for chore in chores), 0)
    for chore in chores:
        counts[chore.counts_as] += chore.run(tx, now, organisation, limit)
    return Done(**counts)


def _nudge(tx: Tx, now: datetime, organisation: Organisation, conversation_id: int) -> int:
    """Remind, once, somebody who left a question open."""
    row = conversations.standing(tx, conversation_id)
    conversations.change(tx, row.conversation_id, {"nudge_at": None, "nudged": True})
    address = addresses.get(tx, row.conversation_address_id)
    visit = outward.visit(tx, now, organisation, address, row.conversation_person_id)
    visit.standing = talk.standing_of(row)
    saying = engine.nudge(talk.flow_of(visit), visit.standing.position, visit.facts)
    if saying is not None and visit.address.state == AddressState.OPEN and visit.address.taken_by is None:
        visit.say(saying, Priority.INVITATION)
    return 1


def _lapse(tx: Tx, now: datetime, organisation: Organisation, conversation_id: int) -> int:
    """Close a conversation left open too long, without a word; a person reads what was told and not passed on."""
    row = conversations.whereabouts(tx, conversation_id)
    anonymous.let_go(tx, conversation_id)
    conversations.end(tx, conversation_id, "lapsed")
    if row.flow in outcomes.READ_IF_UNANSWERED:
        visit = outward.visit(tx, now, organisation, addresses.get(tx, row.address_id), row.person_id)
        desk.ask_a_person(visit, TaskKind.READ, words=f"They did not answer our question ({row.flow}).")
    return 1


def _to_ask(tx: Tx, now: datetime, organisation: Organisation, limit: int) -> Sequence[int]:
    """Members who may be asked the next short question about them."""
    before = now - timedelta(days=organisation.days_between_questions)
    return people.ready_for_a_question(tx, before, len(QUESTIONS), now, limit)


def _ask(tx: Tx, now: datetime, organisation: Organisation, person_id: int) -> int:
    person = people.get(tx, person_id)
    number = getting_to_know.first_untold(tx, person, person.next_question)
    if number is None:
        people.change(tx, person.id, {"next_question": len(QUESTIONS)})
        return 0
    soon = invited_soon.is_one(tx, person, now, organisation)
    address = _free_address(tx, now, organisation, person) if not soon else None
    if address is None:  # something else is being asked, or was this week: look again tomorrow
        wait = timedelta(days=organisation.days_between_questions - 1)
        people.change(tx, person.id, {"asked_at": now - wait})
        return 0
    people.change(tx, person.id, {"next_question": number + 1, "asked_at": now})
    visit = outward.visit(tx, now, organisation, address, person.id)
    talk.open_flow(visit, QUESTIONS[number].name, priority=Priority.INVITATION)
    supporters.ask_too(tx, now, organisation, person, QUESTIONS[number].name)
    return 1


def _free_address(tx: Tx, now: datetime, organisation: Organisation, person: Record) -> Record | None:
    """Where they last wrote from, if it is open, nothing is or was asked there this week, and it is their turn.

    Their week, and their own wish for fewer texts, must have room for it: what waited would expire unread.
    """
    before = now - timedelta(days=organisation.days_between_questions)
    for address in reach.addresses_of(tx, person.id):
        if (
            reachable.may_be_texted(address, now)
            and conversations.open_at(tx, address.id) is None
            and not said.others_asked(tx, address.id, person.id, before)
            and not caps.must_wait(tx, address.id, person.id, now, organisation)
            and not any(_goes_first(one, person, before, now) for one in reach.people_at(tx, address.id))
        ):
            return address
    return None


def _goes_first(other: Record, person: Record, before: datetime, now: datetime) -> bool:
    """Who shares the phone and was asked less takes the next turn, if they may be asked at all."""
    may_be_asked = (
        other.state == PersonState.MEMBER
        and other.held is None
        and other.joined_at <= before
        and (other.paused_until is None or other.paused_until <= now)
    )
    return may_be_asked and other.next_question < person.next_question


# Somebody may be in danger: this is looked for more often than the rest.
ALERTS = Chore("alerted", lambda tx, now, _whose, limit: concerns.to_alert(tx, now, limit), alerting.climb)
CHORES = (
    ALERTS,
    all_at_once("alerted", alerting.has_unknown_phones, alerting.know_phones),
    Chore("forgotten", own_phone.to_let_go, own_phone.let_go),
    Chore("nudged", lambda tx, now, _whose, limit: conversations.to_nudge(tx, now, limit), _nudge, unasked=True),
    Chore("lapsed", lambda tx, now, _whose, limit: conversations.to_lapse(tx, now, limit), _lapse),
    # Before the questions about them: where one text may go this week, it is the one that others wait for.
    Chore("asked", approval_round.to_text, approval_round.text, unasked=True),
    Chore("asked", _to_ask, _ask, unasked=True),
    Chore("asked", sign_ups.to_ask, sign_ups.ask, unasked=True),
    Chore("asked", supporters.to_ask, supporters.ask, unasked=True),
    Chore("asked", telling.to_tell, telling.tell, unasked=True),
    Chore("reminded", telling_lost.to_ring, telling_lost.ring),
    Chore("returned", telling_lost.to_tell_anew, telling_lost.wait_again),
    Chore("asked", supporters.to_tell, supporters.tell, unasked=True),
    Chore("asked", place_news.to_offer, place_news.offer, unasked=True),
    Chore("asked", place_news.to_tell, place_news.tell),
    Chore("lapsed", rsvp_places.gone, rsvp_places.let_go),
    Chore("lapsed", rsvp_places.offers_over, rsvp_places.lapse),
    Chore("asked", rsvp_places.to_offer, rsvp_places.offer),
    Chore("asked", rsvp_again.to_ask, rsvp_again.ask, unasked=True),
    Chore("asked", rsvp_places.to_tell, rsvp_places.tell),
    Chore("lapsed", place_news.offers_over, place_news.lapse),
    Chore("asked", arrangement_news.to_tell, arrangement_news.tell),
    Chore("asked", promises_month.to_tell, promises_month.tell, unasked=True),
    Chore("asked", feedback_project.to_ask, feedback_project.ask_one, unasked=True),
    Chore("asked", needs_review.to_ask, needs_review.ask, unasked=True),
    Chore("lapsed", supporters.unanswered, supporters.lapse),
    # At ten in the morning many are due at once: a round has time for some hundreds, each hundred a work of its own.
    *[Chore("reminded", reminding.to_send, reminding.send)] * 5,
    Chore("reminded", reminder_lost.to_ring, reminder_lost.ring),
    Chore("lapsed", meeting_calls.to_close, meeting_calls.close),
    Chore("lapsed", meetings.to_end, meetings.end),
    Chore("renewed", meeting_repeat.to_draft, meeting_repeat.draft),
    Chore("renewed", reading_sample.to_draw, reading_sample.draw),
    Chore("renewed", commitment_approval.to_promise, commitment_approval.keep_promise),
    Chore("lapsed", commitment_confirmed.unanswered, commitment_confirmed.give_up),
    Chore("reminded", commitment_late.to_nag, commitment_late.nag),
    Chore(
        "erased",
        lambda tx, now, _whose, limit: sign_ups_kept.due_for_erasure(tx, now, limit),
        sign_ups.erase,
    ),
    Chore("returned", lambda tx, now, _whose, limit: questions_kept.coming_back(tx, now, limit), questions.come_back),
    Chore("returned", questions.to_climb, questions.remind),
    Chore("returned", lambda tx, now, _whose, limit: questions.with_lost_answers(tx, now, limit), questions.reopen),
    Chore(
        "erased",
        lambda tx, now, _whose, limit: people.due_for_erasure(tx, now, limit),
        lambda tx, now, _whose, person_id: erasure.erase_person(tx, person_id, now),
    ),
    Chore(
        "erased",
        lambda tx, now, _whose, limit: addresses.due_for_erasure(tx, now, limit),
        lambda tx, now, _whose, address_id: erasure.erase_unfinished(tx, address_id, now),
    ),
    Chore("erased", lambda tx, now, _whose, limit: transfers.due_for_erasure(tx, now, limit), exporting.forget),
    all_at_once("erased", erasure.has_old_letters, lambda tx, now, _whose: erasure.erase_dead_letters(tx, now)),
    all_at_once("released", delivery.is_stuck, delivery.release),
    *standstill.SWEEPS,
    Chore("forgotten", mixing.due, mixing.mix),
    all_at_once("forgotten", sign_in.is_untidy, lambda tx, now, _whose: sign_in.tidy_up(tx, now)),
    all_at_once("forgotten", running.is_old, running.forget),
)
