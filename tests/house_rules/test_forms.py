"""Every form that changes something carries what proves that it came from a page of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "console" / "templates"
# In the demo alone, where there is nobody to protect, and nothing but invented people.
OPEN_TO_ALL = {"try.html", "try_phone.html"}
_FORM = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL)


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: file.name)
def test_every_form_carries_its_token(file: Path) -> None:
    forms = _FORM.findall(file.read_text(encoding="utf-8"))
    bare = [form for form in forms if "{{ csrf }}" not in form]
    assert len(forms) == file.read_text(encoding="utf-8").count('method="post"')
    assert not bare or file.name in OPEN_TO_ALL
