"""Manners: a kind answer to what no conversation was waiting for, once, and never a loop."""

from __future__ import annotations

from bank import desk, machines, questions, rota
from bank.questions import Told
from bank.visit import A_MOMENT, AN_HOUR, Visit
from channels.message import Kind
from flows import everywhere
from language import kinds
from language.everywhere import Word
from language.everywhere import everywhere as word_in
from language.reading import Meaning, Reading
from storage import addresses
from storage.messages_in import Disposition
from storage.tasks import TaskKind

# Replies in an hour that bring nothing forward. More would be a loop with a machine, or a flood.
MOST_ANSWERS = 5
# What is not in words.
_SHOWN = frozenset({Kind.MEDIA, Kind.LOCATION, Kind.CONTACT})


def begin(visit: Visit) -> None:
    """Note where the visit begins, to know at its end whether anything moved."""
    visit.came_to = visit.stands_at
    visit.weary = not may_answer(visit)


def flooded(visit: Visit) -> bool:
    """Too many at once: kept for a person and met with silence. A wish to stop, or to leave, is obeyed all the same."""
    if visit.burst_since is None or visit.now - visit.burst_since >= A_MOMENT:
        return False
    if word_in(visit.text, visit.language, asked=visit.standing is not None) in {Word.STOP, Word.LEAVE}:
        return False
    desk.keep(visit)
    visit.mute = True
    return True


def keep(visit: Visit) -> None:
    """Answer what came from nowhere: thanks and laughter with silence, hello with hello, the rest is kept."""
    if visit.incoming is not None and visit.incoming.kind in _SHOWN:
        _keep_for_a_person(visit, media=True)
    elif kinds.empty(visit.text):
        machines.quiet(visit, "nothing said")
    else:
        _answer_words(visit)


def _answer_words(visit: Visit) -> None:
    what = kinds.what(visit.text, visit.language)
    if what is Meaning.THANKS:
        machines.quiet(visit, "thanks")
    elif what is Meaning.GREETING:
        visit.disposition = Disposition.WORD
        visit.moved = False
        _say_if_polite(visit, "greeting")
    else:
        _keep_for_a_person(visit, media=False)


def _keep_for_a_person(visit: Visit, *, media: bool) -> None:
    desk.keep(visit)
    visit.moved = False
    if visit.address.promised_until is not None and visit.now < visit.address.promised_until:
        return  # they know already by when a person will read
    promised = rota.read_by(visit.now, visit.organisation)
    addresses.change(visit.tx, visit.address.id, {"promised_until": promised})
    _say_if_polite(visit, "kept_media" if media else "kept")


def take_question(visit: Visit, reading: Reading, *, silent: bool = False) -> None:
    """Nothing waited for it, and it asks something: a person will answer, and they are told by when."""
    visit.disposition = Disposition.QUESTION
    visit.reading = {"meaning": "question", "because": reading.because}
    visit.moved = False
    if visit.incoming is not None and visit.incoming.kind in _SHOWN:
        desk.ask_a_person(visit, TaskKind.READ)  # there is more to it than the words
    told = questions.ask(visit, reading, silent=silent or not may_answer(visit))
    if told is Told.PROMISE:
        _say_if_polite(visit, "asked")


_SAID = {
    "asked": everywhere.ASKED,
    "greeting": everywhere.GREETING,
    "kept": everywhere.KEPT,
    "kept_media": everywhere.KEPT_MEDIA,
}


def _say_if_polite(visit: Visit, name: str) -> None:
    if may_answer(visit):
        visit.tell(name, _SAID[name])


def may_answer(visit: Visit) -> bool:
    """Fewer than the most replies went to this address, in the hour, that brought nothing forward."""
    return not _in_period(visit) or visit.address.answered < MOST_ANSWERS


def _in_period(visit: Visit) -> bool:
    began = visit.address.answered_from
    return began is not None and visit.now - began < AN_HOUR


def remember(visit: Visit) -> None:
    """Count a reply that brought nothing forward; a person who writes sense ends a run of machine texts."""
    changed: dict[str, object] = {}
    stays = visit.stands_at == visit.came_to and visit.disposition is Disposition.FLOW
    if visit.queued and (stays or visit.repeated or not visit.moved):
        within = _in_period(visit)
        changed["answered"] = visit.address.answered + 1 if within else 1
        changed["answered_from"] = visit.address.answered_from if within else visit.now
    if visit.address.machine and visit.disposition is not Disposition.AUTOMATIC:
        changed["machine"] = 0
    if changed:
        addresses.change(visit.tx, visit.address.id, changed)
