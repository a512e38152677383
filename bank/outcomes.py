"""Outcomes: what the end of each flow sets going."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from bank import by_form, desk, helping, leaving, members, naming_help, permission
from bank.visit import Standing, Visit
from flows.about_you import QUESTIONS
from flows.engine import Turn
from storage import addresses, conversations, halting, messages_in, tasks
from storage.tasks import TaskKind

# After these we wait for a person, or for them, and ask nothing that was waiting.
QUIET_AFTER = frozenset({"safety"})
_CARRIED = {by_form.FLOW: (by_form.FLOW, "wants", "code"), "helpers": ("helps",)}
# Left unanswered, a person of ours reads what was told.
READ_IF_UNANSWERED = frozenset({"perhaps_stop"})
# Who tells us that a text could do harm gets none, not even an answer, until a lead says that it is safe again.
UNTIL_TOLD = timedelta(days=36500)


def apply(visit: Visit, standing: Standing, turn: Turn) -> None:
    """Do what this end of this flow asks for, before its last words are said."""
    if (doing := OUTCOMES.get((standing.position.flow, turn.outcome or ""))) is not None:
        doing(visit, standing)


def next_flow(turn: Turn, ended: Standing) -> tuple[str, Mapping[str, Any]] | None:
    """The flow to go on with, and what it knows already."""
    if turn.next_flow is None:
        return None
    if turn.next_flow == "asked":
        return str(ended.position.answers.get("then", "menu")), {}
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
    """A text could do harm there: nothing at all goes out, and what was queued is canceled."""
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
    **{(question.name, "told"): helping.answered for question in QUESTIONS},
    ("form", "young"): _young,
    ("form", "declined"): _declined,
    ("leave", "left"): lambda visit, _standing: leaving.leave(visit),
    ("start", "started"): lambda visit, _standing: members.note(visit, paused_until=None),
    ("language", "language_wanted"): _language,
    ("care_trouble", "passed"): _passed_on,
    ("perhaps_stop", "stopped"): _stopped,
    ("safety", "safe"): _safe,
    ("safety", "unsafe"): _unsafe,
}
