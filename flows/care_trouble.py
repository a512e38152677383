"""Trouble with care or services that is no danger by itself: whom to ring now, and whether we shall pass it on."""

from __future__ import annotations

from datetime import timedelta

from flows import predicates
from flows.grammar import Branch, Choice, Choose, Flow, Say
from language.wording import Words, _

CHOICES = (
    Choice("yes", _("Yes"), then="passed", hears="yes"),
    Choice("no", _("No"), then="kept", hears="no"),
)


def _asking(text: Words) -> Choose:
    return Choose(text, save="pass_on", choices=CHOICES, skip="kept")


CARE_TROUBLE = Flow(
    "care_trouble",
    start="line",
    values=frozenset({"by", "care_line"}),
    lapse_after=timedelta(days=1),
    steps={
        "line": Branch(predicates.has_care_line, yes="ring", no="ask"),
        "ring": _asking(_("Sorry to hear that. For help with your care now, ring {care_line}. Shall we pass this on?")),
        "ask": _asking(_("Sorry to hear that. Shall we pass this on to a person here?")),
        "passed": Say(_("Thank you for telling us. A person will read this by {by}."), outcome="passed"),
        "kept": Say(_("That is fine. To talk to a person, text CALL."), outcome="kept"),
    },
)
