"""Texts and news: all that somebody can change about what comes without being asked for."""

from __future__ import annotations

from flows.grammar import Choice, Choose, Flow, Handover
from language.wording import _

RHYTHM = Flow(
    "rhythm",
    start="what",
    steps={
        "what": Choose(
            _("What would you like to change?"),
            save="rhythm",
            choices=(
                Choice("pause", _("Pause the texts"), then="pause"),
                Choice("less", _("Get fewer texts"), then="less"),
                Choice("times", _("Times of day"), then="hours"),
                Choice("news", _("The monthly news"), then="news"),
                Choice("others", _("What others offer"), then="promotions"),
                Choice("format", _("Other formats"), then="format"),
            ),
        ),
        "pause": Handover("pause"),
        "less": Handover("less"),
        "hours": Handover("hours"),
        "news": Handover("news"),
        "promotions": Handover("promotions"),
        "format": Handover("format"),
    },
)
