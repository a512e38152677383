"""Lines that a message written by coordinators may have beside its own words."""

from __future__ import annotations

from collections.abc import Mapping

from language.wording import Words, _

STOP = _("STOP ends texts.")

# For those who asked for another format: where it is.
FORMATS: Mapping[str, Words] = {
    "bsl": _("In sign language: {link}"),
    "audio": _("To listen: {link}"),
    "easy_read": _("In easy words and pictures: {link}"),
    "large_print": _("In large letters: {link}"),
}
