"""Arranged: what became of what somebody needs at a meeting, whether they had it there, and whether it is still right.

Why somebody needs something is never asked, and never said.
"""

from __future__ import annotations

from datetime import timedelta

from flows import arranged_when
from flows.arranged_words import ALL_WELL, WHAT_ELSE
from flows.grammar import Ask, Branch, Choice, Choose, Flow, Say
from language.wording import _

# Some days before the meeting at the latest: "Your BSL interpreter is booked." stands in `arranged`, and "We could not
# book a BSL interpreter." in `not_arranged`, each a sentence for each thing.
ARRANGED = Flow(
    "arranged",
    start="begin",
    values=frozenset({"council", "meeting", "day", "arranged", "not_arranged"}),
    lapse_after=timedelta(days=14),
    steps={
        "begin": Branch(arranged_when.could_not_be_arranged, yes="sorry", no="booked"),
        "booked": Say(_("{council}: {arranged} {meeting}, {day}. If that is wrong, just text us."), outcome="told"),
        "sorry": Branch(arranged_when.may_join_online, yes="ask_online", no="ask"),
        "ask_online": Choose(
            _("{council}: sorry, {not_arranged} {meeting}, {day}. What shall we do?"),
            save="instead",
            choices=(
                Choice("without", _("I come without it"), then="without"),
                Choice("online", _("I join online"), then="online"),
                Choice("call", _("Talk about it first"), then="call"),
            ),
        ),
        "ask": Choose(
            _("{council}: sorry, {not_arranged} {meeting}, {day}. What shall we do?"),
            save="instead",
            choices=(
                Choice("without", _("I come without it"), then="without"),
                Choice("call", _("Talk about it first"), then="call"),
            ),
        ),
        "without": Say(_("Thank you. We have noted that you come without it. See you there."), outcome="without"),
        "online": Branch(arranged_when.is_settled_online, yes="joins", no="joins_and_call"),
        "joins": Say(_("Thank you. We have noted that you join online. We will text you the link."), outcome="online"),
        "joins_and_call": Say(
            _("Thank you. We have noted that you join online. A person will call you about the rest."),
            outcome="online_call",
        ),
        "call": Say(_("Thank you. A person will call you about it."), outcome="call"),
    },
)

# The day after, to those who came and had something arranged.
AFTER = Flow(
    "after",
    start="ask",
    values=frozenset({"council", "meeting"}),
    steps={
        "ask": Choose(
            _("{council}: thank you for coming to {meeting}. Did you have what you needed there?"),
            save="had_needs",
            choices=(
                Choice("yes", _("Yes"), then="yes", hears="yes"),
                Choice("no", _("No"), then="missing", hears="no"),
            ),
            skip="left",
            again=_("Did you have what you needed at {meeting}?"),
        ),
        "yes": Say(_("Thank you. That is good to know."), outcome="yes"),
        "missing": Ask(
            _("We are sorry. What was missing? A person will read what you write."),
            save="was_missing",
            read="words",
            then="noted",
            skip="noted",
        ),
        "noted": Say(_("Thank you. A person will look at this, so that it is better next time."), outcome="no"),
        "left": Say(_("That is fine. Thank you for coming."), outcome="left"),
    },
)

# Once a year, outside meetings (DAPB1605, the sixth step: review).
NEEDS_REVIEW = Flow(
    "needs_review",
    start="ask",
    values=frozenset({"council", "known_needs"}),
    steps={
        "ask": Choose(
            _("{council} here. For meetings, we have for you: {known_needs}. STOP ends texts. Is it still right?"),
            save="needs_right",
            choices=(
                Choice("yes", _("Yes"), then="yes", hears="yes"),
                Choice("no", _("No"), then="what", hears="no"),
            ),
            skip="left",
        ),
        "what": Ask(WHAT_ELSE, save="needs_differ", read="words", then="noted", skip="noted"),
        "yes": Say(ALL_WELL, outcome="right"),
        "noted": Say(_("Thank you. We have noted it, and a person will check."), outcome="different"),
        "left": Say(_("That is fine. We change nothing."), outcome="left"),
    },
)
