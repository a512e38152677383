"""CALL: a person will ring; we ask only for a good time, and for a number where we have none."""

from __future__ import annotations

from flows import predicates
from flows.grammar import Ask, Branch, Flow, Say
from language.wording import Words, _


def _asking(text: Words) -> Ask:
    return Ask(text, save="call_time", read="time", then="thanks", skip="any_time")


CALL = Flow(
    "call",
    start="phone",
    values=frozenset({"by"}),
    steps={
        "phone": Branch(predicates.has_number, yes="when", no="number"),
        "number": Ask(
            _("Which number shall we ring? Or text SKIP."),
            save="call_number",
            read="phone",
            then="time",
            skip="time",
        ),
        "time": _asking(_("When is a good time to ring you? Any words will do. Or text SKIP.")),
        "when": _asking(
            _("A person will ring you on this number. When is a good time? Any words will do. Or text SKIP.")
        ),
        "thanks": Say(_("Thank you. We have asked a person to ring you then."), outcome="call"),
        "any_time": Say(_("Thank you. A person will see this by {by}, then ring you."), outcome="call"),
    },
)
