"""RSVP: whether somebody comes to a meeting. A yes goes on with the flow "coming"; a maybe is asked once more."""

from __future__ import annotations

from datetime import timedelta

from flows import predicates
from flows.grammar import Branch, Choice, Choose, Flow, Handover, Say
from language.wording import _

ABOUT_MEETING = frozenset({"council", "meeting", "day", "time", "ends", "where", "link"})

RSVP = Flow(
    "rsvp",
    start="begin",
    values=ABOUT_MEETING | {"ask_day"},
    lapse_after=timedelta(days=30),
    steps={
        "begin": Branch(predicates.meeting_has_closed, yes="closed", no="ask"),
        "closed": Say(
            _(
                "{meeting}, {day}: it is too late to answer now. Thank you all the same. "
                "To see what is on, text MEETINGS."
            ),
            outcome="closed",
        ),
        "ask": Choose(
            _("{meeting}: {day}, {time}. Can you come?"),
            save="coming",
            choices=(
                Choice("yes", _("Yes"), then="yes", hears="yes"),
                Choice("no", _("No"), then="not_coming", hears="no"),
                Choice("maybe", _("Not sure"), then="maybe", hears="maybe"),
            ),
            skip="left",
            one_line=True,
        ),
        "yes": Handover("coming"),
        "not_coming": Branch(predicates.frees_a_place, yes="given_back", no="no"),
        "given_back": Say(
            _("Thank you for telling us. Your place goes to the next person. If that changes, just text us."),
            outcome="no",
        ),
        "no": Say(
            _("Thank you for telling us. We have noted that you can't come. If that changes, just text us."),
            outcome="no",
        ),
        "left": Say(_("That is fine. We have noted nothing. If you can come, just text us."), outcome="left"),
        "maybe": Branch(predicates.meeting_has_closed, yes="closed", no="not_sure"),
        "not_sure": Branch(predicates.needs_cover, yes="cover", no="when"),
        "cover": Choose(
            _("Thank you. Shall we look for someone to be with the person you look after?"),
            save="rsvp_cover",
            choices=(
                Choice("yes", _("Yes please"), then="covered", hears="yes"),
                Choice("no", _("No thank you"), then="when", hears="no"),
            ),
            skip="when",
        ),
        "covered": Branch(predicates.may_be_asked_again, yes="will_look", no="look_only"),
        "will_look": Say(
            _("Thank you. A person will look for someone, and tell you. We will ask you again on {ask_day}."),
            outcome="maybe",
        ),
        "look_only": Say(
            _("Thank you. A person will look for someone, and tell you. If you can come, just text us."),
            outcome="maybe",
        ),
        "when": Branch(predicates.will_be_asked_again, yes="will_ask", no="can_we"),
        "can_we": Branch(predicates.may_be_asked_again, yes="may_we", no="noted"),
        "may_we": Choose(
            _("That is fine. You can text us a better day. Shall we ask again on {ask_day}?"),
            save="rsvp_again",
            choices=(
                Choice("yes", _("Yes"), then="will_ask", hears="yes"),
                Choice("no", _("No, I will text you"), then="noted", hears="no"),
            ),
            skip="noted",
        ),
        "will_ask": Say(
            _("Thank you. We will ask you again on {ask_day}. If you know before then, just text us."),
            outcome="maybe",
        ),
        "noted": Say(
            _("That is fine. We have noted that you are not sure. When you know, text us yes or no."),
            outcome="maybe",
        ),
    },
)
