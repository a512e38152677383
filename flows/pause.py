"""PAUSE: no texts for a while, or until they say; at some times of the day only, or fewer of them."""

from __future__ import annotations

from flows import predicates
from flows.grammar import Branch, Choice, Choose, Flow, Handover, Say
from language.wording import _

PAUSE = Flow(
    "pause",
    start="begin",
    values=frozenset({"paused_until", "wished_day"}),
    steps={
        "begin": Branch(predicates.named_a_day, yes="sure", no="how_long"),
        "sure": Choose(
            _("Shall we stop texting you until {wished_day}?"),
            save="pause_right",
            choices=(
                Choice("yes", _("Yes"), then="until", hears="yes"),
                Choice("no", _("No"), then="how_long", hears="no"),
            ),
            skip="kept",
        ),
        "how_long": Choose(
            _("How long shall we stop texting you for?"),
            save="pause",
            choices=(
                Choice("two_weeks", _("Two weeks"), then="until"),
                Choice("two_months", _("Two months"), then="until"),
                Choice("until_told", _("Until I say"), then="open_ended"),
                Choice("times", _("Choose times of day"), then="times"),
                Choice("less", _("Just text me less"), then="less"),
            ),
            skip="kept",
        ),
        "until": Say(
            _("OK. We will not text you before {paused_until}. To start again sooner, text START."), outcome="paused"
        ),
        "open_ended": Say(_("OK. We will not text you until you text START."), outcome="paused"),
        "kept": Say(_("OK. Nothing has changed."), outcome="kept"),
        "times": Handover("hours"),
        "less": Handover("less"),
    },
)
