"""A member who leads a project with us reads what is to go out, or to be agreed, and says whether it is right."""

from __future__ import annotations

from datetime import timedelta

from flows.grammar import Ask, Choice, Choose, Flow, More, Say
from language.wording import _

APPROVE = Flow(
    "approve",
    start="words",
    values=frozenset({"council", "co_led", "to_approve", "by"}),
    lapse_after=timedelta(days=14),
    steps={
        "words": More(_("{council} here, about {co_led}. Please read this:\n{to_approve}"), then="asked"),
        "asked": Choose(
            _("Are these words right, for {co_led}? STOP ends texts."),
            save="approves",
            choices=(
                Choice("yes", _("Yes"), then="agreed", hears="yes"),
                Choice("no", _("No, change something"), then="change", hears="no"),
            ),
            again=_("Are these words right? STOP ends texts."),
        ),
        "change": Ask(
            _("Thank you. What should change? Any words will do. Or text SKIP."),
            save="to_change",
            read="words",
            then="passed",
            skip="unsaid",
        ),
        "agreed": Say(_("Thank you. We have noted that you agree."), outcome="agreed"),
        "passed": Say(_("Thank you for telling us. A person will read this by {by}."), outcome="passed"),
        "unsaid": Say(_("Thank you. If we change it, we will ask you again."), outcome="unsaid"),
    },
)
