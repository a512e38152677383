"""The named questions that a branch may ask of facts and answers."""

from __future__ import annotations

from flows.grammar import Answers, Facts
from language.phones import line


def already_member(facts: Facts, _answers: Answers) -> bool:
    """Somebody has joined with this phone."""
    return bool(facts.get("member"))


def phone_has_members(facts: Facts, _answers: Answers) -> bool:
    """Somebody has joined with this phone, and we do not know yet whether it is who writes now."""
    return bool(facts.get("people_here"))


def says_someone_known(_facts: Facts, answers: Answers) -> bool:
    """They picked one of the names that we offered."""
    return bool(answers.get("who", "else") != "else")


def has_number(facts: Facts, _answers: Answers) -> bool:
    """The address is a phone number that can be rung."""
    return bool(facts.get("has_number", True))


def has_care_line(facts: Facts, _answers: Answers) -> bool:
    """There is a number to ring when care goes wrong."""
    return bool(facts.get("care_line"))


def cannot_phone(facts: Facts, _answers: Answers) -> bool:
    """Somebody there told us that they cannot use a phone to speak."""
    return bool(facts.get("cannot_phone"))


def closed(facts: Facts, _answers: Answers) -> bool:
    """Nobody of ours is at work now."""
    return bool(facts.get("closed"))


def landline(facts: Facts, _answers: Answers) -> bool:
    """The address is a home phone, which a text may never reach."""
    return bool(facts.get("landline"))


def speaks_it(facts: Facts, answers: Answers) -> bool:
    """We can write in the language they chose."""
    return answers.get("language") in facts.get("written", ())


def would_get_texts(_facts: Facts, answers: Answers) -> bool:
    """Somebody would be texted about a member's meetings."""
    return answers.get("helps") in {"reminders", "both"}


def would_answer(_facts: Facts, answers: Answers) -> bool:
    """Somebody would answer for a member."""
    return answers.get("helps") in {"answers", "both"}


def has_helpers(facts: Facts, _answers: Answers) -> bool:
    """Somebody helps this member with our texts."""
    return bool(facts.get("helpers"))


def chose_a_helper(_facts: Facts, answers: Answers) -> bool:
    """They picked one of those who help them."""
    return answers.get("helper", "nobody") not in {"nobody", "new"}


def told_in_words(_facts: Facts, answers: Answers) -> bool:
    """They named what they need, or what they are good at, and did not answer "nothing"."""
    return bool(answers.get("needs") or answers.get("skills"))


def names_one_more(_facts: Facts, answers: Answers) -> bool:
    """They want to name somebody else who helps them."""
    return bool(answers.get("helper") == "new")


def may_name_one_more(facts: Facts, _answers: Answers) -> bool:
    """They have not named as many people as one may by text."""
    return bool(facts.get("may_name_help", True))


def gave_a_mobile(_facts: Facts, answers: Answers) -> bool:
    """The number that they gave is a mobile of the United Kingdom."""
    number = str(answers.get("helper_number", ""))
    return number.startswith("+447") and line(number) == "mobile"


def gave_own_number(facts: Facts, answers: Answers) -> bool:
    """The number that they gave is that of the phone they write from."""
    return bool(answers.get("helper_number") == facts.get("this_number"))


def gave_a_known_number(facts: Facts, answers: Answers) -> bool:
    """Who has that number helps them already, or has been asked."""
    return answers.get("helper_number") in facts.get("helping_numbers", ())


def named_by_member(_facts: Facts, answers: Answers) -> bool:
    """The member named them by text: whoever it is has still to be asked."""
    return bool(answers.get("named"))


def wished_for_hours(_facts: Facts, answers: Answers) -> bool:
    """They told us, without being asked, at what times our texts suit them."""
    return bool(answers.get("wished_hours"))


def named_a_day(_facts: Facts, answers: Answers) -> bool:
    """They told us until which day they want no texts."""
    return bool(answers.get("wished_day"))


def came_by_form(_facts: Facts, answers: Answers) -> bool:
    """A partner typed in their paper form, and they said yes to our text about it."""
    return bool(answers.get("form"))


def found_it_themselves(_facts: Facts, answers: Answers) -> bool:
    """They came to a project by its word or from the list: nobody has told them anything about it yet."""
    return bool(answers.get("found"))


def is_paid(facts: Facts, _answers: Answers) -> bool:
    """Whoever takes part in the project is paid."""
    return bool(facts.get("paid"))


def something_is_open(facts: Facts, _answers: Answers) -> bool:
    """There is a project that is open to them."""
    return bool(facts.get("open_projects"))


def gives_a_place_back(facts: Facts, _answers: Answers) -> bool:
    """A place of few is theirs, or kept for them, which somebody else can have now."""
    return bool(facts.get("place_of_few"))


def has_closed(_facts: Facts, answers: Answers) -> bool:
    """Nobody may take part in the project any more."""
    return bool(answers.get("stands") == "closed")


def has_a_place(_facts: Facts, answers: Answers) -> bool:
    """They have a place in the project."""
    return bool(answers.get("stands") == "place")


def waits_for_a_place(_facts: Facts, answers: Answers) -> bool:
    """All places are taken, and they are in line."""
    return bool(answers.get("stands") == "waiting")


def waits_for_the_draw(_facts: Facts, answers: Answers) -> bool:
    """Who gets a place will be drawn by chance."""
    return bool(answers.get("stands") == "draw")


def waits_to_be_chosen(_facts: Facts, answers: Answers) -> bool:
    """Who gets a place will be chosen."""
    return bool(answers.get("stands") == "chosen")


def was_drawn(_facts: Facts, answers: Answers) -> bool:
    """Places were drawn by chance."""
    return bool(answers.get("drawn"))


def has_questions_to_answer(_facts: Facts, answers: Answers) -> bool:
    """The project has questions of its own for those who are interested."""
    return bool(answers.get("set"))


def gets_news(facts: Facts, _answers: Answers) -> bool:
    """They get our news once a month."""
    return bool(facts.get("gets_news"))


def wants_no_news(_facts: Facts, answers: Answers) -> bool:
    """They asked, in as many words, for no more news."""
    return bool(answers.get("no_news"))


def wished_for_format(_facts: Facts, answers: Answers) -> bool:
    """They named a format, without being asked."""
    return bool(answers.get("wished_format"))


def wished_for_easy_read(_facts: Facts, answers: Answers) -> bool:
    """The format that they named is easy read."""
    return bool(answers.get("wished_format") == "easy_read")


def wished_for_bsl(_facts: Facts, answers: Answers) -> bool:
    """The format that they named is British Sign Language."""
    return bool(answers.get("wished_format") == "bsl")


def wished_for_audio(_facts: Facts, answers: Answers) -> bool:
    """The format that they named is to be listened to."""
    return bool(answers.get("wished_format") == "audio")


def asked_for_fewer(facts: Facts, _answers: Answers) -> bool:
    """They asked for fewer texts than everybody gets."""
    return bool(facts.get("asked_for_fewer"))


def meeting_has_closed(facts: Facts, answers: Answers) -> bool:
    """Nobody may say any more that they come: it began, is over or cancelled."""
    return answers.get("stands") == "closed" or not facts.get("meeting_is_open")


def waits_in_line(_facts: Facts, answers: Answers) -> bool:
    """They would come, and there is no place just now."""
    return bool(answers.get("stands") == "waiting")


def frees_a_place(facts: Facts, _answers: Answers) -> bool:
    """A place in the meeting is theirs, or kept for them, for which somebody else waits."""
    return bool(facts.get("rsvp_of_few"))


def not_for_all_guests(_facts: Facts, answers: Answers) -> bool:
    """A seat is free for them, and too few for those whom they would bring."""
    return bool(answers.get("left_out"))


def has_their_place_back(_facts: Facts, answers: Answers) -> bool:
    """They had left, came back, and come to the meeting as before."""
    return bool(answers.get("stands") == "coming")


def may_choose_way(facts: Facts, answers: Answers) -> bool:
    """People may come in person or join online, and they have not said how they do."""
    known = _beside(answers).get("way") or facts.get("rsvp_way")
    return bool(facts.get("meeting_is_hybrid")) and not known


def comes_online(facts: Facts, answers: Answers) -> bool:
    """They join from where they are."""
    way = answers.get("rsvp_way") or _beside(answers).get("way") or facts.get("rsvp_way")
    return bool(facts.get("meeting_is_online") or (facts.get("meeting_is_hybrid") and way == "online"))


def may_bring_guests(facts: Facts, answers: Answers) -> bool:
    """People are asked how many they bring, and they have not said it."""
    said = _beside(answers).get("guests") is not None
    return bool(facts.get("meeting_has_guests")) and not said and not comes_online(facts, answers)


def has_needs_to_check(facts: Facts, _answers: Answers) -> bool:
    """What we arrange for them was last looked at together a long time ago."""
    return bool(facts.get("to_check"))


def may_name_them(facts: Facts, _answers: Answers) -> bool:
    """A member leads the meeting with us, and they were never asked whether that member may see their name."""
    return bool(facts.get("chair_to_ask_for"))


def has_more_to_note(facts: Facts, _answers: Answers) -> bool:
    """There is more to tell of how they come: who comes along, what we arrange for them."""
    return bool(facts.get("rsvp_noted"))


def has_link(facts: Facts, _answers: Answers) -> bool:
    """It is known where people join online."""
    return bool(facts.get("link"))


def needs_cover(_facts: Facts, answers: Answers) -> bool:
    """They come if somebody is with the person they look after."""
    return bool(_beside(answers).get("cover"))


def will_be_asked_again(_facts: Facts, answers: Answers) -> bool:
    """They told us when they will know."""
    return bool(_beside(answers).get("know_on"))


def may_be_asked_again(facts: Facts, _answers: Answers) -> bool:
    """There is a day before the meeting on which to ask once more."""
    return bool(facts.get("may_ask_again"))


def _beside(answers: Answers) -> Answers:
    """What somebody said of a meeting beside their answer (bank.rsvp_heard)."""
    found: Answers = answers.get("beside") or {}
    return found
