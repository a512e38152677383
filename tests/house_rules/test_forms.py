"""Every form that changes something carries what proves that it came from a page of ours."""

from __future__ import annotations

import re
from pathlib import Path

TEMPLATES = Path(__file__).parents[2] / "console" / "templates"
# In the demo alone, where there is nobody to protect, and nothing but invented people.
OPEN_TO_ALL = {"try.html", "try_phone.html"}
_FORM = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL)


def test_every_form_carries_its_token() -> None:
    bare = []
    for file in sorted(TEMPLATES.rglob("*.html")):
        page = file.read_text(encoding="utf-8")
        forms = _FORM.findall(page)
        assert len(forms) == page.count('method="post"'), file.name
        bare += [file.name for form in forms if "{{ csrf }}" not in form]
    assert set(bare) == OPEN_TO_ALL
