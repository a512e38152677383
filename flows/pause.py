"""PAUSE: no texts for a while, or until they say; at some times of the day only, or fewer of them."""

from __future__ import annotations

from flows.grammar import Choice, Choose, Flow, Handover, Say
from language.wording import _

PAUSE = Flow(
    "pause",
    start="how_long",
    values=frozenset({"paused_until"}),
    steps={
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
