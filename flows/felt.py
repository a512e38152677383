"""How much say people had in something, as it felt to them: a sentence for each rung, to choose from."""

from __future__ import annotations

from collections.abc import Mapping

from language.wording import Words, _

# Least say first; the names are those of storage.projects.Rung. What was promised is in flows.project_words.
FELT: Mapping[str, Words] = {
    "coercion": _("I had no say"),
    "educating": _("I was taught about it"),
    "informing": _("I was told about it"),
    "consultation": _("I was asked my views"),
    "engagement": _("I helped shape it"),
    "co_design": _("We planned it together"),
    "co_production": _("We decided it together"),
}
