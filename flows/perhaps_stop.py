"""We are not sure that somebody wants our texts to end: one question, asked once."""

from __future__ import annotations

from datetime import timedelta

from flows import everywhere
from flows.grammar import Choice, Choose, Flow, Say
from language.wording import _

PERHAPS_STOP = Flow(
    "perhaps_stop",
    start="ask",
    values=frozenset({"council"}),
    lapse_after=timedelta(days=3),
    steps={
        "ask": Choose(
            _("Do you want us to stop texting you?"),
            save="stop_texting",
            choices=(
                Choice("yes", _("Yes, stop"), then="stopped", hears="yes"),
                Choice("no", _("No"), then="goes_on", hears="no"),
            ),
            skip="goes_on",
        ),
        "stopped": Say(everywhere.STOPPED, outcome="stopped"),
        "goes_on": Say(_("That is fine. We will go on as before."), outcome="goes_on"),
    },
)
