"""Outcomes: what the end of each flow sets going."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from bank import (
    agreeing,
    by_form,
    desk,
    feedback_chosen,
    feedback_heard,
    formats,
    helping,
    leaving,
    members,
    naming_help,
    permission,
    story_learning,
)
from bank.visit import Standing, Visit
from flows.about_you import QUESTIONS
from flows.engine import Turn
from storage import addresses, conversations, halting, messages_in, tasks
from storage.consents import Purpose
from storage.tasks import TaskKind

# After these we wait for a person, or for them, and ask nothing that was waiting.
QUIET_AFTER = frozenset({"safety"})
# What a conversation about a project, or about a message to many, is about; and an answer that waits for its question.
SUBJECT = ("project", "broadcast", "found", "heard", "meeting", "beside")
_CARRIED = {
    by_form.FLOW: (by_form.FLOW, "wants", "code"),
    "helpers": ("helps",),
    "projects": ("project",),
    "interest": ("project", "stands", "set"),
    "offer": ("project", "stands", "set"),
    "placed": ("project",),
    "which": SUBJECT,
    "feedback": ("round", "meeting", "by_them", "feedback"),
    **dict.fromkeys(("meetings", "meeting_told"), ("meeting",)),
    "which_meeting": ("meeting", "heard"),
    **dict.fromkeys(("rsvp", "rsvp_offer", "rsvp_again"), ("meeting", "stands", "beside", "to_check", "left_out")),
    "coming": ("meeting", "stands", "beside", "rsvp_way", "left_out"),
    "helper_coming": ("meeting", "stands"),
}
# Left unanswered, a person of ours reads what was told.
READ_IF_UNANSWERED = frozenset({"perhaps_stop"})
# Who tells us that a text could do harm gets none, not even an answer, until a lead says that it is safe again.
UNTIL_TOLD = timedelta(days=36500)


def apply(visit: Visit, standing: Standing, turn: Turn) -> None:
    """Do what this end of this flow asks for, before its last words are said."""
    if feedback_heard.is_given(visit):
        feedback_heard.ended(visit, standing)
    if (doing := OUTCOMES.get((standing.position.flow, turn.outcome or ""))) is not None:
        doing(visit, standing)


# What is handed over to stands among the answers: the project's own questions, and what an answer is about.
_NAMED_BY_AN_ANSWER = {"set": "set", "invited": "flow", "round": "flow"}
_ON_THE_LIST = frozenset({"joined", "already"})


def next_flow(turn: Turn, ended: Standing) -> tuple[str, Mapping[str, Any]] | None:
    """The flow to go on with, and what it knows already."""
    answers = ended.position.answers
    if turn.next_flow is None:
        # Who joined to take part in something goes on to that.
        goes_on = ended.position.flow == "join" and turn.outcome in _ON_THE_LIST and "project" in answers
        return ("interest", {"project": answers["project"], "found": "join"}) if goes_on else None
    if turn.next_flow == "asked":
        return str(answers.get("then", "menu")), {name: answers[name] for name in SUBJECT if name in answers}
    if turn.next_flow in _NAMED_BY_AN_ANSWER:
        return str(answers.get(_NAMED_BY_AN_ANSWER[turn.next_flow], "menu")), _carried(ended)
    if ended.position.flow == "projects":
        return turn.next_flow, {**_carried(ended), "found": "projects"}
    return turn.next_flow, _carried(ended)


def _carried(ended: Standing) -> Mapping[str, Any]:
    """What the next flow has been told already."""
    answers = ended.position.answers
    carried = _CARRIED.get(ended.position.flow, ())
    return {**{name: answers[name] for name in carried if name in answers}, **naming_help.carried(ended)}


def begun(visit: Visit, flow: str) -> None:
    """Do what the beginning of this flow asks for: a call is owed from the first word, answered or not."""
    if flow == "call" and tasks.open_at(visit.tx, visit.address.id, TaskKind.CALL) is None:
        desk.ask_a_person(visit, TaskKind.CALL)


def _call(visit: Visit, standing: Standing) -> None:
    """Put number and time in the item that CALL raised."""
    told = (standing.position.answers.get(name) for name in ("call_number", "call_time"))
    item = tasks.open_at(visit.tx, visit.address.id, TaskKind.CALL)
    if item is not None and (words := ", ".join(str(one) for one in told if one)):
        tasks.note(visit.tx, item.id, words)


def _passed_on(visit: Visit, standing: Standing) -> None:
    """They want it passed on: the item holds their own words, as they told us before we asked."""
    told = list(standing.position.answers.get("told", ()))
    words = "\n".join(messages_in.texts(visit.tx, told))
    desk.ask_a_person(visit, TaskKind.CARE, words=words, about=told[0] if told else None)


def _stopped(visit: Visit, _standing: Standing) -> None:
    """What STOP does."""
    permission.withdraw(visit)
    conversations.end_all(visit.tx, visit.address.id, "stopped")
    visit.gets_through = True


def _young(visit: Visit, standing: Standing) -> None:
    desk.ask_a_person(visit, TaskKind.UNDER_18, words=visit.text)
    _declined(visit, standing)


def _declined(visit: Visit, standing: Standing) -> None:
    """They said yes, went back, and said no: the latest clear answer wins."""
    if standing.position.answers.get(by_form.FLOW):
        by_form.dropped(visit)
    if standing.person_id is not None:
        leaving.leave(visit)
    elif standing.position.answers.get("after_stop"):  # they had stopped us, asked to join, and thought better of it
        permission.withdraw(visit)
        visit.gets_through = True


def _language(visit: Visit, standing: Standing) -> None:
    desk.ask_a_person(visit, TaskKind.LANGUAGE, words=str(standing.position.answers.get("language", "")))


def _safe(visit: Visit, _standing: Standing) -> None:
    desk.ask_a_person(visit, TaskKind.SAFEGUARDING, words="They say that it is safe to text them back.")


def _unsafe(visit: Visit, _standing: Standing) -> None:
    keep_silent(visit)


def keep_silent(visit: Visit) -> None:
    """A text could do harm there: nothing at all goes out, and what was queued is cancelled."""
    desk.ask_a_person(visit, TaskKind.SAFEGUARDING, words="They say that it is NOT safe to text them back.")
    halting.stop(visit.tx, visit.address.id, visit.now)
    addresses.change(visit.tx, visit.address.id, {"unsafe_until": visit.now + UNTIL_TOLD})
    visit.unsafe = True


OUTCOMES: Mapping[tuple[str, str], Callable[[Visit, Standing], None]] = {
    ("call", "call"): _call,
    ("join", "young"): _young,
    ("join", "declined"): _declined,
    ("supporter", "agreed"): lambda visit, _standing: helping.agree(visit),
    ("supporter", "refused"): lambda visit, _standing: helping.refuse(visit),
    ("helpers", "ended"): lambda visit, standing: helping.end(visit, str(standing.position.answers.get("helper"))),
    ("helpers", "ask"): naming_help.named,
    ("helper_asked", "agreed"): lambda visit, _standing: helping.accept(visit),
    ("helper_asked", "refused"): lambda visit, _standing: helping.decline(visit),
    ("news", "ended"): lambda visit, _standing: agreeing.answer(visit, Purpose.DIGEST, given=False),
    ("format", "large_print"): formats.post,
    **{(question.name, "told"): helping.answered for question in QUESTIONS},
    ("form", "young"): _young,
    ("form", "declined"): _declined,
    ("leave", "left"): lambda visit, _standing: leaving.leave(visit),
    ("start", "started"): lambda visit, _standing: members.note(visit, paused_until=None),
    ("language", "language_wanted"): _language,
    ("care_trouble", "passed"): _passed_on,
    ("perhaps_stop", "stopped"): _stopped,
    ("feedback", "go"): feedback_chosen.chosen,
    ("story", "withdrawn"): story_learning.withdrawn,
    ("story_down", "withdrawn"): story_learning.withdrawn,
    ("story", "ring"): story_learning.read_by_a_person(TaskKind.CALL),
    ("story", "write"): story_learning.read_by_a_person(TaskKind.LETTER),
    ("safety", "safe"): _safe,
    ("safety", "unsafe"): _unsafe,
}
