"""Feedback without a name: how a name is taken off it, how what was written is erased, and how it is written anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, insert, or_, select, update

from storage.commitments import commitment_sources
from storage.conversations import ConversationState, conversations
from storage.feedback import feedback, feedback_answers, feedback_rounds, feedback_themes
from storage.look import Look
from storage.media import media
from storage.messages_in import messages_in
from storage.outbox import OutState, messages_out, waits
from storage.schema import Record
from storage.store import Tx
from storage.tasks import IS_OPEN, TaskKind, tasks

_GONE = [OutState.ACCEPTED, OutState.SENT, OutState.DELIVERED, OutState.READ, OutState.UNKNOWN, OutState.CANCELED]
# Nor whether it was typed or a button, or came with a picture: answers differ by that, too.
_BLANK = {"text": None, "raw": None, "reading": None, "kind": "text", "media": 0, "forwarded": False}
_nameless = feedback.c.person_id.is_(None)


def blank_message(tx: Tx, message_id: int) -> None:
    """Erase the words of this message, what came with it and how it was read; that there was one stays."""
    tx.execute(delete(media).where(media.c.message_id == message_id))
    tx.execute(update(messages_in).where(messages_in.c.id == message_id).values(_BLANK))


def blank_conversation(tx: Tx, address_id: int, conversation_id: int, now: datetime) -> None:
    """Erase what was written there since it began in answer to it, what we said in it, and items about that."""
    row = tx.execute(select(conversations).where(conversations.c.id == conversation_id)).one()
    answers = messages_in.c.asked.startswith(f"{row.flow}.", autoescape=True), messages_in.c.address_id == address_id
    since = messages_in.c.received_at >= row.opened_at
    written = list(tx.execute(select(messages_in.c.id).where(*answers, since)).scalars())
    for message_id in written:
        blank_message(tx, message_id)
    about = tasks.c.kind == TaskKind.READ, tasks.c.message_id.in_(written)
    tx.execute(update(tasks).where(*about, IS_OPEN).values(closed_at=now))
    tx.execute(update(tasks).where(*about).values(words=None, result=None, history=None))
    ours = messages_out.c.conversation_id == conversation_id
    tx.execute(update(messages_out).where(ours, waits).values(state=OutState.CANCELED, settled_at=now))
    tx.execute(update(messages_out).where(ours, messages_out.c.state.in_(_GONE)).values(text=None, options=None))


def told_since(tx: Tx, person_id: int, since: datetime) -> Record | None:
    """What this person told us last, since then, with their name."""
    theirs = select(feedback).where(feedback.c.person_id == person_id, feedback.c.at >= since)
    return tx.execute(theirs.order_by(feedback.c.at.desc()).limit(1)).one_or_none()


def conversation_in(tx: Tx, address_id: int, flow: str) -> int | None:
    """The newest conversation there in this flow."""
    there = conversations.c.address_id == address_id, conversations.c.flow == flow
    found: int | None = tx.execute(select(func.max(conversations.c.id)).where(*there)).scalar_one()
    return found


def unname(tx: Tx, feedback_id: int, other_id: int) -> None:
    """What one response holds is another's from now on, and the one is gone; what came of it came of nobody."""
    of_it = commitment_sources.c.feedback_id == feedback_id
    tx.execute(update(commitment_sources).where(of_it).values(feedback_id=other_id, person_id=None))
    for table in (feedback_answers, feedback_themes):
        tx.execute(update(table).where(table.c.feedback_id == feedback_id).values(feedback_id=other_id))
    tx.execute(delete(feedback).where(feedback.c.id == feedback_id))


_TO_MIX = Look(
    select(feedback_rounds.c.id)
    .distinct()
    .join(feedback, feedback.c.round_id == feedback_rounds.c.id)
    .where(
        _nameless,
        ~feedback.c.finished,
        or_(feedback_rounds.c.mixed_at.is_(None), feedback_rounds.c.mixed_at < bindparam("before")),
    )
)


def to_mix(tx: Tx, before: datetime, limit: int) -> Sequence[int]:
    """Ids of rounds with responses without a name that do not count yet, and that were not mixed since then."""
    return _TO_MIX.ids(tx, limit, before=before)


def open_tokens(tx: Tx, round_id: int) -> set[str]:
    """Of what is being given."""
    found = select(feedback.c.open_token).where(feedback.c.round_id == round_id, feedback.c.open_token.is_not(None))
    return set(tx.execute(found).scalars())


def held(tx: Tx, flow: str) -> set[str]:
    """The tokens that conversations in this flow hold which are not over."""
    live = conversations.c.flow == flow, conversations.c.state != ConversationState.ENDED
    memories = tx.execute(select(conversations.c.memory).where(*live)).scalars()
    return {str(one["answers"]["feedback"]) for one in memories if one and "feedback" in one.get("answers", {})}


def waiting(tx: Tx, round_id: int) -> list[dict[str, Any]]:
    """What each said, by question, that nobody goes on with and that does not count yet."""
    said: dict[int, dict[str, Any]] = {id_: {} for id_ in tx.execute(_ids_of(round_id)).scalars()}
    found = select(feedback_answers).where(feedback_answers.c.feedback_id.in_(_ids_of(round_id)))
    for row in tx.execute(found):
        said[row.feedback_id][row.question] = row.value
    return list(said.values())


def any_counts(tx: Tx, round_id: int) -> bool:
    """Some response to it without a name counts already."""
    counted = select(feedback.c.id).where(feedback.c.round_id == round_id, _nameless, feedback.c.finished)
    return tx.execute(counted.limit(1)).first() is not None


def write_anew(
    tx: Tx, round_id: int, responses: Mapping[int, Mapping[str, Any]], *, counts: bool, now: datetime
) -> None:
    """Have these, by their new numbers, in place of all that wait: written at once, in the order of their numbers."""
    for table, column in ((feedback_answers, feedback_answers.c.feedback_id), (feedback, feedback.c.id)):
        tx.execute(delete(table).where(column.in_(_ids_of(round_id))))
    rows = [{"id": id_, "round_id": round_id, "finished": counts} for id_ in sorted(responses)]
    answers = [
        {"feedback_id": id_, "question": question, "value": value}
        for id_ in sorted(responses)
        for question, value in sorted(responses[id_].items())
    ]
    for table, given in ((feedback, rows), (feedback_answers, answers)):
        if given:
            tx.execute(insert(table), given)
    tx.execute(update(feedback_rounds).where(feedback_rounds.c.id == round_id).values(mixed_at=now))


def _ids_of(round_id: int) -> Select[Any]:
    waits = _nameless, feedback.c.open_token.is_(None), ~feedback.c.finished
    return select(feedback.c.id).where(feedback.c.round_id == round_id, *waits)
