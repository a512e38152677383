"""A partner typed in somebody's paper form: one question, and nothing else until they answer. Yes leads to joining."""

from __future__ import annotations

from datetime import timedelta

from flows.grammar import Choice, Choose, Flow, Handover, More
from flows.join import ABOUT, JOIN
from language.wording import _

FORM = Flow(
    "form",
    start="ask",
    values=JOIN.values | {"partner"},
    lapse_after=timedelta(days=30),
    steps={
        "ask": Choose(
            _(
                "{council} here. {partner} told us you want to join us, to make care better. "
                "STOP ends texts. Is that right?"
            ),
            save="wants",
            choices=(
                Choice("yes", _("Yes"), then="join", hears="yes"),
                Choice("no", _("No"), then="declined", hears="no"),
                Choice("more", None, then="about", hears="more"),
                Choice("young", None, then="young", hears="under_18"),
            ),
            again=_("Would you like to join?"),
        ),
        "about": More(ABOUT, then="ask"),
        "join": Handover("join"),
        **{name: JOIN.steps[name] for name in ("declined", "young")},
    },
)
