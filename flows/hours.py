"""TIMES: between which times of the day our texts suit them. What they ask us is answered at once all the same."""

from __future__ import annotations

from flows import predicates
from flows.grammar import Branch, Choice, Choose, Flow, Say
from language.wording import _

HOURS = Flow(
    "hours",
    start="member",
    values=frozenset({"text_from", "text_until", "wished_from", "wished_until"}),
    steps={
        "member": Branch(predicates.already_member, yes="begin", no="nobody"),
        "begin": Branch(predicates.wished_for_hours, yes="sure", no="when"),
        "sure": Choose(
            _("Do you want our texts only from {wished_from} to {wished_until}?"),
            save="hours_right",
            choices=(
                Choice("yes", _("Yes"), then="done", hears="yes"),
                Choice("no", _("No"), then="when", hears="no"),
            ),
            skip="kept",
        ),
        "when": Choose(
            _("When do our texts suit you?"),
            save="hours_chosen",
            choices=(
                Choice("any_time", _("Any time, 9am to 7pm"), then="done"),
                Choice("mornings", _("Mornings, 9am to 12"), then="done"),
                Choice("afternoons", _("Afternoons, 12 to 5pm"), then="done"),
                Choice("evenings", _("Evenings, 5pm to 7pm"), then="done"),
            ),
            skip="kept",
        ),
        "done": Say(
            _(
                "OK. Our texts will come from {text_from} to {text_until}. "
                "If you text us, we still answer at once. To change this, text TIMES."
            ),
            outcome="told",
        ),
        "kept": Say(_("OK. Nothing has changed."), outcome="kept"),
        "nobody": Say(_("Nobody has joined with this phone. To join us, text JOIN."), outcome="told"),
    },
)
