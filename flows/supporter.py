"""A member is asked, once, whether somebody may help them: only their own yes links the two. Then both are told."""

from __future__ import annotations

from datetime import timedelta

from flows import predicates
from flows.grammar import Branch, Choice, Choose, Flow, Say
from language.wording import Words, _

CHOICES = (
    Choice("yes", _("Yes"), then="agreed", hears="yes"),
    Choice("no", _("No"), then="refused", hears="no"),
)


def _asking(text: Words) -> Choose:
    return Choose(text, save="supporter_may", choices=CHOICES, skip="refused")


SUPPORTER = Flow(
    "supporter",
    start="begin",
    values=frozenset({"council", "supporter"}),
    lapse_after=timedelta(days=14),
    steps={
        "begin": Branch(predicates.would_get_texts, yes="texts", no="answers"),
        "texts": Branch(predicates.would_answer, yes="both", no="reminders"),
        "reminders": _asking(_("{council} here. STOP ends texts. May we also text {supporter} about your meetings?")),
        "answers": _asking(_("{council} here. STOP ends texts. May {supporter} also answer our questions for you?")),
        "both": _asking(
            _(
                "{council} here. STOP ends texts. "
                "May we text {supporter} too, about your meetings and to answer for you?"
            )
        ),
        "agreed": Say(_("Thank you. We will tell {supporter}. To end this, text MY HELPERS."), outcome="agreed"),
        "refused": Say(_("That is fine. We will not text them. Nothing has changed."), outcome="refused"),
    },
)

# What the one who helps is told: it says what the member agreed to, and how to end it.
SUPPORTER_TOLD = Flow(
    "supporter_told",
    start="begin",
    values=frozenset({"council", "name"}),
    steps={
        "begin": Branch(predicates.would_get_texts, yes="texts", no="answers"),
        "texts": Branch(predicates.would_answer, yes="both", no="reminders"),
        "reminders": Say(
            _(
                "{council} here. {name} agreed that we text you too, about their meetings. "
                "You do not need to reply. To end this, send STOP."
            )
        ),
        "answers": Say(
            _(
                "{council} here. {name} agreed that you may answer our questions for them. "
                "We will text you a question now and then. To end this, send STOP."
            )
        ),
        "both": Say(
            _(
                "{council} here. {name} agreed that we text you about their meetings. "
                "You may also answer our questions for them. To end this, send STOP."
            )
        ),
    },
)

# It does not say who ended it: that could do harm.
SUPPORTER_OVER = Flow(
    "supporter_over",
    start="over",
    values=frozenset({"council", "name"}),
    steps={"over": Say(_("{council} here. We will not text you about {name} any more. Thank you for your help."))},
)

HELPER_ENDED = Flow(
    "helper_ended",
    start="ended",
    values=frozenset({"council", "supporter"}),
    steps={"ended": Say(_("{council} here. {supporter} does not want our texts any more. We have stopped them."))},
)
