"""The words that work everywhere, before any flow."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bank import consent, desk, leaving, manners, members, talk
from bank.visit import Visit
from flows import engine, everywhere
from language.everywhere import Word, join_code
from language.tongues import named
from storage import addresses, codes
from storage.addresses import AddressState
from storage.messages_in import Disposition
from storage.tasks import TaskKind


def obey(visit: Visit, word: Word) -> None:
    """Do what the word asks."""
    visit.disposition = Disposition.WORD
    visit.reading = {"meaning": "word", "word": word.value}
    _DOING[word](visit)


def _join(visit: Visit) -> None:
    if visit.address.state != AddressState.OPEN:
        consent.lift(visit)
    code = _code(visit)
    talk.open_join(visit, {"code": code} if code else None)


def _code(visit: Visit) -> str | None:
    """The join code they came with, counted, when it is one of ours; it may set the language."""
    name = (visit.incoming.start_code if visit.incoming else None) or join_code(visit.text)
    row = codes.find(visit.tx, name) if name else None
    if row is None:
        return None
    codes.count_start(visit.tx, row.id)
    if row.language and visit.address.language is None and visit.person is None:
        speak(visit, row.language)
    return str(row.code)


def speak(visit: Visit, language: str) -> None:
    """Write in this language from now on."""
    if language in visit.organisation.catalogs.languages:
        visit.language = language
        addresses.change(visit.tx, visit.address.id, {"language": language})
        members.note(visit, language=language)


def _language(visit: Visit) -> None:
    wanted = named(visit.text)
    if wanted is None:
        talk.open_or_resume(visit, "language")
    elif wanted not in visit.organisation.catalogs.languages:
        desk.ask_a_person(visit, TaskKind.LANGUAGE, words=wanted)
        visit.tell("language_wanted", everywhere.NOT_YET)
    else:
        speak(visit, wanted)
        _carry_on(visit)


def _carry_on(visit: Visit) -> None:
    """The open question once more, now in their language; a stranger is asked to join in it."""
    if visit.standing is not None:
        talk.ask_again(visit)
    elif visit.people:
        visit.tell("language_set", everywhere.LANGUAGE_SET)
    else:
        talk.open_flow(visit, "join")


def _help(visit: Visit) -> None:
    visit.tell("help", everywhere.HELP)


def _who(visit: Visit) -> None:
    visit.tell("who", everywhere.WHO_WE_ARE)


def _back(visit: Visit) -> None:
    if visit.standing is None:
        talk.open_flow(visit, "menu")
        return
    talk.follow(visit, engine.back(talk.flow_of(visit.standing), visit.standing.position, visit.facts))


def _skip(visit: Visit) -> None:
    if visit.standing is None:
        manners.keep(visit)
        return
    talk.follow(visit, engine.skip(talk.flow_of(visit.standing), visit.standing.position, visit.facts))


def _leave(visit: Visit) -> None:
    if visit.person is None and len(visit.people) > 1:
        talk.open_personal(visit, "leave")
        return
    leaving.leave(visit)
    talk.end_all(visit, "left")
    visit.tell("leave", everywhere.LEFT, last_word=True)


_DOING: Mapping[Word, Callable[[Visit], None]] = {
    Word.STOP: consent.stop,
    Word.START: consent.start,
    Word.HELP: _help,
    Word.CALL: lambda visit: talk.open_or_resume(visit, "call"),
    Word.PAUSE: lambda visit: talk.open_personal(visit, "pause"),
    Word.BACK: _back,
    Word.SKIP: _skip,
    Word.MENU: lambda visit: talk.open_or_resume(visit, "menu"),
    Word.LANGUAGE: _language,
    Word.WHO: _who,
    Word.DETAILS: lambda visit: talk.open_personal(visit, "details"),
    Word.LEAVE: _leave,
    Word.JOIN: _join,
}


def obey_silently(visit: Visit, word: Word) -> None:
    """Do what the word asks, and say nothing: the provider has answered it."""
    visit.disposition = Disposition.WORD
    visit.reading = {"meaning": "word", "word": word.value, "because": "provider"}
    if word is Word.STOP:
        consent.stop(visit, answer=False)
    elif word is Word.START:
        consent.start(visit, answer=False)
