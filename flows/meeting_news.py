"""News of a meeting that somebody said yes or maybe to, or waits for: it is different now, or does not take place.

Where the change is large they are asked again; they answer as to any invitation, in the flow "rsvp". The other steps
of one path are said in one message.
"""

from __future__ import annotations

from flows import telling_of_meetings as telling
from flows.grammar import Branch, Choice, Choose, End, Flow, Handover, Say
from language.wording import Words, _

_CHOICES = (
    Choice("yes", _("Yes"), then="answered", hears="yes"),
    Choice("no", _("No"), then="answered", hears="no"),
    Choice("maybe", _("Not sure"), then="answered", hears="maybe"),
)


FOR_CALENDAR = _("For your calendar, open {calendar}")


def _asking(text: Words) -> Choose:
    return Choose(text, save="coming", choices=_CHOICES, skip="answered", one_line=True)


MEETING_NEWS = Flow(
    "meeting_news",
    start="begin",
    values=frozenset({"council", "meeting", "day", "time", "where", "link", "dial_in", "why", "helped", "calendar"}),
    steps={
        "begin": Branch(telling.is_called_off, yes="called_off", no="changed"),
        "called_off": Branch(telling.is_to_a_helper, yes="helper_off", no="any_reason"),
        "helper_off": Say(
            _("{council}: we have cancelled {meeting} on {day}. This is about {helped}. To end this, send STOP."),
            outcome="told",
        ),
        "any_reason": Branch(telling.has_a_reason, yes="canceled_why", no="canceled"),
        "canceled_why": Say(_("{council}: sorry, we have cancelled {meeting} on {day}. {why}"), "thanks"),
        "canceled": Say(_("{council}: sorry, we have cancelled {meeting} on {day}."), "thanks"),
        "thanks": Say(_("Thank you for your answer. To see what else is on, text MEETINGS."), "any_calendar"),
        "any_calendar": Branch(telling.has_calendar, yes="calendar", no="end"),
        "calendar": Say(FOR_CALENDAR, outcome="told"),
        "changed": Branch(telling.is_to_a_helper, yes="helper", no="asks"),
        "helper": Branch(telling.goes_online, yes="helper_online", no="helper_near"),
        "helper_near": Say(_("{council}: {meeting}, for {helped}, is now on {day} at {time}, {where}."), "helps"),
        "helper_online": Say(_("{council}: {meeting}, for {helped}, is now online, on {day} at {time}."), "helps"),
        "helps": Say(_("You need not reply. To end these texts, send STOP."), "how"),
        "asks": Branch(telling.is_asked_again, yes="moved", no="told"),
        "moved": Branch(telling.goes_online, yes="moved_online", no="moved_near"),
        "moved_near": _asking(_("{council}: a change. {meeting} is now on {day} at {time}, {where}. Can you come?")),
        "moved_online": _asking(_("{council}: a change. {meeting} is now online, on {day} at {time}. Can you join?")),
        "answered": Handover("rsvp"),
        "told": Branch(telling.goes_online, yes="now_online", no="now_near"),
        "now_near": Say(_("{council}: a change. {meeting} is on {day} at {time}, {where}."), "closing"),
        "now_online": Say(_("{council}: a change. {meeting} is online, on {day} at {time}."), "closing"),
        "closing": Say(_("If you can't come, just text us."), "how"),
        "how": Branch(telling.goes_online, yes="any_link", no="any_calendar"),
        "any_link": Branch(telling.has_link, yes="link", no="any_number"),
        "link": Say(_("To join, open {link}"), "any_number"),
        "any_number": Branch(telling.has_dial_in, yes="number", no="any_calendar"),
        "number": Say(_("To join by phone, ring {dial_in}"), "any_calendar"),
        "end": End("told"),
    },
)
