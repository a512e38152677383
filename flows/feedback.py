"""Feedback: how it was. The questions are those of a question set; what stands around them is ours.

The first message says who asks and about what, and holds the first question. Each question may be left out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from flows import anonymous
from flows import feedback_when as when
from flows.grammar import Ask, Branch, Choose, Flow, More, Say, Step
from flows.question_set import THANKS, Kind, Means, QuestionSet, said_in, steps_of
from language.wording import Words, _, own

LAST_WORDS = _("Thank you. We read every answer. We will tell you what we do because of it.")
# What the rest of a "no" is kept as, where somebody did not have what they needed.
MISSING = "was_missing"
_PREFIX = "feedback_"
_ID = re.compile(r"[0-9]{1,18}\Z")


def name_of(set_id: int) -> str:
    """What the flow is called in which this version of a question set is asked."""
    return f"{_PREFIX}{set_id}"


def id_of(flow: str) -> int | None:
    """The version that is asked in the flow of this name; None where it is another flow."""
    number = flow.removeprefix(_PREFIX)
    return int(number) if flow.startswith(_PREFIX) and _ID.match(number) else None


def build(name: str, version: int, asked: QuestionSet, language: str) -> Flow:
    """The flow as somebody reads it in this language.

    Its answers tell what it is about: `round`, and `meeting` or `project`; `by_them` where they began; `feedback`
    where no name is kept, and with it `few_came`.
    """
    steps = steps_of(asked, language)
    first = next(iter(steps))
    thanks: Words = own(said_in(asked.thanks, language)) if asked.thanks else LAST_WORDS
    return Flow(
        name,
        start="begin",
        version=version,
        values=frozenset({"council", "meeting", "day", "project"}),
        nudge=_("{council}: one question is still open. Answer it or not, as you like. STOP ends texts."),
        nudge_after=timedelta(days=1),
        steps={**_opening(first), **_asking(asked, steps), THANKS: Say(thanks, outcome="told")},
    )


def _opening(first: str) -> dict[str, Step]:
    """Who asks, about what, and how to leave a question out and to stop, in one message with the first question."""
    return {
        "begin": Branch(when.begin_themselves, yes="themselves", no="we_ask"),
        "we_ask": Branch(when.is_about_a_meeting, yes="meeting", no="of_project"),
        "meeting": More(
            _("{council}: thank you for coming to {meeting}. SKIP leaves a question out. STOP ends texts."), "names"
        ),
        "of_project": Branch(when.is_about_a_project, yes="project", no="bank"),
        "project": More(
            _("{council}: thank you for being part of {project}. SKIP leaves a question out. STOP ends texts."), "names"
        ),
        "bank": More(_("{council}: please tell us how we do. SKIP leaves a question out. STOP ends texts."), "names"),
        "themselves": Branch(when.is_about_a_meeting, yes="their_meeting", no="anything"),
        "their_meeting": More(_("Good that you tell us about {meeting}, {day}. SKIP leaves a question out."), "names"),
        "anything": More(_("Good that you tell us. SKIP leaves a question out."), "names"),
        "names": Branch(when.is_without_name, yes="no_name", no=first),
        "no_name": More(anonymous.NO_NAME, "how_many_came"),
        "how_many_came": Branch(when.few_came, yes="few_came", no=first),
        "few_came": More(anonymous.FEW_CAME, first),
    }


def _asking(asked: QuestionSet, steps: dict[str, Step]) -> dict[str, Step]:
    """The questions; who did not have what they needed at a meeting is asked what was missing."""
    found: dict[str, Step] = {}
    for name, step in steps.items():
        question = asked.questions[int(name[1:]) - 1] if name.startswith("q") else None
        found[name] = step
        if question is None or question.means is not Means.NEEDS or question.kind is not Kind.YES_NO:
            continue
        if isinstance(step, Choose) and isinstance(step.choices, tuple) and step.then is not None:
            lacked = f"{name}_no"
            choices = tuple(replace(one, then=lacked if one.id == "no" else one.then) for one in step.choices)
            found[name] = replace(step, choices=choices, then=None)
            found[lacked] = Branch(when.is_without_name, yes=step.then, no=f"{name}_what")
            found[f"{name}_what"] = Ask(_WHAT, save=MISSING, read="words", then=step.then, skip=step.then)
    return found


_WHAT = _("We are sorry. What was missing? A person will read what you write.")
