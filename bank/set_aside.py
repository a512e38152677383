"""Set aside: messages that no flow answers, because a colleague does, because it is spam, or because they must text."""

from __future__ import annotations

from bank import danger, desk, machines, open_question, talk, words
from bank.visit import Visit
from language import understand
from language.everywhere import Word
from storage import addresses
from storage.addresses import AddressState
from storage.messages_in import Disposition
from storage.tasks import TaskKind

_ENDS = frozenset({Word.STOP, Word.LEAVE})
# Where somebody agrees to be in the bank: their own words, by text, are what goes into the ledger.
_AGREEMENTS = frozenset(
    {
        *("agreed", "supporter_may", "would_help", "digest", "promotions"),
        *("story_right", "story_web", "story_training", "story_report"),
    }
)


def as_spam(visit: Visit) -> bool:
    """What comes from spam is kept, and nobody is answered. Words to stop are obeyed all the same."""
    if visit.address.spam is None:
        return False
    if _cried(visit):
        return True
    if _word(visit) in _ENDS:
        words.obey_silently(visit, Word.STOP)
    machines.quiet(visit, "spam")
    return True


def for_a_colleague(visit: Visit) -> bool:
    """Somebody of the team answers there: it is theirs to read. What changes consent works all the same."""
    if visit.address.taken_by is None:
        return False
    word = _word(visit)
    if word in _ENDS:
        _release(visit)
        return False
    if word is None or visit.unsafe or not _begins_something(visit, word):
        return _left_to_them(visit)
    if not _cried(visit):
        _begin(visit, word)
    return True


def typed_for_a_colleague(visit: Visit) -> bool:
    """The same for words that somebody else typed, with which no consent is given."""
    if visit.address.taken_by is None:
        return False
    if _word(visit) in _ENDS:
        _release(visit)
        return False
    return _left_to_them(visit)


def _left_to_them(visit: Visit) -> bool:
    if not _cried(visit):
        desk.keep(visit)
    return True


def _begins_something(visit: Visit, word: Word) -> bool:
    """JOIN, and START where our texts had stopped or pause, or where nobody has joined."""
    if word is Word.START:
        paused = any(one.paused_until is not None for one in visit.people)
        return paused or visit.address.state != AddressState.OPEN or not visit.people
    return word is Word.JOIN


def _begin(visit: Visit, word: Word) -> None:
    """Their colleague reads it too. Where we asked something because of it, Heard must hear the answer."""
    stood = visit.stands_at
    words.obey(visit, word)
    desk.ask_a_person(visit, TaskKind.READ)
    if word is Word.JOIN or visit.stands_at not in {(), stood}:
        _release(visit)


def _release(visit: Visit) -> None:
    addresses.change(visit.tx, visit.address.id, {"taken_by": None})


def needs_their_own_text(visit: Visit) -> bool:
    """Of words that somebody else typed: what gives consent is kept, and asked for by text."""
    word = _word(visit)
    if word in _ENDS:
        return False
    if visit.standing is not None and _saves(visit) in _AGREEMENTS:
        visit.disposition = Disposition.FLOW
        talk.ask_again(visit)
        return True
    if word is Word.START or (word is Word.JOIN and visit.address.state != AddressState.OPEN):
        desk.keep(visit)
        return True
    return False


def end_in_danger(visit: Visit) -> None:
    """Somebody may be in danger there: it is no spam, and what we say to that is not a colleague's to give."""
    row = visit.address
    if (row.taken_by is not None or row.spam is not None) and (visit.reading or {}).get("meaning") == "crisis":
        addresses.change(visit.tx, row.id, {"taken_by": None, "spam": None})


def _cried(visit: Visit) -> bool:
    because = understand.cry_beside(visit.text, visit.language) if visit.text.strip() else None
    if because:
        danger.take(visit, because)
    return bool(because)


def _word(visit: Visit) -> Word | None:
    return understand.word_in(open_question.of(visit), visit.text, visit.language) if visit.text.strip() else None


def _saves(visit: Visit) -> str | None:
    """What the open step would save."""
    if visit.standing is None:
        return None
    step = talk.flow_of(visit).steps.get(visit.standing.position.step)
    return getattr(step, "save", None)
