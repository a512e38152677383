"""What we can't do, as people read it where much else is told, too: what we heard, and why not."""

from __future__ import annotations

from language.wording import _

CANNOT = _("You said {heard}. We can't, because {why}.")
