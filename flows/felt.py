"""How much say people had in something, as it felt to them: a sentence for each rung, to choose from."""

from __future__ import annotations

from collections.abc import Mapping

from language.wording import Words, _

# Least say first; the names are those of storage.projects.Rung. What was promised is in flows.project_words.
FELT: Mapping[str, Words] = {
    "coercion": _("It was decided. I could not change it"),
    "educating": _("I was taught how things work"),
    "informing": _("I was told what was decided"),
    "consultation": _("I was asked what I think"),
    "engagement": _("I helped to shape it"),
    "co_design": _("We planned it together"),
    "co_production": _("We planned and decided it together"),
}
