"""NEWS: our news once a month, for those who want it. It ends as easily as it begins."""

from __future__ import annotations

from flows import predicates
from flows.grammar import Branch, Choice, Choose, Flow, Say
from language.wording import _

NEWS = Flow(
    "news",
    start="member",
    steps={
        "member": Branch(predicates.already_member, yes="begin", no="nobody"),
        "begin": Branch(predicates.wants_no_news, yes="end", no="gets"),
        "end": Branch(predicates.gets_news, yes="ended", no="none"),
        "gets": Branch(predicates.gets_news, yes="go_on", no="ask"),
        "ask": Choose(
            _("Would you like our news by text, once a month?"),
            save="digest",
            choices=(
                Choice("yes", _("Yes"), then="begun", hears="yes"),
                Choice("no", _("No"), then="none", hears="no"),
            ),
            skip="kept",
        ),
        "go_on": Choose(
            _("You get our news once a month. Would you like it to go on?"),
            save="digest",
            choices=(
                Choice("yes", _("Yes"), then="begun", hears="yes"),
                Choice("no", _("No"), then="over", hears="no"),
            ),
            skip="kept",
        ),
        "begun": Say(_("Thank you. Our news will come once a month. To end it, text STOP NEWS."), outcome="told"),
        "ended": Say(
            _("OK. We will not send you our news any more. To end all our texts, send STOP."), outcome="ended"
        ),
        "over": Say(_("OK. We will not send you our news any more. To end all our texts, send STOP."), outcome="told"),
        "none": Say(_("OK. We will not send you our news. If you want it one day, text NEWS."), outcome="told"),
        "kept": Say(_("OK. Nothing has changed."), outcome="kept"),
        "nobody": Say(_("Nobody has joined with this phone. To join us, text JOIN."), outcome="told"),
    },
)
