"""Places in a meeting: a free one is offered to the next in line, and who was not sure is asked once more."""

from __future__ import annotations

from datetime import timedelta

from flows import predicates
from flows.grammar import Branch, Choice, Choose, Flow, Handover, Say
from language.wording import _

_SAYS = frozenset({"council", "meeting", "day", "time"})
_YES = Choice("yes", _("Yes"), then="yes", hears="yes")
_NO = Choice("no", _("No"), then="no", hears="no")

# Somebody gave a place back: it is theirs who waited longest, if they say so in time.
RSVP_OFFER = Flow(
    "rsvp_offer",
    start="begin",
    values=_SAYS | {"seat_by"},
    lapse_after=timedelta(days=7),
    steps={
        "begin": Branch(predicates.not_for_all_guests, yes="alone", no="ask"),
        "ask": Choose(
            _("{council}: a place is free. {meeting}. {day}, {time}. Please reply by {seat_by}. Can you come?"),
            save="coming",
            choices=(_YES, _NO),
            skip="no",
        ),
        "alone": Choose(
            _(
                "{council}: there is a place for you, but not for everyone you would bring. {meeting}. {day}, {time}. "
                "Please reply by {seat_by}. Can you come?"
            ),
            save="coming",
            choices=(_YES, _NO),
            skip="no",
        ),
        "yes": Handover("coming"),
        "no": Say(
            _("Thank you for telling us. The place goes to the next person. To see what else is on, text MEETINGS."),
            outcome="no",
        ),
    },
)

# They were not sure, and would know by now.
RSVP_AGAIN = Flow(
    "rsvp_again",
    start="ask",
    values=_SAYS,
    lapse_after=timedelta(days=14),
    steps={
        "ask": Choose(
            _("{council}: you were not sure about this. {meeting}. {day}, {time}. Are you coming?"),
            save="coming",
            choices=(_YES, _NO, Choice("maybe", _("Still not sure"), then="maybe", hears="maybe")),
            skip="maybe",
        ),
        "yes": Handover("coming"),
        "no": Say(
            _("Thank you for telling us. We have noted that you can't come. If that changes, just text us."),
            outcome="no",
        ),
        "maybe": Say(_("That is fine. We will not ask again. If you know more, just text us."), outcome="maybe"),
    },
)

# How they stand now, where they have not just told us.
RSVP_NEWS = Flow(
    "rsvp_news",
    start="begin",
    values=_SAYS | {"rsvp_number"},
    steps={
        "begin": Branch(predicates.has_their_place_back, yes="back", no="in_line"),
        "back": Say(
            _("{council}: your place is still yours. {meeting}. {day}, {time}. If you can't come, just text us."),
            outcome="told",
        ),
        "in_line": Branch(predicates.waits_in_line, yes="waits", no="gone"),
        "waits": Say(
            _(
                "{council}: {meeting}, {day}. It is full just now. You are number {rsvp_number} in line. "
                "We will text you if a place is free."
            ),
            outcome="told",
        ),
        "gone": Say(
            _(
                "{council}: we did not hear from you, so the place went to the next person. {meeting}, {day}. "
                "If you can still come, just text us."
            ),
            outcome="told",
        ),
    },
)
