"""LESS: how often they may be texted without asking. It changes nothing about answers, which come at once."""

from __future__ import annotations

from flows import predicates
from flows.grammar import Branch, Choice, Choose, Flow, Say
from language.wording import _

LESS = Flow(
    "less",
    start="member",
    steps={
        "member": Branch(predicates.already_member, yes="how_often", no="nobody"),
        "how_often": Choose(
            _("How often may we text you? To end all our texts, send STOP."),
            save="less",
            choices=(
                Choice("two_weeks", _("Every two weeks"), then="two_weeks"),
                Choice("month", _("Once a month"), then="month"),
                Choice("news", _("Only the monthly news"), then="news"),
                Choice("before", _("As before"), then="before"),
            ),
            skip="kept",
        ),
        "two_weeks": Say(
            _(
                "OK. We will text you every two weeks at most. If you text us, we still answer at once. "
                "To change this, text LESS."
            ),
            outcome="told",
        ),
        "month": Say(
            _(
                "OK. We will text you once a month at most. If you text us, we still answer at once. "
                "To change this, text LESS."
            ),
            outcome="told",
        ),
        "news": Say(
            _(
                "OK. You will get our news once a month, and nothing else unless you text us. "
                "To change this, text LESS."
            ),
            outcome="told",
        ),
        "before": Say(_("OK. We will text you as often as before."), outcome="told"),
        "kept": Say(_("OK. Nothing has changed."), outcome="kept"),
        "nobody": Say(_("Nobody has joined with this phone. To end our texts, send STOP."), outcome="told"),
    },
)
