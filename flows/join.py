"""Joining the bank: yes; agreement and 18 or over; a name, which may be skipped."""

from __future__ import annotations

from datetime import timedelta

from flows import predicates
from flows.grammar import Ask, Branch, Choice, Choose, Flow, FromFacts, More, Say
from language.wording import _

ABOUT = _(
    "We ask people what works in care, and what does not. You may use care, or look after someone. "
    "You choose what to take part in. It is free, but your texts cost the same as usual. "
    "You can leave at any time."
)

WANTS = (
    Choice("yes", _("Yes"), then="which", hears="yes"),
    Choice("more", _("Tell me more"), then="about", hears="more"),
    Choice("no", _("No"), then="declined", hears="no"),
    Choice("young", None, then="young", hears="under_18"),
)
AGREES = (
    Choice("yes", _("Yes, and I am 18 or over"), then="phone", hears="yes"),
    Choice("more", _("Tell me more"), then="keeping", hears="more"),
    Choice("no", _("No"), then="declined", hears="no"),
    Choice("young", None, then="young", hears="under_18"),
)

JOIN = Flow(
    "join",
    start="begin",
    values=frozenset({"council", "name", "by", "child_helpline", "privacy_url"}),
    nudge=_("{council} here. You began to join us. We will not remind you again. To stop our texts, send STOP."),
    nudge_after=timedelta(days=1),
    lapse_after=timedelta(days=30),
    steps={
        "begin": Branch(predicates.came_by_form, yes="which", no="welcome"),
        "welcome": Choose(
            _(
                "{council} here. Help us make care better, if you are 18 or over. "
                "Your texts cost the same as usual. Would you like to join?"
            ),
            save="wants",
            choices=WANTS,
            again=_("Would you like to join?"),
        ),
        "about": More(ABOUT, then="welcome"),
        "which": Branch(predicates.phone_has_members, yes="who", no="agree"),
        "who": Choose(
            _("Somebody has joined with this phone already. Who are you?"),
            save="who",
            choices=FromFacts("people_here"),
            then="known",
        ),
        "known": Branch(predicates.says_someone_known, yes="already", no="agree"),
        "already": Say(
            _("You are on our list already. Nothing has changed. To see what you can do, text MENU."),
            outcome="already",
        ),
        "agree": Choose(
            _(
                "Thank you. We will keep your number and answers, so we can invite you. "
                "To stop our texts, send STOP. OK?"
            ),
            save="agreed",
            choices=AGREES,
            again=_("Is it OK to keep your number and answers, so we can invite you?"),
        ),
        "keeping": More(
            _(
                "We keep your number, name and what you tell us, to invite you to things. "
                "We may tell someone if we think a person is in danger. "
                "To have it all deleted, text LEAVE. More: {privacy_url}"
            ),
            then="agree",
        ),
        "phone": Branch(predicates.landline, yes="ring", no="named"),
        "ring": Choose(
            _("This looks like a home phone. Texts may not reach you. Shall we ring you instead?"),
            save="ring",
            choices=(
                Choice("yes", _("Yes, ring me"), then="named", hears="yes"),
                Choice("no", _("No, text me"), then="named", hears="no"),
            ),
        ),
        "named": Branch(predicates.came_by_form, yes="welcomed", no="name"),
        "welcomed": Say(
            _(
                "You have joined. Thank you. We text once a week at most. "
                "To talk to a person, text CALL. To see what you can do, text MENU."
            ),
            outcome="joined",
        ),
        "name": Ask(
            _(
                "You have joined. Thank you. We text once a week at most. To talk to a person, text CALL. "
                "What shall we call you? A first name is fine. Or text SKIP."
            ),
            save="name",
            read="name",
            then="thanks",
            skip="nameless",
            under_18="young",
        ),
        "thanks": Say(
            _(
                "Thank you, {name}. We will text when there is something you could help with. "
                "To see what you can do, text MENU."
            ),
            outcome="joined",
        ),
        "nameless": Say(
            _(
                "That is fine. We will text when there is something you could help with. "
                "To see what you can do, text MENU."
            ),
            outcome="joined",
        ),
        "declined": Say(
            _("That is fine. We will not text you again. If you change your mind, text JOIN."), outcome="declined"
        ),
        "young": Say(
            _(
                "Thank you for telling us. You need to be 18 to join. A person will read this by {by}. "
                "They will tell you what else there is. To talk to someone now, Childline is free: {child_helpline}."
            ),
            outcome="young",
        ),
    },
)
