"""A member is asked, once, whether somebody may help them: only their own yes links the two. Then both are told."""

from __future__ import annotations

from datetime import timedelta

from flows import predicates
from flows.grammar import Branch, Choice, Choose, Flow, Say
from language.wording import Words, _

CHOICES = (
    Choice("yes", _("Yes"), then="whose", hears="yes"),
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
        "whose": Branch(predicates.named_by_member, yes="will_ask", no="agreed"),
        "will_ask": Say(_("Thank you. We will ask {supporter}, once. To end this, text MY HELPERS."), outcome="agreed"),
        "agreed": Say(_("Thank you. We will tell {supporter}. To end this, text MY HELPERS."), outcome="agreed"),
        "refused": Say(_("That is fine. We will not text them. Nothing has changed."), outcome="refused"),
    },
)

_MAY = (
    Choice("yes", _("Yes"), then="agreed", hears="yes"),
    Choice("no", _("No"), then="refused", hears="no"),
)


def _asking_them(text: Words) -> Choose:
    return Choose(text, save="would_help", choices=_MAY, skip="refused")


# Whom a member named by text is asked, once, whether they would help. Silence is a no.
HELPER_ASKED = Flow(
    "helper_asked",
    start="begin",
    values=frozenset({"council", "helped"}),
    lapse_after=timedelta(days=14),
    steps={
        "begin": Branch(predicates.would_get_texts, yes="texts", no="answers"),
        "texts": Branch(predicates.would_answer, yes="both", no="reminders"),
        "reminders": _asking_them(
            _("{council} here. {helped} says you help them. STOP ends texts. May we text you about their meetings?")
        ),
        "answers": _asking_them(
            _("{council} here. {helped} says you help them. STOP ends texts. May you answer our questions for them?")
        ),
        "both": _asking_them(
            _(
                "{council} here. {helped} says you help them. STOP ends texts. "
                "May we text you about their meetings, and for answers?"
            )
        ),
        "agreed": Say(_("Thank you. We will tell {helped}. To end this, send STOP."), outcome="agreed"),
        "refused": Say(_("That is fine. We will not ask you again."), outcome="refused"),
    },
)

HELPER_AGREED = Flow(
    "helper_agreed",
    start="agreed",
    values=frozenset({"council", "supporter"}),
    steps={
        "agreed": Say(
            _("{council} here. {supporter} said yes, and can help with our texts. To end this, text MY HELPERS.")
        )
    },
)

# Who said no is not kept, and so not named.
HELPER_REFUSED = Flow(
    "helper_refused",
    start="refused",
    values=frozenset({"council"}),
    steps={"refused": Say(_("{council} here. The person you named said no. We will not text them."))},
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
