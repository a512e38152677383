"""Hearing what people say to what they were told, in the open conversation, or from nowhere for fourteen days.

It is told by the message that it quotes, by a word of a title, by what it says; else it is about the newest. A bare
yes, no or thank you counts where nothing of ours went there since. What is not surely about it is left to others.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bank import open_question, replies, talk, telling_answers, telling_list
from bank.telling_beside import SAID_MORE, titles
from bank.telling_facts import asks, here
from bank.telling_words import of_one, of_several
from bank.visit import Standing, Visit
from flows.engine import Saying
from flows.position import Position
from flows.told import TOLD
from flows.told_words import THANKED
from language import told
from language.normal import words
from language.told import Heard, Means
from storage import meeting_said, outbox, tellings
from storage.commitments import Event
from storage.messages_in import Disposition
from storage.schema import Record

_STILL_ABOUT = timedelta(days=14)
_CHOICES = frozenset({"promised", "cannot", "done"})
_LISTS = telling_list.STEPS
_SAID_DONE = frozenset({Event.DONE, Event.KEPT, Event.NOT_CONFIRMED})
_MEANS_NO = frozenset({Means.NOT_MEANT, Means.NOT_FIXED})


def take(visit: Visit) -> bool:
    """Take the message for what it says to something that they were told. False where it is none of that."""
    if not visit.people:
        return False
    quoted, standing = _quoted(visit), visit.standing
    if quoted and not (standing is not None and _tells(standing, quoted[0])):
        said = told.heard(visit.text, visit.language)
        bare = _bare(visit) if said is None else None
        return (said is not None or bare is not None) and _take(visit, quoted, said, bare)
    if standing is not None and standing.position.flow == TOLD.name and _in_talk(visit, standing):
        return True
    return _from_nowhere(visit)


def _tells(standing: Standing, row: Record) -> bool:
    """The open conversation tells it."""
    return row.token in here(standing.position.answers)


def _in_talk(visit: Visit, standing: Standing) -> bool:
    """What the open conversation asks is answered in other words than its choices."""
    step = standing.position.step
    if step not in _CHOICES | _LISTS or standing.position.checking is not None:
        return False
    said = told.heard(visit.text, visit.language)
    if said is None and told.only_thanks(visit.text, visit.language):
        return _thanked(visit, telling_answers.told_here(visit))
    if step in _LISTS:
        return telling_list.take(visit, standing) or _names_one(visit, said)
    asked = "done" if step == "done" else "meant"
    if said is None or (said.means is Means.NOT_FIXED and asked == "meant"):
        return False
    replies.take_as(visit, standing, "no" if said.means in _MEANS_NO else "yes")
    return True


def _names_one(visit: Visit, said: Heard | None) -> bool:
    """One of the list is not right, which they name otherwise than by its number."""
    rows = telling_answers.told_here(visit)
    named = _named(visit, rows)
    if said is None and not (named and told.is_no(_without_names(visit, named), visit.language)):
        return False
    found = named or [row for row in rows if said is not None and _fits(row, said.means)]
    if len(found) != 1:
        return False
    _take_one(visit, found[0], "no", said)
    return True


def _from_nowhere(visit: Visit) -> bool:
    said = told.heard(visit.text, visit.language)
    bare = _bare(visit) if said is None and visit.standing is None else None
    if said is None and bare is None:
        return False
    rows = lately(visit)
    return bool(rows) and _is_free(visit, said, rows) and _take(visit, rows, said, bare)


def lately(visit: Visit) -> list[Record]:
    """What those who are reached there were told there, the newest message first."""
    rows = tellings.lately(visit.tx, visit.address.id, visit.now - _STILL_ABOUT)
    ids = {person.id for person in visit.people}
    return [row for row in rows if row.person_id in ids]


def _bare(visit: Visit) -> str | None:
    """Yes, no or thanks, and nothing else."""
    if told.only_thanks(visit.text, visit.language):
        return "thanks"
    if told.is_yes(visit.text, visit.language):
        return "yes"
    return "no" if told.is_no(visit.text, visit.language) else None


def _quoted(visit: Visit) -> list[Record]:
    """What the message of ours told that theirs quotes."""
    name = visit.incoming.quoted_id if visit.incoming is not None else None
    row = outbox.find(visit.tx, token=None, provider_id=name) if name else None
    return [one for one in lately(visit) if one.row_id == row.id] if row is not None else []


def _is_free(visit: Visit, said: Heard | None, rows: Sequence[Record]) -> bool:
    """It may be about what they were told: nothing else went there since, or it says so and answers nothing open."""
    if said is None:
        return bool(rows[0].row_id == meeting_said.newest_at(visit.tx, visit.address.id))
    if visit.standing is None:
        return True
    options = open_question.of(visit).options
    return bool(options) and not replies.surely_answers(visit, visit.standing, in_any_words=False)


def _take(visit: Visit, rows: Sequence[Record], said: Heard | None, bare: str | None) -> bool:
    newest = [row for row in rows if row.row_id == rows[0].row_id]
    if bare == "thanks":
        return _thanked(visit, newest)
    answer = bare or ("yes" if said is not None and said.means is Means.RIGHT else "no")
    among = newest if said is None else [row for row in rows if _fits(row, said.means)] or newest
    found = _named(visit, among) or [row for row in among if row.row_id == among[0].row_id]
    found = [row for row in found if asks(row)] or found
    if answer == "yes" and not any(asks(row) for row in found):
        return False
    if len(found) == 1:
        _take_one(visit, found[0], answer, said)
    elif answer == "yes":
        _take_all(visit, found)
    else:
        _ask_which(visit, found, said)
    return True


def _fits(row: Record, means: Means) -> bool:
    """It may be said of this."""
    if means is Means.NOT_FIXED:
        return row.event in _SAID_DONE
    return asks(row) == "meant" if means is Means.NOT_MEANT else bool(asks(row))


def _named(visit: Visit, among: Sequence[Record]) -> list[Record]:
    """Those of whose titles the message has a word that no other has."""
    known = titles(visit, among)
    said = {*words(visit.text)}
    found = []
    for row in among:
        others = {word for one in among if one.id != row.id for word in known[one.id]}
        if said & (known[row.id] - others):
            found.append(row)
    return found


def _without_names(visit: Visit, named: Sequence[Record]) -> str:
    known = frozenset(word for names in titles(visit, named).values() for word in names)
    return " ".join(word for word in words(visit.text) if word not in known)


def _take_one(visit: Visit, row: Record, answer: str, said: Heard | None) -> None:
    """Take it as the answer to what was asked with that; where nothing was, what they say is kept."""
    visit.is_with(visit.person_called(row.person_id))
    if asks(row):
        step = row.event if asks(row) == "meant" else "done"
        replies.take_as(visit, _stand_at(visit, row, step), answer)
        return
    visit.disposition = Disposition.FLOW
    visit.reading = {"meaning": "no", "because": said.because if said is not None else visit.text.strip()}
    visit.asked = f"{TOLD.name}.{row.event}"
    says = telling_answers.says_here(visit, row, visit.text.strip())
    if says is not None:
        telling_answers.take(says, "no")
    opens = row.part == "said" and row.event in _SAID_DONE
    text = TOLD.steps["reopened" if opens else "noted"]
    visit.say(Saying(f"{TOLD.name}.{'reopened' if opens else 'noted'}.text", (text.text,)))  # type: ignore[union-attr]
    talk.ask_again(visit)


def _stand_at(visit: Visit, row: Record, step: str) -> Standing:
    """Stand at its question. Where the same conversation is open it goes on from there."""
    position = Position(TOLD.name, TOLD.version, step, of_one(row))
    visit.question = None
    if visit.standing is not None and _tells(visit.standing, row):
        visit.standing.position = position
        return visit.standing
    return talk.stand_at(visit, TOLD, position)


def _take_all(visit: Visit, rows: Sequence[Record]) -> None:
    visit.is_with(visit.person_called(rows[0].person_id))
    talk.stand_at(visit, TOLD, Position(TOLD.name, TOLD.version, "which", of_several(rows)))
    telling_list.all_right(visit)


def _ask_which(visit: Visit, rows: Sequence[Record], said: Heard | None) -> None:
    visit.disposition = Disposition.FLOW
    visit.reading = {"meaning": "no", "because": visit.text.strip()}
    visit.is_with(visit.person_called(rows[0].person_id))
    more = {SAID_MORE: visit.text.strip()} if said is not None and said.more else {}
    talk.stand_at(visit, TOLD, Position(TOLD.name, TOLD.version, "which", of_several(rows) | {"which": True} | more))
    talk.ask_again(visit)


def _thanked(visit: Visit, rows: Sequence[Record]) -> bool:
    """They thank us: one kind answer, once, and no question. What is open stays open."""
    if not rows:
        return False
    visit.is_with(visit.person_called(rows[0].person_id))
    visit.disposition = Disposition.FLOW
    visit.reading = {"meaning": "thanks", "because": visit.text.strip()}
    before = False
    for row in rows:
        says = telling_answers.says_here(visit, row)
        if says is None:
            continue
        before |= tellings.has_replied(visit.tx, row.commitment_id, row.person_id, Means.THANKS, row.told_at)
        telling_answers.reply(says, Means.THANKS)
    if not before:
        visit.say(Saying(f"{TOLD.name}.thanked.text", (THANKED,)))
    return True
