"""Whoever helps a member wrote of coming to a meeting: we ask once, plainly, whether the member comes."""

from __future__ import annotations

from flows import predicates
from flows.grammar import Branch, Choice, Choose, Flow, Handover, Say
from language.wording import _

_ABOUT = frozenset({"helped", "meeting", "day", "time"})
_TOO_LATE = _("{meeting}, {day}: it is too late to answer now. Thank you all the same.")

HELPER_COMING = Flow(
    "helper_coming",
    start="begin",
    values=_ABOUT,
    steps={
        "begin": Branch(predicates.meeting_has_closed, yes="closed", no="ask"),
        "closed": Say(_TOO_LATE, outcome="closed"),
        "ask": Choose(
            _("For {helped}. {meeting}: {day}, {time}. Can they come?"),
            save="coming",
            choices=(
                Choice("yes", _("Yes"), then="yes", hears="yes"),
                Choice("no", _("No"), then="no", hears="no"),
                Choice("maybe", _("Not sure"), then="maybe", hears="maybe"),
            ),
            skip="left",
            one_line=True,
        ),
        "yes": Handover("helper_noted"),
        "no": Say(
            _("Thank you for telling us. We have noted that {helped} can't come. If that changes, just text us."),
            outcome="no",
        ),
        "maybe": Say(
            _("Thank you. We have noted that {helped} is not sure. When you know, just text us."), outcome="maybe"
        ),
        "left": Say(_("That is fine. We have noted nothing."), outcome="left"),
    },
)

# What came of their yes: a place, or a turn in line.
HELPER_NOTED = Flow(
    "helper_noted",
    start="begin",
    values=_ABOUT,
    steps={
        "begin": Branch(predicates.meeting_has_closed, yes="closed", no="any_room"),
        "closed": Say(_TOO_LATE, outcome="closed"),
        "any_room": Branch(predicates.waits_in_line, yes="waits", no="comes"),
        "waits": Say(
            _("Thank you. {meeting}, {day}: it is full just now. {helped} is in line. We will tell them of a place."),
            outcome="waits",
        ),
        "comes": Say(
            _("Thank you. We have noted that {helped} comes: {meeting}, {day}, {time}. If that changes, just text us."),
            outcome="coming",
        ),
    },
)
