"""CALL: a person will ring; we ask only for a good time."""

from __future__ import annotations

from flows import predicates
from flows.grammar import Ask, Branch, Flow, Say
from language.wording import _

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
        "time": Ask(
            _("When is a good time to ring you? Any words will do. Or text SKIP."),
            save="call_time",
            read="time",
            then="thanks",
            skip="any_time",
        ),
        "when": Ask(
            _("A person will ring you on this number. When is a good time? Any words will do. Or text SKIP."),
            save="call_time",
            read="time",
            then="thanks",
            skip="any_time",
        ),
        "thanks": Say(_("Thank you. We have asked a person to ring you then."), outcome="call"),
        "any_time": Say(_("Thank you. A person will see this by {by}, then ring you."), outcome="call"),
    },
)
