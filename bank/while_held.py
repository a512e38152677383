"""While held: what comes from where somebody may be in danger is kept for the leads, and nothing answers it by itself.

But two things: whether it is safe to text them, which we asked, and a wish that our texts end, which is obeyed in
silence.
"""

from __future__ import annotations

from bank import concerns, consent, danger, leaving, open_question, outcomes, replies, talk, words
from bank.visit import Visit
from language import kinds, understand
from language.everywhere import Word
from storage.messages_in import Disposition

_FLOW = "safety"


def take(visit: Visit) -> bool:
    """Keep it with the concern. False where nothing is held."""
    if not visit.held:
        return False
    if because := _cry(visit):
        danger.take(visit, because)
        return True
    visit.disposition = Disposition.HELD
    concerns.hear(visit, heard=False)
    if kinds.unsafe(visit.text, visit.language) and not visit.unsafe:
        outcomes.keep_silent(visit)
        talk.end_all(visit, "unsafe")
    elif not _obeyed(visit):
        _answer(visit)
    return True


def _cry(visit: Visit) -> str | None:
    because = understand.danger_in(open_question.of(visit), visit.text, visit.language)
    return because or (understand.cry_beside(visit.text, visit.language) if _speaks(visit) else None)


def _speaks(visit: Visit) -> bool:
    return bool(visit.text.strip()) and not (visit.incoming is not None and visit.incoming.forwarded)


def _word(visit: Visit) -> Word | None:
    if visit.incoming is not None and visit.incoming.opt_out == "STOP":
        return Word.STOP
    if not _speaks(visit):
        return None
    return understand.word_in(open_question.of(visit), visit.text, visit.language)


def _obeyed(visit: Visit) -> bool:
    """STOP, START and LEAVE do what they do, without a word."""
    word = _word(visit)
    if word in {Word.STOP, Word.START}:
        words.obey_silently(visit, word)
    elif word is Word.LEAVE and (visit.person is not None or not visit.people):
        leaving.leave(visit)
        talk.end_all(visit, "left")
    elif word is Word.LEAVE:  # which of them leaves, a lead finds out
        consent.withdraw(visit)
    else:
        return False
    return True


def _answer(visit: Visit) -> None:
    """We asked whether a text is safe: an answer is taken, and nothing is asked a second time."""
    standing = visit.standing
    if standing is None or standing.position.flow != _FLOW or visit.unsafe:
        return
    payload = visit.incoming.payload if visit.incoming is not None else None
    word = _word(visit)
    if payload:
        replies.press(visit, standing, payload)
    elif word in {Word.PLAIN, Word.SKIP}:
        words.obey(visit, word)
    elif word is None and _speaks(visit):
        replies.take_answer(visit, standing)
