"""Picked: which of a coordinator's own choices somebody picks, as a message to many offered them."""

from __future__ import annotations

from datetime import timedelta

from flows.grammar import Choose, Flow, FromFacts, Say
from language.wording import _

PICKED = Flow(
    "picked",
    start="ask",
    values=frozenset({"council"}),
    lapse_after=timedelta(days=14),
    steps={
        "ask": Choose(
            _("Which one is it for you?"), save="picked", choices=FromFacts("picks"), then="thanks", skip="skipped"
        ),
        "thanks": Say(_("Thank you. We have noted it. If you change your mind, just text us."), outcome="picked"),
        "skipped": Say(_("That is fine. We have noted nothing."), outcome="skipped"),
    },
)
