"""What somebody would like to tell us of, where they came to more than one meeting lately."""

from __future__ import annotations

from datetime import timedelta

from flows import feedback_when as when
from flows.grammar import Branch, Choose, Flow, FromFacts, Handover, Say
from language.wording import _

# Picked where it is about none of those meetings.
ELSE = "else"

FEEDBACK = Flow(
    "feedback",
    start="begin",
    lapse_after=timedelta(days=7),
    steps={
        "begin": Branch(when.is_about_a_meeting, yes="go", no="any"),
        "any": Branch(when.came_to_several, yes="ask", no="go"),
        "ask": Choose(
            _("What would you like to tell us about?"),
            save="meeting",
            choices=FromFacts("came_to"),
            then="go",
            skip="left",
        ),
        "go": Handover("round"),
        "left": Say(_("That is fine. Text FEEDBACK when you want to tell us something."), outcome="left"),
    },
)
