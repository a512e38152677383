"""Coming: what we still need to know of somebody who comes to a meeting, and what they are told in the end.

Nothing is asked that they said beside their yes, or that is known, or that this meeting does not need.
"""

from __future__ import annotations

from datetime import timedelta

from flows import predicates
from flows.arranged_words import WHAT_ELSE
from flows.grammar import Ask, Branch, Choice, Choose, End, Flow, Handover, Say
from flows.rsvp import ABOUT_MEETING
from language.wording import _

COMING = Flow(
    "coming",
    start="begin",
    values=ABOUT_MEETING | {"rsvp_number", "to_check"},
    lapse_after=timedelta(days=7),
    steps={
        "begin": Branch(predicates.meeting_has_closed, yes="closed", no="any_room"),
        "closed": Say(
            _(
                "{meeting}, {day}: it is too late to answer now. Thank you all the same. "
                "To see what is on, text MEETINGS."
            ),
            outcome="closed",
        ),
        "any_room": Branch(predicates.waits_in_line, yes="line", no="way"),
        "line": Say(
            _(
                "Thank you. {meeting}, {day}: it is full just now. You are number {rsvp_number} in line. "
                "We will text you if a place is free."
            ),
            outcome="waits",
        ),
        "way": Branch(predicates.may_choose_way, yes="which_way", no="company"),
        "which_way": Choose(
            _("Thank you. How will you come?"),
            save="rsvp_way",
            choices=(
                Choice("in_person", _("In person"), then="company"),
                Choice("online", _("Online"), then="company"),
            ),
            skip="company",
        ),
        "company": Branch(predicates.may_bring_guests, yes="how_many", no="needs"),
        "how_many": Ask(
            _(
                "Thank you. For just you, text 0. Do not count anyone who comes to support you. "
                "How many people will you bring?"
            ),
            save="rsvp_guests",
            read="count",
            then="needs",
            skip="needs",
            again=_("For just you, text 0. How many people will you bring?"),
        ),
        "needs": Branch(predicates.has_needs_to_check, yes="still", no="chair"),
        "still": Choose(
            _("Thank you. We have this down for you: {to_check}. Is it still right?"),
            save="needs_right",
            choices=(
                Choice("yes", _("Yes"), then="chair", hears="yes"),
                Choice("no", _("No"), then="what", hears="no"),
            ),
            skip="chair",
        ),
        "what": Ask(
            WHAT_ELSE,
            save="rsvp_arrange",
            read="words",
            then="chair",
            skip="chair",
        ),
        "chair": Branch(predicates.may_name_them, yes="may_see", no="here"),
        "may_see": Choose(
            _("Thank you. Someone who has used care leads this meeting with us. May they see your name?"),
            save="rsvp_named",
            choices=(
                Choice("yes", _("Yes"), then="here", hears="yes"),
                Choice("no", _("No"), then="here", hears="no"),
            ),
            skip="here",
        ),
        "here": Handover("noted"),
    },
)

# What they are told in the end, once all is known.
NOTED = Flow(
    "noted",
    start="begin",
    values=ABOUT_MEETING | {"rsvp_next", "rsvp_noted"},
    steps={
        "begin": Branch(predicates.not_for_all_guests, yes="too_many", no="here"),
        "too_many": Say(_("Sorry, there is not enough room for everyone you would bring."), then="here"),
        "here": Branch(predicates.comes_online, yes="online", no="in_person"),
        "in_person": Say(
            _(
                "Thank you. We have noted that you come: {meeting}. {day}, {time}, {where}. {rsvp_next} "
                "If you can't come, just text us."
            ),
            then="any_more",
        ),
        "online": Branch(predicates.has_link, yes="by_link", no="link_later"),
        "by_link": Say(
            _(
                "Thank you. We have noted that you join online: {meeting}. {day}, {time}. {link} {rsvp_next} "
                "If you can't, just text us."
            ),
            then="any_more",
        ),
        "link_later": Say(
            _(
                "Thank you. We have noted that you join online: {meeting}. {day}, {time}. "
                "We will text you the link. {rsvp_next} If you can't, just text us."
            ),
            then="any_more",
        ),
        "any_more": Branch(predicates.has_more_to_note, yes="more", no="end"),
        "more": Say(_("{rsvp_noted}"), then="end"),
        "end": End("coming"),
    },
)
