"""Which invitation an answer is for, where two wait for one. What was answered is kept while we ask."""

from __future__ import annotations

from datetime import timedelta

from flows.grammar import Choose, Flow, FromFacts, Handover, Say
from language.wording import _

WHICH = Flow(
    "which",
    start="ask",
    lapse_after=timedelta(days=7),
    steps={
        "ask": Choose(
            _("Thank you. We asked you about more than one thing. Which one do you mean?"),
            save="about",
            choices=FromFacts("invited_to"),
            then="go",
            skip="left",
        ),
        "go": Handover("invited"),
        "left": Say(_("That is fine. We have noted nothing."), outcome="left"),
    },
)
