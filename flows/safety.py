"""Somebody may be in danger: one calm reply, one question, and a person of ours is told."""

from __future__ import annotations

from datetime import timedelta

from flows.grammar import Choice, Choose, End, Flow, Say
from language.wording import _

SAFETY = Flow(
    "safety",
    start="safe",
    values=frozenset({"by", "emergency"}),
    lapse_after=timedelta(days=3),
    steps={
        "safe": Choose(
            _(
                "Thank you for telling us. A person will read this by {by}. We may share it, to keep people safe. "
                "In danger, call {emergency}. Is it safe to text you back?"
            ),
            save="safe_to_text",
            choices=(
                Choice("yes", _("Yes"), then="yes", hears="yes"),
                Choice("no", _("No"), then="no", hears="no", at_once=True),
            ),
            skip="no",
        ),
        "yes": Say(_("Thank you. A person will text you here."), outcome="safe"),
        # Another text could be read by somebody else: nothing more is sent.
        "no": End("unsafe"),
    },
)
