"""Reminders of what somebody said yes to. Each step is a sentence or two; those on one path are said in one message.

Nobody is asked anything. Whoever cannot come any more, is late or wants to know something just writes.
"""

from __future__ import annotations

from flows import telling_of_meetings as telling
from flows.grammar import Branch, End, Flow, Say
from language.wording import _

CLOSING = "closing"  # the step that comes last, once, however many meetings a message is about

REMINDER = Flow(
    "reminder",
    start="begin",
    values=frozenset({"council", "meeting", "day", "time", "where", "link", "dial_in", "helped"}),
    steps={
        "begin": Branch(telling.is_to_a_helper, yes="helper", no="member"),
        "helper": Branch(telling.is_today, yes="helper_now", no="helper_later"),
        "helper_now": Branch(telling.goes_online, yes="helper_now_online", no="helper_now_near"),
        "helper_now_near": Say(
            _("{council}: {helped} said yes to {meeting}. It is today at {time}, {where}."), "helps"
        ),
        "helper_now_online": Say(
            _("{council}: {helped} said yes to {meeting}. It is online today at {time}."), "helps"
        ),
        "helper_later": Branch(telling.goes_online, yes="helper_online", no="helper_near"),
        "helper_near": Say(_("{council}: {helped} said yes to {meeting}. It is on {day} at {time}, {where}."), "helps"),
        "helper_online": Say(
            _("{council}: {helped} said yes to {meeting}. It is online, on {day} at {time}."), "helps"
        ),
        "helps": Say(_("You need not reply. To end these texts, send STOP."), "how"),
        "member": Branch(telling.is_one_more, yes="more", no="first"),
        "more": Branch(telling.is_thanked, yes="more_thanks", no="more_to_come"),
        "more_thanks": Say(_("Thank you for coming to {meeting}."), outcome="said"),
        "more_to_come": Branch(telling.goes_online, yes="more_online", no="more_near"),
        "more_near": Say(_("Also: {meeting}, {day} at {time}, {where}."), outcome="said"),
        "more_online": Say(_("Also online: {meeting}, {day} at {time}."), "how"),
        "first": Branch(telling.is_thanked, yes="thanks", no="to_come"),
        "thanks": Say(
            _("{council}: thank you for coming to {meeting}. If you want to tell us about it, just text us."),
            outcome="said",
        ),
        "to_come": Branch(telling.goes_online, yes="online", no="near"),
        "near": Branch(telling.is_today, yes="now", no="later"),
        "now": Say(_("{council}: see you today at {time}, {where}."), CLOSING),
        "later": Branch(telling.is_a_week_ahead, yes="week", no="day"),
        "week": Say(_("{council}: {meeting} is on {day} at {time}, {where}."), CLOSING),
        "day": Say(_("{council}: see you on {day} at {time}, {where}."), CLOSING),
        "online": Branch(telling.is_today, yes="online_now", no="online_later"),
        "online_now": Say(_("{council}: {meeting} is online today at {time}."), CLOSING),
        "online_later": Say(_("{council}: {meeting} is online, on {day} at {time}."), CLOSING),
        CLOSING: Say(_("If you can't come, just text us."), "how"),
        "how": Branch(telling.goes_online, yes="any_link", no="end"),
        "any_link": Branch(telling.has_link, yes="link", no="any_number"),
        "link": Say(_("To join, open {link}"), "any_number"),
        "any_number": Branch(telling.has_dial_in, yes="number", no="end"),
        "number": Say(_("To join by phone, ring {dial_in}"), outcome="said"),
        "end": End("said"),
    },
)
