"""Every column that can hold text is sealed, or a keyed hash, or is listed here with why it may be plain."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, MetaData, String, Table

from storage import migrate
from storage.types import Code, Lookup, Sealed, SealedJson, Token

OURS = "random, made by us"
CHANNEL = "sms, whatsapp or telegram"
STATE = "a word of our own for how it stands"
LANGUAGE = "a language's tag, needed to choose words and to count the worst served"
PROVIDERS = "the provider's own random name for the message"
CODED = "one of a few fixed answers, by which members are chosen"
OUR_SCRIPT = "a name from our own scripts"

PLAIN = {
    "notes.token": OURS,
    "stock_answers.token": OURS,
    "addresses.token": OURS,
    "addresses.channel": CHANNEL,
    "addresses.sender": "which of our own senders they wrote to",
    "addresses.state": STATE,
    "addresses.held": "a word of our own for why a person must look first",
    "addresses.ours": "staff or out_of_hours: a phone of our own",
    "concerns.token": OURS,
    "concern_messages.token": OURS,
    "concern_messages.judged": "right, wrong or missed",
    "shifts.token": OURS,
    "addresses.language": LANGUAGE,
    "codes.code": "printed on posters",
    "codes.language": LANGUAGE,
    "broadcasts.token": OURS,
    "broadcasts.state": "where it stands, in a word of our own",
    "projects.token": OURS,
    "projects.kind": "project, group, listening space...",
    "projects.state": STATE,
    "projects.rung": "which rung of the ladder",
    "projects.places_by": "first, draw or chosen",
    "projects.decided_on": "a date",
    "projects.draw_seed": "what a draw was held with, told to everybody",
    "projects.starts_on": "a date",
    "projects.ends_on": "a date",
    "places.state": STATE,
    "terms.token": OURS,
    "terms.kind": "terms, agenda or commitment",
    "askings.token": OURS,
    "askings.subject": "what is to be approved, in a word of ours",
    "askings.post": "as what somebody is asked to approve it",
    "approvals.subject": "what was approved, in a word of ours",
    "approvals.post": "as what somebody approved it",
    "approvals.how": "console, text or print",
    "audiences.token": OURS,
    "groups.token": OURS,
    "groups.kind": "hand, rule or import",
    "question_sets.token": OURS,
    "set_answers.question": "which question of a set: q1, q2...",
    "invitations.token": OURS,
    "invitations.answer": CODED,
    "invitations.how": "by phone, on paper or face to face",
    "templates.token": OURS,
    "templates.language": LANGUAGE,
    "templates.content_sid": "the provider's own name for a template",
    "templates.state": STATE,
    "templates.category": "as WhatsApp sorts templates",
    "transfers.token": OURS,
    "transfers.kind": "import or export",
    "transfers.state": STATE,
    "equality_answers.question": "which of the harmonised questions",
    "equality_answers.version": "which version of the harmonised questions",
    "people.part": "member, staff or partner",
    "people.format": CODED,
    "broadcasts.kind": "message, invitation, digest...",
    "broadcasts.when_capped": "wait or leave_out",
    "feedback_rounds.token": OURS,
    "feedback_rounds.about": "meeting, project or bank",
    "feedback.open_token": "random, made by us, and gone when they have answered",
    "feedback.how": "by phone, on paper or face to face",
    "feedback_answers.question": "which question of a set: q1, q2...",
    "feedback_themes.question": "which question of a set: q1, q2...",
    "themes.token": OURS,
    "question_sets.standard": "which of the sets that we ship",
    "commitments.token": OURS,
    "commitments.kind": "will or cannot",
    "commitments.state": STATE,
    "commitments.first_on": "a date",
    "commitments.due_on": "a date",
    "commitment_changes.what": "what happened to it, in a word of ours",
    "commitment_changes.before": "a date, or a word of ours for how it stood",
    "commitment_changes.after": "a date, or a word of ours for how it stands",
    "commitment_sources.question": "which question of a set: q1, q2...",
    "tellings.token": OURS,
    "tellings.event": "what somebody is told of, in a word of ours",
    "tellings.part": "said or came",
    "tellings.state": STATE,
    "tellings.why": "a word of ours for why it did not go",
    "tellings.answer": CODED,
    "commitment_replies.token": OURS,
    "commitment_replies.means": CODED,
    "stories.token": OURS,
    "stories.state": STATE,
    "stories.language": LANGUAGE,
    "stories.how": "by phone, on paper or face to face",
    "story_uses.use": "web, training or report",
    "story_uses.named": CODED,
    "story_uses.how": "by phone, on paper or face to face",
    "story_places.token": OURS,
    "story_places.use": "web, training or report",
    "reading_samples.token": OURS,
    "reading_samples.week": "a date",
    "reading_samples.meant": "a word of ours for what a message means",
    "meetings.token": OURS,
    "meetings.kind": "meeting, carers' space, listening space...",
    "meetings.state": STATE,
    "meetings.on_day": "a date",
    "meetings.at_time": "a time of the day",
    "meetings.zone": "a time zone",
    "meetings.way": "in person, online or both",
    "meetings.repeats": "how often it comes again",
    "meetings.rule_from": "a date",
    "rsvps.token": OURS,
    "rsvps.state": STATE,
    "rsvps.way": "in person or online",
    "rsvps.had_needs": CODED,
    "rsvps.how": "by phone, on paper or face to face",
    "rsvp_answers.answer": CODED,
    "rsvp_answers.how": "by phone, on paper or face to face",
    "arrangements.token": OURS,
    "arrangements.state": STATE,
    "arrangements.due_on": "a date",
    "arrangements.how": "by phone, on paper or face to face",
    "reminders.step": "which reminder of a plan",
    "reminders.state": STATE,
    "reminders.why": "a word of our own for why it was left out",
    "spending.sender": "which of our own senders it went from",
    "spending.day": "a date",
    "dead_letters.source": "which provider",
    "dead_letters.problem": "the name of an error",
    "dead_letters.kind": "message, receipt, reachability or unread",
    "dead_letters.provider_key": PROVIDERS,
    "dead_letters.task": OURS,
    "leases.name": "a sender, the clock or telegram",
    "leases.holder": OURS,
    "marks.name": "a name of our own",
    "pulses.token": OURS,
    "pulses.parts": "which of web, worker and clock a process runs",
    "pulses.wrong": "the part of it that is not well: web, clock or a sender of ours",
    "ticks.name": "a name of our own",
    "tallies.day": "a date",
    "tallies.what": "messages in, or what became of ours, in a word of our own",
    "media.token": OURS,
    "media.sender": "which of our own senders it came to",
    "media.kind": "one of a few content types, which bank/media.py lists",
    "people.token": OURS,
    "people.state": STATE,
    "people.language": LANGUAGE,
    "people.looks_after": CODED,
    "people.district": "the first half of a postcode: thousands share it",
    "people.support": CODED,
    "people.joined_how": "by phone, on paper or face to face",
    "told.fact": "which of a person's facts: name, topics...",
    "told.how": "by phone, on paper or face to face",
    "needs.how": "by phone, on paper or face to face",
    "consents.how": "by phone, on paper or face to face",
    "people.held": "a word of our own for why a person must look first",
    "conversations.token": OURS,
    "conversations.state": STATE,
    "conversations.flow": OUR_SCRIPT,
    "conversations.step": OUR_SCRIPT,
    "conversations.outcome": OUR_SCRIPT,
    "interests.kind": "topic or way",
    "interests.code": "one of the topics in settings.toml, or a way to take part",
    "messages_in.provider_key": PROVIDERS,
    "messages_in.kind": "text, button, edit...",
    "messages_in.asked": OUR_SCRIPT,
    "messages_in.disposition": "what became of it, in a word of ours",
    "consents.purpose": "what was agreed to: bank, messages, supporter, digest or promotions",
    "consents.language": LANGUAGE,
    "messages_out.token": OURS,
    "messages_out.sender": "which of our own senders",
    "messages_out.wording": OUR_SCRIPT,
    "messages_out.language": LANGUAGE,
    "messages_out.state": STATE,
    "messages_out.problem": "the provider's error code",
    "tasks.token": OURS,
    "tasks.kind": "what a person of ours must do, in a word of ours",
    "questions.token": OURS,
    "questions.asked": OUR_SCRIPT,
    "questions.language": LANGUAGE,
    "questions.state": STATE,
    "sign_ups.token": OURS,
    "sign_ups.state": STATE,
    "supporters.token": OURS,
    "supporters.helps": "reminders, answers or both",
    "supporters.state": STATE,
    "supporters.ended_by": "member or supporter",
    "supporters.owed": OUR_SCRIPT,
    "preferences.name": "which setting of the organisation was changed",
    "troubles.sender": "which of our own senders",
    "troubles.problem": "the provider's error code",
    "troubles.concern": "a word of our own for what the error is about",
    "staff.token": OURS,
    "staff.state": STATE,
    "staff.alert_channel": CHANNEL,
    "grants.role": "what somebody of the team may do, in a word of ours",
    "grants.project": OURS,
    "audit.act": "what was done, in a word of ours",
    "audit.about": OURS,
    "receipts.provider_id": PROVIDERS,
    "receipts.status": STATE,
    "receipts.problem": "the provider's error code",
}


def _named(column: Column[object]) -> str:
    return f"{column.table.name}.{column.name}"


def _columns(metadata: MetaData) -> list[Column[object]]:
    return [column for table in metadata.sorted_tables for column in table.columns]


def _holds_text(column: Column[object]) -> bool:
    kind = getattr(column.type, "impl_instance", column.type)
    return isinstance(kind, (String, LargeBinary)) or type(column.type).__name__ in {"JSON", "PickleType"}


def _faults(metadata: MetaData) -> list[str]:
    """What is wrong with each column that can hold text."""
    found = []
    for column in filter(_holds_text, _columns(metadata)):
        kind = column.type
        if isinstance(kind, (Sealed, SealedJson)):
            if kind.label != _named(column):
                found.append(f"{_named(column)} is sealed as {kind.label}")
        elif isinstance(kind, (Code, Token)):
            if not PLAIN.get(_named(column)):
                found.append(f"{_named(column)} is plain, and nothing says why it may be")
        elif not isinstance(kind, Lookup):
            found.append(f"{_named(column)} is {kind!r}")
    return found


def test_every_column_of_text_is_classified() -> None:
    assert _faults(migrate.tables()) == []


def test_nothing_is_listed_that_is_gone() -> None:
    assert set(PLAIN) <= {_named(column) for column in _columns(migrate.tables())}


def test_the_rule_sees_what_it_should() -> None:
    metadata = MetaData()
    Table(
        "people",
        metadata,
        Column("nickname", String(20)),
        Column("photograph", LargeBinary),
        Column("shoe_size", Code),
        Column("name", Sealed("people.nickname")),
        Column("needs", SealedJson("people.needs")),
        Column("number", Lookup),
    )
    assert [fault.partition(" ")[0] for fault in _faults(metadata)] == [
        "people.nickname",
        "people.photograph",
        "people.shoe_size",
        "people.name",
    ]
