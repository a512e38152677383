"""MEETINGS: theirs, with their answer, and what they could join. A pick tells where it is, and asks if they come."""

from __future__ import annotations

from datetime import timedelta

from flows import meeting_predicates, predicates
from flows.grammar import Branch, Choose, Flow, FromFacts, Handover, Say
from language.wording import _

MEETINGS = Flow(
    "meetings",
    start="begin",
    steps={
        "begin": Branch(meeting_predicates.has_meetings, yes="ask", no="none"),
        "ask": Choose(
            _("Which meeting would you like to hear about?"),
            save="meeting",
            choices=FromFacts("my_meetings", page=3),
            then="told",
            skip="left",
        ),
        "told": Handover("meeting_told"),
        "none": Say(
            _(
                "No meeting is open just now. You can text MEETINGS again at any time. "
                "To see what else you can do, text MENU."
            ),
            outcome="none",
        ),
        "left": Say(_("That is fine. You can text MEETINGS again at any time."), outcome="left"),
    },
)

# The one that they picked.
MEETING_TOLD = Flow(
    "meeting_told",
    start="theirs",
    values=frozenset({"meeting", "day", "time", "where", "link"}),
    steps={
        "theirs": Branch(meeting_predicates.comes_to_it, yes="how", no="place"),
        "how": Branch(predicates.comes_online, yes="by_link", no="there"),
        "there": Say(
            _(
                "You come to {meeting}. {day}, {time}, {where}. If you can't come, just text us. "
                "For your calendar, text CALENDAR."
            ),
            outcome="told",
        ),
        "by_link": Say(
            _("You join {meeting} online. {day}, {time}. {link} If you can't come, just text us."), outcome="told"
        ),
        "place": Branch(meeting_predicates.is_held_somewhere, yes="at", no="rsvp"),
        "at": Say(_("{meeting} is at {where}."), then="rsvp"),
        "rsvp": Handover("rsvp"),
    },
)

# Which of their meetings an answer is for. What was answered is kept while we ask.
WHICH_MEETING = Flow(
    "which_meeting",
    start="ask",
    lapse_after=timedelta(days=7),
    steps={
        "ask": Choose(
            _("Thank you. Which meeting do you mean?"),
            save="meeting",
            choices=FromFacts("their_meetings", page=3),
            then="go",
            skip="left",
        ),
        "go": Handover("rsvp"),
        "left": Say(_("That is fine. We have noted nothing."), outcome="left"),
    },
)
