"""FORMAT: what we send in another format: easy read, BSL, audio or large print. We say what will come of it."""

from __future__ import annotations

from flows import predicates
from flows.grammar import Branch, Choice, Choose, Flow, Say
from language.wording import _

EASY_READ, BSL, AUDIO, LARGE_PRINT = "easy_read", "bsl", "audio", "large_print"
# As they stand in a question of ours, and on a colleague's page.
NAMES = {
    EASY_READ: _("easy read"),
    BSL: _("BSL videos"),
    AUDIO: _("audio recordings"),
    LARGE_PRINT: _("large print"),
}

FORMAT = Flow(
    "format",
    start="member",
    values=frozenset({"wished_format"}),
    steps={
        "member": Branch(predicates.already_member, yes="begin", no="nobody"),
        "begin": Branch(predicates.wished_for_format, yes="sure", no="which"),
        "sure": Choose(
            _("Shall we use {wished_format} for you, when we can?"),
            save="format_right",
            choices=(
                Choice("yes", _("Yes"), then="is_easy_read", hears="yes"),
                Choice("no", _("No"), then="kept", hears="no"),
            ),
            skip="kept",
        ),
        "which": Choose(
            _("How shall we send things to you, when we can?"),
            save="format_chosen",
            choices=(
                Choice(EASY_READ, _("In easy read"), then="easy_read"),
                Choice(BSL, _("As BSL videos"), then="bsl"),
                Choice(AUDIO, _("As audio recordings"), then="audio"),
                Choice(LARGE_PRINT, _("In large print, by post"), then="large_print"),
                Choice("usual", _("As texts only"), then="usual"),
            ),
            skip="kept",
        ),
        "is_easy_read": Branch(predicates.wished_for_easy_read, yes="easy_read", no="is_bsl"),
        "is_bsl": Branch(predicates.wished_for_bsl, yes="bsl", no="is_audio"),
        "is_audio": Branch(predicates.wished_for_audio, yes="audio", no="large_print"),
        "easy_read": Say(
            _(
                "OK. We will use easier words. When we have something in easy read, we will send it. "
                "To change this, text FORMAT."
            ),
            outcome="told",
        ),
        "bsl": Say(
            _("OK. When we have a BSL video, we will text you where to see it. To change this, text FORMAT."),
            outcome="told",
        ),
        "audio": Say(
            _("OK. When we have a recording, we will text you where to hear it. To change this, text FORMAT."),
            outcome="told",
        ),
        "large_print": Say(
            _("OK. We will post things in large print. A person will ask where to. To change this, text FORMAT."),
            outcome="large_print",
        ),
        "usual": Say(_("OK. We will send you texts only."), outcome="told"),
        "kept": Say(_("OK. Nothing has changed."), outcome="kept"),
        "nobody": Say(_("Nobody has joined with this phone. To join us, text JOIN."), outcome="told"),
    },
)
