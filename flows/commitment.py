"""A commitment as one reads it: what we heard, and what we will do because of it, or why we can't."""

from __future__ import annotations

from language.wording import _

WILL = _("You said {heard}. We will {will} by {due}.")
CANNOT = _("You said {heard}. We can't, because {why}.")
