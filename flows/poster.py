"""What a poster says, so that people know what to text: our number stands after it."""

from __future__ import annotations

from language.wording import _

POSTER = _("Help us make care better, if you are 18 or over. Text JOIN {code} to this number:")
