"""The words that an invitation to a meeting begins with; a coordinator may write others.

What stands in braces is filled in when it goes. What nobody has written about the meeting is left out.
"""

from __future__ import annotations

from collections.abc import Mapping

from language.wording import Words, _

# How to stop our texts, where there is little room.
STOP = _("STOP to end.")

# By how people may come to it. The first of each that fits in two texts is taken.
INVITES: Mapping[str, tuple[Words, ...]] = {
    "in_person": (
        _("{sender}: {meeting}. {day}, {time}, {where}. {say} {expenses} {stop} Coming?"),
        _("{sender}: {meeting}. {day}, {time}, {where}. {expenses} {stop} Coming?"),
        _("{sender}: {meeting}. {day}, {time}, {where}. {stop} Coming?"),
    ),
    "online": (
        _("{sender}: {meeting}. {day}, {time}, online. {say} {stop} Coming?"),
        _("{sender}: {meeting}. {day}, {time}, online. {stop} Coming?"),
    ),
    "hybrid": (
        _("{sender}: {meeting}. {day}, {time}, {where}, or online. {say} {expenses} {stop} Coming?"),
        _("{sender}: {meeting}. {day}, {time}, {where}, or online. {expenses} {stop} Coming?"),
        _("{sender}: {meeting}. {day}, {time}, {where}, or online. {stop} Coming?"),
    ),
}
