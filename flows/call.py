"""CALL: a person will ring; we ask only for a good time."""

from __future__ import annotations

from flows.grammar import Ask, Flow, Say
from language.wording import _

CALL = Flow(
    "call",
    start="when",
    values=frozenset({"by"}),
    steps={
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
