"""Off the list: "take me off the list for Thursday" from somebody who is asked to a meeting is a no to it, and no STOP.

They must name a meeting of theirs, and say nothing else that ends our texts: everything else of the kind is a STOP.
"""

from __future__ import annotations

from bank import meeting_day, meeting_found, meeting_meant
from bank.meeting_meant import Theirs
from bank.visit import Visit
from language import understand
from language.everywhere import Word, everywhere
from language.reading import Meaning, Question
from language.whether_coming import beside_the_list, mentions


def take(visit: Visit) -> bool:
    """Take it for the meeting that they name. False for anything else; where we are silent, a STOP is a STOP."""
    if not visit.people or visit.mute or visit.unsafe or not mentions(visit.text, visit.language):
        return False
    known = meeting_meant.theirs(visit)
    return bool(known) and _asks_for_no_more(visit, known) and (meeting_day.take(visit) or _take(visit, known))


def _asks_for_no_more(visit: Visit, known: list[Theirs]) -> bool:
    rest = beside_the_list(visit.text, visit.language, meeting_meant.names(known, visit.language))
    if rest is None or everywhere(rest, visit.language, asked=True) is Word.STOP:
        return False
    return not rest or understand.answer(Question("open"), rest, visit.language).meaning is not Meaning.OPT_OUT


def _take(visit: Visit, known: list[Theirs]) -> bool:
    meant = meeting_meant.of(visit, known)
    if meant.one is not None:
        meeting_found.take_for(visit, meant.one, "no")
    elif meant.found:
        meeting_found.ask_which(visit, "no")
    return bool(meant.found)
