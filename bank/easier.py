"""Easier words: the same again where we have it, and who wrote it is told in any case."""

from __future__ import annotations

from bank import desk, speech, talk
from bank.visit import Standing, Visit
from flows import engine, everywhere
from flows.engine import Saying
from flows.grammar import Say
from flows.shipped import SHIPPED
from language.everywhere import may_be_a_need
from language.reading import Reading
from language.wording import Words
from storage import said
from storage.messages_in import Disposition
from storage.tasks import TaskKind

# Asked what they need, "easy words" is an answer.
_ASKS_WHAT_THEY_NEED = "needs"


def begin(visit: Visit) -> None:
    """PLAIN: easier words from now on, beginning with what they have just read."""
    if visit.standing is not None and _answers(visit, visit.standing):
        speech.use_easier_words(visit, on=True)
        _answer(visit, visit.standing)
        return
    hard = said.last_there(visit.tx, visit.address.id)
    desk.ask_a_person(visit, TaskKind.PLAIN, words=(hard.text or hard.wording) if hard else "")
    before = visit.language
    speech.use_easier_words(visit, on=True)
    again = _again(visit, hard.wording if hard else "")
    if visit.language != before and again is not None and _is_easier(visit, again):
        visit.say(talk.after(Saying("everywhere.plainer", (everywhere.PLAINER,)), "plain", again))
    else:
        visit.tell("plainer_later", everywhere.PLAINER_LATER)


def end(visit: Visit) -> None:
    """NORMAL WORDS: ours again, and the open question in them."""
    speech.use_easier_words(visit, on=False)
    asked = talk.open_question(visit)
    if asked is None:
        visit.tell("normal_again", everywhere.NORMAL_AGAIN)
    else:
        visit.say(talk.after(Saying("everywhere.normal_again", (everywhere.NORMAL_AGAIN,)), "normal", asked))


def _answers(visit: Visit, standing: Standing) -> bool:
    return standing.position.flow == _ASKS_WHAT_THEY_NEED and may_be_a_need(visit.text, visit.language)


def _answer(visit: Visit, standing: Standing) -> None:
    visit.disposition, visit.asked = Disposition.FLOW, f"{standing.position.flow}.{standing.position.step}"
    reading = Reading(value=visit.text.strip(), sure=True)
    talk.follow(visit, engine.advance(talk.flow_of(visit), standing.position, reading, visit.facts))


def _again(visit: Visit, wording: str) -> Saying | None:
    """The open question, else what was said last, if it can be said again as it was."""
    if (asked := talk.open_question(visit)) is not None:
        return asked
    words = _told(wording)
    return Saying(wording, (words,)) if words is not None and words.places <= {*visit.facts} else None


def _told(wording: str) -> Words | None:
    flow, _dot, rest = wording.partition(".")
    if flow == "everywhere":
        return everywhere.TOLD.get(rest)
    step = SHIPPED[flow].steps.get(rest.removesuffix(".text")) if flow in SHIPPED else None
    return step.text if isinstance(step, Say) else None


def _is_easier(visit: Visit, saying: Saying) -> bool:
    return any(visit.organisation.catalogs.differs(words, visit.language) for words in saying.words)
