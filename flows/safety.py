"""Somebody may be in danger: one calm reply, one question, and a person of ours is told."""

from __future__ import annotations

from datetime import timedelta

from flows import predicates
from flows.grammar import Branch, Choice, Choose, End, Flow, Say
from language.wording import _

_IS_IT_SAFE = (
    Choice("yes", _("Yes"), then="yes", hears="yes"),
    Choice("no", _("No"), then="no", hears="no", at_once=True),
)
SAFETY = Flow(
    "safety",
    start="how",
    values=frozenset({"by", "emergency"}),
    lapse_after=timedelta(days=3),
    steps={
        "how": Branch(predicates.cannot_phone, yes="no_phone", no="hours"),
        "hours": Branch(predicates.closed, yes="closed", no="safe"),
        "safe": Choose(
            _(
                "Thank you for telling us. A person will read this by {by}. We may share it, to keep people safe. "
                "In danger, call {emergency}. Is it safe to text you back?"
            ),
            save="safe_to_text",
            choices=_IS_IT_SAFE,
            skip="no",
        ),
        "closed": Choose(
            _(
                "Thank you for telling us. We are closed now. A person will read this by {by}. We may share it, to "
                "keep people safe. In danger, call {emergency}. Is it safe to text you back?"
            ),
            save="safe_to_text",
            choices=_IS_IT_SAFE,
            skip="no",
        ),
        "no_phone": Say(
            _(
                "Thank you for telling us. A person will read this by {by}. We may share it, to keep people safe. "
                "In danger? Use {emergency} BSL, or text {emergency} if you signed up for it."
            ),
            outcome="told",
        ),
        "yes": Say(_("Thank you. A person will text you here."), outcome="safe"),
        # Another text could be read by somebody else: nothing more is sent.
        "no": End("unsafe"),
    },
)
