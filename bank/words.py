"""The words that work everywhere, before any flow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bank import (
    calendar_word,
    consent,
    desk,
    easier,
    explain,
    feedback_word,
    leaving,
    manners,
    permission,
    project_word,
    skipping,
    speech,
    story_learning,
    talk,
    who_writes,
)
from bank.visit import Visit
from flows import engine, everywhere
from language.everywhere import Word, is_whole, join_code
from language.tongues import named
from storage import addresses, codes
from storage.addresses import AddressState
from storage.messages_in import Disposition
from storage.schema import Record
from storage.tasks import TaskKind


def obey(visit: Visit, word: Word) -> None:
    """Do what the word asks. Where we are silent, only the words that end or begin the texts are heard."""
    if not _is_heard(visit, word):
        desk.keep(visit)
        return
    visit.disposition = Disposition.WORD
    visit.reading = {"meaning": "word", "word": word.value}
    if word in _OF_THE_WRITER:
        who_writes.doubt(visit)
    _DOING[word](visit)


def _is_heard(visit: Visit, word: Word) -> bool:
    if visit.unsafe:
        return word in {Word.STOP, Word.LEAVE}
    if not visit.mute:
        return True
    if visit.address.state == AddressState.OPEN:  # silent because a machine wrote: a word of ours is a person's
        addresses.change(visit.tx, visit.address.id, {"silent_until": None})
        visit.mute = False
        return True
    return word in {Word.STOP, Word.START, Word.LEAVE, Word.JOIN}


def _join(visit: Visit) -> None:
    answers: dict[str, Any] = {}
    if visit.address.state != AddressState.OPEN:
        permission.lift(visit)
        answers["after_stop"] = True
    if (code := _code(visit)) is not None:
        if project_word.hear(visit, code):
            return
        answers |= {"code": code.code, **project_word.about(visit, code)}
    if not talk.says_yes_to_form(visit, answers):
        talk.open_join(visit, answers or None)


def _code(visit: Visit) -> Record | None:
    """The join code they came with, counted, when it is one of ours; it may set the language."""
    name = (visit.incoming.start_code if visit.incoming else None) or join_code(visit.text)
    row = codes.find(visit.tx, name) if name else None
    if row is not None:
        project_word.came_by(visit, row)
    return row


def _language(visit: Visit) -> None:
    wanted = named(visit.text)
    if wanted is None:
        talk.open_or_resume(visit, "language")
    elif wanted not in visit.organisation.catalogs.languages:
        desk.ask_a_person(visit, TaskKind.LANGUAGE, words=wanted)
        visit.tell("language_wanted", everywhere.NOT_YET)
    else:
        speech.speak(visit, wanted)
        _carry_on(visit)


def _carry_on(visit: Visit) -> None:
    """The open question once more, now in their language; where nothing is open, what we are, to anybody."""
    if visit.standing is not None:
        talk.ask_again(visit)
    else:
        visit.tell("greeting", everywhere.GREETING)


def _help(visit: Visit) -> None:
    visit.tell("help", everywhere.HELP)


def _who(visit: Visit) -> None:
    visit.tell("who", everywhere.WHO_WE_ARE)


def _back(visit: Visit) -> None:
    if visit.standing is None:
        talk.open_flow(visit, "menu")
        return
    talk.follow(visit, engine.back(talk.flow_of(visit), visit.standing.position, visit.facts))


def _leave(visit: Visit) -> None:
    if visit.person is None and visit.people:
        _leave_of_one(visit)
        return
    leaving.leave(visit)
    if visit.people:
        visit.standing = None  # it was with the one who left; what is open with others stays
    else:
        talk.end_all(visit, "left")
    visit.tell("leave", everywhere.LEFT, last_word=True)


def _leave_of_one(visit: Visit) -> None:
    """Ask who it is; where we are silent we could not hear the answer, so a person of ours does it."""
    if not visit.mute:
        talk.open_personal(visit, "leave")
        return
    desk.ask_a_person(visit, TaskKind.READ, words=visit.text)
    visit.tell("kept", everywhere.KEPT, last_word=True)


def _story(visit: Visit, flow: str) -> None:
    """Whoever helps a member does not tell that member's story."""
    if visit.for_another:
        visit.is_with(None)
    talk.open_personal(visit, flow)
    if flow == "story" and not is_whole(visit.text, visit.language):
        story_learning.begin_with(visit)


# What these do, they do for the one who writes, whoever was asked something last.
_OF_THE_WRITER = frozenset(
    {
        Word.STOP,
        Word.START,
        Word.LEAVE,
        Word.PAUSE,
        Word.DETAILS,
        Word.HELPERS,
        Word.TIMES,
        Word.LESS,
        Word.NEWS,
        Word.NO_NEWS,
        Word.OTHERS,
        Word.FORMAT,
        Word.STORY,
        Word.STORY_DOWN,
        Word.FEEDBACK,
        Word.WHAT_HAPPENED,
        Word.MENU,
        Word.CALL,
        Word.HELP,
        Word.WHO,
    }
)
_DOING: Mapping[Word, Callable[[Visit], None]] = {
    Word.STOP: consent.stop,
    Word.START: consent.start,
    Word.HELP: _help,
    Word.CALL: lambda visit: talk.open_or_resume(visit, "call"),
    Word.PAUSE: lambda visit: talk.open_personal(visit, "pause"),
    Word.TIMES: lambda visit: talk.open_personal(visit, "hours"),
    Word.LESS: lambda visit: talk.open_personal(visit, "less"),
    Word.NEWS: lambda visit: talk.open_personal(visit, "news"),
    Word.NO_NEWS: lambda visit: talk.open_personal(visit, "news", {"no_news": True}),
    Word.OTHERS: lambda visit: talk.open_personal(visit, "promotions") if visit.people else manners.keep(visit),
    Word.FORMAT: lambda visit: talk.open_personal(visit, "format"),
    Word.BACK: _back,
    Word.SKIP: skipping.skip,
    Word.MENU: lambda visit: talk.open_or_resume(visit, "menu"),
    Word.LANGUAGE: _language,
    Word.WHO: _who,
    Word.DETAILS: lambda visit: talk.open_personal(visit, "details"),
    Word.HELPERS: lambda visit: talk.open_personal(visit, "helpers"),
    Word.LEAVE: _leave,
    Word.JOIN: _join,
    Word.CALENDAR: calendar_word.give,
    Word.PROJECTS: lambda visit: talk.open_or_resume(visit, "projects"),
    Word.MEETINGS: lambda visit: talk.open_or_resume(visit, "meetings"),
    Word.FEEDBACK: feedback_word.begin,
    Word.WHAT_HAPPENED: lambda visit: talk.open_personal(visit, "happened"),
    Word.STORY: lambda visit: _story(visit, "story"),
    Word.STORY_DOWN: lambda visit: _story(visit, "story_down"),
    Word.PLAIN: easier.begin,
    Word.NORMAL: easier.end,
    Word.WHAT_IS: explain.explain,
}


def obey_silently(visit: Visit, word: Word) -> None:
    """Do what the word asks, and say nothing: the provider has answered it."""
    visit.disposition = Disposition.WORD
    visit.reading = {"meaning": "word", "word": word.value, "because": "provider"}
    if word is Word.STOP:
        consent.stop(visit, answer=False)
    elif word is Word.START:
        consent.start(visit, answer=False)
