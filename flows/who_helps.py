"""MY HELPERS: who is texted for a member, or answers for them; how the member names one more, and how one ends."""

from __future__ import annotations

from flows import predicates
from flows.grammar import Ask, Branch, Choice, Choose, Flow, FromFacts, Handover, More, Say
from language.wording import _

HELPERS = Flow(
    "helpers",
    version=2,
    start="any",
    steps={
        "any": Branch(predicates.has_helpers, yes="which", no="member"),
        "which": Choose(
            _("These people help you with our texts. Whose help shall we end?"),
            save="helper",
            choices=FromFacts("helpers"),
            then="chosen",
            skip="kept",
        ),
        "chosen": Branch(predicates.chose_a_helper, yes="ended", no="another"),
        "another": Branch(predicates.names_one_more, yes="room", no="kept"),
        "ended": Say(_("Thank you. They will not help with your texts any more."), outcome="ended"),
        "kept": Say(_("That is fine. Nothing has changed."), outcome="kept"),
        "member": Branch(predicates.already_member, yes="none", no="stranger"),
        "stranger": Say(_("Nobody has joined with this phone. To join us, text JOIN."), outcome="told"),
        "none": Choose(
            _("Nobody helps you with our texts. Would you like somebody to?"),
            save="wants_help",
            choices=(
                Choice("yes", _("Yes"), then="room", hears="yes"),
                Choice("no", _("No"), then="kept", hears="no"),
            ),
            skip="kept",
        ),
        "room": Branch(predicates.may_name_one_more, yes="name", no="enough"),
        "enough": Say(_("You have named several people. To name somebody else, text CALL."), outcome="told"),
        "name": Ask(
            _("What is the first name of who helps you? Or text SKIP."),
            save="helper_name",
            read="name",
            then="number",
            skip="kept",
        ),
        "number": Ask(
            _("What is their mobile number? Or text SKIP."),
            save="helper_number",
            read="phone",
            then="mobile",
            skip="kept",
        ),
        "mobile": Branch(predicates.gave_a_mobile, yes="own", no="no_mobile"),
        "no_mobile": More(_("We can only text a UK mobile. Its number begins with 07."), then="number"),
        "own": Branch(predicates.gave_own_number, yes="this_phone", no="known"),
        "this_phone": More(_("That is the number of this phone. We need the number of who helps you."), then="number"),
        "known": Branch(predicates.gave_a_known_number, yes="already", no="helps"),
        "already": Say(_("We have that number already. To see who helps you, text MY HELPERS."), outcome="told"),
        "helps": Choose(
            _("What may they do for you?"),
            save="helps",
            choices=(
                Choice("reminders", _("Get meeting texts"), then="ask"),
                Choice("answers", _("Answer for me"), then="ask"),
                Choice("both", _("Both"), then="ask"),
            ),
            skip="kept",
        ),
        "ask": Handover("supporter"),
    },
)
