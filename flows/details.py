"""MY DETAILS: what we hold, as far as a text may say it. Needs are counted, never read out."""

from __future__ import annotations

from flows import predicates
from flows.grammar import Branch, Choice, Choose, Flow, Say
from language.wording import _

DETAILS = Flow(
    "details",
    start="safe",
    values=frozenset({"name", "topic_names", "district", "needs_count", "pace"}),
    steps={
        "safe": Choose(
            _("Anyone who has this phone could read our texts. Shall we text what we hold about you?"),
            save="safe",
            choices=(
                Choice("yes", _("Yes"), then="member", hears="yes"),
                Choice("no", _("No"), then="kept", hears="no"),
            ),
        ),
        "member": Branch(predicates.already_member, yes="rhythm", no="nothing"),
        "rhythm": Branch(predicates.asked_for_fewer, yes="fewer", no="held"),
        "fewer": Say(_("Our texts to you: {pace}. To change that, text LESS."), then="held"),
        "held": Say(
            _(
                "Name: {name}\nTopics: {topic_names}\nArea: {district}\nThings to arrange: {needs_count}\n"
                "To change one, or see the rest, text CALL. To have it all deleted, text LEAVE."
            ),
            outcome="told",
        ),
        "nothing": Say(_("Nobody has joined with this phone. To join us, text JOIN."), outcome="told"),
        "kept": Say(_("OK. To talk to a person about it, text CALL."), outcome="kept"),
    },
)
